"""Notify as a nameko service: what it answers, what it listens to, what it does on the clock."""

from __future__ import annotations

from services.dispatch.contracts import (
    OfferDeclined,
    OfferExpired,
    OrderAppealed,
    OrderMerged,
    OrderRefused,
    TaskAccepted,
    TaskAnswered,
    TaskAssigned,
    TaskClosed,
    TaskOpened,
    TaskPaused,
    TaskPublished,
    TaskRegistered,
    TaskReopened,
    TaskResumed,
    TaskReturned,
    TaskSentBack,
    TaskStarted,
    TaskUrged,
    TaskVerified,
)
from services.evaluation.contracts import PointsAwarded
from services.intake.contracts import OrderAmended, OrderCollected
from services.kit.asking import Done, Page
from services.kit.envelope import Envelope
from services.kit.service import Service, answers, every, on
from services.kit.work import Work
from services.members.contracts import MemberCheckedIn, RoleGranted, RoleRevoked
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

    @on(OrderCollected)
    def order_collected(self, work: Work, told: Envelope[OrderCollected]) -> None:
        handlers.order_collected(work, told)

    @on(OrderAmended)
    def order_amended(self, work: Work, told: Envelope[OrderAmended]) -> None:
        handlers.tell(work, told)

    @on(OrderRefused)
    def order_refused(self, work: Work, told: Envelope[OrderRefused]) -> None:
        handlers.tell(work, told)

    @on(OrderAppealed)
    def order_appealed(self, work: Work, told: Envelope[OrderAppealed]) -> None:
        handlers.tell(work, told)

    @on(OrderMerged)
    def order_merged(self, work: Work, told: Envelope[OrderMerged]) -> None:
        handlers.tell(work, told)

    @on(TaskRegistered)
    def task_registered(self, work: Work, told: Envelope[TaskRegistered]) -> None:
        handlers.tell(work, told)

    @on(TaskOpened)
    def task_opened(self, work: Work, told: Envelope[TaskOpened]) -> None:
        handlers.tell(work, told)

    @on(TaskAssigned)
    def task_assigned(self, work: Work, told: Envelope[TaskAssigned]) -> None:
        handlers.tell(work, told)

    @on(TaskAccepted)
    def task_accepted(self, work: Work, told: Envelope[TaskAccepted]) -> None:
        handlers.tell(work, told)

    @on(OfferDeclined)
    def offer_declined(self, work: Work, told: Envelope[OfferDeclined]) -> None:
        handlers.tell(work, told)

    @on(OfferExpired)
    def offer_expired(self, work: Work, told: Envelope[OfferExpired]) -> None:
        handlers.tell(work, told)

    @on(TaskStarted)
    def task_started(self, work: Work, told: Envelope[TaskStarted]) -> None:
        handlers.tell(work, told)

    @on(TaskReturned)
    def task_returned(self, work: Work, told: Envelope[TaskReturned]) -> None:
        handlers.tell(work, told)

    @on(TaskPaused)
    def task_paused(self, work: Work, told: Envelope[TaskPaused]) -> None:
        handlers.tell(work, told)

    @on(TaskResumed)
    def task_resumed(self, work: Work, told: Envelope[TaskResumed]) -> None:
        handlers.tell(work, told)

    @on(TaskAnswered)
    def task_answered(self, work: Work, told: Envelope[TaskAnswered]) -> None:
        handlers.tell(work, told)

    @on(TaskVerified)
    def task_verified(self, work: Work, told: Envelope[TaskVerified]) -> None:
        handlers.tell(work, told)

    @on(TaskSentBack)
    def task_sent_back(self, work: Work, told: Envelope[TaskSentBack]) -> None:
        handlers.tell(work, told)

    @on(TaskPublished)
    def task_published(self, work: Work, told: Envelope[TaskPublished]) -> None:
        handlers.tell(work, told)

    @on(TaskReopened)
    def task_reopened(self, work: Work, told: Envelope[TaskReopened]) -> None:
        handlers.tell(work, told)

    @on(TaskClosed)
    def task_closed(self, work: Work, told: Envelope[TaskClosed]) -> None:
        handlers.tell(work, told)

    @on(TaskUrged)
    def task_urged(self, work: Work, told: Envelope[TaskUrged]) -> None:
        handlers.tell(work, told)

    @on(PointsAwarded)
    def points_awarded(self, work: Work, told: Envelope[PointsAwarded]) -> None:
        handlers.tell(work, told)


SERVICE = Notify
