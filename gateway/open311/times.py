"""Times and lists in queries, as GeoReport v2 has them."""

from __future__ import annotations

from datetime import datetime, timedelta

from gateway.call import Call
from gateway.problems import invalid
from gateway.words import _

LONGEST_SPAN = timedelta(days=90)
MOST_LISTED = 1000
MOST_DIGITS = 6


def span_of(call: Call) -> tuple[datetime, datetime]:
    """``start_date`` to ``end_date``; without one of them 90 days from or to the other. Raises Problem (400) for more than 90 days."""
    start, end = _moment(call, "start_date"), _moment(call, "end_date")
    try:
        if start is None:
            end = end or call.now
            return end - LONGEST_SPAN, end
        end = end or start + LONGEST_SPAN
    except OverflowError as wrong:
        raise invalid((("start_date", _("没有这样的时间")),), status=400) from wrong
    if end < start:
        raise invalid((("end_date", _("不能早于 start_date")),), status=400)
    if end - start > LONGEST_SPAN:
        raise invalid((("end_date", _("最多查询 90 天 (may not span more than 90 days)")),), status=400)
    return start, end


def listed(call: Call, name: str) -> tuple[str, ...]:
    """Parted by commas, or given several times. Raises Problem (400) for more than 1,000."""
    told = [part.strip() for value in call.request.args.getlist(name) for part in value.split(",")]
    found = tuple(dict.fromkeys(part for part in told if part))
    if len(found) > MOST_LISTED:
        raise invalid(((name, _("最多 1000 个")),), status=400)
    return found


def whole(call: Call, name: str, usual: int, most: int) -> int:
    """Raises Problem (400) for what is no number from 1 to ``most``."""
    told = call.request.args.get(name, "").strip()
    if not told:
        return usual
    if not (told.isascii() and told.isdigit() and len(told) <= MOST_DIGITS and 1 <= int(told) <= most):
        raise invalid(((name, _("应在 1 到 {} 之间").format(most)),), status=400)
    return int(told)


def _moment(call: Call, name: str) -> datetime | None:
    # A plus sign that was not escaped arrives as a space; a zone needs it.
    told = call.request.args.get(name, "").strip().replace(" ", "+")
    if not told:
        return None
    try:
        moment = datetime.fromisoformat(told)
    except ValueError as wrong:
        raise invalid(((name, _EXPECTED),), status=400) from wrong
    if moment.tzinfo is None or "T" not in told:
        raise invalid(((name, _EXPECTED),), status=400)
    return moment


_EXPECTED = _("应为带时区的 W3C 时间，如 2026-03-01T00:00:00+08:00 (must use w3 format)")
