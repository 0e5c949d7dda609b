"""我要求助 / 我要抢单 on one page: whoever needs a hand asks for it on top, whoever has one to give finds below who waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.duties import Duty, duties_of
from gateway.fields import Request, text
from gateway.openings import WaitingTask, waiting_tasks
from gateway.policies import ANYONE, MEMBERS
from gateway.problems import Problem, problem_of
from gateway.routing import page
from gateway.web.duty_clock import clock_of
from gateway.web.forms import check, onward, typed
from gateway.web.pages.duty_steps import DONE
from gateway.web.places import choices_at, top
from gateway.web.render import show
from gateway.words import _
from services.dispatch.contracts import (
    GetGrabLimits,
    GrabLimitsView,
    GrabTask,
    ListTasks,
    ReleaseTask,
    State,
    TakeSlot,
)
from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable

SHOWN = 20


class HelpQuery(Request):
    node = text(_("看哪里的"), most=20, required=False)
    done = text(_("刚做完的一步"), most=20, required=False)
    cursor = text(_("翻页标记"), most=500, required=False)


class Wish(Request):
    task_id = text(_("哪个任务"), most=40)
    slot = text(_("哪个岗位"), most=20, required=False)


@dataclass(frozen=True)
class Lost:
    """A grab that came too late or was refused: what is said, and what is near instead."""

    message: str
    next: tuple[str, ...]


@page("GET", "/help", policy=ANYONE, summary=_("我要求助，我要抢单"), query=HelpQuery)
def help_page(call: Call) -> Response:
    return _show(call, done=DONE.get(call.query.get("done") or "", ""))


@page("POST", "/help/grabs", policy=MEMBERS, summary=_("在求助页上抢单或报名上岗"))
def grab_here(call: Call) -> Response:
    try:
        wish = check(Wish, typed(call))
        task_id, slot = wish["task_id"], wish.get("slot")
        call.ask(TakeSlot(task_id=task_id, slot=slot) if slot else GrabTask(task_id=task_id))
    except (Refused, Problem) as wrong:
        problem = problem_of(wrong)
        near = tuple(each["task_id"] for each in problem.facts.get("next", ()))
        return _show(call, status=problem.status, lost=Lost(problem.detail, near))
    return onward(f"/duties/tasks/{task_id}?done={'place' if slot else 'grab'}")


@page("POST", "/help/releases", policy=MEMBERS, summary=_("在求助页上放回抢到的任务"))
def release_here(call: Call) -> Response:
    try:
        call.ask(ReleaseTask(task_id=check(Wish, typed(call))["task_id"]))
    except (Refused, Problem) as wrong:
        problem = problem_of(wrong)
        return _show(call, status=problem.status, lost=Lost(problem.detail, ()))
    return onward("/help?done=release")


def _show(call: Call, *, status: int = 200, done: str = "", lost: Lost | None = None) -> Response:
    member = MEMBERS.admits(call.actor)
    home = _home(call)
    node = call.query.get("node") or ("" if member else home)
    waiting = _waiting(call, node, reach=member and not node)
    return show(
        call,
        "help.html",
        live="openings,duties" if member else "",
        status=status,
        member=member,
        node=node,
        home=home,
        place_name=call.desk.names.of_places([node or home]).get(node or home, ""),
        places=choices_at(call, node or home or top(call)),
        waiting=waiting,
        instead=_instead(waiting, lost),
        grabbed=_grabbed(call) if member else (),
        clock=lambda duty: clock_of(duty, call.now),
        limits=_limits(call, home) if member else None,
        paged=bool(call.query.get("cursor")),
        done=done,
        lost=lost,
    )


def _home(call: Call) -> str:
    """The community where the caller is checked in or works; empty where none is known."""
    nodes = call.actor.nodes_of("member") or call.actor.nodes_of("liaison", "grid_worker", "grid_head")
    return nodes[0][:12] if nodes else ""


def _waiting(call: Call, node: str, *, reach: bool) -> Page[WaitingTask] | None:
    """None while those who know are away."""
    try:
        return waiting_tasks(call, node=node, reach=reach, cursor=call.query.get("cursor"), limit=SHOWN)
    except Unavailable:
        return None


def _instead(waiting: Page[WaitingTask] | None, lost: Lost | None) -> tuple[Any, ...]:
    """Of those that wait, the ones that the refusal names, in its order."""
    if waiting is None or lost is None:
        return ()
    known = {task.task_id: task for task in waiting.items}
    return tuple(known[task_id] for task_id in lost.next if task_id in known)


def _grabbed(call: Call) -> tuple[Duty, ...]:
    """What the caller has grabbed and not begun, and so may still let go."""
    try:
        found = call.ask(ListTasks(mine=True, states=(State.ACTING,), limit=SHOWN))
    except Unavailable:
        return ()
    return duties_of(call, tuple(task for task in found.items if "release" in task.allowed))


def _limits(call: Call, home: str) -> GrabLimitsView | None:
    try:
        found = call.ask(GetGrabLimits(node=home))
    except (Refused, Unavailable):
        return None
    return found if found.set_at_node is not None else None
