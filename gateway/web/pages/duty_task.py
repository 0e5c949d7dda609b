"""One task of somebody who has it: what it is, why it is theirs, its clock, and each step that they may take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.duties import duties_of
from gateway.fields import Request, text
from gateway.policies import CONTACT_VIEWERS, HANDS
from gateway.problems import Problem, kind_of, problem_of
from gateway.routes.orders import Purpose, Words
from gateway.routing import MEGABYTE, page
from gateway.web.duty_clock import clock_of
from gateway.web.forms import by_script, check, errors_of, onward, told, typed
from gateway.web.pages.duties import why
from gateway.web.pages.duty_steps import DONE, ON_PART, STEPS, Step
from gateway.web.render import show
from gateway.web.uploads import keep_once
from gateway.words import _
from services.dispatch.contracts import GetTask, HandKind, PauseKind, ReturnKind, State, TaskView
from services.intake.contracts import AmendOrder, ContactRevealed, RevealContact
from services.kit.ids import new_id
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable
from services.members.contracts import GetTeam, ListMembers, ListUnits

MOST = 41 * MEGABYTE
"""Four photos as phones take them, or more that are smaller."""
NAMED = 200
"""So many members of a unit are offered to choose who acts."""
ACTING = {"answer", "pause", "resume"}
"""Whoever may take one of these steps has the work, and may call the resident."""
NAMERS = {"name", "return"}
DISTRICT = 6
"""Digits of a district's code."""
END_OF_DAY = "T18:00:00+08:00"


class TaskPageQuery(Request):
    done = text(_("刚做完的一步"), most=20, required=False)
    sent = text(_("刚提交的标记"), most=200, required=False)


@page("GET", "/duties/tasks/{task_id}", policy=HANDS, summary=_("一个任务和我能做的"), query=TaskPageQuery)
def task_page(call: Call) -> Response:
    return _show(call, done=DONE.get(call.query.get("done") or "", ""), sent=call.query.get("sent") or "")


@page("POST", "/duties/tasks/{task_id}/{step}", policy=HANDS, summary=_("在一个任务上做一步"), most=MOST)
def take_step(call: Call) -> Response:
    name, task_id = call.path["step"], call.path["task_id"]
    step = _known(STEPS, name)
    return _take(call, name, step, lambda meant: step.ask(task_id=task_id, **meant))


@page(
    "POST",
    "/duties/tasks/{task_id}/parts/{hand_id}/{step}",
    policy=HANDS,
    summary=_("在自己参与的部分做一步"),
    most=MOST,
)
def take_step_on_part(call: Call) -> Response:
    name = call.path["step"]
    step = _known(ON_PART, name)
    on = {"task_id": call.path["task_id"], "hand_id": call.path["hand_id"]}
    return _take(call, name, step, lambda meant: step.ask(**on, **meant))


@page(
    "POST",
    "/duties/tasks/{task_id}/contact",
    policy=CONTACT_VIEWERS,
    summary=_("查看联系方式，写明用途，留痕"),
)
def look_at_contact(call: Call) -> Response:
    given = typed(call)
    try:
        asked = RevealContact(order_id=given.get("order_id", ""), **check(Purpose, given))
        return _show(call, contact=call.ask(asked))
    except (Refused, Problem) as wrong:
        return _failed(call, "contact", given, wrong)


@page(
    "POST",
    "/duties/tasks/{task_id}/photos",
    policy=HANDS,
    summary=_("办理中补充现场照片和说明"),
    most=MOST,
)
def show_the_scene(call: Call) -> Response:
    """To the first order of the task, whose history tells it to the resident and the community alike."""
    given = typed(call)
    photos = call.request.form.getlist("photos")
    try:
        photos += _uploaded(call)
        told = check(Words, {"words": given.get("words") or str(_("现场照片")), "photos": photos})
        keyed = replace(call, key=given.get("key"))
        keyed.ask(AmendOrder(order_id=given.get("order_id", ""), **told))
    except (Refused, Problem) as wrong:
        return _failed(call, "photos", given, wrong, photos)
    return onward(f"/duties/tasks/{call.path['task_id']}?done=photos")


