"""Where somebody can be told something: addresses, and the feed of their calendar."""

from __future__ import annotations

from services.kit.asking import Done
from services.kit.outcomes import Refused
from services.kit.service import Service, answers
from services.kit.work import Work
from services.members import contracts as c
from services.members.handlers import feeds, reach
from services.members.service.real_time import in_real_time


class Reach(Service):
    @answers(c.GetReach)
    def get_reach(self, work: Work, ask: c.GetReach) -> c.Reach:
        return reach.get_reach(in_real_time(work), ask, self.sealer)

    @answers(c.OfferAddress)
    def offer_address(self, work: Work, ask: c.OfferAddress) -> c.AddressOffered:
        return reach.offer_address(in_real_time(work), ask, self.sealer)

    @answers(c.ConfirmAddress)
    def confirm_address(self, work: Work, ask: c.ConfirmAddress) -> c.Reach | Refused:
        return reach.confirm_address(in_real_time(work), ask, self.sealer)

    @answers(c.ForgetAddress)
    def forget_address(self, work: Work, ask: c.ForgetAddress) -> c.Reach:
        return reach.forget_address(in_real_time(work), ask, self.sealer)

    @answers(c.ReachOf)
    def reach_of(self, work: Work, ask: c.ReachOf) -> dict[str, dict[str, str]]:
        return reach.reach_of(work, ask, self.sealer)

    @answers(c.GetFeed)
    def get_feed(self, work: Work, ask: c.GetFeed) -> c.FeedView:
        return feeds.get_feed(work, ask, self.sealer)

    @answers(c.MakeFeed)
    def make_feed(self, work: Work, ask: c.MakeFeed) -> c.FeedView:
        return feeds.make_feed(in_real_time(work), ask, self.sealer)

    @answers(c.RevokeFeed)
    def revoke_feed(self, work: Work, ask: c.RevokeFeed) -> Done:
        return feeds.revoke_feed(work, ask)

    @answers(c.WhoseFeed)
    def whose_feed(self, work: Work, ask: c.WhoseFeed) -> c.FeedOwner:
        return feeds.whose_feed(work, ask)
