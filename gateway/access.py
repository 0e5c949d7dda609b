"""The table role × scope × route: docs/access.md, made from the tables of routes. ``make access`` writes it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from gateway.live.telling import STREAMS
from gateway.open311 import OPEN311
from gateway.policies import HOLDER, SIGNED_IN, VISITOR, Policy
from gateway.routes import ROUTES
from gateway.routing import Route
from gateway.web.labels import ROLES
from gateway.web.pages import PAGES
from services.members.contracts import Role

TABLE = Path("docs/access.md")

COLUMNS = (VISITOR, HOLDER, SIGNED_IN, *Role)

PUBLIC, ONE_ORDER, OWN, PLACE, UNIT, TEAM, CITY = "all", "order", "own", "place", "unit", "team", "city"

SCOPES: dict[str, str] = {
    VISITOR: PUBLIC,
    HOLDER: ONE_ORDER,
    SIGNED_IN: OWN,
    Role.RESIDENT: OWN,
    Role.VOLUNTEER: OWN,
    Role.MEMBER: OWN,
    Role.TEAM_LEADER: TEAM,
    Role.GRID_WORKER: PLACE,
    Role.GRID_HEAD: PLACE,
    Role.LIAISON: PLACE,
    Role.UNIT_LEADER: UNIT,
    Role.SUPERVISOR: PLACE,
    Role.EVALUATOR: PLACE,
    Role.OPERATOR: PLACE,
    Role.AUDITOR: PLACE,
}
"""How far each kind of caller reaches; the services hold everybody to it (tests/integration/access walks every route)."""

HEAD = """# Who may try what, and how far it reaches

Generated from the tables of routes by `make access`; CI checks that it is fresh. A route without a policy does not import.

A cell says how far the caller reaches on that route. Whether something may be done *here*, to *this* order, the service decides, and a test
walks every route as a stranger: without a session, from another district, from another community, as another resident.

| word | reaches |
|---|---|
| `all` | what everybody may see or do: no session is asked for |
| `order` | the one order whose follow code is shown |
| `own` | what is one's own: orders placed, tasks asked or taken, messages, files; and what is told to every account |
| `place` | the node where the role is granted, and everything below it |
| `unit`, `team` | the unit or team that the role is granted at, and the tasks that it is asked to do |
| `city` | what all districts share: the role has to be held at the city or above |
| `demo` | everybody, and only where time is simulated |
"""


def render() -> str:
    parts = [HEAD]
    for title, routes in (
        ("The API", ROUTES),
        ("Pages", PAGES),
        ("Open311", OPEN311),
        ("What goes on while a page is open", STREAMS),
    ):
        parts.append(f"## {title}\n")
        parts.append(_table(routes))
    return "\n".join(parts)


def _table(routes: Iterable[Route]) -> str:
    names = [str.__str__(ROLES[column]) for column in COLUMNS]
    lines = [f"| | {' | '.join(names)} |", f"|---|{'---|' * len(names)}"]
    for route in sorted(routes, key=lambda route: (route.path, route.method)):
        cells = [_reach(route.policy, column) for column in COLUMNS]
        lines.append(f"| `{route.method} {route.path}` | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _reach(policy: Policy, column: str) -> str:
    if column in policy.admitted():
        if policy.citywide:
            return CITY
        return PUBLIC if policy.visitors else SCOPES[column]
    return "demo" if policy.simulation else ""


def main() -> None:
    """``--check`` fails if the file is not fresh."""
    fresh = render()
    if "--check" not in sys.argv[1:]:
        TABLE.write_text(fresh, encoding="utf-8")
    elif not TABLE.is_file() or TABLE.read_text(encoding="utf-8") != fresh:
        sys.exit(f"{TABLE} is out of date: run make access")


if __name__ == "__main__":
    main()
