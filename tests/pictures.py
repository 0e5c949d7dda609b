"""Photos for tests, drawn here."""

from __future__ import annotations

import io

from PIL import Image

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
SIDEWAYS = 6
"""EXIF's word for: turn it a quarter to the right."""


def a_photo(width: int = 800, height: int = 600, *, kind: str = "JPEG", sideways: bool = False) -> bytes:
    """A red half on the left and a blue one, with the camera's name and a place written into it."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[MAKE] = "camera-of-the-test"
    exif[ORIENTATION] = SIDEWAYS if sideways else 1
    exif.get_ifd(GPS)[1] = "N"
    written = io.BytesIO()
    picture.save(written, kind, exif=exif, **({"comment": b"comment-of-the-test"} if kind == "JPEG" else {}))
    return written.getvalue()
