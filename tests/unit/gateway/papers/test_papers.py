"""Papers say what they should, on one page of the right size, with a code that leads where it should."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from gateway.web.papers import Poster, ServiceCard, poster, qr_png, qr_svg, service_card
from gateway.web.papers.paper import lines_of
from gateway.web.papers.qr import modules

ADDRESS = "https://sandan.example/new?node=520425001001"
MM = 72 / 25.4


def read(pdf: bytes) -> tuple[str, tuple[int, int]]:
    """All text without blanks, and the size in millimetres."""
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    size = (round(float(page.mediabox.width) / MM), round(float(page.mediabox.height) / MM))
    return re.sub(r"\s", "", page.extract_text()), size


def test_a_poster_says_where_how_and_whom_to_call() -> None:
    words, size = read(poster(Poster(place="教场社区", address=ADDRESS, hotline="0851-12345")))
    assert size == (210, 297)
    for said in (
        "教场社区",
        "群众点单·社区派单·党员接单",
        "扫码",
        "点单",
        "等办结",
        "打电话0851-12345",
        ADDRESS,
    ):
        assert said in words
    assert "打电话" not in read(poster(Poster(place="教场社区", address=ADDRESS)))[0]


@pytest.mark.parametrize("place", ["", "村", "很长很长的名字" * 8])
def test_names_of_any_length_fit(place: str) -> None:
    words, _size = read(poster(Poster(place=place, address=ADDRESS)))
    assert place in words


def test_a_card_names_who_comes_and_no_phone() -> None:
    card = ServiceCard(
        name="测试党员",
        kind="在职党员",
        place="松山街道教场社区",
        unit="测试单位",
        skills=("水电", "就医陪护"),
        address=ADDRESS,
    )
    words, size = read(service_card(card))
    assert size == (148, 105)
    for said in ("便民服务卡", "测试党员", "在职党员", "教场社区", "测试单位", "水电、就医陪护"):
        assert said in words
    assert re.search(r"1\d{10}", words) is None


def test_papers_are_small_and_the_same_each_time() -> None:
    of = Poster(place="教场社区", address=ADDRESS)
    assert poster(of) == poster(of)
    assert len(poster(of)) < 40_000


def test_a_code_has_its_three_corners_and_a_quiet_zone() -> None:
    rows = modules(ADDRESS)
    corner = [True] * 7
    assert rows[0][:7] == rows[0][-7:] == rows[-1][:7] == corner
    svg = qr_svg(ADDRESS, "教场社区").decode()
    assert f'viewBox="0 0 {len(rows) + 8} {len(rows) + 8}"' in svg
    assert "<title>教场社区</title>" in svg
    assert "style=" not in svg
    assert qr_png(ADDRESS).startswith(b"\x89PNG")


def test_lines_break_anywhere_and_lose_nothing() -> None:
    words = "微信或相机扫上面的码,不用下载"
    found = lines_of(words, 20, 13)
    assert len(found) > 1
    assert "".join(found) == words
