"""Proposed groups: within their bounds, nobody twice, the same however the members are listed, and each told why."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.outcomes import Refused
from services.members.contracts import TeamKind
from services.members.domain.grouping import Candidate, Grouped, check_bounds, propose

STREET = "520425001"
HOME = "520425001001"
LEAST, MOST = 5, 30
WORDS = ("水电", "法律", "教学", "医疗", "文艺")


def grouped(kind: TeamKind, people: list[Candidate], node: str = STREET) -> Grouped:
    return propose(kind, people, node=node, least=LEAST, most=MOST, name=lambda code: f"<{code}>")


@st.composite
def crowds(draw: st.DrawFn) -> list[Candidate]:
    places = st.sampled_from([f"{STREET}{c:03}{g}" for c in (1, 2, 3) for g in ("", "001", "002")])
    trades = st.none() | st.sampled_from(WORDS)
    rows = draw(st.lists(st.tuples(places, trades, st.frozensets(st.sampled_from(WORDS))), max_size=120))
    return [
        Candidate(id=f"m{number:03}", place=place, trade=trade, interests=interests)
        for number, (place, trade, interests) in enumerate(rows)
    ]


@given(crowds(), st.sampled_from(TeamKind), st.randoms(use_true_random=False))
def test_whatever_the_crowd_groups_keep_their_promises(
    people: list[Candidate], kind: TeamKind, chance: random.Random
) -> None:
    found = grouped(kind, people)
    seats = [seat.member_id for group in found.groups for seat in group.seats]
    assert Counter(seats) + Counter(one.id for one in found.left_over) == Counter(one.id for one in people)
    assert all(LEAST <= len(group.seats) <= MOST for group in found.groups)
    places = {one.id: one.place for one in people}
    assert all(
        places[seat.member_id].startswith(group.node) for group in found.groups for seat in group.seats
    )
    shuffled = people[:]
    chance.shuffle(shuffled)
    assert grouped(kind, shuffled) == found


@given(crowds())
def test_who_is_left_over_shares_no_interest_with_any_group_or_with_enough_others(
    people: list[Candidate],
) -> None:
    found = grouped(TeamKind.INTEREST, people)
    taken = {group.about[0] for group in found.groups}
    left = Counter(interest for one in found.left_over for interest in one.interests)
    assert not taken & set(left)
    assert all(count < LEAST for count in left.values())


@given(crowds())
def test_members_of_a_trade_or_an_interest_have_it(people: list[Candidate]) -> None:
    known = {one.id: one for one in people}
    for group in grouped(TeamKind.TRADE, people).groups:
        assert {known[seat.member_id].trade for seat in group.seats} == set(group.about)
    for group in grouped(TeamKind.INTEREST, people).groups:
        assert all(group.about[0] in known[seat.member_id].interests for seat in group.seats)
        assert all(group.about[0] in seat.why for seat in group.seats)


def at(place: str, count: int, mark: str) -> list[Candidate]:
    return [Candidate(id=f"{mark}{number:02}", place=place) for number in range(count)]


def test_small_grids_join_the_next_one_of_their_community() -> None:
    people = [*at(HOME + "001", 3, "a"), *at(HOME + "002", 4, "b"), *at(HOME + "003", 6, "c")]
    first, second = grouped(TeamKind.NEARNESS, people).groups
    assert (first.about, len(first.seats), first.node) == ((HOME + "001", HOME + "002"), 7, HOME)
    assert (second.about, len(second.seats)) == ((HOME + "003",), 6)
    assert second.seats[0].why == f"就近：<{HOME}003>"


def test_small_communities_join_those_of_their_street() -> None:
    people = [*at(f"{STREET}001", 2, "a"), *at(f"{STREET}002", 9, "b"), *at(f"{STREET}003", 3, "c")]
    joined, own = grouped(TeamKind.NEARNESS, people).groups
    assert (joined.about, joined.node) == ((f"{STREET}001", f"{STREET}003"), STREET)
    assert (own.about, own.node) == ((f"{STREET}002",), f"{STREET}002")


def test_a_large_crowd_is_cut_as_evenly_as_can_be() -> None:
    groups = grouped(TeamKind.NEARNESS, at(HOME, 61, "a"), node=HOME).groups
    assert [len(group.seats) for group in groups] == [20, 20, 21]


def test_a_rare_interest_makes_its_group_before_a_common_one() -> None:
    both, common = frozenset({"法律", "文艺"}), frozenset({"文艺"})
    people = [Candidate(id=f"l{n}", place=HOME, interests=both) for n in range(5)]
    people += [Candidate(id=f"w{n}", place=HOME, interests=common) for n in range(6)]
    groups = grouped(TeamKind.INTEREST, people).groups
    assert [(group.about, len(group.seats)) for group in groups] == [(("法律",), 5), (("文艺",), 6)]


@pytest.mark.parametrize(
    ("least", "most", "field"), [(1, 30, "least"), (5, 4, "least"), (5, 61, "least"), (5, 8, "most")]
)
def test_bounds_leave_room_to_cut(least: int, most: int, field: str) -> None:
    with pytest.raises(Refused) as refused:
        check_bounds(least, most)
    assert refused.value.field == field
    check_bounds(5, 9)
