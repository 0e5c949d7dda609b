"""Somebody outside who knows of the tasks only what dispatch tells, each message once, and holds it to its word."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.dispatch.contracts import (
    OfferDeclined,
    OfferExpired,
    State,
    TaskAccepted,
    TaskAnswered,
    TaskAssigned,
    TaskClosed,
    TaskEscalated,
    TaskEvent,
    TaskReleased,
    TaskReturned,
    TaskTakenBack,
    TaskUrged,
    TaskVerified,
    TaskWarned,
)
from services.dispatch.contracts.words import Cause


@dataclass(frozen=True)
class Told:
    """An event on its way; ``number`` is its message id, ``rung`` names the promise that a clock spoke of."""

    number: int
    sequence: int
    event: TaskEvent
    rung: tuple[object, ...] = ()


@dataclass
class Witness:
    heard: set[int] = field(default_factory=set)
    sequences: dict[str, int] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    owners: dict[str, str | None] = field(default_factory=dict)
    asked: dict[str, set[str]] = field(default_factory=dict)
    verified: set[str] = field(default_factory=set)
    rungs: set[tuple[object, ...]] = field(default_factory=set)

    def hear(self, told: Told) -> None:
        if told.number in self.heard:
            return
        self.heard.add(told.number)
        event, task_id = told.event, told.event.task_id
        assert told.sequence > self.sequences.get(task_id, 0), "told out of order"
        assert self.states.get(task_id) is not State.CLOSED, "told after the end"
        self.sequences[task_id] = told.sequence
        self.states[task_id] = event.state
        self._follow_owner(event)
        self._follow_check(event)
        self._follow_rung(told)

    def _follow_owner(self, event: TaskEvent) -> None:
        """At most one at a time; of those who are asked at once one at most becomes the owner, and the others hear of it."""
        owner = self.owners.get(event.task_id)
        asked = self.asked.setdefault(event.task_id, set())
        match event:
            case TaskAssigned():
                assert owner is None, f"asked while {owner} has it"
                assert not asked, "asked while others are asked"
                asked.update((event.hand_id, *event.also_asked))
            case TaskAccepted(grabbed=True):
                assert owner is None, f"grabbed while {owner} has it"
                assert not asked, "grabbed while others are asked"
                self.owners[event.task_id] = event.member_id
            case TaskAccepted(by=None, role=None, grabbed=False):
                self.owners[event.task_id] = (
                    event.member_id
                )  # the first of a team leads, in the place of who did
            case TaskAccepted():
                (accepted,) = asked & {event.member_id, event.unit_id}
                assert asked == {accepted, *event.superseded}, (
                    "one who was asked does not hear that it is taken"
                )
                asked.clear()
                self.owners[event.task_id] = accepted
            case OfferDeclined() | OfferExpired():
                asked.remove(event.hand_id)
                assert (event.state is State.ASSIGNED) is bool(asked), (
                    "back at the desk while somebody is asked"
                )
            case TaskReleased() | TaskReturned() | TaskTakenBack():
                assert owner is not None
                self.owners[event.task_id] = None

    def _follow_check(self, event: TaskEvent) -> None:
        match event:
            case TaskAnswered():
                self.verified.discard(event.task_id)
            case TaskVerified():
                self.verified.add(event.task_id)
            case TaskClosed():
                assert event.task_id in self.verified, "closed without a check of its answer"

    def _follow_rung(self, told: Told) -> None:
        """No rung of the ladder is climbed twice for one promise; what is returned goes to the last resort each time."""
        event = told.event
        if isinstance(event, TaskEscalated) and event.cause is Cause.RETURNS:
            return
        if isinstance(event, TaskWarned | TaskUrged | TaskEscalated) and event.by is None:
            assert told.rung not in self.rungs, "a rung was climbed twice"
            self.rungs.add(told.rung)
