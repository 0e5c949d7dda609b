"""Who is paired with whom, and what they said they would do: units with communities, members with households, helpers with firms; public promises."""

from __future__ import annotations

from services.kit.asking import Done, Page
from services.kit.service import Service, answers
from services.kit.work import Work
from services.members import contracts as c
from services.members.handlers import firms, helps, pairings, promises


class Bonds(Service):
    @answers(c.MakePromise)
    def make_promise(self, work: Work, ask: c.MakePromise) -> c.PublicPromise:
        return promises.make_promise(work, ask)

    @answers(c.KeepPromise)
    def keep_promise(self, work: Work, ask: c.KeepPromise) -> c.PublicPromise:
        return promises.keep_promise(work, ask)

    @answers(c.RetractPromise)
    def retract_promise(self, work: Work, ask: c.RetractPromise) -> Done:
        return promises.retract_promise(work, ask)

    @answers(c.ListPromises)
    def list_promises(self, work: Work, ask: c.ListPromises) -> Page[c.PublicPromise]:
        return promises.list_promises(work, ask)

    @answers(c.PairUnit)
    def pair_unit(self, work: Work, ask: c.PairUnit) -> c.PairingView:
        return pairings.pair_unit(work, ask)

    @answers(c.AddCommitments)
    def add_commitments(self, work: Work, ask: c.AddCommitments) -> c.PairingView:
        return pairings.add_commitments(work, ask)

    @answers(c.KeepCommitment)
    def keep_commitment(self, work: Work, ask: c.KeepCommitment) -> c.PairingView:
        return pairings.keep_commitment(work, ask)

    @answers(c.EndPairing)
    def end_pairing(self, work: Work, ask: c.EndPairing) -> c.PairingView:
        return pairings.end_pairing(work, ask)

    @answers(c.ListPairings)
    def list_pairings(self, work: Work, ask: c.ListPairings) -> Page[c.PairingView]:
        return pairings.list_pairings(work, ask)

    @answers(c.PairHousehold)
    def pair_household(self, work: Work, ask: c.PairHousehold) -> c.HelpView:
        return helps.pair_household(work, ask, self.sealer)

    @answers(c.RecordDoing)
    def record_doing(self, work: Work, ask: c.RecordDoing) -> c.HelpView:
        return helps.record_doing(work, ask, self.sealer)

    @answers(c.EndHelp)
    def end_help(self, work: Work, ask: c.EndHelp) -> c.HelpView:
        return helps.end_help(work, ask, self.sealer)

    @answers(c.ListHelps)
    def list_helps(self, work: Work, ask: c.ListHelps) -> Page[c.HelpView]:
        return helps.list_helps(work, ask, self.sealer)

    @answers(c.ListDoings)
    def list_doings(self, work: Work, ask: c.ListDoings) -> Page[c.DoingView]:
        return helps.list_doings(work, ask)

    @answers(c.RegisterFirm)
    def register_firm(self, work: Work, ask: c.RegisterFirm) -> c.FirmView:
        return firms.register_firm(work, ask, self.sealer)

    @answers(c.ReviseFirm)
    def revise_firm(self, work: Work, ask: c.ReviseFirm) -> c.FirmView:
        return firms.revise_firm(work, ask, self.sealer)

    @answers(c.PairFirm)
    def pair_firm(self, work: Work, ask: c.PairFirm) -> c.FirmView:
        return firms.pair_firm(work, ask, self.sealer)

    @answers(c.UnpairFirm)
    def unpair_firm(self, work: Work, ask: c.UnpairFirm) -> c.FirmView:
        return firms.unpair_firm(work, ask, self.sealer)

    @answers(c.GetFirm)
    def get_firm(self, work: Work, ask: c.GetFirm) -> c.FirmView:
        return firms.get_firm(work, ask, self.sealer)

    @answers(c.ListFirms)
    def list_firms(self, work: Work, ask: c.ListFirms) -> Page[c.FirmView]:
        return firms.list_firms(work, ask, self.sealer)
