"""The words of the field (FIELD.md, LOOP.md) for what the code names in English, and times as the city reads them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gateway.words import CHINESE, _, language

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

CITY = ZoneInfo("Asia/Shanghai")

STATES = {
    "collected": _("已点单"),
    "registered": _("已立项"),
    "assigned": _("已派单"),
    "acting": _("办理中"),
    "answered": _("已反馈"),
    "verified": _("已核查"),
    "published": _("公示中"),
    "closed": _("已销号"),
    "refused": _("不予受理"),
    "merged": _("已并单"),
}

WAY = ("collected", "registered", "assigned", "acting", "answered", "verified", "published", "closed")
"""The eight steps in their order."""

STEPS = {
    "order_collected": _("收到点单"),
    "order_amended": _("补充了内容"),
    "order_refused": _("不予受理"),
    "order_appealed": _("向街道申诉"),
    "order_merged": _("并入同一件事的点单"),
    "task_registered": _("立项，给出承诺时间"),
    "task_opened": _("开放抢单"),
    "task_matched": _("交系统依次派单"),
    "candidates_exhausted": _("系统已无人可派"),
    "task_assigned": _("派单"),
    "task_accepted": _("接单"),
    "offer_declined": _("未能接单，重新安排"),
    "offer_expired": _("等候接单超时，重新安排"),
    "task_released": _("放回，重新开放抢单"),
    "task_started": _("开始办理"),
    "task_returned": _("退单，重新安排"),
    "unit_named": _("查明承办单位"),
    "task_paused": _("暂停计时"),
    "task_resumed": _("恢复计时"),
    "task_answered": _("反馈办理结果"),
    "task_verified": _("核查通过"),
    "task_sent_back": _("核查不通过，继续办理"),
    "task_published": _("开始公示"),
    "task_reopened": _("没有解决，继续办理"),
    "task_closed": _("销号"),
    "task_warned": _("临近时限，提醒办理人"),
    "task_urged": _("督办"),
    "task_reminded": _("居民催单"),
    "task_escalated": _("上报上一级"),
    "task_taken_back": _("办理人离开，收回另派"),
    "task_raised": _("上报上一级"),
    "task_handed_down": _("上级交回"),
    "units_called": _("吹哨，请几个单位一起办"),
    "hand_joined": _("协办单位报到"),
    "hand_silent": _("协办单位未按时报到"),
    "hand_finished": _("协办部分办结"),
    "hand_left": _("退出协办"),
    "hand_waived": _("免除协办"),
    "slots_set": _("设岗位"),
    "slot_offered": _("邀请上岗"),
    "slot_taken": _("上岗"),
    "slot_freed": _("岗位空出"),
    "hours_logged": _("登记工时"),
    "similar_found": _("发现相似的点单"),
    "case_proposed": _("可能是共性诉求，待确认"),
    "case_opened": _("列入专题攻坚"),
    "case_left": _("移出专题攻坚，单独办理"),
    "case_progressed": _("专题攻坚有进展"),
    "case_escalated": _("专题攻坚上报上一级"),
    "case_solved": _("专题攻坚已解决"),
    "order_rated": _("居民评价"),
    "follow_up_recorded": _("回访"),
}

LOOKED_AT = {"contact": _("联系方式和地址"), "household": _("走访的住户"), "wish": _("微心愿的联系方式")}

ROLES = {
    "visitor": _("访客"),
    "code_holder": _("持查询码"),
    "signed_in": _("任何账号"),
    "resident": _("群众"),
    "matcher": _("系统派单"),
    "volunteer": _("志愿者"),
    "member": _("在职党员"),
    "team_leader": _("服务队队长"),
    "grid_worker": _("网格员"),
    "grid_head": _("网格长"),
    "grid": _("网格"),
    "liaison": _("社区联络员"),
    "unit_leader": _("单位负责人"),
    "supervisor": _("督办员"),
    "evaluator": _("考评员"),
    "operator": _("管理员"),
    "auditor": _("审计员"),
    "asked": _("受派人"),
    "acting": _("办理人"),
    "first_receiver": _("首问责任人"),
    "follow_up": _("回访"),
    "clock": _("到期自动"),
    "rule": _("派单规则"),
    "system": _("系统"),
}

GRADES = {
    "very_satisfied": _("非常满意"),
    "satisfied": _("满意"),
    "basically_satisfied": _("基本满意"),
    "dissatisfied": _("不满意"),
    "very_dissatisfied": _("非常不满意"),
}

CHANNELS = {
    "mass_meeting": _("群众会"),
    "official_account": _("公众号"),
    "community_page": _("社区网页"),
    "group_chat": _("群聊"),
    "bulletin_board": _("公告栏"),
    "hotline": _("热线"),
    "grid_visit": _("网格走访"),
    "open311": _("Open311"),
}

VISIT_KINDS = {
    "routine": _("日常走访"),
    "care": _("关爱照护"),
    "safety": _("安全检查"),
    "follow_up": _("点单回访"),
    "policy": _("政策宣传"),
}

SIGNS = {
    "fire": _("起火"),
    "gas": _("燃气泄漏"),
    "trapped": _("有人被困"),
    "fall": _("有人跌倒"),
    "unconscious": _("有人昏迷"),
    "shock": _("触电、电线断落"),
    "water": _("水管爆裂、进水"),
    "collapse": _("坍塌、坠物"),
    "hole": _("井盖缺失"),
    "violence": _("打斗、伤人"),
    "missing": _("有人走失"),
    "self_harm": _("可能轻生"),
}

URGENCIES = {
    "ordinary": _("一般"),
    "urgent": _("急"),
    "emergency": _("特急"),
}

ASPECTS = {
    "nearness": _("离得近"),
    "fairness": _("活儿均"),
    "skill": _("本领对口"),
    "familiarity": _("熟悉"),
    "record": _("办得好"),
    "wishes": _("愿意"),
}

PART_STATES = {
    "called": _("等报到"),
    "silent": _("没按时报到"),
    "joined": _("已到"),
    "done": _("办完了"),
    "left": _("退出了"),
    "waived": _("免除了"),
}

CASE_STATES = {
    "proposed": _("待确认"),
    "open": _("攻坚中"),
    "solved": _("已解决"),
    "dismissed": _("不是共性"),
}

TEAM_KINDS = {"nearness": _("就近"), "trade": _("同行"), "interest": _("同好")}
TEAM_STATES = {"proposed": _("待确认"), "standing": _("已成立"), "dissolved": _("已撤销")}
GRID_SIZES = {
    "overfull": _("人太多"),
    "underfull": _("人太少"),
    "empty": _("没有人"),
    "unstated": _("没填人数"),
    "fitting": _("合适"),
}

ALIKE = {"place": _("地点"), "thing": _("对象"), "fault": _("毛病"), "words": _("说法")}
"""What two like orders have in common."""

LEVELS = {
    "province": _("省"),
    "city": _("市"),
    "district": _("区县"),
    "street": _("街道"),
    "community": _("社区"),
    "quarter": _("片区"),
    "grid": _("网格"),
    "building_group": _("楼栋党小组"),
    "household_centre": _("党员中心户"),
}

FIGURES = {
    "units": _("参与单位"),
    "members": _("报到党员"),
    "orders": _("点单"),
    "closed": _("已销号"),
    "closed_rate": _("办结率"),
    "in_progress": _("办理中"),
    "follow_ups": _("回访"),
    "response_rate": _("响应率"),
    "solved_rate": _("解决率"),
    "satisfied_rate": _("满意率"),
    "on_time_rate": _("按时率"),
    "return_rate": _("退单率"),
    "redo_rate": _("返工率"),
}

LAPSES = {
    "silent": _("派单未答复"),
    "not_begun": _("抢单未开始"),
    "overdue": _("超时"),
    "urged": _("被督办"),
    "reminded": _("被催单"),
    "escalated": _("被上报"),
    "late": _("迟反馈"),
}


def moment(value: datetime) -> str:
    """City time, e.g. 2026年3月5日 09:30."""
    local = value.astimezone(CITY)
    return f"{date_words(local.date())} {local:%H:%M}"


def brief(value: datetime) -> str:
    """City time without the year, for lists of what is on now, e.g. 3月5日 09:30."""
    local = value.astimezone(CITY)
    if language() == CHINESE:
        return f"{local.month}月{local.day}日 {local:%H:%M}"
    return f"{local:%-d %b %H:%M}"


def day(value: datetime) -> str:
    return date_words(value.astimezone(CITY).date())


def date_words(value: date) -> str:
    if language() == CHINESE:
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {value:%b} {value.year}"


def short_day(value: date) -> str:
    """For where there is little room: 3.5 is the fifth of March."""
    return f"{value.month}.{value.day}"


def span(length: timedelta) -> str:
    """A length of time in whole units of one kind: 3 天, 5 小时, 20 分钟."""
    if length < HOUR:
        return _("{} 分钟").format(max(1, length // MINUTE))
    if length < 2 * DAY:
        return _("{} 小时").format(length // HOUR)
    return _("{} 天").format(length // DAY)


def percent(value: float | None) -> str:
    """One decimal, cut and not rounded: 100% is said only when nothing is missing."""
    if value is None:
        return "—"
    cut = math.floor(value * 1000) / 10
    return f"{cut:.1f}%" if cut % 1 else f"{cut:.0f}%"


def place(name: str) -> str:
    """A community's name as people say it: 教场社区居民委员会 is 教场社区 to those who live there."""
    return name.removesuffix("居民委员会").removesuffix("村民委员会")


