"""Photos on their way in and out: intake knows which there are and who may see them, the storage has the pictures."""

from __future__ import annotations

import hashlib

from gateway.call import Call
from gateway.problems import Problem, invalid, kind_of, unavailable
from gateway.words import _
from services.intake.contracts import GetPhoto, KeepPhoto, PhotoKept, picture_key
from services.kit.blobs import Away, Blobs

MOST_BYTES = 10 * 1024 * 1024
TYPE = "image/jpeg"
NONE_CHOSEN = _("请选择照片")
LATER = 5
"""Seconds after which a storage that is away may be asked again."""


def keep(call: Call, content: bytes) -> PhotoKept:
    """Check, shrink and store a photo. Raises Problem (422, field file; 429; 413; 503), Refused."""
    pictures = storage(call)
    if len(content) > MOST_BYTES:
        raise Problem("too-large", 413, _("一张照片最大 10 MB，请换小一些的照片"))
    if not content:
        raise invalid((("file", str(NONE_CHOSEN)),))
    who = call.actor.id or call.client
    call.desk.uploads.check(who)
    call.desk.uploads.charge(who)
    picture = call.desk.develop(content)
    # The id first: a picture without one would lie in the storage for ever.
    kept = call.ask_in_real_time(KeepPhoto(digest=hashlib.sha256(content).hexdigest()))
    try:
        pictures.put(picture_key(kept.photo_id), picture.full, TYPE)
        pictures.put(picture_key(kept.photo_id, small=True), picture.small, TYPE)
    except Away as failure:
        raise unavailable(LATER) from failure
    return kept


def picture(call: Call, photo_id: str, *, small: bool) -> bytes:
    """The JPEG, for those who may see it. Raises Refused (no-such-photo), Problem (404, 503)."""
    seen = call.ask(GetPhoto(photo_id=photo_id))
    try:
        found = storage(call).get(picture_key(seen.photo_id, small=small))
    except Away as failure:
        raise unavailable(LATER) from failure
    if found is None:
        raise Problem("no-such-photo", 404, kind_of("no-such-photo").meaning)
    return found


def storage(call: Call) -> Blobs:
    """Raises Problem (409) where no storage is set up."""
    if call.desk.photos is None:
        raise Problem("no-photos", 409, kind_of("no-photos").meaning)
    return call.desk.photos
