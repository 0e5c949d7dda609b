"""What waits to be grabbed, for everybody; and the load of a unit's people."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.call import Call
from gateway.fields import Request, flag, text, whole
from gateway.openings import WaitingTask, waiting_tasks
from gateway.policies import ANYONE, only
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import MemberLoad, UnitLoad
from services.kit.asking import Page
from services.members.contracts import Role

UNIT_WATCHERS = only(Role.UNIT_LEADER, Role.SUPERVISOR)


class OpenQuery(Request):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)
    reach = flag(_("只看开放给自己的，由近及远"))
    cursor = text(_("翻页标记"), most=500, required=False)
    limit = whole(_("最多几个，默认 20"), least=1, most=50)


@dataclass(frozen=True, kw_only=True)
class UnitLoadView:
    unit_id: str
    members: tuple[MemberLoad, ...]


@route(
    "GET",
    "/open-tasks",
    policy=ANYONE,
    summary=_("等人来抢的任务：党员由近及远，其他人按承诺先后"),
    tag="tasks",
    query=OpenQuery,
    answer=Page[WaitingTask],
)
def list_open(call: Call) -> Page[WaitingTask]:
    return waiting_tasks(call, **{name: value for name, value in call.query.items() if value is not None})


@route(
    "GET",
    "/units/{unit_id}/load",
    policy=UNIT_WATCHERS,
    summary=_("单位每位党员手上的任务数"),
    tag="units",
    answer=UnitLoadView,
)
def unit_load(call: Call) -> UnitLoadView:
    return UnitLoadView(**call.path, members=call.ask(UnitLoad(**call.path)))
