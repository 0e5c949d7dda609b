"""Every route and every page, asked by those whom it does not concern: all of them are turned away, and nothing changes.

The routes are taken from the tables and their requests are filled in from the OpenAPI document, so a route that is added is
walked too. When this fails it says of which route what is missing: a thing in ``home.py``, or a reason in ``reasons.py`` or
``tests/public.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import pytest
import requests

from gateway.openapi import document
from gateway.routes import ROUTES
from gateway.routing import API, OPEN311, Route
from gateway.web.pages import PAGES
from services.members.contracts import Role
from tests import public
from tests.city import COMMUNITY, DISTRICT, NEIGHBOUR, City, Person, an_order, distinct
from tests.integration.access.conftest import FOREIGN
from tests.integration.access.filling import Filler
from tests.integration.access.home import Home
from tests.integration.access.reasons import CITYWIDE, OWN
from tests.waiting import until

DENIED = {401, 403, 404}
PLACED = [role for role in Role if role not in {Role.UNIT_LEADER, Role.RESIDENT, Role.TEAM_LEADER}]


@pytest.fixture(scope="module")
def filler(home: Home) -> Filler:
    return Filler(document(tuple(ROUTES)), home.known, home.in_paths)


@pytest.fixture(scope="module")
def from_another_district(city: City) -> Person:
    return with_every_role(city, FOREIGN, f"{FOREIGN}001001")


@pytest.fixture(scope="module")
def from_another_community(city: City) -> Person:
    return with_every_role(city, NEIGHBOUR, NEIGHBOUR)


@pytest.fixture(scope="module")
def another_resident(city: City) -> Person:
    """Signed in, and with an order of their own."""
    phone = "13900000061"
    sent = city.visitor().post("/codes", phone=phone)
    caught = until(
        lambda: city.visitor().get("/catcher/messages", to=phone)["items"], "the code to be caught"
    )
    code = re.search(r"\d{6}", caught[0]["text"])
    assert code
    opened = city.visitor().post(
        "/sessions/by-code", challenge=sent["challenge"], code=code[0], name="另一位居民"
    )
    resident = Person(city.url, token=opened["token"], account_id=opened["account"]["account_id"])
    resident.post("/orders", **an_order(distinct("门口的树要修剪")))
    return resident


@pytest.fixture(scope="module")
def holder_of_another_code(city: City) -> Person:
    return Person(city.url, code=city.order(words=distinct("电梯门响"))["code"])


def with_every_role(city: City, node: str, community: str) -> Person:
    """Whom every policy admits, but only for another place; a unit and a team of that place are theirs too."""
    district = node[:6]
    unit = city.operator.post(
        "/units", code=distinct("u").replace(" ", "")[:20], name="别处的单位", district_code=district
    )
    person = city.member(community=community, unit_id=unit["unit_id"])
    grants = [(role.value, node) for role in PLACED] + [("unit_leader", f"unit:{unit['unit_id']}")]
    for role, at in grants:
        city.operator.post(f"/accounts/{person.account_id}/grants", role=role, node=at)
    return person


# -- the API ---------------------------------------------------------------------------------------------------------


def test_without_a_session_every_route_that_is_not_public_wants_one(
    city: City, home: Home, filler: Filler
) -> None:
    closed = [route for route in ROUTES if not (route.policy.visitors or route.policy.simulation)]
    settle(walked(closed, city.visitor(), home, filler, lambda told: told.status_code == 401))


STRANGERS = ["from_another_district", "from_another_community", "another_resident", "holder_of_another_code"]


@pytest.mark.parametrize("who", STRANGERS)
def test_strangers_reach_nothing_here(
    request: pytest.FixtureRequest, home: Home, filler: Filler, who: str
) -> None:
    stranger: Person = request.getfixturevalue(who)
    before = home.looks()
    settle(walked(_not_open(ROUTES), stranger, home, filler, lambda told: is_denied(told, home)))
    assert home.looks() == before


@pytest.mark.parametrize("who", STRANGERS)
def test_of_a_private_order_strangers_learn_not_even_how_far_it_has_come(
    request: pytest.FixtureRequest, home: Home, filler: Filler, who: str
) -> None:
    stranger: Person = request.getfixturevalue(who)
    routes = [route for route in ROUTES if home.private.keys() & set(route.variables)]
    before = home.looks()
    settle(walked(routes, stranger, home, filler, lambda told: told.status_code in DENIED, **home.private))
    assert home.looks() == before


def test_what_is_open_to_everybody_tells_no_secret(city: City, home: Home, filler: Filler) -> None:
    readable = [
        route
        for route in ROUTES
        if route.policy.visitors and route.method == "GET" and not route.path.startswith(f"{API}/catcher")
    ]
    settle(walked(readable, city.visitor(), home, filler, lambda told: not home.told(told.text)))


def is_denied(told: requests.Response, home: Home) -> bool:
    """Turned away; or, asked to list or to show, an answer with nothing of the home's in it."""
    if told.request.method == "GET" and told.ok:
        return not home.told(told.text)
    # How far a public order has come is public, so a step that it does not allow may say so to anybody.
    late = told.status_code == 409 and told.json()["type"].rpartition("/")[2] in {
        "wrong-state",
        "already-taken",
    }
    return late or told.status_code in DENIED


