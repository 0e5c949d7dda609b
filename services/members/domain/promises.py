"""Promises made in public: what may be promised, and how it stands on a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.kit.outcomes import invalid
from services.members.contracts import Commitment, ItemState, PromisedItem
from services.members.domain.words import plain_words

CITY = ZoneInfo("Asia/Shanghai")
MOST_ITEMS = 10
LONGEST_WORDS = 200
FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something promised; ``number`` counts from 1, ``due`` is the last day for it."""

    number: int
    words: str
    due: date
    done_at: datetime | None = None
    done_words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """``node`` is the place the member served when the promise was made."""

    id: str
    member_id: str
    post_id: str | None
    node: str
    items: tuple[Item, ...]
    made_at: datetime
    retracted_why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A promise with the names that stand beside it in public."""

    promise: Promise
    name: str
    unit_name: str | None
    post_title: str | None


def day_of(moment: datetime) -> date:
    """The city's day."""
    return moment.astimezone(CITY).date()


def items_of(promised: Sequence[PromisedItem], now: datetime) -> tuple[Item, ...]:
    """What is promised, checked: each by a day from today to a year hence."""
    if not 1 <= len(promised) <= MOST_ITEMS:
        raise invalid("items", f"须承诺 1 至 {MOST_ITEMS} 项")
    return tuple(numbered("items", promised, 0, now))


def numbered(
    field: str, said: Sequence[PromisedItem | Commitment], known: int, now: datetime
) -> Iterator[Item]:
    """What is said in a form's ``field``, checked and numbered on from the ``known`` ones."""
    today = day_of(now)
    for place, item in enumerate(said):
        if not today <= item.due <= today + FURTHEST:
            raise invalid(f"{field}.{place}.due", "完成期限须在今天至一年以内")
        words = plain_words(item.words, f"{field}.{place}.words", LONGEST_WORDS)
        yield Item(number=known + place + 1, words=words, due=item.due)


def state_of(item: Item, now: datetime) -> ItemState:
    """How an item stands: the day it is due counts in full."""
    if item.done_at is not None:
        return ItemState.DONE if day_of(item.done_at) <= item.due else ItemState.LATE
    return ItemState.OPEN if day_of(now) <= item.due else ItemState.OVERDUE
