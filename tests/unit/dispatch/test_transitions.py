"""Every step × state × condition × relation against an expectation written by hand, line by line from the practice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from services.dispatch.contracts import Slug, State
from services.dispatch.domain.moves import allowed, permit
from services.dispatch.domain.task import Task
from services.dispatch.domain.transitions import Relation, Step
from services.kit.outcomes import Refused
from services.members.contracts import Level
from tests.unit.dispatch.samples import (
    ANSWERED,
    COLLECTED,
    ELECTRICIANS,
    IN_STATE,
    JOINED,
    NOW,
    OPENED,
    REGISTERED,
    VERIFIED,
    by,
)

# step, from, to (- : stays), who
PLAIN = """
register   collected  registered  liaison grid supervisor
refuse     collected  refused     liaison grid supervisor
merge      collected  merged      liaison grid supervisor
appeal     refused    collected   resident
appeal     merged     collected   resident
assign     registered assigned    liaison grid supervisor rule matcher
match      registered -           liaison grid supervisor rule matcher
exhaust    registered -           matcher
open       registered -           liaison grid supervisor rule clock
accept     assigned   acting      asked
decline    assigned   registered  asked
expire     assigned   registered  clock
start      acting     -           acting
pause      acting     -           acting
return     acting     registered  acting
name       registered -           first_receiver
answer     acting     answered    acting
verify     answered   verified    liaison supervisor
send_back  answered   acting      liaison supervisor
confirm    verified   published   resident follow_up clock
reopen     verified   acting      resident follow_up
reopen     published  acting      supervisor
close      published  closed      clock
urge       collected  -           supervisor clock
urge       registered -           supervisor clock
urge       assigned   -           supervisor clock
urge       acting     -           supervisor clock
urge       answered   -           supervisor
remind     collected  -           resident
remind     registered -           resident
remind     assigned   -           resident
remind     acting     -           resident
remind     answered   -           resident
warn       acting     -           clock
escalate   collected  -           clock
escalate   registered -           clock
escalate   assigned   -           clock
escalate   acting     -           clock
raise      collected  -           liaison grid supervisor
raise      registered -           liaison grid supervisor
raise      assigned   -           liaison grid supervisor
raise      acting     -           liaison grid supervisor
call       registered -           supervisor
call       assigned   -           supervisor
call       acting     -           supervisor
join       registered -           called
join       assigned   -           called
join       acting     -           called
finish     registered -           co_acting
finish     assigned   -           co_acting
finish     acting     -           co_acting
leave      registered -           called co_acting
leave      assigned   -           called co_acting
leave      acting     -           called co_acting
waive      registered -           supervisor
waive      assigned   -           supervisor
waive      acting     -           supervisor
miss       registered -           clock
miss       assigned   -           clock
miss       acting     -           clock
staff      registered -           liaison grid supervisor
staff      acting     -           liaison grid supervisor
begin_work    acting     -           co_acting
end_work   acting     -           co_acting
log        acting     -           co_acting helped
log        answered   -           co_acting helped
correct    acting     -           liaison supervisor
correct    answered   -           liaison supervisor
correct    verified   -           liaison supervisor
correct    published  -           liaison supervisor
"""

# What is otherwise under each condition; "nobody" strikes a line out.
OTHERWISE = {
    "plain": "",
    "appealed": """
register   collected  registered  supervisor
refuse     collected  refused     supervisor
merge      collected  merged      supervisor
appeal     refused    collected   nobody
appeal     merged     collected   nobody
""",
    "opened": """
grab       registered acting      candidate
""",
    "started": """
start      acting     -           nobody
""",
    "paused": """
start      acting     -           nobody
pause      acting     -           nobody
resume     acting     -           acting clock
return     acting     registered  nobody
answer     acting     answered    nobody
warn       acting     -           nobody
escalate   collected  -           nobody
escalate   registered -           nobody
escalate   assigned   -           nobody
escalate   acting     -           nobody
urge       collected  -           supervisor
urge       registered -           supervisor
urge       assigned   -           supervisor
urge       acting     -           supervisor
""",
    "grabbed": """
