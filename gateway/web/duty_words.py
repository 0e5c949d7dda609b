"""The Chinese words of work: what scores are made of, why work pauses or is given back, what posts and promises are called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from gateway.web.labels import CITY
from gateway.words import CHINESE, _, language
from services.members.contracts import DOING_KINDS, JOINT_FIELDS

WEEKDAYS = {1: _("周一"), 2: _("周二"), 3: _("周三"), 4: _("周四"), 5: _("周五"), 6: _("周六"), 7: _("周日")}

ASPECTS = {
    "nearness": _("离得近"),
    "fairness": _("轮得到"),
    "skill": _("专长对口"),
    "familiarity": _("熟悉这里"),
    "record": _("办事稳当"),
    "wishes": _("合您的意愿"),
}

ASPECT_MEANINGS = {
    "nearness": _("按您登记的大致位置到这里的距离"),
    "fairness": _("手上的活比别人少，分数就高"),
    "skill": _("任务要的专长，您有没有"),
    "familiarity": _("以前在这个社区办过多少事"),
    "record": _("接了的单按时办完的多少"),
    "wishes": _("和您登记的服务意愿合不合"),
}

PAUSES = {
    "material": _("等材料"),
    "resident": _("等居民"),
    "department": _("等其他部门"),
    "weather": _("等天气"),
    "other": _("其他"),
}

RETURNS = {
    "not_ours": _("不归我管"),
    "cannot": _("办不了"),
    "needs_skill": _("要别的专长"),
    "safety": _("不安全"),
    "other": _("其他"),
}

PARTS = {
    "called": _("等报到"),
    "silent": _("没有按时报到"),
    "joined": _("在办"),
    "done": _("办完了"),
    "left": _("退出了"),
    "waived": _("不用办了"),
}

URGENCIES = {"ordinary": _("一般"), "urgent": _("紧急"), "emergency": _("特急")}

POSTS = {
    "policy": _("政策宣讲"),
    "safety": _("治安巡逻"),
    "mediation": _("矛盾调解"),
    "environment": _("环境整治"),
    "care": _("关爱帮扶"),
    "convenience": _("便民服务"),
    "culture": _("文体活动"),
    "oversight": _("民主监督"),
    "other": _("其他"),
}

ITEMS = {"open": _("未到期"), "overdue": _("过期未办"), "done": _("按期办完"), "late": _("过期办完")}

LAPSES = {
    "silent": _("派单没有答复"),
    "not_begun": _("抢到没有开始"),
    "overdue": _("过了承诺时间"),
    "urged": _("被督办"),
    "reminded": _("居民催单"),
    "escalated": _("上报上一级"),
    "late": _("迟反馈"),
}

POINT_RULES = {
    "accepted_grab": _("抢单接单"),
    "answered_on_time": _("按时反馈"),
    "closed": _("办结销号"),
    "closed_unit": _("单位办结"),
    "closed_team": _("团组办结，按工时分"),
    "closed_joint": _("协办办结"),
    "very_satisfied": _("居民非常满意"),
    "dissatisfied": _("居民不满意"),
    "very_dissatisfied": _("居民非常不满意"),
    "returned": _("退单"),
    "wish_fulfilled": _("圆了微心愿"),
    "wish_fulfilled_unit": _("单位圆了微心愿"),
}

KILOMETRE = 1000

TEAMS = {"nearness": _("就近"), "trade": _("同行"), "interest": _("同好")}

BALLOTS = {"open": _("正在投票"), "elected": _("已选出"), "tied": _("票数并列"), "void": _("人数不够，作废")}


def distance(metres: int | None) -> str:
    """Rough, as people say it: 300 米, 1.2 公里."""
    if metres is None:
        return _("不知道多远")
    if metres < KILOMETRE:
        return _("约 {} 米").format(max(100, round(metres, -2)))
    return _("约 {} 公里").format(f"{metres / KILOMETRE:.1f}")


def clock_time(value: datetime) -> str:
    """City time with the day, short: 3月5日 09:30."""
    local = value.astimezone(CITY)
    return f"{short_date(local.date())} {local:%H:%M}"


def short_date(value: date) -> str:
    """Without the year: 3月5日, 5 Mar."""
    return f"{value.month}月{value.day}日" if language() == CHINESE else f"{value.day} {value:%b}"


def hours(minutes: int) -> str:
    """Working time: 2 小时 30 分."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return _("{} 分钟").format(rest)
    return _("{} 小时 {} 分").format(whole, rest) if rest else _("{} 小时").format(whole)


def _named(words: dict[str, str]) -> Callable[[str], str]:
    def name(value: str) -> str:
        return words.get(value, value)

    return name


FILTERS: dict[str, Callable[..., Any]] = {
    "aspect": _named(ASPECTS),
    "aspect_meaning": _named(ASPECT_MEANINGS),
    "pause_kind": _named(PAUSES),
    "return_kind": _named(RETURNS),
    "part_state": _named(PARTS),
    "urgency": _named(URGENCIES),
    "post_kind": _named(POSTS),
    "item_state": _named(ITEMS),
    "lapse": _named(LAPSES),
    "point_rule": _named(POINT_RULES),
    "team_kind": _named(TEAMS),
    "ballot_state": _named(BALLOTS),
    "joint_field": _named({str(field): words for field, words in JOINT_FIELDS.items()}),
    "doing_kind": _named({str(kind): words for kind, words in DOING_KINDS.items()}),
    "distance": distance,
    "clock_time": clock_time,
    "short_date": short_date,
    "hours": hours,
}
