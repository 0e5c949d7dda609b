"""A handful of small wishes on the wall of the demonstration, told after the quarter; they are no orders, and no figure of the
quarter counts them.
"""

from __future__ import annotations

import csv
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from deploy.embedded.ziyun.cast import Cast
from deploy.embedded.ziyun.person import Person, RefusedError
from deploy.embedded.ziyun.play import CITY
from deploy.embedded.ziyun.story import FOLDER, Story, load

WAY = ("collected", "shown", "claimed", "reported", "fulfilled")
MORNING = time(9)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """``day`` of its collection counts from the quarter's first; a day passes with each step up to the state ``goes_to``.

    ``shown`` are the words for the wall, empty where they are those that were said. ``member`` claims it.
    """

    number: str
    day: str
    community_code: str
    kind: str
    whom: str
    words: str
    shown: str
    cost: str
    address: str
    goes_to: str
    member: str
    report: str
    thanks: str


def tell_wishes(url: str, password: str, begins: date, sessions: MutableMapping[str, str]) -> None:
    """Tell them to the city in which the quarter that ``begins`` on a Monday was told; what is told already is left alone.

    Raises RefusedError for what the API refuses, and requests' own errors.
    """
    story = load()
    cast = Cast(url, story, Person(url), password, sessions)
    with (FOLDER / "wishes.csv").open(encoding="utf-8", newline="") as file:
        wishes = [Wish(**row) for row in csv.DictReader(file)]
    for wish in wishes:
        _tell(wish, cast, story, datetime.combine(begins, MORNING, CITY) + int(wish.day) * DAY)


def _tell(wish: Wish, cast: Cast, story: Story, collected: datetime) -> None:
    worker = cast.person(story.official("grid_worker", f"{wish.community_code}001"))
    liaison = cast.person(story.official("liaison", wish.community_code))
    body = {
        "community_code": wish.community_code,
        "kind": wish.kind,
        "whom": wish.whom,
        "words": wish.words,
        "cost": int(wish.cost) if wish.cost else None,
        "address": wish.address,
        "on_behalf": True,
    }
    key = f"ziyun-wish-{wish.number}"
    given = {name: value for name, value in body.items() if value is not None}
    made = worker.ask("POST", "/wishes", at=collected.isoformat(), key=key, body=given)
    path = f"/wishes/{made['wish_id']}"
    claimant = cast.person(wish.member) if wish.member else liaison
    steps: tuple[tuple[Person, str, dict[str, str]], ...] = (
        (liaison, "showing", {"words": wish.shown} if wish.shown else {}),
        (claimant, "claim", {}),
        (claimant, "report", {"words": wish.report}),
        (worker, "confirmation", {"thanks": wish.thanks}),
    )
    for number, (who, step, said) in enumerate(steps[: WAY.index(wish.goes_to)], start=1):
        at = (collected + number * DAY).isoformat()
        try:
            who.ask("POST", f"{path}/{step}", at=at, key=f"{key}-{step}", body=said)
        except RefusedError as refused:
            # Taken before the story was broken off.
            if refused.slug not in {"wish-moved-on", "already-claimed"}:
                raise
