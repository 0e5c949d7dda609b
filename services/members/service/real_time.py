"""Sessions and codes end by the real clock, also where a simulated one moves the business."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from services.kit.work import Work


def in_real_time(work: Work) -> Work:
    return replace(work, now=datetime.now(UTC))
