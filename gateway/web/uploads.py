"""Photos that come with a form: kept at once, and carried on in the form by their ids."""

from __future__ import annotations

from gateway import album
from gateway.call import Call
from gateway.problems import Problem
from gateway.words import _

MOST_PHOTOS = 9
MOST_BYTES = 40 * 1024 * 1024
"""Of a form with photos that no script has shrunk."""


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
            photos.append(album.keep(call, file.read()).photo_id)
        except Problem as problem:
            said = problem.errors[0][1] if problem.errors else problem.detail
            wrong = f"{file.filename}: {said}"
    return tuple(photos), {"photos": wrong} if wrong else {}
