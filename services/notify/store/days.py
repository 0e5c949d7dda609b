"""How the channels did, day by day: figures that outlive what they count."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from services.notify.contracts import ChannelDay, ChannelKind
from services.notify.store.tables import channel_days


def count(db: Connection, day: date, channel: ChannelKind, what: str) -> None:
    """One more of ``what``: sent, confirmed or failed."""
    first = {"sent": 0, "confirmed": 0, "failed": 0} | {what: 1}
    entry = insert(channel_days).values(day=day, channel=channel, **first)
    key = [channel_days.c.day, channel_days.c.channel]
    db.execute(entry.on_conflict_do_update(index_elements=key, set_={what: channel_days.c[what] + 1}))


def since(db: Connection, day: date) -> list[ChannelDay]:
    """The newest day first."""
    query = select(channel_days).where(channel_days.c.day >= day)
    ordered = query.order_by(channel_days.c.day.desc(), channel_days.c.channel)
    return [
        ChannelDay(**{**row, "channel": ChannelKind(row["channel"])})
        for row in db.execute(ordered).mappings()
    ]
