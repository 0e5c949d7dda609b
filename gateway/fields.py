"""Fields of requests: what they allow, with messages in the words of the person who filled them in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from gateway.words import _
from services.kit import geo

_MISSING = {"required": _("必须填写"), "null": _("不能为空")}


class Request(Schema):
    """Base of all request schemas: an unknown field is an error that names it."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": _("没有这个字段"), "type": _("应为一个 JSON 对象")}  # noqa: RUF012 - marshmallow's own attribute


class _Tuple(fields.List[Any]):
    """A list in JSON, a tuple in the request that the service gets."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        return tuple(super()._deserialize(value, attr, data, **kwargs))


FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Of moments in requests; beyond, a few days or another zone would lead out of the calendar."""


class Moment(fields.AwareDateTime):
    """RFC 3339 with an offset in requests, UTC in answers."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> datetime:
        moment: datetime = super()._deserialize(value, attr, data, **kwargs)
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValidationError(_("年份应在 {} 到 {} 之间").format(FIRST_YEAR, LAST_YEAR))
        return moment

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any) -> Any:
        return super()._serialize(value and value.astimezone(UTC), attr, obj, **kwargs)


def text(what: str, *, most: int, least: int = 1, required: bool = True) -> fields.String:
    """``what`` describes the field in the API's reference; lengths count characters."""
    length = validate.Length(least, most, error=_("应为 {min} 到 {max} 个字"))
    return fields.String(
        required=required,
        allow_none=not required,
        validate=[length, _sayable],
        metadata={"description": what},
        error_messages={**_MISSING, "invalid": _("应为文字")},
    )


def _sayable(value: str) -> None:
    """No database keeps a NUL in a text."""
    if "\0" in value:
        raise ValidationError(_("含有无法识别的字符"))


def secret(what: str) -> fields.String:
    return fields.String(
        required=True,
        validate=validate.Length(1, 200, error=_("应为 {min} 到 {max} 个字")),
        metadata={"description": what, "format": "password"},
        error_messages={**_MISSING, "invalid": _("应为文字")},
    )


def choice(of: type[StrEnum], what: str, *, required: bool = True) -> fields.Enum[StrEnum]:
    return fields.Enum(
        of,
        by_value=True,
        required=required,
        allow_none=not required,
        metadata={"description": what},
        error_messages={**_MISSING, "unknown": _("只能是:{choices}")},
    )


def option(of: type[StrEnum], what: str) -> fields.Enum[StrEnum]:
    """A choice that may be left out, but not made empty: the request has a usual value for it."""
    field = choice(of, what)
    field.required = False
    return field


def choices(of: type[StrEnum], what: str) -> fields.List[StrEnum]:
    return _Tuple(choice(of, what), metadata={"description": what}, error_messages={"invalid": _("应为列表")})


def moment(what: str, *, required: bool = False) -> Moment:
    return Moment(
        format="iso",
        required=required,
        allow_none=not required,
        metadata={"description": what},
        error_messages={
            **_MISSING,
            "invalid": _("时间格式应如 2026-03-01T09:00:00+08:00"),
            "invalid_awareness": _("时间须带时区"),
        },
    )


def day(what: str, *, required: bool = False) -> fields.Date:
    return fields.Date(
        required=required,
        allow_none=not required,
        metadata={"description": what},
        error_messages={**_MISSING, "invalid": _("日期格式应如 2026-03-01")},
    )


def whole(what: str, *, least: int, most: int, required: bool = False) -> fields.Integer:
    bounds = validate.Range(least, most, error=_("应在 {min} 到 {max} 之间"))
    return fields.Integer(
        strict=False,
        required=required,
        validate=bounds,
        metadata={"description": what},
        error_messages={**_MISSING, "invalid": _("应为整数")},
    )


def degrees(what: str, *, most: int, required: bool = False) -> fields.Float:
    """Of longitude or latitude, in WGS 84."""
    return fields.Float(
        required=required,
        allow_none=not required,
        validate=validate.Range(-most, most, error=_("应在 {min} 到 {max} 之间")),
        metadata={"description": what},
        error_messages={
            **_MISSING,
            **dict.fromkeys(("invalid", "special", "too_large"), _("应为数字")),
        },
    )


def flag(what: str, *, required: bool = False) -> fields.Boolean:
    return fields.Boolean(
        required=required,
        metadata={"description": what},
        error_messages={**_MISSING, "invalid": _("应为 true 或 false")},
    )


def maybe(what: str) -> fields.Boolean:
    """True, false or null."""
    field = flag(what)
    field.allow_none = True
    return field


def photos() -> fields.List[str]:
    """Ids of photos, at most nine."""
    return _Tuple(
        text(_("照片的编号"), most=200),
        validate=validate.Length(max=9, error=_("最多 {max} 张照片")),
        metadata={"description": _("上传照片得到的编号，最多 9 张")},
        error_messages={"invalid": _("应为列表")},
    )


def several(item: fields.Field[Any], what: str, *, most: int) -> fields.List[Any]:
    return _Tuple(
        item,
        validate=validate.Length(max=most, error=_("最多 {max} 项")),
        metadata={"description": what},
        error_messages={"invalid": _("应为列表")},
    )


class PointIn(Request):
    """A place on the map, WGS 84."""

    longitude = degrees(_("经度"), most=180, required=True)
    latitude = degrees(_("纬度"), most=90, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_kwargs: Any) -> geo.Point:
        return geo.Point(**data)


def point(what: str) -> fields.Nested:
    """Kept rough: about 100 m."""
    return fields.Nested(PointIn, allow_none=True, metadata={"description": what})


class Paged(Request):
    """The query of every list."""

    cursor = text(_("上一页给出的翻页标记"), most=500, required=False)
    limit = whole(_("每页条数"), least=1, most=200)