release    acting     registered  acting clock
""",
    "grabbed and started": """
start      acting     -           nobody
""",
    "private": """
assign     registered assigned    liaison grid supervisor rule
match      registered -           nobody
open       registered -           nobody
""",
    "staffed": """
assign     registered assigned    liaison grid supervisor rule
match      registered -           nobody
offer      registered -           liaison grid supervisor
offer      acting     -           liaison grid supervisor
dismiss    registered -           liaison grid supervisor
dismiss    assigned   -           liaison grid supervisor
dismiss    acting     -           liaison grid supervisor
lead       registered acting      clock
lead       acting     -           clock
""",
    "staffed and opened": """
assign     registered assigned    liaison grid supervisor rule
match      registered -           nobody
offer      registered -           liaison grid supervisor
offer      acting     -           liaison grid supervisor
take       registered -           candidate
dismiss    registered -           liaison grid supervisor
dismiss    assigned   -           liaison grid supervisor
dismiss    acting     -           liaison grid supervisor
lead       registered acting      clock
lead       acting     -           clock
""",
    "helped by one who owes its part": """
answer     acting     answered    nobody
""",
    "asked in a wave": """
decline    assigned   -           asked
expire     assigned   -           clock
""",
    "passed up to the community": """
raise      collected  -           liaison supervisor
raise      registered -           liaison supervisor
raise      assigned   -           liaison supervisor
raise      acting     -           liaison supervisor
hand_down  collected  -           liaison supervisor
hand_down  registered -           liaison supervisor
hand_down  assigned   -           liaison supervisor
hand_down  acting     -           liaison supervisor
""",
    "passed up to the street": """
raise      collected  -           supervisor
raise      registered -           supervisor
raise      assigned   -           supervisor
raise      acting     -           supervisor
hand_down  collected  -           supervisor
hand_down  registered -           supervisor
hand_down  assigned   -           supervisor
hand_down  acting     -           supervisor
""",
    "escalated to the city": """
raise      collected  -           nobody
raise      registered -           nobody
raise      assigned   -           nobody
raise      acting     -           nobody
""",
    "deserted": """
take_back  acting     registered  liaison supervisor
""",
    "deserted by one of a team": """
assign     registered assigned    liaison grid supervisor rule
match      registered -           nobody
offer      registered -           liaison grid supervisor
offer      acting     -           liaison grid supervisor
dismiss    registered -           liaison grid supervisor
dismiss    assigned   -           liaison grid supervisor
dismiss    acting     -           liaison grid supervisor
lead       registered acting      clock
lead       acting     -           clock
""",
    "returned too often": """
