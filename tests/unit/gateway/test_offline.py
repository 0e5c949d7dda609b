"""What the gateway settles of keeping and sending without a net: the worker, the forms that scripts send, and whose they are."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from werkzeug.test import Client

from gateway.web import worker
from gateway.web.render import HERE
from gateway.whose import HEADER, whose

ORDER = {"words": "楼道的灯坏了", "community_code": "520425001001", "phone": "13800000002", "to": "send"}
BY_SCRIPT = {"Accept": "application/json", "Sec-Fetch-Site": "same-origin"}


def test_the_worker_is_asked_for_anew_and_minds_the_whole_site(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert worker.version() in answer.get_data(as_text=True)
    assert client.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_the_worker_changes_with_whatever_pages_are_made_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("static", "templates"):
        shutil.copytree(HERE / folder, tmp_path / folder)
    monkeypatch.setattr(worker, "HERE", tmp_path)
    assert worker.version.__wrapped__() == worker.version()
    (tmp_path / "static/style.css").write_text("body { color: red; }")
    assert worker.version.__wrapped__() != worker.version()


def test_the_worker_keeps_every_module_that_the_first_one_leads_to() -> None:
    found, ahead = set(), ["start.js"]
    while ahead:
        name = ahead.pop()
        found.add(f"/static/{name}")
        code = (HERE / "static" / name).read_text()
        ahead += [each for each in re.findall(r'"\./(\w+\.js)"', code) if f"/static/{each}" not in found]
    assert found <= set(worker.STATIC)


@pytest.mark.parametrize(
    "path", [*worker.SHELL, *worker.STATIC, "/manifest.webmanifest", "/static/icon-192.png"]
)
def test_what_is_kept_is_there_with_every_service_away(client: Client, path: str) -> None:
    assert client.get(path, query_string={"bare": "true"} if path in worker.SHELL else {}).status_code == 200


def test_a_form_that_a_script_sends_is_answered_to_a_script(client: Client) -> None:
    away = client.post("/new", data=ORDER, headers=BY_SCRIPT)
    assert away.status_code == 503
    assert away.mimetype == "application/problem+json"
    wrong = client.post("/new", data={**ORDER, "community_code": ""}, headers=BY_SCRIPT)
    assert wrong.status_code == 422
    assert [each["field"] for each in wrong.get_json(force=True)["errors"]] == ["community_code"]
    assert (
        client.post("/new", data=ORDER, headers={**BY_SCRIPT, "Accept": "text/html"}).mimetype == "text/html"
    )


@pytest.mark.parametrize(("written_by", "status"), [("", 503), ("somebody", 401)])
def test_what_was_kept_comes_from_its_writer_alone(client: Client, written_by: str, status: int) -> None:
    sent = client.post("/new", data=ORDER, headers={**BY_SCRIPT, HEADER: written_by})
    assert sent.status_code == status


def test_a_script_is_no_way_around_where_forms_come_from(client: Client) -> None:
    sent = client.post("/new", data=ORDER, headers={**BY_SCRIPT, "Sec-Fetch-Site": "cross-site"})
    assert sent.status_code == 403


def test_nobody_has_an_empty_name() -> None:
    assert whose(None) == ""
