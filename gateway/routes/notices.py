"""The public notice (公示): what was done about public orders."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.call import Call
from gateway.fields import Paged, text
from gateway.policies import ANYONE
from gateway.routing import route
from gateway.words import _
from services.intake.contracts import ListNotices, Notice
from services.kit.actor import VISITOR
from services.kit.asking import Page


@dataclass(frozen=True, kw_only=True)
class ShownNotice(Notice):
    """A notice, with the names of its community and category."""

    community_name: str | None
    category_name: str | None


class NoticeQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)


@route(
    "GET",
    "/notices",
    policy=ANYONE,
    summary=_("公示：公示中和最近三十天销号的公开点单，以及怎样办的；最近有变化的在前"),
    tag="orders",
    query=NoticeQuery,
    answer=Page[ShownNotice],
)
def list_notices(call: Call) -> Page[ShownNotice]:
    return notices(call, ListNotices(**call.query))


def notices(call: Call, wanted: ListNotices) -> Page[ShownNotice]:
    page = call.ask(wanted, actor=VISITOR)
    places = call.desk.names.of_places(notice.community_code for notice in page.items)
    shown = tuple(
        ShownNotice(
            **vars(notice),
            community_name=places.get(notice.community_code),
            category_name=call.desk.names.of_category(notice.category) if notice.category else None,
        )
        for notice in page.items
    )
    return Page(items=shown, next=page.next)
