"""Imports: started, worked off one after another, watched."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import PurePath

from sqlalchemy import Connection

from services.kit.actor import Actor
from services.kit.asking import Page
from services.kit.outcomes import Refused, invalid
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.registers import BadCell
from services.kit.sealing import Sealer
from services.kit.sheets import LARGEST_FILE
from services.kit.work import Work
from services.members.contracts import GetImport, ImportView, ListImports, Slug, StartImport
from services.members.domain.authority import check_importing, importing_scope
from services.members.handlers.passwords import Hash
from services.members.handlers.registers import take_in
from services.members.store import imports
from services.members.store.imports import Outcome, Waiting

MOST_ATTEMPTS = 3
LONGEST_FILENAME = 255

Aside = Callable[[], AbstractContextManager[Connection]]
"""A transaction of its own, committed at once: what it writes is seen while the import's is still open."""


def start_import(work: Work, ask: StartImport) -> ImportView:
    """Keep the file; a worker takes it up within a second or so, and again if it dies over it."""
    check_importing(work.actor, ask.kind)
    if not ask.content or len(ask.content) > LARGEST_FILE:
        message = f"文件须不为空，且不超过 {LARGEST_FILE // 1024 // 1024} MB"
        raise invalid("content", message)
    waiting = Waiting(
        import_id=work.new_id(),
        kind=ask.kind,
        content=ask.content,
        dry_run=ask.dry_run,
        scope=importing_scope(work.actor, ask.kind),
        started_by=work.actor.id,
        started_at=work.now,
    )
    imports.enter(work.db, waiting, PurePath(ask.filename).name[:LONGEST_FILENAME])
    return _get(work, waiting.import_id)


def get_import(work: Work, ask: GetImport) -> ImportView:
    return _get(work, ask.import_id)


def list_imports(work: Work, ask: ListImports) -> Page[ImportView]:
    """The asker's own imports."""
    limit = bounded(ask.limit)
    found = imports.page(
        work.db, started_by=work.actor.id, last=decode_moment_cursor(ask.cursor), limit=limit + 1
    )
    return page_of(
        found, limit, key=lambda shown: (shown.started_at, shown.import_id), view=lambda shown: shown
    )


def work_off(
    work: Work, aside: Aside, sealer: Sealer, hash_password: Hash, *, simulated: bool = False
) -> bool:
    """Take up the import that has waited longest; False if there is none to take.

    What it enters is dated when it is entered; in a ``simulated`` time, which nobody can ask for, when it was asked for.

    The file's row stays locked meanwhile. If the process dies, the lock goes and nothing has been written, so the
    import is begun again; one that has died three times is given up.
    """
    waiting = imports.claim(work.db)
    if waiting is None:
        return False
    import_id = waiting.import_id
    with aside() as db:
        attempts = imports.count_attempt(db, import_id)
    if attempts > MOST_ATTEMPTS:
        gone_wrong = BadCell(line=0, column="", message="导入多次意外中断，未改动任何数据，请联系系统管理员")
        imports.end(work.db, import_id, Outcome(rows=0, errors=(gone_wrong,)))
        return True

    def report(state: str, rows: int, rows_done: int) -> None:
        with aside() as db:
            imports.note(db, import_id, state, rows, rows_done)

    outcome = take_in(
        replace(
            work,
            actor=Actor(id=waiting.started_by),
            now=waiting.started_at if simulated else work.now,
        ),
        waiting.kind,
        waiting.content,
        scope=waiting.scope,
        dry_run=waiting.dry_run,
        report=report,
        sealer=sealer,
        hash_password=hash_password,
    )
    imports.end(work.db, import_id, outcome)
    return True


def _get(work: Work, import_id: str) -> ImportView:
    found = imports.get(work.db, import_id, work.actor.id)
    if found is None:
        raise Refused(Slug.NO_SUCH_IMPORT, "没有这次导入", status=404)
    return found
