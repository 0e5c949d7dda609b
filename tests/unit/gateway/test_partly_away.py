"""While some services are away, what the others know is shown all the same, and what is missing is named."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from gateway.app import App
from gateway.desk import Desk
from services.intake.contracts import Channel, FollowOrder, GetOrder, OrderDetail, OrderView, Step
from tests.unit.gateway.conftest import NobodyThere, nobody_accepts

MOMENT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
COMMUNITY = "520425001001"
ORDER = OrderView(
    order_id="order-1",
    code="2345-6789",
    community_code=COMMUNITY,
    grid_code=None,
    channel=Channel.HOTLINE,
    category="facilities",
    words="楼道的灯坏了",
    photos=(),
    state="registered",
    emergency=False,
    private=False,
    placed_by=None,
    filed_by=None,
    collected_at=MOMENT,
    promised_at=None,
    task_id=None,
    merged_into=None,
    changed_at=MOMENT,
)
STEP = Step(step="order_collected", state="collected", at=MOMENT, by=None, role=None, place=COMMUNITY)


class IntakeAlone(NobodyThere):
    """Asks when intake is the only service that answers."""

    def ask(self, ask: Any, /, **more: Any) -> Any:
        if isinstance(ask, GetOrder | FollowOrder):
            return OrderDetail(order=ORDER, history=(STEP,))
        return super().ask(ask, **more)


def client() -> Client:
    desk = Desk(asks=IntakeAlone(), accepts=nobody_accepts, simulated=False, catcher=False)
    return Client(Request.application(App(desk).answer), Response, use_cookies=False)


def test_an_order_is_shown_without_the_parts_that_cannot_be_had() -> None:
    response = client().get("/api/v1/orders/order-1", headers={"X-Order-Code": "2345-6789"})
    assert response.status_code == 200
    found = response.get_json()
    assert (found["words"], found["task"], found["rating"]) == ("楼道的灯坏了", None, None)
    assert found["missing"] == ["task", "rating"]
    assert found["community_name"] is None


def test_a_visitor_misses_nothing() -> None:
    assert client().get("/api/v1/orders/order-1").get_json()["missing"] == []


def test_the_page_says_that_something_is_missing() -> None:
    page = client().get("/orders/order-1", headers={"X-Order-Code": "2345-6789"})
    assert page.status_code == 200
    assert "部分内容暂时看不到" in page.get_data(as_text=True)
