"""Zoucheng's quarter lived through: entered, told week by week, and read at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from deploy.embedded.ziyun.courses import DAY
from services.kit.testing import fresh_database
from tests.city import APART, running_city
from tests.scenarios.stage import LONGEST, Stage, stage, timed
from tests.scenarios.telling import Telling, Thread
from tests.scenarios.zoucheng import (
    BEGINS,
    BUILDING_GROUPS,
    CENTRES,
    DISTRICT,
    DIVISIONS,
    GRIDS,
    LEFT,
    ORDERS,
    WEEKS,
    Practice,
    practice,
)
from tests.waiting import until

MORNING = timedelta(hours=8)


@dataclass(frozen=True)
class Quarter:
    """The quarter as it was told, and the orders' files as the district's supervisor reads them at its end."""

    stage: Stage
    practice: Practice
    telling: Telling
    figures: dict[str, Any]
    files: dict[str, Any]

    def of(self, course: str) -> list[Any]:
        return [self.files[thread.order_id] for thread in self.practice.ways()[course]]


@contextmanager
def lived_through(amqp_uri: str, database_url: str, folder: Path) -> Iterator[Quarter]:
    with (
        fresh_database(database_url) as url,
        running_city(amqp_uri, url, folder, processes=APART, divisions=DIVISIONS) as city,
        stage(city) as set_up,
    ):
        told = practice()
        telling = Telling(set_up, told.story, BEGINS, told.threads)
        with timed("enter the practice"):
            enter(set_up, told, telling)
        with timed(f"tell {ORDERS} orders"):
            telling.tell(WEEKS)
        with timed("settle"):
            figures = settled(telling)
        with timed("read every order"):
            files = read_all(telling)
        yield Quarter(set_up, told, telling, figures, files)


def enter(set_up: Stage, told: Practice, telling: Telling) -> None:
    """The registers through the import, the accounts one by one."""
    at = telling.moment(MORNING)
    grids = set_up.enter(
        "grids",
        [
            {
                "community_code": grid.code[:12],
                "grid_code": grid.code[12:],
                "name": grid.name,
                "households": 200,
                "people": 600,
            }
            for grid in told.grids
        ],
        at=at,
    )
    groups = set_up.enter("building_groups", [_place(code) for code in told.groups], at=at)
    centres = set_up.enter("household_centres", [_place(code) for code in told.centres], at=at)
    assert grids["created"] == GRIDS
    assert groups["created"] == BUILDING_GROUPS
    assert centres["created"] == CENTRES
    set_up.enter_units(told.story, DISTRICT, at=at)
    set_up.enter_members(told.story, told.acting(DISTRICT), at=at)
    set_up.side_by_side(set_up.open_account, told.story.officials)


def _place(code: str) -> dict[str, str]:
    """A line of the registers below the grid."""
    parts = (code[:12], code[12:15], code[15:18], code[18:])
    columns = ("community_code", "grid_code", "building_group_code", "centre_code")
    told = {column: part for column, part in zip(columns, parts, strict=True) if part}
    return {**told, "name": f"第{int(parts[3])}党员中心户" if parts[3] else f"第{int(parts[2])}楼栋党小组"}


def period(telling: Telling) -> dict[str, str]:
    return {"since": BEGINS.isoformat(), "until": telling.day(WEEKS * 7 * DAY - DAY)}


def settled(telling: Telling) -> dict[str, Any]:
    """The figures, once evaluation has heard of everything."""
    expected = {"orders": ORDERS, "closed": ORDERS - LEFT, "in_progress": LEFT}

    def counted() -> dict[str, Any] | None:
        seen = telling.stage.somebody().get("/figures", node=DISTRICT, **period(telling))
        figures = {each["figure"]: each for each in seen["figures"]}
        return figures if {name: figures[name]["numerator"] for name in expected} == expected else None

    return until(counted, f"the figures to be {expected}", seconds=LONGEST) or {}


def read_all(telling: Telling) -> dict[str, Any]:
    """Every order's file, once intake has heard of its end."""
    supervisor = telling.stage.person(telling.story.official("supervisor", DISTRICT))

    def read(thread: Thread) -> Any:
        def ended() -> Any:
            file = supervisor.get(f"/orders/{thread.order_id}")
            return file if file["task"] and file["state"] == file["task"]["state"] else None

        return until(ended, f"the history of order {thread.order.number}", seconds=LONGEST)

    files = telling.stage.gathered(read, telling.threads)
    return {file["order_id"]: file for file in files}
