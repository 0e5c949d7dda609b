"""The signed header: what was signed comes back, and nothing else is believed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.actor import SYSTEM, Actor, Grant
from services.kit.outcomes import Refused
from services.kit.signing import Asking, sign, verify

SECRET = bytes(range(32))
BODY = b'{"words":"ping"}'
LIAISON = Actor(id="a-7", grants=(Grant("liaison", "420502001003"),), unit_id="u-1", order_id="订单")
ASKING = Asking(
    actor=LIAISON, correlation="c-1", deadline=12.5, at=datetime(2024, 5, 1, 1, 2, tzinfo=UTC), key="k"
)


def test_what_was_signed_comes_back() -> None:
    assert verify(sign(ASKING, SECRET, "place_order", BODY), SECRET, "place_order", BODY) == ASKING


@pytest.mark.parametrize(
    ("secret", "method", "body"),
    [
        (bytes(32), "place_order", BODY),
        (SECRET, "grab_task", BODY),
        (SECRET, "", BODY),
        (SECRET, "place_order", b'{"words":"another"}'),
        (SECRET, "place_order", b""),
    ],
)
def test_another_secret_or_another_request_is_refused(secret: bytes, method: str, body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        verify(sign(ASKING, SECRET, "place_order", BODY), secret, method, body)
    assert (refused.value.slug, refused.value.status) == ("bad-signature", 401)


@given(st.data())
def test_no_changed_header_is_believed(data: st.DataObject) -> None:
    header = sign(Asking(actor=SYSTEM, correlation="c", deadline=1), SECRET, "ping", BODY)
    position = data.draw(st.integers(0, len(header) - 1))
    letter = data.draw(st.characters(exclude_characters=header[position], codec="utf-8"))
    with pytest.raises(Refused):
        verify(header[:position] + letter + header[position + 1 :], SECRET, "ping", BODY)


@given(st.text())
def test_no_text_is_believed(header: str) -> None:
    with pytest.raises(Refused):
        verify(header, SECRET, "ping", BODY)
