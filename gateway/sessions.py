"""The accounts behind session tokens, remembered for some seconds so that not every request asks members."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable

from gateway.asks import Asks
from services.kit.actor import VISITOR
from services.members.contracts import AccountView, WhoIs

REMEMBERED_FOR = 5.0
"""Seconds after which a revoked session or role is noticed at the latest."""
REMEMBERED = 10_000


class Sessions:
    """``clock`` gives seconds that never go back. Tokens are kept as their SHA-256 only."""

    def __init__(self, asks: Asks, clock: Callable[[], float]) -> None:
        self._asks = asks
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, AccountView]] = OrderedDict()

    def account_of(self, token: str) -> AccountView:
        """Raises Refused (session-ended, 401)."""
        name = _digest(token)
        found = self._known.get(name)
        if found and found[0] > self._clock():
            return found[1]
        account = self._asks.ask(WhoIs(token=token), actor=VISITOR)
        self._known[name] = (self._clock() + REMEMBERED_FOR, account)
        self._known.move_to_end(name)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return account

    def forget(self, token: str) -> None:
        self._known.pop(_digest(token), None)

    def forget_account(self, account_id: str) -> None:
        """Its grants have changed, or its sessions were ended."""
        for name in [name for name, (_, account) in self._known.items() if account.account_id == account_id]:
            del self._known[name]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
