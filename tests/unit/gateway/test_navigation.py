"""The head: what the caller's roles open, the group one is in, and a menu only where the bar is not all."""

from __future__ import annotations

import pytest

from gateway.web.navigation import ENTRIES, NAMES, Entry, Group, head_of
from gateway.web.pages import PAGES
from services.kit.actor import VISITOR, Actor, Grant
from services.members.contracts import Role


def one(role: str) -> Actor:
    return Actor(id="a", grants=(Grant(role, "520425"),))


def test_a_visitor_sees_what_is_open_to_everybody() -> None:
    head = head_of(VISITOR, "/")
    assert "/new" in {entry.path for entry in head.bar}
    assert head.current is None
    assert {entry.group for entry in head.bar} <= {Group.RESIDENT}


def test_the_entry_of_the_page_and_of_those_below_it_is_marked() -> None:
    for path in ("/operations", "/operations/dispatch"):
        head = head_of(one("operator"), path)
        assert head.current is not None
        assert head.current.path == "/operations"
        assert head.current in head.bar
    assert head_of(one("member"), "/operations").current is None
    assert not Entry("/operations", "", ENTRIES[0].policy, Group.DESK).holds("/operationsroom")


@pytest.mark.parametrize("role", Role)
def test_a_menu_has_everything_that_is_open(role: str) -> None:
    actor = one(role)
    open_to = {entry.path for entry in ENTRIES if entry.policy.admits(actor)}
    head = head_of(actor, "/")
    if not head.menu:
        assert {entry.path for entry in head.bar} == open_to
        assert head.menu == ()
    else:
        listed = [entry.path for _name, found in head.menu for entry in found]
        assert sorted(listed) == sorted(open_to)
        assert {entry.path for entry in head.bar} <= open_to


def test_each_entry_leads_to_a_page_that_lets_in_whom_it_is_shown_to() -> None:
    policies = {route.path: route.policy for route in PAGES if route.method == "GET"}
    for entry in ENTRIES:
        assert entry.path in policies, entry.path
        assert set(entry.policy.admitted()) <= set(policies[entry.path].admitted()), entry.path
    assert NAMES.keys() == set(Group)
