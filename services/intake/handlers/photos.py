"""Photos: giving ids, holding them for those who refer to them, telling who may see them, forgetting the unused."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from datetime import timedelta

from services.intake.contracts import ClaimPhotos, GetPhoto, KeepPhoto, PhotoKept, PhotoSeen, Slug
from services.intake.domain.placing import check_photos
from services.intake.domain.sight import may_look_at_photo
from services.intake.store import photos
from services.intake.store.orders import orders_by_id
from services.kit.asking import Done
from services.kit.outcomes import Refused, invalid
from services.kit.work import Work

RANDOM_BYTES = 16
DIGEST = re.compile(r"[0-9a-f]{64}")
UNUSED_AFTER = timedelta(days=1)
AT_ONCE = 500


def keep_photo(work: Work, ask: KeepPhoto) -> PhotoKept:
    """Raises Refused (invalid)."""
    if not DIGEST.fullmatch(ask.digest):
        raise invalid("digest", "应为 64 位十六进制的 SHA-256 摘要")
    photo_id = secrets.token_hex(RANDOM_BYTES)
    photos.insert_photo(work.db, photo_id, ask.digest, work.actor.id or None, work.now)
    return PhotoKept(photo_id=photo_id)


def claim_photos(work: Work, ask: ClaimPhotos) -> Done:
    """Raises Refused (invalid)."""
    check_photos(ask.photos)
    claim(work, ask.photos)
    return Done()


def claim(work: Work, wanted: Collection[str]) -> None:
    """Raises Refused (invalid) if one of them is unknown."""
    if wanted and not photos.claim(work.db, wanted, work.now).issuperset(wanted):
        raise unknown_photo()


def unknown_photo() -> Refused:
    return invalid("photos", "有照片没有上传成功或已过期，请重新上传")


def get_photo(work: Work, ask: GetPhoto) -> PhotoSeen:
    """Raises Refused (no-such-photo), also for those who may not know of it."""
    if "\0" in ask.photo_id or not photos.is_kept(work.db, ask.photo_id):
        raise _no_such_photo()
    uses = photos.uses_of(work.db, ask.photo_id)
    if not uses:
        return PhotoSeen(photo_id=ask.photo_id, order_id=None)
    orders = orders_by_id(work.db, (order_id for order_id, _step in uses))
    for order_id, step in uses:
        if may_look_at_photo(orders[order_id], step, work.actor):
            return PhotoSeen(photo_id=ask.photo_id, order_id=order_id)
    raise _no_such_photo()


def drop_unused_photos(work: Work) -> list[str]:
    """Forget a lot of those that nothing refers to a day after they came; returns their ids."""
    return photos.drop_unused(work.db, work.now - UNUSED_AFTER, AT_ONCE)


def _no_such_photo() -> Refused:
    return Refused(Slug.NO_SUCH_PHOTO, "没有这张照片，或您无权查看", status=404)
