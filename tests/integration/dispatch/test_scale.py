"""What looking at somebody's work costs does not grow with what others have done."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import text

from services.dispatch.store import days, groups, supplies
from services.kit.testing import rows_read
from tests.integration.dispatch.world import COMMUNITY, World

OTHERS = 3_000
FEW = 50
DONE_BY_OTHERS = text(
    "INSERT INTO assignments (task_id, hand_kind, hand_id, asked_at, accepted_at, ended_at, outcome)"
    " SELECT :task_id, kind, kind || ' ' || number, now(), now(), now(), 'answer'"
    " FROM generate_series(1, :others) number, unnest(ARRAY['member', 'unit']) kind"
)


def test_candidates_are_looked_at_without_reading_what_others_did(world: World) -> None:
    task_id = world.registered().task_id
    with world.database.transaction() as db:
        db.execute(DONE_BY_OTHERS, {"task_id": task_id, "others": OTHERS})
        db.execute(text("ANALYZE assignments"))  # as the server does by itself after a while
    with world.database.transaction() as db:
        before = rows_read(db, "assignments")
        supplies.supplies_of(db, ["member 1", "member 2"], datetime.now(UTC), days.calendar(db))
        groups._done(db, ["unit 1", "unit 2"], COMMUNITY)
        assert rows_read(db, "assignments") - before < FEW
