"""People's own messages."""

from __future__ import annotations

from services.kit.asking import Done, Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work
from services.notify.contracts import CountUnread, ListMessages, MarkRead, MessageView, Slug, Theme, Unread
from services.notify.domain.messages import Message
from services.notify.store import messages


def list_messages(work: Work, ask: ListMessages) -> Page[MessageView]:
    limit = bounded(ask.limit)
    found = messages.list_messages(
        work.db,
        work.actor.id,
        unread=ask.unread,
        bundle=ask.bundle,
        before=decode_moment_cursor(ask.cursor),
        limit=limit + 1,
    )
    return page_of(found, limit, key=lambda message: (message.sent_at, message.message_id), view=_view)


def count_unread(work: Work, _: CountUnread) -> Unread:
    return Unread(count=messages.count_unread(work.db, work.actor.id))


def mark_read(work: Work, ask: MarkRead) -> Done:
    """Raises Refused (no-such-message), also for another's."""
    if ask.message_id is None:
        messages.mark_all_read(work.db, work.actor.id, work.now)
    elif not messages.mark_read(work.db, work.actor.id, ask.message_id, work.now):
        raise Refused(Slug.NO_SUCH_MESSAGE, "没有这条消息", status=404)
    return Done()


def _view(message: Message) -> MessageView:
    return MessageView(
        message_id=message.message_id,
        kind=message.kind,
        title=message.title,
        words=message.words,
        order_id=message.order_id,
        task_id=message.task_id,
        sent_at=message.sent_at,
        read_at=message.read_at,
        theme=Theme(message.theme),
        others=message.others,
        wish_id=message.wish_id,
    )
