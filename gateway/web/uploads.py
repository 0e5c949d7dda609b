"""Photos that come with a form: kept at once, and carried on in the form by their ids."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from gateway import album
from gateway.call import Call
from gateway.problems import Problem
from gateway.words import _

MOST_PHOTOS = 9
MOST_BYTES = 40 * 1024 * 1024
"""Of a form with photos that no script has shrunk."""


def keep_once(call: Call, content: bytes) -> str:
    """The id of a photo. A form that comes twice under one key brings the same ids, so that what is asked with them is the same too.

    The day is part of the key, since photos that nothing refers to are forgotten after one. Raises as ``album.keep``.
    """
    key = call.request.form.get("key")
    mark = f"{key}:{call.now:%Y%m%d}:{hashlib.sha256(content).hexdigest()[:16]}" if key else None
    return album.keep(replace(call, key=mark), content).photo_id


def received(call: Call) -> tuple[tuple[str, ...], dict[str, str]]:
    """The ids that the form brings, old and new, without one that is dropped; and what could not be kept, as an error beside the field."""
    dropped = call.request.form.get("drop")
    photos = [each for each in call.request.form.getlist("photos") if each != dropped]
    wrong = ""
    for file in call.request.files.getlist("files"):
        if not file.filename:
            continue
        if len(photos) >= MOST_PHOTOS:
            wrong = _("最多 {} 张照片，其余没有收下").format(MOST_PHOTOS)
            break
        try:
            kept = keep_once(call, file.read())
        except Problem as problem:
            said = problem.errors[0][1] if problem.errors else problem.detail
            wrong = f"{file.filename}: {said}"
        else:
            if kept not in photos:
                photos.append(kept)
    return tuple(photos), {"photos": wrong} if wrong else {}
