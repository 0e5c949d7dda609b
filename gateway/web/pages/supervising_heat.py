"""Two tables of the supervisors' first page: what is open by state and age, and when orders come; each cell leads to its orders."""

from __future__ import annotations

from typing import Any

from gateway.call import Call
from gateway.web import labels
from gateway.web.charts import Chart, HeatRow, heat_table
from gateway.web.duty_words import WEEKDAYS
from gateway.web.survey import Survey
from gateway.words import _
from services.evaluation.contracts import AGES, IntakeByHour, OpenByAge

HOURS_TOGETHER = 2
"""A day's hours are shown by twos: 24 lines are more than one looks at."""

CELL = ("state", "age", "weekday", "hour", "hours")


def heat_tables(call: Call, survey: Survey, behind: str) -> tuple[Chart, ...]:
    """``behind`` is the page of the orders behind a number."""
    open_orders = call.ask_patiently(OpenByAge(**survey.scope))
    hours = call.ask_patiently(IntakeByHour(**survey.scope))
    return (
        heat_table(
            _("还没有办结的，积了多少天"),
            _("状态"),
            [age_words(index) for index in range(len(AGES))],
            [
                HeatRow(
                    name=labels.STATES[row.state],
                    counts=row.counts,
                    hrefs=tuple(survey.link(behind, state=row.state, age=str(age)) for age in AGES),
                )
                for row in open_orders
            ],
        ),
        heat_table(
            _("星期几、几点钟点单多"),
            _("钟点"),
            list(WEEKDAYS.values()),
            [
                HeatRow(
                    name=f"{hour}–{hour + HOURS_TOGETHER}",
                    counts=tuple(sum(counts[hour : hour + HOURS_TOGETHER]) for counts in hours),
                    hrefs=tuple(
                        survey.link(behind, weekday=weekday, hour=str(hour), hours=HOURS_TOGETHER)
                        for weekday in WEEKDAYS
                    ),
                )
                for hour in range(0, 24, HOURS_TOGETHER)
            ],
        ),
    )


def in_cell(call: Call) -> tuple[dict[str, Any], str] | None:
    """Which cell's orders are asked for, as fields of the ask, and in words; None if those of no cell."""
    age, weekday, hour = (call.query.get(name) for name in ("age", "weekday", "hour"))
    if age is None and weekday is None and hour is None:
        return None
    cell = {name: call.query[name] for name in CELL if call.query.get(name) is not None}
    said = []
    if state := cell.get("state"):
        said.append(labels.STATES[state])
    if age is not None:
        said.append(age_words(AGES.index(age)) if age in AGES else _("{} 天").format(age))
    if weekday is not None:
        said.append(WEEKDAYS[weekday])
    if hour is not None:
        said.append(_("{}–{} 点").format(hour, hour + cell.get("hours", 1)))
    return cell, " · ".join(map(str, said))


def age_words(index: int) -> str:
    """Of one of AGES, by its number from 0."""
    first = AGES[index]
    if index + 1 == len(AGES):
        return _("{} 天以上").format(first)
    last = AGES[index + 1] - 1
    if first == last:
        return _("当天") if first == 0 else _("{} 天").format(first)
    return _("{}–{} 天").format(first, last)
