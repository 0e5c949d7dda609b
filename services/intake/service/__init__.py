"""Intake as a nameko service: what it answers and what it listens to."""

from __future__ import annotations

from collections.abc import Sequence

from services.dispatch.contracts import (
    CandidatesExhausted,
    CaseEscalated,
    CaseEvent,
    CaseLeft,
    CaseOpened,
    CaseProgressed,
    CaseSolved,
    HandFinished,
    HandJoined,
    HandLeft,
    HandSilent,
    HandWaived,
    HoursLogged,
    OfferDeclined,
    OfferExpired,
    OrderAppealed,
    OrderMerged,
    OrderRefused,
    SlotFreed,
    SlotOffered,
    SlotsSet,
    SlotTaken,
    TaskAccepted,
    TaskAnswered,
    TaskAssigned,
    TaskClosed,
    TaskEscalated,
    TaskEvent,
    TaskHandedDown,
    TaskMatched,
    TaskOpened,
    TaskPaused,
    TaskPublished,
    TaskRaised,
    TaskRegistered,
    TaskReleased,
    TaskReminded,
    TaskReopened,
    TaskResumed,
    TaskReturned,
    TaskSentBack,
    TaskStarted,
    TaskTakenBack,
    TaskUrged,
    TaskVerified,
    TaskWarned,
    UnitNamed,
    UnitsCalled,
)
from services.evaluation.contracts import FollowUpRecorded, OrderRated
from services.intake import handlers
from services.intake.contracts import (
    AmendOrder,
    ClaimPhotos,
    CommunityNear,
    ContactRevealed,
    CorrectVisit,
    FileFromVisit,
    FollowOrder,
    ForgetLessons,
    GetOrder,
    GetPhoto,
    GetVisit,
    HouseholdRevealed,
    KeepPhoto,
    KnownTrouble,
    LessonsForgotten,
    ListLooks,
    ListNotices,
    ListOrders,
    ListVisits,
    LookView,
    Notice,
    OrderDetail,
    OrderPlaced,
    OrderReading,
    OrderView,
    PhotoKept,
    PhotoSeen,
    PlaceOrder,
    PublicOrders,
    PublicStep,
    PublicSteps,
    Reading,
    ReadOrder,
    ReadOrders,
    ReadWords,
    RecordVisit,
    RevealContact,
    RevealHousehold,
    SimilarOrder,
    SimilarOrders,
    SimilarTo,
    VisitDetail,
    VisitFigures,
    VisitFiguresView,
    VisitRecorded,
    VisitView,
    Whereabouts,
    picture_key,
)
from services.intake.domain.similar.shelf import Shelf
from services.intake.service.wishes import Wishes
from services.intake.store.communities import Communities
from services.kit.asking import Asked, Done, Page
from services.kit.envelope import Envelope
from services.kit.lots import answers_lots
from services.kit.outcomes import Refused
from services.kit.service import answers, every, on
from services.kit.work import Work
from services.members.contracts import FirmPaired, NodesRegistered


