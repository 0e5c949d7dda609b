"""The words of dispatch: the states of the loop, who may be asked to act, and its error slugs."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """The eight steps (搜集、立项、交办、落实、反馈、核查、公示、销号) and the two ends aside (LOOP.md)."""

    COLLECTED = "collected"
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    ACTING = "acting"
    ANSWERED = "answered"
    VERIFIED = "verified"
    PUBLISHED = "published"
    CLOSED = "closed"
    REFUSED = "refused"
    MERGED = "merged"


class HandKind(StrEnum):
    """Who may be asked to act."""

    MEMBER = "member"
    UNIT = "unit"
    TEAM = "team"


class PartState(StrEnum):
    """How far somebody's part in a joint task is: asked for, silent past the time to report, there, done, gone, not needed."""

    CALLED = "called"
    SILENT = "silent"
    JOINED = "joined"
    DONE = "done"
    LEFT = "left"
    WAIVED = "waived"


class Freed(StrEnum):
    """How a slot became free again."""

    DECLINED = "declined"
    EXPIRED = "expired"
    LEFT = "left"
    DISMISSED = "dismissed"


class Urgency(StrEnum):
    """How soon something must be done: the shares of a category's usual time are in ``ListCategories``."""

    ORDINARY = "ordinary"
    URGENT = "urgent"
    EMERGENCY = "emergency"


class TaskSort(StrEnum):
    """The order of a list of tasks: the latest change first, or the most urgent and among those what is due first."""

    CHANGED = "changed"
    URGENT = "urgent"


class PauseKind(StrEnum):
    """What paused work waits for."""

    MATERIAL = "material"
    RESIDENT = "resident"
    DEPARTMENT = "department"
    WEATHER = "weather"
    OTHER = "other"


class ReturnKind(StrEnum):
    """Why a task is given back: another's affair, beyond one's means, a skill that is missing, danger, or other."""

    NOT_OURS = "not_ours"
    CANNOT = "cannot"
    NEEDS_SKILL = "needs_skill"
    SAFETY = "safety"
    OTHER = "other"


class Cause(StrEnum):
    """Why a task is escalated: nobody responded, nobody solved it, or it was returned too often."""

    RESPOND = "respond"
    SOLVE = "solve"
    RETURNS = "returns"


class Aspect(StrEnum):
    """What a score is made of: how near, how evenly loaded, how apt, how well acquainted, how reliable, how willing."""

    NEARNESS = "nearness"
    FAIRNESS = "fairness"
    SKILL = "skill"
    FAMILIARITY = "familiarity"
    RECORD = "record"
    WISHES = "wishes"


class Bar(StrEnum):
    """Why somebody cannot be asked for a task: the hard rules of matching."""

    SKILL = "lacks-skill"
    SCOPE = "out-of-scope"
    DISTANCE = "too-far"
    LEAVE = "on-leave"
    TIME = "not-free"
    CAPACITY = "at-capacity"
    REFUSED = "refused-before"
    BUDGET = "asked-enough"


class Slug(StrEnum):
    """Errors that dispatch answers with."""

    NO_SUCH_TASK = "no-such-task"
    NO_SUCH_HAND = "no-such-hand"
    NO_SUCH_DAY = "no-such-day"
    NO_SUCH_PART = "no-such-part"
    NOT_MATCHED = "not-matched"
    NO_SUCH_SLOT = "no-such-slot"
    SLOT_FULL = "slot-full"
    LAST_OF_TEAM = "last-of-team"
    NO_CANDIDATES = "no-candidates"
    NO_SUCH_CASE = "no-such-case"
    ORDER_IN_CASE = "order-in-case"
    NOT_ALLOWED = "not-allowed"
    WRONG_STATE = "wrong-state"
    ALREADY_TAKEN = "already-taken"
    NOT_OPEN = "not-open"
    OUT_OF_SCOPE = "out-of-scope"
    GRAB_LIMIT = "grab-limit"
    TOO_EARLY = "too-early"
    NO_SUCH_RULE = "no-such-rule"
    RULES_CHANGED = "rules-changed"
    ALREADY_APPEALED = "already-appealed"
    SAME_ORDER = "same-order"
    INVALID = "invalid"
