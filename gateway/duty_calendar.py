"""Somebody's duties as an iCalendar feed (RFC 5545): kinds of work and places, never what a resident said or who it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from gateway.duties import Duty
from gateway.web.labels import place
from gateway.words import _
from services.dispatch.contracts import PartState, State
from services.members.contracts import Away

CONTENT_TYPE = "text/calendar; charset=utf-8"
SHOWN_FOR = timedelta(minutes=30)
"""A deadline stands in the calendar as the half hour before it, so that it can be seen."""
READ_EVERY = timedelta(hours=1)
FIRST_DAY = datetime(2020, 1, 1, tzinfo=UTC)
"""When leave was entered is not told, so that it is as if it had always stood there."""
DAY = timedelta(days=1)
WORKING = {State.REGISTERED, State.ASSIGNED, State.ACTING}


def calendar_of(owner_id: str, duties: Iterable[Duty], leave: Iterable[Away], *, site: str) -> bytes:
    """``site`` is where our pages are, for links: ``https://example.org``. The same duties make the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Sandan//Duties//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _("三单：我的任务"))
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("refresh-interval", READ_EVERY, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", READ_EVERY)
    for duty in duties:
        for event in _events_of(duty, site):
            calendar.add_component(event)
    for away in leave:
        calendar.add_component(_away(owner_id, away.first, away.last))
    told: bytes = calendar.to_ical()
    return told


def _events_of(duty: Duty, site: str) -> Iterator[Event]:
    task, what = duty.task, _what(duty)
    if "accept" in task.allowed and task.hold_until:
        yield _deadline(duty, "offer", task.hold_until, _("答复派单：{}").format(what), site)
        return
    if duty.own and duty.own.state in {PartState.CALLED, PartState.SILENT}:
        if duty.own.report_by:
            yield _deadline(duty, "call", duty.own.report_by, _("答复邀请：{}").format(what), site)
        return
    if task.state not in WORKING:
        return
    if "start" in task.allowed and task.start_by:
        yield _deadline(duty, "start", task.start_by, _("开始办理：{}").format(what), site)
    if task.promised_at:
        paused = _("（暂停中）") if task.paused_since else ""
        event = _deadline(duty, "task", task.promised_at, _("办好：{}").format(what) + paused, site)
        event.add("status", "TENTATIVE" if task.paused_since else "CONFIRMED")
        yield event


def _what(duty: Duty) -> str:
    """The kind of demand and the place; of what is private, not even the kind."""
    private = duty.order is None or duty.order.private
    kind = _("一件不公开的事") if private or not duty.category_name else duty.category_name
    slot = f"，{duty.own.slot}" if duty.own and duty.own.slot else ""
    return f"{kind}（{place(duty.place_name)}{slot}）"


def _deadline(duty: Duty, kind: str, until: datetime, summary: str, site: str) -> Event:
    task = duty.task
    event = Event()
    event.add("uid", f"{kind}-{task.task_id}@sandan")
    event.add("sequence", task.sequence)
    event.add("dtstamp", task.changed_at.astimezone(UTC))
    event.add("last-modified", task.changed_at.astimezone(UTC))
    event.add("dtstart", (until - SHOWN_FOR).astimezone(UTC))
    event.add("dtend", until.astimezone(UTC))
    event.add("summary", summary)
    event.add("location", place(duty.place_name))
    event.add("url", f"{site}/duties/tasks/{task.task_id}")
    event.add("class", "PRIVATE")
    return event


def _away(owner_id: str, first: date, last: date) -> Event:
    """Days of leave; the day after the last one is the end (RFC 5545, 3.6.1)."""
    event = Event()
    event.add("uid", f"leave-{owner_id}-{first.isoformat()}-{last.isoformat()}@sandan")
    event.add("sequence", 0)
    event.add("dtstamp", FIRST_DAY)
    event.add("dtstart", first)
    event.add("dtend", last + DAY)
    event.add("summary", _("请假"))
    event.add("transp", "OPAQUE")
    event.add("class", "PRIVATE")
    return event
