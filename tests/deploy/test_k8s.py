"""The Kubernetes manifests: valid, complete, and as narrow as they claim."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.kit.blobs import FolderBlobs
from services.kit.settings import Settings
from services.notify.store.outside import GROUPS, Outside

FOLDER = Path(__file__).parents[2] / "deploy" / "k8s"
FILES = sorted(FOLDER.glob("*.yaml"))
VALIDATE = Path(sys.executable).with_name("kubernetes-validate")
SERVICES = ("intake", "dispatch", "members", "evaluation", "notify")
IMAGES = {"postgres:16-alpine", "rabbitmq:3.13-management", "sandan:0.1.0"}
KEY = "0" * 64
EXAMPLES = {"SANDAN_ACTOR_KEY": KEY, "SANDAN_FIELD_KEY": KEY, "AMQP_URI": "amqp://rabbitmq"}


def objects() -> list[dict[str, Any]]:
    return [each for file in FILES for each in yaml.safe_load_all(file.read_text())]


def named(kind: str, name: str) -> dict[str, Any]:
    (found,) = [each for each in objects() if (each["kind"], each["metadata"]["name"]) == (kind, name)]
    return found


def pods() -> dict[str, dict[str, Any]]:
    """Pod specifications by the name of what makes them."""
    makers = [each for each in objects() if each["kind"] in {"Deployment", "StatefulSet", "Job"}]
    return {each["metadata"]["name"]: each["spec"]["template"]["spec"] for each in makers}


def containers(pod: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [*pod.get("initContainers", []), *pod["containers"]]
    return found


def environment(pod: dict[str, Any]) -> dict[str, str]:
    """What the container sees, with examples in the place of secrets."""
    (container,) = pod["containers"]
    seen: dict[str, str] = {}
    for source in container.get("envFrom", []):
        if "configMapRef" in source:
            seen |= named("ConfigMap", source["configMapRef"]["name"])["data"]
        else:
            seen |= {
                key: EXAMPLES.get(key, "")
                for key in named("Secret", source["secretRef"]["name"])["stringData"]
            }
    for entry in container.get("env", []):
        reference = entry.get("valueFrom", {}).get("secretKeyRef")
        if reference is not None:
            assert reference["key"] in named("Secret", reference["name"])["stringData"]
        seen[entry["name"]] = entry.get("value", "postgresql://example")
    return seen


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_manifest_is_valid(file: Path) -> None:
    done = subprocess.run([VALIDATE, "--strict", file], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_everything_lies_in_one_namespace() -> None:
    assert {each["metadata"].get("namespace", "sandan") for each in objects()} == {"sandan"}


def test_only_these_images_are_used() -> None:
    assert {container["image"] for pod in pods().values() for container in containers(pod)} == IMAGES


@pytest.mark.parametrize("name", [*SERVICES, "gateway"])
def test_a_service_finds_all_its_settings(name: str) -> None:
    pod = pods()[name]

    settings = Settings.load(name, environment(pod))

    assert pod["containers"][0]["args"] == [name]
    assert settings.stop_deadline < pod["terminationGracePeriodSeconds"]
    assert (
        named("PodDisruptionBudget", name)["spec"]["selector"]["matchLabels"]["app.kubernetes.io/name"]
        == name
    )


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_the_key_to_its_own_database_alone(name: str) -> None:
    urls = {key for key in environment(pods()[name]) if key.endswith("DATABASE_URL")}

    assert urls == {f"SANDAN_{name.upper()}_DATABASE_URL"}


def test_only_those_who_keep_addresses_have_the_field_key() -> None:
    holders = {name for name, pod in pods().items() if "SANDAN_FIELD_KEY" in environment(pod)}

    assert holders == {"intake", "members", "notify"}


def test_notify_finds_every_setting_of_its_providers_and_none_has_to_be_set() -> None:
    seen = environment(pods()["notify"])
    assert Outside.load(seen).channels() == {}
    filled = {f"SANDAN_{name}": "1" for group in GROUPS for name in group}
    shared = {"SANDAN_PUBLIC_URL": "https://sandan.example", "SANDAN_CALLBACK_SECRET": "1"}
    assert filled.keys() | shared.keys() <= seen.keys()
    whole = seen | filled | shared
    whole |= {"SANDAN_SMTP_URL": "smtps://mail.example", "SANDAN_SMTP_FROM": "tell@sandan.example"}
    assert len(Outside.load(whole).channels()) == len(GROUPS)


def test_the_gateway_and_intake_keep_photos_in_one_volume() -> None:
    for name in ("gateway", "intake"):
        pod = pods()[name]
        assert isinstance(Settings.load(name, environment(pod)).photos, FolderBlobs)
        (mount,) = [each for each in pod["containers"][0]["volumeMounts"] if each["mountPath"] == "/photos"]
        (volume,) = [each for each in pod["volumes"] if each["name"] == mount["name"]]
        assert volume["persistentVolumeClaim"] == {"claimName": "photos"}
    assert named("PersistentVolumeClaim", "photos")["spec"]["accessModes"] == ["ReadWriteMany"]


def test_no_secret_has_a_value() -> None:
    secrets = [each["stringData"] for each in objects() if each["kind"] == "Secret"]

    assert {value for data in secrets for value in data.values()} == {"", "sandan"}


@pytest.mark.parametrize("name", sorted(pods()))
def test_a_pod_runs_with_the_least_rights(name: str) -> None:
    pod = pods()[name]

    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    for container in containers(pod):
        assert container["securityContext"]["readOnlyRootFilesystem"] is True
        assert container["securityContext"]["allowPrivilegeEscalation"] is False
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
        assert container["resources"]["limits"]["memory"]


@pytest.mark.parametrize("name", [*SERVICES, "gateway"])
def test_a_service_is_probed(name: str) -> None:
    (container,) = pods()[name]["containers"]

    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    # Orders are taken in while the broker is away, so those two stay open to the residents.
    takes_orders = name in {"gateway", "intake"}
    ready = "/readyz?without=broker" if takes_orders else "/readyz"
    assert container["readinessProbe"]["httpGet"]["path"] == ready


def test_the_migration_job_knows_every_database_and_the_broker() -> None:
    job = pods()["migrate"]
    (roles,) = job["initContainers"]
    urls = {f"SANDAN_{service.upper()}_DATABASE_URL" for service in SERVICES}

    assert set(environment(job)) == urls | {"AMQP_URI"}
    assert set(environment({"containers": [roles]})) == urls | {"ADMIN_DATABASE_URL"}
