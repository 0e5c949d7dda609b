"""Certificates of service, as those who issue them see them: the list, whom to issue one, and taking one back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import quote

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Paged, option, text
from gateway.policies import CHECKERS, READERS
from gateway.problems import Problem
from gateway.routes.certificates import Issuing, Revoking
from gateway.routing import page
from gateway.tables import Format, as_file
from gateway.web import labels
from gateway.web.forms import check, errors_of, onward, typed
from gateway.web.pages.certificates import HERE as PROOF
from gateway.web.pages.certificates import hours
from gateway.web.render import show
from gateway.web.survey import SurveyQuery, survey_of
from gateway.words import _
from services.evaluation.contracts import (
    CertificateView,
    IssueCertificate,
    ListCertificates,
    RevokeCertificate,
)
from services.kit.asking import Page
from services.kit.ids import new_id
from services.kit.outcomes import Refused
from services.members.contracts import ListMembers

HERE = "/supervising/certificates"
SHOWN, AT_ONCE, FOUND = 30, 200, 20
DONE = {
    "issued": _("证书已出具，党员会收到消息，在自己的档案里下载"),
    "revoked": _("证书已撤销，查验的人会看到"),
}


class CertificatesQuery(Paged, SurveyQuery):
    search = text(_("党员的名字"), most=40, required=False)
    done = text(_("刚做完的一步"), most=20, required=False)
    format = option(Format, _("下载为文件"))


@page("GET", HERE, policy=READERS, summary=_("服务证书：已出具的，和给谁出具"), query=CertificatesQuery)
def certificates(call: Call) -> Response:
    if made := call.query.get("format"):
        return as_file(_lines(call), "certificates", made)
    return _show(call)


@page("POST", HERE, policy=CHECKERS, summary=_("出具一张服务证书"))
def issue(call: Call) -> Response:
    given = typed(call)
    try:
        told = check(Issuing, given)
        replace(call, key=given.get("key")).ask(IssueCertificate(**told))
    except Problem as problem:
        return _show(call, given=given, errors=errors_of(problem), status=problem.status)
    except Refused as refused:
        field = refused.field if refused.field in {"since", "until"} else "until"
        return _show(call, given=given, errors={field: refused.message}, status=refused.status)
    return onward(f"{HERE}?done=issued")


@page("POST", f"{HERE}/{{number}}/revocation", policy=CHECKERS, summary=_("撤销一张服务证书"))
def revoke(call: Call) -> Response:
    number = call.path["number"]
    try:
        call.ask(RevokeCertificate(number=number, **check(Revoking, typed(call))))
    except Problem as problem:
        return _show(call, problem=errors_of(problem).get("reason", problem.detail), status=problem.status)
    except Refused as refused:
        return _show(call, problem=refused.message, status=refused.status)
    return onward(f"{HERE}?done=revoked")


def _show(
    call: Call,
    *,
    given: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    problem: str = "",
    status: int = 200,
) -> Response:
    survey = survey_of(call)
    search = call.query.get("search") or (given or {}).get("search") or ""
    found: Page[CertificateView] = call.ask(
        ListCertificates(node=survey.node, cursor=call.query.get("cursor"), limit=SHOWN)
    )
    may_issue = CHECKERS.admits(call.actor)
    members = (
        call.ask(ListMembers(node=survey.node, search=search, limit=FOUND)).items
        if may_issue and search
        else ()
    )
    names = call.desk.names
    return show(
        call,
        "supervising_certificates.html",
        status=status,
        survey=survey,
        path=HERE,
        proof=PROOF,
        rows=[(each, f"{PROOF}/{quote(each.number)}") for each in found.items],
        names=names.of_hands([each.member_id for each in found.items], call.actor),
        places=names.of_places(each.place for each in found.items),
        hours=hours,
        may_issue=may_issue,
        search=search,
        members=members,
        given=given or {"since": str(survey.since), "until": str(min(survey.until, _yesterday(call)))},
        errors=errors or {},
        problem=problem,
        done=DONE.get(call.query.get("done") or "", ""),
        key=(given or {}).get("key") or new_id(),
        more=survey.link(HERE, cursor=found.next) if found.next else None,
        link=lambda **changed: survey.link(HERE, **changed),
    )


def _yesterday(call: Call) -> date:
    return call.now.astimezone(labels.CITY).date() - timedelta(days=1)


def _lines(call: Call) -> Iterator[list[str]]:
    """Of the file: the names of the columns, then every certificate of the place."""
    survey = survey_of(call)
    yield [
        str(each)
        for each in (
            _("编号"),
            _("党员"),
            _("报到在"),
            _("从"),
            _("到"),
            _("任务"),
            _("小时"),
            _("积分"),
            _("规则版本"),
            _("出具时间"),
            _("撤销时间"),
            _("撤销的原因"),
        )
    ]
    cursor: str | None = None
    while True:
        found = call.ask(ListCertificates(node=survey.node, cursor=cursor, limit=AT_ONCE))
        names = call.desk.names.of_hands([each.member_id for each in found.items], call.actor)
        places = call.desk.names.of_places(each.place for each in found.items)
        for each in found.items:
            yield [
                each.number,
                names.get(each.member_id, each.member_id),
                labels.place(places.get(each.place, each.place)),
                str(each.since),
                str(each.until),
                str(each.tasks),
                hours(each.minutes),
                str(each.points),
                str(each.rule_version),
                labels.moment(each.issued_at),
                labels.moment(each.revoked_at) if each.revoked_at else "",
                each.revoked_for or "",
            ]
        cursor = found.next
        if cursor is None:
            return