def spaced(code: str) -> str:
    """A follow code in two groups of four, as it is read out."""
    plain = re.sub(r"[^0-9A-Za-z]", "", code).upper()
    return f"{plain[:4]}-{plain[4:]}"


def _named(words: dict[str, str]) -> Callable[[str], str]:
    def name(value: str) -> str:
        return words.get(value, value)

    return name


FILTERS: dict[str, Callable[..., Any]] = {
    "state": _named(STATES),
    "step": _named(STEPS),
    "role": _named(ROLES),
    "grade": _named(GRADES),
    "channel": _named(CHANNELS),
    "visit_kind": _named(VISIT_KINDS),
    "sign": _named(SIGNS),
    "urgency": _named(URGENCIES),
    "aspect": _named(ASPECTS),
    "part_state": _named(PART_STATES),
    "case_state": _named(CASE_STATES),
    "alike": _named(ALIKE),
    "team_kind": _named(TEAM_KINDS),
    "team_state": _named(TEAM_STATES),
    "grid_size": _named(GRID_SIZES),
    "level": _named(LEVELS),
    "date": date_words,
    "figure": _named(FIGURES),
    "lapse_kind": _named(LAPSES),
    "place": place,
    "moment": moment,
    "brief": brief,
    "day": day,
    "span": span,
    "percent": percent,
    "spaced": spaced,
}
