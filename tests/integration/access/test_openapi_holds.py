"""The API keeps to its own description: whatever fits it is answered without a failure of ours, in the shape that it promises.

schemathesis makes up the requests from the OpenAPI document; every other one is about things that exist. ``SANDAN_EXAMPLES`` says
how many of each route (2 if not set).
"""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from gateway.openapi import document
from gateway.routes import ROUTES
from gateway.words import shown
from tests.city import COMMUNITY, DISTRICT, City, Person
from tests.integration.access.home import Home

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = int(os.environ.get("SANDAN_EXAMPLES", "2"))
NOT_ASKED = {
    "sign_out": "would end the session that asks",
    "change_password": "would end the session that asks",
}
OPERATIONS = [route.name for route in ROUTES if route.name not in NOT_ASKED]


@pytest.fixture(scope="module")
def everybody(city: City) -> Person:
    """Who has every role in the district, so that requests get past the policies to the services."""
    person = city.member(community=COMMUNITY)
    for role in ("operator", "supervisor", "liaison", "grid_worker", "grid_head", "evaluator", "auditor"):
        city.operator.post(f"/accounts/{person.account_id}/grants", role=role, node=DISTRICT)
    return person


@pytest.fixture(scope="module")
def operations(city: City) -> dict[str, Any]:
    """By name."""
    described = schemathesis.openapi.from_dict(shown(document(tuple(ROUTES))))
    described.config.update(base_url=city.url)
    found: list[Any] = [each.ok() for each in described.get_all_operations()]  # type: ignore[union-attr]
    return {operation.definition.raw["operationId"]: operation for operation in found}


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_fits_the_description_is_answered_as_described(
    operations: dict[str, Any], everybody: Person, home: Home, name: str
) -> None:
    operation = operations[name]
    headers = {"Authorization": f"Bearer {everybody.token}"}
    known = {**home.known, **home.in_paths}

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), real=st.booleans())
    def ask(case: Any, real: bool) -> None:
        if real:
            for variable in case.path_parameters or {}:
                case.path_parameters[variable] = known.get(variable, case.path_parameters[variable])
        response = case.call(headers=headers)
        case.validate_response(response, checks=CHECKS)

    ask()