def _take(call: Call, name: str, step: Step, ask: Callable[[dict[str, Any]], Any]) -> Response:
    given = typed(call)
    photos = call.request.form.getlist("photos")
    try:
        photos += _uploaded(call)
        keyed = replace(call, key=given.get("key") or call.key)
        keyed.ask(ask(check(step.form, _meant(call, given, photos))))
    except (Refused, Problem) as wrong:
        if by_script(call.request):
            raise
        return _failed(call, name, given, wrong, photos)
    told_of = {"done": name}
    if "key" in given and not step.leaves:
        told_of["sent"] = given["key"]
    path = "/duties" if step.leaves else f"/duties/tasks/{call.path['task_id']}"
    then = f"{path}?{urlencode(told_of)}"
    return told({"onward": then}, status=200) if by_script(call.request) else onward(then)


def _uploaded(call: Call) -> list[str]:
    """The photos that came with the form, kept: their ids."""
    files = (file.read() for file in call.request.files.getlist("files"))
    return [keep_once(call, content) for content in files if content]


def _meant(call: Call, given: dict[str, str], photos: list[str]) -> dict[str, Any]:
    """What the form means: several boxes are a list, a day is its end in the city."""
    meant: dict[str, Any] = {**given, "photos": photos}
    if "member_ids" in given:
        meant["member_ids"] = call.request.form.getlist("member_ids")
    if given.get("resume_by"):
        meant["resume_by"] = given["resume_by"] + END_OF_DAY
    return meant


def _failed(
    call: Call, name: str, given: dict[str, str], wrong: Refused | Problem, photos: list[str] | None = None
) -> Response:
    problem = problem_of(wrong)
    return _show(
        call,
        status=problem.status,
        problem=problem.detail,
        failed=name,
        given=given,
        errors=errors_of(problem),
        photos=photos or [],
    )


def _show(
    call: Call,
    *,
    status: int = 200,
    done: str = "",
    sent: str = "",
    problem: str = "",
    failed: str = "",
    given: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    photos: list[str] | None = None,
    contact: ContactRevealed | None = None,
) -> Response:
    task = call.ask(GetTask(task_id=call.path["task_id"]))
    (duty,) = duties_of(call, (task,))
    mine = task.state is State.ASSIGNED and task.hand_kind is HandKind.MEMBER and duty.asked
    hands = [part.hand_id for part in task.parts]
    return show(
        call,
        "duty_task.html",
        status=status,
        live=f"task:{task.task_id}",
        duty=duty,
        task=task,
        clock=clock_of(duty, call.now),
        why=why(call, task.task_id) if mine else None,
        choice=_who_may_come(call, task),
        names=call.desk.names.of_hands([*hands, task.unit_id, task.member_id], call.actor),
        units=_units(call, task),
        pauses=PauseKind,
        returns=ReturnKind,
        looking=task.state is State.ACTING and bool(duty.own or ACTING & set(task.allowed)),
        done=done,
        sent=sent,
        key=new_id(),
        problem=problem,
        failed=failed,
        given=given or {},
        errors=errors or {},
        photos=photos or [],
        contact=contact,
    )


def _who_may_come(call: Call, task: TaskView) -> list[tuple[str, str]]:
    """Ids and names of those whom a unit's or a team's leader may name in accepting."""
    if "accept" not in task.allowed or task.hand_id is None:
        return []
    if task.hand_kind is HandKind.TEAM:
        team = call.ask(GetTeam(team_id=task.hand_id))
        return [(member.member_id, member.name) for member in team.members]
    if task.hand_kind is HandKind.UNIT:
        found = call.ask(ListMembers(unit_id=task.hand_id, limit=NAMED))
        return [(member.member_id, member.name) for member in found.items]
    return []


def _units(call: Call, task: TaskView) -> list[tuple[str, str]]:
    """Whose affair it may be: the units of the district, for those who may say so."""
    if not NAMERS & set(task.allowed):
        return []
    try:
        found = call.ask(ListUnits(node=task.community_code[:DISTRICT], limit=NAMED))
    except (Refused, Unavailable):
        return []
    return [(unit.unit_id, unit.name) for unit in found.items]


def _known(steps: dict[str, Step], name: str) -> Step:
    if name not in steps:
        raise Problem("not-found", 404, kind_of("not-found").meaning)
    return steps[name]
