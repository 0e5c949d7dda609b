"""Accounts and their roles, for operators."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load

from gateway.call import Call
from gateway.fields import Request, choice, secret, several, text
from gateway.parsing import one_of
from gateway.policies import OPERATORS
from gateway.routing import route
from gateway.words import _
from services.kit.actor import Grant
from services.members.contracts import AccountView, GrantRole, OpenAccount, RevokeRole, Role


class RoleAtNode(Request):
    role = choice(Role, _("角色"))
    node = text(_("区划代码，或 unit:<单位编号>"), most=50)


class FirstGrant(RoleAtNode):
    @post_load
    def build(self, data: dict[str, Any], **_kwargs: Any) -> Grant:
        return Grant(**data)


class NewAccount(Request):
    login = text(_("登录名"), most=100)
    name = text(_("称呼"), most=50)
    password = secret(_("密码，至少 8 个字符"))
    grants = several(fields.Nested(FirstGrant), _("最初的角色"), most=20)


@route(
    "POST",
    "/accounts",
    policy=OPERATORS,
    summary=_("开立账号"),
    tag="accounts",
    body=NewAccount,
    answer=AccountView,
    status=201,
    creates=True,
)
def open_account(call: Call) -> AccountView:
    return call.ask(OpenAccount(**call.body))


@route(
    "POST",
    "/accounts/{account_id}/grants",
    policy=OPERATORS,
    summary=_("授予角色；重复授予没有变化"),
    tag="accounts",
    body=RoleAtNode,
    answer=AccountView,
)
def grant_role(call: Call) -> AccountView:
    return _changed(call, call.ask(GrantRole(**call.path, **call.body)))


@route(
    "DELETE",
    "/accounts/{account_id}/grants/{role}/{node}",
    policy=OPERATORS,
    summary=_("收回角色"),
    tag="accounts",
    answer=AccountView,
)
def revoke_role(call: Call) -> AccountView:
    return _changed(
        call, call.ask(RevokeRole(**{**call.path, "role": one_of(Role, call.path["role"], "role")}))
    )


def _changed(call: Call, account: AccountView) -> AccountView:
    call.desk.callers.sessions.forget_account(account.account_id)
    return account
