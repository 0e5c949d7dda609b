"""Intake as a nameko service: what it answers and what it listens to."""

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
from services.evaluation.contracts import FollowUpRecorded, OrderRated
from services.intake import handlers
from services.intake.contracts import (
    AmendOrder,
    ContactRevealed,
    FollowOrder,
    GetOrder,
    ListOrders,
    OrderDetail,
    OrderPlaced,
    OrderView,
    PlaceOrder,
    RevealContact,
)
from services.kit.asking import Page
from services.kit.envelope import Envelope
from services.kit.service import Service, answers, on
from services.kit.work import Work
from services.members.contracts import NodesRegistered


class Intake(Service):
    """Orders: what residents said, who may see it, and how it stands."""

    name = "intake"

    @answers(PlaceOrder)
    def place_order(self, work: Work, ask: PlaceOrder) -> OrderPlaced:
        return handlers.place_order(work, ask, self.sealer)

    @answers(GetOrder)
    def get_order(self, work: Work, ask: GetOrder) -> OrderDetail:
        return handlers.get_order(work, ask)

    @answers(FollowOrder)
    def follow_order(self, work: Work, ask: FollowOrder) -> OrderDetail:
        return handlers.follow_order(work, ask)

    @answers(ListOrders)
    def list_orders(self, work: Work, ask: ListOrders) -> Page[OrderView]:
        return handlers.list_orders(work, ask)

    @answers(AmendOrder)
    def amend_order(self, work: Work, ask: AmendOrder) -> OrderDetail:
        return handlers.amend_order(work, ask)

    @answers(RevealContact)
    def reveal_contact(self, work: Work, ask: RevealContact) -> ContactRevealed:
        return handlers.reveal_contact(work, ask, self.sealer)

    @on(NodesRegistered)
    def nodes_registered(self, work: Work, told: Envelope[NodesRegistered]) -> None:
        handlers.nodes_registered(work, told)

    @on(OrderRated)
    def order_rated(self, work: Work, told: Envelope[OrderRated]) -> None:
        handlers.order_rated(work, told)

    @on(FollowUpRecorded)
    def follow_up_recorded(self, work: Work, told: Envelope[FollowUpRecorded]) -> None:
        handlers.follow_up_recorded(work, told)

    @on(OrderRefused)
    def order_refused(self, work: Work, told: Envelope[OrderRefused]) -> None:
        handlers.record_step(work, told)

    @on(OrderAppealed)
    def order_appealed(self, work: Work, told: Envelope[OrderAppealed]) -> None:
        handlers.record_step(work, told)

    @on(OrderMerged)
    def order_merged(self, work: Work, told: Envelope[OrderMerged]) -> None:
        handlers.record_step(work, told)

    @on(TaskRegistered)
    def task_registered(self, work: Work, told: Envelope[TaskRegistered]) -> None:
        handlers.record_step(work, told)

    @on(TaskOpened)
    def task_opened(self, work: Work, told: Envelope[TaskOpened]) -> None:
        handlers.record_step(work, told)

    @on(TaskAssigned)
    def task_assigned(self, work: Work, told: Envelope[TaskAssigned]) -> None:
        handlers.record_step(work, told)

    @on(TaskAccepted)
    def task_accepted(self, work: Work, told: Envelope[TaskAccepted]) -> None:
        handlers.record_step(work, told)

    @on(OfferDeclined)
    def offer_declined(self, work: Work, told: Envelope[OfferDeclined]) -> None:
        handlers.record_step(work, told)

    @on(OfferExpired)
    def offer_expired(self, work: Work, told: Envelope[OfferExpired]) -> None:
        handlers.record_step(work, told)

    @on(TaskStarted)
    def task_started(self, work: Work, told: Envelope[TaskStarted]) -> None:
        handlers.record_step(work, told)

    @on(TaskReturned)
    def task_returned(self, work: Work, told: Envelope[TaskReturned]) -> None:
        handlers.record_step(work, told)

    @on(TaskPaused)
    def task_paused(self, work: Work, told: Envelope[TaskPaused]) -> None:
        handlers.record_step(work, told)

    @on(TaskResumed)
    def task_resumed(self, work: Work, told: Envelope[TaskResumed]) -> None:
        handlers.record_step(work, told)

    @on(TaskAnswered)
    def task_answered(self, work: Work, told: Envelope[TaskAnswered]) -> None:
        handlers.record_step(work, told)

    @on(TaskVerified)
    def task_verified(self, work: Work, told: Envelope[TaskVerified]) -> None:
        handlers.record_step(work, told)

    @on(TaskSentBack)
    def task_sent_back(self, work: Work, told: Envelope[TaskSentBack]) -> None:
        handlers.record_step(work, told)

    @on(TaskPublished)
    def task_published(self, work: Work, told: Envelope[TaskPublished]) -> None:
        handlers.record_step(work, told)

    @on(TaskReopened)
    def task_reopened(self, work: Work, told: Envelope[TaskReopened]) -> None:
        handlers.record_step(work, told)

    @on(TaskClosed)
    def task_closed(self, work: Work, told: Envelope[TaskClosed]) -> None:
        handlers.record_step(work, told)

    @on(TaskUrged)
    def task_urged(self, work: Work, told: Envelope[TaskUrged]) -> None:
        handlers.record_step(work, told)


SERVICE = Intake
