"""Notify as a nameko service: what it answers, what it listens to, what it does on the clock."""

from __future__ import annotations

from services.intake.contracts import OrderCollected
from services.kit.asking import Done, Page
from services.kit.envelope import Envelope, Event
from services.kit.service import Service, answers, every, on
from services.kit.work import Work
from services.members.contracts import MemberCheckedIn, MemberCheckedOut, RoleGranted, RoleRevoked
from services.notify import handlers
from services.notify.contracts import (
    CaughtMessage,
    CountUnread,
    ListCaught,
    ListMessages,
    MarkRead,
    MessageView,
    SendCode,
    Unread,
)
from services.notify.domain.tellings import TABLE


class Notify(Service):
    """Messages to people: each step of an order to those whom it concerns."""

    name = "notify"

    @answers(ListMessages)
    def list_messages(self, work: Work, ask: ListMessages) -> Page[MessageView]:
        return handlers.list_messages(work, ask)

    @answers(CountUnread)
    def count_unread(self, work: Work, ask: CountUnread) -> Unread:
        return handlers.count_unread(work, ask)

    @answers(MarkRead)
    def mark_read(self, work: Work, ask: MarkRead) -> Done:
        return handlers.mark_read(work, ask)

    @answers(SendCode)
    def send_code(self, work: Work, ask: SendCode) -> Done:
        channel = handlers.catcher_for(work, self.sealer) if self.settings.catcher else None
        return handlers.send_code(work, ask, channel)

    @answers(ListCaught)
    def list_caught(self, work: Work, ask: ListCaught) -> Page[CaughtMessage]:
        return handlers.list_caught(work, ask, self.sealer, catching=self.settings.catcher)

    @every(seconds=600)
    def forget_caught(self, work: Work) -> None:
        handlers.forget_caught(work)

    @on(RoleGranted)
    def role_granted(self, work: Work, told: Envelope[RoleGranted]) -> None:
        handlers.role_granted(work, told)

    @on(RoleRevoked)
    def role_revoked(self, work: Work, told: Envelope[RoleRevoked]) -> None:
        handlers.role_revoked(work, told)

    @on(MemberCheckedIn)
    def member_checked_in(self, work: Work, told: Envelope[MemberCheckedIn]) -> None:
        handlers.member_checked_in(work, told)

    @on(MemberCheckedOut)
    def member_checked_out(self, work: Work, told: Envelope[MemberCheckedOut]) -> None:
        handlers.member_checked_out(work, told)

    @on(OrderCollected)
    def order_collected(self, work: Work, told: Envelope[OrderCollected]) -> None:
        handlers.order_collected(work, told)

    @on(*(event for event in TABLE if event is not OrderCollected))
    def tell(self, work: Work, told: Envelope[Event]) -> None:
        handlers.tell(work, told)


SERVICE = Notify
