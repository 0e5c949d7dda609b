"""Units and members: when they reported, where they are checked in, and how many take part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, func, select, union
from sqlalchemy.dialects.postgresql import insert

from services.evaluation.domain.facts import StepKind
from services.evaluation.store.tables import check_ins, order_steps, orders, units
from services.members.contracts import PersonKind


@dataclass(frozen=True, kw_only=True)
class CheckIn:
    """A member's place and unit from ``at`` on, until the check-in of the next ``sequence``; left: not ``serving``."""

    member_id: str
    sequence: int
    unit_id: str | None
    place: str
    at: datetime
    serving: bool = True
    kind: str = PersonKind.MEMBER


def report_unit(db: Connection, unit_id: str, *, place: str, at: datetime, sequence: int) -> None:
    """A unit's first report is when it began; its newest says where it belongs."""
    report = insert(units).values(unit_id=unit_id, place=place, reported_at=at, sequence=sequence)
    told = report.excluded
    newer = told.sequence > units.c.sequence
    db.execute(
        report.on_conflict_do_update(
            index_elements=[units.c.unit_id],
            set_={
                "place": case((newer, told.place), else_=units.c.place),
                "reported_at": func.least(units.c.reported_at, told.reported_at),
                "sequence": func.greatest(units.c.sequence, told.sequence),
            },
        )
    )


def place_of_unit(db: Connection, unit_id: str) -> str | None:
    return db.execute(select(units.c.place).where(units.c.unit_id == unit_id)).scalar()


def check_in(db: Connection, told: CheckIn) -> None:
    row = {
        "member_id": told.member_id,
        "sequence": told.sequence,
        "unit_id": told.unit_id,
        "place": told.place,
        "at": told.at,
        "serving": told.serving,
        "kind": told.kind,
    }
    db.execute(insert(check_ins).values(row).on_conflict_do_nothing())


def last_check_in(db: Connection, member_id: str) -> CheckIn | None:
    query = (
        select(check_ins)
        .where(check_ins.c.member_id == member_id)
        .order_by(check_ins.c.sequence.desc())
        .limit(1)
    )
    row = db.execute(query).mappings().one_or_none()
    return None if row is None else CheckIn(**row)


def count_hands(db: Connection, *, node: str, end: datetime) -> tuple[int, int]:
    """Units and members that took part at and below ``node`` before ``end``.

    Members: party members whose newest check-in is there, and who have not left; others of the pool are not among them. Units: those reported with such a member, or with a task accepted there.
    """
    newest = func.row_number().over(partition_by=check_ins.c.member_id, order_by=check_ins.c.sequence.desc())
    ranked = select(check_ins, newest.label("newest")).where(check_ins.c.at < end).subquery("ranked")
    here = (
        select(ranked)
        .where(ranked.c.newest == 1, ranked.c.serving, ranked.c.place.startswith(node))
        .subquery("here")
    )
    accepting = (
        select(order_steps.c.unit_id)
        .join(orders, orders.c.order_id == order_steps.c.order_id)
        .where(
            order_steps.c.kind == StepKind.ACCEPTED, order_steps.c.at < end, orders.c.place.startswith(node)
        )
    )
    taking_part = union(select(here.c.unit_id), accepting).subquery("taking_part")
    reported = (
        select(func.count())
        .select_from(units)
        .join(taking_part, taking_part.c.unit_id == units.c.unit_id)
        .where(units.c.reported_at < end)
    )
    members = select(func.count()).select_from(here).where(here.c.kind == PersonKind.MEMBER)
    return db.execute(reported).scalar_one(), db.execute(members).scalar_one()
