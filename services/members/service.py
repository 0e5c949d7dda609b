"""The members service: what it answers, and its clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from eventlet import tpool

from services.kit.asking import Done, Page
from services.kit.outcomes import Refused
from services.kit.service import Service, answers, every
from services.kit.work import Work
from services.members import contracts as c
from services.members.handlers import (
    accounts,
    ballots,
    cards,
    clients,
    exporting,
    feeds,
    files,
    firms,
    grids,
    grouping,
    helps,
    imports,
    members,
    moving,
    pairings,
    passwords,
    posts,
    promises,
    reach,
    reports,
    responsibility,
    sessions,
    shapes,
    teams,
    tree,
    units,
)


def verify_password(hashed: str | None, password: str) -> bool:
    """In a thread of its own: hashing takes longer than the hub may be kept waiting."""
    verified: bool = tpool.execute(passwords.verify_password, hashed, password)
    return verified


def in_real_time(work: Work) -> Work:
    """Sessions and codes end by the real clock, also where a simulated one moves the business."""
    return replace(work, now=datetime.now(UTC))


class Members(Service):
    """The organisation tree, units, members, accounts and roles."""

    name = "members"

    def hash_password(self, password: str) -> str:
        """As ``verify_password``, in a thread of its own."""
        hasher = passwords.CHEAP if self.settings.cheap_passwords else passwords.GUARDED
        hashed: str = tpool.execute(passwords.hash_password, password, hasher)
        return hashed

    @answers(c.SignIn)
    def sign_in(self, work: Work, ask: c.SignIn) -> c.SessionOpened | Refused:
        return sessions.sign_in(in_real_time(work), ask, self.sealer, verify_password)

    @answers(c.AdmitClient)
    def admit_client(self, work: Work, ask: c.AdmitClient) -> c.ClientAdmitted:
        return clients.admit_client(work, ask)

    @answers(c.ListClients)
    def list_clients(self, work: Work, ask: c.ListClients) -> tuple[c.ClientView, ...]:
        return clients.list_clients(work, ask)

    @answers(c.RevokeClient)
    def revoke_client(self, work: Work, ask: c.RevokeClient) -> c.ClientView:
        return clients.revoke_client(work, ask)

    @answers(c.WhichClient)
    def which_client(self, work: Work, ask: c.WhichClient) -> c.ClientView:
        return clients.which_client(work, ask)

    @answers(c.IssueCode)
    def issue_code(self, work: Work, ask: c.IssueCode) -> c.CodeIssued:
        return sessions.issue_code(in_real_time(work), ask, self.sealer)

    @answers(c.SignInWithCode)
    def sign_in_with_code(self, work: Work, ask: c.SignInWithCode) -> c.SessionOpened | Refused:
        return sessions.sign_in_with_code(in_real_time(work), ask, self.sealer)

    @answers(c.SignOut)
    def sign_out(self, work: Work, ask: c.SignOut) -> Done:
        return sessions.sign_out(work, ask)

    @answers(c.WhoIs)
    def who_is(self, work: Work, ask: c.WhoIs) -> c.AccountView:
        return sessions.who_is(in_real_time(work), ask)

    @answers(c.ChangePassword)
    def change_password(self, work: Work, ask: c.ChangePassword) -> Done | Refused:
        return sessions.change_password(
            in_real_time(work), ask, self.sealer, verify_password, self.hash_password
        )

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

    @every(seconds=600)
    def sweep_sessions(self, work: Work) -> None:
        sessions.sweep(in_real_time(work))

    @answers(c.OpenAccount)
    def open_account(self, work: Work, ask: c.OpenAccount) -> c.AccountView:
        return accounts.open_account(work, ask, self.hash_password)

    @answers(c.GrantRole)
    def grant_role(self, work: Work, ask: c.GrantRole) -> c.AccountView:
        return accounts.grant_role(work, ask)

    @answers(c.RevokeRole)
    def revoke_role(self, work: Work, ask: c.RevokeRole) -> c.AccountView:
        return accounts.revoke_role(work, ask)

    @answers(c.NamesOf)
    def names_of(self, work: Work, ask: c.NamesOf) -> dict[str, str]:
        return accounts.names(work, ask)

    @answers(c.ListNodes)
    def list_nodes(self, work: Work, ask: c.ListNodes) -> Page[c.NodeView]:
        return tree.list_nodes(work, ask)

    @answers(c.GetNode)
    def get_node(self, work: Work, ask: c.GetNode) -> c.NodeView:
        return tree.get_node(work, ask)

    @answers(c.GridReport)
    def grid_report(self, work: Work, ask: c.GridReport) -> c.GridReportView:
        return grids.grid_report(work, ask)

    @answers(c.RegisterUnit)
    def register_unit(self, work: Work, ask: c.RegisterUnit) -> c.UnitView:
        return units.register_unit(work, ask)

    @answers(c.ListUnits)
    def list_units(self, work: Work, ask: c.ListUnits) -> Page[c.UnitView]:
        return units.list_units(work, ask)

    @answers(c.CheckInMember)
    def check_in_member(self, work: Work, ask: c.CheckInMember) -> c.MemberView:
        return members.check_in_member(work, ask, self.sealer, self.hash_password)

    @answers(c.GetMember)
    def get_member(self, work: Work, ask: c.GetMember) -> c.MemberView:
        return members.get_member(work, ask, self.sealer)

    @answers(c.ListMembers)
    def list_members(self, work: Work, ask: c.ListMembers) -> Page[c.MemberView]:
        return members.list_members(work, ask, self.sealer)

    @answers(c.FormTeam)
    def form_team(self, work: Work, ask: c.FormTeam) -> c.TeamView:
        return teams.form_team(work, ask)

    @answers(c.ProposeTeams)
    def propose_teams(self, work: Work, ask: c.ProposeTeams) -> c.ProposedTeams:
        return grouping.propose_teams(work, ask)

    @answers(c.ReviseTeam)
    def revise_team(self, work: Work, ask: c.ReviseTeam) -> c.TeamView:
        return teams.revise_team(work, ask)

    @answers(c.MoveTeamMember)
    def move_team_member(self, work: Work, ask: c.MoveTeamMember) -> c.TeamView:
        return teams.move_team_member(work, ask)

    @answers(c.ConfirmTeam)
    def confirm_team(self, work: Work, ask: c.ConfirmTeam) -> c.TeamView:
        return teams.confirm_team(work, ask)

    @answers(c.DissolveTeam)
    def dissolve_team(self, work: Work, ask: c.DissolveTeam) -> c.TeamView:
        return teams.dissolve_team(work, ask)

    @answers(c.OpenBallot)
    def open_ballot(self, work: Work, ask: c.OpenBallot) -> c.BallotView:
        return ballots.open_ballot(work, ask)

    @answers(c.CastVote)
    def cast_vote(self, work: Work, ask: c.CastVote) -> c.BallotView:
        return ballots.cast_vote(work, ask)

    @answers(c.CloseBallot)
    def close_ballot(self, work: Work, ask: c.CloseBallot) -> c.BallotView:
        return ballots.close_ballot(work, ask)

    @answers(c.GetBallot)
    def get_ballot(self, work: Work, ask: c.GetBallot) -> c.BallotView:
        return ballots.get_ballot(work, ask)

    @answers(c.ListBallots)
    def list_ballots(self, work: Work, ask: c.ListBallots) -> Page[c.BallotView]:
        return ballots.list_ballots(work, ask)

    @answers(c.GetTeam)
    def get_team(self, work: Work, ask: c.GetTeam) -> c.TeamView:
        return teams.get_team(work, ask)

    @answers(c.ListTeams)
    def list_teams(self, work: Work, ask: c.ListTeams) -> Page[c.TeamView]:
        return teams.list_teams(work, ask)

    @answers(c.ReviseFile)
    def revise_file(self, work: Work, ask: c.ReviseFile) -> c.MemberView:
        return files.revise_file(work, ask, self.sealer)

    @answers(c.MoveMember)
    def move_member(self, work: Work, ask: c.MoveMember) -> c.MemberView:
        return moving.move_member(work, ask, self.sealer)

    @answers(c.CheckOutMember)
    def check_out_member(self, work: Work, ask: c.CheckOutMember) -> c.MemberView:
        return moving.check_out_member(work, ask, self.sealer)

    @answers(c.ListFileChanges)
    def list_file_changes(self, work: Work, ask: c.ListFileChanges) -> Page[c.FileChangeView]:
        return files.list_file_changes(work, ask)

    @answers(c.GetUnit)
    def get_unit(self, work: Work, ask: c.GetUnit) -> c.UnitView:
        return files.get_unit(work, ask)

    @answers(c.ReviseUnit)
    def revise_unit(self, work: Work, ask: c.ReviseUnit) -> c.UnitView:
        return files.revise_unit(work, ask)

    @answers(c.SetPost)
    def set_post(self, work: Work, ask: c.SetPost) -> c.PostView:
        return posts.set_post(work, ask)

    @answers(c.ClosePost)
    def close_post(self, work: Work, ask: c.ClosePost) -> c.PostView:
        return posts.close_post(work, ask)

    @answers(c.ChoosePost)
    def choose_post(self, work: Work, ask: c.ChoosePost) -> c.PostView:
        return posts.choose_post(work, ask)

    @answers(c.LeavePost)
    def leave_post(self, work: Work, ask: c.LeavePost) -> c.PostView:
        return posts.leave_post(work, ask)

    @answers(c.GetPost)
    def get_post(self, work: Work, ask: c.GetPost) -> c.PostView:
        return posts.get_post(work, ask)

    @answers(c.ListPosts)
    def list_posts(self, work: Work, ask: c.ListPosts) -> Page[c.PostView]:
        return posts.list_posts(work, ask)

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

    @answers(c.AssignResponsibility)
    def assign_responsibility(self, work: Work, ask: c.AssignResponsibility) -> c.ResponsibilityView:
        return responsibility.assign_responsibility(work, ask)

    @answers(c.EndResponsibility)
    def end_responsibility(self, work: Work, ask: c.EndResponsibility) -> c.ResponsibilityView:
        return responsibility.end_responsibility(work, ask)

    @answers(c.ListResponsibilities)
    def list_responsibilities(self, work: Work, ask: c.ListResponsibilities) -> Page[c.ResponsibilityView]:
        return responsibility.list_responsibilities(work, ask)

    @answers(c.ListShapes)
    def list_shapes(self, work: Work, ask: c.ListShapes) -> tuple[c.ShapeView, ...]:
        return shapes.list_shapes(work, ask)

    @answers(c.ListUncovered)
    def list_uncovered(self, work: Work, ask: c.ListUncovered) -> Page[c.UncoveredPlace]:
        return responsibility.list_uncovered(work, ask)

    @answers(c.CountResponsibilities)
    def count_responsibilities(self, work: Work, ask: c.CountResponsibilities) -> tuple[c.LevelCovered, ...]:
        return responsibility.count_responsibilities(work, ask)

    @answers(c.ExportRows)
    def export_rows(self, work: Work, ask: c.ExportRows) -> c.ExportPage:
        return exporting.export_rows(work, ask, self.sealer)

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

    @answers(c.ReportUnit)
    def report_unit(self, work: Work, ask: c.ReportUnit) -> c.UnitView:
        return files.report_unit(work, ask)

    @answers(c.GiveReport)
    def give_report(self, work: Work, ask: c.GiveReport) -> c.ReportView:
        return reports.give_report(work, ask)

    @answers(c.ListReports)
    def list_reports(self, work: Work, ask: c.ListReports) -> Page[c.ReportView]:
        return reports.list_reports(work, ask)

    @answers(c.GetCard)
    def get_card(self, work: Work, ask: c.GetCard) -> c.CardView:
        return cards.get_card(work, ask)

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

    @answers(c.StartImport)
    def start_import(self, work: Work, ask: c.StartImport) -> c.ImportView:
        return imports.start_import(work, ask)

    @answers(c.GetImport)
    def get_import(self, work: Work, ask: c.GetImport) -> c.ImportView:
        return imports.get_import(work, ask)

    @answers(c.ListImports)
    def list_imports(self, work: Work, ask: c.ListImports) -> Page[c.ImportView]:
        return imports.list_imports(work, ask)

    @every(seconds=1)
    def work_off_imports(self, work: Work) -> None:
        imports.work_off(
            work,
            self.shop.database.transaction,
            self.sealer,
            self.hash_password,
            simulated=self.settings.simulated_time,
        )


SERVICE = Members
