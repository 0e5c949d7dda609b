"""Who is calling: a session (bearer token or cookie), the follow code of an order, both or neither."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from werkzeug.wrappers import Request

from gateway.asks import Asks
from gateway.limits import Limit, Rate
from gateway.problems import Problem
from gateway.proxies import client_of
from gateway.sessions import Sessions
from services.intake.contracts import FollowOrder, OrderDetail
from services.kit.actor import VISITOR, Actor
from services.kit.outcomes import Refused
from services.members.contracts import AccountView

COOKIE = "sandan"
CODE_COOKIE = "sandan_order"
CODE_HEADER = "X-Order-Code"
CALLER = "sandan.caller"
"""Where a request's environment has its Caller, once it is known."""

GUESSES = Rate(burst=20, per_minute=20)
"""Wrong follow codes and passwords per client address; right ones cost nothing."""
CODES = Rate(burst=100, per_minute=20)
"""One-time codes per client address (a whole office may share one); members limits them per phone."""


@dataclass(frozen=True, kw_only=True)
class Caller:
    actor: Actor = VISITOR
    token: str | None = None
    account: AccountView | None = None


class Callers:
    """Resolves callers; ``guesses`` and ``codes`` are the limits of what a client may try."""

    def __init__(self, asks: Asks, clock: Callable[[], float], proxies: int) -> None:
        self._asks = asks
        self._proxies = proxies
        self.sessions = Sessions(asks, clock)
        self.guesses = Limit(GUESSES, clock)
        self.codes = Limit(CODES, clock)

    def who(self, request: Request, *, lenient: bool) -> Caller:
        """Raises Refused for an ended session or a wrong code, Problem (429) for one who keeps guessing codes.

        ``lenient`` (pages) takes such a one for a visitor.
        """
        caller = Caller()
        if token := _token_of(request):
            try:
                caller = self._signed_in(token)
            except Refused:
                if not lenient:
                    raise
        if code := request.headers.get(CODE_HEADER) or request.cookies.get(CODE_COOKIE):
            try:
                order = self.follow(code, client_of(request, self._proxies)).order
                caller = replace(caller, actor=replace(caller.actor, order_id=order.order_id))
            except (Refused, Problem):
                if not lenient:
                    raise
        return caller

    def follow(self, code: str, client: str) -> OrderDetail:
        """The order behind a follow code. Raises Refused (no-such-order), Problem (429) for one who keeps guessing."""
        with self.guessing(client):
            return self._asks.ask(FollowOrder(code=code), actor=VISITOR)

    def guessing(self, client: str) -> _Guess:
        return _Guess(self.guesses, client)

    def _signed_in(self, token: str) -> Caller:
        account = self.sessions.account_of(token)
        actor = Actor(id=account.account_id, grants=account.grants, unit_id=account.unit_id)
        return Caller(actor=actor, token=token, account=account)


@dataclass(frozen=True)
class _Guess:
    """Within it a refusal costs the client one try."""

    limit: Limit
    client: str

    def __enter__(self) -> None:
        self.limit.check(self.client)

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, trace: object) -> None:
        if isinstance(wrong, Refused):
            self.limit.charge(self.client)


def _token_of(request: Request) -> str | None:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and given.strip():
        return given.strip()
    return request.cookies.get(COOKIE)
