"""Who may try a route at all. Whether they may do it *here*, to *this* order, is the service's decision."""

from __future__ import annotations

from dataclasses import dataclass

from services.kit.actor import Actor
from services.members.contracts import Role

VISITOR = "visitor"
HOLDER = "code_holder"
SIGNED_IN = "signed_in"


@dataclass(frozen=True, kw_only=True)
class Policy:
    """``visitors``: without a session; ``holders``: with an order's follow code; ``signed_in``: any account.

    ``roles`` lets in accounts with one of these roles somewhere; ``citywide``: held at the city or above. ``simulation`` opens the route to everyone where the
    city's time is simulated (demonstrations, tests).
    """

    visitors: bool = False
    holders: bool = False
    signed_in: bool = False
    roles: frozenset[Role] = frozenset()
    citywide: bool = False
    simulation: bool = False

    def admits(self, actor: Actor, *, simulated: bool = False) -> bool:
        if self.visitors or (self.simulation and simulated):
            return True
        if self.holders and actor.order_id is not None:
            return True
        if not actor.id:
            return False
        held = actor.holds_citywide(*self.roles) if self.citywide else actor.nodes_of(*self.roles)
        return self.signed_in or bool(held)

    def admitted(self) -> tuple[str, ...]:
        """The names of those let in, as columns of the table role × route."""
        if self.visitors:
            return (VISITOR, HOLDER, SIGNED_IN, *Role)
        holders = (HOLDER,) if self.holders else ()
        accounts: tuple[str, ...] = (
            (SIGNED_IN, *Role) if self.signed_in else tuple(r for r in Role if r in self.roles)
        )
        return (*holders, *accounts)


def only(*roles: Role, simulation: bool = False) -> Policy:
    """Accounts with one of ``roles``."""
    return Policy(roles=frozenset(roles), simulation=simulation)


ANYONE = Policy(visitors=True)
ACCOUNTS = Policy(signed_in=True)
RESIDENTS = Policy(signed_in=True, holders=True)
"""A resident acts signed in or with the follow code; which order is theirs, the service knows."""

TRIAGE = only(Role.LIAISON, Role.GRID_WORKER, Role.GRID_HEAD, Role.SUPERVISOR)
CHECKERS = only(Role.LIAISON, Role.SUPERVISOR)
HANDS = only(Role.MEMBER, Role.UNIT_LEADER, Role.TEAM_LEADER)
MEMBERS = only(Role.MEMBER)
SUPERVISORS = only(Role.SUPERVISOR)
OPERATORS = only(Role.OPERATOR)
CITY_OPERATORS = Policy(roles=frozenset({Role.OPERATOR}), citywide=True)
"""For what all districts share: tables, channels, messages sent round again."""
RULE_SETTERS = only(Role.SUPERVISOR, Role.OPERATOR)
ENTERERS = only(Role.OPERATOR, Role.SUPERVISOR)
IMPORTERS = only(Role.OPERATOR, Role.SUPERVISOR, Role.LIAISON)
READERS = only(Role.LIAISON, Role.SUPERVISOR, Role.EVALUATOR, Role.AUDITOR)
WORDS_READERS = only(
    Role.LIAISON, Role.GRID_WORKER, Role.GRID_HEAD, Role.SUPERVISOR, Role.EVALUATOR, Role.AUDITOR
)
SURVEYORS = only(
    Role.OPERATOR,
    Role.SUPERVISOR,
    Role.LIAISON,
    Role.GRID_WORKER,
    Role.GRID_HEAD,
    Role.EVALUATOR,
    Role.AUDITOR,
)
CHECKERS_IN = only(Role.LIAISON, Role.UNIT_LEADER, Role.SUPERVISOR, Role.OPERATOR)
PROMISE_KEEPERS = only(Role.MEMBER, Role.LIAISON, Role.SUPERVISOR, Role.OPERATOR)
PAIR_KEEPERS = only(Role.UNIT_LEADER, Role.LIAISON, Role.SUPERVISOR, Role.OPERATOR)
BOND_KEEPERS = only(Role.LIAISON, Role.SUPERVISOR, Role.OPERATOR)
CASE_READERS = only(
    Role.LIAISON,
    Role.GRID_WORKER,
    Role.GRID_HEAD,
    Role.SUPERVISOR,
    Role.EVALUATOR,
    Role.AUDITOR,
    Role.MEMBER,
    Role.UNIT_LEADER,
)
CASE_WORKERS = only(Role.LIAISON, Role.SUPERVISOR, Role.MEMBER, Role.UNIT_LEADER)
VISITORS = only(Role.GRID_WORKER, Role.GRID_HEAD, Role.LIAISON)
"""Those who go from door to door, and keep the visit log."""
VISIT_READERS = WORDS_READERS
LOOK_READERS = only(Role.SUPERVISOR, Role.OPERATOR, Role.AUDITOR)
"""Those who watch who looked at whose contact."""
FOLLOWERS_UP = only(Role.LIAISON, Role.SUPERVISOR, Role.EVALUATOR)
CONTACT_VIEWERS = only(
    Role.LIAISON, Role.GRID_WORKER, Role.GRID_HEAD, Role.SUPERVISOR, Role.MEMBER, Role.UNIT_LEADER
)
