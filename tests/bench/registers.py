"""Registers of a city's size: 13,000 members (Yichang) and 6,771 household centres (Zoucheng), in and out."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from services.kit.sealing import Sealer
from services.kit.testing import schema
from services.kit.writing import write_csv, write_xlsx
from services.members.contracts import ExportRows, ImportKind
from services.members.handlers.exporting import export_rows
from services.members.store.imports import Outcome
from tests.bench.table import Row
from tests.integration.members.house import DIVISIONS, House

MEMBERS = 13_000
GROUPS = 1_042
CENTRES = 6_771
HEADER = (
    "login,name,community_code,grid_code,phone,skills,trade,wishes,free,leave,capacity,longitude,latitude"
)

T = TypeVar("T")


def measure_registers(_folder: Path, _amqp_uri: str, postgres_url: str) -> list[Row]:
    """Each file once, on an empty database of Yichang's divisions."""
    with schema("members", postgres_url) as database:
        house = House(database, Sealer(bytes(range(32))))
        house.divisions("yichang")
        lines = (DIVISIONS / "yichang.csv").read_text(encoding="utf-8").splitlines()[1:]
        communities = [line.split(",")[0] for line in lines]
        _entered(
            house.take_in(
                ImportKind.GRIDS,
                "community_code,grid_code,name\n" + "".join(f"{code},001,一网格\n" for code in communities),
            )
        )
        return [_centres(house, communities), *_members(house, communities)]


def _centres(house: House, communities: Sequence[str]) -> Row:
    way = "community_code,grid_code,building_group_code"
    groups = [f"{communities[each]},001,001" for each in range(GROUPS)]
    _entered(
        house.take_in(ImportKind.BUILDING_GROUPS, "\n".join([f"{way},name", *(f"{g},一组" for g in groups)]))
    )
    rows = (f"{groups[each % GROUPS]},{each // GROUPS:03},中心户" for each in range(CENTRES))
    content = "\n".join([f"{way},centre_code,name", *rows])
    took, outcome = _timed(lambda: house.take_in(ImportKind.HOUSEHOLD_CENTRES, content))
    return Row(f"A register of {_entered(outcome):,} household centres, entered", f"{took:.1f} s")


def _members(house: House, communities: Sequence[str]) -> Iterator[Row]:
    rows = (
        f"m{each:05},党员,{communities[each % len(communities)]},001,138{each:08},水电;法律,教育,助老助残,"
        "周六 09:00-11:30,2026-05-01~2026-05-03 出差,2,111.3,30.7"
        for each in range(MEMBERS)
    )
    content = "\n".join([HEADER, *rows])
    before = _memory()
    took, outcome = _timed(lambda: house.take_in(ImportKind.MEMBERS, content))
    grown = _memory() - before
    yield Row(f"A register of {_entered(outcome):,} members, entered", f"{took:.1f} s, {grown:.0f} MiB more")
    for name, write in (("CSV", write_csv), ("XLSX", write_xlsx)):
        took, file = _timed(lambda write=write: write(_pages(house)))  # type: ignore[misc]
        with file:
            given_out = file.read()
        back, outcome = _timed(lambda given_out=given_out: house.take_in(ImportKind.MEMBERS, given_out))  # type: ignore[misc]
        if (outcome.errors, outcome.unchanged) != ((), MEMBERS):
            raise RuntimeError(f"the {name} file came back changed: {outcome}")
        yield Row(f"— given out as {name}", f"{took:.1f} s")
        yield Row(f"— taken in again, {outcome.unchanged:,} found unchanged", f"{back:.1f} s")


def _pages(house: House) -> Iterator[Sequence[str]]:
    cursor: str | None = None
    while True:
        with house.work() as work:
            page = export_rows(work, ExportRows(kind=ImportKind.MEMBERS, cursor=cursor), house.sealer)
        if cursor is None:
            yield page.columns
        yield from page.rows
        cursor = page.next
        if cursor is None:
            return


def _entered(outcome: Outcome) -> int:
    if outcome.errors:
        raise RuntimeError(f"rejected: {outcome.errors[:3]}")
    return outcome.created


def _timed(act: Callable[[], T]) -> tuple[float, T]:
    began = time.monotonic()
    done = act()
    return time.monotonic() - began, done


def _memory() -> float:
    """The most that this process has had so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
