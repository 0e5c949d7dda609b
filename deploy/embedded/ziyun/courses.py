"""How an order of each course goes: who does what when, and what its history says then.

Times count from the quarter's first midnight, a Monday. The clocks are run on Sunday nights, so what follows upon a clock
(an offer that expired) begins on a Monday.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from deploy.embedded.ziyun.story import Order, Story

RESIDENT = "resident"
DAY = timedelta(days=1)
WEEK = 7 * DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """``who`` (a login, or the resident) sends ``body``; then the order's history has ``steps``.

    ``path`` may name ``{order}`` and ``{task}``; ``hand_id`` and ``member_id`` in ``body`` are a login or a unit's code.
    """

    at: timedelta
    who: str
    steps: tuple[str, ...]
    path: str
    body: Mapping[str, object]
    method: str = "POST"


class Diary:
    """Writes the beats of one order, one after another; each phrase takes the time that it usually takes."""

    def __init__(self, order: Order, story: Story) -> None:
        self.order = order
        self.liaison = story.official("liaison", order.community_code)
        self.supervisor = story.official("supervisor", story.district)
        self.leaders = {
            each.node.removeprefix("unit:"): each.login
            for each in story.officials
            if each.role == "unit_leader"
        }
        self.at = timedelta(days=order.day, hours=order.hour)
        self.beats: list[Beat] = []

    def later(self, hours: float) -> None:
        self.at += timedelta(hours=hours)

    def days_later(self, days: int, hour: int) -> None:
        self.at = (self.at // DAY + days) * DAY + timedelta(hours=hour)

    def next_monday(self) -> None:
        self.at = (self.at // WEEK + 1) * WEEK + timedelta(hours=9)

    def write(self, who: str, step: str, path: str, *more: str, method: str = "POST", **body: Any) -> None:
        self.beats.append(Beat(at=self.at, who=who, steps=(step, *more), path=path, body=body, method=method))

    def registered(self) -> None:
        self.later(2)
        category = self.order.category
        self.write(self.liaison, "task_registered", "/orders/{order}/registration", category=category)

    def asked(self, kind: str, hand: str, *, days: int = 1) -> None:
        self.later(0.5)
        wanted: dict[str, Any] = {"hand_kind": kind, "hand_id": hand, "hold_minutes": days * 24 * 60}
        self.write(self.liaison, "task_assigned", "/tasks/{task}/assignment", **wanted)

    def opened(self) -> None:
        self.later(0.5)
        self.write(self.liaison, "task_opened", "/tasks/{task}/opening")

    def grabbed(self, member: str) -> None:
        self.later(3)
        self.write(member, "task_accepted", "/tasks/{task}/grab")

    def accepted(self, who: str, **named: Any) -> None:
        self.later(2)
        self.write(who, "task_accepted", "/tasks/{task}/acceptance", **named)

    def declined(self, who: str) -> None:
        self.later(4)
        reason = "这几天出差在外，赶不回来"
        self.write(who, "offer_declined", "/tasks/{task}/decline", reason=reason)

    def started(self, who: str) -> None:
        self.days_later(1, 9)
        self.write(who, "task_started", "/tasks/{task}/start")

    def given_back(self, who: str) -> None:
        self.later(5)
        reason = "需要专门的工具和材料，我一个人办不了"
        self.write(who, "task_returned", "/tasks/{task}/return", reason=reason)

    def answered(self, who: str, words: str = "") -> None:
        self.days_later(1, 10)
        self.write(who, "task_answered", "/tasks/{task}/answer", words=words or self.order.answer)

    def verified(self) -> None:
        self.later(5)
        self.write(self.liaison, "task_verified", "/tasks/{task}/verification", words="已到现场看过")

    def sent_back(self) -> None:
        self.later(5)
        reason = "到现场看了，还差一点，请再完善"
        self.write(self.liaison, "task_sent_back", "/tasks/{task}/sending-back", reason=reason)

    def rated_and_confirmed(self) -> None:
        self.days_later(1, 19)
        grade = self.order.grade
        self.write(RESIDENT, "order_rated", "/orders/{order}/rating", method="PUT", grade=grade)
        self.later(0.1)
        self.write(RESIDENT, "task_published", "/orders/{order}/confirmation")

    def reopened(self) -> None:
        self.days_later(1, 19)
        reason = "过了一夜又和原来一样，没有解决"
        self.write(RESIDENT, "task_reopened", "/orders/{order}/reopening", reason=reason)

    def called(self, *then: str, solved: bool | None, **more: Any) -> None:
        """A follow-up; ``then`` is what dispatch makes of the resident's word."""
        self.days_later(1, 10)
        way = "visit" if self.order.category == "elderly_care" else "call"
        heard: dict[str, Any] = {"way": way, "reached": True, "solved": solved, **more}
        self.write(self.liaison, "follow_up_recorded", "/orders/{order}/follow-ups", *then, **heard)


def _agreed(diary: Diary) -> str:
    """The member asked by name accepts; who that is."""
    hand = diary.order.first
    diary.registered()
    diary.asked("member", hand)
    diary.accepted(hand)
    return hand


def _agreed_and_answered(diary: Diary, words: str = "") -> str:
    hand = _agreed(diary)
    diary.started(hand)
    diary.answered(hand, words)
    return hand


def _settled(diary: Diary, who: str) -> None:
    diary.started(who)
    diary.answered(who)
    diary.verified()
    diary.rated_and_confirmed()


def _followed_up(diary: Diary) -> None:
    diary.called(solved=True, words="回访时说已经解决")


