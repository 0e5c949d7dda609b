"""Reading wishes: one, lists, figures."""

from __future__ import annotations

from services.intake.contracts import GetWish, ListWishes, Slug, WishFigures, WishFiguresView, WishView
from services.intake.domain.wishes.deciding import check_month
from services.intake.domain.wishes.sight import may_see, view_of
from services.intake.domain.wishes.wish import Wish
from services.intake.store import wish_lists
from services.intake.store.wishes import find_wish
from services.kit.asking import Page
from services.kit.outcomes import Refused, invalid
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work


def get_wish(work: Work, ask: GetWish) -> WishView:
    return shown_to(work, seen_wish(work, ask.wish_id))


def list_wishes(work: Work, ask: ListWishes) -> Page[WishView]:
    """Raises Refused (invalid) naming the filter at fault."""
    _check_node(ask.node)
    check_month("month", ask.month)
    limit = bounded(ask.limit)
    found = wish_lists.list_wishes(
        work.db, ask, work.actor, before=decode_moment_cursor(ask.cursor), limit=limit + 1
    )
    return page_of(
        found,
        limit,
        key=lambda wish: (wish.collected_at, wish.wish_id),
        view=lambda wish: shown_to(work, wish),
    )


def wish_figures(work: Work, ask: WishFigures) -> WishFiguresView:
    """Raises Refused (invalid)."""
    _check_node(ask.node)
    check_month("since", ask.since)
    check_month("until", ask.until)
    if ask.since and ask.until and ask.since > ask.until:
        raise invalid("since", "开始月份不能晚于结束月份")
    return wish_lists.wish_figures(work.db, ask)


def seen_wish(work: Work, wish_id: str, *, lock: bool = False) -> Wish:
    """Raises Refused (no-such-wish), also for those who may not know of it."""
    wish = None if "\0" in wish_id else find_wish(work.db, wish_id, lock=lock)
    if wish is None or not may_see(wish, work.actor):
        raise Refused(Slug.NO_SUCH_WISH, "没有这个心愿，或您无权查看", status=404)
    return wish


def shown_to(work: Work, wish: Wish) -> WishView:
    """As far as the asker may see it."""
    return view_of(wish, work.actor, work.now)


def _check_node(node: str) -> None:
    if "\0" in node:
        raise invalid("node", "含有无法识别的字符")
