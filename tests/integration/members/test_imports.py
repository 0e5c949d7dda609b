"""Imports as they are asked for, watched, interrupted and worked off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, text

from services.kit.actor import VISITOR, Actor, Grant
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import ImportKind, Role, Slug
from services.members.handlers import imports
from services.members.handlers.passwords import hash_password
from tests.integration.members.house import DISTRICT, DIVISIONS, House
from tests.waiting import until

OPERATOR = Actor(id="operator", grants=(Grant(Role.OPERATOR, "42"),))
YICHANG = (DIVISIONS / "yichang.csv").read_bytes()

# Works an import off up to the moment that it begins to apply, says so, and stays there until it is killed.
HALFWAY = """
import contextlib, sys, time
from services.kit.db import Database
from services.kit.sealing import Sealer
from services.kit.work import begin
from services.members.handlers import imports
from services.members.handlers.passwords import hash_password
database = Database(sys.argv[1], "members")
@contextlib.contextmanager
def aside():
    with database.transaction() as db:
        yield db
        done = db.exec_driver_sql("SELECT count(*) FROM imports WHERE state = 'applying' AND rows_done > 0").scalar()
    if done:
        print("halfway", flush=True)
        time.sleep(600)
with begin(database, service="members") as work:
    imports.work_off(work, aside, Sealer(bytes(range(32))), hash_password)
"""


def start(
    house: House, actor: Actor = OPERATOR, *, content: bytes = YICHANG, dry_run: bool = False
) -> c.ImportView:
    ask = c.StartImport(
        kind=ImportKind.DIVISIONS, filename="desk/yichang.csv", content=content, dry_run=dry_run
    )
    with house.work(actor) as work:
        return imports.start_import(work, ask)


def seen(house: House, import_id: str, actor: Actor = OPERATOR) -> c.ImportView:
    with house.work(actor) as work:
        return imports.get_import(work, c.GetImport(import_id=import_id))


def work_off(house: House, aside: imports.Aside | None = None) -> bool:
    with house.work() as work:
        return imports.work_off(work, aside or house.database.transaction, house.sealer, hash_password)


def watching(house: House, watch: Callable[[], None]) -> imports.Aside:
    """Transactions beside the import's, each followed by a look at how things are."""

    @contextmanager
    def aside() -> Iterator[Connection]:
        with house.database.transaction() as db:
            yield db
        watch()

    return aside


def test_an_import_is_kept_then_worked_off_then_its_file_forgotten(house: House) -> None:
    started = start(house)
    assert (started.state, started.filename, started.ended_at) == ("checking", "yichang.csv", None)
    assert work_off(house)
    done = seen(house, started.import_id)
    assert (done.state, done.rows, done.rows_done) == ("done", 1650, 1650)
    assert (done.created, done.changed, done.unchanged) == (1778, 0, 0)
    assert done.ended_at is not None
    assert house.count("import_files") == 0
    assert not work_off(house)


def test_progress_is_seen_while_nothing_is_entered_yet(house: House) -> None:
    started = start(house)
    steps: list[tuple[str, int, int]] = []

    def watch() -> None:
        view = seen(house, started.import_id)
        steps.append((view.state, view.rows_done, house.count("nodes")))

    work_off(house, watching(house, watch))
    checking = [rows for state, rows, _ in steps if state == "checking"]
    applying = [rows for state, rows, _ in steps if state == "applying"]
    assert checking == sorted(checking)
    assert checking[-1] == 1650
    assert len(set(checking)) > 10
    assert applying == sorted(applying)
    assert len(set(applying)) > 2
    assert {nodes for _, _, nodes in steps} == {0}


def test_a_rejected_import_names_its_cells_and_a_dry_run_enters_nothing(house: House) -> None:
    rejected = start(house, content=YICHANG.replace("西陵街道".encode(), "西陵路".encode(), 1))
    dry = start(house, dry_run=True)
    assert work_off(house)
    assert work_off(house)
    view = seen(house, rejected.import_id)
    assert (view.state, view.created, view.errors[0].line, view.errors[0].column) == (
        "rejected",
        0,
        3,
        "street",
    )
    assert len(view.errors) <= 200
    view = seen(house, dry.import_id)
    assert (view.state, view.created, house.count("nodes")) == ("done", 1778, 0)


def test_only_the_starter_sees_an_import(house: House) -> None:
    first, second = start(house), start(house)
    with house.work(OPERATOR) as work:
        page = imports.list_imports(work, c.ListImports(limit=1))
        rest = imports.list_imports(work, c.ListImports(cursor=page.next))
    assert [view.import_id for view in page.items + rest.items] == [second.import_id, first.import_id]
    with pytest.raises(Refused) as refused:
        seen(house, first.import_id, Actor(id="other", grants=OPERATOR.grants))
    assert refused.value.slug == Slug.NO_SUCH_IMPORT


@pytest.mark.parametrize(
    ("actor", "content", "slug"),
    [
        (VISITOR, YICHANG, Slug.NOT_ALLOWED),
        (Actor(id="s", grants=(Grant(Role.SUPERVISOR, DISTRICT),)), YICHANG, Slug.NOT_ALLOWED),
        (OPERATOR, b"", Slug.INVALID),
    ],
)
def test_what_is_not_taken_is_refused_at_once(house: House, actor: Actor, content: bytes, slug: str) -> None:
    with pytest.raises(Refused) as refused:
        start(house, actor, content=content)
    assert refused.value.slug == slug
    assert house.count("imports") == 0


def test_an_import_whose_worker_is_killed_is_begun_again(house: House) -> None:
    started = start(house)
    url = house.database.engine.url.render_as_string(hide_password=False)
    with subprocess.Popen(
        [sys.executable, "-c", HALFWAY, url],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "halfway\n"
        assert not work_off(house)
        assert seen(house, started.import_id).state == "applying"
        worker.send_signal(signal.SIGKILL)
    until(lambda: work_off(house), "the killed worker's locks to be released")
    assert seen(house, started.import_id).state == "done"
    assert house.count("nodes") == 1778
    assert len(house.told()) == 4


def test_an_import_that_keeps_failing_is_given_up(house: House) -> None:
    started = start(house)

    def fail() -> None:
        raise MemoryError

    for _ in range(imports.MOST_ATTEMPTS):
        with pytest.raises(MemoryError):
            work_off(house, watching(house, fail))
    with house.database.transaction() as db:
        assert db.execute(text("SELECT attempts FROM imports")).scalar_one() == imports.MOST_ATTEMPTS
    assert work_off(house)
    assert seen(house, started.import_id).state == "rejected"
    assert (house.count("nodes"), house.count("import_files")) == (0, 0)
