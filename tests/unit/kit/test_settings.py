"""Settings: looked up by service first, checked all at once, each fault named."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.kit.blobs import FolderBlobs
from services.kit.settings import Settings, SettingsError

KEY = "0f" * 32
GOOD = {
    "DATABASE_URL": "postgresql://sandan@db/sandan",
    "AMQP_URI": "amqp://broker/",
    "SANDAN_ACTOR_KEY": KEY,
    "SANDAN_FIELD_KEY": "f0" * 32,
    "SANDAN_INTAKE_URL": "http://intake:8000",
}


def faults(service: str, **environ: str) -> list[str]:
    with pytest.raises(SettingsError) as error:
        Settings.load(service, GOOD | environ)
    return error.value.faults


def test_defaults() -> None:
    settings = Settings.load("dispatch", GOOD)

    assert (settings.http_host, settings.http_port) == ("0.0.0.0", 8000)  # noqa: S104
    assert settings.actor_key == bytes.fromhex(KEY)
    assert (settings.field_key, settings.intake_url) == (None, None)
    assert (settings.simulated_time, settings.catcher, settings.log) == (False, False, "json")
    assert settings.stop_deadline == 10


def test_a_service_s_own_setting_comes_first() -> None:
    own = {
        "SANDAN_DISPATCH_DATABASE_URL": "postgres://other/",
        "SANDAN_DISPATCH_HTTP_PORT": "81",
        "HTTP_PORT": "80",
    }

    assert Settings.load("dispatch", GOOD | own).database_url == "postgres://other/"
    assert Settings.load("dispatch", GOOD | own).http_port == 81
    assert Settings.load("notify", GOOD | own).http_port == 80


def test_each_service_has_what_it_needs_and_no_more() -> None:
    assert Settings.load("gateway", GOOD).database_url is None
    assert Settings.load("gateway", GOOD).intake_url == "http://intake:8000"
    for service in ("intake", "members", "notify"):
        assert Settings.load(service, GOOD).field_key == bytes.fromhex("f0" * 32)


def test_photos_are_kept_where_it_is_said_or_not_at_all(tmp_path: Path) -> None:
    told = {"SANDAN_PHOTOS": tmp_path.as_uri()}

    assert Settings.load("gateway", GOOD).photos is None
    assert isinstance(Settings.load("gateway", GOOD | told).photos, FolderBlobs)
    assert isinstance(Settings.load("intake", GOOD | told).photos, FolderBlobs)
    assert Settings.load("dispatch", GOOD | told).photos is None
    assert faults("intake", SANDAN_PHOTOS="s3://host/bucket") == [
        "intake: SANDAN_PHOTOS needs the id of a key, and the key"
    ]


@pytest.mark.parametrize("name", ["LOG", "CATCHER", "STOP_DEADLINE", "MAX_WORKERS", "ACTOR_KEY"])
def test_somebody_else_s_variable_of_the_same_name_is_none_of_ours(name: str) -> None:
    assert Settings.load("dispatch", GOOD | {name: "nonsense"}) == Settings.load("dispatch", GOOD)


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("DATABASE_URL", "", "DATABASE_URL is not set"),
        ("DATABASE_URL", "mysql://db", "DATABASE_URL must begin with postgres"),
        ("AMQP_URI", "redis://", "AMQP_URI must begin with amqp or membus"),
        ("HTTP_PORT", "eighty", "HTTP_PORT must be a number, not 'eighty'"),
        ("HTTP_PORT", "-1", "HTTP_PORT must be from 0 to 65535, not -1"),
        ("HTTP_PORT", "65536", "HTTP_PORT must be from 0 to 65535, not 65536"),
        ("SANDAN_ACTOR_KEY", "", "SANDAN_ACTOR_KEY is not set"),
        ("SANDAN_ACTOR_KEY", "0f", "SANDAN_ACTOR_KEY must be 64 hexadecimal digits (32 bytes)"),
        ("SANDAN_FIELD_KEY", "no hex", "SANDAN_FIELD_KEY must be 64 hexadecimal digits (32 bytes)"),
        ("SANDAN_MAX_WORKERS", "0", "SANDAN_MAX_WORKERS must be at least 1, not 0"),
        ("SANDAN_STOP_DEADLINE", "-1", "SANDAN_STOP_DEADLINE must be at least 0, not -1"),
        ("SANDAN_LOG", "loud", "SANDAN_LOG must be one of json, text"),
        ("SANDAN_CATCHER", "yes", "SANDAN_CATCHER must be one of off, on"),
        ("SANDAN_SIMULATED_TIME", "1", "SANDAN_SIMULATED_TIME must be one of off, on"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, fault: str) -> None:
    assert faults("intake", **{name: value}) == [f"intake: {fault}"]


def test_passwords_are_cheap_for_invented_people_alone() -> None:
    cheap = {"SANDAN_CHEAP_PASSWORDS": "on"}

    assert faults("members", **cheap) == [
        "members: SANDAN_CHEAP_PASSWORDS protects nobody, and is for simulated time alone"
    ]
    assert Settings.load("members", GOOD | cheap | {"SANDAN_SIMULATED_TIME": "on"}).cheap_passwords


def test_all_faults_are_named_at_once_and_no_secret_is_told() -> None:
    secret = "ab" * 31
    found = faults(
        "gateway", AMQP_URI="", SANDAN_ACTOR_KEY=secret, SANDAN_INTAKE_URL="ftp://x", HTTP_PORT="x"
    )

    assert [fault.split()[1] for fault in found] == [
        "AMQP_URI",
        "HTTP_PORT",
        "SANDAN_ACTOR_KEY",
        "SANDAN_INTAKE_URL",
    ]
    assert secret not in "".join(found)