def walked(
    routes: Iterable[Route],
    stranger: Person,
    home: Home,
    filler: Filler,
    right: Callable[[requests.Response], bool],
    **more: str,
) -> str:
    """What is wrong, a line for each route; ``more`` are values that go before the home's."""
    wrong = []
    for route in routes:
        filled = filler.fill(route.method, route.path, **more)
        if filled.unknown:
            wrong.append(
                f"{route.method} {route.path}: home.py makes nothing for {', '.join(filled.unknown)}"
            )
            continue
        told = stranger.send(
            route.method,
            filled.path.removeprefix(API),
            params=filled.query,
            json=filled.json,
            data=filled.form or None,
            files=filled.files or None,
        )
        if not right(told):
            secrets = home.told(told.text)
            wrong.append(
                f"{route.method} {route.path} ({route.name}): {told.status_code}"
                f"{f' tells {secrets}' if secrets else ''} {told.text[:160]}"
            )
    return "\n".join(wrong)


def settle(wrong: str) -> None:
    """All of it is shown, and nothing beside it."""
    if wrong:
        pytest.fail(wrong, pytrace=False)


def _not_open(routes: Iterable[Route]) -> list[Route]:
    return [
        route
        for route in routes
        if not route.policy.visitors
        and not route.policy.simulation
        and route.name not in OWN
        and route.name not in CITYWIDE
    ]


# -- pages -----------------------------------------------------------------------------------------------------------

FORM = {
    "words": "别处来的话", "reason": "别处来的理由", "category": "other", "grade": "satisfied", "solved": "yes",
    "answer": "别处来的答复", "purpose": "看看", "name": "别处", "title": "别处", "days": "3", "confirm": "yes",
}  # fmt: skip
"""What a page's form may ask for; a page that needs more refuses it, and nothing is changed by it either."""


@pytest.mark.parametrize(
    "who",
    [
        "visitor",
        "from_another_district",
        "from_another_community",
        "another_resident",
        "holder_of_another_code",
    ],
)
def test_pages_show_strangers_nothing_and_do_nothing_for_them(
    request: pytest.FixtureRequest, city: City, home: Home, who: str
) -> None:
    stranger: Person = city.visitor() if who == "visitor" else request.getfixturevalue(who)
    before = home.looks()
    wrong = []
    for route in PAGES:
        if route.name in {"sign_out_page", "leave"}:
            continue
        values = {**home.known, **home.in_paths, **PAGE_VALUES}
        unknown = [name for name in route.variables if name.endswith("_id") and name not in values]
        if unknown:
            wrong.append(f"{route.method} {route.path}: nothing is known for {', '.join(unknown)}")
            continue
        told = visit(stranger, route, values)
        barred = not route.policy.visitors and who == "visitor"
        turned_away = told.status_code in DENIED or told.headers.get("Location", "").startswith("/sign-in")
        if home.told(told.text) or told.status_code >= 500 or (barred and not turned_away):
            wrong.append(
                f"{route.method} {route.path}: {told.status_code} {home.told(told.text)} {told.text[:200]}"
            )
    settle("\n".join(wrong))
    assert home.looks() == before


PAGE_VALUES = {
    "slug": "invalid",
    "name": "style.css",
    "community": COMMUNITY,
    "step": "acceptance",
    "which": "problems",
}


def visit(stranger: Person, route: Route, values: dict[str, Any]) -> requests.Response:
    path = route.path.format(**{name: values.get(name, "unknown") for name in route.variables})
    cookies = {
        name: value for name, value in (("sandan", stranger.token), ("sandan_order", stranger.code)) if value
    }
    return requests.request(
        route.method,
        f"{stranger.url}{path}",
        cookies=cookies,
        headers={"Origin": stranger.url, "Sec-Fetch-Site": "same-origin"},
        data={**FORM, "node": COMMUNITY} if route.method != "GET" else None,
        allow_redirects=False,
        timeout=30,
    )


# -- the tables of reasons -------------------------------------------------------------------------------------------


def test_every_reason_belongs_to_a_route() -> None:
    names = {route.name for route in ROUTES}
    assert set(public.ROUTES) | set(OWN) | set(CITYWIDE) <= names


def test_open311_wants_a_key_to_change_anything(city: City, home: Home) -> None:
    for route in OPEN311:
        if route.method == "GET":
            continue
        path = route.path.replace("{format}", "json")
        told = requests.post(
            f"{city.url}{path}", data={"address_id": COMMUNITY, "service_code": "other"}, timeout=30
        )
        assert told.status_code == 403, path


def test_a_jurisdiction_has_to_be_said_where_there_are_several(city: City) -> None:
    for ending in ("xml", "json"):
        for path in (
            "services",
            "services/other",
            "requests",
            "requests/x",
            "tokens/x",
            "servicerequestupdates",
        ):
            told = requests.get(f"{city.url}/open311/v2/{path}.{ending}", timeout=30)
            assert told.status_code == 400, path
            assert "jurisdiction_id was not provided" in told.text
            assert DISTRICT in told.text
    here = requests.get(
        f"{city.url}/open311/v2/services.json", params={"jurisdiction_id": FOREIGN}, timeout=30
    )
    assert here.ok


def test_a_key_of_one_district_files_nothing_in_another(city: City) -> None:
    key = city.operator.post(f"/nodes/{FOREIGN}/clients", name="邻县软件")["key"]
    form: dict[str, Any] = {
        "api_key": key,
        "address_id": COMMUNITY,
        "service_code": "other",
        "description": "路坏了",
    }
    for jurisdiction, status in ((DISTRICT, 403), (FOREIGN, 400)):
        told = requests.post(
            f"{city.url}/open311/v2/requests.json", data={**form, "jurisdiction_id": jurisdiction}, timeout=30
        )
        assert told.status_code == status, told.text
