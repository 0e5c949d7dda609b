"""The public notice on a real database: what was done about public orders, masked, the last changed first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.dispatch.contracts import State, TaskAnswered, TaskClosed, TaskPublished
from services.intake import handlers
from services.intake.contracts import Channel, ListNotices, Notice, PlaceOrder
from services.kit.actor import VISITOR, Actor
from services.kit.asking import Page
from services.kit.db import Database
from services.kit.outcomes import Refused
from services.kit.sealing import Sealer
from services.kit.work import begin
from tests.unit.intake.stories import after, of_task

HAND = {"member_id": "member-1", "unit_id": None}
DAYS = 24.0
"""Hours."""


class Board:
    """Orders of one community on their way to the notice; times are hours."""

    def __init__(self, database: Database, community: str, sealer: Sealer) -> None:
        self.database, self.community, self.sealer = database, community, sealer

    def answered(self, at: float, *, private: bool = False) -> str:
        ask = PlaceOrder(
            community_code=self.community,
            channel=Channel.COMMUNITY_PAGE,
            words="3号楼2单元501漏水",
            private=private,
        )
        with begin(self.database, service="intake", actor=Actor(id="resident-7"), now=after(at)) as work:
            order_id = handlers.place_order(work, ask, self.sealer).order_id
        said = {"words": "王师傅修好了，电话13800000009", "photos": (), "on_time": True}
        self.step(order_id, TaskAnswered, 2, State.ANSWERED, at + 1, **HAND, **said)
        return order_id

    def published(self, at: float, *, private: bool = False) -> str:
        order_id = self.answered(at - 2, private=private)
        told = {"confirmed_by": "resident", "until": after(at + 72)}
        self.step(order_id, TaskPublished, 3, State.PUBLISHED, at, **told)
        return order_id

    def closed(self, at: float) -> str:
        order_id = self.published(at - 72)
        self.step(order_id, TaskClosed, 4, State.CLOSED, at, **HAND)
        return order_id

    def step(self, order_id: str, kind: Any, number: int, state: State, at: float, **more: Any) -> None:
        task = f"task-{order_id}"
        event = of_task(kind, number, state, at=after(at), task=task, orders=(order_id,), **more)
        with begin(self.database, service="intake") as work:
            handlers.record_step(work, event)

    def listed(self, now: datetime, cursor: str | None = None, limit: int = 50) -> Page[Notice]:
        with begin(self.database, service="intake", actor=VISITOR, now=now) as work:
            return handlers.list_notices(work, ListNotices(node=self.community, cursor=cursor, limit=limit))


@pytest.fixture
def board(database: Database, community: str, sealer: Sealer) -> Board:
    return Board(database, community, sealer)


def test_what_is_done_is_told_masked_and_the_last_first(board: Board) -> None:
    closed, published = board.closed(100), board.published(110)
    board.answered(120)
    board.published(130, private=True)
    found = board.listed(after(140)).items
    assert [(each.order_id, each.state) for each in found] == [(published, "published"), (closed, "closed")]
    assert (found[0].words, found[0].answer) == ("×号楼×单元×漏水", "×师傅修好了，电话***********")
    assert (found[0].answered_at, found[0].changed_at) == (after(109), after(110))


def test_closed_ones_are_told_for_thirty_days_and_those_in_notice_as_long_as_they_are(board: Board) -> None:
    closed, published = board.closed(100), board.published(90)
    day_30, later = after(100) + timedelta(days=30), after(101) + timedelta(days=30)
    assert {each.order_id for each in board.listed(day_30).items} == {closed, published}
    assert {each.order_id for each in board.listed(later).items} == {published}


def test_pages_follow_each_other(board: Board) -> None:
    newest_first = [board.published(at) for at in (100, 101, 102)][::-1]
    first = board.listed(after(200), limit=2)
    rest = board.listed(after(200), cursor=first.next, limit=2)
    assert [each.order_id for each in (*first.items, *rest.items)] == newest_first
    assert rest.next is None


def test_what_is_no_place_is_refused(database: Database) -> None:
    with pytest.raises(Refused, match="无法识别"), begin(database, service="intake") as work:
        handlers.list_notices(work, ListNotices(node="\0"))
