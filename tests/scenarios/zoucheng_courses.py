"""How Zoucheng's orders go: Ziyun's courses, and those of grids, urging supervisors and the levels above."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from deploy.embedded.ziyun import courses
from deploy.embedded.ziyun.courses import RESIDENT, Beat
from deploy.embedded.ziyun.story import Order, Story


class Diary(courses.Diary):
    """``worker`` is the worker of the order's grid ("" where none is known), ``street`` the supervisor of its street,
    ``spare`` are members of the community beside the order's first.
    """

    def __init__(self, order: Order, story: Story, worker: str, spare: tuple[str, ...]) -> None:
        super().__init__(order, story)
        self.worker = worker
        self.street = story.official("supervisor", order.community_code[:9])
        self.spare = spare
        self.units = tuple(unit.code for unit in story.units)

    def handed_to_unit(self, by: str) -> None:
        """Somebody above the community gives it to the unit, which brings it to its end."""
        unit = self.order.second
        wanted: dict[str, Any] = {"hand_kind": "unit", "hand_id": unit, "hold_minutes": 24 * 60}
        self.write(by, "task_assigned", "/tasks/{task}/assignment", **wanted)
        self.accepted(self.leaders[unit])
        self.answered(self.leaders[unit])
        self.verified()
        self.rated_and_confirmed()


def in_the_grid(diary: Diary) -> None:
    """Small things stay in the grid: its worker files, registers and asks a member; the community only checks."""
    hand = diary.order.first
    diary.later(1)
    category = diary.order.category
    diary.write(diary.worker, "task_registered", "/orders/{order}/registration", category=category)
    diary.later(0.5)
    wanted: dict[str, Any] = {"hand_kind": "member", "hand_id": hand, "hold_minutes": 24 * 60}
    diary.write(diary.worker, "task_assigned", "/tasks/{task}/assignment", **wanted)
    diary.accepted(hand)
    diary.started(hand)
    diary.answered(hand)
    diary.verified()
    diary.rated_and_confirmed()


def supervised(diary: Diary) -> None:
    """The supervisor urges, checks the answer on the spot, and so brings the order to its end."""
    unit = diary.order.second
    leader = diary.leaders[unit]
    diary.registered()
    diary.asked("unit", unit)
    diary.accepted(leader)
    diary.later(20)
    words = "居民等了很久，请尽快办结"
    diary.write(diary.supervisor, "task_urged", "/tasks/{task}/urge", words=words)
    diary.answered(leader)
    diary.later(3)
    words = "督办人已到现场核查"
    diary.write(diary.supervisor, "task_verified", "/tasks/{task}/verification", words=words)
    diary.rated_and_confirmed()


def last_resort(diary: Diary) -> None:
    """Given back by three members: from then on the street finds the hand."""
    diary.registered()
    for member in diary.spare[:3]:
        diary.asked("member", member)
        diary.accepted(member)
        diary.given_back(member)
    diary.later(2)
    diary.handed_to_unit(diary.street)


def climbing(diary: Diary) -> None:
    """Nobody responds in the grid, so it climbs to the community; nobody takes it there, so it climbs to the street."""
    diary.next_monday()
    diary.registered()
    diary.opened()
    diary.next_monday()
    diary.handed_to_unit(diary.street)


def whistled(diary: Diary) -> None:
    """It needs several units: the street whistles, one leads, and all have done their part before it answers."""
    lead = diary.order.second
    place = diary.units.index(lead)
    others = tuple(diary.units[(place + step) % len(diary.units)] for step in (1, 2))
    diary.registered()
    diary.later(1)
    wanted: dict[str, Any] = {"unit_ids": others, "leading": lead, "words": "主管道爆裂，请一起到场"}
    diary.write(diary.street, "units_called", "/tasks/{task}/whistle", "task_assigned", **wanted)
    diary.accepted(diary.leaders[lead])
    for unit in others:
        diary.later(1)
        path = f"/tasks/{{task}}/parts/{{units[{unit}]}}"
        diary.write(diary.leaders[unit], "hand_joined", f"{path}/arrival")
        diary.later(2)
        words = "本单位的部分已办完"
        diary.write(diary.leaders[unit], "hand_finished", f"{path}/completion", words=words)
    diary.answered(diary.leaders[lead])
    diary.verified()
    diary.rated_and_confirmed()


def appealed(diary: Diary) -> None:
    """Refused; the resident appeals, and the street takes it on."""
    hand = diary.order.first
    diary.later(3)
    reason = "不在社区办理范围内，请向物业公司反映"
    diary.write(diary.liaison, "order_refused", "/orders/{order}/refusal", reason=reason)
    diary.days_later(1, 19)
    words = "物业公司说归社区管，没有人管"
    diary.write(RESIDENT, "order_appealed", "/orders/{order}/appeal", words=words)
    diary.days_later(1, 10)
    category = diary.order.category
    diary.write(diary.street, "task_registered", "/orders/{order}/registration", category=category)
    diary.asked("member", hand)
    diary.accepted(hand)
    diary.started(hand)
    diary.answered(hand)
    diary.verified()
    diary.rated_and_confirmed()


ADDED: Mapping[str, Callable[[Diary], None]] = {
    course.__name__: course for course in (in_the_grid, supervised, last_resort, climbing, whistled, appealed)
}


def beats_of(diary: Diary) -> tuple[Beat, ...]:
    """What happens to the order after it was placed, in the order of time."""
    course = diary.order.course
    if course in ADDED:
        ADDED[course](diary)
    else:
        courses.COURSES[course](diary)
    return tuple(diary.beats)
