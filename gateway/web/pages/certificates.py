"""Certificates of service: what anybody finds under a number, and the paper for whoever may read the member's file."""

from __future__ import annotations

from urllib.parse import quote

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, text
from gateway.policies import ACCOUNTS, ANYONE
from gateway.routes.certificates import proof_of
from gateway.routing import page
from gateway.web import labels
from gateway.web.forms import onward
from gateway.web.papers import CertificatePaper, certificate
from gateway.web.render import show
from gateway.words import _
from services.evaluation.contracts import CertificateView, GetCertificate
from services.kit.outcomes import Refused
from services.members.contracts import GetMember, MemberView

HERE = "/certificates"


class LookUpQuery(Request):
    number = text(_("证书编号"), most=40, required=False)


@page("GET", HERE, policy=ANYONE, summary=_("查验服务证书"), query=LookUpQuery)
def look_up(call: Call) -> Response:
    if number := (call.query.get("number") or "").strip().upper():
        return onward(f"{HERE}/{quote(number, safe='')}")
    return show(call, "certificate.html", found=None, number="", path=HERE)


@page("GET", f"{HERE}/{{number}}", policy=ANYONE, summary=_("一张服务证书是真是假"))
def proof(call: Call) -> Response:
    number = call.path["number"]
    try:
        found = proof_of(call, number)
    except Refused as refused:
        return show(call, "certificate.html", status=refused.status, found=None, number=number, path=HERE)
    return show(call, "certificate.html", found=found, number=number, path=HERE, hours=hours(found.minutes))


@page(
    "GET",
    f"{HERE}/{{number}}/certificate.pdf",
    policy=ACCOUNTS,
    summary=_("服务证书（A4，PDF），给能看该党员档案的人"),
)
def paper(call: Call) -> Response:
    found: CertificateView = call.ask(GetCertificate(number=call.path["number"]))
    member: MemberView = call.ask(GetMember(member_id=found.member_id))
    place = call.desk.names.of_places([found.place[:12]]).get(found.place[:12], found.place)
    unit = call.desk.names.of_hands([found.unit_id], call.actor).get(found.unit_id or "", "")
    did = [(str(_("办结的任务")), _("{} 件").format(found.tasks))]
    if found.minutes:
        did.append((str(_("服务时长")), _("{} 小时").format(hours(found.minutes))))
    did.append((str(_("服务积分")), _("{} 分").format(found.points)))
    made = certificate(
        CertificatePaper(
            number=found.number,
            name=member.name,
            unit=unit,
            place=labels.place(place),
            period=_("{} 至 {}").format(labels.date_words(found.since), labels.date_words(found.until)),
            did=tuple(did),
            issued=_("{} 出具").format(labels.day(found.issued_at)),
            rules=_("积分按第 {} 版规则计算").format(found.rule_version),
            address=f"{call.desk.public_url or call.request.host_url.rstrip('/')}{HERE}/{found.number}",
            revoked=found.revoked_at is not None,
        )
    )
    response = Response(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="certificate-{found.number}.pdf"'
    return response


def hours(minutes: int) -> str:
    """With a decimal where it is no whole number of hours."""
    return f"{minutes / 60:.1f}".removesuffix(".0")
