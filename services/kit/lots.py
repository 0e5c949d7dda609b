"""Requests in lots: many that wait at the same time share one transaction, and one journey.

The asker's ``Gatherer`` sends at once while it is idle; what arrives meanwhile waits until the lot in hand is answered or
enough others have come, so a lot is as large as the load and nobody waits for a timer. The service answers a lot in
one transaction (``answer_lot``); a request that fails spoils no other.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import eventlet
import msgspec
from eventlet.event import Event as Signal
from nameko.extensions import register_entrypoint
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.wrappers import Request, Response

from services.kit import idempotency, metrics
from services.kit.asking import Ask, Asked
from services.kit.asks import Answer, answer_one, malformed, opened, refusal
from services.kit.db import is_collision, is_outage
from services.kit.outcomes import Refused
from services.kit.signing import Asking, verify
from services.kit.web import Http
from services.kit.work import Work, begin
from services.kit.workshop import Workshop

log = logging.getLogger(__name__)

MOST = 64
IN_FLIGHT = 3
WORTH_A_JOURNEY = 8
"""So many waiting requests leave at once although a lot is on its way already."""

A = TypeVar("A", bound=Ask[Any])
R = TypeVar("R")
S = TypeVar("S")
T = TypeVar("T")


class Sent(msgspec.Struct, kw_only=True):
    """One request of a lot: its signed header and its body."""

    asking: str
    body: msgspec.Raw


class Gatherer(Generic[T, R]):
    """``carry`` takes a lot to where it is answered; at most ``IN_FLIGHT`` lots are on their way at once."""

    def __init__(self, carry: Callable[[list[T]], Sequence[R]]) -> None:
        self._carry = carry
        self._waiting: deque[tuple[T, Signal]] = deque()
        self._carriers = 0

    def ask(self, item: T, timeout: float) -> R | None:
        """The item's answer; None when there is none in ``timeout`` seconds. Raises what ``carry`` raises."""
        signal = Signal()
        self._waiting.append((item, signal))
        if not self._carriers or (self._carriers < IN_FLIGHT and len(self._waiting) >= WORTH_A_JOURNEY):
            self._carriers += 1
            # Here and now: a greenlet of its own would start only when all who came in this moment have been heard,
            # and the service would stand idle until then.
            self._carry_one_lot()
        answer: R | None = signal.wait(timeout)
        return answer

    def _carry_one_lot(self) -> None:
        """Carry what waits, and let another go on with what came meanwhile, in the same place among the carriers."""
        lot = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        try:
            if lot:
                self._answer(lot)
        finally:
            if self._waiting:
                eventlet.spawn_n(self._carry_one_lot)
            else:
                self._carriers -= 1

    def _answer(self, lot: list[tuple[T, Signal]]) -> None:
        try:
            answers = self._carry([item for item, _ in lot])
        except Exception as failure:  # noqa: BLE001 - handed to those who wait
            for _, signal in lot:
                signal.send_exception(failure)
        else:
            for (_, signal), answer in zip(lot, answers, strict=True):
                signal.send(answer)


LotHandler = Callable[[S, Work, Sequence[Asked[A]]], Sequence[Any]]


def answers_lots(ask: type[A]) -> Callable[[LotHandler[S, A]], Callable[[S, Request], Response]]:
    """Answer lots of ``ask`` over HTTP (``POST /lots/<method>``); the method returns a result or a Refused for each."""

    def register(method: LotHandler[S, A]) -> Callable[[S, Request], Response]:
        def handle(self: Any, request: Request) -> Response:
            sent = msgspec.json.decode(request.get_data(), type=list[Sent])
            with metrics.HANDLED.labels(self.name, method.__name__).time():
                found = answer_lot(self.shop, ask, sent, lambda work, lot: method(self, work, lot))
            return Response(msgspec.json.encode(found), content_type="application/json")

        handle.__name__ = method.__name__
        handle.__doc__ = method.__doc__
        register_entrypoint(handle, Http("POST", f"/lots/{ask.method}"))
        return handle

    return register


