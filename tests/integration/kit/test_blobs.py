"""Storage of files: one suite for the folder and for S3's protocol, spoken to a small recorder that checks each request."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from services.kit.blobs import Away, Blobs, FolderBlobs, blobs_at
from tests.waiting import free_port

ABSENT = b"<Error><Code>NoSuchKey</Code><Message>none</Message><Key>k</Key><RequestId>r</RequestId></Error>"
BROKEN = b"<Error><Code>InternalError</Code><Message>broken</Message><RequestId>r</RequestId></Error>"


class Recorder(ThreadingHTTPServer):
    """Keeps objects in memory, and what is wrong with the requests that it gets."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.objects: dict[str, bytes] = {}
        self.types: dict[str, str] = {}
        self.faults: list[str] = []
        self.is_broken = False


class Answering(BaseHTTPRequestHandler):
    server: Recorder

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self._check(content)
        self.server.objects[self._key()] = content
        self.server.types[self._key()] = self.headers["Content-Type"]
        self._answer(200, b"", ETag=f'"{hashlib.md5(content, usedforsecurity=False).hexdigest()}"')

    def do_GET(self) -> None:
        self._check(b"")
        found = self.server.objects.get(self._key())
        self._answer(404, ABSENT) if found is None else self._answer(200, found)

    def do_DELETE(self) -> None:
        self._check(b"")
        self.server.objects.pop(self._key(), None)
        self._answer(204, b"")

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix("/pictures/")

    def _check(self, content: bytes) -> None:
        signed = self.headers.get("Authorization", "")
        expected = "AWS4-HMAC-SHA256 Credential=our-id/"
        if not signed.startswith(expected) or "/test-region/s3/aws4_request" not in signed:
            self.server.faults.append(f"{self.command}: not signed by us: {signed}")
        if not urlsplit(self.path).path.startswith("/pictures/"):
            self.server.faults.append(f"{self.command}: another bucket: {self.path}")
        told = self.headers.get("x-amz-content-sha256")
        if told != hashlib.sha256(content).hexdigest():
            self.server.faults.append(f"{self.command}: the digest is not that of the content: {told}")

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        if self.server.is_broken:
            status, body = 500, BROKEN
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class's name
        """Nothing: pytest shows what failed."""


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def s3_at(port: int) -> Blobs:
    return blobs_at(f"s3+http://127.0.0.1:{port}/pictures", key_id="our-id", secret="x", region="test-region")


@pytest.fixture(params=["folder", "s3"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path, recorder: Recorder) -> Blobs:
    return blobs_at(f"file://{tmp_path}") if request.param == "folder" else s3_at(recorder.server_port)


def test_what_is_put_is_there_until_it_is_deleted(blobs: Blobs, recorder: Recorder) -> None:
    assert blobs.get("a/one.jpg") is None
    blobs.put("a/one.jpg", b"first", "image/jpeg")
    blobs.put("a/two.jpg", bytes(range(256)) * 400, "image/jpeg")
    blobs.put("a/one.jpg", b"second", "image/jpeg")
    assert blobs.get("a/one.jpg") == b"second"
    assert blobs.get("a/two.jpg") == bytes(range(256)) * 400
    blobs.delete("a/one.jpg")
    blobs.delete("a/one.jpg")
    assert blobs.get("a/one.jpg") is None
    assert blobs.get("a/two.jpg") is not None
    assert recorder.faults == []


@pytest.mark.parametrize("key", ["", "/etc/passwd", "../up", "a//b", "a/../b", ".hidden", "A", "a b", "a/"])
def test_what_is_no_path_is_no_key(blobs: Blobs, key: str) -> None:
    for act in (blobs.get, blobs.delete, lambda given: blobs.put(given, b"", "image/jpeg")):
        with pytest.raises(ValueError, match="not a key"):
            act(key)


def test_an_object_bears_its_type(recorder: Recorder) -> None:
    s3_at(recorder.server_port).put("a/one.jpg", b"x", "image/jpeg")
    assert recorder.types == {"a/one.jpg": "image/jpeg"}


@pytest.mark.parametrize("away", ["nobody listens", "broken"])
def test_storage_that_does_not_answer_is_away(recorder: Recorder, away: str) -> None:
    recorder.is_broken = True
    blobs = s3_at(free_port() if away == "nobody listens" else recorder.server_port)
    for act in (blobs.get, blobs.delete, lambda key: blobs.put(key, b"x", "image/jpeg")):
        with pytest.raises(Away):
            act("a/one.jpg")


def test_a_folder_that_cannot_be_written_is_away(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Away):
        FolderBlobs(tmp_path / "file").put("one.jpg", b"x", "image/jpeg")


@pytest.mark.parametrize(
    "url", ["", "/srv/photos", "file://host/x", "ftp://host/x", "s3://host", "s3://host/a/b", "s3:///bucket"]
)
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="must be"):
        blobs_at(url, key_id="i", secret="s")


def test_s3_needs_a_key() -> None:
    with pytest.raises(ValueError, match="key"):
        blobs_at("s3://host/bucket")
