"""Ids: version 7, unique, and in the order in which they were made."""

from __future__ import annotations

import time
import uuid

import pytest

from services.kit.ids import new_id


def test_ids_are_uuids_of_version_7() -> None:
    found = uuid.UUID(new_id())

    assert (found.version, found.variant) == (7, uuid.RFC_4122)
    assert abs((found.int >> 80) / 1000 - time.time()) < 10


def test_ids_are_unique_even_at_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 1_714_550_400_000_000_000)

    assert len({new_id() for _ in range(10_000)}) == 10_000


def test_later_ids_are_greater(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(1_714_550_400_000_000_000 + step * 250 for step in range(10_000))
    monkeypatch.setattr(time, "time_ns", lambda: next(moments))

    made = [new_id() for _ in range(10_000)]

    assert made == sorted(made)
