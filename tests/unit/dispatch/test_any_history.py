"""Whatever people, clocks and failures do in whatever order, the loop keeps its promises (Hypothesis, rule by rule).

``SANDAN_EXAMPLES=2000`` (``make histories``) tries more of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from services.dispatch.contracts import Slug, State
from services.dispatch.domain.moves import allowed
from services.dispatch.domain.offering import everybody_asked
from services.dispatch.domain.part_steps import FITS, allowed_on
from services.dispatch.domain.task import Hand, Task
from services.dispatch.domain.transitions import Step
from services.kit.actor import Actor, Grant
from services.kit.outcomes import Refused
from tests.unit.dispatch import samples
from tests.unit.dispatch.laws import lawful_task
from tests.unit.dispatch.samples import MEMBER_HAND, UNIT_HAND
from tests.unit.dispatch.town import Decide, Fault, Town
from tests.unit.dispatch.ways import HANDS, SECOND_HAND, decisions, part_decisions, registration

EXAMPLES = int(os.environ.get("SANDAN_EXAMPLES", "200"))
MOST_ORDERS = 4
SECOND_MEMBER = replace(samples.MEMBER, id="member-2")
THIRD_MEMBER = replace(samples.MEMBER, id="member-3")
SECOND_LEADER = Actor(id="leader-2", grants=(Grant("unit_leader", "unit:unit-2"),), unit_id="unit-2")
ACTORS = (
    samples.LIAISON,
    samples.SUPERVISOR,
    samples.GRID_WORKER,
    samples.MEMBER,
    SECOND_MEMBER,
    THIRD_MEMBER,
    samples.UNIT_LEADER,
    SECOND_LEADER,
    samples.RESIDENT,
    samples.CODE_HOLDER,
)
STRAIGHT_ON = (
    Step.CONFIRM,
    Step.VERIFY,
    Step.RESUME,
    Step.ANSWER,
    Step.ACCEPT,
    Step.GRAB,
    Step.ASSIGN,
    Step.REGISTER,
)
"""The way to the end, the last step first."""
TEAM_STEPS = (Step.STAFF, Step.OFFER, Step.OPEN, Step.TAKE, Step.CALL, Step.JOIN, Step.BEGIN_WORK, Step.LEAVE)
DEAD_ENDS = {Step.RAISE, Step.HAND_DOWN, Step.URGE, Step.REFUSE, Step.REMIND, Step.STAFF, Step.CALL}
"""Steps left out where a history is to come on: they are tried at random."""
FOR_ITS_OWN_REASON = {
    Slug.TOO_EARLY,  # reminded today
    Slug.INVALID,  # of the words and names given with a step
    Slug.ALREADY_TAKEN,
    Slug.SLOT_FULL,
    Slug.LAST_OF_TEAM,
    Slug.NO_SUCH_SLOT,
}
"""What the table allows may still be refused for what is given with it."""

which = st.integers(0, 1000)
spans = st.one_of(
    st.timedeltas(timedelta(0), timedelta(hours=2)),
    st.timedeltas(timedelta(0), timedelta(days=4)),
    st.sampled_from((timedelta(days=3), timedelta(days=10))),
)
actors = st.sampled_from(ACTORS)
hands = st.sampled_from((MEMBER_HAND, SECOND_HAND, UNIT_HAND))


def refusal(take: Callable[[], object]) -> Refused | None:
    try:
        take()
    except Refused as refused:
        return refused
    return None


class AnyHistory(RuleBasedStateMachine):
    @initialize(emergency=st.booleans())
    def a_first_order(self, emergency: bool) -> None:
        self.town = Town(HANDS)
        self.late_words: list[tuple[str, datetime, bool]] = []
        self.order_arrives("resident-1", in_grid=True, emergency=emergency, private=False)

    # -- what others tell

    @precondition(lambda self: len(self.town.orders) < MOST_ORDERS)
    @rule(
        resident=st.sampled_from(("resident-1", "resident-2", "")),
        in_grid=st.booleans(),
        emergency=st.booleans(),
        private=st.booleans(),
    )
    def order_arrives(self, resident: str, in_grid: bool, emergency: bool, private: bool) -> None:
        order_id = f"order-{len(self.town.orders) + 1}"
        for _ in range(2):  # the broker tells it again
            self.town.collected(
                order_id, resident=resident, in_grid=in_grid, emergency=emergency, private=private
            )

    @rule(choice=which, solved=st.booleans(), hours=st.integers(0, 48))
    def somebody_follows_up(self, choice: int, solved: bool, hours: int) -> None:
        """What the resident said may have been written down long ago, and is told again later."""
        words = (self.order(choice), self.town.now - timedelta(hours=hours), solved)
        self.late_words.append(words)
        self.town.followed_up(words[0], words[1], solved=solved)

    @precondition(lambda self: self.late_words)
    @rule(choice=which)
    def the_follow_up_is_told_again(self, choice: int) -> None:
        order_id, recorded_at, solved = self.late_words[choice % len(self.late_words)]
        self.town.followed_up(order_id, recorded_at, solved=solved)

    # -- what people do

    @rule(choice=which, step=st.sampled_from(Step), actor=actors, hand=hands)
    def somebody_tries(self, choice: int, step: Step, actor: Actor, hand: Hand) -> None:
        """A page offers exactly what goes through."""
        order_id = self.order(choice)
        task = self.town.task(order_id)
        decide = decisions(self.town.now, task, hand, actor).get(step)
        if decide is None:
            return
        may = step.value in allowed(task, self.town.standing(task, actor))
        refused = refusal(lambda: self.town.take(order_id, actor, decide))
        if refused is None:
            assert may, f"{step} is not offered to {actor.id} and goes through"
        else:
            assert not may or refused.slug in FOR_ITS_OWN_REASON, f"{step} is offered and refused"

    @rule(choice=which, step=st.sampled_from(tuple(FITS)), actor=actors, part=which)
    def somebody_tries_on_a_part(self, choice: int, step: Step, actor: Actor, part: int) -> None:
        """The same, of those who act beside the one who leads."""
        order_id = self.order(choice)
        task = self.town.task(order_id)
        if not task.parts:
            return
        hit = task.parts[part % len(task.parts)]
        by = self.town.standing(task, actor)
        may = step in allowed_on(task, by, hit)
        if step in {Step.LOG, Step.CORRECT} and (step is Step.LOG) is not (hit.hand_id in by.parts):
            return
        refused = refusal(
            lambda: self.town.take(order_id, actor, part_decisions(self.town.now, hit.hand_id)[step])
        )
        if refused is None:
            assert may, f"{step} is not offered to {actor.id} and goes through"
        else:
            assert not may or refused.slug in FOR_ITS_OWN_REASON, f"{step} is offered and refused"

    @rule(choice=which, steps=st.lists(st.tuples(which, st.sampled_from(TEAM_STEPS)), min_size=1, max_size=6))
    def several_come_together(self, choice: int, steps: list[tuple[int, Step]]) -> None:
        """Random tries alone seldom make a team."""
        order_id = self.order(choice)
        for place, step in steps:
            task = self.town.task(order_id)
            parts = task.parts[place % len(task.parts) :][:1] if task.parts else ()
            for actor in ACTORS:
                taken = decisions(self.town.now, task, SECOND_HAND, actor)
                taken |= {
                    each: decide
                    for part in parts
                    for each, decide in part_decisions(self.town.now, part.hand_id).items()
                }
                if step in taken:
                    with suppress(Refused):
                        self.town.take(order_id, actor, taken[step])
                        break

    @rule(choice=which, hand=hands, fault=st.sampled_from(Fault))
    def somebody_goes_on(self, choice: int, hand: Hand, fault: Fault) -> None:
        """Random tries alone seldom come past the first states. The process may die on the way."""
        order_id = self.order(choice)
        possible = list(self.possible(order_id, hand))
        if possible:
            actor, decide = possible[choice % len(possible)]
            self.town.take(order_id, actor, decide, fault)

    @rule(choice=which, hand=hands, count=st.integers(1, len(STRAIGHT_ON)))
    def it_goes_well_for_a_while(self, choice: int, hand: Hand, count: int) -> None:
        order_id = self.order(choice)
        for _ in range(count):
            task = self.town.task(order_id)
            ways = [
                (STRAIGHT_ON.index(step), actor)
                for actor in ACTORS
                for step in map(Step, allowed(task, self.town.standing(task, actor)))
                if step in STRAIGHT_ON
            ]
            if not ways:
                return
            place, actor = min(ways, key=lambda way: way[0])
            decide = decisions(self.town.now, task, hand, actor)[STRAIGHT_ON[place]]
            if not self.goes(task, actor, decide):
                return
            self.town.take(order_id, actor, decide)

    @rule(
        choice=which,
        answers=st.lists(st.sampled_from((Step.ACCEPT, Step.DECLINE, None)), max_size=3),
        hour=st.booleans(),
    )
    def a_wave_goes_out(self, choice: int, answers: list[Step | None], hour: bool) -> None:
        """Whoever is asked answers in turn, or does not. Random tries alone seldom hand a task to the matcher."""
        order_id = self.order(choice)
        with suppress(Refused):
            self.town.take(order_id, samples.SUPERVISOR, registration(self.town.now, None))
        for actor in (samples.LIAISON, samples.SUPERVISOR):
            with suppress(Refused):
                task = self.town.task(order_id)
                self.town.take(
                    order_id, actor, decisions(self.town.now, task, MEMBER_HAND, actor)[Step.MATCH]
                )
        self.town.now += timedelta(hours=12) if hour else timedelta(0)
        self.town.run_clocks()
        members = {each.id: each for each in ACTORS if each.id in HANDS}
        for step in answers:
            task = self.town.task(order_id)
            asked = [members[each] for each in everybody_asked(task) if each in members]
            if task.state is State.ASSIGNED and asked and step is not None:
                actor = asked[choice % len(asked)]
                self.town.take(order_id, actor, decisions(self.town.now, task, MEMBER_HAND, actor)[step])

    @rule(choice=which, other=which, hand=hands)
    def two_go_on_at_once(self, choice: int, other: int, hand: Hand) -> None:
        """Both saw the same task. One is written; the other looks again, and goes through or is refused."""
        order_id = self.order(choice)
        possible = list(self.possible(order_id, hand))
        if not possible:
            return
        task = self.town.task(order_id)
        (one, first), (two, second) = (possible[at % len(possible)] for at in (choice, other))
        seen = second(task, self.town.standing(task, two))
        self.town.take(order_id, one, first)
        assert not self.town.settle(seen), "a step was written over another's"
        with suppress(Refused):
            self.town.take(order_id, two, second)

    @rule(choice=which, hours=st.integers(1, 24 * 6))
    def a_liaison_promises_by_hand(self, choice: int, hours: int) -> None:
        """Also for a Sunday, which is counted round the clock."""
        promised = self.town.now + timedelta(hours=hours)
        order_id = self.order(choice)
        if self.town.task(order_id).state is State.COLLECTED:
            self.town.take(order_id, samples.SUPERVISOR, registration(self.town.now, promised))

    @rule(choice=which, actor=actors)
    def somebody_merges(self, choice: int, actor: Actor) -> None:
        order_id = self.order(choice)
        for into in self.town.orders:
            with suppress(Refused):
                self.town.merge(order_id, into, actor)

    @rule(choice=which, actor=st.sampled_from((samples.RESIDENT, samples.CODE_HOLDER)))
    def somebody_appeals(self, choice: int, actor: Actor) -> None:
        """Against a merger, or a refusal, if there was one."""
        turned_away = [
            order_id
            for order_id in self.town.orders
            if self.town.own_task(order_id).state in {State.REFUSED, State.MERGED}
        ]
        if turned_away:
            with suppress(Refused):
                self.town.appeal(turned_away[choice % len(turned_away)], actor)

    # -- time, and the way out

    @rule(span=spans)
    def time_passes(self, span: timedelta) -> None:
        self.town.now += span
        self.town.run_clocks()

    @rule(count=st.integers(0, 5), dies=st.booleans())
    def the_relay_comes(self, count: int, dies: bool) -> None:
        self.town.relay(count, dies=dies)

    # -- what holds all the while

    @invariant()
    def every_task_is_lawful(self) -> None:
        for task in self.town.store.all():
            lawful_task(task)

    @invariant()
    def only_one_has_it_or_those_of_one_wave_are_asked(self) -> None:
        for task in self.town.store.all():
            askings = self.town.store.askings(task.task_id)
            active = [asking.hand_id for asking in askings if asking.outcome is None]
            on_it = () if task.state is State.CLOSED else everybody_asked(task)
            assert active == list(on_it)
            assert len(active) <= 1 or task.state is State.ASSIGNED

    @invariant()
    def every_order_has_one_task_that_speaks_for_it(self) -> None:
        speaking = [self.town.task(order_id) for order_id in self.town.orders]
        for order_id, task in zip(self.town.orders, speaking, strict=True):
            assert order_id in task.order_ids
            assert task.merged_into is None
        held = sum(len(task.order_ids) for task in {task.task_id: task for task in speaking}.values())
        assert held == len(self.town.orders), "an order has two tasks"

    def teardown(self) -> None:
        """In the end everybody outside knows what is."""
        if not hasattr(self, "town"):
            return
        self.town.relay(len(self.town.outbox))
        witness = self.town.witness
        for task in self.town.store.all():
            if task.task_id in witness.states:
                assert witness.states[task.task_id] is task.state
                asked = everybody_asked(task) if task.state is State.ASSIGNED else ()
                assert witness.asked.get(task.task_id, set()) == set(asked)
                assert witness.owners.get(task.task_id) == (None if asked else task.hand_id)
            else:
                assert task.hand_id is None

    # -- means

    def order(self, choice: int) -> str:
        return self.town.orders[choice % len(self.town.orders)]

    def possible(self, order_id: str, hand: Hand) -> Iterator[tuple[Actor, Decide]]:
        """What somebody may do now that brings the order on."""
        task = self.town.task(order_id)
        for actor in ACTORS:
            taken = decisions(self.town.now, task, hand, actor)
            for step in map(Step, allowed(task, self.town.standing(task, actor))):
                if step in taken and step not in DEAD_ENDS and self.goes(task, actor, taken[step]):
                    yield actor, taken[step]

    def goes(self, task: Task, actor: Actor, decide: Decide) -> bool:
        """Whether what is offered goes through with what is given here."""
        refused = refusal(lambda: decide(task, self.town.standing(task, actor)))
        assert refused is None or refused.slug in FOR_ITS_OWN_REASON
        return refused is None


AnyHistory.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestAnyHistory = AnyHistory.TestCase
