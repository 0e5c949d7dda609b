"""What was said would be done by a day, in public or between two sides: how it stands."""

from __future__ import annotations

from datetime import datetime

from services.members.contracts import ItemView
from services.members.domain.promises import Item, state_of


def item_view(item: Item, now: datetime) -> ItemView:
    return ItemView(
        number=item.number,
        words=item.words,
        due=item.due,
        state=state_of(item, now),
        done_at=item.done_at,
        done_words=item.done_words,
    )