def answer_lot(
    shop: Workshop,
    ask: type[A],
    sent: Sequence[Sent],
    handle: Callable[[Work, Sequence[Asked[A]]], Sequence[Any]],
) -> list[Answer]:
    """The answers in the order of ``sent``."""
    lot = _Lot(shop, ask, sent)
    try:
        lot.run(handle)
    except Exception as failure:
        if isinstance(failure, PoolTimeoutError) or is_outage(failure):
            log.warning("%s: %s", ask.method, failure)
            return [answer or Answer(away="database") for answer in lot.answers]
        if not is_collision(failure):
            log.exception("a lot of %d failed; trying one by one", len(sent))
        return [_alone(shop, ask, each, handle) for each in sent]
    shop.committed()
    return [answer for answer in lot.answers if answer]


def _alone(
    shop: Workshop, ask: type[A], sent: Sent, handle: Callable[[Work, Sequence[Asked[A]]], Sequence[Any]]
) -> Answer:
    def handle_one(work: Work, request: A) -> Any:
        (outcome,) = handle(work, [Asked(work.actor, request, work.correlation)])
        if isinstance(outcome, Refused):
            raise outcome
        return outcome

    try:
        return answer_one(shop, ask, bytes(sent.body), sent.asking, handle_one)
    except Exception:
        log.exception("%s failed", ask.method)
        return Answer(away="internal error")


class _Lot(Generic[A]):
    """One lot on its way through verification, idempotency keys, the handler and the commit."""

    def __init__(self, shop: Workshop, ask: type[A], sent: Sequence[Sent]) -> None:
        self.shop = shop
        self.ask = ask
        self.sent = sent
        self.answers: list[Answer | None] = [None] * len(sent)
        self.asked: dict[int, Asked[A]] = {}
        self.claims: dict[int, idempotency.Claim] = {}
        self.alone: list[int] = []
        for position in range(len(sent)):
            self._open(position)

    def run(self, handle: Callable[[Work, Sequence[Asked[A]]], Sequence[Any]]) -> None:
        if self.asked:
            with begin(self.shop.database, service=self.ask.service) as work:
                self._claim(work)
                outcomes = handle(work, list(self.asked.values()))
                settled = self._settle(work, dict(zip(self.asked, outcomes, strict=True)))
            # Only now: what is not committed may still come to nothing.
            for position, answer in settled.items():
                self.answers[position] = answer
        for position in self.alone:
            self.answers[position] = _alone(self.shop, self.ask, self.sent[position], handle)

    def _open(self, position: int) -> None:
        sent = self.sent[position]
        try:
            body = bytes(sent.body)
            asking = verify(sent.asking, self.shop.settings.actor_key, self.ask.method, body)
            if asking.deadline < time.time():
                self.answers[position] = Answer(away="the request came too late")
            elif asking.at and self.shop.settings.simulated_time:
                # A lot has one time; one that plays its own goes the way of a single request.
                self.alone.append(position)
            else:
                request = opened(body, self.ask)
                self._enter(position, asking, request)
        except Refused as refused:
            self.answers[position] = Answer(refused=refusal(refused))
        except msgspec.ValidationError as wrong:
            self.answers[position] = Answer(refused=refusal(malformed(wrong)))

    def _enter(self, position: int, asking: Asking, request: A) -> None:
        self.asked[position] = Asked(asking.actor, request, asking.correlation)
        if asking.key:
            scope = f"{self.ask.method}:{asking.actor.id}"
            digest = idempotency.digest_of(bytes(self.sent[position].body))
            self.claims[position] = idempotency.Claim(scope, asking.key, digest)

    def _claim(self, work: Work) -> None:
        """Repetitions, of earlier requests or within the lot, are set aside: a single request knows what to do."""
        free = idempotency.claim_many(work.db, list(self.claims.values()), work.now)
        for position, claim in list(self.claims.items()):
            if claim.name in free:
                free.remove(claim.name)
            else:
                del self.claims[position], self.asked[position]
                self.alone.append(position)

    def _settle(self, work: Work, outcomes: dict[int, Any]) -> dict[int, Answer]:
        settled, kept, released = {}, [], []
        for position, outcome in outcomes.items():
            claim = self.claims.get(position)
            if isinstance(outcome, Refused):
                settled[position] = Answer(refused=refusal(outcome))
                released += [claim.name] if claim else []
            else:
                result = msgspec.json.encode(outcome)
                settled[position] = Answer(result=msgspec.Raw(result))
                kept += [(*claim.name, result)] if claim else []
        idempotency.keep_many(work.db, kept)
        idempotency.release_many(work.db, released)
        return settled
