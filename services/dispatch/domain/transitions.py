"""The one transition table: which step leads from where to where, by whom, and on what condition.

Everything else follows from it: what is refused and why, and which buttons a page shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from services.dispatch.contracts import State


class Step(StrEnum):
    REGISTER = "register"
    REFUSE = "refuse"
    MERGE = "merge"
    APPEAL = "appeal"
    ASSIGN = "assign"
    OPEN = "open"
    MATCH = "match"
    EXHAUST = "exhaust"
    GRAB = "grab"
    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"
    RELEASE = "release"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    RETURN = "return"
    NAME = "name"
    ANSWER = "answer"
    VERIFY = "verify"
    SEND_BACK = "send_back"
    CONFIRM = "confirm"
    REOPEN = "reopen"
    CLOSE = "close"
    WARN = "warn"
    URGE = "urge"
    ESCALATE = "escalate"
    TAKE_BACK = "take_back"
    RAISE = "raise"
    HAND_DOWN = "hand_down"
    REMIND = "remind"
    CALL = "call"
    JOIN = "join"
    FINISH = "finish"
    LEAVE = "leave"
    WAIVE = "waive"
    MISS = "miss"
    STAFF = "staff"
    OFFER = "offer"
    TAKE = "take"
    DISMISS = "dismiss"
    LEAD = "lead"
    BEGIN_WORK = "begin_work"
    END_WORK = "end_work"
    LOG = "log"
    CORRECT = "correct"


class Relation(StrEnum):
    """How somebody stands to one task; one person may stand to it in several ways."""

    LIAISON = "liaison"  # of the task's community
    GRID = "grid"  # grid head or grid worker of the task's grid
    SUPERVISOR = "supervisor"  # of a node above the task
    CANDIDATE = (
        "candidate"  # a member checked in within the scope of an open task, with the skill it asks for
    )
    ASKED = "asked"  # a member who is asked, by name or in a wave, or the leader of the unit asked
    ACTING = "acting"  # the member who accepted, or the leader of the unit that acts
    CALLED = "called"  # the leader of a unit that was called, or a member asked to fill a slot; not come yet
    CO_ACTING = "co_acting"  # the leader of a unit that has reported, or a member in a slot
    HELPED = "helped"  # the leader of a unit whose part is done
    FIRST_RECEIVER = (
        "first_receiver"  # returned it as another's affair, and answers for it till it is settled whose
    )
    RESIDENT = "resident"  # who placed one of the task's orders, or holds its follow code
    FOLLOW_UP = "follow_up"  # the resident's word as heard in a call or visit
    RULE = "rule"  # a routing rule, on a task that has just been registered
    CLOCK = "clock"
    MATCHER = "matcher"  # asks candidates in waves, as a ranking says


class Given(StrEnum):
    """Conditions beside the state."""

    FIRST_HEARING = "first_hearing"  # the resident has not appealed yet
    APPEALED = "appealed"
    OPENED = "opened"
    NOT_STARTED = "not_started"
    RUNNING = "running"  # not paused
    PAUSED = "paused"
    KEPT = "kept"  # not returned so often that the last resort has it
    LAST_RESORT = "last_resort"
    SINGLE = "single"  # for one hand: it has no slots
    STAFFED = "staffed"  # it has slots
    SETTLED = "settled"  # every unit that was called has done its part, or the street does without
    GRABBED = "grabbed"  # the one acting took it unasked
    SHARED = "shared"  # not private: may be shown to those near by
    DESERTED = "deserted"  # the member who acts has checked out
    IN_GRID = "in_grid"  # its grid answers for it
    BELOW_STREET = "below_street"  # its grid or its community does
    BELOW_CITY = "below_city"  # there is a level above the one that does
    RAISED = "raised"  # who answers for it was passed it by hand
    ONE_ASKED = "one_asked"
    SEVERAL_ASKED = "several_asked"  # a wave is out, and more than one of it has not answered yet


@dataclass(frozen=True, slots=True)
class Transition:
    """``target`` None leaves the state as it is; ``never`` overrules ``who``; all of ``given`` must hold."""

    step: Step
    sources: tuple[State, ...]
    target: State | None
    who: tuple[Relation, ...]
    given: tuple[Given, ...] = ()
    never: tuple[Relation, ...] = ()


TRIAGE = (Relation.LIAISON, Relation.GRID, Relation.SUPERVISOR)
ROUTED = (*TRIAGE, Relation.RULE)
STREET = (Relation.SUPERVISOR,)
CHECKERS = (Relation.LIAISON, Relation.SUPERVISOR)
ACTOR = (Relation.ACTING,)
HELPERS = (Relation.CO_ACTING,)
DOERS = (Relation.ACTING, Relation.CO_ACTING, Relation.HELPED)
CLOCK = (Relation.CLOCK,)
MATCHER = (Relation.MATCHER,)

ONGOING = (State.REGISTERED, State.ASSIGNED, State.ACTING)
STAFFING = (State.REGISTERED, State.ACTING)

TICKING = (State.COLLECTED, State.REGISTERED, State.ASSIGNED, State.ACTING)

TABLE: tuple[Transition, ...] = (
    # 搜集 → 立项: the community decides; after an appeal only the street does
    Transition(Step.REGISTER, (State.COLLECTED,), State.REGISTERED, TRIAGE, (Given.FIRST_HEARING,)),
    Transition(Step.REGISTER, (State.COLLECTED,), State.REGISTERED, STREET, (Given.APPEALED,)),
    Transition(Step.REFUSE, (State.COLLECTED,), State.REFUSED, TRIAGE, (Given.FIRST_HEARING,)),
    Transition(Step.REFUSE, (State.COLLECTED,), State.REFUSED, STREET, (Given.APPEALED,)),
    Transition(Step.MERGE, (State.COLLECTED,), State.MERGED, TRIAGE, (Given.FIRST_HEARING,)),
    Transition(Step.MERGE, (State.COLLECTED,), State.MERGED, STREET, (Given.APPEALED,)),
    Transition(
        Step.APPEAL,
        (State.REFUSED, State.MERGED),
        State.COLLECTED,
        (Relation.RESIDENT,),
        (Given.FIRST_HEARING,),
    ),
    # 交办: offered by name, or open to whoever comes first
    Transition(Step.ASSIGN, (State.REGISTERED,), State.ASSIGNED, ROUTED, (Given.KEPT,)),
    Transition(Step.ASSIGN, (State.REGISTERED,), State.ASSIGNED, STREET, (Given.LAST_RESORT,)),
    Transition(Step.ASSIGN, (State.REGISTERED,), State.ASSIGNED, CLOCK, (Given.LAST_RESORT,)),
    Transition(Step.OPEN, (State.REGISTERED,), None, ROUTED, (Given.SHARED, Given.KEPT)),
    Transition(Step.OPEN, (State.REGISTERED,), None, STREET, (Given.SHARED, Given.LAST_RESORT)),
    # 精准匹配: handed to the matcher, which asks in waves until somebody accepts or nobody is left
    Transition(
        Step.MATCH,
        (State.REGISTERED,),
        None,
        (*ROUTED, *MATCHER),
        (Given.SHARED, Given.KEPT, Given.SINGLE),
    ),
    Transition(
        Step.ASSIGN, (State.REGISTERED,), State.ASSIGNED, MATCHER, (Given.SHARED, Given.KEPT, Given.SINGLE)
    ),
    Transition(Step.EXHAUST, (State.REGISTERED,), None, MATCHER),
    Transition(
        Step.GRAB, (State.REGISTERED,), State.ACTING, (Relation.CANDIDATE,), (Given.OPENED, Given.SINGLE)
    ),
    Transition(Step.ACCEPT, (State.ASSIGNED,), State.ACTING, (Relation.ASKED,)),
    Transition(Step.DECLINE, (State.ASSIGNED,), State.REGISTERED, (Relation.ASKED,), (Given.ONE_ASKED,)),
    Transition(Step.EXPIRE, (State.ASSIGNED,), State.REGISTERED, CLOCK, (Given.ONE_ASKED,)),
    # a wave: who says no, or nothing, leaves it to the others who are asked
    Transition(Step.DECLINE, (State.ASSIGNED,), None, (Relation.ASKED,), (Given.SEVERAL_ASKED,)),
    Transition(Step.EXPIRE, (State.ASSIGNED,), None, CLOCK, (Given.SEVERAL_ASKED,)),
    # a grab is let go again, or never begun within its hold; it is open again at once
    Transition(
        Step.RELEASE,
        (State.ACTING,),
        State.REGISTERED,
        (*ACTOR, *CLOCK),
        (Given.GRABBED, Given.NOT_STARTED, Given.RUNNING, Given.SINGLE),
    ),
    Transition(Step.OPEN, (State.REGISTERED,), None, CLOCK, (Given.SHARED,)),
    # 落实 → 反馈
    Transition(Step.START, (State.ACTING,), None, ACTOR, (Given.RUNNING, Given.NOT_STARTED)),
    Transition(Step.PAUSE, (State.ACTING,), None, ACTOR, (Given.RUNNING,)),
    Transition(Step.RESUME, (State.ACTING,), None, (*ACTOR, *CLOCK), (Given.PAUSED,)),
    Transition(Step.RETURN, (State.ACTING,), State.REGISTERED, ACTOR, (Given.RUNNING,)),
    # 收回: what somebody who has checked out left in hand; of a team one is replaced instead
    Transition(Step.TAKE_BACK, (State.ACTING,), State.REGISTERED, CHECKERS, (Given.DESERTED, Given.SINGLE)),
    # 首问负责: who returned it as another's affair finds out whose
    Transition(Step.NAME, (State.REGISTERED,), None, (Relation.FIRST_RECEIVER,)),
    Transition(Step.ANSWER, (State.ACTING,), State.ANSWERED, ACTOR, (Given.RUNNING, Given.SETTLED)),
    # 吹哨报到: several units on one task, beside the one who leads. Steps on a part: ``part_steps`` says on which parts
    Transition(Step.CALL, ONGOING, None, STREET),
    Transition(Step.JOIN, ONGOING, None, (Relation.CALLED,)),
    Transition(Step.FINISH, ONGOING, None, (Relation.CO_ACTING,)),
    Transition(Step.LEAVE, ONGOING, None, (Relation.CALLED, Relation.CO_ACTING)),
    Transition(Step.WAIVE, ONGOING, None, STREET),
    Transition(Step.MISS, ONGOING, None, CLOCK),
    # 组队: members in slots; the task begins when its required slots are full, and the first of the team leads
    Transition(Step.STAFF, STAFFING, None, TRIAGE, (Given.KEPT,)),
    Transition(Step.STAFF, STAFFING, None, STREET, (Given.LAST_RESORT,)),
    Transition(Step.OFFER, STAFFING, None, TRIAGE, (Given.STAFFED, Given.KEPT)),
    Transition(Step.OFFER, STAFFING, None, STREET, (Given.STAFFED, Given.LAST_RESORT)),
    Transition(Step.TAKE, (State.REGISTERED,), None, (Relation.CANDIDATE,), (Given.OPENED, Given.STAFFED)),
    Transition(Step.DISMISS, ONGOING, None, TRIAGE, (Given.STAFFED,)),
    Transition(Step.LEAD, (State.REGISTERED,), State.ACTING, CLOCK, (Given.STAFFED,)),
    Transition(Step.LEAD, (State.ACTING,), None, CLOCK, (Given.STAFFED,)),
    # 工时: each hand has its own
    Transition(Step.BEGIN_WORK, (State.ACTING,), None, HELPERS),
    Transition(Step.END_WORK, (State.ACTING,), None, HELPERS),
    Transition(Step.LOG, (State.ACTING, State.ANSWERED), None, (*HELPERS, Relation.HELPED)),
    Transition(
        Step.CORRECT,
        (State.ACTING, State.ANSWERED, State.VERIFIED, State.PUBLISHED),
        None,
        CHECKERS,
        never=DOERS,
    ),
    # 核查: nobody checks their own work
    Transition(Step.VERIFY, (State.ANSWERED,), State.VERIFIED, CHECKERS, never=DOERS),
    Transition(Step.SEND_BACK, (State.ANSWERED,), State.ACTING, CHECKERS, never=DOERS),
    # 公示 → 销号: on the resident's word, or when nobody objected in time
    Transition(
        Step.CONFIRM,
        (State.VERIFIED,),
        State.PUBLISHED,
        (Relation.RESIDENT, Relation.FOLLOW_UP, Relation.CLOCK),
    ),
    Transition(Step.REOPEN, (State.VERIFIED,), State.ACTING, (Relation.RESIDENT, Relation.FOLLOW_UP)),
    Transition(Step.REOPEN, (State.PUBLISHED,), State.ACTING, STREET),
    Transition(Step.CLOSE, (State.PUBLISHED,), State.CLOSED, CLOCK),
    # 督办
    Transition(
        Step.URGE,
        (State.COLLECTED, State.REGISTERED, State.ASSIGNED, State.ACTING, State.ANSWERED),
        None,
        STREET,
    ),
    # 催单
    Transition(Step.REMIND, (*TICKING, State.ANSWERED), None, (Relation.RESIDENT,)),
    # 上报: whoever answers for it passes it up by hand; who got it so may give it back
    Transition(Step.RAISE, TICKING, None, STREET, (Given.BELOW_CITY,)),
    Transition(Step.RAISE, TICKING, None, (Relation.LIAISON,), (Given.BELOW_STREET,)),
    Transition(Step.RAISE, TICKING, None, (Relation.GRID,), (Given.IN_GRID,)),
    Transition(Step.HAND_DOWN, TICKING, None, STREET, (Given.RAISED,)),
    Transition(Step.HAND_DOWN, TICKING, None, (Relation.LIAISON,), (Given.RAISED, Given.BELOW_STREET)),
    # 时限: the clocks of whoever has the task
    Transition(Step.WARN, (State.ACTING,), None, CLOCK, (Given.RUNNING,)),
    Transition(Step.URGE, TICKING, None, CLOCK, (Given.RUNNING,)),
    Transition(Step.ESCALATE, TICKING, None, CLOCK, (Given.RUNNING,)),
)
