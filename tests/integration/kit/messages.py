"""Messages as other publishers would send them."""

from __future__ import annotations

from datetime import UTC, datetime

from services.kit.envelope import Envelope, encode
from services.kit.ids import new_id
from tests.integration.kit.probe import Pinged


def told(
    key: str,
    *,
    sequence: int = 1,
    message_id: str | None = None,
    aggregate: str | None = None,
    mood: str = "well",
    needs: str | None = None,
    seconds: float = 0.0,
    place: str | None = None,
    correlation: str | None = None,
) -> bytes:
    """One telling of ``probe.pinged``, as bytes on the wire."""
    envelope = Envelope[Pinged](
        id=message_id or new_id(),
        type=Pinged.type,
        version=Pinged.version,
        occurred_at=datetime.now(UTC),
        aggregate=aggregate or f"ping:{key}",
        sequence=sequence,
        correlation=correlation or new_id(),
        causation=None,
        body=Pinged(key=key, mood=mood, needs=needs, seconds=seconds, place=place),
    )
    return encode(envelope)
