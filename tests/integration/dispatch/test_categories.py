"""The table of categories on a real database: what is shipped, replaced, retired, and who may."""

from __future__ import annotations

import pytest

from services.dispatch.contracts import CategoriesPut, ListCategories, PutCategories, RegisterTask, Slug
from services.kit.actor import VISITOR, Actor
from services.kit.outcomes import Refused
from tests.integration.dispatch.world import LIAISON, OPERATOR, RESIDENT, SUPERVISOR, World
from tests.unit.dispatch.samples import SHIPPED

SMALL = "code,label,days,skill\nlift,电梯,1,电工\nother,其他,4,\n".encode()


def codes(world: World, *, retired: bool = False) -> list[str]:
    return [each.code for each in world.ask(VISITOR, ListCategories(retired=retired))]


def put(world: World, content: bytes, *, dry_run: bool = False) -> CategoriesPut:
    found = world.ask(OPERATOR, PutCategories(content=content, dry_run=dry_run))
    assert isinstance(found, CategoriesPut)
    return found


def test_what_is_shipped_changes_nothing_when_it_is_put_again(world: World) -> None:
    again = put(world, SHIPPED)
    assert (again.rows, again.unchanged, again.created + again.changed + again.retired) == (35, 35, 0)


def test_a_file_is_tried_then_replaces_the_table_and_the_past_keeps_its_names(world: World) -> None:
    world.registered()
    before = codes(world)
    tried = put(world, SMALL, dry_run=True)
    assert (tried.created, tried.changed, tried.retired, codes(world)) == (1, 1, 34, before)
    assert put(world, SMALL) == CategoriesPut(
        rows=2, created=1, changed=1, unchanged=0, retired=34, dry_run=False, wrong=0, errors=()
    )
    assert codes(world) == ["lift", "other"]
    assert codes(world, retired=True)[:3] == ["lift", "other", "labour"]
    world.collected("order-2")
    with pytest.raises(Refused) as refused:
        world.task(LIAISON, RegisterTask(order_id="order-2", category="liveability"))
    assert "已停用" in refused.value.message
    assert world.task(LIAISON, RegisterTask(order_id="order-2", category="lift")).category == "lift"


def test_one_bad_cell_and_nothing_is_changed(world: World) -> None:
    before = codes(world, retired=True)
    wrong = put(world, SMALL + b"Lift,,1,\n")
    assert [(each.line, each.column) for each in wrong.errors] == [(4, "code"), (4, "label")]
    assert (wrong.wrong, codes(world, retired=True)) == (2, before)
    empty = put(world, b"code,label,days\n")
    assert (empty.wrong, codes(world, retired=True)) == (1, before)


def test_what_is_no_table_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        put(world, b"PK\x03\x04 no workbook")
    assert (refused.value.status, refused.value.field) == (422, "content")


@pytest.mark.parametrize("who", [VISITOR, RESIDENT, LIAISON, SUPERVISOR], ids=lambda who: who.id or "visitor")
def test_only_operators_replace_the_table(world: World, who: Actor) -> None:
    before = codes(world)
    with pytest.raises(Refused) as refused:
        world.ask(who, PutCategories(content=SMALL))
    assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)
    assert codes(world) == before
