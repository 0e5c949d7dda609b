"""The words of messages for operators: what is said where, saying it otherwise, and seeing it before it is kept; and how often
and when people of the place may be told.
"""

from __future__ import annotations

from typing import Any, TypeAlias
from urllib.parse import parse_qsl, urlencode

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, text
from gateway.policies import OPERATORS
from gateway.problems import Problem, from_refused, problem_of
from gateway.routes import tell_bounds, templates
from gateway.routing import page
from gateway.web import message_words as words
from gateway.web.forms import check, errors_of, onward, typed
from gateway.web.render import show
from gateway.words import _
from services.kit.outcomes import Refused
from services.members.contracts import Role
from services.notify.contracts import (
    ChannelKind,
    GetTellBounds,
    GetTemplate,
    Language,
    ListTemplates,
    PreviewTemplate,
    SetTellBounds,
    SetTemplate,
    TellBoundsView,
    TemplateView,
    UnsetTellBounds,
    UnsetTemplate,
)

HERE = "/operations/templates"
ONE = HERE + "/{node}/{kind}/{audience}"
ALL = 200
MOST_UNDONE = 10
Undo: TypeAlias = tuple[str, dict[str, str]]
"""Where the form that takes a change back goes, below this page, and what it says."""
DONE = {
    "kept": _("新的说法已保存，从现在起用它"),
    "taken": _("已恢复沿用上级或系统自带的说法"),
    "bounded": _("打扰限制已保存"),
    "unbounded": _("已取消本地的打扰限制，沿用上级的"),
}


class Where(templates.Voiced):
    node = text(_("区划代码"), most=12, required=False)
    done = text(_("刚做完的事"), most=20, required=False)
    undo_at = text(_("撤销时去哪里"), most=200, required=False)
    undo = text(_("撤销时要交回的内容"), most=6000, required=False)


class Bounded(tell_bounds.TellBounds):
    node = text(_("区划代码"), most=12)


class Place(Request):
    node = text(_("区划代码"), most=12)


@page("GET", HERE, policy=OPERATORS, summary=_("消息文案"), query=Where)
def templates_page(call: Call) -> Response:
    return _list(call)


@page("GET", ONE, policy=OPERATORS, summary=_("一条消息文案"), query=templates.Voiced)
def template_page(call: Call) -> Response:
    found = call.ask(GetTemplate(**call.path, **call.query))
    return _one(call, found, {"title": found.title, "words": found.words})


@page("POST", ONE, policy=OPERATORS, summary=_("预览或保存消息文案"))
def edit_template(call: Call) -> Response:
    """The button says what is wanted: look, keep, or take back."""
    given = typed(call)
    which: dict[str, Any] = {**call.path, **check(templates.Voiced, given)}
    try:
        if given.get("do") == "take":
            before = call.ask(GetTemplate(**which))
            call.ask(UnsetTemplate(**which))
            return onward(_listed(which, "taken", _back_to(before)))
        edited = check(templates.TemplateWords, given)
        if given.get("do") == "keep":
            before = call.ask(GetTemplate(**which))
            call.ask(SetTemplate(**which, **edited))
            return onward(_listed(which, "kept", _back_to(before)))
    except (Problem, Refused) as wrong:
        return _one(call, call.ask(GetTemplate(**which)), given, wrong)
    return _one(call, call.ask(GetTemplate(**which)), given)


@page("POST", HERE + "/bounds", policy=OPERATORS, summary=_("设置多久、何时可以打扰人"))
def save_tell_bounds(call: Call) -> Response:
    given = typed(call)
    try:
        before = call.ask(GetTellBounds(node=check(Place, given)["node"]))
        undo = ("bounds", {"node": before.node, "do": "take"})
        if before.set_at_node == before.node:
            undo = ("bounds", {"node": before.node, "do": "keep", **_bounds(before)})
        if given.get("do") == "take":
            call.ask(UnsetTellBounds(node=before.node))
            return onward(_listed(given, "unbounded", undo))
        call.ask(SetTellBounds(**check(Bounded, given)))
    except (Problem, Refused) as wrong:
        return _list(call, given, wrong)
    return onward(_listed(given, "bounded", undo))


def _list(
    call: Call, given: dict[str, str] | None = None, wrong: Problem | Refused | None = None
) -> Response:
    problem = problem_of(wrong) if wrong else None
    nodes = call.actor.nodes_of(Role.OPERATOR)
    node = (given or call.query).get("node") or nodes[0]
    channel = call.query.get("channel") or ChannelKind.IN_APP
    language = call.query.get("language") or Language.ZH
    found = call.ask(ListTemplates(node=node, channel=channel, language=language, limit=ALL))
    held = call.ask(GetTellBounds(node=node))
    return show(
        call,
        "message_templates.html",
        status=problem.status if problem else 200,
        found=found.items,
        node=node,
        place=call.desk.names.of_places([node]).get(node, node),
        channel=channel,
        language=language,
        held=held,
        given=given or _bounds(held),
        errors=errors_of(problem) if problem else {},
        problem=problem.detail if problem and not problem.errors else "",
        done=DONE.get(call.query.get("done") or "", ""),
        undo_at=call.query.get("undo_at") or "",
        undo=parse_qsl(call.query.get("undo") or "", keep_blank_values=True, max_num_fields=MOST_UNDONE),
        channels=words.CHANNELS,
        languages=words.LANGUAGES,
        audiences=words.AUDIENCES,
        query=urlencode({"channel": channel, "language": language}),
    )


def _one(
    call: Call, found: TemplateView, given: dict[str, str], wrong: Problem | Refused | None = None
) -> Response:
    """The form with what it would look like; what cannot be filled in is said beside its field."""
    problem = problem_of(wrong) if wrong else None
    shown = None
    if problem is None:
        try:
            shown = call.ask(
                PreviewTemplate(
                    kind=found.kind,
                    audience=found.audience,
                    title=given["title"],
                    words=given["words"],
                    language=found.language,
                )
            )
        except Refused as refused:
            problem = from_refused(refused)
    return show(
        call,
        "message_template.html",
        status=problem.status if problem else 200,
        found=found,
        given=given,
        shown=shown,
        errors=errors_of(problem) if problem else {},
        problem=problem.detail if problem and not problem.errors else "",
        place=call.desk.names.of_places([found.node]).get(found.node, found.node),
        listed=_listed({"node": found.node, "channel": found.channel, "language": found.language}),
        channels=words.CHANNELS,
        languages=words.LANGUAGES,
        audiences=words.AUDIENCES,
    )


def _back_to(before: TemplateView) -> Undo:
    """The form that says it as before: in the words that the place had itself, or by taking its own back."""
    same = {"channel": before.channel.value, "language": before.language.value}
    own = before.set_at_node == before.node
    step = {"do": "keep", "title": before.title, "words": before.words} if own else {"do": "take"}
    return f"{before.node}/{before.kind}/{before.audience}", same | step


def _listed(which: dict[str, Any], done: str = "", undo: Undo | None = None) -> str:
    said = {name: which[name] for name in ("node", "channel", "language") if which.get(name)}
    more = {"undo_at": undo[0], "undo": urlencode(undo[1])} if undo else {}
    return f"{HERE}?{urlencode(said | ({'done': done} if done else {}) | more)}"


def _bounds(held: TellBoundsView) -> dict[str, str]:
    said = {name: getattr(held, name) for name in ("most_a_day", "most_a_week", "quiet_from", "quiet_until")}
    return {name: "" if value is None else str(value) for name, value in said.items()}
