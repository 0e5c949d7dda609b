"""The supervisors' lists as lines of a file: the same rows as on the page, with names and the city's time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias, TypeVar

from gateway.call import Call
from gateway.web import labels
from gateway.web.lists import MOST, Read
from gateway.web.survey import orders_of
from gateway.words import _
from services.dispatch.contracts import Answerable, LapseCount, LapseView, TaskView
from services.evaluation.contracts import DueFollowUp, FollowUpView
from services.kit.asking import Page

R = TypeVar("R")
Lines: TypeAlias = Iterator[Sequence[str]]
AT_ONCE = 200


def lapse_counts(call: Call, of: Answerable, read: Read[LapseCount]) -> Lines:
    yield [_("名称"), _("合计"), _("任务"), *labels.LAPSES.values()]
    for found in _pages(read):
        ids = [each.id for each in found.items]
        names = call.desk.names
        known = names.of_places(ids) if of is Answerable.COMMUNITY else names.of_hands(ids, call.actor)
        for each in found.items:
            kinds = (str(each.kinds.get(kind, 0)) for kind in labels.LAPSES)
            yield [labels.place(known.get(each.id, each.id)), str(each.total), str(each.tasks), *kinds]


def evidence(call: Call, read: Read[LapseView]) -> Lines:
    yield [_("时间"), _("依据"), _("点单"), _("内容"), _("地方"), _("办理人"), _("督办人")]
    for found in _pages(read):
        said = _words(call, [each.order_ids[0] for each in found.items])
        places = call.desk.names.of_places(each.community_code for each in found.items)
        hands = call.desk.names.of_hands(
            [hand for each in found.items for hand in (each.member_id, each.by)], call.actor
        )
        for each in found.items:
            yield [
                labels.moment(each.at),
                labels.LAPSES[each.kind],
                each.order_ids[0],
                said(each.order_ids[0]),
                labels.place(places.get(each.community_code, each.community_code)),
                hands.get(each.member_id or "", ""),
                hands.get(each.by or "", ""),
            ]


def late_tasks(call: Call, read: Read[TaskView]) -> Lines:
    yield [
        *(_("点单"), _("内容"), _("地方"), _("状态"), _("承诺时间"), _("超时"), _("办理人"), _("单位")),
        *(_("督办次数"), _("居民催的次数"), _("退单次数")),
    ]
    for found in _pages(read):
        said = _words(call, [each.order_ids[0] for each in found.items])
        places = call.desk.names.of_places(each.community_code for each in found.items)
        hands = call.desk.names.of_hands(
            [hand for each in found.items for hand in (each.member_id, each.unit_id)], call.actor
        )
        for each in found.items:
            yield [
                each.order_ids[0],
                said(each.order_ids[0]),
                labels.place(places.get(each.community_code, each.community_code)),
                labels.STATES[each.state],
                labels.moment(each.promised_at) if each.promised_at else "",
                _("是") if each.overdue else "",
                hands.get(each.member_id or "", ""),
                hands.get(each.unit_id or "", ""),
                *map(str, (each.urged, each.reminded, each.returns)),
            ]


def due_follow_ups(call: Call, read: Read[DueFollowUp]) -> Lines:
    yield [_("点单"), _("内容"), _("地方"), _("状态"), _("反馈时间"), _("没有联系上的次数"), _("办理人")]
    for found in _pages(read):
        said = _words(call, [each.order_id for each in found.items])
        places = call.desk.names.of_places(each.place for each in found.items)
        hands = call.desk.names.of_hands([each.member_id for each in found.items], call.actor)
        for each in found.items:
            yield [
                each.order_id,
                said(each.order_id),
                labels.place(places.get(each.place, each.place)),
                labels.STATES[each.state],
                labels.moment(each.answered_at),
                str(each.tries),
                hands.get(each.member_id or "", ""),
            ]


def follow_ups(call: Call, read: Read[FollowUpView]) -> Lines:
    yield [
        *(_("点单"), _("内容"), _("回访时间"), _("方式"), _("联系上了"), _("解决了")),
        *(_("评价"), _("居民的话"), _("回访人")),
    ]
    for found in _pages(read):
        said = _words(call, [each.order_id for each in found.items])
        hands = call.desk.names.of_hands([each.by for each in found.items], call.actor)
        for each in found.items:
            yield [
                each.order_id,
                said(each.order_id),
                labels.moment(each.recorded_at),
                _("上门") if each.way == "visit" else _("电话"),
                _("是") if each.reached else _("否"),
                "" if each.solved is None else _("是") if each.solved else _("否"),
                labels.GRADES[each.grade] if each.grade else "",
                each.words or "",
                hands.get(each.by, ""),
            ]


def _pages(read: Read[R]) -> Iterator[Page[R]]:
    """Until there is no more, or enough."""
    cursor: str | None = None
    given = 0
    while given < MOST:
        found = read(cursor, AT_ONCE)
        yield found
        given += len(found.items)
        cursor = found.next
        if cursor is None:
            return


def _words(call: Call, order_ids: Sequence[str]) -> Callable[[str], str]:
    """What was ordered, as far as the caller may read it."""
    known = dict(orders_of(call, tuple(order_ids)))

    def said(order_id: str) -> str:
        order = known.get(order_id)
        return order.words if order else ""

    return said
