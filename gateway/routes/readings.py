"""What an order's words seem to ask for: a suggestion for whoever registers it, and for residents before they send it."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.call import Call
from gateway.fields import Request, moment, several, text
from gateway.policies import ANYONE, OPERATORS, TRIAGE
from gateway.problems import invalid
from gateway.routing import route
from gateway.web.labels import SIGNS
from gateway.words import _
from services.dispatch.contracts import Urgency
from services.intake.contracts import (
    ForgetLessons,
    LessonsForgotten,
    Reading,
    ReadOrder,
    ReadOrders,
    ReadWords,
    Sign,
)


class Unsent(Request):
    community_code = text(_("社区的 12 位区划代码；填了就参考当地的习惯"), most=12, required=False)
    words = text(_("诉求内容，不会保存"), least=2, most=2000)


class ReadingQuery(Request):
    ids = several(text(_("点单编号"), most=40), _("哪些点单，用逗号分隔"), most=50)


class Forgetting(Request):
    node = text(_("哪个地方（区划代码）及其下级"), most=20)
    since = moment(_("从何时起学到的"), required=True)


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """A category, what pages call it, and how probable it is (0 to 1)."""

    category: str
    label: str
    probability: float


@dataclass(frozen=True, kw_only=True)
class SignShown:
    sign: Sign
    label: str
    phrase: str


@dataclass(frozen=True, kw_only=True)
class ReadingShown:
    """``sure``: a registration without a category takes the first suggestion. ``urgency_probability`` is null where a sign of
    danger decided.
    """

    categories: tuple[Suggested, ...]
    sure: bool
    urgency: Urgency
    urgency_probability: float | None
    signs: tuple[SignShown, ...]
    lessons: int
    model: str


@dataclass(frozen=True, kw_only=True)
class ReadingOfOrder:
    order_id: str
    reading: ReadingShown


@dataclass(frozen=True, kw_only=True)
class Readings:
    items: tuple[ReadingOfOrder, ...]


@dataclass(frozen=True, kw_only=True)
class Suggestions:
    categories: tuple[Suggested, ...]


@route(
    "GET",
    "/orders/{order_id}/reading",
    policy=TRIAGE,
    summary=_("系统对点单的判断：类别、缓急、险情，各有把握多大"),
    tag="orders",
    answer=ReadingShown,
)
def read_order(call: Call) -> ReadingShown:
    return _shown(call, call.ask(ReadOrder(order_id=call.path["order_id"])))


def _shown(call: Call, found: Reading) -> ReadingShown:
    return ReadingShown(
        categories=offered(call, found),
        sure=taken(call, found) is not None,
        urgency=found.urgency,
        urgency_probability=found.urgency_probability,
        signs=tuple(
            SignShown(sign=each.sign, label=SIGNS[each.sign], phrase=each.phrase) for each in found.signs
        ),
        lessons=found.lessons,
        model=found.model,
    )


@route(
    "GET",
    "/readings",
    policy=TRIAGE,
    summary=_("系统对几张点单的判断；您不受理的略去"),
    tag="orders",
    query=ReadingQuery,
    answer=Readings,
)
def list_readings(call: Call) -> Readings:
    found = call.ask(ReadOrders(order_ids=call.query.get("ids", ())))
    return Readings(
        items=tuple(
            ReadingOfOrder(order_id=each.order_id, reading=_shown(call, each.reading)) for each in found
        )
    )


@route(
    "POST",
    "/readings",
    policy=ANYONE,
    summary=_("点单之前，按内容建议类别"),
    tag="orders",
    body=Unsent,
    answer=Suggestions,
)
def read_words(call: Call) -> Suggestions:
    return Suggestions(categories=offered(call, call.ask(ReadWords(**call.body))))


@route(
    "POST",
    "/readings/forgetting",
    policy=OPERATORS,
    summary=_("撤回某地从某时起由立项学到的类别判断"),
    tag="orders",
    body=Forgetting,
    answer=LessonsForgotten,
)
def forget_lessons(call: Call) -> LessonsForgotten:
    return call.ask(ForgetLessons(**call.body))


def suggested(call: Call, order_id: str) -> str:
    """The category that the system is sure of. Raises Problem (422, field category) where it is not, Refused as ReadOrder."""
    found = call.ask(ReadOrder(order_id=order_id))
    sure = taken(call, found)
    if sure is None:
        likely = "、".join(each.label for each in offered(call, found))
        raise invalid((("category", _("系统没有把握，请选择类别；可能是：{}").format(likely)),))
    return sure


def offered(call: Call, found: Reading) -> tuple[Suggested, ...]:
    return tuple(
        Suggested(
            category=each.category,
            label=call.desk.names.of_category(each.category),
            probability=each.probability,
        )
        for each in found.categories
        if call.desk.names.is_offered(each.category)
    )


def taken(call: Call, found: Reading) -> str | None:
    """The category that is probable enough to be taken unseen, if there is one."""
    first = found.categories[0].category
    return first if found.sure and call.desk.names.is_offered(first) else None