def offered(diary: Diary) -> None:
    """The member asked by name accepts."""
    _settled(diary, _agreed(diary))
    _followed_up(diary)


def grabbed(diary: Diary) -> None:
    diary.registered()
    diary.opened()
    diary.grabbed(diary.order.first)
    _settled(diary, diary.order.first)
    _followed_up(diary)


def unit(diary: Diary) -> None:
    """The unit's leader accepts and names the member who will act."""
    diary.registered()
    diary.asked("unit", diary.order.second)
    diary.accepted(diary.leaders[diary.order.second], member_id=diary.order.first)
    _settled(diary, diary.order.first)
    _followed_up(diary)


def unit_leader(diary: Diary) -> None:
    """The unit's leader accepts and acts."""
    leader = diary.leaders[diary.order.second]
    diary.registered()
    diary.asked("unit", diary.order.second)
    diary.accepted(leader)
    _settled(diary, leader)


def declined(diary: Diary) -> None:
    diary.registered()
    diary.asked("member", diary.order.first)
    diary.declined(diary.order.first)
    diary.asked("member", diary.order.second)
    diary.accepted(diary.order.second)
    _settled(diary, diary.order.second)


def expired(diary: Diary) -> None:
    """Nobody answers within the hold of a day; on the Monday after it the task is opened, and somebody else grabs it."""
    diary.registered()
    diary.asked("member", diary.order.first)
    diary.later(24)
    diary.next_monday()
    diary.opened()
    diary.grabbed(diary.order.second)
    _settled(diary, diary.order.second)


def returned(diary: Diary) -> None:
    diary.registered()
    diary.opened()
    diary.grabbed(diary.order.first)
    diary.given_back(diary.order.first)
    diary.asked("member", diary.order.second)
    diary.accepted(diary.order.second)
    _settled(diary, diary.order.second)


def sent_back(diary: Diary) -> None:
    hand = _agreed_and_answered(diary, "先处理了一部分")
    diary.sent_back()
    diary.answered(hand)
    diary.verified()
    diary.rated_and_confirmed()


def reopened(diary: Diary) -> None:
    hand = _agreed_and_answered(diary, "检查过了，暂时恢复正常")
    diary.verified()
    diary.reopened()
    diary.answered(hand)
    diary.verified()
    diary.rated_and_confirmed()


def called(diary: Diary) -> None:
    """No smartphone: a call or visit confirms, with the resident's grade."""
    _agreed_and_answered(diary)
    diary.verified()
    diary.called("task_published", solved=True, grade=diary.order.grade)


def called_again(diary: Diary) -> None:
    """The first call hears that it is not solved, the second that it is."""
    hand = _agreed_and_answered(diary, "请双方坐下来谈了一次")
    diary.verified()
    diary.called("task_reopened", solved=False, words="话说开了，沟还没动")
    diary.answered(hand)
    diary.verified()
    diary.called("task_published", solved=True, grade=diary.order.grade)


def urged(diary: Diary) -> None:
    """Asked after in the middle of the work, then urged."""
    hand = _agreed(diary)
    diary.called(solved=None, words="还没有人来")
    diary.later(1)
    diary.write(diary.supervisor, "task_urged", "/tasks/{task}/urge", words="涉及消防安全，请当天到场")
    _settled(diary, hand)


def paused(diary: Diary) -> None:
    hand = _agreed(diary)
    diary.started(hand)
    diary.later(1)
    diary.write(hand, "task_paused", "/tasks/{task}/pause", reason="等待配件到货")
    diary.days_later(2, 9)
    diary.write(hand, "task_resumed", "/tasks/{task}/resumption")
    diary.answered(hand)
    diary.verified()
    diary.rated_and_confirmed()


def silent(diary: Diary) -> None:
    """Nobody objects: the clock moves it on."""
    _agreed_and_answered(diary)
    diary.verified()


def objected(diary: Diary) -> None:
    """During the public notice an objection is upheld."""
    hand = _agreed_and_answered(diary, "已要求店家减少油烟")
    diary.verified()
    diary.days_later(1, 19)
    diary.write(RESIDENT, "task_published", "/orders/{order}/confirmation")
    diary.days_later(1, 10)
    reason = "公示期间多户居民反映油烟仍然直排"
    diary.write(diary.supervisor, "task_reopened", "/orders/{order}/reopening", reason=reason)
    diary.answered(hand)
    diary.verified()
    diary.rated_and_confirmed()


def left_collected(_diary: Diary) -> None:
    """Placed, and nothing more by the quarter's end."""


def left_open(diary: Diary) -> None:
    diary.registered()
    diary.opened()


def left_asked(diary: Diary) -> None:
    diary.registered()
    diary.asked("member", diary.order.first, days=7)


def left_acting(diary: Diary) -> None:
    """Under way, and asked after."""
    diary.started(_agreed(diary))
    diary.called(solved=None, words="已经来人看过，等抽污车")


def left_answered(diary: Diary) -> None:
    _agreed_and_answered(diary)


COURSES: Mapping[str, Callable[[Diary], None]] = {
    course.__name__: course
    for course in (
        *(offered, grabbed, unit, unit_leader, declined, expired, returned, sent_back, reopened),
        *(called, called_again, urged, paused, silent, objected),
        *(left_collected, left_open, left_asked, left_acting, left_answered),
    )
}


def beats_of(order: Order, story: Story) -> tuple[Beat, ...]:
    """What happens to the order after it was placed, in the order of time."""
    diary = Diary(order, story)
    COURSES[order.course](diary)
    return tuple(diary.beats)
