"""Where a request is: told by a code, a point on the map or an address, of which each must lead to a community."""

from __future__ import annotations

import math
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from gateway.call import Call
from gateway.problems import Problem, invalid
from gateway.web.labels import place
from gateway.words import _
from services.intake.contracts import CommunityNear
from services.kit.actor import VISITOR
from services.kit.geo import Point
from services.kit.outcomes import Refused
from services.members.contracts import CommunityAt, GetNode, Level, ListNodes

COMMUNITY_LENGTH = 12
LONGEST_ADDRESS = 200
MOST = 200
EAST, NORTH = 180, 90
UNKNOWN = _("从所给的位置看不出是哪个社区，请填写社区代码或网格代码 (address_id was not provided)")
TOO_FAR = _(
    "这个位置不在本区县已录入的社区轮廓内，离有过点单的地方也超过 1 公里，请填写社区代码或网格代码 (address_id was not provided)"
)


@dataclass(frozen=True, kw_only=True)
class Location:
    community_code: str
    grid_code: str | None
    point: Point | None
    address: str | None


def location_of(call: Call, form: MultiDict[str, str], jurisdiction: str) -> Location:
    """``address_id`` counts before the point, the point before the address. Raises Problem (400), which names ``address_id`` as
    the sure way where the others lead nowhere.
    """
    address = form.get("address_string", "").strip() or None
    if address and (len(address) > LONGEST_ADDRESS or "\0" in address):
        raise invalid((("address_string", _("最多 200 个字")),), status=400)
    point = _point(form)
    if code := form.get("address_id", "").strip():
        community, grid = _coded(call, code, jurisdiction)
    elif point is None and address is None:
        raise Problem(
            "bad-request",
            400,
            _("请填写位置：address_id、lat 和 long，或 address_string (location was not provided)"),
        )
    else:
        community, grid = _found(call, point, address, jurisdiction), None
    return Location(community_code=community, grid_code=grid, point=point, address=address)


def _point(form: MultiDict[str, str]) -> Point | None:
    told = {name: form.get(name, "").strip() for name in ("long", "lat")}
    if not any(told.values()):
        return None
    missing = [name for name, value in told.items() if not value]
    if missing:
        raise invalid(
            tuple((name, _("lat 和 long 须一起填写") + f" ({name} was not provided)") for name in missing),
            status=400,
        )
    return Point(longitude=_degrees("long", told, EAST), latitude=_degrees("lat", told, NORTH))


def _degrees(name: str, told: dict[str, str], most: int) -> float:
    try:
        value = float(told[name])
    except ValueError:
        value = math.nan
    if not abs(value) <= most:
        raise invalid(((name, _("应为 WGS 84 的度数，在 -{0} 到 {0} 之间").format(most)),), status=400)
    return value


def _coded(call: Call, code: str, jurisdiction: str) -> tuple[str, str | None]:
    """A community's code, or that of a grid in one."""
    try:
        node = call.ask(GetNode(code=code)) if code.startswith(jurisdiction) and code.isdigit() else None
    except Refused:
        node = None
    if node is None or node.level not in {Level.COMMUNITY, Level.GRID}:
        raise invalid(
            (("address_id", _("应为本区县的社区代码（12 位）或网格代码（15 位）")),),
            status=400,
        )
    return code[:COMMUNITY_LENGTH], code if node.level is Level.GRID else None


def _found(call: Call, point: Point | None, address: str | None, jurisdiction: str) -> str:
    found = (_at(call, point, jurisdiction) if point else None) or (
        _named(call, address, jurisdiction) if address else None
    )
    if found is None:
        raise invalid((("address_id", TOO_FAR if point else UNKNOWN),), status=400)
    return found


def _at(call: Call, point: Point, jurisdiction: str) -> str | None:
    """The community whose outline holds the point, if outlines were taken in; else that of the nearest order near by."""
    drawn = call.ask(CommunityAt(point=point, node=jurisdiction), actor=VISITOR).code
    return drawn or call.ask(CommunityNear(point=point, node=jurisdiction)).community_code


def _named(call: Call, address: str, jurisdiction: str) -> str | None:
    """The one community whose name is in the address; a longer name counts before a shorter one inside it."""
    communities = call.desk.known(f"communities of {jurisdiction}", lambda: _communities(call, jurisdiction))
    inside = [(name, code) for code, name in communities if name in address]
    longest = max((len(name) for name, _code in inside), default=0)
    codes = {code for name, code in inside if len(name) == longest}
    return codes.pop() if len(codes) == 1 else None


def _communities(call: Call, jurisdiction: str) -> tuple[tuple[str, str], ...]:
    """Codes, and the names as people say them."""
    found: list[tuple[str, str]] = []
    cursor: str | None = None
    while True:
        page = call.ask(ListNodes(parent=jurisdiction, level=Level.COMMUNITY, cursor=cursor, limit=MOST))
        found += [(node.code, place(node.name)) for node in page.items]
        cursor = page.next
        if cursor is None:
            return tuple(found)
