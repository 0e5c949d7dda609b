"""Members: checking in to a community, and the files."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Paged, Request, choice, flag, secret, several, text
from gateway.policies import ACCOUNTS, CHECKERS_IN
from gateway.routing import route
from gateway.words import _
from services.kit.asking import Page
from services.members.contracts import CheckInMember, GetMember, ListMembers, MemberView, PersonKind


class MemberQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=21, required=False)
    unit_id = text(_("只看这个单位"), most=40, required=False)
    skill = text(_("只看有这项专长的"), most=50, required=False)
    kind = choice(PersonKind, _("只看这一类人员"), required=False)
    search = text(_("姓名里的字"), most=50, required=False)
    checked_out = flag(_("看已注销报到的，而不是在岗的"))


class CheckIn(Request):
    login = text(_("登录名"), most=100)
    password = secret(_("密码，至少 8 个字符"))
    name = text(_("姓名"), most=50)
    phone = text(_("手机号，加密保存"), most=20, required=False)
    unit_id = text(_("所在单位的编号"), most=40, required=False)
    community_code = text(_("报到社区的 12 位区划代码"), most=12)
    grid_code = text(_("网格代码"), most=15, required=False)
    skills = several(text(_("专长"), most=50), _("专长"), most=20)
    kind = choice(PersonKind, _("人员类别，默认在职党员"), required=False)


@route(
    "GET",
    "/members",
    policy=ACCOUNTS,
    summary=_("党员名册"),
    tag="members",
    query=MemberQuery,
    answer=Page[MemberView],
)
def list_members(call: Call) -> Page[MemberView]:
    return call.ask(ListMembers(**call.query))


@route(
    "GET",
    "/members/{member_id}",
    policy=ACCOUNTS,
    summary=_("一位党员的档案"),
    tag="members",
    answer=MemberView,
)
def get_member(call: Call) -> MemberView:
    return call.ask(GetMember(**call.path))


@route(
    "POST",
    "/members",
    policy=CHECKERS_IN,
    summary=_("办理在职党员到社区报到"),
    tag="members",
    body=CheckIn,
    answer=MemberView,
    status=201,
    creates=True,
)
def check_in(call: Call) -> MemberView:
    return call.ask(CheckInMember(**{"phone": None, "unit_id": None, **call.body}))
