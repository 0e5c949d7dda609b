"""The order: what the resident said, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from services.dispatch.contracts import State
from services.intake.contracts import Channel
from services.kit.geo import Point

ENDED = frozenset({State.CLOSED, State.REFUSED, State.MERGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What dispatch has made of the order so far, read off its history (``domain.standing.fold``).

    ``asked`` are those who were asked to act and have not answered yet; ``acting_unit`` is a unit that accepted as such,
    not the unit of a member who acts in person; ``open_scope`` is the node below which members may grab it now.
    ``called`` are the hands called to act beside the one acting, ``helping`` those of them who have reported.
    """

    state: State = State.COLLECTED
    task_id: str | None = None
    merged_into: str | None = None
    category: str | None = None
    promised_at: datetime | None = None
    asked_member: str | None = None
    asked_unit: str | None = None
    acting_member: str | None = None
    acting_unit: str | None = None
    open_scope: str | None = None
    called: tuple[str, ...] = ()
    helping: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """``sequence`` counts the order's own changes (collected, amended), not those of its task. ``point`` is rough."""

    order_id: str
    code: str
    community_code: str
    grid_code: str | None
    channel: Channel
    category: str | None
    words: str
    photos: tuple[str, ...]
    emergency: bool
    private: bool
    placed_by: str | None
    filed_by: str | None
    firm_id: str | None = None
    client_id: str | None = None
    collected_at: datetime
    changed_at: datetime
    sequence: int = 1
    point: Point | None = None
    standing: Standing = field(default_factory=Standing)

    @property
    def place(self) -> str:
        """The innermost node known: the grid, else the community."""
        return self.grid_code or self.community_code

    @property
    def ended(self) -> bool:
        return self.standing.state in ENDED or self.standing.merged_into is not None
