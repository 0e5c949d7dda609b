"""What happened to one order, as dated facts that are only ever added. Everything else is computed from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.dispatch.contracts import Share, State
from services.evaluation.contracts import Grade


class StepKind(StrEnum):
    """The steps of an order that figures and points look at, in dispatch's words."""

    REFUSED = "refused"
    APPEALED = "appealed"
    MERGED = "merged"
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    DECLINED = "declined"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    RELEASED = "released"
    RETURNED = "returned"
    TAKEN_BACK = "taken_back"
    ANSWERED = "answered"
    VERIFIED = "verified"
    SENT_BACK = "sent_back"
    PUBLISHED = "published"
    REOPENED = "reopened"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Order:
    """``place`` is the code of the grid, or of the community where no grid is known: a node's code is its prefix."""

    order_id: str
    place: str
    placed_by: str | None
    filed_by: str | None
    collected_at: datetime
    private: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of an order. ``sequence`` is its task's, so the greatest one is the newest, whenever it arrived.

    ``grabbed`` belongs to accepted, ``on_time`` to answered, ``confirmed_by`` to published, ``into_task_id`` to merged, ``not_ours`` (given back as
    another's affair) to returned,
    ``shares`` (of those who did it together) to closed.
    """

    order_id: str
    task_id: str
    sequence: int
    kind: StepKind
    state: State
    at: datetime
    member_id: str | None = None
    unit_id: str | None = None
    grabbed: bool | None = None
    on_time: bool | None = None
    confirmed_by: str | None = None
    into_task_id: str | None = None
    not_ours: bool = False
    shares: tuple[Share, ...] = ()

    @property
    def holder(self) -> tuple[str, str] | None:
        """Kind and id of who acted: the member, or the unit while it has named nobody."""
        if self.member_id is not None:
            return ("member", self.member_id)
        return ("unit", self.unit_id) if self.unit_id is not None else None


@dataclass(frozen=True, kw_only=True)
class Rating:
    """The resident's grade; each change is a new one with the next ``sequence``."""

    order_id: str
    sequence: int
    grade: Grade
    words: str | None
    by: str | None
    rated_at: datetime


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """A call or visit; ``solved`` and ``grade`` are the resident's words as heard."""

    follow_up_id: str
    order_id: str
    way: str
    reached: bool
    solved: bool | None
    grade: Grade | None
    words: str | None
    by: str
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class OrderFacts:
    """All that is known of one order: steps and ratings by sequence, follow-ups by time."""

    order: Order
    steps: tuple[Step, ...] = ()
    ratings: tuple[Rating, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()

    @property
    def state(self) -> State:
        return self.steps[-1].state if self.steps else State.COLLECTED

    @property
    def merged_into(self) -> str | None:
        """The task that speaks for the order now, None while it has its own."""
        return self.steps[-1].into_task_id if self.state is State.MERGED else None

    @property
    def acting(self) -> Step | None:
        """The step that says who acts or acted last, None where the task was given back since."""
        given_back = (StepKind.RELEASED, StepKind.RETURNED, StepKind.TAKEN_BACK)
        step = self.last(StepKind.ACCEPTED, StepKind.ANSWERED, *given_back)
        return None if step is None or step.kind in given_back else step

    @property
    def rating(self) -> Rating | None:
        return self.ratings[-1] if self.ratings else None

    def last(self, *kinds: StepKind) -> Step | None:
        return next((step for step in reversed(self.steps) if step.kind in kinds), None)

    def first(self, kind: StepKind) -> Step | None:
        return next((step for step in self.steps if step.kind is kind), None)

    def word(self) -> tuple[Grade, datetime] | None:
        """The grade that counts and when it was given: the resident's newest, else the newest heard in a follow-up."""
        if self.rating is not None:
            return (self.rating.grade, self.rating.rated_at)
        heard = [(call.grade, call.recorded_at) for call in self.follow_ups if call.grade is not None]
        return heard[-1] if heard else None
