"""On what terms the matcher asks people of a place, and who says so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.dispatch.contracts import (
    AskInTurn,
    GetOfferTerms,
    SetAutoMatching,
    SetOfferTerms,
    Slug,
    UnsetAutoMatching,
    UnsetOfferTerms,
)
from services.kit.actor import Actor
from services.kit.asking import Ask
from services.kit.outcomes import Refused
from tests.integration.dispatch.lamps import HERE, electrician, light, now
from tests.integration.dispatch.world import COMMUNITY, LIAISON, STRANGER, SUPERVISOR, World, member


@pytest.mark.parametrize("actor", [LIAISON, STRANGER, member(1)])
def test_only_who_sets_rules_sets_the_clock_and_the_terms(world: World, actor: Actor) -> None:
    asks: list[Ask[Any]] = [
        SetAutoMatching(node=COMMUNITY, every_minutes=60),
        UnsetAutoMatching(node=COMMUNITY),
        SetOfferTerms(node=COMMUNITY),
        UnsetOfferTerms(node=COMMUNITY),
    ]
    for ask in asks:
        with pytest.raises(Refused) as refused:
            world.ask(actor, ask)
        assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)


def test_terms_hold_from_the_nearest_node_and_are_taken_back(world: World) -> None:
    usual = world.ask(member(1), GetOfferTerms(node=COMMUNITY))
    assert (usual.set_at_node, usual.wave, usual.urgent_wave, usual.hold_minutes) == (None, 1, 3, 120)
    assert (usual.most_a_day, usual.most_a_week, usual.most_a_task) == (2, 6, 1)
    assert (usual.quiet_from, usual.quiet_until) == (1260, 480)
    street = SetOfferTerms(
        node=COMMUNITY[:9], wave=2, hold_minutes=30, quiet_from=12 * 60, quiet_until=14 * 60
    )
    assert world.ask(SUPERVISOR, street).set_at_node == COMMUNITY[:9]
    task = light(world)
    electrician(world, 1, point=HERE)
    world.passes(hours=3, minutes=30)
    world.task(LIAISON, AskInTurn(task_id=task.task_id))
    assert world.ask_clocks().asked == 0
    world.passes(hours=1, minutes=30)
    world.ask_clocks()
    view = now(world, task)
    assert view.hold_until == world.now + timedelta(minutes=30)
    assert world.ask(SUPERVISOR, UnsetOfferTerms(node=COMMUNITY[:9])).set_at_node is None
    with pytest.raises(Refused) as refused:
        world.ask(SUPERVISOR, UnsetOfferTerms(node=COMMUNITY[:9]))
    assert (refused.value.slug, refused.value.status) == (Slug.NO_SUCH_RULE, 404)


@pytest.mark.parametrize(
    ("field", "value"),
    [("wave", 0), ("urgent_wave", 6), ("quiet_from", 1440), ("most_a_day", 0), ("hold_minutes", 0)],
)
def test_terms_have_bounds(world: World, field: str, value: int) -> None:
    told: dict[str, Any] = {"node": COMMUNITY, field: value}
    with pytest.raises(Refused) as refused:
        world.ask(SUPERVISOR, SetOfferTerms(**told))
    assert (refused.value.field, refused.value.status) == (field, 422)
