"""The compose deployment: what the real compose makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from services.kit.blobs import FolderBlobs
from services.kit.settings import Settings
from tests.deploy.compose import ask_compose, config_of, write_secrets

SERVICES = {"intake", "dispatch", "members", "evaluation", "notify"}
IMAGES = {"postgres:16-alpine", "rabbitmq:3.13-management", "sandan:latest"}


@pytest.fixture(scope="module")
def env_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("compose") / ".env"
    write_secrets(target)
    return target


@pytest.fixture(scope="module")
def config(env_file: Path) -> dict[str, Any]:
    return config_of(env_file)


def test_it_consists_of_these_containers(config: dict[str, Any]) -> None:
    assert set(config["services"]) == SERVICES | {"gateway", "migrate", "postgres", "rabbitmq", "roles"}
    assert {service["image"] for service in config["services"].values()} == IMAGES


@pytest.mark.parametrize("name", sorted(SERVICES | {"gateway"}))
def test_a_service_finds_all_its_settings(config: dict[str, Any], name: str) -> None:
    service = config["services"][name]

    settings = Settings.load(name, service["environment"])

    assert settings.service == name
    assert service["command"] == [name]
    assert settings.stop_deadline < 15, "compose kills after stop_grace_period"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_has_the_key_to_its_own_database_alone(config: dict[str, Any], name: str) -> None:
    urls = {key for key in config["services"][name]["environment"] if key.endswith("DATABASE_URL")}

    assert urls == {f"SANDAN_{name.upper()}_DATABASE_URL"}


def test_the_gateway_reaches_no_database(config: dict[str, Any]) -> None:
    assert "data" not in config["services"]["gateway"]["networks"]
    assert not [key for key in config["services"]["gateway"]["environment"] if "DATABASE" in key]


def test_only_those_who_keep_addresses_have_the_field_key(config: dict[str, Any]) -> None:
    holders = {
        name for name, each in config["services"].items() if "SANDAN_FIELD_KEY" in (each["environment"] or {})
    }

    assert holders == {"intake", "members", "notify"}


def test_only_the_gateway_can_be_reached_from_outside(config: dict[str, Any]) -> None:
    assert [name for name, service in config["services"].items() if service.get("ports")] == ["gateway"]


@pytest.mark.parametrize("name", sorted(SERVICES | {"gateway", "postgres", "rabbitmq"}))
def test_a_container_is_watched_and_bounded(config: dict[str, Any], name: str) -> None:
    service = config["services"][name]

    assert service["healthcheck"]["test"]
    assert service["restart"] == "unless-stopped"
    assert service["stop_grace_period"]
    assert service["logging"]["options"]["max-size"]
    assert service["deploy"]["resources"]["limits"]["memory"]


@pytest.mark.parametrize("name", sorted(SERVICES | {"gateway"}))
def test_a_service_stays_off_until_it_can_work(config: dict[str, Any], name: str) -> None:
    needs = {each: how["condition"] for each, how in config["services"][name]["depends_on"].items()}

    assert needs["migrate"] == "service_completed_successfully"
    assert needs["rabbitmq"] == "service_healthy"
    assert set(needs) == {"migrate", "rabbitmq"} | (SERVICES if name == "gateway" else set())


def test_the_broker_and_its_users_agree_on_a_login(config: dict[str, Any]) -> None:
    broker = config["services"]["rabbitmq"]["environment"]
    uri = urlsplit(config["services"]["intake"]["environment"]["AMQP_URI"])

    assert (uri.hostname, uri.port) == ("rabbitmq", 5672)
    assert (uri.username, uri.password) == (broker["RABBITMQ_DEFAULT_USER"], broker["RABBITMQ_DEFAULT_PASS"])


def test_the_gateway_and_intake_keep_photos_in_one_volume(config: dict[str, Any]) -> None:
    for name in ("gateway", "intake"):
        service = config["services"][name]
        assert isinstance(Settings.load(name, service["environment"]).photos, FolderBlobs)
        assert [(each["source"], each["target"]) for each in service["volumes"]] == [("photos", "/photos")]


def test_secrets_are_fresh_each_time_and_never_overwritten(env_file: Path, tmp_path: Path) -> None:
    other = tmp_path / ".env"
    write_secrets(other)
    first = other.read_text()
    write_secrets(other)

    values = [line.split("=")[1] for line in first.splitlines() if "_PASSWORD=" in line or "_KEY=" in line]
    assert other.read_text() == first
    assert first != env_file.read_text()
    assert len(set(values)) == 9
    assert all(len(bytes.fromhex(value)) == 32 for value in values)
    assert other.stat().st_mode & 0o077 == 0


def test_the_engine_needs_no_file_of_this_machine(config: dict[str, Any]) -> None:
    kinds = {mount["type"] for each in config["services"].values() for mount in each.get("volumes", [])}

    assert kinds == {"volume"}, "the engine may run elsewhere"


def test_without_secrets_compose_refuses(tmp_path: Path) -> None:
    nothing = tmp_path / ".env"
    nothing.touch()
    done = ask_compose(nothing, "config", "--quiet")

    assert done.returncode != 0
    assert "SANDAN_FIELD_KEY is missing a value: is not set - start with make up" in done.stderr
