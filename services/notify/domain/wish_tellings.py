"""The part of the table that is about small wishes."""

from __future__ import annotations

from collections.abc import Mapping

from services.intake.contracts import (
    ClaimEnded,
    WishClaimed,
    WishCollected,
    WishContactSeen,
    WishFulfilled,
    WishRefused,
    WishReported,
    WishSentBack,
    WishShown,
    WishWithdrawn,
)
from services.kit.envelope import Event
from services.notify.domain.audiences import Audience, Telling

WISHES: Mapping[type[Event], tuple[Telling, ...]] = {
    WishCollected: (
        Telling(Audience.LIAISONS, "有微心愿待审核", "本社区新征集到一个微心愿，请审核后上心愿墙。"),
    ),
    WishShown: (Telling(Audience.WISHER, "心愿上墙了", "您的微心愿通过了审核，已挂上心愿墙，等人来圆。"),),
    WishRefused: (Telling(Audience.WISHER, "心愿没有上墙", "您的微心愿没有上心愿墙，请打开查看理由。"),),
    WishWithdrawn: (Telling(Audience.LIAISONS, "微心愿已撤回", "本社区的一个微心愿由本人撤回。"),),
    WishClaimed: (
        Telling(Audience.WISHER, "有人来圆心愿了", "您的微心愿有人认领，对方会在 {until:day} 前联系办好。"),
        Telling(
            Audience.LIAISONS,
            "微心愿被认领",
            "本社区的一个微心愿有人认领，{until:day} 前没有完成会回到心愿墙。",
        ),
    ),
    ClaimEnded: (
        Telling(Audience.CLAIMANT, "认领到期了", "您认领的微心愿到期没有完成，已回到心愿墙，由别人接着圆。"),
        Telling(Audience.WISHER, "心愿回到心愿墙", "认领您心愿的人没能完成，心愿又挂上墙，等别人来圆。"),
        Telling(Audience.LIAISONS, "微心愿回到心愿墙", "本社区的一个微心愿认领后没有完成，又挂上了心愿墙。"),
    ),
    WishReported: (
        Telling(
            Audience.WISHER, "心愿圆了吗？请确认", "认领的人说您的微心愿已经完成，请打开确认，或请他继续。"
        ),
        Telling(Audience.LIAISONS, "微心愿待确认", "本社区的一个微心愿报告完成，请帮忙确认。"),
    ),
    WishSentBack: (
        Telling(
            Audience.CLAIMANT, "心愿还没有圆", "您报告的微心愿还没有完成，请打开查看，{until:day} 前办好。"
        ),
    ),
    WishFulfilled: (
        Telling(Audience.CLAIMANT, "心愿圆了，谢谢您", "您认领的微心愿已确认完成，感谢的话在心愿墙上。"),
        Telling(Audience.WISHER, "心愿圆了", "您的微心愿已确认完成。"),
    ),
    WishContactSeen: (
        Telling(
            Audience.WISHER,
            "认领人看了联系方式",
            "认领您心愿的人查看了联系方式，用途已记录，请留意来电来访。",
        ),
    ),
}
