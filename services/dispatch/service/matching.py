"""Who is the right one: candidates, reasons, waves, batches, and places matched by the clock."""

from __future__ import annotations

from services.dispatch import contracts, handlers
from services.dispatch.contracts import TaskView
from services.kit.aside import aside
from services.kit.service import Service, answers, every
from services.kit.work import Work


class Matching(Service):
    @answers(contracts.MatchTask)
    def match_task(self, work: Work, ask: contracts.MatchTask) -> contracts.Matching:
        return handlers.match_task(work, ask)

    @answers(contracts.MatchGroups)
    def match_groups(self, work: Work, ask: contracts.MatchGroups) -> contracts.GroupMatching:
        return handlers.match_groups(work, ask)

    @answers(contracts.ListCandidates)
    def list_candidates(self, work: Work, ask: contracts.ListCandidates) -> contracts.Matching:
        return handlers.list_candidates(work, ask)

    @answers(contracts.WhyMe)
    def why_me(self, work: Work, ask: contracts.WhyMe) -> contracts.Why:
        return handlers.why_me(work, ask)

    @answers(contracts.AskInTurn)
    def ask_in_turn(self, work: Work, ask: contracts.AskInTurn) -> TaskView:
        return handlers.ask_in_turn(work, ask)

    @answers(contracts.RunMatching)
    def run_matching(self, work: Work, ask: contracts.RunMatching) -> contracts.MatchingRun:
        return _matched_aside(work, ask)

    @answers(contracts.GetAutoMatching)
    def get_auto_matching(self, work: Work, ask: contracts.GetAutoMatching) -> contracts.AutoMatchingView:
        return handlers.get_auto_matching(work, ask)

    @answers(contracts.SetAutoMatching)
    def set_auto_matching(self, work: Work, ask: contracts.SetAutoMatching) -> contracts.AutoMatchingView:
        return handlers.set_auto_matching(work, ask)

    @answers(contracts.UnsetAutoMatching)
    def unset_auto_matching(self, work: Work, ask: contracts.UnsetAutoMatching) -> contracts.AutoMatchingView:
        return handlers.unset_auto_matching(work, ask)

    @every(seconds=10)
    def matchings(self, work: Work) -> None:
        if not self.settings.simulated_time:
            handlers.match_due(work, _matched_aside)


def _matched_aside(work: Work, ask: contracts.RunMatching) -> contracts.MatchingRun:
    return aside(work, ask, "services.dispatch.handlers.batches:run_matching")
