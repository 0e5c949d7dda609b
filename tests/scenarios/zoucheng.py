"""Scenario C: Zoucheng's practice as data: 48 communities, 588 grids, 1,830 orders of one quarter.

The places are real, everybody in them is invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, repeat

from deploy.embedded.ziyun.story import DATA, Member, Official, Order, Story, Unit
from tests.scenarios.invented import DEMANDS, Division, divisions, home, name, phone
from tests.scenarios.scale import FULL, shares
from tests.scenarios.telling import Thread
from tests.scenarios.zoucheng_courses import Diary, beats_of

DIVISIONS = DATA / "divisions/zoucheng.csv"
DISTRICT = "370883"
BEGINS = date(2026, 4, 6)
"""A Monday; Labour Day with its make-up workday lies in the quarter."""
WEEKS = 13
LAST_DAY = 56
"""Of those orders that are closed when the quarter ends."""

COMMUNITIES = 48
GRIDS = 588
BUILDING_GROUPS = 1042
CENTRES = 6771
UNITS = 60
MEMBERS_EACH = 10
ORDERS = 1830 if FULL else 72
LEFT = 7 if FULL else 1
"""Orders that are not closed: 1,823 of 1,830 are, which is 99.6 % as one decimal is rounded."""

SHARES = {
    "in_the_grid": 418,
    "offered": 330,
    "grabbed": 330,
    "unit": 190,
    "unit_leader": 60,
    "declined": 60,
    "expired": 40,
    "returned": 40,
    "sent_back": 60,
    "reopened": 40,
    "called": 90,
    "called_again": 20,
    "supervised": 30,
    "paused": 30,
    "silent": 40,
    "objected": 10,
    "last_resort": 8,
    "climbing": 8,
    "whistled": 12,
    "appealed": 7,
}
"""How many of 1,823 orders go which way."""
LEFT_COURSES = (
    "left_acting",
    "left_open",
    "left_collected",
    "left_asked",
    "left_answered",
    "left_acting",
    "left_open",
)
FROM_GRIDS = {"in_the_grid", "climbing"}
BY_HOTLINE = {"called", "called_again"}
ALTERNATING = (
    ("phone", "community_page"),
    ("account", "official_account"),
    ("phone", "group_chat"),
    ("account", "community_page"),
    ("phone", "bulletin_board"),
    ("phone", "mass_meeting"),
)
"""By whom and through which channel all other orders are placed."""
TO_UNITS = {"unit", "unit_leader", "supervised", "last_resort", "climbing", "whistled"}
"""Courses whose second hand is a unit; in all others it is a member."""
GRADES = ("very_satisfied", "satisfied", "very_satisfied", "basically_satisfied", "satisfied", "dissatisfied")
SKILLS = ("电工", "水暖", "调解", "陪护", "辅导", "园艺", "法律", "消防")
QUICK = 0
"""The demand whose promise is short enough to climb a level within a week."""


@dataclass(frozen=True, slots=True)
class Grid:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Practice:
    story: Story
    communities: tuple[Division, ...]
    grids: tuple[Grid, ...]
    groups: tuple[str, ...]
    """Codes of the building groups."""
    centres: tuple[str, ...]
    """Codes of the household centres."""
    threads: tuple[Thread, ...]

    def ways(self) -> dict[str, list[Thread]]:
        """The orders by their course."""
        found: dict[str, list[Thread]] = {}
        for thread in self.threads:
            found.setdefault(thread.order.course, []).append(thread)
        return found

    def acting(self, node: str) -> set[str]:
        """The members checked in at and below ``node`` who have a part in an order, by login."""
        named = {login for thread in self.threads for login in thread.logins}
        return {
            each.login
            for each in self.story.members
            if each.login in named and each.community_code.startswith(node)
        }


def practice() -> Practice:
    communities = tuple(each for each in divisions(DIVISIONS) if "社区居" in each.name)
    grids = tuple(_grids(communities))
    units = tuple(_units(communities))
    members = tuple(_members(communities, grids))
    orders = tuple(_orders(communities, members))
    grid_of = {order.number: _grid(order, grids) for order in orders}
    staffed = {grid.code for grid in grids} if FULL else set(grid_of.values())
    officials = tuple(_officials(communities, [grid for grid in grids if grid.code in staffed], units))
    story = Story(district=DISTRICT, officials=officials, units=units, members=members, orders=orders)
    logins: dict[str, list[str]] = {}
    for member in members:
        logins.setdefault(member.community_code, []).append(member.login)
    threads = tuple(
        Thread(order, beats_of(_diary(order, story, grid_of[order.number], logins)), grid_of[order.number])
        for order in orders
    )
    groups = tuple(_below([grid.code for grid in grids], BUILDING_GROUPS))
    centres = tuple(_below(groups, CENTRES))
    return Practice(story, communities, grids, groups, centres, threads)


def _diary(order: Order, story: Story, grid: str | None, logins: Mapping[str, Sequence[str]]) -> Diary:
    worker = story.official("grid_worker", grid) if grid else ""
    spare = tuple(each for each in logins[order.community_code] if each != order.first)
    return Diary(order, story, worker, spare)


def _grids(communities: Sequence[Division]) -> Iterator[Grid]:
    """Twelve in a community, thirteen in the first twelve."""
    for code in _below([community.code for community in communities], GRIDS):
        yield Grid(code, f"第{int(code[12:])}网格")


def _below(codes: Sequence[str], total: int) -> Iterator[str]:
    """So many codes of the next level, spread evenly."""
    for place, code in enumerate(codes):
        for number in range(1, total // len(codes) + (place < total % len(codes)) + 1):
            yield f"{code}{number:03d}"


def _units(communities: Sequence[Division]) -> Iterator[Unit]:
    for number in range(UNITS):
        code, community = f"DW{number + 1:03d}", communities[number % COMMUNITIES]
        yield Unit(code=code, name=f"邹城市机关单位{code}", community_code=community.code)


def _members(communities: Sequence[Division], grids: Sequence[Grid]) -> Iterator[Member]:
    """Those of a community belong to the unit of the same place in the list."""
    for place, community in enumerate(communities):
        own = [grid.code for grid in grids if grid.code.startswith(community.code)]
        for each in range(MEMBERS_EACH):
            number = place * MEMBERS_EACH + each
            yield Member(
                login=f"member-{number:04d}",
                name=name(number),
                unit_code=f"DW{place + 1:03d}",
                community_code=community.code,
                grid_code=own[each % len(own)][12:],
                skills=(SKILLS[each % len(SKILLS)],),
                day=0,
            )


def _officials(
    communities: Sequence[Division], grids: Sequence[Grid], units: Sequence[Unit]
) -> Iterator[Official]:
    posts = chain(
        [("supervisor", DISTRICT), ("grid_worker", DISTRICT)],
        (("supervisor", street) for street in sorted({each.street for each in communities})),
        (("liaison", each.code) for each in communities),
        (("grid_worker", grid.code) for grid in grids),
        (("grid_head", grid.code) for grid in grids),
        (("unit_leader", f"unit:{unit.code}") for unit in units),
    )
    for number, (role, node) in enumerate(posts, 500):
        login = f"{role}-{node}".replace("_", "-").replace(":", "-").lower()
        yield Official(login=login, name=name(number), role=role, node=node)


def _orders(communities: Sequence[Division], members: Sequence[Member]) -> Iterator[Order]:
    closed = ORDERS - LEFT
    ways = [way for way, count in shares(SHARES, closed).items() for way in repeat(way, count)]
    # Dealt with a stride that is prime to their number, so that each week and place sees something of each way.
    dealt = [ways[number * 101 % closed] for number in range(closed)]
    for number, course in enumerate([*dealt, *LEFT_COURSES[:LEFT]]):
        place = number % COMMUNITIES
        mine = place * MEMBERS_EACH
        turn = number // COMMUNITIES
        first, other = members[mine + turn % MEMBERS_EACH], members[mine + (turn + 1) % MEMBERS_EACH]
        by, channel = _way_in(course, number)
        demand = DEMANDS[QUICK if course == "climbing" else number % len(DEMANDS)]
        day = number * LAST_DAY // closed if number < closed else 87 + number % 3
        resident = 2000 + place if by == "account" else 3000 + number
        yield Order(
            number=number,
            day=day // 7 * 7 if course == "climbing" else day,
            hour=8 + number % 9,
            community_code=communities[place].code,
            channel=channel,
            by=by,
            name=name(resident),
            phone=phone(resident),
            category=demand.category,
            words=f"{home(number)}{demand.words}",
            address=home(number),
            course=course,
            first=first.login,
            second=first.unit_code if course in TO_UNITS else other.login,
            grade=GRADES[number % len(GRADES)],
            answer=demand.answer,
        )


def _way_in(course: str, number: int) -> tuple[str, str]:
    if course in FROM_GRIDS:
        return "grid", "grid_visit"
    if course in BY_HOTLINE:
        return "hotline", "hotline"
    return ALTERNATING[number % len(ALTERNATING)]


def _grid(order: Order, grids: Sequence[Grid]) -> str | None:
    """The order's grid; some residents do not know theirs."""
    own = [grid.code for grid in grids if grid.code.startswith(order.community_code)]
    return own[order.number // COMMUNITIES % len(own)] if order.by == "grid" or order.number % 2 else None
