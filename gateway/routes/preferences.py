"""What the caller wants to hear, how and when, and where they are reached; and the no of those who follow a link in a mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from marshmallow import fields, post_load

from gateway.call import Call
from gateway.fields import Request, choice, option, several, text, whole
from gateway.parsing import one_of
from gateway.policies import ACCOUNTS, ANYONE
from gateway.routing import route
from gateway.words import _
from services.kit.actor import SYSTEM
from services.members.contracts import ConfirmAddress, ForgetAddress, GetReach, OfferAddress, Reach, Way
from services.notify.contracts import (
    ChannelKind,
    GetPreferences,
    Language,
    Off,
    PreferencesView,
    SendCode,
    SetPreferences,
    Theme,
    Unsubscribe,
)

LAST_HOUR = 23
MOST_OFF = 40


class OffIn(Request):
    channel = choice(ChannelKind, _("渠道"))
    theme = choice(Theme, _("哪类消息；不填为全部"), required=False)

    @post_load
    def build(self, data: dict[str, object], **_kwargs: object) -> Off:
        return Off(**data)  # type: ignore[arg-type]


class Preferences(Request):
    off = several(fields.Nested(OffIn), _("不要的渠道和消息类别"), most=MOST_OFF)
    digest_hour = whole(_("每天几点汇总成一条；不填则逐条发送"), least=0, most=LAST_HOUR)
    quiet_from = text(_("免打扰开始，如 21:00"), most=5, required=False)
    quiet_until = text(_("免打扰结束，如 08:00"), most=5, required=False)
    language = option(Language, _("消息的语言"))


class NewAddress(Request):
    address = text(_("地址"), most=254)


class ProvingCode(Request):
    code = text(_("发到这个地址的六位数字"), most=10)


class UnsubscribeLink(Request):
    token = text(_("邮件里退订链接的标记"), most=500)


@dataclass(frozen=True, kw_only=True)
class AddressCodeSent:
    """The code itself goes to the address alone."""

    way: Way
    expires_at: datetime


@route(
    "GET",
    "/me/preferences",
    policy=ACCOUNTS,
    summary=_("我想怎样收到消息"),
    tag="messages",
    answer=PreferencesView,
)
def get_preferences(call: Call) -> PreferencesView:
    return call.ask(GetPreferences())


@route(
    "PUT",
    "/me/preferences",
    policy=ACCOUNTS,
    summary=_("设置怎样收到消息"),
    tag="messages",
    body=Preferences,
    answer=PreferencesView,
)
def set_preferences(call: Call) -> PreferencesView:
    return call.ask(SetPreferences(**call.body))


@route("GET", "/me/reach", policy=ACCOUNTS, summary=_("我的联系方式"), tag="messages", answer=Reach)
def get_reach(call: Call) -> Reach:
    return call.ask_in_real_time(GetReach())


@route(
    "POST",
    "/me/reach/{way}/codes",
    policy=ACCOUNTS,
    summary=_("填写一个联系方式，向它发送验证码"),
    tag="messages",
    body=NewAddress,
    answer=AddressCodeSent,
    status=201,
)
def offer_address(call: Call) -> AddressCodeSent:
    client = call.client
    call.desk.callers.codes.check(client)
    call.desk.callers.codes.charge(client)
    way = one_of(Way, call.path["way"], "way")
    offered = call.ask_in_real_time(OfferAddress(way=way, **call.body))
    call.ask_in_real_time(
        SendCode(
            to=offered.address,
            code=offered.code,
            until=offered.expires_at,
            channel=ChannelKind(offered.way),
        ),
        actor=SYSTEM,
    )
    return AddressCodeSent(way=way, expires_at=offered.expires_at)


@route(
    "PUT",
    "/me/reach/{way}",
    policy=ACCOUNTS,
    summary=_("用验证码确认联系方式"),
    tag="messages",
    body=ProvingCode,
    answer=Reach,
)
def confirm_address(call: Call) -> Reach:
    with call.desk.callers.guessing(call.client):
        way = one_of(Way, call.path["way"], "way")
        return call.ask_in_real_time(ConfirmAddress(way=way, **call.body))


@route(
    "DELETE",
    "/me/reach/{way}",
    policy=ACCOUNTS,
    summary=_("删除一个联系方式"),
    tag="messages",
    answer=Reach,
)
def forget_address(call: Call) -> Reach:
    return call.ask_in_real_time(ForgetAddress(way=one_of(Way, call.path["way"], "way")))


@route(
    "POST",
    "/unsubscriptions",
    policy=ANYONE,
    summary=_("凭邮件里的链接停收邮件"),
    tag="messages",
    body=UnsubscribeLink,
)
def unsubscribe(call: Call) -> None:
    call.ask(Unsubscribe(**call.body))
