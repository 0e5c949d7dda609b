"""Who may do what in members: each rule asks for a role at a place."""

from __future__ import annotations

from collections.abc import Collection

from services.kit.actor import SYSTEM, Actor
from services.kit.outcomes import Refused, invalid
from services.members.contracts import ImportKind, Role, Slug
from services.members.domain.files import MemberFile, Unit
from services.members.domain.tree import unit_node

UNIT_KEEPERS = (Role.OPERATOR, Role.SUPERVISOR)
CHECKERS_IN = (Role.OPERATOR, Role.SUPERVISOR, Role.LIAISON)
BOND_KEEPERS = CHECKERS_IN
FILE_READERS = (
    Role.OPERATOR,
    Role.SUPERVISOR,
    Role.LIAISON,
    Role.GRID_WORKER,
    Role.GRID_HEAD,
    Role.EVALUATOR,
    Role.AUDITOR,
)
IMPORTERS = {
    ImportKind.DIVISIONS: (Role.OPERATOR,),
    ImportKind.QUARTERS: (Role.OPERATOR, Role.SUPERVISOR),
    ImportKind.GRIDS: (Role.OPERATOR, Role.SUPERVISOR),
    ImportKind.BUILDING_GROUPS: CHECKERS_IN,
    ImportKind.HOUSEHOLD_CENTRES: CHECKERS_IN,
    ImportKind.UNITS: UNIT_KEEPERS,
    ImportKind.MEMBERS: CHECKERS_IN,
    ImportKind.RESPONSIBILITIES: BOND_KEEPERS,
    ImportKind.SHAPES: (Role.OPERATOR, Role.SUPERVISOR),
}


def is_system(actor: Actor) -> bool:
    """The house's own clocks and command line, which stand above the tree."""
    return actor == SYSTEM


def check_granting(actor: Actor, role: Role, node: str, unit: Unit | None) -> None:
    """An operator at or above the node grants and revokes; a unit lies where its district does.

    Nobody can grant above themselves: the node has to lie below one of the operator's own.
    """
    if (role == Role.UNIT_LEADER) != (unit is not None):
        message = "单位负责人须授予在单位上，其他角色须授予在区划节点上"
        raise invalid("node", message)
    place = node if unit is None else unit.district_code
    if not (is_system(actor) or actor.holds(Role.OPERATOR, at=place)):
        raise refused("只有本级或上级的系统管理员可以授予或收回角色")


def check_opening(actor: Actor) -> None:
    """Accounts are opened by operators, wherever they are; what the account may do is checked grant by grant."""
    if not (is_system(actor) or actor.nodes_of(Role.OPERATOR)):
        raise refused("只有系统管理员可以开立账号")


def check_registering(actor: Actor, district_code: str) -> None:
    """Operators and supervisors of the district enter its units."""
    if not (is_system(actor) or actor.holds_any(UNIT_KEEPERS, at=district_code)):
        raise refused("只有本区的系统管理员或督导可以登记单位")


def check_checking_in(actor: Actor, place: str, unit_id: str | None) -> None:
    """Staff of the community take a check-in, or the leader of the member's own unit reports it.

    Not the member alone: the role shows residents' orders, so somebody who answers for it has to confirm the person.
    """
    by_unit = unit_id is not None and actor.holds(Role.UNIT_LEADER, at=unit_node(unit_id))
    if not (is_system(actor) or by_unit or actor.holds_any(CHECKERS_IN, at=place)):
        raise refused("只有本社区工作人员或所在单位负责人可以办理党员报到")


def check_keeping(actor: Actor, place: str) -> None:
    """Staff at or above a place keep its teams, posts and pairs."""
    if not may_keep(actor, place):
        raise refused("只有本地或上级的联络员、督导、系统管理员可以办理")


def may_keep(actor: Actor, place: str) -> bool:
    return is_system(actor) or actor.holds_any(BOND_KEEPERS, at=place)


def may_see_bonds(actor: Actor, place: str, people: Collection[str] = ()) -> bool:
    """Staff above the place, those whose bond it is, and the members who serve the place or a part of it."""
    serving = actor.nodes_of(Role.MEMBER)
    return (
        is_system(actor)
        or actor.id in people
        or actor.holds_any(FILE_READERS, at=place)
        or any(node.startswith(place) or place.startswith(node) for node in serving)
    )


def check_letting_go(actor: Actor, file: MemberFile) -> None:
    """Who answers for the member now: staff of the place, or the leader of the unit."""
    led = file.unit_id is not None and actor.holds(Role.UNIT_LEADER, at=unit_node(file.unit_id))
    if not (is_system(actor) or led or actor.holds_any(CHECKERS_IN, at=file.place)):
        raise refused("只有该党员所在社区的工作人员或所在单位负责人可以办理")


def check_revising(actor: Actor, file: MemberFile) -> None:
    """The member, or who would take the check-in at the member's place."""
    if not (is_system(actor) or actor.id == file.id or actor.holds_any(CHECKERS_IN, at=file.place)):
        raise refused("只有本人或本社区工作人员可以修改这份党员档案")


def check_revising_unit(actor: Actor, unit: Unit) -> None:
    """The unit's leader, or who keeps the units of its district."""
    led = actor.holds(Role.UNIT_LEADER, at=unit_node(unit.id))
    if not (is_system(actor) or led or actor.holds_any(UNIT_KEEPERS, at=unit.district_code)):
        raise refused("只有本单位负责人或本区的系统管理员、督导可以修改这份单位档案")


def check_reporting(actor: Actor, file: MemberFile) -> None:
    """Nobody reports of another's work."""
    if actor.id != file.id:
        raise refused("只能报告自己的工作")


def check_reporting_for(actor: Actor, unit: Unit) -> None:
    """The unit's leader, or its first secretary."""
    if not (actor.holds(Role.UNIT_LEADER, at=unit_node(unit.id)) or actor.id == unit.first_secretary):
        raise refused("只有本单位负责人或第一书记可以代表单位报告")


def check_importing(actor: Actor, kind: ImportKind) -> None:
    """Whoever may enter such rows at all; each row's place is checked against ``importing_scope``."""
    if not importing_scope(actor, kind):
        raise refused("您没有导入这类名册的权限")


def importing_scope(actor: Actor, kind: ImportKind) -> tuple[str, ...]:
    """The nodes below which the actor may enter rows of that kind; the empty code is everywhere."""
    return ("",) if is_system(actor) else actor.nodes_of(*IMPORTERS[kind])


def may_read(actor: Actor, file: MemberFile) -> bool:
    """Staff at or above the member's place, the leader of the unit, and the member."""
    led = file.unit_id is not None and actor.holds(Role.UNIT_LEADER, at=unit_node(file.unit_id))
    return is_system(actor) or actor.id == file.id or led or actor.holds_any(FILE_READERS, at=file.place)


def may_read_unit(actor: Actor, unit: Unit) -> bool:
    """The history of a unit's file: its leader, and staff at or above its district."""
    led = actor.holds(Role.UNIT_LEADER, at=unit_node(unit.id))
    return is_system(actor) or led or actor.holds_any(FILE_READERS, at=unit.district_code)


def check_surveying(actor: Actor, node: str) -> None:
    """Staff at or above the node look at how it is cut."""
    if not (is_system(actor) or actor.holds_any(FILE_READERS, at=node)):
        raise refused("只有本级或上级的工作人员可以查看")


def refused(message: str) -> Refused:
    return Refused(Slug.NOT_ALLOWED, message, status=403)
