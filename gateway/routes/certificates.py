"""Certificates of service: issued, listed, revoked, and what anybody finds under a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from gateway.call import Call
from gateway.fields import Paged, Request, day, text
from gateway.policies import ACCOUNTS, ANYONE, CHECKERS
from gateway.routing import route
from gateway.words import _
from services.evaluation.contracts import (
    CertificateView,
    GetCertificate,
    IssueCertificate,
    ListCertificates,
    RevokeCertificate,
)
from services.kit.asking import Page


class Issuing(Request):
    member_id = text(_("党员的编号"), most=40)
    since = day(_("从哪天起"), required=True)
    until = day(_("到哪天止"), required=True)


class Revoking(Request):
    reason = text(_("撤销的原因"), most=200)


class CertificatesQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)
    member_id = text(_("只看自己的：填自己的编号"), most=40, required=False)


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What a certificate certifies. Of the member's name only the first character is told; null where the file is closed."""

    number: str
    name: str | None
    unit_name: str | None
    place: str
    place_name: str | None
    since: date
    until: date
    tasks: int
    minutes: int
    points: int
    rule_version: int
    issued_at: datetime
    revoked_at: datetime | None
    revoked_for: str | None


@route(
    "GET",
    "/certificates",
    policy=ACCOUNTS,
    summary=_("服务证书：一个地方出具的，或自己的"),
    tag="certificates",
    query=CertificatesQuery,
    answer=Page[CertificateView],
)
def list_certificates(call: Call) -> Page[CertificateView]:
    asked = {name: value for name, value in call.query.items() if value is not None}
    return call.ask(ListCertificates(**asked))


@route(
    "POST",
    "/certificates",
    policy=CHECKERS,
    summary=_("出具一张服务证书"),
    tag="certificates",
    body=Issuing,
    answer=CertificateView,
    status=201,
    creates=True,
)
def issue_certificate(call: Call) -> CertificateView:
    return call.ask(IssueCertificate(**call.body))


@route(
    "GET",
    "/certificates/{number}",
    policy=ANYONE,
    summary=_("查验一张服务证书"),
    tag="certificates",
    answer=Proof,
)
def get_certificate(call: Call) -> Proof:
    return proof_of(call, call.path["number"])


@route(
    "POST",
    "/certificates/{number}/revocation",
    policy=CHECKERS,
    summary=_("撤销一张服务证书"),
    tag="certificates",
    body=Revoking,
    answer=CertificateView,
)
def revoke_certificate(call: Call) -> CertificateView:
    return call.ask(RevokeCertificate(**call.path, **call.body))


def proof_of(call: Call, number: str) -> Proof:
    """Raises Refused (no-such-certificate)."""
    found: CertificateView = call.ask(GetCertificate(number=number))
    known = call.desk.names.of_hands([found.member_id, found.unit_id], call.actor)
    told = {name: value for name, value in vars(found).items() if name in Proof.__dataclass_fields__}
    return Proof(
        **told,
        name=masked(known.get(found.member_id, "")) or None,
        unit_name=known.get(found.unit_id or ""),
        place_name=call.desk.names.of_places([found.place]).get(found.place),
    )


def masked(name: str) -> str:
    """The first character and a star for each of the others."""
    return name[:1] + "*" * (len(name) - 1)
