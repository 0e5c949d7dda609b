"""What goes wrong, told in one form: application/problem+json (RFC 9457), in words that a person can act on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from gateway.words import _
from services.kit.outcomes import Refused

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """One kind of problem: ``title`` is short and always the same, ``meaning`` says what to do."""

    title: str
    meaning: str


class Problem(Exception):  # noqa: N818 - the standard's word for it
    """Raised wherever a request cannot be answered as asked; ``errors`` are pairs of field and message."""

    def __init__(
        self,
        slug: str,
        status: int,
        detail: str,
        *,
        errors: tuple[tuple[str, str], ...] = (),
        facts: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.slug = slug
        self.status = status
        self.detail = detail
        self.errors = errors
        self.facts = facts or {}
        self.headers = headers or {}

    def body(self, *, instance: str, correlation: str) -> dict[str, Any]:
        """The members of RFC 9457, section 3.1, then ours."""
        told = {
            "type": f"/problems/{self.slug}",
            "title": str(kind_of(self.slug).title),
            "status": self.status,
            "detail": str(self.detail),
            "instance": instance,
            "correlation": correlation,
        }
        if self.errors:
            told["errors"] = [{"field": name, "message": str(message)} for name, message in self.errors]
        return {**self.facts, **told}


def respond(problem: Problem, *, instance: str, correlation: str) -> Response:
    body = json.dumps(problem.body(instance=instance, correlation=correlation), ensure_ascii=False)
    return Response(body, problem.status, dict(problem.headers), content_type=CONTENT_TYPE)


def from_refused(refused: Refused) -> Problem:
    errors = ((refused.field, refused.message),) if refused.field else ()
    headers = {}
    if "retry_after" in refused.facts:
        headers["Retry-After"] = str(refused.facts["retry_after"])
    return Problem(
        refused.slug, refused.status, refused.message, errors=errors, facts=refused.facts, headers=headers
    )


def problem_of(wrong: Refused | Problem) -> Problem:
    return from_refused(wrong) if isinstance(wrong, Refused) else wrong


def unavailable(retry_after: float) -> Problem:
    return Problem(
        "unavailable",
        503,
        _("系统暂时繁忙，您的操作没有生效，请稍后再试"),
        headers={"Retry-After": str(max(1, round(retry_after)))},
    )


def from_http(error: HTTPException) -> Problem:
    """Our words for what the HTTP layer found: no such address, a wrong method, a body too large."""
    status = error.code or 500
    slug = _SLUG_OF_STATUS.get(status, "bad-request")
    headers = {name: value for name, value in error.get_headers() if name.lower() == "allow"}
    return Problem(slug, status, kind_of(slug).meaning, headers=headers)


def invalid(errors: tuple[tuple[str, str], ...], *, status: int = 422) -> Problem:
    return Problem("invalid", status, _("填写的内容有误，请按提示修改"), errors=errors)


def kind_of(slug: str) -> Kind:
    return KINDS.get(slug, Kind(_("不能办理"), _("请按返回的说明修改后再试。")))


_SLUG_OF_STATUS = {404: "not-found", 405: "method-not-allowed", 413: "too-large", 415: "not-json"}

KINDS: dict[str, Kind] = {
    "already-appealed": Kind(_("已经申诉过"), _("每张点单可以向街道申诉一次，结果以街道答复为准。")),
    "not-reported": Kind(_("还没有报到"), _("单位还没有到社区报到，请先办理报到。")),
    "no-such-certificate": Kind(_("没有这张证书"), _("请核对证书编号，数字和字母都要对上。")),
    "nothing-to-certify": Kind(_("没有可以证明的"), _("这段时间没有办结的任务，请换一段时间。")),
    "already-revoked": Kind(_("已经撤销"), _("这张证书已经撤销，不能再撤销一次。")),
    "already-reported": Kind(_("已经报告过"), _("这段时间的报告已经交过；新的一段时间请另交一份。")),
    "checked-out": Kind(_("已注销报到"), _("该党员已注销报到；如需恢复，请重新办理报到。")),
    "already-checked-in": Kind(_("已经报到"), _("该党员已在社区报到，变更社区请联系社区联络员。")),
    "already-claimed": Kind(_("心愿已有人认领"), _("这个心愿刚刚被别人认领了，请看看附近的其他心愿。")),
    "already-done": Kind(_("已登记完成"), _("这一项已经登记过完成情况，以第一次登记为准。")),
    "already-voted": Kind(_("已经投过票"), _("一人一票，投出后不能更改。")),
    "already-paired": Kind(_("已经结对"), _("结对是一对一的，请先结束原来的结对。")),
    "already-rated": Kind(_("已经评价过"), _("这张点单已经评价过。")),
    "already-taken": Kind(_("已被他人接单"), _("任务刚刚被别人接走，请看看其他任务。")),
    "ballot-closed": Kind(_("投票已结束"), _("请查看投票结果。")),
    "ballot-open": Kind(_("投票还在进行"), _("请先结束上一轮投票。")),
    "bad-request": Kind(_("请求有误"), _("请求的格式不对，请检查后再试。")),
    "claim-limit": Kind(_("认领的心愿已到上限"), _("请先完成或放回手上的一个心愿，再认领新的。")),
    "code-expired": Kind(_("验证码已过期"), _("请重新获取验证码。")),
    "code-wrong": Kind(_("验证码不对"), _("请核对短信里的六位数字。")),
    "cross-site": Kind(_("来源不明的提交"), _("请从本站页面提交表单。")),
    "grab-limit": Kind(_("抢单已到上限"), _("请先办完手上抢到的任务，或稍后再抢。")),
    "firm-known": Kind(_("企业已登记"), _("本社区已有这个名称的企业，请查找后修改。")),
    "help-ended": Kind(_("帮扶已结束"), _("请看看其他帮扶。")),
    "idempotency-key-reused": Kind(
        _("重复的提交标记"), _("同一个 Idempotency-Key 已用于另一份内容，请换一个新的标记。")
    ),
    "internal": Kind(_("系统出错"), _("系统内部出错，已记录。请稍后再试，或把编号告诉管理员。")),
    "invalid": Kind(_("内容有误"), _("请按每一项的提示修改后再提交。")),
    "method-not-allowed": Kind(_("不支持的操作"), _("这个地址不支持这种操作，Allow 里列出了支持的操作。")),
    "name-taken": Kind(_("登录名已被使用"), _("请换一个登录名。")),
    "no-candidates": Kind(_("没有合适的接单人"), _("请放宽要求后再匹配，或派给单位。")),
    "no-orders-behind": Kind(_("没有对应的点单"), _("单位数和党员数统计的是人和单位，不对应点单。")),
    "no-such-account": Kind(_("没有这个账号"), _("请核对账号。")),
    "no-such-ballot": Kind(_("没有这次投票"), _("请核对投票编号。")),
    "no-such-case": Kind(_("没有这个共性诉求"), _("请核对编号；提议被撤销后也不再显示。")),
    "no-such-client": Kind(_("没有这个接口密钥"), _("请核对密钥，或向区县的系统管理员申请。")),
    "no-such-community": Kind(_("没有这个社区"), _("请从列表中选择社区。")),
    "no-such-day": Kind(_("这一天没有另行设置"), _("请打开工作日历，查看另行设置过的日子。")),
    "no-such-feed": Kind(_("没有这个日历"), _("地址可能已经停用，请本人到“我的档案”里重新生成。")),
    "no-such-firm": Kind(_("没有这家企业"), _("请核对企业编号。")),
    "no-such-hand": Kind(_("没有这个接单人"), _("请从名册中选择党员或单位。")),
    "no-such-slot": Kind(_("没有这个岗位"), _("请打开任务，从岗位中选择。")),
    "slot-full": Kind(_("岗位已满"), _("请看看其他岗位或任务。")),
    "last-of-team": Kind(_("没有接替的人"), _("请先安排接替的人到岗，或者退单。")),
    "no-such-part": Kind(_("没有参与这个任务"), _("请打开任务，从参与的单位和党员中选择。")),
    "no-such-help": Kind(_("没有这份帮扶"), _("请核对编号。")),
    "no-such-import": Kind(_("没有这次导入"), _("请核对导入编号。")),
    "no-such-member": Kind(_("没有这位党员"), _("请核对党员编号。")),
    "no-such-delivery": Kind(_("没有这次发送"), _("请核对编号；已送到的消息和验证码不能重发。")),
    "no-such-message": Kind(_("没有这条消息"), _("消息可能已被删除。")),
    "no-such-node": Kind(_("没有这个地方"), _("请核对区划代码。")),
    "no-such-order": Kind(_("没有这张点单"), _("请核对查询码或点单编号。")),
    "no-such-pairing": Kind(_("没有这个结对"), _("请核对结对编号和项号。")),
    "no-such-post": Kind(_("没有这个岗位"), _("请核对岗位编号。")),
    "no-photos": Kind(_("不收照片"), _("这里没有开通照片，请用文字说明。")),
    "no-such-photo": Kind(_("没有这张照片"), _("照片不存在，或者您无权查看。")),
    "not-a-photo": Kind(
        _("需要照片"),
        _("请用 multipart/form-data 上传，文件在 file 中；或直接以 JPEG、PNG、WebP 图片为内容。"),
    ),
    "no-such-promise": Kind(_("没有这份承诺"), _("请核对承诺编号和项号。")),
    "no-such-rule": Kind(_("没有另行设置"), _("这个地方沿用上级的规则。")),
    "no-such-responsibility": Kind(_("没有这项包联责任"), _("请核对编号。")),
    "no-such-template": Kind(_("没有这种消息"), _("请从消息文案的列表里选择。")),
    "no-such-task": Kind(_("没有这个任务"), _("刚提交的点单请稍候再试。")),
    "no-such-team": Kind(_("没有这个团组"), _("团组可能已解散，请核对编号。")),
    "no-such-unit": Kind(_("没有这个单位"), _("请核对单位编号。")),
    "no-such-visit": Kind(_("没有这次走访"), _("请核对走访编号。")),
    "no-such-wish": Kind(_("没有这个心愿"), _("请核对编号；没有上墙的心愿只有本人和社区看得到。")),
    "not-allowed": Kind(_("没有权限"), _("您的角色不能在这里做这件事。")),
    "not-found": Kind(_("没有这个页面"), _("请核对地址。")),
    "not-json": Kind(_("需要 JSON"), _("请用 Content-Type: application/json 提交。")),
    "not-ours": Kind(_("链接或回执无法识别"), _("请从邮件里重新打开链接；回执地址请向管理员核对。")),
    "not-matched": Kind(_("还没有匹配过"), _("请先为这个任务匹配接单人。")),
    "not-open": Kind(_("不在抢单中"), _("这个任务没有开放抢单。")),
    "order-ended": Kind(_("点单已办结"), _("已办结的点单不能再补充，需要时请重新点单。")),
    "order-in-case": Kind(_("已在另一个共性诉求里"), _("请先从原来的共性诉求里移出。")),
    "out-of-scope": Kind(_("不在您的范围内"), _("这个任务开放给其他社区或其他专长的党员。")),
    "pairing-ended": Kind(_("结对已结束"), _("请看看其他结对。")),
    "post-closed": Kind(_("岗位已撤销"), _("请看看其他岗位。")),
    "post-full": Kind(_("岗位名额已满"), _("请看看其他岗位。")),
    "post-unfit": Kind(_("岗位不合适"), _("这个岗位由其他地方、其他专长的党员或指定的党员认领。")),
    "rules-changed": Kind(_("规则刚被改过"), _("请刷新，看过最新的规则后再改。")),
    "same-order": Kind(_("同一张点单"), _("点单不能并入它自己。")),
    "session-ended": Kind(_("登录已失效"), _("请重新登录。")),
    "sign-in-required": Kind(_("需要登录"), _("请先登录，或填写点单查询码。")),
    "team-dissolved": Kind(_("团组已解散"), _("请看看其他团组。")),
    "too-early": Kind(_("还不到时候"), _("点单有了进展之后才能做这一步。")),
    "too-large": Kind(_("内容太大"), _("请缩短内容或换小一些的文件。")),
    "too-late": Kind(_("已过时限"), _("现在不能再改了，请另记一次。")),
    "too-many-posts": Kind(_("认领的岗位太多"), _("请先退出一个岗位，再认领新的。")),
    "too-many-tries": Kind(_("操作太频繁"), _("请稍等片刻再试。")),
    "unavailable": Kind(_("暂时不能办理"), _("系统暂时繁忙，请稍后再试。您的操作没有生效。")),
    "wish-moved-on": Kind(_("心愿已到另一步"), _("心愿的状态已经变化，请刷新后再操作。")),
    "wrong-credentials": Kind(_("登录名或密码不对"), _("请核对后再试。")),
    "wrong-state": Kind(_("点单已到另一步"), _("点单的状态已经变化，请刷新后再操作。")),
}
