"""The audit of looks, for whose contact it was and for those who watch over it."""

from __future__ import annotations

from services.intake.contracts import ListLooks, LookView, Slug
from services.intake.domain.sight import is_own
from services.intake.store import looks
from services.intake.store.orders import find_order
from services.kit.asking import Page
from services.kit.outcomes import Refused, invalid
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work
from services.members.contracts import Role

WATCHERS = (Role.SUPERVISOR, Role.OPERATOR, Role.AUDITOR)


def list_looks(work: Work, ask: ListLooks) -> Page[LookView]:
    """Raises Refused."""
    for field, given in (("node", ask.node), ("looked_by", ask.looked_by), ("order_id", ask.order_id)):
        if given and "\0" in given:
            raise invalid(field, "含有无法识别的字符")
    limit = bounded(ask.limit)
    found = looks.list_looks(
        work.db, ask, _nodes(work, ask), before=decode_moment_cursor(ask.cursor), limit=limit + 1
    )
    return page_of(found, limit, key=lambda look: (look.looked_at, look.look_id), view=lambda look: look)


def _nodes(work: Work, ask: ListLooks) -> tuple[str, ...] | None:
    """Where the asker watches; None for all looks at an order of one's own."""
    nodes = work.actor.nodes_of(*WATCHERS)
    if ask.order_id is not None:
        order = find_order(work.db, ask.order_id)
        if order is not None and is_own(order, work.actor):
            return None
        if order is None or not order.place.startswith(nodes):
            raise Refused(Slug.NO_SUCH_ORDER, "没有这条点单，或您无权查看", status=404)
    if nodes:
        return nodes
    raise Refused(Slug.NOT_ALLOWED, "查看记录只向点单人本人和本地的督办员、管理员、审计员开放", status=403)
