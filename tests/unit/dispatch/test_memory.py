"""The store in memory, which the any-history test runs on, keeps what the real one keeps."""

from __future__ import annotations

import pytest

from tests.unit.dispatch.memory import MemoryStore
from tests.unit.dispatch.store_suite import StoreSuite


class TestMemory(StoreSuite):
    @pytest.fixture
    def store(self) -> MemoryStore:
        return MemoryStore()
