"""Providers that are half set up stop the process at its start, with every fault."""

from __future__ import annotations

import pytest

from services.kit.settings import SettingsError
from services.notify.contracts import ChannelKind
from services.notify.store.outside import SMS, WECHAT, WECOM, Outside

SMTP = {"SANDAN_SMTP_URL": "smtp://mail.example", "SANDAN_SMTP_FROM": "tell@sandan.example"}
SHARED = {"SANDAN_PUBLIC_URL": "https://sandan.example", "SANDAN_CALLBACK_SECRET": "invented"}
WHOLE = SHARED | SMTP | {f"SANDAN_{name}": "1" for name in (*SMS, *WECOM, *WECHAT)}


def test_without_any_the_city_has_no_channel() -> None:
    assert Outside.load({}).channels() == {}


def test_all_of_them() -> None:
    assert set(Outside.load(WHOLE).channels()) == {
        ChannelKind.EMAIL,
        ChannelKind.SMS,
        ChannelKind.WECOM,
        ChannelKind.WECHAT,
    }


@pytest.mark.parametrize("missing", list(WHOLE))
def test_whatever_is_missing_is_named(missing: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        Outside.load({name: value for name, value in WHOLE.items() if name != missing})
    assert wrong.value.faults == [f"notify: {missing} is not set"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SANDAN_SMTP_URL", "http://mail.example"),
        ("SANDAN_SMTP_URL", "smtp:///"),
        ("SANDAN_SMTP_FROM", "nobody"),
        ("SANDAN_WECOM_AGENT_ID", "one"),
        ("SANDAN_PUBLIC_URL", "sandan.example"),
    ],
)
def test_what_makes_no_sense_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        Outside.load(WHOLE | {name: value})
    assert name in wrong.value.faults[0]


def test_mail_alone_needs_no_secret_for_calls() -> None:
    assert Outside.load(SMTP | {"SANDAN_PUBLIC_URL": "https://sandan.example/"}).public_url == (
        "https://sandan.example"
    )
