"""Fills in requests from the OpenAPI document, so that a route that is added is asked without anybody thinking of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

SOON, TODAY = "2099-01-01T09:00:00+08:00", str(date(2026, 3, 2))
WORDS = "照着说明填写的内容"
CSV = b"code,name\n1,x\n"


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A request with everything that it must have. ``unknown`` names the variables of its path that nothing is known for."""

    path: str
    query: dict[str, str]
    json: Any
    form: dict[str, str]
    files: dict[str, tuple[str, bytes]]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Filler:
    """``known`` are values by the name of a field or variable, ``in_paths`` by that of a variable alone; what neither has is
    made up to fit the schema.
    """

    document: Mapping[str, Any]
    known: Mapping[str, Any]
    in_paths: Mapping[str, str]

    def fill(self, method: str, path: str, **more: Any) -> Filled:
        operation = self.document["paths"][path][method.lower()]
        known = {**self.known, **more}
        told = [each for each in operation["parameters"] if "$ref" not in each]
        variables = [each["name"] for each in told if each["in"] == "path"]
        placed = {**known, **self.in_paths}
        unknown = tuple(name for name in variables if name not in placed)
        query = {
            each["name"]: str(self._value(each["name"], each["schema"], known))
            for each in told
            if each["in"] == "query" and (each.get("required") or each["name"] in self.known)
        }
        json, form, files = self._body(operation, known)
        return Filled(
            path=path.format(**{name: placed.get(name, "unknown") for name in variables}),
            query=query,
            json=json,
            form=form,
            files=files,
            unknown=unknown,
        )

    def _body(
        self, operation: Mapping[str, Any], known: Mapping[str, Any]
    ) -> tuple[Any, dict[str, str], dict[str, tuple[str, bytes]]]:
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            return self._value("", content["application/json"]["schema"], known), {}, {}
        if "multipart/form-data" in content:
            body = self._value("", content["multipart/form-data"]["schema"], known)
            files = {name: ("table.csv", CSV) for name in list(body) if body[name] is CSV}
            return None, {name: str(value) for name, value in body.items() if name not in files}, files
        return None, {}, {}

    def _value(self, name: str, schema: Mapping[str, Any], known: Mapping[str, Any]) -> Any:
        solid = self._resolved(schema)
        if name in known and "properties" not in solid:
            return known[name]
        if "allOf" in solid:
            parts = [self._value("", part, known) for part in solid["allOf"]]
            return {field: value for part in parts for field, value in part.items()}
        if "anyOf" in solid:
            return self._value(name, solid["anyOf"][0], known)
        if "enum" in solid:
            return next(each for each in solid["enum"] if each is not None)
        return self._of_kind(name, solid, known)

    def _of_kind(self, name: str, solid: Mapping[str, Any], known: Mapping[str, Any]) -> Any:
        kind = solid.get("type", "object")
        kind = next(each for each in kind if each != "null") if isinstance(kind, list) else kind
        match kind:
            case "object":
                required = set(solid.get("required", ()))
                return {
                    field: self._value(field, below, known)
                    for field, below in solid.get("properties", {}).items()
                    if field in required or field in known
                }
            case "array":
                return [self._value(name, solid["items"], known)] if solid.get("minItems") else []
            case "integer" | "number":
                return solid.get("minimum", 1)
            case "boolean":
                return True
        return _text(solid)

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        if "$ref" not in schema:
            return schema
        found: Mapping[str, Any] = self.document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return found


def _text(schema: Mapping[str, Any]) -> Any:
    match schema.get("format"):
        case "date-time":
            return SOON
        case "date":
            return TODAY
        case "binary":
            return CSV
        case "password":
            return "invented-password-2"
    return WORDS[: schema.get("maxLength", len(WORDS))].ljust(schema.get("minLength", 0), "容")
