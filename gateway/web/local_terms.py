"""The terms of a place that are a handful of numbers each: what may be entered, in the words of a page, and what holds now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from gateway.problems import invalid
from gateway.routes.auto_matching import Rhythm
from gateway.routes.grab_limits import Limits
from gateway.routes.offer_terms import Terms
from gateway.words import _
from services.dispatch.contracts import (
    GetAutoMatching,
    GetGrabLimits,
    GetOfferTerms,
    SetAutoMatching,
    SetGrabLimits,
    SetOfferTerms,
    UnsetAutoMatching,
    UnsetGrabLimits,
    UnsetOfferTerms,
)
from services.kit.asking import Ask

HOUR, DAY = 60, 24 * 60
"""Minutes."""


@dataclass(frozen=True, kw_only=True)
class Box:
    """One number; ``clock``: minutes of the day, entered as a time. ``empty`` says what it means to leave it out."""

    name: str
    label: str
    least: int = 1
    most: int = 1000
    clock: bool = False
    empty: str = ""


@dataclass(frozen=True, kw_only=True)
class Term:
    """One set of terms: it holds for a place and all below it, until a place below says otherwise (``inherited``)."""

    path: str
    title: str
    lead: str
    form: type[Schema]
    get: Callable[..., Ask[Any]]
    put: Callable[..., Ask[Any]]
    unset: Callable[..., Ask[Any]]
    boxes: tuple[Box, ...]
    inherited: bool = True


WEEK, MONTH = 7 * DAY, 30 * DAY

TERMS = (
    Term(
        path="offer-terms",
        title=_("系统怎么问党员"),
        lead=_("一次问几位、各留多久、多久问一次、什么时候不打扰。已交系统派的任务按交的时候的规则问完。"),
        form=Terms,
        get=GetOfferTerms,
        put=SetOfferTerms,
        unset=UnsetOfferTerms,
        boxes=(
            Box(name="wave", label=_("一般任务一次问几位"), most=5),
            Box(name="urgent_wave", label=_("加急和紧急任务一次问几位"), most=5),
            Box(name="hold_minutes", label=_("各留多少分钟考虑"), most=WEEK),
            Box(name="emergency_hold_minutes", label=_("紧急任务各留多少分钟"), most=WEEK),
            Box(name="most_a_day", label=_("一位党员一天最多问几次")),
            Box(name="most_a_week", label=_("一位党员七天最多问几次")),
            Box(name="most_a_task", label=_("同一任务最多问同一位几次"), most=10),
            Box(name="quiet_from", label=_("几点起不打扰"), clock=True),
            Box(name="quiet_until", label=_("到几点为止"), clock=True),
        ),
    ),
    Term(
        path="grab-limits",
        title=_("抢单的限制"),
        lead=_("不让一个人占着任务不办：最多抢几个、多久要动手、放回以后多久不能再抢。从下一次抢单算起。"),
        form=Limits,
        get=GetGrabLimits,
        put=SetGrabLimits,
        unset=UnsetGrabLimits,
        boxes=(
            Box(name="most_in_hand", label=_("手上最多几个抢来的"), empty=_("不填不限")),
            Box(name="most_a_day", label=_("一天最多抢几个"), empty=_("不填不限")),
            Box(name="hold_minutes", label=_("多少分钟内要开始办"), most=MONTH, empty=_("不填不限")),
            Box(name="free_minutes", label=_("多少分钟内放回不计次"), least=0, most=MONTH),
            Box(
                name="cool_down_minutes",
                label=_("退回或过时放回后多少分钟不能再抢"),
                most=MONTH,
                empty=_("不填不限"),
            ),
        ),
    ),
    Term(
        path="auto-matching",
        title=_("定时统一匹配"),
        lead=_("每隔一段时间，把这里等着派的任务放在一起，给每个找最合适的人。只在设它的这个地方起作用。"),
        form=Rhythm,
        get=GetAutoMatching,
        put=SetAutoMatching,
        unset=UnsetAutoMatching,
        boxes=(
            Box(name="every_minutes", label=_("每隔多少分钟"), least=5, most=WEEK),
            Box(name="hold_minutes", label=_("各留多少分钟考虑"), most=WEEK, empty=_("不填为 120")),
        ),
        inherited=False,
    ),
)


def shown(term: Term, view: Any) -> dict[str, str]:
    """What holds, as the boxes show it."""
    values = {box.name: getattr(view, box.name) for box in term.boxes}
    clocks = {box.name for box in term.boxes if box.clock}
    return {
        name: "" if value is None else _time(value) if name in clocks else str(value)
        for name, value in values.items()
    }


def entered(term: Term, given: dict[str, str]) -> dict[str, str]:
    """What was typed, with times as minutes of the day. Raises Problem (422), naming the box."""
    told = {box.name: given[box.name] for box in term.boxes if given.get(box.name)}
    for box in term.boxes:
        if box.clock and box.name in told:
            told[box.name] = _minutes(box.name, told[box.name])
    return told


def _time(minutes: int) -> str:
    return f"{minutes // HOUR:02}:{minutes % HOUR:02}"


def _minutes(name: str, typed: str) -> str:
    hours, _colon, minutes = typed.partition(":")
    if hours.isdecimal() and minutes.isdecimal() and int(minutes) < HOUR:
        found = int(hours) * HOUR + int(minutes)
        if found < DAY:
            return str(found)
    raise invalid(((name, _("时间应如 21:00")),))
