"""Answers as GeoReport v2 wants them: one structure, written as XML or as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from xml.etree import ElementTree as ET

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.problems import Problem
from gateway.web.labels import CITY
from gateway.words import _, shown

Value = str | bool | int | float | None | list["Value"] | Mapping[str, "Value"]
Record = Mapping[str, Value]

OF_LIST = {
    "attributes": "attribute",
    "endpoints": "endpoint",
    "errors": "error",
    "formats": "format",
    "service_request_updates": "request_update",
    "service_requests": "request",
    "services": "service",
    "values": "value",
}
"""What XML calls the elements of each list."""

STATUS = {401: 403, 405: 404, 409: 400, 415: 400, 422: 400}
"""The standard knows fewer statuses than we do."""

# What XML 1.0 cannot say at all, not even escaped.
_UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Format(StrEnum):
    XML = "xml"
    JSON = "json"


CONTENT_TYPE = {Format.XML: "text/xml; charset=utf-8", Format.JSON: "application/json; charset=utf-8"}


def format_of(call: Call) -> Format:
    """Raises Problem (400) for one that we do not speak."""
    try:
        return Format(call.path["format"])
    except ValueError as wrong:
        raise Problem(
            "bad-request", 400, _("没有这种格式，只有 xml 和 json (format is not supported)")
        ) from wrong


def listing(call: Call, root: str, records: Iterable[Record], status: int = 200) -> Response:
    """A list: in JSON a plain array, in XML under an element that is called ``root``."""
    return _respond(format_of(call), root, list(records), status)


def single(call: Call, root: str, record: Record) -> Response:
    return _respond(format_of(call), root, record, 200)


def refuse(path: str, problem: Problem) -> Response:
    """The error body, in the format of the path; XML, which everybody speaks, where that is none."""
    ending = path.rpartition(".")[2]
    wanted = Format(ending) if ending in tuple(Format) else Format.XML
    status = STATUS.get(problem.status, problem.status)
    told = [message if name in message else f"{name}: {message}" for name, message in problem.errors]
    records: list[Value] = [{"code": status, "description": each} for each in told or [problem.detail]]
    response = _respond(wanted, "errors", records, status)
    response.headers.extend(dict(problem.headers))
    return response


def w3c(moment: datetime | None) -> str | None:
    """City time with its zone, to the second (https://www.w3.org/TR/NOTE-datetime)."""
    return None if moment is None else moment.astimezone(CITY).isoformat(timespec="seconds")


def _respond(wanted: Format, root: str, value: Value, status: int) -> Response:
    body = json.dumps(shown(value), ensure_ascii=False) if wanted is Format.JSON else _xml(root, value)
    # Everybody may read this from any page: no cookie counts here, and what is told is public.
    headers = {"Access-Control-Allow-Origin": "*"}
    return Response(body, status, headers, content_type=CONTENT_TYPE[wanted])


def _xml(root: str, value: Value) -> bytes:
    written: bytes = ET.tostring(_element(root, value), encoding="UTF-8", xml_declaration=False)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written


def _element(name: str, value: Value) -> ET.Element:
    element = ET.Element(name)
    if isinstance(value, Mapping):
        element.extend(_element(below, each) for below, each in value.items())
    elif isinstance(value, list):
        element.extend(_element(OF_LIST[name], each) for each in value)
    elif value is not None:
        element.text = _UNSAYABLE.sub("", _text(value))
    return element


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
