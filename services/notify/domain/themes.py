"""What a row of the table is about, and what may not wait for the morning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.kit.envelope import Event
from services.notify.contracts import Theme
from services.notify.domain.audiences import Audience
from services.notify.domain.messages import KnownOrder

THEMES: Mapping[Audience, Theme] = {
    Audience.RESIDENTS: Theme.ORDERS,
    Audience.ASKED: Theme.ASKED,
    Audience.CALLED: Theme.ASKED,
    Audience.COMING: Theme.ASKED,
    Audience.SUPERSEDED: Theme.ASKED,
    Audience.NEARBY: Theme.ASKED,
    Audience.ACTING: Theme.WORK,
    Audience.OWNER: Theme.WORK,
    Audience.LIAISONS: Theme.DESK,
    Audience.SUPERVISORS: Theme.DESK,
    Audience.ANSWERABLE: Theme.DESK,
    Audience.GRID_HEADS: Theme.DESK,
    Audience.HOLDER: Theme.POINTS,
    Audience.JOINED: Theme.GROUPS,
    Audience.HELPER: Theme.GROUPS,
    Audience.PERSON: Theme.GROUPS,
    Audience.VOTERS: Theme.GROUPS,
    Audience.WISHER: Theme.ORDERS,
    Audience.CLAIMANT: Theme.WORK,
}

URGENT_THEMES = frozenset({Theme.ASKED, Theme.WORK, Theme.DESK})


def is_urgent(event: Event, theme: Theme, orders: Sequence[KnownOrder]) -> bool:
    """Emergencies, for those who have to act; whoever placed the order can read of it in the morning."""
    emergency = getattr(event, "emergency", False) or any(order.emergency for order in orders)
    return emergency and theme in URGENT_THEMES
