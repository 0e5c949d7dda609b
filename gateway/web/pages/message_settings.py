"""How the caller wants to be told: channels by kind of message, quiet hours, a daily digest, addresses and their proof."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, text
from gateway.parsing import one_of
from gateway.policies import ACCOUNTS
from gateway.problems import Problem, problem_of
from gateway.routes import preferences
from gateway.routing import page
from gateway.web import message_words as words
from gateway.web.forms import check, errors_of, onward, typed
from gateway.web.render import show
from gateway.words import _
from services.kit.outcomes import Refused
from services.members.contracts import Way
from services.notify.contracts import ChannelKind, GetPreferences, Off, PreferencesView, SetPreferences, Theme

HERE = "/messages/settings"
PROVABLE = (ChannelKind.EMAIL, ChannelKind.WECOM, ChannelKind.WECHAT)
"""Channels whose addresses people name here; the phone is the account's."""

HINTS = {
    ChannelKind.EMAIL: _("如 name@example.com"),
    ChannelKind.WECOM: _("您在本单位企业微信里的账号"),
    ChannelKind.WECHAT: _("您关注公众号后的 OpenID，可向管理员索取"),
}
DONE = {
    "saved": _("设置已保存"),
    "confirmed": _("联系方式已确认，以后可以这样通知您"),
    "forgotten": _("联系方式已删除"),
}


class SettingsQuery(Request):
    done = text(_("刚做完的事"), most=20, required=False)


class Choices(preferences.Preferences):
    """The form's fields beside the boxes."""


@page("GET", HERE, policy=ACCOUNTS, summary=_("消息设置"), query=SettingsQuery)
def message_settings(call: Call) -> Response:
    return _form(call)


@page("POST", HERE, policy=ACCOUNTS, summary=_("保存消息设置"))
def save_message_settings(call: Call) -> Response:
    given = typed(call)
    try:
        chosen = check(Choices, {name: value for name, value in given.items() if name != "off"})
        now = call.ask(GetPreferences())
        call.ask(SetPreferences(**{**chosen, "off": _off(given, now)}))
    except (Problem, Refused) as wrong:
        return _form(call, given, wrong)
    return onward(f"{HERE}?done=saved")


@page("POST", HERE + "/{way}/address", policy=ACCOUNTS, summary=_("填写联系方式，获取验证码"))
def name_address(call: Call) -> Response:
    given = typed(call)
    try:
        call.body = check(preferences.NewAddress, given)
        preferences.offer_address(call)
    except (Problem, Refused) as wrong:
        return _form(call, given, wrong, at=call.path["way"])
    return _form(call, proving=call.path["way"])


@page("POST", HERE + "/{way}/code", policy=ACCOUNTS, summary=_("确认联系方式"))
def prove_address(call: Call) -> Response:
    given = typed(call)
    try:
        call.body = check(preferences.ProvingCode, given)
        preferences.confirm_address(call)
    except (Problem, Refused) as wrong:
        return _form(call, given, wrong, at=call.path["way"], proving=call.path["way"])
    return onward(f"{HERE}?done=confirmed")


@page("POST", HERE + "/{way}/forgetting", policy=ACCOUNTS, summary=_("删除联系方式"))
def drop_address(call: Call) -> Response:
    preferences.forget_address(call)
    return onward(f"{HERE}?done=forgotten")


def _off(given: dict[str, str], now: PreferencesView) -> tuple[Off, ...]:
    """What was left unticked; a channel without any tick is off as a whole. What this page does not show stays as it is."""
    shown = frozenset(now.channels)
    off = [each for each in now.off if each.channel not in shown]
    for channel in now.channels:
        unticked = [theme for theme in Theme if f"on:{channel}:{theme}" not in given]
        if len(unticked) == len(Theme):
            off.append(Off(channel=channel))
        else:
            off += [Off(channel=channel, theme=theme) for theme in unticked]
    return tuple(off)


def _form(
    call: Call,
    given: dict[str, str] | None = None,
    wrong: Problem | Refused | None = None,
    *,
    at: str = "",
    proving: str = "",
) -> Response:
    """``at`` is the channel whose form is at fault, ``proving`` the one whose code is asked for."""
    problem = problem_of(wrong) if wrong else None
    if at or proving:
        one_of(Way, at or proving, "way")
    now = preferences.get_preferences(call)
    errors = errors_of(problem) if problem else {}
    off = {f"{each.channel}:{each.theme}" if each.theme else str(each.channel) for each in now.off}
    ticked = {
        f"on:{channel}:{theme}"
        for channel in now.channels
        for theme in Theme
        if channel not in off and f"{channel}:{theme}" not in off
    }
    return show(
        call,
        "message_settings.html",
        status=problem.status if problem else 200,
        now=now,
        ticked={name for name in given if name.startswith("on:")} if given and not at else ticked,
        given={**_given(now), **(given or {})},
        errors=errors,
        at=at,
        proving=proving,
        problem=problem.detail if problem and not errors else "",
        done=DONE.get(call.query.get("done") or "", ""),
        reach={each.way: each for each in preferences.get_reach(call).ways if each.confirmed_at},
        provable=[kind for kind in PROVABLE if kind in now.channels],
        hints=HINTS,
        themes=words.THEMES,
        channels=words.CHANNELS,
        languages=words.LANGUAGES,
    )


def _given(now: PreferencesView) -> dict[str, str]:
    return {
        "digest_hour": "" if now.digest_hour is None else str(now.digest_hour),
        "quiet_from": now.quiet_from or "",
        "quiet_until": now.quiet_until or "",
        "language": str(now.language),
    }
