"""Three-level responsibility: who answers for which street, community or grid."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.call import Call
from gateway.fields import Paged, Request, choice, day, flag, text
from gateway.policies import ACCOUNTS, BOND_KEEPERS
from gateway.routing import route
from gateway.words import _
from services.kit.asking import Page
from services.members.contracts import (
    AssignResponsibility,
    CountResponsibilities,
    EndResponsibility,
    Level,
    LevelCovered,
    ListResponsibilities,
    ListUncovered,
    ResponsibilityView,
    UncoveredPlace,
)


class ResponsibilityQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)
    person_id = text(_("只看这个人"), most=40, required=False)
    level = choice(Level, _("只看这一级"), required=False)
    ended = flag(_("连同已解除的"))


class GapQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)
    level = choice(Level, _("哪一级：street、community、quarter 或 grid"))


class CountQuery(Request):
    node = text(_("只数这个地方（区划代码）及其下级"), most=20, required=False)


class NewResponsibility(Request):
    node = text(_("街道、社区、小区或网格的区划代码"), most=20)
    person_id = text(_("由谁负责：账号编号"), most=40)
    title = text(_("职务，如 社区第一书记"), most=64)
    unit_id = text(_("所在单位；社区第一书记必填"), most=40, required=False)
    since = day(_("从哪天起，默认今天"))


class Ending(Request):
    reason = text(_("解除的理由"), most=200)


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Street, community, quarter and grid."""

    levels: tuple[LevelCovered, ...]


@route(
    "GET",
    "/responsibilities",
    policy=ACCOUNTS,
    summary=_("包联责任，按地方或按人"),
    tag="responsibilities",
    query=ResponsibilityQuery,
    answer=Page[ResponsibilityView],
)
def list_responsibilities(call: Call) -> Page[ResponsibilityView]:
    return call.ask(ListResponsibilities(**call.query))


@route(
    "GET",
    "/responsibilities/gaps",
    policy=ACCOUNTS,
    summary=_("还没有责任人的地方"),
    tag="responsibilities",
    query=GapQuery,
    answer=Page[UncoveredPlace],
)
def list_uncovered(call: Call) -> Page[UncoveredPlace]:
    return call.ask(ListUncovered(**call.query))


@route(
    "GET",
    "/responsibilities/coverage",
    policy=ACCOUNTS,
    summary=_("三级包联的覆盖情况"),
    tag="responsibilities",
    query=CountQuery,
    answer=Coverage,
)
def count_responsibilities(call: Call) -> Coverage:
    return Coverage(levels=call.ask(CountResponsibilities(**call.query)))


@route(
    "POST",
    "/responsibilities",
    policy=BOND_KEEPERS,
    summary=_("指定责任人；原责任人随之解除"),
    tag="responsibilities",
    body=NewResponsibility,
    answer=ResponsibilityView,
    status=201,
    creates=True,
)
def assign_responsibility(call: Call) -> ResponsibilityView:
    return call.ask(AssignResponsibility(**call.body))


@route(
    "POST",
    "/responsibilities/{responsibility_id}/end",
    policy=BOND_KEEPERS,
    summary=_("解除包联责任"),
    tag="responsibilities",
    body=Ending,
    answer=ResponsibilityView,
)
def end_responsibility(call: Call) -> ResponsibilityView:
    return call.ask(EndResponsibility(**call.path, **call.body))
