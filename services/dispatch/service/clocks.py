"""The clocks of tasks: by themselves, or, where time is simulated, when they are asked to run."""

from __future__ import annotations

from services.dispatch import contracts, handlers
from services.kit.service import Service, answers, every
from services.kit.work import Work


class Clocks(Service):
    @answers(contracts.RunClocks)
    def run_clocks(self, work: Work, _ask: contracts.RunClocks) -> contracts.ClocksRun:
        if self.settings.simulated_time:
            handlers.match_due(work, handlers.match_here)
        return handlers.run_clocks(work, simulated=self.settings.simulated_time)

    @every(seconds=1)
    def clocks(self, work: Work) -> None:
        if not self.settings.simulated_time:
            handlers.run_lot(work)
