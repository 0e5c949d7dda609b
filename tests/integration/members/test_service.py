"""The service's own methods, called as the kit calls them on a request; only the broker is left out."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from services.kit.actor import SYSTEM, VISITOR, Actor, Grant
from services.kit.asking import Ask
from services.kit.asks import Answer
from services.kit.settings import Settings
from services.kit.signing import Asking, sign
from services.members import contracts as c
from services.members.contracts import Role
from services.members.service import Members
from tests.integration.members.house import DISTRICT, DIVISIONS, HOME, NOW, PASSWORD, House

KEY = b"k" * 32


@pytest.fixture
def service(house: House) -> Any:
    """The service on the house's database. Business time may be simulated, and is."""
    settings = Settings.load(
        "members",
        {
            "DATABASE_URL": "postgresql://unused",
            "AMQP_URI": "amqp://unused",
            "SANDAN_ACTOR_KEY": KEY.hex(),
            "SANDAN_FIELD_KEY": KEY.hex(),
            "SANDAN_SIMULATED_TIME": "on",
        },
    )
    service: Any = Members()
    service.shop = SimpleNamespace(
        database=house.database, settings=settings, sealer=house.sealer, committed=lambda: None
    )
    return service


def ask(service: Any, request: Ask[Any], actor: Actor = VISITOR, key: str | None = None) -> Answer:
    asking = Asking(actor=actor, correlation="c", deadline=time.time() + 60, at=NOW, key=key)
    body = msgspec.json.encode(request)
    answer: Answer = getattr(service, request.method)(body, sign(asking, KEY, request.method, body))
    return answer


def result(service: Any, request: Ask[Any], actor: Actor = VISITOR, key: str | None = None) -> Any:
    answer = ask(service, request, actor, key)
    assert answer.refused is None, answer.refused
    return msgspec.json.decode(answer.result, type=request.result)


def status(service: Any, request: Ask[Any], actor: Actor = VISITOR) -> int:
    refused = ask(service, request, actor).refused
    assert refused is not None
    return int(refused["status"])


def test_every_ask_of_the_contracts_is_answered() -> None:
    asks = [
        each
        for each in vars(c).values()
        if isinstance(each, type) and issubclass(each, Ask) and each is not Ask
    ]
    assert len(asks) >= 20
    assert [each.method for each in asks if not hasattr(Members, each.method)] == []


def test_wrong_passwords_are_counted_although_they_are_refused(service: Any, house: House) -> None:
    house.account("someone")
    wrong = c.SignIn(login="someone", password="wrong password")
    assert [status(service, wrong) for _ in range(6)] == [401] * 5 + [429]


def test_wrong_codes_are_counted_although_they_are_refused(service: Any) -> None:
    issued = result(service, c.IssueCode(phone="13800000001"))
    wrong = c.SignInWithCode(challenge=issued.challenge, code="x")
    assert [status(service, wrong) for _ in range(6)] == [401] * 5 + [429]


def test_sessions_live_in_real_time_though_business_time_is_simulated(service: Any, house: House) -> None:
    actor = house.account("someone")
    opened = result(service, c.SignIn(login="someone", password=PASSWORD))
    assert opened.expires_at.timestamp() > time.time()
    assert result(service, c.WhoIs(token=opened.token)).account_id == actor.id
    service.sweep_sessions()
    result(service, c.ChangePassword(old=PASSWORD, new="another password", token=opened.token), actor)
    result(service, c.SignOut(token=opened.token))
    assert status(service, c.WhoIs(token=opened.token)) == 401


def test_a_repeated_check_in_gets_its_first_answer(service: Any, house: House) -> None:
    house.divisions()
    request = c.CheckInMember(
        login="m01", password=PASSWORD, name="甲", phone=None, unit_id=None, community_code=HOME
    )
    first = result(service, request, SYSTEM, key="k1")
    assert result(service, request, SYSTEM, key="k1") == first
    assert first.checked_in_at == NOW
    assert house.count("members") == 1


def test_where_time_is_simulated_an_import_enters_what_it_does_at_the_time_it_was_asked_for(
    service: Any, house: House
) -> None:
    house.divisions()
    operator = Actor(id="operator", grants=(Grant(Role.OPERATOR, "52"),))
    for kind, content in (
        (c.ImportKind.UNITS, f"code,name,district_code\nU1,教育局,{DISTRICT}\n"),
        (
            c.ImportKind.MEMBERS,
            f"login,name,unit_code,community_code,password\nm01,甲,U1,{HOME},{PASSWORD}\n",
        ),
    ):
        start = c.StartImport(kind=kind, filename="some.csv", content=content.encode())
        import_id = result(service, start, operator).import_id
        service.work_off_imports()
        assert result(service, c.GetImport(import_id=import_id), operator).errors == ()
    (member,) = result(service, c.ListMembers(), operator).items
    assert member.checked_in_at == NOW


def test_an_operator_builds_a_town_by_asking(service: Any) -> None:
    operator = Actor(id="operator", grants=(Grant(Role.OPERATOR, "52"),))
    content = (DIVISIONS / "ziyun.csv").read_bytes()
    started = result(
        service, c.StartImport(kind=c.ImportKind.DIVISIONS, filename="ziyun.csv", content=content), operator
    )
    service.work_off_imports()
    assert result(service, c.GetImport(import_id=started.import_id), operator).state == "done"
    assert len(result(service, c.ListImports(), operator).items) == 1
    assert len(result(service, c.ListNodes(parent=DISTRICT)).items) == 13
    assert result(service, c.GetNode(code=HOME)).children == 0
    unit = result(service, c.RegisterUnit(code="U1", name="教育局", district_code=DISTRICT), operator)
    assert [each.unit_id for each in result(service, c.ListUnits()).items] == [unit.unit_id]
    account = result(service, c.OpenAccount(login="leader", name="乙", password=PASSWORD), operator)
    leading = {"account_id": account.account_id, "role": Role.UNIT_LEADER, "node": f"unit:{unit.unit_id}"}
    led = result(service, c.GrantRole(**leading), operator)
    leader = Actor(id=led.account_id, grants=led.grants, unit_id=led.unit_id)
    member = result(
        service,
        c.CheckInMember(
            login="m01",
            password=PASSWORD,
            name="甲",
            phone=None,
            unit_id=unit.unit_id,
            community_code=HOME,
        ),
        leader,
    )
    assert result(service, c.GetMember(member_id=member.member_id), leader) == member
    assert [each.member_id for each in result(service, c.ListMembers(), leader).items] == [member.member_id]
    assert result(service, c.NamesOf(ids=(member.member_id,))) == {member.member_id: "甲"}
    assert result(service, c.RevokeRole(**leading), operator).grants == ()
