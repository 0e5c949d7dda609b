"""Photos: uploading them before something refers to them, and looking at them."""

from __future__ import annotations

from enum import StrEnum

from werkzeug.wrappers import Response

from gateway import album
from gateway.call import Call
from gateway.fields import Request, option
from gateway.pictures import TYPES
from gateway.policies import ANYONE
from gateway.problems import Problem, invalid, kind_of
from gateway.routing import API, MEGABYTE, route
from gateway.words import _
from services.intake.contracts import PhotoKept

FRESH = "private, max-age=2592000, immutable"
"""A photo never changes; thirty days in the browser of the one who may see it, nowhere between."""


class Size(StrEnum):
    FULL = "full"
    SMALL = "small"


class NewPhoto(Request):
    """Nothing beside the part ``file``."""


class PhotoQuery(Request):
    size = option(Size, _("small 是列表用的小图；不填是全图，长边不超过 1600 像素"))


@route(
    "POST",
    "/photos",
    policy=ANYONE,
    summary=_(
        "上传照片（multipart/form-data 的 file，或直接以图片为内容；最大 10 MB，一天内未使用会被删除）"
    ),
    tag="photos",
    body=NewPhoto,
    answer=PhotoKept,
    status=201,
    creates=True,
    upload=True,
    raw=TYPES,
    most=11 * MEGABYTE,
)
def keep_photo(call: Call) -> PhotoKept:
    kept = album.keep(call, _uploaded(call))
    call.headers["Location"] = f"{API}/photos/{kept.photo_id}"
    return kept


@route(
    "GET",
    "/photos/{photo_id}",
    policy=ANYONE,
    summary=_("照片（JPEG）；谁能看这一步的文字，谁就能看"),
    tag="photos",
    query=PhotoQuery,
    answer=bytes,
)
def get_photo(call: Call) -> Response:
    size = call.query.get("size", Size.FULL)
    picture = album.picture(call, call.path["photo_id"], small=size is Size.SMALL)
    response = Response(picture, content_type=album.TYPE)
    response.headers["Cache-Control"] = FRESH
    response.set_etag(f"{call.path['photo_id']}-{size}")
    return response.make_conditional(call.request)


def _uploaded(call: Call) -> bytes:
    if call.request.mimetype in TYPES:
        return call.request.get_data()
    if call.request.mimetype != "multipart/form-data":
        raise Problem("not-a-photo", 415, kind_of("not-a-photo").meaning)
    file = call.request.files.get("file")
    if file is None:
        raise invalid((("file", str(album.NONE_CHOSEN)),))
    return file.read()
