"""What is uploaded becomes a small, upright picture that tells nothing but itself; anything else is refused."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from gateway.pictures import LONGEST, SMALL, picture_of
from gateway.problems import Problem
from tests.pictures import a_photo


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg), formats=["JPEG"])


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that would unpack to a picture of this size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    packed = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_shrunk_and_cleaned(kind: str) -> None:
    content = a_photo(2400, 1200, kind=kind)
    assert b"camera-of-the-test" in content
    made = picture_of(content)
    assert opened(made.full).size == (LONGEST, LONGEST // 2)
    assert opened(made.small).size == (SMALL, SMALL // 2)
    for jpeg in (made.full, made.small):
        assert b"-of-the-test" not in jpeg
        assert b"Exif" not in jpeg
        assert not opened(jpeg).getexif()


def test_a_small_one_is_not_blown_up() -> None:
    assert opened(picture_of(a_photo(300, 200)).full).size == (300, 200)


def test_what_the_camera_held_sideways_is_upright() -> None:
    made = opened(picture_of(a_photo(800, 600, sideways=True)).full)
    assert made.size == (600, 800)
    red = made.getpixel((300, 100))
    assert isinstance(red, tuple)
    assert red[0] - red[2] > 150, "the left half is on top"


def test_what_was_transparent_is_white() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(picture_of(written.getvalue()).full).getpixel((50, 50)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        a_photo()[:2000],
        png_that_claims(100, 100),
    ],
    ids=["nothing", "words", "svg", "half a photo", "a broken one"],
)
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(Problem) as refused:
        picture_of(content)
    assert (refused.value.status, [name for name, _message in refused.value.errors]) == (422, ["file"])


def test_what_would_fill_the_memory_is_not_unpacked() -> None:
    written = io.BytesIO()
    Image.new("1", (7100, 7100)).save(written, "PNG")
    assert len(written.getvalue()) < 10_000
    with pytest.raises(Problem, match="填写") as refused:
        picture_of(written.getvalue())
    assert "尺寸太大" in refused.value.errors[0][1]


def test_a_gif_is_none_of_ours() -> None:
    written = io.BytesIO()
    Image.new("RGB", (10, 10)).save(written, "GIF")
    with pytest.raises(Problem):
        picture_of(written.getvalue())
