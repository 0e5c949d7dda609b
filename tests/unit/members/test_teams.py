import pytest

from services.kit.actor import SYSTEM, VISITOR, Actor, Grant
from services.kit.outcomes import Refused
from services.members.contracts import Role, Slug
from services.members.domain import authority
from services.members.domain.teams import LARGEST, Seat, check_leader, check_places, check_seats

HOME = "520425001001"
NEXT_DOOR = "520425001002"


def seats(*member_ids: str) -> tuple[Seat, ...]:
    return tuple(Seat(member_id=member_id, why="同楼") for member_id in member_ids)


@pytest.mark.parametrize(
    "wrong", [(), ("m1",), ("m1", "m1"), tuple(f"m{number}" for number in range(LARGEST + 1))]
)
def test_a_team_has_two_to_sixty_members_nobody_twice(wrong: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refused:
        check_seats(seats(*wrong))
    assert refused.value.field == "member_ids"
    check_seats(seats("m1", "m2"))
    check_seats(seats(*(f"m{number}" for number in range(LARGEST))))


def test_members_of_a_team_are_checked_in_at_its_place_or_below() -> None:
    check_places(HOME[:9], {"m1": HOME, "m2": NEXT_DOOR + "001"}, ("m1", "m2"))
    for places in ({"m1": HOME}, {"m1": HOME, "m2": NEXT_DOOR}):
        with pytest.raises(Refused) as refused:
            check_places(HOME, places, ("m1", "m2"))
        assert (refused.value.slug, refused.value.facts) == (Slug.NO_SUCH_MEMBER, {"member_id": "m2"})


def test_the_leader_is_one_of_the_team() -> None:
    check_leader(None, seats("m1", "m2"))
    check_leader("m2", seats("m1", "m2"))
    with pytest.raises(Refused) as refused:
        check_leader("m3", seats("m1", "m2"))
    assert refused.value.field == "leader_id"


def holding(role: Role, node: str) -> Actor:
    return Actor(id="asker", grants=(Grant(role, node),))


def test_bonds_are_kept_by_staff_above_and_seen_by_those_who_serve_there() -> None:
    for keeper in (SYSTEM, holding(Role.LIAISON, HOME), holding(Role.SUPERVISOR, HOME[:9])):
        authority.check_keeping(keeper, HOME)
    for stranger in (VISITOR, holding(Role.MEMBER, HOME), holding(Role.LIAISON, NEXT_DOOR)):
        with pytest.raises(Refused):
            authority.check_keeping(stranger, HOME)
    for reader in (holding(Role.MEMBER, HOME), holding(Role.GRID_HEAD, HOME), Actor(id="m1")):
        assert authority.may_see_bonds(reader, HOME, ("m1",))
    assert authority.may_see_bonds(holding(Role.MEMBER, HOME), HOME[:9])
    for stranger in (VISITOR, holding(Role.MEMBER, NEXT_DOOR), holding(Role.RESIDENT, ""), Actor(id="m2")):
        assert not authority.may_see_bonds(stranger, HOME, ("m1",))
