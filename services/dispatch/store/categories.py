"""The table of categories."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, text, update
from sqlalchemy.dialects.postgresql import insert

from services.dispatch.contracts import Reply
from services.dispatch.domain.categories import Category
from services.dispatch.store.register_tables import categories, table_changes

ALL = select(categories).order_by(categories.c.position, categories.c.code)
ONE_WRITER = text("LOCK TABLE categories IN SHARE ROW EXCLUSIVE MODE")


def kinds(db: Connection) -> dict[str, Category]:
    """All categories by code, in their order, retired ones too."""
    return {row.code: _category_of(row) for row in db.execute(ALL)}


def lock(db: Connection) -> None:
    """Let one replacement after another be compared and entered; reading goes on."""
    db.execute(ONE_WRITER)


def note_change(db: Connection, now: datetime) -> None:
    """The categories or their questions were replaced."""
    db.execute(update(table_changes).values(changed_at=now))


def tables_changed_at(db: Connection) -> datetime:
    """When the categories or their questions were last replaced."""
    found: datetime = db.execute(select(table_changes.c.changed_at)).scalar_one()
    return found


def enter(db: Connection, table: Iterable[Category]) -> None:
    """Make these the table, in their order; none is ever removed."""
    rows = [_row_of(category, position) for position, category in enumerate(table)]
    entry = insert(categories).values({name: bindparam(name) for name in rows[0]})
    fresh = {name: entry.excluded[name] for name in rows[0] if name != "code"}
    db.execute(entry.on_conflict_do_update(index_elements=[categories.c.code], set_=fresh), rows)


def _row_of(category: Category, position: int) -> dict[str, Any]:
    return {
        "code": category.code,
        "position": position,
        "label": category.label,
        "days": category.days,
        "parent": category.parent,
        "gb_39666": category.gb_39666,
        "gb_30428": category.gb_30428,
        "skill": category.skill,
        "retired": category.retired,
        "reply": category.reply,
        "keywords": list(category.keywords),
        "note": category.note,
    }


def _category_of(row: Row[Any]) -> Category:
    return Category(
        code=row.code,
        label=row.label,
        days=row.days,
        parent=row.parent,
        gb_39666=row.gb_39666,
        gb_30428=row.gb_30428,
        skill=row.skill,
        retired=row.retired,
        reply=Reply(row.reply or Reply.REALTIME),
        keywords=tuple(row.keywords or ()),
        note=row.note,
    )
