"""Ballots. A vote is two writes that share nothing but the ballot: the voter's name, and one more for a candidate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

from services.members.contracts import BallotState
from services.members.domain.ballots import Ballot
from services.members.store.bond_tables import ballot_candidates, ballot_voters, ballots
from services.members.store.searching import behind
from services.members.store.tables import AnyRow, AnySelect

VOTES = (
    select(
        func.json_agg(
            aggregate_order_by(
                func.json_build_array(ballot_candidates.c.member_id, ballot_candidates.c.votes),
                ballot_candidates.c.position,
            )
        )
    )
    .where(ballot_candidates.c.ballot_id == ballots.c.id)
    .scalar_subquery()
    .label("votes")
)
VOTED = (
    select(func.count())
    .select_from(ballot_voters)
    .where(ballot_voters.c.ballot_id == ballots.c.id)
    .scalar_subquery()
    .label("voted")
)


def load(db: Connection, ballot_id: str) -> Ballot | None:
    row = db.execute(_select().where(ballots.c.id == ballot_id)).one_or_none()
    return None if row is None else _ballot(row)


def lock(db: Connection, ballot_id: str) -> Ballot | None:
    """The ballot, its row locked until the transaction ends: a vote is counted before the end or refused."""
    db.execute(select(ballots.c.id).where(ballots.c.id == ballot_id).with_for_update())
    return load(db, ballot_id)


def enter(db: Connection, ballot: Ballot) -> bool:
    """Whether the ballot was entered; False if the team has one that is open."""
    entered = db.execute(
        insert(ballots)
        .values(
            id=ballot.id,
            team_id=ballot.team_id,
            state=ballot.state,
            runoff=ballot.runoff,
            members=ballot.members,
            term_months=ballot.term_months,
            opened_at=ballot.opened_at,
        )
        .on_conflict_do_nothing()
    )
    if entered.rowcount:
        db.execute(
            insert(ballot_candidates),
            [
                {"ballot_id": ballot.id, "member_id": candidate, "position": position, "votes": votes}
                for position, (candidate, votes) in enumerate(ballot.votes.items())
            ],
        )
    return entered.rowcount == 1


def vote(db: Connection, ballot_id: str, voter_id: str, candidate_id: str) -> bool:
    """Whether the vote was taken; False if the voter had voted."""
    voted = db.execute(
        insert(ballot_voters).values(ballot_id=ballot_id, member_id=voter_id).on_conflict_do_nothing()
    )
    if voted.rowcount:
        db.execute(
            update(ballot_candidates)
            .where(ballot_candidates.c.ballot_id == ballot_id, ballot_candidates.c.member_id == candidate_id)
            .values(votes=ballot_candidates.c.votes + 1)
        )
    return voted.rowcount == 1


def has_voted(db: Connection, ballot_id: str, voter_id: str) -> bool:
    query = select(ballot_voters.c.member_id).where(
        ballot_voters.c.ballot_id == ballot_id, ballot_voters.c.member_id == voter_id
    )
    return db.execute(query).scalar() is not None


def close(db: Connection, ballot_id: str, state: BallotState, elected_id: str | None, now: datetime) -> None:
    db.execute(
        update(ballots)
        .where(ballots.c.id == ballot_id)
        .values(state=state, elected_id=elected_id, closed_at=now)
    )


def page(
    db: Connection, team_id: str, *, last: tuple[datetime, str] | None, limit: int
) -> tuple[Ballot, ...]:
    """The ballots of a team, the newest first."""
    query = (
        _select()
        .where(ballots.c.team_id == team_id, behind(ballots.c.opened_at, ballots.c.id, last))
        .order_by(ballots.c.opened_at.desc(), ballots.c.id.desc())
        .limit(limit)
    )
    return tuple(_ballot(row) for row in db.execute(query))


def _select() -> AnySelect:
    return select(ballots, VOTES, VOTED)


def _ballot(row: AnyRow) -> Ballot:
    votes: Sequence[tuple[str, int]] = row.votes
    return Ballot(
        id=row.id,
        team_id=row.team_id,
        state=BallotState(row.state),
        runoff=row.runoff,
        votes=dict(votes),
        members=row.members,
        voted=row.voted,
        term_months=row.term_months,
        elected_id=row.elected_id,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
    )
