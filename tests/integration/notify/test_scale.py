"""What telling of an event costs does not grow with what its readers have left unread."""

from __future__ import annotations

from sqlalchemy import text

from services.dispatch.contracts import State, TaskClosed
from services.kit.testing import rows_read
from services.kit.work import begin
from services.notify import handlers
from services.notify.domain.messages import Message
from services.notify.store.messages import insert_messages
from tests.integration.notify.town import Town
from tests.unit.intake.stories import after, of_task

UNREAD = 3_000
FEW = 50


def test_an_event_reads_a_few_messages_however_many_lie_unread(town: Town) -> None:
    order = town.collect()
    event = of_task(
        TaskClosed, 1, State.CLOSED, by=None, orders=(order,), task="task", member_id=None, unit_id=None
    )
    with begin(town.database, service="notify") as work:
        insert_messages(
            work.db,
            [
                Message(
                    message_id=work.new_id(),
                    told_id=work.new_id(),
                    recipient=town.person("resident"),
                    kind=event.body.type,
                    title="",
                    words="",
                    order_id=None,
                    task_id=None,
                    sent_at=after(0),
                    act=work.new_id(),
                )
                for _ in range(UNREAD)
            ],
        )
        work.db.execute(text("ANALYZE messages"))  # as the server does by itself after a while
    with begin(town.database, service="notify") as work:
        before = rows_read(work.db, "messages")
        handlers.tell(work, event)
        assert rows_read(work.db, "messages") - before < FEW
