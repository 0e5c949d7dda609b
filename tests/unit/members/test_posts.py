from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from services.kit.outcomes import Refused
from services.members.contracts import PostBasis, PostKind, Slug
from services.members.domain.files import MemberFile
from services.members.domain.posts import MOST_POSTS, Post, check_fit, check_post, check_room
from services.members.domain.words import plain_words

NOW = datetime(2026, 3, 2, tzinfo=UTC)
HOME = "520425001001"
GRID = HOME + "001"
POST = Post(
    id="p",
    node=HOME,
    title="矛盾调解岗",
    duties="每月两次入户",
    basis=PostBasis.NEED,
    kind=PostKind.MEDIATION,
    places=3,
    taken=0,
    skill=None,
    for_member_id=None,
    open=True,
    set_at=NOW,
)
FILE = MemberFile(
    id="m", unit_id=None, community_code=HOME, grid_code=GRID, skills=("调解",), checked_in_at=NOW
)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"places": 0}, "places"),
        ({"places": 201}, "places"),
        ({"basis": PostBasis.ABILITY}, "skill"),
        ({"basis": PostBasis.PERSON}, "for_member_id"),
        ({"basis": PostBasis.PERSON, "for_member_id": "m", "places": 2}, "places"),
        ({"for_member_id": "m"}, "for_member_id"),
        ({"duties": " "}, "duties"),
        ({"duties": "请打 138 0000 0001"}, "duties"),
        ({"skill": "长" * 33}, "skill"),
    ],
)
def test_a_post_says_what_its_basis_needs(said: dict[str, Any], field: str) -> None:
    post: dict[str, Any] = {
        "duties": "入户",
        "basis": PostBasis.NEED,
        "places": 1,
        "skill": None,
        "for_member_id": None,
    }
    with pytest.raises(Refused) as refused:
        check_post(**(post | said))
    assert (refused.value.slug, refused.value.field) == (Slug.INVALID, field)


@pytest.mark.parametrize("node", [HOME, GRID])
def test_a_post_fits_those_who_serve_its_place(node: str) -> None:
    check_fit(replace(POST, node=node), FILE)
    check_fit(replace(POST, node=node), replace(FILE, grid_code=None))


@pytest.mark.parametrize(
    "change",
    [
        {"node": "520425001002"},
        {"node": HOME + "002"},
        {"skill": "电工"},
        {"for_member_id": "another"},
    ],
)
def test_a_post_does_not_fit_others(change: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        check_fit(replace(POST, **change), FILE)
    assert (refused.value.slug, refused.value.status) == (Slug.POST_UNFIT, 403)


def test_nobody_has_more_posts_than_they_can_fill() -> None:
    check_room(MOST_POSTS - 1)
    with pytest.raises(Refused) as refused:
        check_room(MOST_POSTS)
    assert refused.value.slug == Slug.TOO_MANY_POSTS


@pytest.mark.parametrize("words", ["13800000001", "0851-8350 123", "身份证522501199001011234"])
def test_words_for_everybody_carry_no_number_of_a_person(words: str) -> None:
    with pytest.raises(Refused) as refused:
        plain_words(words, "words", 200)
    assert refused.value.field == "words"


def test_words_for_everybody_may_carry_days_and_counts() -> None:
    assert plain_words(" 2026年3月2日前走访 36 户 ", "words", 200) == "2026年3月2日前走访 36 户"
