"""Candidates of tasks as last looked for, and the scores that are kept for good."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import inf, isfinite
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from services.dispatch.contracts import Aspect, Bar
from services.dispatch.domain.matching.ranking import Judged, Ranking
from services.dispatch.domain.matching.scoring import Score
from services.dispatch.store.matching_tables import rankings, scores


@dataclass(frozen=True, slots=True)
class Looked:
    """A ranking, when it was made, and the skill that was looked for."""

    at: datetime
    skill: str | None
    ranking: Ranking


@dataclass(frozen=True, slots=True)
class Standing:
    """One member's score as kept: the ``rank`` among ``found`` (None: excluded) and the ``best`` score of those."""

    at: datetime
    rank: int | None
    found: int
    best: float | None
    judged: Judged


def keep(db: Connection, task_id: str, looked: Looked) -> None:
    """Enter the ranking of a task, in place of an earlier one."""
    row = {
        "task_id": task_id,
        "at": looked.at,
        "skill": looked.skill,
        "found": looked.ranking.found,
        "candidates": [_written(each) for each in looked.ranking.candidates],
        "misses": [_written(each) for each in looked.ranking.misses],
    }
    entry = insert(rankings).values(row)
    fresh = {name: entry.excluded[name] for name in row if name != "task_id"}
    db.execute(entry.on_conflict_do_update(index_elements=[rankings.c.task_id], set_=fresh))


def of_task(db: Connection, task_id: str) -> Looked | None:
    row = db.execute(select(rankings).where(rankings.c.task_id == task_id)).first()
    if row is None:
        return None
    ranking = Ranking(row.found, tuple(map(_read, row.candidates)), tuple(map(_read, row.misses)))
    return Looked(row.at, row.skill, ranking)


def keep_standing(db: Connection, task_id: str, standing: Standing) -> None:
    db.execute(
        insert(scores).values(
            task_id=task_id,
            hand_id=standing.judged.hand_id,
            at=standing.at,
            rank=standing.rank,
            found=standing.found,
            best=standing.best,
            judged=_written(standing.judged),
        )
    )


def standing_of(db: Connection, task_id: str, hand_id: str) -> Standing | None:
    """The newest that is kept of one member."""
    row = db.execute(
        select(scores)
        .where(scores.c.task_id == task_id, scores.c.hand_id == hand_id)
        .order_by(scores.c.at.desc(), scores.c.id.desc())
        .limit(1)
    ).first()
    return Standing(row.at, row.rank, row.found, row.best, _read(row.judged)) if row else None


def _written(judged: Judged) -> dict[str, Any]:
    metres = judged.score.distance_m
    return {
        "hand_id": judged.hand_id,
        "score": judged.score.total,
        "metres": metres if isfinite(metres) else None,
        "parts": judged.score.parts,
        "bars": judged.bars,
    }


def _read(written: Mapping[str, Any]) -> Judged:
    metres = inf if written["metres"] is None else written["metres"]
    parts = {Aspect(name): value for name, value in written["parts"].items()}
    return Judged(
        written["hand_id"],
        Score(written["score"], parts, metres),
        tuple(Bar(each) for each in written["bars"]),
    )
