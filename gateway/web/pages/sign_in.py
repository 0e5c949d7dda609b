"""Signing in and out with forms; the session lives in a cookie that scripts cannot read."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.callers import COOKIE
from gateway.fields import Request, text
from gateway.policies import ANYONE
from gateway.problems import Problem, problem_of
from gateway.routes import sessions
from gateway.routing import page
from gateway.web.forms import check, errors_of, local, onward, typed
from gateway.web.render import show
from gateway.words import _
from services.kit.outcomes import Refused
from services.members.contracts import SessionOpened


class SignInQuery(Request):
    next = text(_("登录后去哪里"), most=500, required=False)


@page("GET", "/sign-in", policy=ANYONE, summary=_("登录"), query=SignInQuery)
def sign_in_page(call: Call) -> Response:
    return _form(call, {"next": call.query.get("next") or "/"})


@page("POST", "/sign-in", policy=ANYONE, summary=_("用密码登录"))
def sign_in_by_password(call: Call) -> Response:
    given = typed(call)
    try:
        call.body = check(sessions.Credentials, given)
        return _opened(call, sessions.sign_in(call), given)
    except (Problem, Refused) as wrong:
        return _form(call, given, wrong)


@page("POST", "/sign-in/code", policy=ANYONE, summary=_("获取验证码"))
def get_code(call: Call) -> Response:
    given = typed(call)
    try:
        call.body = check(sessions.Phone, given)
        sent = sessions.send_code(call)
    except (Problem, Refused) as wrong:
        return _form(call, given, wrong)
    return _form(call, {**given, "challenge": sent.challenge})


@page("POST", "/sign-in/by-code", policy=ANYONE, summary=_("用验证码登录"))
def sign_in_with_code(call: Call) -> Response:
    given = typed(call)
    try:
        call.body = check(sessions.OneTimeCode, given)
        return _opened(call, sessions.sign_in_by_code(call), given)
    except (Problem, Refused) as wrong:
        return _form(call, given, wrong)


@page("POST", "/sign-out", policy=ANYONE, summary=_("退出"))
def sign_out_page(call: Call) -> Response:
    sessions.sign_out(call)
    response = onward("/")
    response.delete_cookie(COOKIE)
    return response


def _opened(call: Call, opened: SessionOpened, given: dict[str, str]) -> Response:
    response = onward(local(given.get("next", "/")))
    response.set_cookie(
        COOKIE,
        opened.token,
        expires=opened.expires_at,
        httponly=True,
        samesite="Lax",
        secure=call.secure,
    )
    return response


def _form(call: Call, given: dict[str, str], wrong: Problem | Refused | None = None) -> Response:
    problem = problem_of(wrong) if wrong else None
    errors = errors_of(problem) if problem else {}
    response = show(
        call,
        "sign_in.html",
        status=problem.status if problem else 200,
        given=given,
        errors=errors,
        problem=problem.detail if problem and not errors else "",
        challenge=given.get("challenge", ""),
        next=local(given.get("next", "/")),
        catcher=call.desk.catcher,
    )
    if problem:
        response.headers.extend(dict(problem.headers))
    return response
