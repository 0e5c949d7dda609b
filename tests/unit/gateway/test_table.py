"""The table of routes: complete, described, and open to nobody by accident."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from werkzeug.test import Client

from gateway.live.telling import STREAMS
from gateway.policies import ANYONE, CITY_OPERATORS, Policy, only
from gateway.routes import ROUTES
from gateway.routing import OPEN311, Route, map_of
from gateway.shapes import shape_of
from gateway.web.pages import PAGES
from services.kit.actor import VISITOR, Actor, Grant
from services.members.contracts import Role
from tests import public


def _described(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get("/api/openapi.json").text)
    return found


def test_the_description_is_valid_openapi_3_1(client: Client) -> None:
    described = _described(client)
    assert described["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(described).validate()


def test_the_description_has_every_route(client: Client) -> None:
    paths = _described(client)["paths"]
    told = {(method.upper(), path) for path, operations in paths.items() for method in operations}
    assert told == {(route.method, route.path) for route in ROUTES}


def test_every_post_that_creates_takes_an_idempotency_key(client: Client) -> None:
    paths = _described(client)["paths"]
    keyed = {
        operation["operationId"]
        for operations in paths.values()
        for operation in operations.values()
        if {"$ref": "#/components/parameters/IdempotencyKey"} in operation["parameters"]
    }
    assert keyed == {
        "place_order", "amend_order", "record_follow_up", "begin_case", "register_unit", "check_in", "open_account", "start_import",
        "form_team", "pair_unit", "pair_household", "record_doing", "assign_responsibility", "open_ballot", "set_post", "make_promise",
        "give_report", "register_firm", "record_visit", "file_from_visit", "keep_photo", "make_wish", "issue_certificate",
        "claim_wish", "answer_task", "finish_part",
    }  # fmt: skip


def test_names_and_addresses_are_unique() -> None:
    names = [route.name for route in ROUTES]
    assert len(set(names)) == len(names)
    places = [(route.method, route.path) for route in [*ROUTES, *PAGES]]
    assert len(set(places)) == len(places)


def test_every_variable_of_a_path_is_whole() -> None:
    for route in ROUTES:
        assert re.sub(r"{\w+}", "x", route.path).isascii()
        assert "{" not in re.sub(r"{\w+}", "x", route.path)


def test_what_is_open_to_everybody_is_written_down_here() -> None:
    assert {route.name for route in ROUTES if route.policy == ANYONE} == set(public.ROUTES)
    doors = [*PAGES, *OPEN311, *STREAMS]
    assert {route.name for route in doors if route.policy == ANYONE} == set(public.PAGES)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_answer_has_a_shape(route: Route) -> None:
    if route.answer in {None, bytes}:
        assert route.status == 200
    else:
        assert shape_of(route.answer)().fields


def test_a_fixed_path_wins_over_a_variable() -> None:
    found, values = map_of(ROUTES).bind("localhost").match("/api/v1/messages/unread", "GET")
    assert found.name == "count_unread"
    assert values == {}
    found, values = map_of(ROUTES).bind("localhost").match("/api/v1/orders/by-code/AB", "GET")
    assert found.name == "follow_order"


MEMBER = Actor(id="a", grants=(Grant("member", "520425001001"),))
HOLDER = Actor(order_id="o")


@pytest.mark.parametrize(
    ("policy", "actor", "simulated", "admitted"),
    [
        (ANYONE, VISITOR, False, True),
        (only(Role.MEMBER), MEMBER, False, True),
        (only(Role.LIAISON), MEMBER, False, False),
        (only(Role.MEMBER), VISITOR, False, False),
        (only(Role.MEMBER), HOLDER, False, False),
        (Policy(holders=True), HOLDER, False, True),
        (Policy(holders=True), MEMBER, False, False),
        (Policy(signed_in=True), HOLDER, False, False),
        (Policy(signed_in=True), MEMBER, False, True),
        (CITY_OPERATORS, Actor(id="a", grants=(Grant("operator", "520425"),)), False, False),
        (CITY_OPERATORS, Actor(id="a", grants=(Grant("operator", "5204"),)), False, True),
        (CITY_OPERATORS, Actor(id="a", grants=(Grant("supervisor", "52"),)), False, False),
        (only(Role.OPERATOR, simulation=True), VISITOR, False, False),
        (only(Role.OPERATOR, simulation=True), VISITOR, True, True),
    ],
)
def test_who_is_let_in(policy: Policy, actor: Actor, simulated: bool, admitted: bool) -> None:
    assert policy.admits(actor, simulated=simulated) is admitted


def test_the_reference_shows_every_route_and_role(client: Client) -> None:
    page = client.get("/api/docs").text
    for route in ROUTES:
        assert route.path in page
        assert route.summary in page
    assert "社区联络员" in page
