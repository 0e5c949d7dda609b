"""Words for people: what states and steps are called in a refusal, and checks of what people wrote."""

from __future__ import annotations

from services.dispatch.contracts import Bar, PartState, Slug, State
from services.dispatch.domain.transitions import Given, Step
from services.kit.outcomes import invalid as invalid

LONGEST_REASON = 500
LONGEST_ANSWER = 2000
MOST_PHOTOS = 9
LONGEST_PHOTO_REFERENCE = 200

STATE_WORDS = {
    State.COLLECTED: "已点单",
    State.REGISTERED: "已立项",
    State.ASSIGNED: "已派单",
    State.ACTING: "办理中",
    State.ANSWERED: "已反馈",
    State.VERIFIED: "已核查",
    State.PUBLISHED: "公示中",
    State.CLOSED: "已销号",
    State.REFUSED: "不予受理",
    State.MERGED: "已并单",
}

PART_WORDS = {
    PartState.CALLED: "待报到",
    PartState.SILENT: "未按时报到",
    PartState.JOINED: "已报到",
    PartState.DONE: "已办结",
    PartState.LEFT: "已退出",
    PartState.WAIVED: "已免除",
}

STEP_WORDS = {
    Step.REGISTER: "立项",
    Step.REFUSE: "不予受理",
    Step.MERGE: "并单",
    Step.APPEAL: "申诉",
    Step.ASSIGN: "派单",
    Step.OPEN: "开放抢单",
    Step.MATCH: "交系统派单",
    Step.EXHAUST: "结束系统派单",
    Step.GRAB: "抢单",
    Step.ACCEPT: "接单",
    Step.DECLINE: "谢绝派单",
    Step.EXPIRE: "逾期收回派单",
    Step.RELEASE: "放回",
    Step.START: "开始办理",
    Step.PAUSE: "暂停",
    Step.RESUME: "恢复办理",
    Step.RETURN: "退单",
    Step.NAME: "指明承办单位",
    Step.ANSWER: "反馈",
    Step.VERIFY: "核查通过",
    Step.SEND_BACK: "退回重办",
    Step.CONFIRM: "确认已解决",
    Step.REOPEN: "要求重新办理",
    Step.CLOSE: "销号",
    Step.WARN: "时限预警",
    Step.URGE: "督办",
    Step.ESCALATE: "上报",
    Step.TAKE_BACK: "收回",
    Step.RAISE: "上报",
    Step.HAND_DOWN: "交回下级",
    Step.REMIND: "催单",
    Step.CALL: "吹哨",
    Step.JOIN: "报到",
    Step.FINISH: "办结协办",
    Step.LEAVE: "退出协办",
    Step.WAIVE: "免除协办",
    Step.MISS: "记为未报到",
    Step.STAFF: "设岗位",
    Step.OFFER: "邀请上岗",
    Step.TAKE: "报名上岗",
    Step.DISMISS: "换人",
    Step.LEAD: "牵头",
    Step.BEGIN_WORK: "签到",
    Step.END_WORK: "签退",
    Step.LOG: "登记工时",
    Step.CORRECT: "更正工时",
}

UNMET: dict[Given, tuple[Slug, str]] = {
    Given.FIRST_HEARING: (Slug.ALREADY_APPEALED, "这件事已申诉过一次，以街道的处理为准"),
    Given.APPEALED: (Slug.WRONG_STATE, "这件事没有申诉"),
    Given.OPENED: (Slug.NOT_OPEN, "该任务没有开放抢单，请等社区派单"),
    Given.NOT_STARTED: (Slug.WRONG_STATE, "该任务已经开始办理"),
    Given.GRABBED: (Slug.WRONG_STATE, "这个任务不是您抢来的，不能放回；确实办不了请退单"),
    Given.RUNNING: (Slug.WRONG_STATE, "该任务已暂停，请先恢复办理"),
    Given.KEPT: (Slug.WRONG_STATE, "这个任务多次退单，已由街道兜底，只能由督办员派单"),
    Given.SHARED: (Slug.WRONG_STATE, "这件事不公开，不能开放抢单或交系统派单，请直接派给党员或单位"),
    Given.SINGLE: (Slug.WRONG_STATE, "这个任务按岗位组队，请选择一个岗位报名；已接下而办不了的请退单"),
    Given.STAFFED: (Slug.WRONG_STATE, "这个任务没有设岗位，请先设好岗位"),
    Given.SETTLED: (Slug.WRONG_STATE, "还有协办单位没有办结，请等它们办结，或请街道免除其协办后再反馈"),
    Given.BELOW_CITY: (Slug.WRONG_STATE, "这个任务已由最上一级负责，不能再上报"),
    Given.RAISED: (Slug.WRONG_STATE, "这个任务不是由下级上报来的，没有可以交回的一级"),
    Given.DESERTED: (Slug.WRONG_STATE, "办理人还在本社区，不能收回；办不了的由其退单"),
    Given.PAUSED: (Slug.WRONG_STATE, "该任务没有暂停"),
}


BAR_WORDS: dict[Bar, str] = {
    Bar.SKILL: "没有这个任务需要的专长",
    Bar.SCOPE: "报到社区不在任务所在的区县",
    Bar.DISTANCE: "离任务超过三公里，或不知道离得多远",
    Bar.LEAVE: "正在请假",
    Bar.TIME: "在承诺时限内没有足够的空闲时间，紧急任务须两小时内有空",
    Bar.CAPACITY: "手头的任务已满",
    Bar.REFUSED: "已谢绝过或退回过这个任务",
    Bar.BUDGET: "近期已派过多次，暂不再打扰",
}


def said(text: str, field: str, *, most: int = LONGEST_REASON) -> str:
    """What a person wrote, without blanks around it; refuses nothing and too much (422)."""
    words = text.strip()
    if not words:
        raise invalid(field, "请填写说明")
    if len(words) > most:
        raise invalid(field, f"最多 {most} 字，现有 {len(words)} 字")
    return words


def said_if_any(text: str | None, field: str) -> str | None:
    return said(text, field) if text and text.strip() else None


def pictured(photos: tuple[str, ...]) -> tuple[str, ...]:
    """References of photos as given; refuses more than nine and what cannot be a reference (422)."""
    if len(photos) > MOST_PHOTOS:
        raise invalid("photos", f"最多 {MOST_PHOTOS} 张照片")
    if any(not photo.strip() or len(photo) > LONGEST_PHOTO_REFERENCE for photo in photos):
        raise invalid("photos", "照片编号有误，请重新上传")
    return photos
