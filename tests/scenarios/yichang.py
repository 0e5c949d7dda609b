"""Scenario Y: Yichang's practice as data: 13 districts, three lists of 1,533 problems, 875 tasks and 1,368 results.

The places are real, everybody in them is invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice, zip_longest

from deploy.embedded.ziyun.courses import COURSES, Beat
from deploy.embedded.ziyun.courses import Diary as PlainDiary
from deploy.embedded.ziyun.story import DATA, Member, Official, Order, Story, Unit
from tests.scenarios.invented import DEMANDS, Division, divisions, home, name, phone
from tests.scenarios.scale import FULL
from tests.scenarios.telling import Thread

DIVISIONS = DATA / "divisions/yichang.csv"
CITY = "4205"
BEGINS = date(2026, 3, 2)
"""A Monday."""
WEEKS = 13
LAST_DAY = 56
"""Of those orders that have a result when the quarter ends."""

DISTRICTS, STREETS, COMMUNITIES = 13, 113, 1650
UNITS = 179 if FULL else 13
"""Each with a head who is first secretary of one community."""
CADRES = 1058 if FULL else 70
"""First secretaries of one quarter each."""
MEMBERS = 13_000 if FULL else 390
WHOLE = ((337, 308, 89, 37), (60, 30, 11, 3))
"""Tasks with a result, and without one, that serve one, two, three and four problems."""
SETTLED, OPEN = WHOLE if FULL else ((13, 10, 4, 2), (2, 1, 1, 1))
WAYS = (
    *("offered", "unit", "offered", "grabbed", "unit_leader", "called", "offered", "silent", "unit"),
    *("sent_back", "declined", "reopened", "unit", "offered", "paused", "urged", "called_again", "returned"),
)
LEFT_WAYS = ("left_acting", "left_open", "left_answered", "left_asked")
TO_UNITS = {"unit", "unit_leader"}
SKILLS = ("电工", "水暖", "调解", "陪护", "辅导")
GRADES = ("very_satisfied", "satisfied", "basically_satisfied")
SIGNED_IN = 6
"""Members of each community who act, and therefore sign in."""


def served(tasks: Sequence[int]) -> int:
    """How many problems so many tasks of each size serve."""
    return sum(size * count for size, count in enumerate(tasks, 1))


@dataclass(frozen=True, slots=True)
class Grid:
    code: str
    name: str

    @property
    def quarter(self) -> str:
        """The code of its quarter, which it fills alone here."""
        return self.code[:14]


@dataclass(frozen=True, slots=True)
class Practice:
    """``communities`` are those that take part, one for each unit, from all districts."""

    story: Story
    communities: tuple[Division, ...]
    grids: tuple[Grid, ...]
    threads: tuple[Thread, ...]

    def acting(self, node: str) -> set[str]:
        """The members checked in at and below ``node`` who have a part in an order, by login."""
        named = {login for thread in self.threads for login in thread.logins}
        return {
            each.login
            for each in self.story.members
            if each.login in named and each.community_code.startswith(node)
        }


class Diary(PlainDiary):
    """Of a task; ``others`` are how many more orders are merged into it as soon as it is registered."""

    def __init__(self, order: Order, story: Story, others: int) -> None:
        super().__init__(order, story)
        self.supervisor = story.official("supervisor", order.community_code[:6])
        self.others = others

    def registered(self) -> None:
        super().registered()
        for place in range(self.others):
            self.later(0.1)
            path = f"/orders/{{others[{place}]}}/merge"
            body = {"into_order_id": self.order.number}
            self.beats.append(Beat(at=self.at, who=self.liaison, steps=(), path=path, body=body))


def practice() -> Practice:
    communities = tuple(_communities())
    grids = tuple(_grids(communities))
    units = tuple(_units(communities))
    members = tuple(_members(communities, grids))
    orders = list(_orders(communities, members))
    officials = tuple(_officials(communities, units))
    leads = tuple(chain.from_iterable(orders))
    story = Story(district=CITY, officials=officials, units=units, members=members, orders=leads)
    return Practice(story, communities, grids, tuple(_thread(together, story) for together in orders))


def _thread(together: Sequence[Order], story: Story) -> Thread:
    lead, *others = together
    diary = Diary(lead, story, len(others))
    COURSES[lead.course](diary)
    return Thread(lead, tuple(diary.beats), others=others)


def _communities() -> Iterator[Division]:
    """As many as there are units, the districts taking turns."""
    by_district: dict[str, list[Division]] = {}
    for each in divisions(DIVISIONS):
        by_district.setdefault(each.district, []).append(each)
    turns = chain.from_iterable(zip_longest(*by_district.values()))
    return islice((each for each in turns if each), UNITS)


def _grids(communities: Sequence[Division]) -> Iterator[Grid]:
    """One for each cadre's quarter."""
    for place, community in enumerate(communities):
        for number in range(1, CADRES // UNITS + (place < CADRES % UNITS) + 1):
            yield Grid(f"{community.code}{number:02d}1", f"第{number}网格")


def _units(communities: Sequence[Division]) -> Iterator[Unit]:
    for number, community in enumerate(communities, 1):
        code = f"YC{number:03d}"
        yield Unit(code=code, name=f"宜昌市机关单位{code}", community_code=community.code)


def _members(communities: Sequence[Division], grids: Sequence[Grid]) -> Iterator[Member]:
    own: dict[str, list[str]] = {}
    for grid in grids:
        own.setdefault(grid.code[:12], []).append(grid.code[12:])
    for number in range(MEMBERS):
        place, turn = number % len(communities), number // len(communities)
        community = communities[place].code
        yield Member(
            login=f"member-{number:05d}",
            name=name(number),
            unit_code=f"YC{place + 1:03d}",
            community_code=community,
            grid_code=own[community][turn % len(own[community])],
            skills=(SKILLS[turn % len(SKILLS)],),
            day=0,
        )


def _officials(communities: Sequence[Division], units: Sequence[Unit]) -> Iterator[Official]:
    posts = chain(
        [("supervisor", CITY), ("grid_worker", CITY)],
        (("supervisor", district) for district in sorted({each.district for each in communities})),
        (("supervisor", street) for street in sorted({each.street for each in communities})),
        (("liaison", each.code) for each in communities),
        (("unit_leader", f"unit:{unit.code}") for unit in units),
    )
    for number, (role, node) in enumerate(posts, 300):
        login = f"{role}-{node}".replace("_", "-").replace(":", "-").lower()
        yield Official(login=login, name=name(number), role=role, node=node)


def _orders(communities: Sequence[Division], members: Sequence[Member]) -> Iterator[list[Order]]:
    """The orders of each task, the one first that the others are merged into."""
    settled = [size for size, count in enumerate(SETTLED, 1) for _ in range(count)]
    left = [size for size, count in enumerate(OPEN, 1) for _ in range(count)]
    sizes = [(size, True) for size in settled] + [(size, False) for size in left]
    number = 0
    for task, (size, done) in enumerate(sizes):
        # A stride that is prime to their number deals tasks of each size and way to each place.
        place = task * 5 % len(communities)
        turn = task // len(communities)
        first, other = (members[(turn + step) % SIGNED_IN * len(communities) + place] for step in (0, 1))
        course = WAYS[task % len(WAYS)] if done else LEFT_WAYS[task % len(LEFT_WAYS)]
        demand = DEMANDS[task % len(DEMANDS)]
        together = []
        for _ in range(size):
            together.append(
                Order(
                    number=number,
                    day=task * LAST_DAY // len(settled) if done else 84 + task % 4,
                    hour=8 + task % 9,
                    community_code=communities[place].code,
                    channel="hotline" if course.startswith("called") else "community_page",
                    by="hotline" if course.startswith("called") else "phone",
                    name=name(2000 + number),
                    phone=phone(3000 + number),
                    category=demand.category,
                    words=f"{home(task)}{demand.words}",
                    address=home(task),
                    course=course,
                    first=first.login,
                    second=first.unit_code if course in TO_UNITS else other.login,
                    grade=GRADES[task % len(GRADES)],
                    answer=demand.answer,
                )
            )
            number += 1
        yield together
