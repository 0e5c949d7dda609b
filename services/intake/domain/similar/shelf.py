"""The indexes of the streets that were asked about last, in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field

from services.intake.domain.similar.index import Index
from services.intake.domain.similar.judging import Known

STREETS = 64
"""Kept at a time; the longest unused is forgotten first, and read again when it is needed."""


@dataclass
class Street:
    """``revision`` is up to where the index has been read."""

    revision: int = 0
    index: Index = field(default_factory=Index)

    def read_on(self, newer: Iterable[tuple[int, str, Known | None]]) -> None:
        """Take in what has changed, by rising revision; None where an order has ended.

        What another reader has brought meanwhile is newer than what was fetched here, and stays.
        """
        for revision, order_id, known in newer:
            if revision <= self.revision:
                continue
            if known is None:
                self.index.drop(order_id)
            else:
                self.index.put(known)
            self.revision = revision


class Shelf:
    def __init__(self) -> None:
        self._streets: OrderedDict[str, Street] = OrderedDict()

    def street(self, code: str) -> Street:
        """The street as far as it has been read: not at all, if it is new here."""
        found = self._streets.setdefault(code, Street())
        self._streets.move_to_end(code)
        if len(self._streets) > STREETS:
            self._streets.popitem(last=False)
        return found
