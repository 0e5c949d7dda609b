"""The table's words in English, by the Chinese ones."""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    # New orders, for the community
    "{urgency}点单待受理": "{urgency} order to be taken in",
    "本社区有一条新的点单，请及时受理。": "Your community has a new order. Please take it in soon.",
    "点单有补充": "An order was added to",
    "点单有新的补充，请打开查看。": "Something was added to an order. Please open it.",
    "点单未予受理": "Your order was not accepted",
    "您的点单未予受理，请打开查看理由。如不认可，可向街道申诉一次。": (
        "Your order was not accepted. Please open it for the reason. You may appeal once to the street."
    ),
    "有群众申诉": "A resident appeals",
    "一条未予受理或被并单的点单有申诉，请复核。": "There is an appeal about an order that was refused or merged. Please review it.",
    "点单已合并办理": "Your order was merged",
    "您的点单已与同一问题的点单合并办理，进展照常告知您。如不认可，可向街道申诉一次。": (
        "Your order is handled together with others about the same problem; you will hear of its progress as before."
        " You may appeal once to the street."
    ),
    "点单并入您的任务": "An order joined your task",
    "又有一条点单并入您办理的任务，请打开查看，一并办理。": "One more order joined a task of yours. Please open it and handle both.",
    # Steps that the resident sees
    "点单已立项": "Your order was registered",
    "您的点单已立项，承诺 {promised_at:day} 前答复。": "Your order was registered. An answer is promised by {promised_at:day}.",
    "点单已有人接单": "Somebody took your order",
    "您的点单已有人接单，正在办理。": "Somebody took your order and is working on it.",
    "点单已开始办理": "Work on your order began",
    "承办人已开始现场办理您的点单。": "Work on your order has begun on the spot.",
    "点单暂缓办理": "Your order is on hold",
    "您的点单暂缓办理，请打开查看原因。": "Your order is on hold. Please open it for the reason.",
    "点单恢复办理": "Your order goes on",
    "您的点单已恢复办理，承诺 {promised_at:day} 前答复。": "Work on your order goes on. An answer is promised by {promised_at:day}.",
    "点单已反馈": "Your order was answered",
    "您的点单已有办理反馈，等待社区核查。": "Your order was answered; the community will check the result.",
    "请确认是否解决": "Is it solved? Please confirm",
    "您的点单已通过核查，请在 {objections_until:minute} 前确认是否解决并评价。": (
        "Your order passed the check. Please say by {objections_until:minute} whether it is solved, and rate it."
    ),
    "点单公示中": "The result is on public notice",
    "您的点单办理结果正在公示，至 {until:minute} 止。": "The result of your order is on public notice until {until:minute}.",
    "点单重新办理": "Your order was reopened",
    "您的点单将继续办理。": "Work on your order will go on.",
    "点单已销号": "Your order was closed",
    "您的点单公示期满，已销号。如有新的问题，欢迎再次点单。": (
        "The public notice is over and your order is closed. If something new comes up, please place another."
    ),
    # Being asked
    "有任务可以接单": "A task is open",
    "您报到的区域有一项任务开放抢单，请打开查看。": "A task is open to be taken where you are checked in. Please open it.",
    "任务已交系统派单": "The matcher is asking",
    "一项任务由系统按排名依次询问，合适的共 {found} 个，每次问 {wave} 个。": (
        "The system asks those who suit a task best, {wave} at a time; there are {found}."
    ),
    "系统已无人可派": "The matcher has nobody left",
    "一项任务问过排名上的党员、单位或团组，暂无人接单，请另行安排。": "Everybody on the list was asked for a task, and nobody took it. Please arrange it.",
    "有任务派给您": "You are asked to take a task",
    "请在 {hold_until:minute} 前答复是否接单。": "Please answer by {hold_until:minute} whether you take it.",
    "团组派您上岗": "Your team sends you",
    "您所在的团组接下一项任务，请您参加，请打开查看。": "Your team took a task and asks you to take part. Please open it.",
    "任务已接单": "A task was taken",
    "本社区的一项任务已有人接单。": "A task of your community was taken.",
    "任务已由他人接下": "Somebody else took the task",
    "同时询问过您的一项任务已有人接下，您不必再答复，谢谢。": (
        "A task that you were asked for together with others was taken. You need not answer any more; thank you."
    ),
    "任务被婉拒": "A task was declined",
    "派出的任务对方未接单，请另行安排。": "A task that you offered was declined. Please arrange it otherwise.",
    "派单超时未答复": "An offer was not answered",
    "派出的任务到时未得到答复，请另行安排。": "A task that you offered was not answered in time. Please arrange it otherwise.",
    "派单已收回": "An offer was taken back",
    "派给您的任务到时未答复，已由社区收回。": "A task offered to you was not answered in time and was taken back.",
    "任务已放回": "A task was put back",
    "您抢到的任务到时没有开始办理，已放回，其他党员可以接单。": (
        "A task that you took was not begun in time and was put back for others to take."
    ),
    "抢到的任务被放回": "A taken task was put back",
    "一项抢到的任务没有开始办理就放回了，已重新开放抢单。": "A task was put back before work began, and is open again.",
    "已查明承办单位": "It is known whose the task is",
    "退单的首问单位已指明一项任务是哪个单位的职责，请打开查看并派单。": (
        "Whoever returned a task has found out whose affair it is. Please open it and assign it."
    ),
    "任务被退回": "A task was returned",
    "一项任务被退单，请打开查看原因并另行安排。": "A task was returned. Please open it for the reason and arrange it otherwise.",
    # Work and its clocks
    "任务暂缓办理": "A task is on hold",
    "一项任务暂缓办理，请打开查看原因。": "A task is on hold. Please open it for the reason.",
    "任务恢复计时": "The clock runs again",
    "您暂停的任务已到最迟恢复时间，恢复计时，请继续办理。": "The pause of your task is over and its clock runs again. Please go on.",
    "任务待核查": "A task is to be checked",
    "一项任务已反馈办理结果，请核查。": "The result of a task was reported. Please check it.",
    "任务核查未通过": "The check was not passed",
    "核查未通过，请打开查看原因并继续办理。": "Your result did not pass the check. Please open it for the reason and go on.",
    "任务重新办理": "A task was reopened",
    "群众反映问题尚未解决，请继续办理。": "The resident says that it is not solved yet. Please go on.",
    "一项任务因问题尚未解决重新办理。": "A task was reopened because it is not solved yet.",
    "任务已销号": "A task was closed",
    "您办理的任务公示期满，已销号。": "The public notice is over and your task is closed.",
    "任务临近时限": "A task is nearly due",
    "您办理的任务时限已过四分之三，承诺 {promised_at:minute} 前答复。": (
        "Three quarters of the time for your task are over; an answer is promised by {promised_at:minute}."
    ),
    "任务被督办": "A task is urged",
    "您办理的任务被督办（第 {count} 次），请尽快办理。": "Your task is urged (no. {count}). Please act soon.",
    "本社区的一项任务被督办（第 {count} 次），请跟进。": "A task of your community is urged (no. {count}). Please see to it.",
    "群众催单": "The resident reminds",
    "群众催办您承办的任务（第 {count} 次），请尽快办理并反馈。": "The resident reminds you of a task (no. {count}). Please act and report.",
    "群众催办本社区的一项任务（第 {count} 次），请跟进。": "The resident reminds your community of a task (no. {count}). Please see to it.",
    "任务上报": "A task was escalated",
    "一项任务未能按时办理或多次退单，已上报到您这一级，请过问。": (
        "A task was late or returned several times and was escalated to your level. Please look into it."
    ),
    "任务已收回": "A task was taken back",
    "您离开时还在办的一项任务，社区已收回另派，谢谢您。": (
        "A task that you still had when you left was taken back by the community. Thank you."
    ),
    "本社区的一项任务因办理人离开已收回，请另行安排。": (
        "A task of your community was taken back, since whoever had it has left. Please ask somebody else."
    ),
    "下级上报一项任务": "A task was passed up to you",
    "一项任务由下级上报到您这一级，请打开查看原因并安排。": (
        "A task was passed up to your level. Please open it to see why, and arrange what follows."
    ),
    "本社区的一项任务已上报上级，请打开查看原因。": (
        "A task of your community was passed up. Please open it to see why."
    ),
    "上级交回一项任务": "A task was given back to you",
    "您上报的一项任务已交回，请打开查看原因并继续办理。": (
        "A task that you passed up was given back. Please open it to see why, and go on with it."
    ),
    "任务已交回": "A task was given back",
    "上级把本社区的一项任务交回下级，请打开查看原因。": (
        "A level above gave a task of your community back. Please open it to see why."
    ),
    "任务已上报": "A task was escalated",
    "本社区的一项任务未能按时办理或多次退单，已上报上级。": (
        "A task of your community was late or returned several times and was escalated."
    ),
    # Firms, places, teams
    "包保企业有变动": "Your firms have changed",
    "您包保的企业有变动，请打开查看。": "The firms that you help have changed. Please open the list.",
    "您有新的包联责任": "A place is yours to answer for",
    "您已被指定为一个地方的包联责任人，请打开查看。": "You were named as the one who answers for a place. Please open it.",
    "包联责任已解除": "A place is no longer yours",
    "您对一个地方的包联责任已解除，请打开查看。": "You no longer answer for a place. Please open it.",
    "请推选领队": "Please elect a leader",
    "您所在的团组正在推选领队，请打开投票。一人一票，不记名。": "Your team elects its leader. Please open it and vote: one vote each, secret.",
    "领队推选结束": "The election is over",
    "您所在团组的领队推选已经计票，请打开查看结果。": "The votes of your team were counted. Please open the result.",
    "网格来了新成员": "Your grid has new members",
    "您的网格分来 {member_ids} 名在职党员，请在党员名册中查看，及时联系。": (
        "{member_ids} in-service members were assigned to your grid. Please find them on the list and get in touch."
    ),
    "您已编入团组": "You are in a team",
    "您已编入一个志愿服务团组，请打开查看成员和领队。": "You were put into a volunteer team. Please open it to see members and leader.",
    # Joint work
    "街道吹哨，请来报到": "The street calls you in",
    "一项任务请贵单位协办，请在 {report_by:minute} 前报到。": "Your unit is asked to help with a task. Please report by {report_by:minute}.",
    "有单位来协办": "Units come to help",
    "街道已为您牵头的任务请来协办单位，请打开查看。": "The street called units to help with the task that you lead. Please open it.",
    "街道已吹哨": "The street called units in",
    "本社区的一项任务由街道吹哨，请几个单位一起办。": "For a task of your community the street called several units in.",
    "协办已报到": "A helper has reported",
    "您牵头的任务有一方已报到，请联系一起办理。": "A helper has reported for the task that you lead. Please get in touch.",
    "吹哨已有报到": "Your call was answered",
    "您吹哨的任务有一方已报到。": "Somebody has reported for the task that you called for.",
    "请尽快报到": "Please report soon",
    "请贵单位协办的任务已过报到时限，请尽快报到或说明原因。": (
        "The time to report for a task is over. Please report soon, or say why you cannot."
    ),
    "吹哨后未报到": "A call was not answered",
    "有单位没有按时报到，请催办、另请单位，或免除其协办。": "A unit did not report in time. Please urge it, call another, or release it.",
    "协办单位未报到": "A helper did not report",
    "您牵头的任务有一方没有按时报到，街道已知晓。": "A helper did not report in time for the task that you lead; the street knows.",
    "协办部分已办结": "A part is done",
    "您牵头的任务有一方办完了它的部分，请打开查看。": "A helper finished their part of the task that you lead. Please open it.",
    "有单位退出协办": "A helper has left",
    "吹哨的任务有一方退出，请打开查看原因并作安排。": "A helper left a task that you called for. Please open it for the reason and arrange it.",
    "您牵头的任务有一方退出，请打开查看原因。": "A helper left the task that you lead. Please open it for the reason.",
    "已免除协办": "You are released",
    "街道已免除贵单位在一项任务中的协办，请打开查看说明。": "The street released your unit from helping with a task. Please open it.",
    "任务已设岗位": "A task has its slots",
    "本社区的一项任务设好了岗位，等人上岗。": "The slots of a task of your community are set and wait for people.",
    "工时已更正": "Your hours were corrected",
    "您在一项任务中的工时改为 {minutes} 分钟，请打开查看说明。": "Your time on a task is now {minutes} minutes. Please open it for the reason.",
    "请您上岗": "You are asked to take a slot",
    "一项任务请您担任「{slot}」，请在 {report_by:minute} 前答复。": "A task asks you to be “{slot}”. Please answer by {report_by:minute}.",
    "您已上岗": "You have a slot",
    "您已列入一项任务的「{slot}」岗位，请打开查看。": "You are “{slot}” in a task. Please open it.",
    "有人上岗": "A slot was taken",
    "本社区一项任务的「{slot}」岗位有人上岗。": "The slot “{slot}” of a task of your community was taken.",
    "岗位空出": "A slot is free",
    "本社区一项任务的「{slot}」岗位空出，请另行安排。": "The slot “{slot}” of a task of your community is free. Please arrange it.",
    "岗位已收回": "Your slot was taken back",
    "您在一项任务中的「{slot}」岗位已收回，请打开查看原因。": "Your slot “{slot}” in a task was taken back. Please open it for the reason.",
    # Cases
    "可能是共性诉求": "A common demand, perhaps",
    "本社区有几条未办结的点单很像同一件事，请查看后确认立为专题攻坚，或予以撤销。": (
        "Several open orders of your community look like the same thing. Please make a case of them, or dismiss it."
    ),
    "点单列入专题攻坚": "Your order is part of a case",
    "多位居民反映了同一件事，您的点单已列入专题集中解决，进展照常告知您。": (
        "Several residents told of the same thing. Your order is solved together with theirs; you will hear of its progress."
    ),
    "有专题攻坚由您负责": "A case is yours",
    "一项共性诉求由您牵头解决，请打开查看计划和点单。": "You lead the solving of a common demand. Please open its plan and orders.",
    "专题攻坚有进展": "The case moves on",
    "您的点单所属的专题攻坚有新的进展，请打开查看。": "There is news of the case that your order is part of. Please open it.",
    "共性诉求上报": "A case was escalated",
    "一项共性诉求已上报到您这一级，请过问。": "A common demand was escalated to your level. Please look into it.",
    "专题攻坚已上报": "The case was escalated",
    "您的点单所属的专题攻坚已上报上级协调。": "The case that your order is part of was escalated.",
    "共性问题已解决": "The common problem is solved",
    "您的点单所属的专题攻坚已解决，请打开查看说明；您的点单核查后请您确认。": (
        "The case that your order is part of is solved. Please open it; once your order is checked you are asked to confirm."
    ),
    "专题攻坚待核查": "A case is to be checked",
    "一项共性诉求已报告解决，请核查。": "A common demand was reported as solved. Please check it.",
    # Points, and messages that did not arrive
    "积分变动": "Your points have changed",
    "本次积分 {points:+d}，请打开积分明细查看。": "This time {points:+d} points. Please open the ledger.",
    "有消息没有送到": "A message did not arrive",
    "一条关于点单的消息各种方式都没有送到，请打电话或上门告知。": (
        "A message about an order arrived on no channel. Please call or visit the person."
    ),
    # Small wishes
    "有微心愿待审核": "A small wish to be checked",
    "本社区新征集到一个微心愿，请审核后上心愿墙。": (
        "Your community has a new small wish. Please check it for the wall."
    ),
    "心愿上墙了": "Your wish is on the wall",
    "您的微心愿通过了审核，已挂上心愿墙，等人来圆。": (
        "Your wish was checked and hangs on the wall for somebody to fulfil."
    ),
    "心愿没有上墙": "Your wish is not on the wall",
    "您的微心愿没有上心愿墙，请打开查看理由。": (
        "Your wish was not put on the wall. Please open it for the reason."
    ),
    "微心愿已撤回": "A wish was withdrawn",
    "本社区的一个微心愿由本人撤回。": "A small wish of your community was withdrawn.",
    "有人来圆心愿了": "Somebody claimed your wish",
    "您的微心愿有人认领，对方会在 {until:day} 前联系办好。": (
        "Somebody claimed your wish and will see to it by {until:day}."
    ),
    "微心愿被认领": "A wish was claimed",
    "本社区的一个微心愿有人认领，{until:day} 前没有完成会回到心愿墙。": (
        "A small wish of your community was claimed. If it is not fulfilled by {until:day}, it hangs on the wall again."
    ),
    "认领到期了": "Your claim ran out",
    "您认领的微心愿到期没有完成，已回到心愿墙，由别人接着圆。": (
        "The wish that you claimed was not fulfilled in time and hangs on the wall again for others."
    ),
    "心愿回到心愿墙": "Your wish is on the wall again",
    "认领您心愿的人没能完成，心愿又挂上墙，等别人来圆。": (
        "Whoever claimed your wish could not fulfil it. It hangs on the wall again."
    ),
    "微心愿回到心愿墙": "A wish is on the wall again",
    "本社区的一个微心愿认领后没有完成，又挂上了心愿墙。": (
        "A small wish of your community was claimed and not fulfilled, and hangs on the wall again."
    ),
    "心愿圆了吗？请确认": "Was your wish fulfilled? Please confirm",
    "认领的人说您的微心愿已经完成，请打开确认，或请他继续。": (
        "Whoever claimed your wish says that it is done. Please open it to confirm, or to ask them to go on."
    ),
    "微心愿待确认": "A wish to be confirmed",
    "本社区的一个微心愿报告完成，请帮忙确认。": (
        "A small wish of your community was reported as done. Please help to confirm it."
    ),
    "心愿还没有圆": "The wish is not fulfilled yet",
    "您报告的微心愿还没有完成，请打开查看，{until:day} 前办好。": (
        "The wish that you reported is not fulfilled yet. Please open it, and see to it by {until:day}."
    ),
    "心愿圆了，谢谢您": "The wish is fulfilled, thank you",
    "您认领的微心愿已确认完成，感谢的话在心愿墙上。": (
        "The wish that you claimed was confirmed as fulfilled. Words of thanks are on the wall."
    ),
    "心愿圆了": "Your wish is fulfilled",
    "您的微心愿已确认完成。": "Your wish was confirmed as fulfilled.",
    "认领人看了联系方式": "Your contact was looked at",
    "认领您心愿的人查看了联系方式，用途已记录，请留意来电来访。": (
        "Whoever claimed your wish looked at how to reach you; the purpose is recorded. Please expect a call or a visit."
    ),
    "服务证书已出具": "Your certificate of service is issued",
    "社区为您出具了服务证书，编号 {number}，请打开我的档案下载。": (
        "The community issued you a certificate of service, number {number}. Please download it from your file."
    ),
    "服务证书已撤销": "Your certificate of service is revoked",
    "您的服务证书（编号 {number}）已撤销，请打开我的档案查看原因。": (
        "Your certificate of service, number {number}, was revoked. Please see the reason in your file."
    ),
}
