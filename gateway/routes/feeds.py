"""The secret address of one's calendar of duties: made, shown and revoked; and the calendar itself, for whoever has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gateway.call import Call
from gateway.policies import HANDS
from gateway.routing import route
from gateway.words import _
from services.members.contracts import FeedView, GetFeed, MakeFeed, RevokeFeed


@dataclass(frozen=True, kw_only=True)
class FeedAddress:
    """``address`` is all that is needed to read the calendar; give it to nobody."""

    address: str
    made_at: datetime


@route(
    "GET",
    "/me/calendar",
    policy=HANDS,
    summary=_("我的任务日历的地址"),
    tag="members",
    answer=FeedAddress,
)
def get_feed(call: Call) -> FeedAddress:
    return address_of(call, call.ask(GetFeed()))


@route(
    "POST",
    "/me/calendar",
    policy=HANDS,
    summary=_("生成新的日历地址，旧的随即停用"),
    tag="members",
    answer=FeedAddress,
    status=201,
)
def make_feed(call: Call) -> FeedAddress:
    return address_of(call, call.ask(MakeFeed()))


@route("DELETE", "/me/calendar", policy=HANDS, summary=_("停用日历地址"), tag="members")
def revoke_feed(call: Call) -> None:
    call.ask(RevokeFeed())


def address_of(call: Call, feed: FeedView) -> FeedAddress:
    return FeedAddress(address=f"{site_of(call)}/calendar/{feed.token}.ics", made_at=feed.made_at)


def site_of(call: Call) -> str:
    """Where the caller found us."""
    return f"{'https' if call.secure else 'http'}://{call.request.host}"
