"""The organisation tree: looked at, and entered in lots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_cursor, encode_cursor
from services.kit.work import Work
from services.members.contracts import GetNode, Level, ListNodes, Node, NodesRegistered, NodeView, Slug
from services.members.domain.tree import Place, ancestor
from services.members.store import tree

LOT = 500


def list_nodes(work: Work, ask: ListNodes) -> Page[NodeView]:
    """A page of nodes in the order of their codes."""
    limit = bounded(ask.limit)
    after = decode_cursor(ask.cursor, 1)[0] if ask.cursor is not None else None
    found = tree.page(
        work.db, parent=ask.parent, level=ask.level, words=ask.search, after=after, limit=limit + 1
    )
    shown = found[:limit]
    return Page(items=shown, next=encode_cursor(shown[-1].code) if len(found) > limit else None)


def get_node(work: Work, ask: GetNode) -> NodeView:
    found = tree.get(work.db, ask.code)
    if found is None:
        raise Refused(Slug.NO_SUCH_NODE, "没有这个区划节点", status=404)
    return found


def check_node(work: Work, code: str, level: Level, field: str) -> None:
    """Refuse a code that is no node of that level."""
    if not tree.exists(work.db, code, level):
        raise Refused(Slug.NO_SUCH_NODE, "没有这个区划节点", status=422, field=field)


def check_known(work: Work, code: str, field: str) -> None:
    """Refuse a code that is no node of any level."""
    if not tree.exists(work.db, code):
        raise Refused(Slug.NO_SUCH_NODE, "没有这个区划节点", status=422, field=field)


def enter_places(work: Work, places: Sequence[Place], entered: Callable[[int], None]) -> None:
    """Enter or rename places, parents first, and tell of them in lots; ``entered`` hears how many are in."""
    done = 0
    for start in range(0, len(places), LOT):
        lot = places[start : start + LOT]
        tree.save(work.db, lot)
        for top, of_top in groupby(sorted(lot, key=_top), key=_top):
            nodes = tuple(Node(code=place.code, name=place.name, level=place.level) for place in of_top)
            sequence = tree.next_revision(work.db, top)
            work.outbox.append(NodesRegistered(nodes=nodes), aggregate=f"nodes:{top}", sequence=sequence)
        done += len(lot)
        entered(done)


def _top(place: Place) -> str:
    return ancestor(place.code, Level.PROVINCE)
