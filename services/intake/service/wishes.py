"""Small wishes: collected, checked, shown, claimed, fulfilled; and the clock of claims."""

from __future__ import annotations

from services.intake import handlers
from services.intake.contracts import (
    ClaimsEnded,
    ClaimWish,
    ConfirmWish,
    ContactRevealed,
    EndClaims,
    GetWish,
    GiveWishBack,
    ListWishes,
    MakeWish,
    RefuseWish,
    ReportWish,
    RevealWishContact,
    SendWishBack,
    ShowWish,
    WishFigures,
    WishFiguresView,
    WishView,
    WithdrawWish,
)
from services.kit.asking import Page
from services.kit.service import Service, answers, every
from services.kit.work import Work


class Wishes(Service):
    @answers(MakeWish)
    def make_wish(self, work: Work, ask: MakeWish) -> WishView:
        return handlers.make_wish(work, ask, self.sealer)

    @answers(GetWish)
    def get_wish(self, work: Work, ask: GetWish) -> WishView:
        return handlers.get_wish(work, ask)

    @answers(ListWishes)
    def list_wishes(self, work: Work, ask: ListWishes) -> Page[WishView]:
        return handlers.list_wishes(work, ask)

    @answers(WishFigures)
    def wish_figures(self, work: Work, ask: WishFigures) -> WishFiguresView:
        return handlers.wish_figures(work, ask)

    @answers(ShowWish)
    def show_wish(self, work: Work, ask: ShowWish) -> WishView:
        return handlers.show_wish(work, ask)

    @answers(RefuseWish)
    def refuse_wish(self, work: Work, ask: RefuseWish) -> WishView:
        return handlers.refuse_wish(work, ask)

    @answers(WithdrawWish)
    def withdraw_wish(self, work: Work, ask: WithdrawWish) -> WishView:
        return handlers.withdraw_wish(work, ask)

    @answers(ClaimWish)
    def claim_wish(self, work: Work, ask: ClaimWish) -> WishView:
        return handlers.claim_wish(work, ask)

    @answers(GiveWishBack)
    def give_wish_back(self, work: Work, ask: GiveWishBack) -> WishView:
        return handlers.give_wish_back(work, ask)

    @answers(ReportWish)
    def report_wish(self, work: Work, ask: ReportWish) -> WishView:
        return handlers.report_wish(work, ask)

    @answers(SendWishBack)
    def send_wish_back(self, work: Work, ask: SendWishBack) -> WishView:
        return handlers.send_wish_back(work, ask)

    @answers(ConfirmWish)
    def confirm_wish(self, work: Work, ask: ConfirmWish) -> WishView:
        return handlers.confirm_wish(work, ask)

    @answers(RevealWishContact)
    def reveal_wish_contact(self, work: Work, ask: RevealWishContact) -> ContactRevealed:
        return handlers.reveal_wish_contact(work, ask, self.sealer)

    @answers(EndClaims)
    def end_claims(self, work: Work, _ask: EndClaims) -> ClaimsEnded:
        return handlers.end_claims(work, simulated=self.settings.simulated_time)

    @every(seconds=60)
    def claims(self, work: Work) -> bool:
        return not self.settings.simulated_time and handlers.end_due_claims(work) > 0
