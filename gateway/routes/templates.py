"""The words of messages, place by place."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Paged, Request, option, text
from gateway.policies import OPERATORS, RULE_SETTERS
from gateway.routing import route
from gateway.words import _
from services.kit.asking import Page
from services.notify.contracts import (
    ChannelKind,
    GetTemplate,
    Language,
    ListTemplates,
    Preview,
    PreviewTemplate,
    SetTemplate,
    TemplateView,
    UnsetTemplate,
)


class Voiced(Request):
    channel = option(ChannelKind, _("渠道；默认站内"))
    language = option(Language, _("语言；默认中文"))


class TemplateQuery(Paged, Voiced):
    kind = text(_("只看这种事件"), most=100, required=False)


class TemplateWords(Request):
    title = text(_("标题，可用花括号引用事件的内容"), most=60)
    words = text(_("正文，同上"), most=600)


class NewTemplate(TemplateWords, Voiced):
    pass


class Draft(TemplateWords):
    kind = text(_("事件"), most=100)
    audience = text(_("告诉谁"), most=40)
    language = option(Language, _("语言；默认中文"))


@route(
    "GET",
    "/nodes/{node}/templates",
    policy=RULE_SETTERS,
    summary=_("一个地方的消息文案：自己的、上级的，或系统自带的"),
    tag="templates",
    query=TemplateQuery,
    answer=Page[TemplateView],
)
def list_templates(call: Call) -> Page[TemplateView]:
    return call.ask(ListTemplates(**call.path, **call.query))


@route(
    "GET",
    "/nodes/{node}/templates/{kind}/{audience}",
    policy=RULE_SETTERS,
    summary=_("一条消息文案"),
    tag="templates",
    query=Voiced,
    answer=TemplateView,
)
def get_template(call: Call) -> TemplateView:
    return call.ask(GetTemplate(**call.path, **call.query))


@route(
    "PUT",
    "/nodes/{node}/templates/{kind}/{audience}",
    policy=OPERATORS,
    summary=_("在一个地方及其下级换一种说法；留下每个版本"),
    tag="templates",
    body=NewTemplate,
    answer=TemplateView,
)
def set_template(call: Call) -> TemplateView:
    return call.ask(SetTemplate(**call.path, **call.body))


@route(
    "DELETE",
    "/nodes/{node}/templates/{kind}/{audience}",
    policy=OPERATORS,
    summary=_("收回一个地方自己的说法，沿用上级的"),
    tag="templates",
    query=Voiced,
    answer=TemplateView,
)
def unset_template(call: Call) -> TemplateView:
    return call.ask(UnsetTemplate(**call.path, **call.query))


@route(
    "POST",
    "/templates/previews",
    policy=RULE_SETTERS,
    summary=_("用样例数据看一种说法的样子，不保存"),
    tag="templates",
    body=Draft,
    answer=Preview,
)
def preview_template(call: Call) -> Preview:
    return call.ask(PreviewTemplate(**call.body))
