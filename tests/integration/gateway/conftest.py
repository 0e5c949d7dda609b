"""One running city for all tests of the gateway; each test makes its own people and orders in it. It sends mails to a mailbox of
this run, and nothing else to anybody.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.kit.testing import fresh_database
from tests.city import COMMUNITY, City, Person, running_city
from tests.integration.gateway.filing import admitted
from tests.integration.gateway.georeport import JSON, XML, GeoReport
from tests.integration.notify.providers import Mailbox, running_mailbox


@pytest.fixture(scope="package")
def mailbox() -> Iterator[Mailbox]:
    with running_mailbox() as running:
        yield running


@pytest.fixture(scope="package")
def city(
    amqp_uri: str, database_url: str, mailbox: Mailbox, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[City]:
    with (
        fresh_database(database_url) as url,
        pytest.MonkeyPatch.context() as environment,
    ):
        environment.setenv("SANDAN_SMTP_URL", f"smtp://127.0.0.1:{mailbox.port}")
        environment.setenv("SANDAN_SMTP_FROM", "tell@sandan.example")
        environment.setenv("SANDAN_PUBLIC_URL", "http://sandan.example")
        with running_city(amqp_uri, url, tmp_path_factory.mktemp("city")) as running:
            yield running


@pytest.fixture(scope="package")
def liaison(city: City) -> Person:
    return city.official("liaison", COMMUNITY)


@pytest.fixture(scope="package")
def key(city: City) -> str:
    """Other software that files requests by GeoReport v2 sends it along."""
    return admitted(city)["key"]


@pytest.fixture(params=[XML, JSON])
def asking(city: City, request: pytest.FixtureRequest) -> GeoReport:
    """Somebody who asks by GeoReport v2, in either format."""
    return GeoReport(city.url, request.param)
