"""The API's reference for readers, and the same for machines."""

from __future__ import annotations

import json
from typing import Any

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.openapi import TAGS, document
from gateway.policies import ANYONE, HOLDER, SIGNED_IN, VISITOR
from gateway.routes import ROUTES
from gateway.routing import page
from gateway.web.render import show
from gateway.words import _, shown
from services.members.contracts import Role

COLUMNS = (VISITOR, HOLDER, SIGNED_IN, *Role)


@page("GET", "/api/openapi.json", policy=ANYONE, summary=_("接口的 OpenAPI 描述"))
def openapi(call: Call) -> Response:  # noqa: ARG001 - every page is given its call
    body = json.dumps(shown(document(tuple(ROUTES))), ensure_ascii=False)
    return Response(
        body,
        content_type="application/json",
        headers={"Cache-Control": "public, max-age=300", "Vary": "Accept-Language, Cookie"},
    )


@page("GET", "/api/docs", policy=ANYONE, summary=_("接口说明"))
def docs(call: Call) -> Response:
    described = document(tuple(ROUTES))
    return show(
        call,
        "docs.html",
        info=described["info"],
        tags=TAGS,
        routes=[
            (route, _fields(described, route.path, route.method.lower()))
            for route in sorted(ROUTES, key=lambda route: list(TAGS).index(route.tag))
        ],
        columns=COLUMNS,
    )


def _fields(described: dict[str, Any], path: str, method: str) -> list[dict[str, Any]]:
    """The inputs of an operation as rows: name, where, type, required, description."""
    operation = described["paths"][path][method]
    rows = [
        {
            "name": each["name"],
            "where": each["in"],
            "type": _type(each["schema"]),
            "required": each.get("required", False),
            "description": each.get("description") or each["schema"].get("description", ""),
        }
        for each in operation["parameters"]
        if "$ref" not in each
    ]
    for content in operation.get("requestBody", {}).get("content", {}).values():
        for schema in content["schema"].get("allOf", [content["schema"]]):
            solid = _resolve(described, schema)
            rows += [
                {
                    "name": name,
                    "where": "body",
                    "type": _type(each),
                    "required": name in solid.get("required", ()),
                    "description": each.get("description", ""),
                }
                for name, each in solid.get("properties", {}).items()
            ]
    return rows


def _resolve(described: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = described["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _type(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"] if value is not None)
    kind = schema.get("type", "object")
    words = " | ".join(kind) if isinstance(kind, list) else str(kind)
    return f"{words} ({schema['format']})" if "format" in schema else words
