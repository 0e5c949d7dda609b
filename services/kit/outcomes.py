"""The only failures a handler may signal. Anything else that it raises is a defect and is retried, then parked."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeAlias

Fact: TypeAlias = str | int | None
Facts: TypeAlias = dict[str, Fact]


class Outcome(Exception):  # noqa: N818 - an outcome is not always an error
    """Base of the three."""


class Retry(Outcome):
    """What the event needs is not here yet (an earlier event is still on its way): try again later.

    ``after`` is the wait before the next try; None takes the inbox's growing delay.
    """

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


class Park(Outcome):
    """No number of tries will help: set the message aside, with the reason, for an operator."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(Outcome):
    """The request is understood and not allowed, not possible now, or names something that is not there.

    ``slug`` is one of the publishing service's error slugs and crosses the wire; ``status`` is the HTTP status a gateway
    answers with (400, 403, 404, 409, 410, 422, 429); ``field`` names the input at fault; ``facts`` are further plain
    values for the reader (the state a task is in, who has it), or a list of such.
    """

    def __init__(
        self,
        slug: str,
        message: str,
        *,
        status: int = 409,
        field: str | None = None,
        **facts: Fact | list[Facts],
    ) -> None:
        super().__init__(message)
        self.slug = slug
        self.message = message
        self.status = status
        self.field = field
        self.facts = facts


def invalid(field: str, message: str) -> Refused:
    """The refusal (422) of an input that says itself what is wrong with it."""
    return Refused("invalid", message, status=422, field=field)
