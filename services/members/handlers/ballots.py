"""Ballots: opened by staff, voted in by the team, counted when they are closed."""

from __future__ import annotations

from dataclasses import replace

from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work
from services.members.contracts import (
    BallotClosed,
    BallotOpened,
    BallotState,
    BallotView,
    CandidateView,
    CastVote,
    CloseBallot,
    GetBallot,
    ListBallots,
    OpenBallot,
    Slug,
    TeamState,
)
from services.members.domain.authority import check_keeping, may_see_bonds, refused
from services.members.domain.ballots import (
    RULE,
    Ballot,
    candidates_after,
    check_term,
    check_vote,
    count,
    term_end,
)
from services.members.domain.teams import Team, check_alive
from services.members.handlers.teams import no_such_team, settle
from services.members.store import ballots, teams


def open_ballot(work: Work, ask: OpenBallot) -> BallotView:
    team = _team(work, ask.team_id)
    check_keeping(work.actor, team.node)
    check_alive(team)
    if team.state is not TeamState.STANDING:
        raise Refused(Slug.NO_SUCH_TEAM, "团组成立以后才能推选领队", status=409)
    check_term(ask.term_months)
    last = next(iter(ballots.page(work.db, team.id, last=None, limit=1)), None)
    candidates, runoff = candidates_after(last, team.member_ids)
    ballot = Ballot(
        id=work.new_id(),
        team_id=team.id,
        state=BallotState.OPEN,
        runoff=runoff,
        votes=dict.fromkeys(candidates, 0),
        members=len(team.seats),
        voted=0,
        term_months=ask.term_months,
        elected_id=None,
        opened_at=work.now,
    )
    if not ballots.enter(work.db, ballot):
        raise Refused(Slug.BALLOT_OPEN, "上一轮投票还没有结束", status=409)
    told = BallotOpened(ballot_id=ballot.id, team_id=team.id, node=team.node, member_ids=team.member_ids)
    work.outbox.append(told, aggregate=f"ballot:{ballot.id}", sequence=1)
    return _view(work, ballot)


def cast_vote(work: Work, ask: CastVote) -> BallotView:
    ballot = _known(work, ask.ballot_id)
    if work.actor.id not in _team(work, ballot.team_id).member_ids:
        raise refused("只有团组成员可以投票")
    ballot = _locked(work, ask.ballot_id)
    check_vote(ballot, ask.candidate_id)
    if not ballots.vote(work.db, ballot.id, work.actor.id, ask.candidate_id):
        raise Refused(Slug.ALREADY_VOTED, "您已经投过票了", status=409)
    return _view(work, _locked(work, ballot.id))


def close_ballot(work: Work, ask: CloseBallot) -> BallotView:
    """Count it; who is elected leads the team until the term's end."""
    team = _team(work, _known(work, ask.ballot_id).team_id)
    check_keeping(work.actor, team.node)
    ballot = _locked(work, ask.ballot_id)
    if ballot.state is not BallotState.OPEN:
        return _view(work, ballot)
    outcome = count(ballot, teams.seniority(work.db, team.id))
    ballots.close(work.db, ballot.id, outcome.state, outcome.elected_id, work.now)
    if outcome.elected_id is not None:
        until = term_end(work.now, ballot.term_months)
        settle(
            work,
            team,
            replace(team, leader_id=outcome.elected_id, term_until=until, revision=team.revision + 1),
        )
    told = BallotClosed(
        ballot_id=ballot.id,
        team_id=team.id,
        node=team.node,
        state=outcome.state,
        elected_id=outcome.elected_id,
        member_ids=team.member_ids,
    )
    work.outbox.append(told, aggregate=f"ballot:{ballot.id}", sequence=2)
    return _view(work, _locked(work, ballot.id))


def get_ballot(work: Work, ask: GetBallot) -> BallotView:
    ballot = _known(work, ask.ballot_id)
    _check_seeing(work, _team(work, ballot.team_id))
    return _view(work, ballot)


def list_ballots(work: Work, ask: ListBallots) -> Page[BallotView]:
    team = _team(work, ask.team_id)
    _check_seeing(work, team)
    limit = bounded(ask.limit)
    found = ballots.page(work.db, team.id, last=decode_moment_cursor(ask.cursor), limit=limit + 1)
    return page_of(
        found,
        limit,
        key=lambda ballot: (ballot.opened_at, ballot.id),
        view=lambda ballot: _view(work, ballot),
    )


def _check_seeing(work: Work, team: Team) -> None:
    if not may_see_bonds(work.actor, team.node, team.member_ids):
        raise refused("您没有查看这次投票的权限")


def _team(work: Work, team_id: str) -> Team:
    """The team, locked: ballots take the team's lock before their own."""
    team = teams.lock(work.db, team_id)
    if team is None:
        raise no_such_team()
    return team


def _locked(work: Work, ballot_id: str) -> Ballot:
    return _there(ballots.lock(work.db, ballot_id))


def _known(work: Work, ballot_id: str) -> Ballot:
    return _there(ballots.load(work.db, ballot_id))


def _there(ballot: Ballot | None) -> Ballot:
    if ballot is None:
        raise Refused(Slug.NO_SUCH_BALLOT, "没有这次投票", status=404)
    return ballot


def _view(work: Work, ballot: Ballot) -> BallotView:
    counted = ballot.state is not BallotState.OPEN
    names = teams.names_of(work.db, ballot.votes)
    return BallotView(
        ballot_id=ballot.id,
        team_id=ballot.team_id,
        state=ballot.state,
        rule=RULE,
        runoff=ballot.runoff,
        candidates=tuple(
            CandidateView(
                member_id=candidate, name=names.get(candidate, ""), votes=votes if counted else None
            )
            for candidate, votes in ballot.votes.items()
        ),
        members=ballot.members,
        voted=ballot.voted,
        i_voted=ballots.has_voted(work.db, ballot.id, work.actor.id),
        term_months=ballot.term_months,
        elected_id=ballot.elected_id,
        opened_at=ballot.opened_at,
        closed_at=ballot.closed_at,
    )
