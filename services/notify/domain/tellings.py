"""Who is told what: one table.

A message says what happened and what to do next. It never carries a phone, an address, a person's name or what somebody
wrote: whoever may read those opens the order. People are told once per event, by the first row that reaches them, and
never of what they did themselves.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.dispatch.contracts import (
    CandidatesExhausted,
    CaseEscalated,
    CaseOpened,
    CaseProgressed,
    CaseProposed,
    CaseSolved,
    HandFinished,
    HandJoined,
    HandLeft,
    HandSilent,
    HandWaived,
    HoursLogged,
    OfferDeclined,
    OfferExpired,
    OrderAppealed,
    OrderMerged,
    OrderRefused,
    SlotFreed,
    SlotOffered,
    SlotsSet,
    SlotTaken,
    TaskAccepted,
    TaskAnswered,
    TaskAssigned,
    TaskClosed,
    TaskEscalated,
    TaskHandedDown,
    TaskMatched,
    TaskOpened,
    TaskPaused,
    TaskPublished,
    TaskRaised,
    TaskRegistered,
    TaskReleased,
    TaskReminded,
    TaskReopened,
    TaskResumed,
    TaskReturned,
    TaskSentBack,
    TaskStarted,
    TaskTakenBack,
    TaskUrged,
    TaskVerified,
    TaskWarned,
    UnitNamed,
    UnitsCalled,
)
from services.evaluation.contracts import CertificateIssued, CertificateRevoked, PointsAwarded
from services.intake.contracts import OrderAmended, OrderCollected
from services.kit.envelope import Event
from services.members.contracts import (
    BallotClosed,
    BallotOpened,
    FirmPaired,
    MembersAssigned,
    ResponsibilityAssigned,
    ResponsibilityEnded,
    TeamFormed,
)
from services.notify.contracts import MessageFailed
from services.notify.domain.audiences import Audience, Telling
from services.notify.domain.wish_tellings import WISHES

TABLE: Mapping[type[Event], tuple[Telling, ...]] = {
    OrderCollected: (
        Telling(Audience.LIAISONS, "{urgency}点单待受理", "本社区有一条新的点单，请及时受理。"),
    ),
    OrderAmended: (Telling(Audience.LIAISONS, "点单有补充", "点单有新的补充，请打开查看。"),),
    OrderRefused: (
        Telling(
            Audience.RESIDENTS,
            "点单未予受理",
            "您的点单未予受理，请打开查看理由。如不认可，可向街道申诉一次。",
        ),
    ),
    OrderAppealed: (
        Telling(Audience.SUPERVISORS, "有群众申诉", "一条未予受理或被并单的点单有申诉，请复核。"),
    ),
    OrderMerged: (
        Telling(
            Audience.RESIDENTS,
            "点单已合并办理",
            "您的点单已与同一问题的点单合并办理，进展照常告知您。如不认可，可向街道申诉一次。",
        ),
        Telling(Audience.ACTING, "点单并入您的任务", "又有一条点单并入您办理的任务，请打开查看，一并办理。"),
    ),
    TaskRegistered: (
        Telling(Audience.RESIDENTS, "点单已立项", "您的点单已立项，承诺 {promised_at:day} 前答复。"),
    ),
    TaskOpened: (Telling(Audience.NEARBY, "有任务可以接单", "您报到的区域有一项任务开放抢单，请打开查看。"),),
    TaskMatched: (
        Telling(
            Audience.LIAISONS,
            "任务已交系统派单",
            "一项任务由系统按排名依次询问，合适的共 {found} 个，每次问 {wave} 个。",
        ),
    ),
    CandidatesExhausted: (
        Telling(
            Audience.LIAISONS,
            "系统已无人可派",
            "一项任务问过排名上的党员、单位或团组，暂无人接单，请另行安排。",
        ),
    ),
    TaskAssigned: (Telling(Audience.ASKED, "有任务派给您", "请在 {hold_until:minute} 前答复是否接单。"),),
    TaskAccepted: (
        Telling(Audience.RESIDENTS, "点单已有人接单", "您的点单已有人接单，正在办理。"),
        Telling(Audience.COMING, "团组派您上岗", "您所在的团组接下一项任务，请您参加，请打开查看。"),
        Telling(Audience.LIAISONS, "任务已接单", "本社区的一项任务已有人接单。"),
        Telling(
            Audience.SUPERSEDED, "任务已由他人接下", "同时询问过您的一项任务已有人接下，您不必再答复，谢谢。"
        ),
    ),
    OfferDeclined: (Telling(Audience.LIAISONS, "任务被婉拒", "派出的任务对方未接单，请另行安排。"),),
    OfferExpired: (
        Telling(Audience.LIAISONS, "派单超时未答复", "派出的任务到时未得到答复，请另行安排。"),
        Telling(Audience.ASKED, "派单已收回", "派给您的任务到时未答复，已由社区收回。"),
    ),
    TaskStarted: (Telling(Audience.RESIDENTS, "点单已开始办理", "承办人已开始现场办理您的点单。"),),
    TaskReleased: (
        Telling(Audience.ACTING, "任务已放回", "您抢到的任务到时没有开始办理，已放回，其他党员可以接单。"),
        Telling(
            Audience.LIAISONS, "抢到的任务被放回", "一项抢到的任务没有开始办理就放回了，已重新开放抢单。"
        ),
    ),
    UnitNamed: (
        Telling(
            Audience.LIAISONS,
            "已查明承办单位",
            "退单的首问单位已指明一项任务是哪个单位的职责，请打开查看并派单。",
        ),
    ),
    TaskReturned: (Telling(Audience.LIAISONS, "任务被退回", "一项任务被退单，请打开查看原因并另行安排。"),),
    TaskPaused: (
        Telling(Audience.RESIDENTS, "点单暂缓办理", "您的点单暂缓办理，请打开查看原因。"),
        Telling(Audience.LIAISONS, "任务暂缓办理", "一项任务暂缓办理，请打开查看原因。"),
    ),
    TaskResumed: (
        Telling(Audience.ACTING, "任务恢复计时", "您暂停的任务已到最迟恢复时间，恢复计时，请继续办理。"),
        Telling(Audience.RESIDENTS, "点单恢复办理", "您的点单已恢复办理，承诺 {promised_at:day} 前答复。"),
    ),
    TaskAnswered: (
        Telling(Audience.RESIDENTS, "点单已反馈", "您的点单已有办理反馈，等待社区核查。"),
        Telling(Audience.LIAISONS, "任务待核查", "一项任务已反馈办理结果，请核查。"),
    ),
    TaskVerified: (
        Telling(
            Audience.RESIDENTS,
            "请确认是否解决",
            "您的点单已通过核查，请在 {objections_until:minute} 前确认是否解决并评价。",
        ),
    ),
    TaskSentBack: (Telling(Audience.ACTING, "任务核查未通过", "核查未通过，请打开查看原因并继续办理。"),),
    TaskPublished: (
        Telling(Audience.RESIDENTS, "点单公示中", "您的点单办理结果正在公示，至 {until:minute} 止。"),
    ),
    TaskReopened: (
        Telling(Audience.ACTING, "任务重新办理", "群众反映问题尚未解决，请继续办理。"),
        Telling(Audience.LIAISONS, "任务重新办理", "一项任务因问题尚未解决重新办理。"),
        Telling(Audience.RESIDENTS, "点单重新办理", "您的点单将继续办理。"),
    ),
    TaskClosed: (
        Telling(Audience.RESIDENTS, "点单已销号", "您的点单公示期满，已销号。如有新的问题，欢迎再次点单。"),
        Telling(Audience.ACTING, "任务已销号", "您办理的任务公示期满，已销号。"),
    ),
    TaskWarned: (
        Telling(
            Audience.ACTING,
            "任务临近时限",
            "您办理的任务时限已过四分之三，承诺 {promised_at:minute} 前答复。",
        ),
    ),
    TaskUrged: (
        Telling(Audience.ACTING, "任务被督办", "您办理的任务被督办（第 {count} 次），请尽快办理。"),
        Telling(Audience.LIAISONS, "任务被督办", "本社区的一项任务被督办（第 {count} 次），请跟进。"),
    ),
    TaskReminded: (
        Telling(Audience.ACTING, "群众催单", "群众催办您承办的任务（第 {count} 次），请尽快办理并反馈。"),
        Telling(Audience.LIAISONS, "群众催单", "群众催办本社区的一项任务（第 {count} 次），请跟进。"),
    ),
    TaskEscalated: (
        Telling(
            Audience.ANSWERABLE, "任务上报", "一项任务未能按时办理或多次退单，已上报到您这一级，请过问。"
        ),
        Telling(Audience.LIAISONS, "任务已上报", "本社区的一项任务未能按时办理或多次退单，已上报上级。"),
    ),
    TaskTakenBack: (
        Telling(Audience.ACTING, "任务已收回", "您离开时还在办的一项任务，社区已收回另派，谢谢您。"),
        Telling(Audience.LIAISONS, "任务已收回", "本社区的一项任务因办理人离开已收回，请另行安排。"),
    ),
    TaskRaised: (
        Telling(
            Audience.ANSWERABLE, "下级上报一项任务", "一项任务由下级上报到您这一级，请打开查看原因并安排。"
        ),
        Telling(Audience.LIAISONS, "任务已上报", "本社区的一项任务已上报上级，请打开查看原因。"),
    ),
    TaskHandedDown: (
        Telling(
            Audience.ANSWERABLE, "上级交回一项任务", "您上报的一项任务已交回，请打开查看原因并继续办理。"
        ),
        Telling(Audience.LIAISONS, "任务已交回", "上级把本社区的一项任务交回下级，请打开查看原因。"),
    ),
    FirmPaired: (Telling(Audience.HELPER, "包保企业有变动", "您包保的企业有变动，请打开查看。"),),
    ResponsibilityAssigned: (
        Telling(Audience.PERSON, "您有新的包联责任", "您已被指定为一个地方的包联责任人，请打开查看。"),
    ),
    ResponsibilityEnded: (
        Telling(Audience.PERSON, "包联责任已解除", "您对一个地方的包联责任已解除，请打开查看。"),
    ),
    BallotOpened: (
        Telling(Audience.VOTERS, "请推选领队", "您所在的团组正在推选领队，请打开投票。一人一票，不记名。"),
    ),
    BallotClosed: (
        Telling(Audience.VOTERS, "领队推选结束", "您所在团组的领队推选已经计票，请打开查看结果。"),
    ),
    MembersAssigned: (
        Telling(
            Audience.GRID_HEADS,
            "网格来了新成员",
            "您的网格分来 {member_ids} 名在职党员，请在党员名册中查看，及时联系。",
        ),
    ),
    TeamFormed: (
        Telling(Audience.JOINED, "您已编入团组", "您已编入一个志愿服务团组，请打开查看成员和领队。"),
    ),
    UnitsCalled: (
        Telling(
            Audience.CALLED, "街道吹哨，请来报到", "一项任务请贵单位协办，请在 {report_by:minute} 前报到。"
        ),
        Telling(Audience.ACTING, "有单位来协办", "街道已为您牵头的任务请来协办单位，请打开查看。"),
        Telling(Audience.LIAISONS, "街道已吹哨", "本社区的一项任务由街道吹哨，请几个单位一起办。"),
    ),
    HandJoined: (
        Telling(Audience.ACTING, "协办已报到", "您牵头的任务有一方已报到，请联系一起办理。"),
        Telling(Audience.SUPERVISORS, "吹哨已有报到", "您吹哨的任务有一方已报到。"),
    ),
    HandSilent: (
        Telling(Audience.ASKED, "请尽快报到", "请贵单位协办的任务已过报到时限，请尽快报到或说明原因。"),
        Telling(Audience.SUPERVISORS, "吹哨后未报到", "有单位没有按时报到，请催办、另请单位，或免除其协办。"),
        Telling(Audience.ACTING, "协办单位未报到", "您牵头的任务有一方没有按时报到，街道已知晓。"),
    ),
    HandFinished: (
        Telling(Audience.ACTING, "协办部分已办结", "您牵头的任务有一方办完了它的部分，请打开查看。"),
    ),
    HandLeft: (
        Telling(Audience.SUPERVISORS, "有单位退出协办", "吹哨的任务有一方退出，请打开查看原因并作安排。"),
        Telling(Audience.ACTING, "有单位退出协办", "您牵头的任务有一方退出，请打开查看原因。"),
    ),
    HandWaived: (
        Telling(Audience.ASKED, "已免除协办", "街道已免除贵单位在一项任务中的协办，请打开查看说明。"),
    ),
    SlotsSet: (Telling(Audience.LIAISONS, "任务已设岗位", "本社区的一项任务设好了岗位，等人上岗。"),),
    HoursLogged: (
        Telling(Audience.ASKED, "工时已更正", "您在一项任务中的工时改为 {minutes} 分钟，请打开查看说明。"),
    ),
    SlotOffered: (
        Telling(Audience.ASKED, "请您上岗", "一项任务请您担任「{slot}」，请在 {report_by:minute} 前答复。"),
    ),
    SlotTaken: (
        Telling(Audience.ASKED, "您已上岗", "您已列入一项任务的「{slot}」岗位，请打开查看。"),
        Telling(Audience.LIAISONS, "有人上岗", "本社区一项任务的「{slot}」岗位有人上岗。"),
    ),
    SlotFreed: (
        Telling(Audience.LIAISONS, "岗位空出", "本社区一项任务的「{slot}」岗位空出，请另行安排。"),
        Telling(Audience.ASKED, "岗位已收回", "您在一项任务中的「{slot}」岗位已收回，请打开查看原因。"),
    ),
    CaseProposed: (
        Telling(
            Audience.LIAISONS,
            "可能是共性诉求",
            "本社区有几条未办结的点单很像同一件事，请查看后确认立为专题攻坚，或予以撤销。",
        ),
    ),
    CaseOpened: (
        Telling(
            Audience.RESIDENTS,
            "点单列入专题攻坚",
            "多位居民反映了同一件事，您的点单已列入专题集中解决，进展照常告知您。",
        ),
        Telling(Audience.OWNER, "有专题攻坚由您负责", "一项共性诉求由您牵头解决，请打开查看计划和点单。"),
    ),
    CaseProgressed: (
        Telling(Audience.RESIDENTS, "专题攻坚有进展", "您的点单所属的专题攻坚有新的进展，请打开查看。"),
    ),
    CaseEscalated: (
        Telling(Audience.ANSWERABLE, "共性诉求上报", "一项共性诉求已上报到您这一级，请过问。"),
        Telling(Audience.RESIDENTS, "专题攻坚已上报", "您的点单所属的专题攻坚已上报上级协调。"),
    ),
    CaseSolved: (
        Telling(
            Audience.RESIDENTS,
            "共性问题已解决",
            "您的点单所属的专题攻坚已解决，请打开查看说明；您的点单核查后请您确认。",
        ),
        Telling(Audience.LIAISONS, "专题攻坚待核查", "一项共性诉求已报告解决，请核查。"),
    ),
    MessageFailed: (
        Telling(
            Audience.LIAISONS,
            "有消息没有送到",
            "一条关于点单的消息各种方式都没有送到，请打电话或上门告知。",
        ),
    ),
    **WISHES,
    PointsAwarded: (Telling(Audience.HOLDER, "积分变动", "本次积分 {points:+d}，请打开积分明细查看。"),),
    CertificateIssued: (
        Telling(
            Audience.HOLDER, "服务证书已出具", "社区为您出具了服务证书，编号 {number}，请打开我的档案下载。"
        ),
    ),
    CertificateRevoked: (
        Telling(
            Audience.HOLDER, "服务证书已撤销", "您的服务证书（编号 {number}）已撤销，请打开我的档案查看原因。"
        ),
    ),
}
