"""Whom an event concerns, and what is said to them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Audience(Enum):
    """Whom an event concerns. A unit is told through its leaders."""

    RESIDENTS = auto()  # who placed the orders, where they have an account; others follow by code
    LIAISONS = auto()  # of the community; where it has none, the nearest supervisors above
    SUPERVISORS = auto()  # the nearest at or above the community
    ANSWERABLE = auto()  # who answers for a task at the level to which it is escalated
    ASKED = auto()  # whoever is asked, by name or in a wave, or whose part in a joint task it is
    CALLED = auto()  # the units called to act beside the one who leads
    SUPERSEDED = auto()  # the members asked beside the one who accepted
    COMING = auto()  # the members whom the leader of their team named
    ACTING = auto()  # the member on the task, or the unit where it has named nobody
    NEARBY = auto()  # members checked in below the scope, with the skill if one is asked
    OWNER = auto()  # the member or unit that answers for a case
    HOLDER = auto()  # the member or unit whose points they are
    GRID_HEADS = auto()  # of a grid; where it has none, the liaisons of its community
    JOINED = auto()  # who is new in a team
    HELPER = auto()  # the member who is or was paired with a firm
    PERSON = auto()  # who answers for a place
    VOTERS = auto()  # the members of a team who are called to vote
    WISHER = auto()  # whose small wish it is, or who collected it for them
    CLAIMANT = auto()  # who claimed a small wish


@dataclass(frozen=True, slots=True)
class Telling:
    """``title`` and ``words`` are templates over the event's fields (see ``domain.wording``)."""

    audience: Audience
    title: str
    words: str
