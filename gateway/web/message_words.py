"""What pages call channels, themes, states of deliveries, and those who are told."""

from __future__ import annotations

from gateway.words import _
from services.notify.contracts import ChannelKind, DeliveryState, Language, Theme

CHANNELS = {
    ChannelKind.IN_APP: _("站内"),
    ChannelKind.WECOM: _("企业微信"),
    ChannelKind.WECHAT: _("公众号"),
    ChannelKind.EMAIL: _("邮件"),
    ChannelKind.SMS: _("短信"),
}

THEMES = {
    Theme.ORDERS: _("我的点单"),
    Theme.ASKED: _("请我办的事"),
    Theme.WORK: _("我正在办的事"),
    Theme.DESK: _("社区和督办事务"),
    Theme.POINTS: _("积分"),
    Theme.GROUPS: _("团组、投票和责任"),
}

STATES = {
    DeliveryState.WAITING: _("等待发送"),
    DeliveryState.SENDING: _("正在发送"),
    DeliveryState.SENT: _("已交给平台"),
    DeliveryState.DELIVERED: _("已送到"),
    DeliveryState.REFUSED: _("平台拒绝"),
    DeliveryState.FAILED: _("没有送到"),
    DeliveryState.SKIPPED: _("没有发送"),
}
BAD = frozenset({DeliveryState.REFUSED, DeliveryState.FAILED})
AGAIN = BAD | {DeliveryState.SKIPPED}
"""What can be sent again."""

REASONS = {
    "no address": _("没有可用的联系方式"),
    "switched off": _("本人关闭了这种消息"),
    "expired": _("过了时效"),
    "sender died": _("发送中断，不知是否送到"),
    "channel not set up": _("渠道未接入"),
}
"""Our own; a provider's is shown as it came, by its code."""

LANGUAGES = {Language.ZH: "中文", Language.EN: "English"}

AUDIENCES = {
    "residents": _("点单的群众"),
    "liaisons": _("社区联络员"),
    "supervisors": _("督办员"),
    "answerable": _("上报后负责的人"),
    "asked": _("被请的人或单位"),
    "called": _("被请来协办的单位"),
    "coming": _("领队点到的组员"),
    "acting": _("承办人"),
    "nearby": _("附近报到的党员"),
    "owner": _("专题牵头人"),
    "holder": _("积分所属的人或单位"),
    "grid_heads": _("网格长"),
    "joined": _("新组员"),
    "helper": _("包保干部"),
    "person": _("包联责任人"),
    "voters": _("有投票权的组员"),
    "wisher": _("许愿或代为征集的人"),
    "claimant": _("认领心愿的人"),
}
