"""One's own messages: pages, unread, read."""

from __future__ import annotations

import pytest

from services.intake.contracts import OrderAmended
from services.kit.actor import VISITOR, Actor
from services.kit.outcomes import Refused
from services.kit.work import begin
from services.members.contracts import Role
from services.notify import handlers
from services.notify.contracts import CountUnread, ListMessages, MarkRead
from tests.integration.notify.town import Town, envelope
from tests.unit.intake.stories import after


@pytest.fixture
def reader(town: Town) -> Actor:
    """A liaison with one message about a new order and four about additions to it."""
    account = town.grant("liaison", Role.LIAISON, town.community)
    order_id = town.collect()
    for sequence in (2, 3, 4, 4):
        town.happens(
            envelope(OrderAmended(order_id=order_id, by=None, amended_at=after(sequence)), sequence=sequence)
        )
    return Actor(id=account)


def unread(town: Town, reader: Actor) -> int:
    with begin(town.database, service="notify", actor=reader) as work:
        return handlers.count_unread(work, CountUnread()).count


def mark(town: Town, reader: Actor, message_id: str | None, *, hours: float = 9) -> None:
    with begin(town.database, service="notify", actor=reader, now=after(hours)) as work:
        handlers.mark_read(work, MarkRead(message_id=message_id))


def test_pages_newest_first_without_gap_or_overlap(town: Town, reader: Actor) -> None:
    pages, cursor = [], None
    while True:
        with begin(town.database, service="notify", actor=reader) as work:
            page = handlers.list_messages(work, ListMessages(limit=2, cursor=cursor))
        pages.append(page.items)
        cursor = page.next
        if cursor is None:
            break
    assert [[message.sent_at for message in items] for items in pages] == [
        [after(4), after(4)],
        [after(3), after(2)],
        [after(1)],
    ]
    assert len({message.message_id for items in pages for message in items}) == 5


def test_reading_one_and_then_all(town: Town, reader: Actor) -> None:
    assert unread(town, reader) == 5
    newest = town.inbox("liaison")[0].message_id
    mark(town, reader, newest, hours=6)
    mark(town, reader, newest, hours=7)
    assert unread(town, reader) == 4
    assert newest not in {message.message_id for message in town.inbox("liaison", unread=True)}
    mark(town, reader, None)
    assert unread(town, reader) == 0
    assert [message.read_at for message in town.inbox("liaison")] == [after(6)] + [after(9)] * 4


def test_anothers_message_is_not_there(town: Town, reader: Actor) -> None:
    message_id = town.inbox("liaison")[0].message_id
    for asker in (Actor(id=town.person("resident")), VISITOR):
        with pytest.raises(Refused) as refused:
            mark(town, asker, message_id)
        assert (refused.value.slug, refused.value.status) == ("no-such-message", 404)
        mark(town, asker, None)
    assert unread(town, reader) == 5


def test_a_visitor_has_no_messages(town: Town) -> None:
    assert unread(town, VISITOR) == 0
    with begin(town.database, service="notify", actor=VISITOR) as work:
        assert handlers.list_messages(work, ListMessages()).items == ()


def test_a_broken_cursor_is_named(town: Town, reader: Actor) -> None:
    with begin(town.database, service="notify", actor=reader) as work, pytest.raises(Refused) as refused:
        handlers.list_messages(work, ListMessages(cursor="x"))
    assert (refused.value.status, refused.value.field) == (400, "cursor")
