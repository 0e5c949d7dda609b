"""The eight steps of an order (搜集、立项、交办、落实、反馈、核查、公示、销号): which have been taken, when and by whom.

They are read off the history. What sets the order back (a return, a reopening) undoes the steps behind it.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.dispatch.contracts import State
from services.intake.contracts import EightStep
from services.intake.domain.entries import COLLECTED, Entry
from services.intake.domain.history import in_told_order

STEPS = (
    State.COLLECTED,
    State.REGISTERED,
    State.ASSIGNED,
    State.ACTING,
    State.ANSWERED,
    State.VERIFIED,
    State.PUBLISHED,
    State.CLOSED,
)


def eight_steps(entries: Sequence[Entry]) -> tuple[EightStep, ...]:
    """All eight, in their order; those not taken have no date."""
    taken: list[Entry] = []
    for entry in sorted(entries, key=in_told_order):
        reached = _reached(entry)
        if reached is None:
            continue
        del taken[reached:]
        # What is skipped is taken along: a grab is the assignment and the acceptance in one.
        taken += [entry] * (reached - len(taken))
    steps = [
        EightStep(step=step, at=entry.at, by=entry.by, role=entry.role)
        for step, entry in zip(STEPS, taken, strict=False)
    ]
    return (*steps, *(EightStep(step=step) for step in STEPS[len(taken) :]))


def _reached(entry: Entry) -> int | None:
    """How many of the steps stand after this entry; None where it leaves them as they are.

    A merger registers the order with the joint task; if somebody acts on that already, the order is in hands at once.
    A refusal ends the order before any other step.
    """
    if entry.step == COLLECTED or entry.state is State.REFUSED:
        return 1
    if entry.state is State.MERGED:
        acting = entry.facts.member_id or entry.facts.unit_id
        return STEPS.index(State.ACTING if acting else State.REGISTERED) + 1
    return None if entry.state is None else STEPS.index(entry.state) + 1
