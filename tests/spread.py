"""How the tests are spread over workers: what shares a running city or a schema stays together, the longest go first.

A worker takes one group after another, so the order decides how evenly they end. What kills brokers and databases is one
group, and the first: it waits more than it works, and two such runs at once would wait for each other's servers.
"""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from xdist.scheduler import LoadScopeScheduling

LONGEST_FIRST = (
    "breaking",
    "test_ziyun_embedded",
    "test_zoucheng",
    "test_ziyun",
    "test_yichang",
    "integration/gateway",
    "browser",
    "integration/members",
    "integration/evaluation",
    "integration/dispatch",
    "integration/access",
    "deploy",
)
BREAKING = ("chaos", "integration/kit", "integration/servers")


class InGroups(LoadScopeScheduling):
    """Gives a worker one group of tests after another."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def group_of(nodeid: str) -> str:
    """The group of a test: scenarios each for itself, all others by their folder."""
    place = PurePosixPath(nodeid.partition("::")[0]).relative_to("tests")
    if place.parts[0] == "scenarios":
        return place.stem
    folder = place.parent.as_posix()
    return "breaking" if folder in BREAKING else folder


def spread(items: list[pytest.Item]) -> None:
    """Bring the groups into their order."""
    items.sort(key=lambda item: _rank(group_of(item.nodeid)))


def _rank(group: str) -> int:
    return LONGEST_FIRST.index(group) if group in LONGEST_FIRST else len(LONGEST_FIRST)
