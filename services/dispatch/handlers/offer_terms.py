"""On what terms the matcher asks: looking at them, setting them, and finding those that hold for a task."""

from __future__ import annotations

from services.dispatch.contracts import GetOfferTerms, OfferTermsView, SetOfferTerms, UnsetOfferTerms
from services.dispatch.domain import rules, waves
from services.dispatch.domain.matching.budget import USUAL, OfferTerms, Quiet
from services.dispatch.store import offer_terms
from services.dispatch.store.offer_terms import SETTINGS, SetTerms
from services.kit.work import Work

MOST_OFFERS = 1000
DAY = 24 * 60
"""Minutes."""

BOUNDS = {
    "most_a_day": (1, MOST_OFFERS),
    "most_a_week": (1, MOST_OFFERS),
    "most_a_task": (1, 10),
    "quiet_from": (0, DAY - 1),
    "quiet_until": (0, DAY - 1),
    "hold_minutes": (1, waves.LONGEST_HOLD_MINUTES),
    "emergency_hold_minutes": (1, waves.LONGEST_HOLD_MINUTES),
    "wave": (1, waves.LARGEST_WAVE),
    "urgent_wave": (1, waves.LARGEST_WAVE),
}


def get_offer_terms(work: Work, ask: GetOfferTerms) -> OfferTermsView:
    return _view(rules.place(ask.node), offer_terms.terms_at(work.db, ask.node))


def set_offer_terms(work: Work, ask: SetOfferTerms) -> OfferTermsView:
    rules.check_setting(work.actor, ask.node)
    rules.check_bounds(ask, BOUNDS)
    told = OfferTerms(
        node=ask.node,
        quiet=Quiet(from_minute=ask.quiet_from, until_minute=ask.quiet_until),
        **{name: getattr(ask, name) for name in SETTINGS},
    )
    offer_terms.keep(work.db, SetTerms(told, work.actor.id, work.now))
    return _view(ask.node, offer_terms.terms_at(work.db, ask.node))


def unset_offer_terms(work: Work, ask: UnsetOfferTerms) -> OfferTermsView:
    rules.check_setting(work.actor, ask.node)
    if not offer_terms.drop(work.db, ask.node):
        raise rules.no_such_rule()
    return _view(ask.node, offer_terms.terms_at(work.db, ask.node))


def terms_for(work: Work, node: str) -> OfferTerms:
    """The terms that hold at a place."""
    found = offer_terms.terms_at(work.db, node)
    return found.terms if found else USUAL


def _view(node: str, found: SetTerms | None) -> OfferTermsView:
    terms = found.terms if found else USUAL
    return OfferTermsView(
        node=node,
        set_at_node=terms.node or None,
        quiet_from=terms.quiet.from_minute,
        quiet_until=terms.quiet.until_minute,
        set_by=found.set_by if found else None,
        set_at=found.set_at if found else None,
        **{name: getattr(terms, name) for name in SETTINGS},
    )
