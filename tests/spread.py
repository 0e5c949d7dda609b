"""How the tests are spread over workers: what shares a running city or a schema stays together, the longest go first.

A worker takes one group after another, so the order decides how evenly they end. What kills brokers and databases is one
group: two such runs at once would wait for each other's servers more than for what they test.
"""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
LONGEST_FIRST = (
    "breaking",
    "integration/gateway",
    "browser",
    "integration/members",
    "integration/evaluation",
    "integration/dispatch",
    "integration/intake",
)
BREAKING = ("chaos", "integration/kit", "integration/servers")


def group_of(path: Path) -> str:
    """The group of a test file: scenarios each for itself, all others by their folder."""
    place = path.relative_to(TESTS)
    if place.parts[0] == "scenarios":
        return place.stem
    folder = place.parent.as_posix()
    return "breaking" if folder in BREAKING else folder


def spread(items: list[pytest.Item]) -> None:
    """Mark each test with its group, and bring the groups into their order."""
    groups = {item: group_of(item.path) for item in items}
    for item, group in groups.items():
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: _rank(groups[item]))


def _rank(group: str) -> int:
    if group.startswith("test_"):
        return -1
    return LONGEST_FIRST.index(group) if group in LONGEST_FIRST else len(LONGEST_FIRST)
