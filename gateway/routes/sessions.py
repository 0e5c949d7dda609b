"""Signing in and out: accounts by password, residents by a one-time code sent to their phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gateway.call import Call
from gateway.fields import Request, secret, text
from gateway.policies import ACCOUNTS, ANYONE
from gateway.routing import route
from gateway.words import _
from services.kit.actor import SYSTEM
from services.members.contracts import (
    AccountView,
    ChangePassword,
    IssueCode,
    SessionOpened,
    SignIn,
    SignInWithCode,
    SignOut,
)
from services.notify.contracts import SendCode


class Credentials(Request):
    login = text(_("登录名"), most=100)
    password = secret(_("密码"))


class Phone(Request):
    phone = text(_("手机号"), most=20)


class OneTimeCode(Request):
    challenge = text(_("获取验证码时得到的标记"), most=100)
    code = text(_("短信里的六位数字"), most=10)
    name = text(_("第一次登录时的称呼"), most=50, required=False)


class NewPassword(Request):
    old = secret(_("现在的密码"))
    new = secret(_("新密码，至少 8 个字符"))


@dataclass(frozen=True, kw_only=True)
class CodeSent:
    """What signing in by code needs; the code itself goes to the phone alone."""

    challenge: str
    expires_at: datetime


@route(
    "POST",
    "/sessions",
    policy=ANYONE,
    summary=_("用登录名和密码登录"),
    tag="sessions",
    body=Credentials,
    answer=SessionOpened,
    status=201,
)
def sign_in(call: Call) -> SessionOpened:
    with call.desk.callers.guessing(call.client):
        return call.ask_in_real_time(SignIn(**call.body))


@route(
    "POST",
    "/codes",
    policy=ANYONE,
    summary=_("向手机发送一次性验证码"),
    tag="sessions",
    body=Phone,
    answer=CodeSent,
    status=201,
)
def send_code(call: Call) -> CodeSent:
    client = call.client
    call.desk.callers.codes.check(client)
    call.desk.callers.codes.charge(client)
    issued = call.ask_in_real_time(IssueCode(**call.body))
    call.ask_in_real_time(SendCode(to=issued.phone, code=issued.code, until=issued.expires_at), actor=SYSTEM)
    return CodeSent(challenge=issued.challenge, expires_at=issued.expires_at)


@route(
    "POST",
    "/sessions/by-code",
    policy=ANYONE,
    summary=_("用验证码登录，第一次登录即开户"),
    tag="sessions",
    body=OneTimeCode,
    answer=SessionOpened,
    status=201,
)
def sign_in_by_code(call: Call) -> SessionOpened:
    with call.desk.callers.guessing(call.client):
        return call.ask_in_real_time(SignInWithCode(**call.body))


@route("DELETE", "/sessions/current", policy=ACCOUNTS, summary=_("退出登录"), tag="sessions")
def sign_out(call: Call) -> None:
    if call.token:
        call.ask_in_real_time(SignOut(token=call.token))
        call.desk.callers.sessions.forget(call.token)


@route("GET", "/me", policy=ACCOUNTS, summary=_("我的账号和角色"), tag="sessions", answer=AccountView)
def me(call: Call) -> AccountView | None:
    return call.account


@route(
    "PUT",
    "/me/password",
    policy=ACCOUNTS,
    summary=_("修改密码，其他登录随之失效"),
    tag="sessions",
    body=NewPassword,
)
def change_password(call: Call) -> None:
    call.ask_in_real_time(ChangePassword(token=call.token, **call.body))
    call.desk.callers.sessions.forget_account(call.actor.id)
