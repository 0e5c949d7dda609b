"""Open orders, filed so that a new one meets only those that it could be like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from services.intake.domain.similar.judging import Known, Likeness, judge
from services.intake.domain.similar.places import Where
from services.intake.domain.similar.reading import Features

CELL = 0.004
"""Of a degree, about 400 m: what is near lies in the same cell or in one beside it."""
UNNAMED = ""
"""In place of an object, or of a building's number, where none is named."""

ANY = "*"
MOST_MET = 300
"""In one drawer, the newest: when a whole estate reports one fault, each need not be held against all the others."""

Key = tuple[str, ...]


class Index:
    """Files each order under its objects and its anchors: buildings, spots and roads, and the cell of the map."""

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}
        self._filed: defaultdict[tuple[str, Key], dict[str, Known]] = defaultdict(dict)

    def __len__(self) -> int:
        return len(self._known)

    def put(self, known: Known) -> None:
        """Add it, or replace what was known of the order."""
        self.drop(known.order_id)
        self._known[known.order_id] = known
        for drawer in _drawers(known):
            self._filed[drawer][known.order_id] = known

    def features_of(self, order_id: str) -> Features:
        """Raises KeyError for an order that is not here."""
        return self._known[order_id].features

    def drop(self, order_id: str) -> None:
        known = self._known.pop(order_id, None)
        for drawer in _drawers(known) if known else ():
            del self._filed[drawer][order_id]
            if not self._filed[drawer]:
                del self._filed[drawer]

    def like(self, wanted: Known) -> list[Likeness]:
        """Orders that are probably the same thing, the surest first; never the order itself."""
        met: dict[str, Known] = {}
        for drawer in _looked_into(wanted):
            if drawer in self._filed:
                met.update(islice(reversed(self._filed[drawer].items()), MOST_MET))
        met.pop(wanted.order_id, None)
        found = [likeness for known in met.values() if (likeness := judge(wanted, known))]
        return sorted(found, key=lambda likeness: (-likeness.sure, likeness.order_id))


def _drawers(known: Known) -> Iterator[tuple[str, Key]]:
    """Under each object, and under ANY for those who name none."""
    where = known.features.where
    anchors = [
        *_anchors(known.community_code, where),
        *_cells(known, around=0, numbered=(bool(where.building),)),
    ]
    for thing in (*(known.features.things or (UNNAMED,)), ANY):
        for anchor in anchors:
            yield thing, anchor


def _looked_into(wanted: Known) -> Iterator[tuple[str, Key]]:
    things = (*wanted.features.things, UNNAMED) if wanted.features.things else (ANY,)
    where = wanted.features.where
    # Two numbered buildings are the same or they are not, however near: those need no look at the map.
    numbered = (False,) if where.building else (False, True)
    anchors = [
        *_anchors(wanted.community_code, where),
        *_cells(wanted, around=1, numbered=numbered),
    ]
    for thing in things:
        for anchor in anchors:
            yield thing, anchor


def _anchors(community: str, where: Where) -> list[Key]:
    return [
        *((community, "building", name) for name in where.building),
        *((community, "spot", name) for name in where.spot),
        *((community, "road", name) for name in where.road),
    ]


def _cells(known: Known, *, around: int, numbered: tuple[bool, ...]) -> Iterator[Key]:
    """The cell of its point and those ``around`` it, apart for orders that name a building's number and those that do not."""
    point = known.point
    if point is None:
        return
    east, north = int(point.longitude // CELL), int(point.latitude // CELL)
    for right in range(-around, around + 1):
        for up in range(-around, around + 1):
            for named in numbered:
                yield (known.community_code, "numbered" if named else UNNAMED, f"{east + right} {north + up}")
