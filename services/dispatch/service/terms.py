"""What a place lets people grab, asks them for, promises and falls back on; the nearest node above counts."""

from __future__ import annotations

from services.dispatch import contracts, handlers
from services.kit.service import Service, answers
from services.kit.work import Work


class Terms(Service):
    @answers(contracts.GetGrabLimits)
    def get_grab_limits(self, work: Work, ask: contracts.GetGrabLimits) -> contracts.GrabLimitsView:
        return handlers.get_grab_limits(work, ask)

    @answers(contracts.SetGrabLimits)
    def set_grab_limits(self, work: Work, ask: contracts.SetGrabLimits) -> contracts.GrabLimitsView:
        return handlers.set_grab_limits(work, ask)

    @answers(contracts.UnsetGrabLimits)
    def unset_grab_limits(self, work: Work, ask: contracts.UnsetGrabLimits) -> contracts.GrabLimitsView:
        return handlers.unset_grab_limits(work, ask)

    @answers(contracts.GetOfferTerms)
    def get_offer_terms(self, work: Work, ask: contracts.GetOfferTerms) -> contracts.OfferTermsView:
        return handlers.get_offer_terms(work, ask)

    @answers(contracts.SetOfferTerms)
    def set_offer_terms(self, work: Work, ask: contracts.SetOfferTerms) -> contracts.OfferTermsView:
        return handlers.set_offer_terms(work, ask)

    @answers(contracts.UnsetOfferTerms)
    def unset_offer_terms(self, work: Work, ask: contracts.UnsetOfferTerms) -> contracts.OfferTermsView:
        return handlers.unset_offer_terms(work, ask)

    @answers(contracts.GetPromisedTimes)
    def get_promised_times(self, work: Work, ask: contracts.GetPromisedTimes) -> contracts.PromisedTimesView:
        return handlers.get_promised_times(work, ask)

    @answers(contracts.SetPromisedTimes)
    def set_promised_times(self, work: Work, ask: contracts.SetPromisedTimes) -> contracts.PromisedTimesView:
        return handlers.set_promised_times(work, ask)

    @answers(contracts.UnsetPromisedTimes)
    def unset_promised_times(
        self, work: Work, ask: contracts.UnsetPromisedTimes
    ) -> contracts.PromisedTimesView:
        return handlers.unset_promised_times(work, ask)

    @answers(contracts.GetLastResort)
    def get_last_resort(self, work: Work, ask: contracts.GetLastResort) -> contracts.LastResortView:
        return handlers.get_last_resort(work, ask)

    @answers(contracts.SetLastResort)
    def set_last_resort(self, work: Work, ask: contracts.SetLastResort) -> contracts.LastResortView:
        return handlers.set_last_resort(work, ask)

    @answers(contracts.UnsetLastResort)
    def unset_last_resort(self, work: Work, ask: contracts.UnsetLastResort) -> contracts.LastResortView:
        return handlers.unset_last_resort(work, ask)
