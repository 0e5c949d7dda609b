"""Names to codes and ids: of places and categories for everybody, of persons and units for those who may know."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from gateway.asks import Asks
from services.dispatch.contracts import ListCategories
from services.kit.actor import VISITOR, Actor
from services.kit.rpc import Unavailable
from services.members.contracts import NamesOf

REMEMBERED_FOR = 300.0
"""Seconds; places and categories are renamed rarely."""
REMEMBERED = 20_000


class Names:
    """``clock`` gives seconds that never go back."""

    def __init__(self, asks: Asks, clock: Callable[[], float]) -> None:
        self._asks = asks
        self._clock = clock
        self._places: dict[str, tuple[float, str]] = {}
        self._categories: dict[str, str] = {}
        self._retired: frozenset[str] = frozenset()
        self._categories_until = -math.inf

    def of_places(self, codes: Iterable[str | None]) -> dict[str, str]:
        """Names of nodes by code; unknown ones are left out."""
        wanted = {code for code in codes if code}
        now = self._clock()
        missing = {code for code in wanted if self._places.get(code, (0.0, ""))[0] <= now}
        if missing:
            if len(self._places) > REMEMBERED:
                self._places.clear()
            for code, name in self._ask(missing, VISITOR).items():
                self._places[code] = (now + REMEMBERED_FOR, name)
        return {code: self._places[code][1] for code in wanted if code in self._places}

    def of_category(self, code: str) -> str:
        """What pages call a kind of demand; an unknown one is called by its code."""
        if self._categories_until <= self._clock():
            try:
                found = self._asks.ask(ListCategories(retired=True), actor=VISITOR)
            except Unavailable:
                return self._categories.get(code, code)
            self._categories = {category.code: category.label for category in found}
            self._retired = frozenset(category.code for category in found if category.retired)
            self._categories_until = self._clock() + REMEMBERED_FOR
        return self._categories.get(code, code)

    def is_offered(self, code: str) -> bool:
        """Whether a new order may be of this kind, as far as is known."""
        label = self.of_category(code)
        return code not in self._retired and (not self._categories or label != code)

    def of_hands(self, ids: Iterable[str | None], actor: Actor) -> dict[str, str]:
        """Names of accounts, members and units, as far as ``actor`` may know them."""
        wanted = {found for found in ids if found}
        return self._ask(wanted, actor) if wanted else {}

    def _ask(self, ids: set[str], actor: Actor) -> dict[str, str]:
        try:
            return self._asks.ask(NamesOf(ids=tuple(sorted(ids))), actor=actor)
        except Unavailable:
            # A page with codes instead of names is better than none.
            return {}
