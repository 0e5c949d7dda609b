from datetime import UTC, date, datetime, timedelta

import pytest

from services.kit.outcomes import Refused
from services.members.contracts import ItemState, PromisedItem
from services.members.domain.promises import Item, items_of, state_of

# Half an hour before midnight in the city, on the 2nd.
NOW = datetime(2026, 3, 2, 15, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def item(due: date, done_at: datetime | None = None) -> Item:
    return Item(number=1, words="走访五户", due=due, done_at=done_at)


def test_the_day_that_is_due_counts_in_full() -> None:
    assert state_of(item(TODAY), NOW) is ItemState.OPEN
    assert state_of(item(TODAY), NOW + timedelta(hours=1)) is ItemState.OVERDUE


def test_what_was_done_after_its_day_stays_late() -> None:
    assert state_of(item(TODAY, done_at=NOW), NOW + timedelta(days=9)) is ItemState.DONE
    assert state_of(item(TODAY, done_at=NOW + timedelta(hours=1)), NOW + timedelta(days=9)) is ItemState.LATE


def test_items_are_numbered_in_their_order() -> None:
    promised = (PromisedItem(words=" 走访 ", due=TODAY), PromisedItem(words="修灯", due=TODAY))
    assert items_of(promised, NOW) == (
        Item(number=1, words="走访", due=TODAY),
        Item(number=2, words="修灯", due=TODAY),
    )


@pytest.mark.parametrize(
    ("words", "due", "field"),
    [
        ("走访", TODAY - timedelta(days=1), "items.0.due"),
        ("走访", TODAY + timedelta(days=367), "items.0.due"),
        ("", TODAY, "items.0.words"),
        ("打 13800000001", TODAY, "items.0.words"),
    ],
)
def test_a_promise_names_the_item_that_is_wrong(words: str, due: date, field: str) -> None:
    with pytest.raises(Refused) as refused:
        items_of((PromisedItem(words=words, due=due),), NOW)
    assert refused.value.field == field


@pytest.mark.parametrize("count", [0, 11])
def test_a_promise_has_one_to_ten_items(count: int) -> None:
    with pytest.raises(Refused) as refused:
        items_of((PromisedItem(words="走访", due=TODAY),) * count, NOW)
    assert refused.value.field == "items"
