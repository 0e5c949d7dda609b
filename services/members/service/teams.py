"""Teams, proposed or formed, and ballots."""

from __future__ import annotations

from services.kit.asking import Page
from services.kit.service import Service, answers
from services.kit.work import Work
from services.members import contracts as c
from services.members.handlers import ballots, grouping, teams


class Teams(Service):
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

    @answers(c.GetTeam)
    def get_team(self, work: Work, ask: c.GetTeam) -> c.TeamView:
        return teams.get_team(work, ask)

    @answers(c.ListTeams)
    def list_teams(self, work: Work, ask: c.ListTeams) -> Page[c.TeamView]:
        return teams.list_teams(work, ask)

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
