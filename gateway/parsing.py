"""Reading requests: JSON, uploads, queries and headers into checked values, or a problem that names the field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

import msgspec
from marshmallow import Schema, ValidationError, fields
from werkzeug.wrappers import Request

from gateway.fields import FIRST_YEAR, LAST_YEAR
from gateway.problems import Problem, invalid, kind_of
from gateway.words import _

E = TypeVar("E", bound=StrEnum)

TIME_HEADER = "X-Simulated-Time"
KEY_HEADER = "Idempotency-Key"
MOST_DIGITS = 9
_VISIBLE_ASCII = re.compile(r"[\x21-\x7e]{1,200}")


def json_body(request: Request, schema: type[Schema]) -> dict[str, Any]:
    """The body of the schema's shape; an absent body counts as an empty object.

    Raises Problem: 415 for other content, 400 for what is no JSON, 422 with each field at fault.
    """
    raw = request.get_data()
    if raw and request.mimetype != "application/json":
        raise Problem("not-json", 415, kind_of("not-json").meaning)
    try:
        told = msgspec.json.decode(raw or b"{}")
    except msgspec.DecodeError as wrong:
        raise Problem("bad-request", 400, _("请求不是有效的 JSON:") + str(wrong)) from wrong
    return load(schema, told)


def query(request: Request, schema: type[Schema] | None) -> dict[str, Any]:
    """The query of the schema's shape; repeated or comma-separated values make a list. Raises Problem (400)."""
    if schema is None:
        return {}
    listed = {name for name, field in _ready(schema).fields.items() if isinstance(field, fields.List)}
    told: dict[str, Any] = {}
    for name, values in request.args.lists():
        if name in listed:
            told[name] = [part for value in values for part in value.split(",") if part]
        elif values[-1]:
            told[name] = values[-1]
    return load(schema, told, status=400)


def load(schema: type[Schema], told: Any, *, status: int = 422) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = _ready(schema).load(told)
    except ValidationError as wrong:
        raise invalid(tuple(_flat(wrong.messages_dict)), status=status) from wrong
    return loaded


def one_of(of: type[E], value: str, name: str) -> E:
    """A value of the path as one of an enumeration. Raises Problem (404)."""
    try:
        return of(value)
    except ValueError as wrong:
        raise invalid(((name, _("只能是：") + ", ".join(of)),), status=404) from wrong


def day_of(value: str, name: str) -> date:
    """A day of the path, as 2026-03-01. Raises Problem (404)."""
    try:
        return date.fromisoformat(value)
    except ValueError as wrong:
        raise invalid(((name, _("日期格式应如 2026-03-01")),), status=404) from wrong


def number_of(value: str, name: str) -> int:
    """A number of the path, from 1 on. Raises Problem (404)."""
    if not (value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS):
        raise invalid(((name, _("应为整数")),), status=404)
    return int(value)


def simulated_time(request: Request, *, simulated: bool) -> datetime | None:
    """The time that the asker plays. Raises Problem (400) where it is not allowed or not RFC 3339."""
    given = request.headers.get(TIME_HEADER)
    if given is None:
        return None
    if not simulated:
        raise invalid(((TIME_HEADER, _("本系统不接受模拟时间")),), status=400)
    try:
        moment = datetime.fromisoformat(given)
    except ValueError as wrong:
        raise invalid(((TIME_HEADER, _("应为 RFC 3339 时间")),), status=400) from wrong
    if moment.tzinfo is None:
        raise invalid(((TIME_HEADER, _("时间须带时区")),), status=400)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise invalid(((TIME_HEADER, _("年份应在 {} 到 {} 之间").format(FIRST_YEAR, LAST_YEAR)),), status=400)
    return moment


def idempotency_key(request: Request) -> str | None:
    """Raises Problem (400) for a key that is not 1 to 200 visible ASCII characters."""
    given = request.headers.get(KEY_HEADER)
    if given is not None and not _VISIBLE_ASCII.fullmatch(given):
        raise invalid(((KEY_HEADER, _("应为 1 到 200 个可见的 ASCII 字符")),), status=400)
    return given


@cache
def _ready(schema: type[Schema]) -> Schema:
    """Making a schema costs more than using it, and loading leaves no trace in it."""
    return schema()


def _flat(messages: Mapping[Any, Any] | list[Any], path: str = "") -> list[tuple[str, str]]:
    """The tree of messages as pairs of a dotted path and a message."""
    if isinstance(messages, list):
        return [(path, str(message)) for message in messages]
    found = []
    for name, below in messages.items():
        here = path if name == "_schema" else f"{path}.{name}" if path else str(name)
        found += _flat(below, here)
    return found
