"""An invented town for matching: estates on a plain, members with trades and weekly free times, orders with windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt
from random import Random

from services.dispatch.domain.matching.values import Demand, Supply
from services.kit.geo import Point, rough

SKILLS = ("电工", "水暖", "木工", "法律", "医护", "护理", "心理", "教学", "财会", "电脑", "驾驶", "园艺")
EVENLY = (1,) * len(SKILLS)
UNEVENLY = (3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1)
"""How often each skill is wanted, against the others."""

SERVICES = ("维修", "照护", "陪伴", "咨询", "辅导", "巡查")
SOUTH, WEST = 30.70, 111.28
DEGREE_M = 111_195.0
SPREAD_M = 250.0
"""How far from the middle of their estate people live (a standard deviation)."""

PARTS = ((16, 24), (26, 34), (36, 42))
"""Half hours of a day: 8 to 12, 13 to 17, 18 to 21."""

DAYS = 7


@dataclass(frozen=True)
class Estate:
    """``pull`` is how many of the orders come from here, against the others: three times as many at most."""

    community_code: str
    east_m: float
    north_m: float
    pull: float


@dataclass(frozen=True)
class Town:
    """``estates`` of a square of ``side_m`` metres; chance is all in ``random``."""

    random: Random
    estates: tuple[Estate, ...]

    def demands(self, count: int, *, parts: int = 2, wanted: Sequence[int] = EVENLY) -> list[Demand]:
        """Orders that can be served during ``parts`` parts of days on end."""
        return [self._demand(f"task-{number:06}", parts, wanted) for number in range(count)]

    def supplies(
        self, count: int, *, free_parts: int = 5, capacity: int = 1, recent: int = 0
    ) -> list[Supply]:
        """Members free in ``free_parts`` of the 21 parts of a week, mostly evenings and the weekend."""
        return [
            self._supply(f"member-{number:06}", free_parts, capacity, self.random.randint(0, recent))
            for number in range(count)
        ]

    def _demand(self, task_id: str, parts: int, wanted: Sequence[int]) -> Demand:
        (estate,) = self.random.choices(self.estates, [each.pull for each in self.estates])
        first = self.random.randrange(DAYS * len(PARTS) - parts + 1)
        return Demand(
            task_id=task_id,
            community_code=estate.community_code,
            scope=estate.community_code[:6],
            point=self._point(estate),
            skill=self.random.choices(SKILLS, wanted)[0],
            service=self.random.choice(SERVICES),
            opens=_moment(first)[0],
            closes=_moment(first + parts - 1)[1],
        )

    def _supply(self, hand_id: str, free_parts: int, capacity: int, recent: int) -> Supply:
        estate = self.random.choice(self.estates)
        return Supply(
            hand_id=hand_id,
            community_code=estate.community_code,
            point=self._point(estate),
            skills=tuple(self.random.sample(SKILLS, self.random.choice((1, 1, 2, 3)))),
            wishes=frozenset(self.random.sample(SERVICES, 2)),
            free=self._free(free_parts),
            capacity=capacity,
            recent=recent,
            asks_left=capacity,
            known={estate.community_code: self.random.randint(0, 6)},
            asked=(asked := self.random.randint(0, 10)),
            accepted=self.random.randint(asked // 2, asked),
        )

    def _free(self, parts: int) -> int:
        moments = range(DAYS * len(PARTS))
        liked = [4 if at % len(PARTS) == 2 or at // len(PARTS) >= DAYS - 2 else 1 for at in moments]
        mask = 0
        for at in self.random.choices(moments, liked, k=parts):
            opens, closes = _moment(at)
            mask |= ((1 << (closes - opens)) - 1) << opens
        return mask

    def _point(self, estate: Estate) -> Point:
        north = estate.north_m + self.random.gauss(0, SPREAD_M)
        east = estate.east_m + self.random.gauss(0, SPREAD_M)
        return rough(
            Point(
                longitude=WEST + east / (DEGREE_M * cos(radians(SOUTH))),
                latitude=SOUTH + north / DEGREE_M,
            )
        )


def town(seed: int, *, people: int, per_km2: float = 30.0, per_estate: int = 40) -> Town:
    """A town with room for ``people`` members, ``per_km2`` of them on a square kilometre."""
    random = Random(seed)
    side = sqrt(people / per_km2) * 1_000
    estates = tuple(
        Estate(
            community_code=f"4205{number // 100_000 + 2:02}{number // 100 % 1000 + 1:03}{number % 100 + 1:03}",
            east_m=random.uniform(0, side),
            north_m=random.uniform(0, side),
            pull=random.uniform(0.5, 1.5),
        )
        for number in range(max(1, people // per_estate))
    )
    return Town(random, estates)


def _moment(at: int) -> tuple[int, int]:
    day, part = divmod(at, len(PARTS))
    opens, closes = PARTS[part]
    return day * 48 + opens, day * 48 + closes


def gini(shares: Sequence[int]) -> float:
    """0 where all have the same, towards 1 where one has everything (Gini, 1912), over sorted shares."""
    ordered = sorted(shares)
    count, total = len(ordered), sum(ordered)
    weighted = sum(rank * share for rank, share in enumerate(ordered, 1))
    return 2 * weighted / (count * total) - (count + 1) / count if total else 0.0