class Intake(Wishes):
    """Orders: what residents said, who may see it, and how it stands."""

    name = "intake"

    @answers(PlaceOrder)
    def place_order(self, work: Work, ask: PlaceOrder) -> OrderPlaced:
        return handlers.place_order(work, ask, self.sealer)

    @answers_lots(PlaceOrder)
    def place_orders(self, work: Work, lot: Sequence[Asked[PlaceOrder]]) -> list[OrderPlaced | Refused]:
        return handlers.place_orders(work, lot, self.sealer, communities=self.shop.kept(Communities))

    @answers(GetOrder)
    def get_order(self, work: Work, ask: GetOrder) -> OrderDetail:
        return handlers.get_order(work, ask)

    @answers(FollowOrder)
    def follow_order(self, work: Work, ask: FollowOrder) -> OrderDetail:
        return handlers.follow_order(work, ask)

    @answers(ListOrders)
    def list_orders(self, work: Work, ask: ListOrders) -> Page[OrderView]:
        return handlers.list_orders(work, ask)

    @answers(ListNotices)
    def list_notices(self, work: Work, ask: ListNotices) -> Page[Notice]:
        return handlers.list_notices(work, ask)

    @answers(AmendOrder)
    def amend_order(self, work: Work, ask: AmendOrder) -> OrderDetail:
        return handlers.amend_order(work, ask)

    @answers(KeepPhoto)
    def keep_photo(self, work: Work, ask: KeepPhoto) -> PhotoKept:
        return handlers.keep_photo(work, ask)

    @answers(ClaimPhotos)
    def claim_photos(self, work: Work, ask: ClaimPhotos) -> Done:
        return handlers.claim_photos(work, ask)

    @answers(GetPhoto)
    def get_photo(self, work: Work, ask: GetPhoto) -> PhotoSeen:
        return handlers.get_photo(work, ask)

    @every(seconds=3600)
    def unused_photos(self, work: Work) -> None:
        """Pictures first: if one cannot be removed, its row stays, and the next hour tries again."""
        pictures = self.settings.photos
        if pictures is None:
            return
        for photo_id in handlers.drop_unused_photos(work):
            for small in (False, True):
                pictures.delete(picture_key(photo_id, small=small))

    @answers(PublicOrders)
    def public_orders(self, work: Work, ask: PublicOrders) -> tuple[OrderView, ...]:
        return handlers.public_orders(work, ask)

    @answers(PublicSteps)
    def public_steps(self, work: Work, ask: PublicSteps) -> tuple[PublicStep, ...]:
        return handlers.public_steps_between(work, ask)

    @answers(CommunityNear)
    def community_near(self, work: Work, ask: CommunityNear) -> Whereabouts:
        return handlers.community_near(work, ask)

    @answers(ListLooks)
    def list_looks(self, work: Work, ask: ListLooks) -> Page[LookView]:
        return handlers.list_looks(work, ask)

    @answers(RevealContact)
    def reveal_contact(self, work: Work, ask: RevealContact) -> ContactRevealed:
        return handlers.reveal_contact(work, ask, self.sealer)

    @answers(ReadOrder)
    def read_order(self, work: Work, ask: ReadOrder) -> Reading:
        return handlers.read_order(work, ask)

    @answers(ReadOrders)
    def read_orders(self, work: Work, ask: ReadOrders) -> tuple[OrderReading, ...]:
        return handlers.read_orders(work, ask)

    @answers(ReadWords)
    def read_words(self, work: Work, ask: ReadWords) -> Reading:
        return handlers.read_words(work, ask)

    @answers(ForgetLessons)
    def forget_lessons(self, work: Work, ask: ForgetLessons) -> LessonsForgotten:
        return handlers.forget_lessons(work, ask)

    @every(seconds=2)
    def lessons(self, work: Work) -> bool:
        return handlers.count_lessons(work) > 0

    @answers(SimilarOrders)
    def similar_orders(self, work: Work, ask: SimilarOrders) -> tuple[SimilarOrder, ...]:
        return handlers.similar_orders(work, ask, self.shop.kept(Shelf))

    @answers(SimilarTo)
    def similar_to(self, work: Work, ask: SimilarTo) -> tuple[KnownTrouble, ...]:
        return handlers.similar_to(work, ask, self.shop.kept(Shelf))

    @answers(RecordVisit)
    def record_visit(self, work: Work, ask: RecordVisit) -> VisitRecorded:
        return handlers.record_visit(work, ask, self.sealer)

    @answers(FileFromVisit)
    def file_from_visit(self, work: Work, ask: FileFromVisit) -> VisitRecorded:
        return handlers.file_from_visit(work, ask, self.sealer)

    @answers(CorrectVisit)
    def correct_visit(self, work: Work, ask: CorrectVisit) -> VisitView:
        return handlers.correct_visit(work, ask, self.sealer)

    @answers(GetVisit)
    def get_visit(self, work: Work, ask: GetVisit) -> VisitDetail:
        return handlers.get_visit(work, ask, self.sealer)

    @answers(ListVisits)
    def list_visits(self, work: Work, ask: ListVisits) -> Page[VisitView]:
        return handlers.list_visits(work, ask, self.sealer)

    @answers(RevealHousehold)
    def reveal_household(self, work: Work, ask: RevealHousehold) -> HouseholdRevealed:
        return handlers.reveal_household(work, ask, self.sealer)

    @answers(VisitFigures)
    def visit_figures(self, work: Work, ask: VisitFigures) -> VisitFiguresView:
        return handlers.visit_figures(work, ask)

    @every(seconds=1)
    def new_orders(self, work: Work) -> None:
        handlers.read_new_orders(work, self.shop.kept(Shelf))

    @on(CaseOpened, CaseLeft, CaseProgressed, CaseEscalated, CaseSolved)
    def record_case(self, work: Work, told: Envelope[CaseEvent]) -> None:
        handlers.record_case(work, told)

    @on(NodesRegistered)
    def nodes_registered(self, work: Work, told: Envelope[NodesRegistered]) -> None:
        handlers.nodes_registered(work, told)

    @on(FirmPaired)
    def firm_paired(self, work: Work, told: Envelope[FirmPaired]) -> None:
        handlers.firm_paired(work, told)

    @on(OrderRated)
    def order_rated(self, work: Work, told: Envelope[OrderRated]) -> None:
        handlers.order_rated(work, told)

    @on(FollowUpRecorded)
    def follow_up_recorded(self, work: Work, told: Envelope[FollowUpRecorded]) -> None:
        handlers.follow_up_recorded(work, told)

    @on(
        OrderRefused,
        OrderAppealed,
        OrderMerged,
        TaskRegistered,
        TaskOpened,
        TaskMatched,
        CandidatesExhausted,
        TaskAssigned,
        TaskAccepted,
        OfferDeclined,
        OfferExpired,
        TaskStarted,
        TaskReleased,
        TaskReturned,
        TaskTakenBack,
        UnitNamed,
        TaskPaused,
        TaskResumed,
        TaskAnswered,
        TaskVerified,
        TaskSentBack,
        TaskPublished,
        TaskReminded,
        TaskReopened,
        TaskClosed,
        TaskWarned,
        TaskUrged,
        TaskEscalated,
        TaskRaised,
        TaskHandedDown,
        SlotsSet,
        SlotOffered,
        SlotTaken,
        SlotFreed,
        HoursLogged,
        UnitsCalled,
        HandJoined,
        HandSilent,
        HandFinished,
        HandLeft,
        HandWaived,
    )
    def record_step(self, work: Work, told: Envelope[TaskEvent]) -> None:
        handlers.record_step(work, told)


SERVICE = Intake
