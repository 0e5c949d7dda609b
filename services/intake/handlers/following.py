"""What the other services tell: the steps of an order's history, and the communities that exist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.dispatch.contracts import CaseEvent, TaskEvent, TaskRegistered
from services.evaluation.contracts import FollowUpRecorded, OrderRated
from services.intake.domain.entries import (
    Entry,
    entries_of_case,
    entries_of_task,
    entry_of_follow_up,
    entry_of_rating,
)
from services.intake.domain.orders import Order
from services.intake.domain.placing import Helping
from services.intake.domain.standing import fold
from services.intake.handlers import similar
from services.intake.store import lessons
from services.intake.store.communities import add_communities
from services.intake.store.entries import entries_of, insert_entries
from services.intake.store.firms import keep_helper
from services.intake.store.orders import lock_orders, save_standing
from services.kit.envelope import Envelope
from services.kit.outcomes import Park
from services.kit.work import Work
from services.members.contracts import FirmPaired, Level, NodesRegistered


def record_step(work: Work, told: Envelope[TaskEvent]) -> None:
    """Any event of a task: a step in the history of each order that the task serves, and a new standing.

    Whoever registers an order teaches of what kind it was, whether the suggestion was right or not.
    """
    orders = _record(work, entries_of_task(told))
    if isinstance(told.body, TaskRegistered):
        community_of = {order.order_id: order.community_code for order in orders}
        lessons.note(work.db, community_of, told.body.category, told.body.at)


def record_case(work: Work, told: Envelope[CaseEvent]) -> None:
    """What becomes of the common demand behind an order stands in the order's history, for followers by code too."""
    _record(work, entries_of_case(told))


def order_rated(work: Work, told: Envelope[OrderRated]) -> None:
    _record(work, [entry_of_rating(told)])


def follow_up_recorded(work: Work, told: Envelope[FollowUpRecorded]) -> None:
    _record(work, [entry_of_follow_up(told)])


def firm_paired(work: Work, told: Envelope[FirmPaired]) -> None:
    """Who may file for a firm; the newest telling counts."""
    body = told.body
    helping = Helping(firm_id=body.firm_id, member_id=body.member_id, community_code=body.community_code)
    keep_helper(work.db, helping, lasting=body.lasting, sequence=told.sequence)


def nodes_registered(work: Work, told: Envelope[NodesRegistered]) -> None:
    add_communities(work.db, [node.code for node in told.body.nodes if node.level == Level.COMMUNITY])


def _record(work: Work, new: Sequence[Entry]) -> list[Order]:
    at = {entry.order_id: entry.at for entry in new}
    locked = lock_orders(work.db, at)
    if missing := at.keys() - {order.order_id for order in locked}:
        # Orders begin here and are never removed, so waiting will not bring them.
        raise Park(f"no order {', '.join(sorted(missing))}")
    insert_entries(work.db, new)
    entries = entries_of(work.db, at)
    for order in locked:
        changed_at = max(order.changed_at, at[order.order_id])
        standing = fold(entries[order.order_id])
        save_standing(work.db, order.order_id, standing, changed_at)
        similar.follow(work, order, replace(order, standing=standing))
    return locked
