"""A sender killed between sending and writing it down: the message may come twice, never not at all, and it is told which."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from services.kit.actor import SYSTEM
from services.kit.db import Database
from services.kit.sealing import Sealer
from services.kit.testing import schema
from services.kit.work import begin
from services.notify import handlers
from services.notify.contracts import ChannelKind, DeliveryState, SendCode, TakeReceipts
from services.notify.store.adapters.aliyun_sms import AliyunSms
from services.notify.store.outside import Outside
from services.notify.store.tables import deliveries
from tests.city import settings_of
from tests.integration.kit.process import Process
from tests.integration.notify.providers import KEY_ID, KEY_SECRET, Providers, running_providers
from tests.waiting import free_port, until

SECRET = "invented"


@pytest.fixture
def providers() -> Iterator[Providers]:
    with running_providers() as running:
        yield running


@pytest.fixture
def own_schema(own_database_url: str) -> Iterator[Database]:
    with schema("notify", own_database_url) as database:
        yield database


def settings(providers: Providers) -> dict[str, str]:
    return {
        "SANDAN_SMS_KEY_ID": KEY_ID,
        "SANDAN_SMS_KEY_SECRET": KEY_SECRET,
        "SANDAN_SMS_SIGN_NAME": "三单",
        "SANDAN_SMS_CODE_TEMPLATE": "SMS_1",
        "SANDAN_SMS_TELL_TEMPLATE": "SMS_2",
        "SANDAN_SMS_URL": providers.url,
        "SANDAN_PUBLIC_URL": "http://sandan.example",
        "SANDAN_CALLBACK_SECRET": SECRET,
    }


def test_killed_between_sending_and_writing_it_down(
    own_amqp_uri: str, own_schema: Database, providers: Providers, tmp_path: Path
) -> None:
    url = own_schema.engine.url.render_as_string(hide_password=False)
    environment = settings_of(own_amqp_uri, url, free_port()) | settings(providers)
    sealer = Sealer(bytes.fromhex(environment["SANDAN_FIELD_KEY"]))
    with begin(own_schema, service="notify", actor=SYSTEM) as work:
        ask = SendCode(to="13800000041", code="123456", until=datetime.now(UTC) + timedelta(minutes=30))
        handlers.send_code(work, ask, sealer, {ChannelKind.SMS})
    providers.hold.clear()
    notify = Process(tmp_path / "notify.log", "serve", "notify", environment=environment)
    notify.start()
    try:
        until(lambda: providers.taken, "the provider to have the message")
        notify.kill()
        providers.hold.set()
        assert row_of(own_schema).state == DeliveryState.SENDING
        with own_schema.transaction() as db:  # its lease ends
            db.execute(update(deliveries).values(due_at=func.now()))
        notify.start()
        until(lambda: row_of(own_schema).state == DeliveryState.SENT, "another try to be written down")
    finally:
        notify.kill()
    first, second = providers.taken
    assert first["OutId"] == second["OutId"]
    told = row_of(own_schema)
    assert (told.attempts, told.unsure, told.sealed) == (2, 1, None)
    outside = Outside.load(environment)
    assert outside.sms is not None
    report = [{"out_id": first["OutId"], "success": True}]
    call = TakeReceipts(channel=ChannelKind.SMS, secret=SECRET, query={}, body=json.dumps(report))
    with begin(own_schema, service="notify") as work:
        handlers.take_receipts(work, call, SECRET, {ChannelKind.SMS: AliyunSms(outside.sms)})
    assert row_of(own_schema).state == DeliveryState.DELIVERED


def test_a_half_configured_provider_stops_notify_at_its_start(
    own_amqp_uri: str, own_schema: Database, providers: Providers, tmp_path: Path
) -> None:
    url = own_schema.engine.url.render_as_string(hide_password=False)
    environment = settings_of(own_amqp_uri, url, free_port()) | settings(providers)
    del environment["SANDAN_SMS_KEY_SECRET"]
    notify = Process(tmp_path / "notify.log", "serve", "notify", environment=environment)
    notify.start()
    assert notify.wait(20) == 2
    assert "SANDAN_SMS_KEY_SECRET is not set" in notify.said()


def row_of(database: Database) -> Any:
    with database.transaction() as db:
        return db.execute(select(deliveries)).one()
