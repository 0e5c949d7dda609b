"""Shapes of answers: marshmallow schemas derived from the contracts' dataclasses, so that the two cannot part."""

from __future__ import annotations

import inspect
import types
from collections.abc import Mapping
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from marshmallow import Schema, fields

from gateway.fields import Moment
from services.kit.asking import Page

_PLAIN: dict[type, type[fields.Field[Any]]] = {
    str: fields.String,
    bool: fields.Boolean,
    int: fields.Integer,
    float: fields.Float,
    datetime: Moment,
    date: fields.Date,
}


@cache
def shape_of(of: Any) -> type[Schema]:
    """The schema that dumps ``of``: a dataclass, or ``Page[a dataclass]``. Raises TypeError for a field it cannot show."""
    if get_origin(of) is Page:
        (item,) = get_args(of)
        listed = _field(item, optional=False)
        return Schema.from_dict(
            {"items": fields.List(listed), "next": fields.String(allow_none=True)}, name=f"{_name(item)}Page"
        )
    hints = get_type_hints(of)
    shape = Schema.from_dict(
        {field.name: _of_hint(hints[field.name]) for field in fields_of(of)}, name=of.__name__
    )
    shape.__doc__ = inspect.getdoc(of)
    return shape


@cache
def dumper_of(of: Any) -> Schema:
    """One schema for all answers of this shape: making it costs more than using it."""
    return shape_of(of)()


def _of_hint(hint: Any) -> fields.Field[Any]:
    parts = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    (solid,) = (part for part in parts if part is not type(None))
    return _field(solid, optional=len(parts) > 1)


def _field(hint: Any, *, optional: bool) -> fields.Field[Any]:
    options: dict[str, Any] = {"allow_none": optional}
    origin = get_origin(hint)
    if origin is tuple:
        return fields.List(_of_hint(get_args(hint)[0]), **options)
    if origin in (dict, Mapping):
        return fields.Dict(keys=fields.String(), values=_of_hint(get_args(hint)[1]), **options)
    if origin is Page or is_dataclass(hint):
        return fields.Nested(shape_of(hint), **options)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return fields.Enum(hint, by_value=True, **options)
    if hint not in _PLAIN:
        raise TypeError(f"no field for {hint}")
    return _PLAIN[hint](**options)


def _name(of: Any) -> str:
    name: str = of.__name__
    return name.capitalize() if name.islower() else name
