"""Messages are their recipient's alone, whoever else asks; codes are sent by the system alone."""

from __future__ import annotations

from typing import Any

import pytest

from services.dispatch.contracts import State, TaskRegistered
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.outcomes import Refused
from services.kit.work import begin
from services.members.contracts import Role
from services.notify import handlers
from services.notify.contracts import CountUnread, ListCaught, ListMessages, MarkRead, SendCode, Slug
from tests.integration.notify.test_codes import SEALER
from tests.integration.notify.town import Town
from tests.unit.intake.stories import after, of_task


def strangers(town: Town) -> dict[str, Actor]:
    return {
        "visitor": VISITOR,
        "holder of the order's code": Actor(order_id=town.person("order")),
        "another resident": Actor(id=town.person("neighbour")),
        "liaison of the place": Actor(id="liaison", grants=(Grant(Role.LIAISON, town.community),)),
        "operator of everything": Actor(id="operator", grants=(Grant(Role.OPERATOR, ""),)),
    }


def ask(town: Town, actor: Actor, request: Any) -> Any:
    with begin(town.database, service="notify", actor=actor, now=after(5)) as work:
        return getattr(handlers, request.method)(work, request)


def test_nobody_reads_or_marks_anothers_messages(town: Town) -> None:
    order_id = town.collect()
    registered = of_task(
        TaskRegistered,
        1,
        State.REGISTERED,
        task=f"task of {town.district}",
        orders=(order_id,),
        category="other",
        promised_at=after(50),
    )
    town.happens(registered)
    (message,) = town.inbox("resident")
    for who, stranger in strangers(town).items():
        assert ask(town, stranger, ListMessages()).items == (), who
        assert ask(town, stranger, CountUnread()).count == 0, who
        ask(town, stranger, MarkRead())
        with pytest.raises(Refused) as refused:
            ask(town, stranger, MarkRead(message_id=message.message_id))
        assert (refused.value.slug, refused.value.status) == (Slug.NO_SUCH_MESSAGE, 404), who
    assert town.inbox("resident", unread=True) == [message]


def test_codes_are_sent_by_the_system_alone(town: Town) -> None:
    request = SendCode(to="13800000001", code="123456", until=after(6))
    for who, stranger in strangers(town).items():
        with (
            pytest.raises(Refused) as refused,
            begin(town.database, service="notify", actor=stranger, now=after(5)) as work,
        ):
            handlers.send_code(work, request, SEALER, catching=True)
        assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403), who
    with begin(town.database, service="notify") as work:
        listed = handlers.list_caught(work, ListCaught(to="13800000001"), SEALER, catching=True)
    assert listed.items == ()