match      registered -           nobody
assign     registered assigned    supervisor clock
open       registered -           supervisor clock
staff      registered -           supervisor
staff      acting     -           supervisor
""",
}

CONDITION: dict[str, Callable[[Task], Task]] = {
    "plain": lambda task: task,
    "appealed": lambda task: replace(task, appealed=True),
    "opened": lambda task: replace(task, open=True, scope=task.community_code),
    "started": lambda task: replace(task, started_at=NOW),
    "grabbed": lambda task: replace(task, grabbed=True),
    "grabbed and started": lambda task: replace(task, grabbed=True, started_at=NOW),
    "paused": lambda task: replace(task, paused_since=NOW),
    "private": lambda task: replace(task, private=True),
    "staffed": lambda task: replace(task, slots=(ELECTRICIANS,)),
    "staffed and opened": lambda task: replace(
        task, slots=(ELECTRICIANS,), open=True, scope=task.community_code
    ),
    "helped by one who owes its part": lambda task: replace(task, parts=(JOINED,)),
    "asked in a wave": lambda task: replace(task, also_asked=("member-2",)),
    "passed up to the community": lambda task: replace(
        task, escalated_to=Level.COMMUNITY, raised_from=Level.GRID
    ),
    "passed up to the street": lambda task: replace(
        task, escalated_to=Level.STREET, raised_from=Level.COMMUNITY
    ),
    "escalated to the city": lambda task: replace(task, escalated_to=Level.CITY),
    "deserted": lambda task: replace(task, deserted=True),
    "deserted by one of a team": lambda task: replace(task, deserted=True, slots=(ELECTRICIANS,)),
    "returned too often": lambda task: replace(task, last_resort=True),
}


def lines(text: str) -> dict[tuple[str, str], tuple[str, set[str]]]:
    found = {}
    for line in text.strip().splitlines():
        step, source, target, *who = line.split()
        found[step, source] = (source if target == "-" else target, set(who) - {"nobody"})
    return found


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("condition", OTHERWISE)
def test_the_table_says_what_the_practice_says(condition: str, step: Step) -> None:
    expected = lines(PLAIN) | lines(OTHERWISE[condition])
    for state in State:
        target, who = expected.get((step, state), (None, set()))
        task = CONDITION[condition](IN_STATE[state])
        for relation in Relation:
            if relation in who:
                move = permit(task, step, by(relation), NOW)
                assert (move.target, move.role) == (target, relation)
            else:
                with pytest.raises(Refused):
                    permit(task, step, by(relation), NOW)
            assert (step.value in allowed(task, by(relation))) is (relation in who), (state, relation)


def test_every_line_of_the_expectation_names_real_words() -> None:
    words = [line for text in (PLAIN, *OTHERWISE.values()) for line in lines(text).items()]
    assert {step for (step, _), _ in words} == {step.value for step in Step}
    for (_, source), (target, who) in words:
        assert {source, target} <= {state.value for state in State}
        assert who <= {relation.value for relation in Relation}


@pytest.mark.parametrize("doing", [Relation.ACTING, Relation.CO_ACTING, Relation.HELPED])
def test_nobody_checks_their_own_work(doing: Relation) -> None:
    own = by(Relation.LIAISON, doing)
    for step in (Step.VERIFY, Step.SEND_BACK):
        with pytest.raises(Refused) as refused:
            permit(ANSWERED, step, own, NOW)
        assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)
    assert set(allowed(ANSWERED, own)) <= {Step.LOG.value}, "nothing but one's own hours"


def test_who_comes_too_late_for_a_grab_is_told_when_it_went() -> None:
    with pytest.raises(Refused) as refused:
        permit(IN_STATE[State.ACTING], Step.GRAB, by(Relation.CANDIDATE), NOW)
    assert (refused.value.slug, refused.value.status) == (Slug.ALREADY_TAKEN, 409)
    assert refused.value.facts == {"state": "acting", "taken_at": NOW.isoformat()}
    assert "已被他人接单" in refused.value.message


@pytest.mark.parametrize("task", [COLLECTED, REGISTERED, IN_STATE[State.REFUSED], IN_STATE[State.MERGED]])
def test_a_task_that_nobody_opened_cannot_be_grabbed(task: Task) -> None:
    with pytest.raises(Refused) as refused:
        permit(task, Step.GRAB, by(Relation.CANDIDATE), NOW)
    assert (refused.value.slug, refused.value.status) == (Slug.NOT_OPEN, 409)


def test_a_grab_from_outside_the_scope_is_forbidden() -> None:
    with pytest.raises(Refused) as refused:
        permit(OPENED, Step.GRAB, by(Relation.LIAISON), NOW)
    assert (refused.value.slug, refused.value.status) == (Slug.OUT_OF_SCOPE, 403)


def test_a_refusal_names_the_state_in_the_words_of_the_pages() -> None:
    with pytest.raises(Refused) as refused:
        permit(VERIFIED, Step.DECLINE, by(Relation.ASKED), NOW)
    assert (refused.value.slug, refused.value.status) == (Slug.WRONG_STATE, 409)
    assert refused.value.facts == {"state": "verified"}
    assert "「已核查」，不能谢绝派单" in refused.value.message
