"""Who does not act, named, with the evidence behind each figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from gateway.call import Call
from gateway.fields import Paged, choice, day, text
from gateway.parsing import one_of
from gateway.policies import READERS, Policy
from gateway.routing import route
from gateway.web.labels import CITY
from gateway.words import _
from services.dispatch.contracts import (
    Answerable,
    CountLapses,
    LapseCount,
    LapseKind,
    LapseView,
    ListLapses,
)
from services.kit.asking import Page
from services.members.contracts import Role

QUARTER = timedelta(days=90)
CONCERNED = Policy(roles=READERS.roles | {Role.MEMBER, Role.UNIT_LEADER})


class PeriodQuery(Paged):
    node = text(_("哪个地方（区划代码）及其下级"), most=12)
    since = day(_("从哪天（含）；默认 90 天前"))
    until = day(_("到哪天（含）；默认今天"))


class EvidenceQuery(PeriodQuery):
    kind = choice(LapseKind, _("只看这一种：未答复、未开始、超时、督办、催单、上报、迟反馈"), required=False)


@dataclass(frozen=True, kw_only=True)
class NamedCount(LapseCount):
    """A count with the name of the member, unit or community, where the asker may know it."""

    name: str | None


@route(
    "GET",
    "/lapses/{of}",
    policy=READERS,
    summary=_("不作为的单位、党员或社区：次数最多的在前"),
    tag="figures",
    query=PeriodQuery,
    answer=Page[NamedCount],
)
def count_lapses(call: Call) -> Page[NamedCount]:
    of = one_of(Answerable, call.path["of"], "of")
    found = call.ask(CountLapses(of=of, **_dated(call)))
    ids = [each.id for each in found.items]
    names = call.desk.names
    known = names.of_places(ids) if of is Answerable.COMMUNITY else names.of_hands(ids, call.actor)
    return Page(
        items=tuple(
            NamedCount(
                kind=each.kind,
                id=each.id,
                total=each.total,
                tasks=each.tasks,
                kinds=each.kinds,
                name=known.get(each.id),
            )
            for each in found.items
        ),
        next=found.next,
    )


@route(
    "GET",
    "/lapses/{of}/{id}",
    policy=CONCERNED,
    summary=_("一个单位、党员或社区的每一次，及其任务和时间"),
    tag="figures",
    query=EvidenceQuery,
    answer=Page[LapseView],
)
def list_lapses(call: Call) -> Page[LapseView]:
    of = one_of(Answerable, call.path["of"], "of")
    return call.ask(ListLapses(of=of, id=call.path["id"], **_dated(call)))


def _dated(call: Call) -> dict[str, Any]:
    today = call.now.astimezone(CITY).date()
    until = call.query.get("until") or today
    return {**call.query, "until": until, "since": call.query.get("since") or until - QUARTER}
