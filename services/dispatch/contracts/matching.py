"""Matching, as it is asked for and told: candidates of a task with their scores, and why somebody is or is not one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.contracts.asks import TaskView
from services.dispatch.contracts.words import Aspect, Bar, HandKind
from services.kit.asking import Ask


@dataclass(frozen=True, kw_only=True)
class AspectView:
    """One part of a score: ``value`` is 0 to 1 and counts by ``weight``; the weights of all parts make 1."""

    aspect: Aspect
    value: float
    weight: float


@dataclass(frozen=True, kw_only=True)
class BarView:
    """A hard rule that excludes somebody, and what it means in the words of a page."""

    bar: Bar
    words: str


@dataclass(frozen=True, kw_only=True)
class ScoredHand:
    """How a member stands to a task. ``rank`` counts from 1, None for whom a rule excludes (``bars`` says which).

    ``score`` is the weighted sum of ``parts``, 0 to 1; ``metres`` is rough and None where no distance is known.
    """

    hand_id: str
    rank: int | None
    score: float
    metres: int | None
    parts: tuple[AspectView, ...]
    bars: tuple[BarView, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Matching:
    """The candidates of a task as they stood ``at`` a time, best first: at most 20 of ``found``.

    ``near_misses`` are those near by whom a single rule excludes, at most five. ``skill`` is what was looked for.
    """

    task_id: str
    at: datetime
    skill: str | None
    found: int
    candidates: tuple[ScoredHand, ...]
    near_misses: tuple[ScoredHand, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ScoredGroup(ScoredHand):
    """How a unit or a team stands to a task: by how many of its people are checked in there, who has the skill, what it has in
    hand for their number, what it did there, and how often it says yes.
    """

    hand_kind: HandKind


@dataclass(frozen=True, kw_only=True)
class GroupMatching:
    """The units and teams that could be asked for a task, best first: at most 20 of ``found``, and five near misses."""

    task_id: str
    at: datetime
    skill: str | None
    found: int
    candidates: tuple[ScoredGroup, ...]
    near_misses: tuple[ScoredGroup, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MatchGroups(Ask[GroupMatching], service="dispatch"):
    """Look for units and teams for a registered task now (for whoever may assign it): units of its district, teams of its
    place. The scores of those shown are kept, and ``WhyMe`` tells them.

    Refused: no-such-task (404), wrong-state (409), not-allowed (403).
    """

    task_id: str
    skill: str | None = None


@dataclass(frozen=True, kw_only=True)
class MatchTask(Ask[Matching], service="dispatch"):
    """Look for candidates of one registered task now, and keep their scores (for whoever may assign it).

    ``skill`` None takes the one that the task is open for, or else its category's. Refused: no-such-task (404),
    wrong-state (409), not-allowed (403).
    """

    task_id: str
    skill: str | None = None


@dataclass(frozen=True, kw_only=True)
class ListCandidates(Ask[Matching], service="dispatch"):
    """The candidates as last looked for, for liaisons and supervisors. Refused: no-such-task, not-matched (404)."""

    task_id: str


@dataclass(frozen=True, kw_only=True)
class Why(ScoredHand):
    """Why somebody is or is not asked for a task, as it stood ``at`` a time, against the ``best`` score of ``found``."""

    task_id: str
    at: datetime
    found: int
    best: float | None


@dataclass(frozen=True, kw_only=True)
class WhyMe(Ask[Why], service="dispatch"):
    """Why me, why not me: a member about themselves, liaisons and supervisors about anybody (``hand_id``).

    What was reckoned when candidates were looked for is what is told; who was not among those kept is reckoned now, and
    kept; a unit or team is told of like a member. Members may ask about tasks of the community that they are checked in to, and tasks that they were matched with.
    Refused: no-such-task (404), no-such-hand (422), not-allowed (403).
    """

    task_id: str
    hand_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class AskInTurn(Ask[TaskView], service="dispatch"):
    """Hand a registered task to the matcher: it asks the candidates as last looked for (or looks now), best first, ``wave``
    at a time, until one of them accepts. Each may think for ``hold_minutes``; quiet hours do not count, and nobody is asked in
    them, emergencies aside. What is not said is as the place has it (``GetOfferTerms``). Naming somebody or opening it for
    grabbing ends that. ``groups``: units and teams are asked instead, one at a time, as they rank whenever the next is due.
    Refused: no-candidates (409), invalid (422).
    """

    task_id: str
    hold_minutes: int | None = None
    wave: int | None = None
    groups: bool = False


@dataclass(frozen=True, kw_only=True)
class MatchingRun:
    """What a batch came to: ``tasks`` were looked at, ``matched`` handed to the matcher with a first choice, ``changed``
    were taken by somebody meanwhile, ``without`` have no candidate. ``left`` waited for another run.
    """

    node: str
    tasks: int
    members: int
    matched: int
    changed: int
    without: int
    left: int
    seconds: float


@dataclass(frozen=True, kw_only=True)
class RunMatching(Ask[MatchingRun], service="dispatch"):
    """Match all registered tasks below a node that nobody has and that are neither private nor open for grabbing, so that
    together they are served best; emergencies first and alone, nearest first. At most 500 in a run, the most urgent
    first. For those who may assign them all: liaisons of the community, supervisors. ``hold_minutes`` is as each task's place
    has it where it is not said, and always so in an emergency. What a routing rule left to the liaison stays theirs unless
    ``reserved`` asks for it as well. Refused: not-allowed (403).
    """

    node: str
    hold_minutes: int | None = None
    reserved: bool = False
