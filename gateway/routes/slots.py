"""Members in slots: the desk says which hands a task needs, members fill the places, each with hours of their own."""

from __future__ import annotations

from marshmallow import fields

from gateway.call import Call
from gateway.fields import Request, flag, several, text, whole
from gateway.policies import HANDS, MEMBERS, TRIAGE, only
from gateway.routes.tasks import WEEK, Reason
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import (
    BeginWork,
    DismissHand,
    EndWork,
    EnterHours,
    OfferSlot,
    SetSlots,
    SlotWanted,
    TakeSlot,
    TaskView,
)
from services.members.contracts import Role

HANDS_AND_DESK = only(Role.MEMBER, Role.UNIT_LEADER, Role.LIAISON, Role.SUPERVISOR)


class SlotForm(Request):
    role = text(_("岗位名称，如：电工、搬运"), most=20)
    count = whole(_("要几个人，默认一个"), least=1, most=50)
    skill = text(_("需要的专长"), most=50, required=False)
    required = flag(_("是否必需，默认必需；必需的岗位满员后任务才开始办理"))


class Slots(Request):
    slots = several(fields.Nested(SlotForm), _("这个任务需要的全部岗位；排在最前的岗位先到的人带队"), most=10)


class SlotOffer(Request):
    slot = text(_("岗位名称"), most=20)
    member_id = text(_("党员的编号"), most=40)
    hold_minutes = whole(_("留多少分钟考虑，默认一天"), least=1, most=WEEK)


class SlotChoice(Request):
    slot = text(_("岗位名称"), most=20)


class HoursEntry(Request):
    minutes = whole(_("工时合计，分钟"), least=0, most=60 * 24 * 30, required=True)
    reason = text(_("说明；更正他人的工时必须填写"), most=500, required=False)


@route(
    "PUT",
    "/tasks/{task_id}/slots",
    policy=TRIAGE,
    summary=_("设岗位"),
    tag="tasks",
    body=Slots,
    answer=TaskView,
)
def set_slots(call: Call) -> TaskView:
    slots = tuple(SlotWanted(**each) for each in call.body.get("slots", ()))
    return call.ask(SetSlots(**call.path, slots=slots))


@route(
    "POST",
    "/tasks/{task_id}/slots/offer",
    policy=TRIAGE,
    summary=_("邀请党员上岗"),
    tag="tasks",
    body=SlotOffer,
    answer=TaskView,
)
def offer_slot(call: Call) -> TaskView:
    return call.ask(OfferSlot(**call.path, **call.body))


@route(
    "POST",
    "/tasks/{task_id}/slots/place",
    policy=MEMBERS,
    summary=_("报名上岗"),
    tag="tasks",
    body=SlotChoice,
    answer=TaskView,
)
def take_slot(call: Call) -> TaskView:
    return call.ask(TakeSlot(**call.path, **call.body))


@route(
    "POST",
    "/tasks/{task_id}/parts/{hand_id}/dismissal",
    policy=TRIAGE,
    summary=_("换下一位党员"),
    tag="tasks",
    body=Reason,
    answer=TaskView,
)
def dismiss_hand(call: Call) -> TaskView:
    return call.ask(DismissHand(**call.path, **call.body))


@route(
    "POST",
    "/tasks/{task_id}/parts/{hand_id}/work-begin",
    policy=HANDS,
    summary=_("签到，开始计工时"),
    tag="tasks",
    body=Request,
    answer=TaskView,
)
def begin_work(call: Call) -> TaskView:
    return call.ask(BeginWork(**call.path))


@route(
    "POST",
    "/tasks/{task_id}/parts/{hand_id}/work-end",
    policy=HANDS,
    summary=_("签退"),
    tag="tasks",
    body=Request,
    answer=TaskView,
)
def end_work(call: Call) -> TaskView:
    return call.ask(EndWork(**call.path))


@route(
    "PUT",
    "/tasks/{task_id}/parts/{hand_id}/hours",
    policy=HANDS_AND_DESK,
    summary=_("登记或更正工时"),
    tag="tasks",
    body=HoursEntry,
    answer=TaskView,
)
def enter_hours(call: Call) -> TaskView:
    return call.ask(EnterHours(**call.path, **call.body))
