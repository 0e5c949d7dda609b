"""Photos: intake knows which there are and who may see them; the pictures themselves lie in a storage of files."""

from __future__ import annotations

from dataclasses import dataclass

from services.kit.asking import Ask, Done


def picture_key(photo_id: str, *, small: bool = False) -> str:
    """Under which key the photo's picture is stored; the first digits spread them over folders."""
    return f"{photo_id[:2]}/{photo_id}{'.small' if small else ''}.jpg"


@dataclass(frozen=True, kw_only=True)
class PhotoKept:
    """``photo_id`` is drawn at random: until an order refers to the photo, whoever holds the id may see it."""

    photo_id: str


@dataclass(frozen=True, kw_only=True)
class KeepPhoto(Ask[PhotoKept], service="intake", creates=True):
    """Give a photo an id, under which its picture is then stored. ``digest`` is the SHA-256 of what was uploaded, in hex.

    What no order refers to within a day is forgotten, and the picture removed. Anybody. Refused: invalid (422, field digest).
    """

    digest: str


@dataclass(frozen=True, kw_only=True)
class ClaimPhotos(Ask[Done], service="intake"):
    """Say that something is about to refer to these photos: they are known, and stay for another day. Anybody.

    For those who refer to photos outside intake; orders and additions claim theirs themselves. Refused: invalid (422, field
    photos) if one of them is unknown or forgotten.
    """

    photos: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PhotoSeen:
    """``order_id`` is an order of the photo that the asker may see, None while no order refers to it."""

    photo_id: str
    order_id: str | None


@dataclass(frozen=True, kw_only=True)
class GetPhoto(Ask[PhotoSeen], service="intake"):
    """Whether the asker may see a photo: like the words of the step that it belongs to; what is public has no photos.

    Refused: no-such-photo (404), also to those who may not know of it.
    """

    photo_id: str
