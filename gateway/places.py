"""Bodies that say roughly where on the map."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, post_load

from gateway.fields import Request, degrees
from gateway.words import _
from services.kit.geo import Point


class Placed(Request):
    longitude = degrees(_("大致位置的经度（WGS 84，只保留到约 100 米）"), most=180)
    latitude = degrees(_("大致位置的纬度（WGS 84，只保留到约 100 米）"), most=90)

    @post_load
    def place(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        """The point in place of its two numbers, of which neither says anything without the other."""
        longitude, latitude = data.pop("longitude", None), data.pop("latitude", None)
        if (longitude is None) is not (latitude is None):
            missing = "longitude" if longitude is None else "latitude"
            raise ValidationError({missing: [_("经度和纬度须一起填写")]})
        if longitude is not None:
            data["point"] = Point(longitude=longitude, latitude=latitude)
        return data
