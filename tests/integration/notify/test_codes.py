"""One-time codes through the local catcher."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from services.kit.actor import SYSTEM, VISITOR, Actor
from services.kit.asking import Page
from services.kit.db import Database
from services.kit.outcomes import Refused
from services.kit.sealing import Sealer
from services.kit.work import begin
from services.notify import handlers
from services.notify.contracts import CaughtMessage, ListCaught, SendCode
from services.notify.store.tables import caught
from tests.unit.intake.stories import after

SEALER = Sealer(bytes(range(32)))


def send(database: Database, phone: str, code: str, *, hours: float = 0, actor: Actor = SYSTEM) -> None:
    with begin(database, service="notify", actor=actor, now=after(hours)) as work:
        ask = SendCode(to=phone, code=code, until=after(hours) + timedelta(minutes=5))
        handlers.send_code(work, ask, SEALER, catching=True)


def listed(database: Database, *, catching: bool = True, **filters: object) -> Page[CaughtMessage]:
    with begin(database, service="notify", actor=VISITOR) as work:
        return handlers.list_caught(work, ListCaught(**filters), SEALER, catching=catching)  # type: ignore[arg-type]


def test_a_code_is_caught_sealed_and_listed_by_phone_newest_first(database: Database) -> None:
    for hours, code in ((0, "111111"), (1, "222222"), (2, "333333")):
        send(database, "13800000011", code, hours=hours)
    send(database, "13800000012", "444444")
    first = listed(database, to="13800000011", limit=2)
    assert [(message.to, message.text, message.caught_at) for message in first.items] == [
        ("13800000011", "【三单】验证码 333333，5分钟内有效", after(2)),
        ("13800000011", "【三单】验证码 222222，5分钟内有效", after(1)),
    ]
    rest = listed(database, to="13800000011", limit=2, cursor=first.next)
    assert [message.text[8:14] for message in rest.items] == ["111111"]
    assert rest.next is None
    with begin(database, service="notify") as work:
        raw = [
            bytes(value) for row in work.db.execute(select(caught.c.phone, caught.c.text)) for value in row
        ]
    assert raw
    assert not any(secret in value for value in raw for secret in (b"13800000011", b"111111"))


def test_only_the_system_sends(database: Database) -> None:
    for actor in (VISITOR, Actor(id="resident-1")):
        with pytest.raises(Refused) as refused:
            send(database, "13800000013", "111111", actor=actor)
        assert (refused.value.slug, refused.value.status) == ("not-allowed", 403)
    assert listed(database, to="13800000013").items == ()


def test_without_a_channel_sending_is_refused_and_not_silently_lost(database: Database) -> None:
    with begin(database, service="notify", actor=SYSTEM) as work, pytest.raises(Refused, match="短信通道"):
        handlers.send_code(work, SendCode(to="13800000014", code="111111", until=after(1)), SEALER)


def test_the_list_is_there_only_while_catching(database: Database) -> None:
    with pytest.raises(Refused) as refused:
        listed(database, catching=False)
    assert (refused.value.slug, refused.value.status) == ("not-allowed", 403)


def test_texts_are_kept_for_a_day(database: Database) -> None:
    send(database, "13800000015", "111111", hours=0)
    send(database, "13800000015", "222222", hours=2)
    with begin(database, service="notify", now=after(25)) as work:
        handlers.forget_caught(work)
    assert [message.text[8:14] for message in listed(database, to="13800000015").items] == ["222222"]
