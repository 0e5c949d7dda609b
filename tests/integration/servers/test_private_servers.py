"""The servers that we start where none is found: they answer, and keep what is durable over a SIGKILL."""

from __future__ import annotations

import kombu
import psycopg2
import pytest

from tests.servers import MissingServerError, Servers, choose, postgres_answers, rabbitmq_is_usable
from tests.waiting import until

NOBODY_LISTENS_AMQP = "amqp://guest:guest@127.0.0.1:1/"
NOBODY_LISTENS_POSTGRES = "postgresql://postgres@127.0.0.1:1/postgres"


def test_a_private_postgres_keeps_committed_rows_over_a_kill(servers: Servers) -> None:
    server = servers.private_postgres()
    with psycopg2.connect(server.url) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept AS SELECT 7 AS number")
    connection.close()

    server.kill()
    assert not postgres_answers(server.url)
    server.start()

    with psycopg2.connect(server.url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT number FROM kept")
        assert cursor.fetchall() == [(7,)]
    connection.close()


def test_a_private_rabbitmq_keeps_confirmed_messages_over_a_kill(servers: Servers) -> None:
    server = servers.private_rabbitmq()
    uri = server.vhosts.add()
    queue = kombu.Queue("kept", durable=True, queue_arguments={"x-queue-type": "quorum"})
    with kombu.Connection(uri, transport_options={"confirm_publish": True}) as connection:
        connection.Producer().publish({"number": 7}, routing_key="kept", declare=[queue], delivery_mode=2)

    until(lambda: server.has_saved("kept"), "the queue to be on disk")
    server.kill()
    assert not rabbitmq_is_usable(server.uri)
    server.start()

    with kombu.Connection(uri) as connection, connection.channel() as channel:
        message = queue(channel).get()
        assert message is not None
        assert message.payload == {"number": 7}


def test_each_test_gets_a_vhost_and_a_database_of_its_own(
    amqp_uri: str, own_amqp_uri: str, database_url: str, own_database_url: str
) -> None:
    assert amqp_uri != own_amqp_uri
    assert database_url != own_database_url
    assert postgres_answers(own_database_url)
    with kombu.Connection(own_amqp_uri) as connection:
        connection.connect()


def test_where_no_server_answers_private_ones_are_chosen() -> None:
    choices = choose({}, amqp=NOBODY_LISTENS_AMQP, postgres=NOBODY_LISTENS_POSTGRES)

    assert str(choices) == "RabbitMQ private, started when needed; PostgreSQL private, started when needed"


@pytest.mark.parametrize(
    ("name", "uri"), [("AMQP_URI", NOBODY_LISTENS_AMQP), ("DATABASE_URL", NOBODY_LISTENS_POSTGRES)]
)
def test_a_server_that_was_named_must_answer(name: str, uri: str) -> None:
    with pytest.raises(MissingServerError, match=f"^{name} names .*127.0.0.1:1/.* does not answer"):
        choose({name: uri})
