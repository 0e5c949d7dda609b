"""Certificates of service: what they certify, who issues and revokes them, and what anybody finds under a number."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.dispatch.contracts import HandKind, Share, TaskClosed, TaskPublished, TaskVerified
from services.evaluation import handlers
from services.evaluation.contracts import (
    CertificateView,
    GetCertificate,
    IssueCertificate,
    Ledger,
    ListCertificates,
    RevokeCertificate,
    Slug,
)
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.db import Database
from services.kit.outcomes import Refused
from services.members.contracts import Role
from tests.integration.evaluation.telling import (
    LIAISON,
    START,
    SUPERVISOR,
    TO_ANSWERED,
    TO_CLOSED,
    TaskTeller,
    ask,
    check_in,
    published,
    tell,
)

AFTERWARDS = START + timedelta(days=30)
QUARTER: dict[str, Any] = {"since": date(2026, 3, 1), "until": date(2026, 3, 20)}
ISSUE = IssueCertificate(member_id="member-1", **QUARTER)


@pytest.fixture
def served(database: Database) -> Database:
    """Two tasks closed: one led by the member, one of which the member had 90 minutes; one more is only answered."""
    tell(database, check_in("member-1"), check_in("member-2"), *TaskTeller("order-1").through(*TO_CLOSED))
    joint = TaskTeller("order-2", member_id="member-2")
    joint.through(*TO_ANSWERED, TaskVerified, TaskPublished)
    hands = (
        Share(hand_kind=HandKind.MEMBER, hand_id="member-1", minutes=90),
        Share(hand_kind=HandKind.MEMBER, hand_id="member-2", minutes=30),
    )
    joint.then(TaskClosed, hands=hands)
    tell(database, *joint.told, *TaskTeller("order-3").through(*TO_ANSWERED))
    return database


def issue(database: Database, request: IssueCertificate = ISSUE, actor: Actor = LIAISON) -> CertificateView:
    told: CertificateView = ask(database, handlers.issue_certificate, request, actor, AFTERWARDS)
    return told


def refused(database: Database, handler: Any, request: Any, actor: Actor, at: datetime = AFTERWARDS) -> str:
    with pytest.raises(Refused) as found:
        ask(database, handler, request, actor, at)
    return found.value.slug


def test_a_certificate_says_what_was_done_and_keeps_saying_it(served: Database) -> None:
    first, second = issue(served), issue(served)
    assert (first.tasks, first.minutes, first.rule_version) == (2, 90, 1)
    mine = Ledger(holder_id="member-1", **QUARTER)
    span_total = ask(served, handlers.ledger, mine, Actor(id="member-1"), AFTERWARDS).span_total
    assert first.points == span_total > 0
    assert (first.number[:11], second.number[:11]) == ("2026-00001-", "2026-00002-")

    tell(served, *TaskTeller("order-4").through(*TO_CLOSED))
    found = ask(served, handlers.get_certificate, GetCertificate(number=first.number), VISITOR, AFTERWARDS)
    assert found == first
    told = [event for event in published(served) if event["type"] == "evaluation.certificate_issued"]
    assert [event["body"]["number"] for event in told] == [first.number, second.number]


def test_what_is_revoked_stays_findable_with_the_reason(served: Database) -> None:
    number = issue(served).number
    revoke = RevokeCertificate(number=number, reason="时间写错了")
    ask(served, handlers.revoke_certificate, revoke, SUPERVISOR, AFTERWARDS)

    found = ask(served, handlers.get_certificate, GetCertificate(number=number), VISITOR, AFTERWARDS)
    assert (found.revoked_at, found.revoked_for) == (AFTERWARDS, "时间写错了")
    assert refused(served, handlers.revoke_certificate, revoke, SUPERVISOR) == Slug.ALREADY_REVOKED
    mine = ListCertificates(member_id="member-1")
    assert ask(served, handlers.list_certificates, mine, Actor(id="member-1"), AFTERWARDS).items == (found,)


def test_nobody_certifies_themselves_or_elsewhere_or_nothing(served: Database) -> None:
    own = Actor(id="member-1", grants=LIAISON.grants)
    elsewhere = Actor(id="liaison-2", grants=(Grant(Role.LIAISON, "520425001002"),))
    for actor in (own, elsewhere, VISITOR):
        assert refused(served, handlers.issue_certificate, ISSUE, actor) == Slug.NOT_ALLOWED
    for actor in (elsewhere, Actor(id="member-2")):
        other = ListCertificates(member_id="member-1")
        assert refused(served, handlers.list_certificates, other, actor) == Slug.NOT_ALLOWED
    before = IssueCertificate(member_id="member-1", since=date(2026, 1, 1), until=date(2026, 1, 31))
    assert refused(served, handlers.issue_certificate, before, LIAISON) == Slug.NOTHING_TO_CERTIFY
    assert refused(served, handlers.issue_certificate, ISSUE, LIAISON, at=START) == Slug.INVALID
