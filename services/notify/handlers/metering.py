"""Prometheus metrics of the sender, beside the kit's: how tries end, and what waits for each channel."""

from __future__ import annotations

from datetime import UTC, datetime

from prometheus_client import Counter, Gauge

from services.kit.work import Work
from services.notify.contracts import ChannelKind, DeliveryState
from services.notify.domain.channels import OUTSIDE
from services.notify.store import deliveries

ENDED = Counter(
    "sandan_sender_total",
    "Deliveries by how a try ended: sent, retried (to be tried again), failed (given up on the channel)",
    ["channel", "ending"],
)
WAITING = Gauge("sandan_sender_waiting", "Deliveries that have not left yet", ["channel"])
RETRYING = Gauge(
    "sandan_sender_retrying", "Of those, deliveries that were tried and will be again", ["channel"]
)
OLDEST = Gauge(
    "sandan_sender_oldest_seconds", "Age of the oldest delivery that has not left yet", ["channel"]
)

ENDINGS = {
    DeliveryState.SENT: "sent",
    DeliveryState.WAITING: "retried",
    DeliveryState.REFUSED: "failed",
    DeliveryState.FAILED: "failed",
}


def count(channel: ChannelKind, state: DeliveryState) -> None:
    """A try ended so."""
    ENDED.labels(channel.value, ENDINGS[state]).inc()


def measure_waiting(work: Work) -> None:
    """Set the gauges of all channels outside, of idle ones to 0."""
    now = datetime.now(UTC)
    waiting = deliveries.waiting_by_channel(work.db)
    for kind in OUTSIDE:
        found = waiting.get(kind)
        WAITING.labels(kind.value).set(found.count if found else 0)
        RETRYING.labels(kind.value).set(found.retrying if found else 0)
        OLDEST.labels(kind.value).set(max(0.0, (now - found.oldest).total_seconds()) if found else 0.0)
