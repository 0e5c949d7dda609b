"""The API described: OpenAPI 3.1 generated from the table of routes and the schemas of requests and answers."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema, fields

from gateway.callers import CODE_HEADER, COOKIE
from gateway.parsing import KEY_HEADER, TIME_HEADER
from gateway.problems import CONTENT_TYPE
from gateway.routing import Route
from gateway.shapes import shape_of
from gateway.words import _

VERSION = "1"

TAGS = {
    "orders": _("点单"),
    "photos": _("照片"),
    "tasks": _("任务"),
    "matching": _("精准匹配"),
    "cases": _("共性诉求"),
    "visits": _("走访"),
    "wishes": _("微心愿"),
    "follow-ups": _("回访"),
    "figures": _("数字"),
    "lists": _("问题、任务、成果清单"),
    "points": _("积分"),
    "certificates": _("服务证书"),
    "messages": _("消息"),
    "channels": _("消息渠道"),
    "templates": _("消息文案"),
    "sessions": _("登录"),
    "members": _("党员"),
    "teams": _("团组"),
    "posts": _("岗位和承诺"),
    "responsibilities": _("包联责任"),
    "pairs": _("结对"),
    "units": _("单位"),
    "nodes": _("区划"),
    "accounts": _("账号和角色"),
    "imports": _("导入"),
    "calendar": _("工作日历"),
    "rules": _("地方规则"),
    "services": _("运行"),
    "simulation": _("演示"),
}
"""The sections of the reference, in its order."""

PROBLEM = {
    "type": "object",
    "description": "RFC 9457",
    "required": ["type", "title", "status", "detail", "instance", "correlation"],
    "properties": {
        "type": {"type": "string", "description": "/problems/<slug>"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "correlation": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}

HEADERS = {
    "IdempotencyKey": {
        "name": KEY_HEADER,
        "in": "header",
        "description": _("重复提交同一标记只生效一次，得到同样的回答；请总是带上，例如一个 UUID"),
        "schema": {"type": "string", "minLength": 1, "maxLength": 200},
    },
    "SimulatedTime": {
        "name": TIME_HEADER,
        "in": "header",
        "description": _("只在演示环境：把这次请求当作发生在这个时间(RFC 3339)"),
        "schema": {"type": "string", "format": "date-time"},
    },
}

SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer", "description": _("登录得到的 token")},
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE, "description": _("网页登录的会话")},
    "orderCode": {"type": "apiKey", "in": "header", "name": CODE_HEADER, "description": _("点单的查询码")},
}


@cache
def document(routes: tuple[Route, ...]) -> dict[str, Any]:
    """The OpenAPI document of the API's routes."""
    spec = APISpec(
        title=_("三单开放接口"),
        version=VERSION,
        openapi_version="3.1.0",
        info={
            "description": _(
                "出错时返回 application/problem+json。时间一律为带时区的 RFC 3339，返回 UTC。列表按游标翻页：把 next 原样放进 cursor。"
            )
        },
        tags=[{"name": name, "description": words} for name, words in TAGS.items()],
        plugins=[MarshmallowPlugin(schema_name_resolver=_name_of)],
    )
    spec.components.schema("Problem", PROBLEM)
    for name, scheme in SECURITY.items():
        spec.components.security_scheme(name, scheme)
    for name, header in HEADERS.items():
        spec.components.parameter(name, "header", header)
    for path in dict.fromkeys(route.path for route in routes):
        here = [route for route in routes if route.path == path]
        spec.path(path=path, operations={route.method.lower(): _operation(route) for route in here})
    found: dict[str, Any] = spec.to_dict()
    return found


def _name_of(schema: Any) -> str:
    of = schema if isinstance(schema, type) else type(schema)
    return of.__name__


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "tags": [route.tag],
        "parameters": _parameters(route),
        "responses": _responses(route),
        "security": _security(route),
        "x-admitted": list(route.policy.admitted()),
    }
    if route.body is not None:
        operation["requestBody"] = {"required": True, "content": _body(route, route.body)}
    return operation


def _parameters(route: Route) -> list[Any]:
    found: list[Any] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in route.variables
    ]
    if route.query is not None:
        found.append({"in": "query", "schema": route.query})
    if route.creates:
        found.append("IdempotencyKey")
    found.append("SimulatedTime")
    return found


def _responses(route: Route) -> dict[str, Any]:
    answered: dict[str, Any] = {"description": HTTPStatus(route.status if route.answer else 204).phrase}
    if route.answer is bytes:
        answered["content"] = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
    elif route.answer is not None:
        answered["content"] = {"application/json": {"schema": shape_of(route.answer)}}
    status = route.status if route.answer is not None else 204
    refused = {"description": _("不能办理，原因见返回"), "content": {CONTENT_TYPE: {"schema": "Problem"}}}
    return {str(status): answered, "default": refused}


def _body(route: Route, body: type[Schema]) -> dict[str, Any]:
    if not route.upload:
        return {"application/json": {"schema": body}}
    bare = {"schema": {"type": "string", "format": "binary"}}
    return {"multipart/form-data": {"schema": _with_file(body)}, **dict.fromkeys(route.raw, bare)}


@cache
def _with_file(body: type[Schema]) -> type[Schema]:
    """One schema for the whole form: two joined by ``allOf`` would each forbid the other's fields."""
    file = fields.Raw(required=True, metadata={"type": "string", "format": "binary"})
    return body.from_dict({"file": file}, name=f"{body.__name__}WithFile")


def _security(route: Route) -> list[dict[str, list[str]]]:
    accounts: list[dict[str, list[str]]] = [{"bearer": []}, {"session": []}]
    if route.policy.visitors or route.policy.simulation:
        return [{}, *accounts, {"orderCode": []}]
    return [*accounts, {"orderCode": []}] if route.policy.holders else accounts
