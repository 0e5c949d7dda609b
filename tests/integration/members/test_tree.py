from __future__ import annotations

import pytest

from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import Level, Slug
from services.members.handlers import tree
from tests.integration.members.house import DISTRICT, HOME, House


def page(house: House, **asked: object) -> Page[c.NodeView]:
    with house.work() as work:
        return tree.list_nodes(work, c.ListNodes(**asked))  # type: ignore[arg-type]


def codes(house: House, **asked: object) -> list[str]:
    return [node.code for node in page(house, **asked).items]


def test_one_walks_down_from_the_roots(house: House) -> None:
    assert page(house) == Page(items=())
    house.divisions()
    house.divisions("xiejiaji")
    assert codes(house) == ["34", "52"]
    (city,) = page(house, parent="52").items
    assert city == c.NodeView(code="5204", name="安顺市", level=Level.CITY, parent="52", children=1)
    (district,) = page(house, parent="5204").items
    assert (district.code, district.children) == (DISTRICT, 13)
    assert len(codes(house, parent=DISTRICT)) == 13


def test_a_level_is_listed_at_any_depth(house: House) -> None:
    house.divisions()
    house.divisions("xiejiaji")
    assert len(codes(house, level=Level.COMMUNITY, parent=DISTRICT, limit=200)) == 174
    assert codes(house, level=Level.DISTRICT) == ["340404", DISTRICT]


def test_pages_follow_one_another_without_gap_or_repetition(house: House) -> None:
    house.divisions()
    seen: list[str] = []
    cursor = None
    while True:
        shown = page(house, level=Level.COMMUNITY, limit=50, cursor=cursor)
        seen += [node.code for node in shown.items]
        cursor = shown.next
        if cursor is None:
            break
    assert seen == codes(house, level=Level.COMMUNITY, limit=200)
    assert len(seen) == len(set(seen)) == 174
    with pytest.raises(Refused) as refused:
        page(house, cursor="???")
    assert refused.value.field == "cursor"


def test_searching_takes_words_in_any_order_and_wildcards_literally(house: House) -> None:
    house.divisions()
    assert codes(house, search="教场") == [HOME]
    assert codes(house, search="居民 教场", parent=DISTRICT) == [HOME]
    assert codes(house, search="教场", parent="34") == []
    assert codes(house, search="教场", level=Level.STREET) == []
    for wildcard in ("%", "_", "教%", "\\"):
        assert codes(house, search=wildcard) == []


def test_a_node_is_found_by_its_code(house: House) -> None:
    house.divisions()
    with house.work() as work:
        assert tree.get_node(work, c.GetNode(code=HOME)).parent == DISTRICT + "001"
        with pytest.raises(Refused) as refused:
            tree.get_node(work, c.GetNode(code="520425999"))
    assert (refused.value.slug, refused.value.status) == (Slug.NO_SUCH_NODE, 404)
