"""What everybody may know of orders, for other software."""

from __future__ import annotations

from services.intake.contracts import (
    CommunityNear,
    OrderView,
    PublicOrders,
    PublicStep,
    PublicSteps,
    Whereabouts,
)
from services.intake.domain.history import public_steps
from services.intake.domain.sight import Sight, view_of
from services.intake.store import publishing
from services.intake.store.entries import entries_of
from services.kit.outcomes import invalid
from services.kit.work import Work

MOST = 1000
MOST_SKIPPED = 1_000_000


def public_orders(work: Work, ask: PublicOrders) -> tuple[OrderView, ...]:
    """Raises Refused (invalid) for more than may be asked for at once."""
    if not 1 <= ask.limit <= MOST or len(ask.ids) > MOST:
        raise invalid("limit", f"一次最多 {MOST} 条")
    if not 0 <= ask.skip <= MOST_SKIPPED:
        raise invalid("skip", f"最多跳过 {MOST_SKIPPED} 条")
    if any("\0" in text for text in (ask.node, *ask.ids, *ask.categories)):
        raise invalid("ids", "含有无法识别的字符")
    return tuple(
        view_of(order, Sight.PUBLIC, whole=False) for order in publishing.public_orders(work.db, ask)
    )


def public_steps_between(work: Work, ask: PublicSteps) -> tuple[PublicStep, ...]:
    if not 1 <= ask.limit <= MOST:
        raise invalid("limit", f"一次最多 {MOST} 条")
    wanted = publishing.moved_between(work.db, ask)
    entries = entries_of(work.db, {order_id for order_id, _ in wanted})
    known = {step.step_id: step for of_order in entries.values() for step in public_steps(of_order)}
    return tuple(known[f"{order_id}.{message_id}"] for order_id, message_id in wanted)


def community_near(work: Work, ask: CommunityNear) -> Whereabouts:
    return Whereabouts(community_code=publishing.community_near(work.db, ask.point, ask.node))
