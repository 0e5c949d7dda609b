"""GeoReport v2 as the standard has it: asking in either format, and the shapes that answers must have.

The schemas are written from the standard's tables of fields (wiki.open311.org/GeoReport_v2), not from our own code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import requests

XML, JSON = "xml", "json"
CONTENT_TYPES = {XML: "text/xml; charset=utf-8", JSON: "application/json; charset=utf-8"}
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>'
W3C = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)$"
LISTS = {
    "attributes", "values", "endpoints", "formats", "services", "service_requests", "errors", "service_request_updates",
}  # fmt: skip

TEXT = {"type": "string"}
MAYBE = {"type": ["string", "null"]}
MOMENT = {"type": "string", "pattern": W3C}
MAYBE_MOMENT = {"type": ["string", "null"], "pattern": W3C}


def _record(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **optional},
        "additionalProperties": False,
    }


def _list(of: dict[str, Any], least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": of, "minItems": least}


SERVICE = _record(
    {
        "service_code": TEXT,
        "service_name": TEXT,
        "description": TEXT,
        "metadata": {"type": "boolean"},
        "type": {"enum": ["realtime", "batch", "blackbox"]},
        "keywords": TEXT,
        "group": TEXT,
    }
)
VALUE = _record({"key": TEXT, "name": TEXT})
ATTRIBUTE = {
    **_record(
        {
            "variable": {"type": "boolean"},
            "code": TEXT,
            "datatype": {
                "enum": ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]
            },
            "required": {"type": "boolean"},
            "datatype_description": MAYBE,
            "order": {"type": "integer", "minimum": 1},
            "description": TEXT,
        },
        values=_list(VALUE, least=1),
    ),
    "if": {"properties": {"datatype": {"enum": ["singlevaluelist", "multivaluelist"]}}},
    "then": {"required": ["values"]},
    "else": {"not": {"required": ["values"]}},
}
DEFINITION = _record({"service_code": TEXT, "attributes": _list(ATTRIBUTE)})
DISCOVERY = _record(
    {
        "changeset": MOMENT,
        "contact": TEXT,
        "key_service": TEXT,
        "endpoints": _list(
            _record(
                {
                    "specification": {"const": "http://wiki.open311.org/GeoReport_v2"},
                    "url": {"type": "string", "pattern": "^https?://.*[^/]$"},
                    "changeset": MOMENT,
                    "type": {"enum": ["production", "test", "dev"]},
                    "formats": _list({"enum": ["text/xml", "application/json"]}, least=1),
                }
            ),
            least=1,
        ),
    }
)
REQUEST = _record(
    {
        "service_request_id": TEXT,
        "status": {"enum": ["open", "closed"]},
        "status_notes": MAYBE,
        "service_name": TEXT,
        "service_code": TEXT,
        "description": MAYBE,
        "agency_responsible": MAYBE,
        "service_notice": MAYBE,
        "requested_datetime": MOMENT,
        "updated_datetime": MOMENT,
        "expected_datetime": MAYBE_MOMENT,
        "address": MAYBE,
        "address_id": MAYBE,
        "zipcode": MAYBE,
        "lat": {"type": ["number", "null"]},
        "long": {"type": ["number", "null"]},
        "media_url": MAYBE,
    }
)
RECEIPT = {
    **_record({"service_notice": MAYBE, "account_id": MAYBE}, service_request_id=TEXT, token=TEXT),
    "not": {"required": ["service_request_id", "token"]},
}
TOKEN = _record({"service_request_id": MAYBE, "token": TEXT})
UPDATE = _record(
    {
        "update_id": TEXT,
        "service_request_id": TEXT,
        "status": {"enum": ["open", "closed"]},
        "updated_datetime": MOMENT,
        "description": MAYBE,
        "media_url": MAYBE,
    }
)
ERRORS = _list(
    _record({"code": {"type": "integer"}, "description": {"type": "string", "minLength": 1}}), least=1
)


@dataclass(frozen=True)
class Told:
    """``body`` is the answer as JSON says it; of XML every leaf is text, since that is all that XML says."""

    status: int
    body: Any
    root: str | None
    raw: bytes


@dataclass
class GeoReport:
    """One who asks in one format; every answer is held against the rules that hold for all of them."""

    url: str
    format: str

    def get(self, path: str, **query: Any) -> Told:
        return self._told(requests.get(self._at(path), params=query, timeout=30))

    def post(self, path: str, headers: Any = None, **form: Any) -> Told:
        return self._told(requests.post(self._at(path), data=form, headers=headers, timeout=30))

    def _at(self, path: str) -> str:
        return f"{self.url}/open311/v2/{path}.{self.format}"

    def _told(self, response: requests.Response) -> Told:
        raw = response.content
        assert response.headers["Content-Type"] == CONTENT_TYPES[self.format], response.text
        if self.format == JSON:
            body = response.json()
            if not response.ok:
                fits(body, ERRORS)
            return Told(response.status_code, body, None, raw)
        assert raw.startswith(DECLARATION)
        element = ET.fromstring(raw)  # noqa: S314 - our own answer
        assert element.tag == "errors" or response.ok
        return Told(response.status_code, _read(element), element.tag, raw)

    def refused(self, told: Told, status: int, *words: str) -> None:
        """The error body tells the status itself, and all of ``words``."""
        assert told.status == status, told.body
        assert {int(each["code"]) for each in told.body} == {status}
        descriptions = " ".join(each["description"] for each in told.body)
        assert all(word in descriptions for word in words), descriptions


def fits(body: Any, schema: dict[str, Any]) -> None:
    jsonschema.validate(body, schema, jsonschema.Draft202012Validator)


def as_text(value: Any) -> Any:
    """What XML can say of a JSON answer."""
    if isinstance(value, dict):
        return {name: as_text(below) for name, below in value.items()}
    if isinstance(value, list):
        return [as_text(each) for each in value]
    if isinstance(value, bool):
        return str(value).lower()
    return None if value in {None, ""} else str(value)


def _read(element: ET.Element) -> Any:
    if element.tag in LISTS:
        assert len({below.tag for below in element}) <= 1
        assert not (element.text or "").strip()
        return [_read(below) for below in element]
    if len(element):
        return {below.tag: _read(below) for below in element}
    return element.text
