"""The words of evaluation: grades, figures, and its error slugs."""

from __future__ import annotations

from enum import StrEnum


class Grade(StrEnum):
    """The five grades of GB/T 39735 (政务服务"好差评"), from best to worst; the first three count as satisfied."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    BASICALLY_SATISFIED = "basically_satisfied"
    DISSATISFIED = "dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied"


class Figure(StrEnum):
    """Figures of rows Z7 and N8; each is a count, or a rate with numerator and denominator."""

    UNITS = "units"
    MEMBERS = "members"
    ORDERS = "orders"
    CLOSED = "closed"
    CLOSED_RATE = "closed_rate"
    IN_PROGRESS = "in_progress"
    FOLLOW_UPS = "follow_ups"
    RESPONSE_RATE = "response_rate"
    SOLVED_RATE = "solved_rate"
    SATISFIED_RATE = "satisfied_rate"
    ON_TIME_RATE = "on_time_rate"
    RETURN_RATE = "return_rate"
    REDO_RATE = "redo_rate"


class Part(StrEnum):
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


class By(StrEnum):
    """What figures are compared by: places of one level, or the units that act or acted last."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    QUARTER = "quarter"
    GRID = "grid"
    UNIT = "unit"


class Per(StrEnum):
    """Periods of the city's calendar; weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


SMALLEST_SAMPLE = 10
"""A rate of fewer orders than these says little: it is marked, and stands behind the others where rates are ranked."""


class Slug(StrEnum):
    """Errors that evaluation answers with."""

    NO_SUCH_ORDER = "no-such-order"
    NOT_ALLOWED = "not-allowed"
    TOO_EARLY = "too-early"
    ALREADY_RATED = "already-rated"
    NO_ORDERS_BEHIND = "no-orders-behind"
    NO_SUCH_MEMBER = "no-such-member"
    NO_SUCH_CERTIFICATE = "no-such-certificate"
    NOTHING_TO_CERTIFY = "nothing-to-certify"
    ALREADY_REVOKED = "already-revoked"
    INVALID = "invalid"
