"""The city's working days, in which promises are counted."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Request, flag, text, whole
from gateway.parsing import day_of
from gateway.policies import ANYONE, CITY_OPERATORS
from gateway.routing import route
from gateway.web.labels import CITY
from gateway.words import _
from services.dispatch.contracts import CalendarYear, DayView, GetCalendar, SetDay, UnsetDay


class YearQuery(Request):
    year = whole(_("哪一年，默认今年"), least=2000, most=2100)


class Day(Request):
    working = flag(_("true 为工作日，false 为休息日"), required=True)
    reason = text(_("为什么与公布的安排不同"), most=500)


@route(
    "GET",
    "/calendar",
    policy=ANYONE,
    summary=_("一年的节假日、调休和另行设置的工作日"),
    tag="calendar",
    query=YearQuery,
    answer=CalendarYear,
)
def get_calendar(call: Call) -> CalendarYear:
    return call.ask(GetCalendar(year=call.query.get("year", call.now.astimezone(CITY).year)))


@route(
    "PUT",
    "/calendar/{day}",
    policy=CITY_OPERATORS,
    summary=_("把一天设为工作日或休息日；已作的承诺不变"),
    tag="calendar",
    body=Day,
    answer=DayView,
)
def set_day(call: Call) -> DayView:
    return call.ask(SetDay(day=day_of(call.path["day"], "day"), **call.body))


@route(
    "DELETE",
    "/calendar/{day}",
    policy=CITY_OPERATORS,
    summary=_("取消对一天的另行设置"),
    tag="calendar",
    answer=DayView,
)
def unset_day(call: Call) -> DayView:
    return call.ask(UnsetDay(day=day_of(call.path["day"], "day")))
