"""Whatever people and clocks do in whatever order, the loop keeps its promises (Hypothesis, rule by rule)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.dispatch.contracts import Cause, State, TaskEscalated
from services.dispatch.domain import acting, checking, offering, triage
from services.dispatch.domain.clocks import next_due, strike
from services.dispatch.domain.ladder import awaiting_response
from services.dispatch.domain.moves import allowed
from services.dispatch.domain.standing import By, follow_up_by, stands
from services.dispatch.domain.task import Change, Task
from services.dispatch.domain.transitions import Step
from services.kit.actor import Actor
from services.kit.outcomes import Refused
from tests.unit.dispatch import samples
from tests.unit.dispatch.samples import CALENDAR, COLLECTED, KINDS, MEMBER_HAND, NOW, UNIT_HAND

ACTORS = (
    samples.LIAISON,
    samples.SUPERVISOR,
    samples.GRID_WORKER,
    samples.MEMBER,
    samples.UNIT_LEADER,
    samples.RESIDENT,
    samples.CODE_HOLDER,
)

Decide = Callable[[Task, By], Change]


class AnyHistory(RuleBasedStateMachine):
    @initialize()
    def collected(self) -> None:
        self.now = NOW
        self.task = awaiting_response(COLLECTED, NOW, CALENDAR)
        self.rungs: set[tuple[datetime | None, str | None, Step]] = set()
        self.seen: list[State] = [State.COLLECTED]

    @rule(hours=st.integers(0, 24 * 4))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        while (due := next_due(self.task)) and due.at <= self.now:
            self.took(strike(self.task, due))

    @rule(step=st.sampled_from(Step), actor=st.sampled_from(ACTORS), unit=st.booleans())
    def somebody_tries(self, step: Step, actor: Actor, unit: bool) -> None:
        decide = self.decisions(unit).get(step)
        if decide is None:
            return
        by = self.stands(actor)
        may = step.value in allowed(self.task, by)
        try:
            change = decide(self.task, by)
        except Refused:
            assert not may, f"{step} is offered to {actor.id} and refused"
        else:
            assert may, f"{step} is not offered to {actor.id} and goes through"
            self.took(change)

    @rule(choice=st.integers(0, 1000), unit=st.booleans())
    def somebody_goes_on(self, choice: int, unit: bool) -> None:
        """Random tries alone seldom come past the first states."""
        decisions = self.decisions(unit)
        possible = [
            (decisions[Step(step)], by)
            for by in map(self.stands, ACTORS)
            for step in allowed(self.task, by)
            if step in decisions and step not in {Step.URGE, Step.REFUSE}
        ]
        if possible:
            decide, by = possible[choice % len(possible)]
            self.took(decide(self.task, by))

    def stands(self, actor: Actor) -> By:
        return stands(self.task, actor, MEMBER_HAND if actor is samples.MEMBER else None)

    @rule(solved=st.booleans())
    def somebody_follows_up(self, solved: bool) -> None:
        if self.task.state is not State.VERIFIED:
            return
        by = follow_up_by("liaison-1")
        if solved:
            self.took(checking.confirm(self.task, by, self.now))
        else:
            self.took(checking.reopen(self.task, by, self.now, reason=None))

    def decisions(self, unit: bool) -> dict[Step, Decide]:
        now = self.now
        hand = UNIT_HAND if unit else MEMBER_HAND
        person = None if self.task.hand_kind == UNIT_HAND.kind and unit else MEMBER_HAND
        return {
            Step.REGISTER: lambda task, by: triage.register(
                task,
                by,
                now,
                category="other",
                urgency=None,
                promised_at=None,
                kinds=KINDS,
                calendar=CALENDAR,
            ),
            Step.REFUSE: lambda task, by: triage.refuse(task, by, now, reason="重复"),
            Step.APPEAL: lambda task, by: triage.appeal(task, by, now, words="请再看看", calendar=CALENDAR),
            Step.ASSIGN: lambda task, by: offering.assign(task, by, now, hand=hand, hold_minutes=600),
            Step.OPEN: lambda task, by: offering.open_up(task, by, now, scope=None, skill=None),
            Step.GRAB: lambda task, by: offering.grab(task, by, now, hand=MEMBER_HAND),
            Step.ACCEPT: lambda task, by: offering.accept(task, by, now, person=person),
            Step.DECLINE: lambda task, by: offering.decline(task, by, now, reason="出差"),
            Step.START: lambda task, by: acting.start(task, by, now),
            Step.PAUSE: lambda task, by: acting.pause(task, by, now, reason="等材料"),
            Step.RESUME: lambda task, by: acting.resume(task, by, now, calendar=CALENDAR),
            Step.RETURN: lambda task, by: acting.give_back(task, by, now, reason="做不了"),
            Step.ANSWER: lambda task, by: acting.answer(task, by, now, words="已办", photos=()),
            Step.VERIFY: lambda task, by: checking.verify(task, by, now, words=None),
            Step.SEND_BACK: lambda task, by: checking.send_back(task, by, now, reason="照片不清"),
            Step.CONFIRM: lambda task, by: checking.confirm(task, by, now),
            Step.REOPEN: lambda task, by: checking.reopen(task, by, now, reason="没解决"),
            Step.URGE: lambda task, by: checking.urge(task, by, now, words=None),
        }

    def took(self, change: Change) -> None:
        before, after = change.before, change.after
        assert after.sequence == before.sequence + 1
        assert after.changed_at >= before.changed_at
        assert (change.event.state, change.event.at) == (after.state, after.changed_at)
        if after.state is State.VERIFIED:
            assert State.ANSWERED in self.seen
        if after.state is State.CLOSED:
            assert State.VERIFIED in self.seen
        assert before.state is not State.CLOSED, "something happened after the end"
        if change.step in {Step.WARN, Step.URGE, Step.ESCALATE} and change.event.by is None:
            self.struck(change)
        self.task = after
        self.seen.append(after.state)
        if change.then is not None:
            self.took(change.then)

    def struck(self, change: Change) -> None:
        """No rung twice for one promise (returns go to the last resort each time)."""
        if isinstance(change.event, TaskEscalated) and change.event.cause is Cause.RETURNS:
            return
        clock = (change.before.respond_by, change.before.category, change.step)
        assert clock not in self.rungs
        self.rungs.add(clock)

    @invariant()
    def somebody_answers_for_it_exactly_while_it_is_with_them(self) -> None:
        with_hand = self.task.state in {
            State.ASSIGNED,
            State.ACTING,
            State.ANSWERED,
            State.VERIFIED,
            State.PUBLISHED,
            State.CLOSED,
        }
        accepted = with_hand and self.task.state is not State.ASSIGNED
        assert (self.task.hand_id is not None) is with_hand
        assert (self.task.taken_at is not None) is with_hand
        assert (self.task.unit_id is not None) is accepted

    @invariant()
    def conditions_belong_to_their_states(self) -> None:
        task = self.task
        assert not task.open or task.state is State.REGISTERED
        assert task.paused_since is None or task.state is State.ACTING
        assert (task.hold_until is not None) is (task.state is State.ASSIGNED)
        assert (task.objections_until is not None) is (task.state is State.VERIFIED)
        assert task.urged >= task.clock_urged
        assert task.warn_at is None or task.promised_at is None or task.warn_at < task.promised_at

    @invariant()
    def no_clock_is_behind(self) -> None:
        due = next_due(self.task)
        assert due is None or due.at >= self.task.changed_at


AnyHistory.TestCase.settings = settings(max_examples=150, stateful_step_count=60, deadline=None)
TestAnyHistory = AnyHistory.TestCase
