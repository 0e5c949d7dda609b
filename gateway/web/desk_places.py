"""The places that a desk works for: where the caller has a part in the triage, and what lies right below."""

from __future__ import annotations

from collections.abc import Iterable

from gateway.call import Call
from gateway.web.places import AT_ONCE, children
from services.kit.actor import VISITOR
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable
from services.members.contracts import Level, ListNodes, NodeView, Role

OFFICES = (Role.LIAISON, Role.GRID_WORKER, Role.GRID_HEAD, Role.SUPERVISOR)
LOOKERS = (*OFFICES, Role.EVALUATOR, Role.AUDITOR, Role.OPERATOR)
"""Those who may look at a place's desk, or keep its registers."""
RECORDERS = (Role.GRID_WORKER, Role.GRID_HEAD, Role.LIAISON)
COMMUNITY = 12
"""Digits of a community's code; a grid's has more."""
FEW = 3
"""Of so many own places what lies below is shown too."""


def own_nodes(call: Call, roles: tuple[Role, ...] = OFFICES) -> tuple[str, ...]:
    """Where the caller's own desk stands, the innermost first: who has a grid and its street begins at the grid."""
    return tuple(sorted(call.actor.nodes_of(*roles), key=lambda node: (-len(node), node)))


def desk_nodes(call: Call) -> list[tuple[str, str]]:
    """Pairs of code and name for a list: own places, each with those right below it."""
    own = own_nodes(call, LOOKERS)
    names = call.desk.names.of_places(own)
    found: list[tuple[str, str]] = []
    for code in own:
        found.append((code, names.get(code, code)))
        if len(own) <= FEW:
            found += [(each.code, "　" + each.name) for each in _below(call, code)]
    return _once(found)


def node_of(call: Call, nodes: list[tuple[str, str]]) -> str:
    """The place asked for, else the first; empty only for somebody without any."""
    asked: str | None = call.query.get("node")
    return asked or (nodes[0][0] if nodes else "")


def _once(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each place where it was named first."""
    kept: dict[str, str] = {}
    for code, name in found:
        kept.setdefault(code, name)
    return list(kept.items())


def _below(call: Call, code: str) -> tuple[NodeView, ...]:
    try:
        return children(call, code)
    except (Refused, Unavailable):
        return ()


def filing_places(call: Call) -> list[tuple[str, str]]:
    """Communities and grids for which the caller may file, own grids first: an office above sees its communities."""
    own = own_nodes(call)
    names = call.desk.names.of_places([*own, *(code[:COMMUNITY] for code in own)])
    found = [(code, names.get(code, code)) for code in own if len(code) > COMMUNITY]
    for code in dict.fromkeys(code[:COMMUNITY] for code in own if len(code) >= COMMUNITY):
        found.append((code, names.get(code, code)))
        found += [(each.code, "　" + each.name) for each in _below(call, code)]
    for code in (code for code in own if len(code) < COMMUNITY):
        found += [(each.code, each.name) for each in _communities(call, code)]
    return _once(found)


def _communities(call: Call, code: str) -> list[NodeView]:
    """Of a street or a district, as many as a list can show; who serves more than that names the community itself."""
    try:
        return list(
            call.ask(ListNodes(parent=code, level=Level.COMMUNITY, limit=AT_ONCE), actor=VISITOR).items
        )
    except (Refused, Unavailable):
        return []


def visiting_places(call: Call) -> list[tuple[str, str]]:
    """Where the caller records visits: own grids and what is below them, own communities and their grids."""
    own = sorted(call.actor.nodes_of(*RECORDERS), key=lambda node: (-len(node), node))
    names = call.desk.names.of_places(own)
    found: list[tuple[str, str]] = []
    for code in own:
        if len(code) >= COMMUNITY:
            found.append((code, names.get(code, code)))
            found += [(each.code, "　" + each.name) for each in _below(call, code)]
    return _once(found)
