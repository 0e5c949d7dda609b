"""GET services and GET service definition."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.open311.answers import Record, format_of, listing, single
from gateway.open311.catalogue import Offered, offered, offered_as
from gateway.open311.jurisdictions import jurisdiction_of
from gateway.policies import ANYONE
from gateway.routing import open311
from gateway.words import _
from services.dispatch.contracts import Question


@open311("GET", "/services", policy=ANYONE, summary=_("可以请求的服务"))
def open311_services(call: Call) -> Response:
    jurisdiction_of(call, call.request.args.get("jurisdiction_id"))
    return listing(call, "services", map(_service, offered(call).values()))


@open311("GET", "/services/{code}", policy=ANYONE, summary=_("一项服务及其附加问题"))
def open311_service(call: Call) -> Response:
    format_of(call)
    jurisdiction_of(call, call.request.args.get("jurisdiction_id"))
    found = offered_as(call, call.path["code"])
    return single(
        call,
        "service_definition",
        {
            "service_code": found.category.code,
            "attributes": [
                _attribute(question, order) for order, question in enumerate(found.questions, start=1)
            ],
        },
    )


def _service(found: Offered) -> Record:
    category = found.category
    return {
        "service_code": category.code,
        "service_name": category.label,
        "description": category.note or _("{}，通常 {} 个工作日内办结").format(category.label, category.days),
        "metadata": bool(found.questions),
        "type": category.reply.value,
        "keywords": ", ".join(category.keywords),
        "group": found.group,
    }


def _attribute(question: Question, order: int) -> Record:
    """``values`` is there for lists alone, as in the standard's examples."""
    told: Record = {
        "variable": question.variable,
        "code": question.code,
        "datatype": question.kind.value,
        "required": question.required,
        "datatype_description": question.hint,
        "order": order,
        "description": question.question,
    }
    if not question.choices:
        return told
    return {**told, "values": [{"key": each.key, "name": each.name} for each in question.choices]}
