"""The board: tasks by state side by side, overdue and urgent ones on top; on a phone one state at a time."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, choice, flag, text
from gateway.policies import WORDS_READERS
from gateway.routing import page
from gateway.web.desk_cards import Card, cards_of
from gateway.web.desk_places import desk_nodes, node_of
from gateway.web.render import show
from gateway.words import _
from services.dispatch.contracts import ListCategories, ListTasks, State, TaskSort, TaskView
from services.kit.actor import VISITOR
from services.kit.asking import Page

COLUMNS = (State.COLLECTED, State.REGISTERED, State.ASSIGNED, State.ACTING, State.ANSWERED)
IN_COLUMN = 12


class BoardQuery(Request):
    node = text(_("地方"), most=20, required=False)
    category = text(_("类别"), most=50, required=False)
    overdue = flag(_("只看超时的"))
    mine = flag(_("只看由我办理的"))
    state = choice(State, _("在手机上看的一栏；翻页的一栏"), required=False)
    cursor = text(_("这一栏的翻页标记"), most=500, required=False)


@dataclass(frozen=True, kw_only=True)
class Column:
    """``link`` shows this column alone on a phone, ``more`` its next page."""

    state: State
    cards: list[Card]
    link: str
    more: str


@page(
    "GET",
    "/desk/board",
    policy=WORDS_READERS,
    summary=_("看板：任务按状态分栏，超时的在前"),
    query=BoardQuery,
)
def desk_board(call: Call) -> Response:
    nodes = desk_nodes(call)
    node = node_of(call, nodes)
    current = call.query.get("state") or State.COLLECTED
    kept = {
        "node": node,
        "category": call.query.get("category") or "",
        "overdue": "true" if call.query.get("overdue") else "",
        "mine": "true" if call.query.get("mine") else "",
    }
    found = {state: _tasks(call, node, state, paged=state == current) for state in COLUMNS}
    # All cards at once, so that words and names are asked for once.
    cards = iter(cards_of(call, [task for page in found.values() for task in page.items]))
    columns = [
        Column(
            state=state,
            cards=[next(cards) for _task in page.items],
            link=_link(kept, state=state),
            more=_link(kept, state=state, cursor=page.next) if page.next else "",
        )
        for state, page in found.items()
    ]
    return show(
        call,
        "desk_board.html",
        live=f"desk:{node}" if node else "",
        nodes=nodes,
        node=node,
        columns=columns,
        current=current,
        kept=kept,
        categories=call.ask(ListCategories(), actor=VISITOR),
        paged=bool(call.query.get("cursor")),
        first=_link(kept, state=current),
    )


def _tasks(call: Call, node: str, state: State, *, paged: bool) -> Page[TaskView]:
    return call.ask(
        ListTasks(
            node=node,
            states=(state,),
            category=call.query.get("category"),
            overdue=bool(call.query.get("overdue")),
            mine=bool(call.query.get("mine")),
            sort=TaskSort.URGENT,
            cursor=call.query.get("cursor") if paged else None,
            limit=IN_COLUMN,
        )
    )


def _link(kept: dict[str, str], **more: str | None) -> str:
    return "/desk/board?" + urlencode({name: value for name, value in {**kept, **more}.items() if value})
