from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.actor import SYSTEM, VISITOR, Actor, Grant
from services.kit.outcomes import Refused
from services.members.contracts import ImportKind, Role, Slug
from services.members.domain import authority
from services.members.domain.files import MemberFile, Unit

NOW = datetime(2026, 3, 2, tzinfo=UTC)
COMMUNITY = "520425001001"
UNIT = Unit(id="u1", code="U1", name="甲局", district_code="520425", community_code=None, registered_at=NOW)


def holding(role: Role, node: str, account_id: str = "asker") -> Actor:
    return Actor(id=account_id, grants=(Grant(role, node),))


def test_an_operator_grants_at_and_below_the_own_node() -> None:
    for node in ("520425", "520425001", COMMUNITY):
        authority.check_granting(holding(Role.OPERATOR, "520425"), Role.LIAISON, node, None)


@pytest.mark.parametrize("node", ["52", "5204", "520426", "42"])
def test_nobody_grants_above_or_beside_themselves(node: str) -> None:
    with pytest.raises(Refused) as refused:
        authority.check_granting(holding(Role.OPERATOR, "520425"), Role.OPERATOR, node, None)
    assert refused.value.slug == Slug.NOT_ALLOWED


@given(st.sampled_from([role for role in Role if role is not Role.OPERATOR]))
def test_no_other_role_grants(role: Role) -> None:
    with pytest.raises(Refused):
        authority.check_granting(holding(role, "52"), Role.LIAISON, COMMUNITY, None)


def test_unit_leaders_are_granted_at_their_unit_by_the_districts_operator() -> None:
    authority.check_granting(holding(Role.OPERATOR, "5204"), Role.UNIT_LEADER, "unit:u1", UNIT)
    with pytest.raises(Refused) as refused:
        authority.check_granting(holding(Role.OPERATOR, "520426"), Role.UNIT_LEADER, "unit:u1", UNIT)
    assert refused.value.slug == Slug.NOT_ALLOWED


@pytest.mark.parametrize(
    ("role", "node", "unit"), [(Role.UNIT_LEADER, COMMUNITY, None), (Role.LIAISON, "unit:u1", UNIT)]
)
def test_roles_fit_their_nodes(role: Role, node: str, unit: Unit | None) -> None:
    with pytest.raises(Refused) as refused:
        authority.check_granting(SYSTEM, role, node, unit)
    assert (refused.value.slug, refused.value.field) == (Slug.INVALID, "node")


def test_supervisors_enter_units_of_their_district_alone() -> None:
    authority.check_registering(holding(Role.SUPERVISOR, "520425"), "520425")
    for actor in (holding(Role.SUPERVISOR, COMMUNITY), holding(Role.LIAISON, "520425"), VISITOR):
        with pytest.raises(Refused):
            authority.check_registering(actor, "520425")


def test_check_ins_are_taken_by_the_community_or_reported_by_the_unit() -> None:
    authority.check_checking_in(holding(Role.LIAISON, COMMUNITY), COMMUNITY, None)
    authority.check_checking_in(holding(Role.UNIT_LEADER, "unit:u1"), COMMUNITY, "u1")
    for actor in (
        VISITOR,
        holding(Role.LIAISON, "520425001002"),
        holding(Role.MEMBER, COMMUNITY),
        holding(Role.UNIT_LEADER, "unit:u2"),
    ):
        with pytest.raises(Refused):
            authority.check_checking_in(actor, COMMUNITY, "u1")


def test_files_are_read_by_the_member_by_staff_above_and_by_the_units_leader() -> None:
    file = MemberFile(
        id="m",
        unit_id="u1",
        community_code=COMMUNITY,
        grid_code=COMMUNITY + "001",
        skills=(),
        checked_in_at=NOW,
    )
    for reader in (
        SYSTEM,
        Actor(id="m"),
        holding(Role.LIAISON, COMMUNITY),
        holding(Role.GRID_WORKER, COMMUNITY + "001"),
        holding(Role.UNIT_LEADER, "unit:u1"),
    ):
        assert authority.may_read(reader, file)
    for stranger in (
        VISITOR,
        Actor(id="other"),
        holding(Role.MEMBER, COMMUNITY),
        holding(Role.GRID_WORKER, COMMUNITY + "002"),
        holding(Role.UNIT_LEADER, "unit:u2"),
    ):
        assert not authority.may_read(stranger, file)


def test_divisions_are_imported_by_operators_alone() -> None:
    authority.check_importing(holding(Role.OPERATOR, "5204"), ImportKind.DIVISIONS)
    authority.check_importing(holding(Role.LIAISON, COMMUNITY), ImportKind.MEMBERS)
    with pytest.raises(Refused):
        authority.check_importing(holding(Role.LIAISON, COMMUNITY), ImportKind.DIVISIONS)
    assert authority.importing_scope(SYSTEM, ImportKind.UNITS) == ("",)
