"""Where files are kept that are too large for a database: put, get and delete by key; in a folder, or with S3's protocol.

A key is lower-case letters, digits and single dots, dashes and slashes, so that it is a path and part of an address alike.
"""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

KEY = re.compile(r"[a-z0-9]+(?:[./-][a-z0-9]+)*")


class Away(Exception):  # noqa: N818 - not a fault of whoever asks
    """The storage does not answer, or not as it should; trying again later may help."""


class Blobs(Protocol):
    """Each raises Away, and ValueError for what is no key. What is put is there for all once ``put`` has returned."""

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Keep it, in the place of what the key had before."""

    def get(self, key: str) -> bytes | None:
        """None if there is nothing under the key."""

    def delete(self, key: str) -> None:
        """Also where there is nothing any more."""


class FolderBlobs:
    """Each a file below ``folder``; several processes may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, key: str, content: bytes, content_type: str) -> None:  # noqa: ARG002 - a file knows no type
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Written beside and then renamed: nobody reads half a file, not even after a power cut.
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as draft:
                draft.write(content)
                draft.flush()
                os.fsync(draft.fileno())
            Path(draft.name).replace(path)
        except OSError as failure:
            raise Away(str(failure)) from failure

    def get(self, key: str) -> bytes | None:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as failure:
            raise Away(str(failure)) from failure

    def delete(self, key: str) -> None:
        try:
            self._path(key).unlink(missing_ok=True)
        except OSError as failure:
            raise Away(str(failure)) from failure

    def _path(self, key: str) -> Path:
        return self._folder / checked(key)


def blobs_at(url: str, *, key_id: str = "", secret: str = "", region: str = "us-east-1") -> Blobs:
    """The storage behind a URL: ``file:///folder``, ``s3://host/bucket`` (over TLS) or ``s3+http://host:port/bucket``.

    Raises ValueError for any other, and for S3 without a bucket or keys.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        return FolderBlobs(Path(unquote(parts.path)))
    bucket = parts.path.strip("/")
    if parts.scheme not in {"s3", "s3+http"} or not parts.netloc or not bucket or "/" in bucket:
        raise ValueError("must be file:///folder, s3://host/bucket or s3+http://host/bucket")
    if not key_id or not secret:
        raise ValueError("needs the id of a key, and the key")
    from services.kit.s3 import S3Blobs  # noqa: PLC0415 - its client costs 0.2 s and memory where it is not used

    secure = parts.scheme == "s3"
    return S3Blobs(parts.netloc, bucket, key_id=key_id, secret=secret, region=region, secure=secure)


def checked(key: str) -> str:
    if not KEY.fullmatch(key):
        raise ValueError(f"not a key: {key!r}")
    return key
