"""What pages call the states, kinds and figures of small wishes, those for whom they are, and those who fulfil them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gateway.words import _
from services.intake.contracts import ClaimantKind, Whom, WishFigure, WishKind, WishState

STATES = {
    WishState.COLLECTED: _("待审核"),
    WishState.SHOWN: _("等人圆梦"),
    WishState.CLAIMED: _("已认领"),
    WishState.REPORTED: _("待确认"),
    WishState.FULFILLED: _("已圆梦"),
    WishState.REFUSED: _("没有上墙"),
    WishState.WITHDRAWN: _("已收回"),
}

CHIPS = {
    WishState.COLLECTED: "chip-collected",
    WishState.CLAIMED: "chip-assigned",
    WishState.REPORTED: "chip-assigned",
    WishState.FULFILLED: "chip-closed",
    WishState.REFUSED: "chip-refused",
    WishState.WITHDRAWN: "chip-refused",
}
"""The colours of orders that stand alike."""

KINDS = {
    WishKind.THING: _("想要一样东西"),
    WishKind.HELP: _("想请人帮个忙"),
    WishKind.COMPANY: _("想有人陪陪"),
}

WHOM = {
    Whom.OLD: _("老人"),
    Whom.CHILD: _("孩子"),
    Whom.DISABLED: _("残疾人"),
    Whom.HARD_PRESSED: _("困难家庭"),
    Whom.SICK: _("病人"),
    Whom.OTHER: _("居民"),
}

CLAIMANTS = {
    ClaimantKind.RESIDENT: _("一位居民"),
    ClaimantKind.VOLUNTEER: _("一位志愿者"),
    ClaimantKind.MEMBER: _("一位党员"),
    ClaimantKind.UNIT: _("一个单位"),
}

FIGURES = {
    WishFigure.COLLECTED: _("征集"),
    WishFigure.SHOWN: _("上墙"),
    WishFigure.CLAIMED: _("认领"),
    WishFigure.FULFILLED: _("圆梦"),
}

DONE = {
    "made": _("心愿收到了，社区审核后挂上心愿墙"),
    "showing": _("挂上心愿墙了"),
    "refusal": _("没有上墙，理由告诉了许愿的人"),
    "withdrawal": _("收回了，联系方式已经删除"),
    "claim": _("认领好了，谢谢您！请在期限内办好，再来报告"),
    "release": _("放回去了，别人可以接着圆"),
    "report": _("收到了，等许愿的人确认"),
    "return": _("知道了，请认领的人继续"),
    "confirmation": _("心愿圆了，谢谢每一个帮忙的人"),
}
"""What is said when a step is done, by the last word of its path."""


def _named(words: dict[Any, str]) -> Callable[[str], str]:
    def name(value: str) -> str:
        return words.get(value, value)

    return name


FILTERS: dict[str, Callable[..., Any]] = {
    "wish_state": _named(STATES),
    "wish_chip": lambda state: CHIPS.get(state, ""),
    "wish_kind": _named(KINDS),
    "whom": _named(WHOM),
    "claimant": _named(CLAIMANTS),
    "wish_figure": _named(FIGURES),
}
