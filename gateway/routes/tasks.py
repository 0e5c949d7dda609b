"""Tasks: the lists of those who act, and each step on a task (LOOP.md)."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Paged, Request, choice, flag, moment, option, photos, several, text, whole
from gateway.policies import ACCOUNTS, CHECKERS, HANDS, MEMBERS, SUPERVISORS, TRIAGE
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import (
    AcceptTask,
    AnswerTask,
    AssignTask,
    DeclineTask,
    GetTask,
    GrabTask,
    HandKind,
    ListTasks,
    NameUnit,
    OpenTask,
    PauseKind,
    PauseTask,
    ReleaseTask,
    ResumeTask,
    ReturnKind,
    ReturnTask,
    SendBackTask,
    StartTask,
    State,
    TaskSort,
    TaskView,
    UrgeTask,
    VerifyTask,
)
from services.kit.asking import Page

WEEK = 7 * 24 * 60
"""Minutes: the longest that one who is asked may think."""


class TaskQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)
    states = several(choice(State, _("状态")), _("只看这些状态，用逗号分隔"), most=10)
    mine = flag(_("只看派给我或我单位的"))
    open = flag(_("只看我能抢的"))
    overdue = flag(_("只看超时的"))
    category = text(_("只看这个类别"), most=50, required=False)
    sort = option(TaskSort, _("changed（刚有变化的在前，默认）或 urgent（最急、最先到期的在前）"))
    urged = flag(_("只看督办过、还在办的"))
    escalated = flag(_("只看已上报、还在办的"))
    deserted = flag(_("只看办理人已离开、还没有收回的"))


class Assignment(Request):
    hand_kind = choice(HandKind, _("派给党员、单位还是团组"))
    hand_id = text(_("党员、单位或团组的编号"), most=40)
    hold_minutes = whole(_("留多少分钟考虑；不填则按本地承诺的接单时限，没有则一天"), least=1, most=WEEK)


class Opening(Request):
    scope = text(_("开放给哪里的党员（区划代码），默认本社区"), most=20, required=False)
    skill = text(_("需要的专长"), most=50, required=False)


class Acceptance(Request):
    member_id = text(_("单位接单时指定的办理人；团组接单时指定的带队人"), most=40, required=False)
    member_ids = several(text(_("党员的编号"), most=40), _("团组接单时来办的队员"), most=50)


class Pause(Request):
    reason = text(_("理由"), most=500)
    kind = option(PauseKind, _("等什么：材料、居民、其他部门、天气或其他；默认其他"))
    resume_by = moment(_("最迟何时恢复，90 天之内；不填为 30 天"))


class Naming(Request):
    unit_id = text(_("属于哪个单位的职责"), most=40)
    words = text(_("说明"), most=500, required=False)


class Return(Request):
    reason = text(_("理由"), most=500)
    kind = option(ReturnKind, _("为什么退：不属于我、办不了、需要别的专长、不安全或其他；默认其他"))
    named_unit_id = text(
        _("不属于我时，应由哪个单位办理；不知道则由退单者继续首问负责"), most=40, required=False
    )
    team_id = text(_("一人办不了时，建议转给哪个团组"), most=40, required=False)


class Reason(Request):
    reason = text(_("理由"), most=500)


class Answer(Request):
    words = text(_("办理情况"), most=2000)
    photos = photos()


class Remark(Request):
    words = text(_("说明"), most=1000, required=False)


@route(
    "GET",
    "/tasks",
    policy=ACCOUNTS,
    summary=_("任务列表"),
    tag="tasks",
    query=TaskQuery,
    answer=Page[TaskView],
)
def list_tasks(call: Call) -> Page[TaskView]:
    return call.ask(ListTasks(**call.query))


@route("GET", "/tasks/{task_id}", policy=ACCOUNTS, summary=_("一个任务"), tag="tasks", answer=TaskView)
def get_task(call: Call) -> TaskView:
    return call.ask(GetTask(**call.path))


@route(
    "POST",
    "/tasks/{task_id}/assignment",
    policy=TRIAGE,
    summary=_("派单给党员、单位或团组"),
    tag="tasks",
    body=Assignment,
    answer=TaskView,
)
def assign_task(call: Call) -> TaskView:
    return call.ask(AssignTask(**call.path, **call.body))


@route(
    "POST",
    "/tasks/{task_id}/opening",
    policy=TRIAGE,
    summary=_("开放抢单"),
    tag="tasks",
    body=Opening,
    answer=TaskView,
)
def open_task(call: Call) -> TaskView:
    return call.ask(OpenTask(**call.path, **call.body))


@route(
    "POST",
    "/tasks/{task_id}/grab",
    policy=MEMBERS,
    summary=_("抢单"),
    tag="tasks",
    body=Request,
    answer=TaskView,
)
def grab_task(call: Call) -> TaskView:
    return call.ask(GrabTask(**call.path))


@route(
    "POST",
    "/tasks/{task_id}/release",
    policy=MEMBERS,
    summary=_("放回抢到但还没有开始办理的任务"),
    tag="tasks",
    body=Request,
    answer=TaskView,
)
def release_task(call: Call) -> TaskView:
    return call.ask(ReleaseTask(**call.path))


@route(
    "POST",
    "/tasks/{task_id}/acceptance",
    policy=HANDS,
    summary=_("接单"),
    tag="tasks",
    body=Acceptance,
    answer=TaskView,
)
def accept_task(call: Call) -> TaskView:
    return call.ask(AcceptTask(**call.path, **call.body))


@route(
    "POST",
    "/tasks/{task_id}/decline",
    policy=HANDS,
    summary=_("谢绝"),
    tag="tasks",
    body=Reason,
    answer=TaskView,
)
def decline_task(call: Call) -> TaskView:
    return call.ask(DeclineTask(**call.path, **call.body))


@route(
    "POST",
    "/tasks/{task_id}/start",
    policy=HANDS,
    summary=_("开始办理"),
    tag="tasks",
    body=Request,
    answer=TaskView,
)
def start_task(call: Call) -> TaskView:
    return call.ask(StartTask(**call.path))


@route(
    "POST",
    "/tasks/{task_id}/pause",
    policy=HANDS,
    summary=_("暂停计时"),
    tag="tasks",
    body=Pause,
    answer=TaskView,
)
def pause_task(call: Call) -> TaskView:
    return call.ask(PauseTask(**call.path, **call.body))


@route(
    "POST",
    "/tasks/{task_id}/resumption",
    policy=HANDS,
    summary=_("恢复计时"),
    tag="tasks",
    body=Request,
    answer=TaskView,
)
def resume_task(call: Call) -> TaskView:
    return call.ask(ResumeTask(**call.path))


@route(
    "POST",
    "/tasks/{task_id}/return",
    policy=HANDS,
    summary=_("退单"),
    tag="tasks",
    body=Return,
    answer=TaskView,
)
def return_task(call: Call) -> TaskView:
    return call.ask(ReturnTask(**call.path, **call.body))


@route(
    "POST",
    "/tasks/{task_id}/named-unit",
    policy=HANDS,
    summary=_("首问负责：退单后查明是哪个单位的职责，指明该单位"),
    tag="tasks",
    body=Naming,
    answer=TaskView,
)
def name_unit(call: Call) -> TaskView:
    return call.ask(NameUnit(**call.path, **call.body))


@route(
    "POST",
    "/tasks/{task_id}/answer",
    policy=HANDS,
    summary=_("反馈办理结果"),
    tag="tasks",
    body=Answer,
    answer=TaskView,
    creates=True,
)
def answer_task(call: Call) -> TaskView:
    return call.ask(AnswerTask(**call.path, **call.body))


@route(
    "POST",
    "/tasks/{task_id}/verification",
    policy=CHECKERS,
    summary=_("核查通过"),
    tag="tasks",
    body=Remark,
    answer=TaskView,
)
def verify_task(call: Call) -> TaskView:
    return call.ask(VerifyTask(**call.path, **call.body))


@route(
    "POST",
    "/tasks/{task_id}/sending-back",
    policy=CHECKERS,
    summary=_("核查不通过，退回重办"),
    tag="tasks",
    body=Reason,
    answer=TaskView,
)
def send_back_task(call: Call) -> TaskView:
    return call.ask(SendBackTask(**call.path, **call.body))


@route(
    "POST",
    "/tasks/{task_id}/urge",
    policy=SUPERVISORS,
    summary=_("督办"),
    tag="tasks",
    body=Remark,
    answer=TaskView,
)
def urge_task(call: Call) -> TaskView:
    return call.ask(UrgeTask(**call.path, **call.body))
