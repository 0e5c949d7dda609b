"""Work units that have reported to the district."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Paged, Request, text
from gateway.policies import ACCOUNTS, ENTERERS
from gateway.routing import route
from gateway.words import _
from services.kit.asking import Page
from services.members.contracts import ListUnits, RegisterUnit, UnitView


class UnitQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)
    search = text(_("名称里的字"), most=50, required=False)


class NewUnit(Request):
    code = text(_("单位自己的短代码，在区县内唯一"), most=50)
    name = text(_("单位名称"), most=100)
    district_code = text(_("区县的 6 位区划代码"), most=6)
    community_code = text(_("结对社区的 12 位区划代码"), most=12, required=False)


@route(
    "GET",
    "/units",
    policy=ACCOUNTS,
    summary=_("单位名册"),
    tag="units",
    query=UnitQuery,
    answer=Page[UnitView],
)
def list_units(call: Call) -> Page[UnitView]:
    return call.ask(ListUnits(**call.query))


@route(
    "POST",
    "/units",
    policy=ENTERERS,
    summary=_("登记单位"),
    tag="units",
    body=NewUnit,
    answer=UnitView,
    status=201,
    creates=True,
)
def register_unit(call: Call) -> UnitView:
    return call.ask(RegisterUnit(**call.body))
