"""Certificates of service: issued, revoked, looked up."""

from __future__ import annotations

from uuid import UUID

from services.evaluation import store
from services.evaluation.contracts import (
    CertificateIssued,
    CertificateRevoked,
    CertificateView,
    GetCertificate,
    IssueCertificate,
    ListCertificates,
    RevokeCertificate,
    Slug,
)
from services.evaluation.domain import certificates, rights
from services.evaluation.domain.certificates import Certificate
from services.evaluation.domain.days import day_of
from services.evaluation.domain.places import checked_node
from services.evaluation.domain.points import MEMBER
from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work


def issue_certificate(work: Work, ask: IssueCertificate) -> CertificateView:
    stands = store.last_check_in(work.db, ask.member_id)
    if stands is None:
        raise Refused(Slug.NO_SUCH_MEMBER, "没有这名党员，或还没有报到", status=404, field="member_id")
    certificates.check_issuing(work.actor, ask.member_id, stands.place)
    period = certificates.checked_period(ask.since, ask.until, work.now)
    done = store.service_of(work.db, ask.member_id, period)
    certificates.check_worth(done)
    year = day_of(work.now).year
    certificate = Certificate(
        number=certificates.number_of(year, store.next_number(work.db, year), UUID(work.new_id()).int),
        member_id=ask.member_id,
        unit_id=stands.unit_id,
        place=stands.place,
        since=ask.since,
        until=ask.until,
        tasks=done.tasks,
        minutes=done.minutes,
        points=done.points,
        rule_version=certificates.rule_version_at(period),
        issued_by=work.actor.id,
        issued_at=work.now,
    )
    store.add_certificate(work.db, certificate)
    work.outbox.append(
        CertificateIssued(
            number=certificate.number,
            holder_kind=MEMBER,
            holder_id=certificate.member_id,
            place=certificate.place,
            since=certificate.since,
            until=certificate.until,
            by=certificate.issued_by,
            at=work.now,
        ),
        aggregate=f"certificate:{certificate.number}",
        sequence=1,
    )
    return _view(certificate)


def revoke_certificate(work: Work, ask: RevokeCertificate) -> CertificateView:
    found = _known(store.certificate_of(work.db, ask.number, lock=True))
    certificates.check_issuing(work.actor, found.member_id, found.place)
    revoked = certificates.revoked(found, by=work.actor.id, at=work.now, reason=ask.reason)
    store.revoke_certificate(work.db, revoked)
    work.outbox.append(
        CertificateRevoked(
            number=revoked.number,
            holder_kind=MEMBER,
            holder_id=revoked.member_id,
            place=revoked.place,
            by=work.actor.id,
            at=work.now,
        ),
        aggregate=f"certificate:{revoked.number}",
        sequence=2,
    )
    return _view(revoked)


def get_certificate(work: Work, ask: GetCertificate) -> CertificateView:
    return _view(_known(store.certificate_of(work.db, ask.number)))


def list_certificates(work: Work, ask: ListCertificates) -> Page[CertificateView]:
    node, limit, after = checked_node(ask.node), bounded(ask.limit), decode_moment_cursor(ask.cursor)
    if ask.member_id is not None and ask.member_id == work.actor.id:
        found = store.certificates_of(work.db, ask.member_id, after=after, limit=limit + 1)
    elif ask.member_id is None and work.actor.holds_any(rights.READS_ORDERS, node):
        found = store.certificates_at(work.db, node, after=after, limit=limit + 1)
    else:
        raise Refused(
            Slug.NOT_ALLOWED, "只能看自己的证书；本区域的联络员、督办和考核人员可以看本地的", status=403
        )
    return page_of(found, limit, key=lambda each: (each.issued_at, each.number), view=_view)


def _known(found: Certificate | None) -> Certificate:
    if found is None:
        raise Refused(Slug.NO_SUCH_CERTIFICATE, "没有这个编号的证书", status=404, field="number")
    return found


def _view(certificate: Certificate) -> CertificateView:
    told = {name: value for name, value in vars(certificate).items() if name != "revoked_by"}
    return CertificateView(**told)
