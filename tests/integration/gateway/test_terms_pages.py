"""The terms of a place on their pages: where they come from, changed, wrong, and given up again."""

from __future__ import annotations

import pytest

from tests.city import City
from tests.integration.gateway.test_desk_pages import Desk, at_pages

STREET, PLACE = "520425003", "520425003001"
"""Of no other test of this folder that asks people."""
TERMS, PROMISES = "/operations/terms", "/operations/terms/promises"


@pytest.fixture
def street(city: City) -> Desk:
    return at_pages(city, city.official("supervisor", STREET))


def test_terms_are_set_for_a_place_and_given_up_for_those_above(city: City, street: Desk) -> None:
    assert "通用规则，还没有人设过" in street.get(f"{TERMS}?node={PLACE}")
    terms = dict.fromkeys(("wave", "most_a_day", "most_a_week", "most_a_task"), "2")
    terms |= {"urgent_wave": "3", "hold_minutes": "30", "emergency_hold_minutes": "5"}
    asked = {"node": STREET, **terms, "quiet_from": "20:30", "quiet_until": "07:00"}
    assert "时间应如" in street.post(f"{TERMS}/offer-terms", 422, **{**asked, "quiet_from": "25:00"})
    page = street.post(f"{TERMS}/offer-terms", 422, **{**asked, "wave": "9"})
    assert 'id="error-offer-terms-wave"' in page
    street.post(f"{TERMS}/offer-terms", **asked)
    held = street.person.get(f"/nodes/{PLACE}/offer-terms")
    assert (held["wave"], held["quiet_from"], held["set_at_node"]) == (2, 20 * 60 + 30, STREET)
    page = street.get(f"{TERMS}?node={PLACE}")
    assert "沿用" in page
    assert 'value="20:30"' in page
    street.post(f"{TERMS}/offer-terms/reset", node=STREET)
    assert street.person.get(f"/nodes/{PLACE}/offer-terms")["set_at_node"] is None
    street.post(f"{TERMS}/grab-limits", node=PLACE, most_in_hand="3", free_minutes="0")
    assert street.person.get(f"/nodes/{PLACE}/grab-limits")["most_a_day"] is None
    reader = at_pages(city, city.official("liaison", PLACE))
    page = reader.get(f"{TERMS}?node={PLACE}")
    assert ("本地自己设的" in page, f'action="{TERMS}/grab-limits"' in page) == (True, False)
    assert reader.pages.post(f"{city.url}{TERMS}/grab-limits", data={"node": PLACE}).status_code == 403


def test_promised_times_are_entered_in_hours_line_by_line(street: Desk) -> None:
    lines = {"solve_minutes_1": "8", "category_2": "facilities", "solve_minutes_2": "0.5", "place_2": "1"}
    page = street.post(PROMISES, 422, node=PLACE, count="3", solve_minutes_1="soon")
    assert "第 1 条：应为小时数" in page
    assert 'value="soon"' in page
    street.post(PROMISES, node=PLACE, count="3", place_1="2", **lines)
    held = street.person.get(f"/nodes/{PLACE}/promised-times")["lines"]
    assert [(line["category"], line["solve_minutes"]) for line in held] == [("facilities", 30), (None, 480)]
    assert 'value="0.5"' in street.get(f"{PROMISES}?node={PLACE}")
    street.post(f"{PROMISES}/reset", node=PLACE)
    assert street.person.get(f"/nodes/{PLACE}/promised-times")["set_at_node"] is None
