"""One running city for all tests of the gateway; each test makes its own people and orders in it. It sends mails to a mailbox of
this run, and nothing else to anybody.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.kit.testing import fresh_database
from tests.city import City, running_city
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
