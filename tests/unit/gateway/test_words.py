"""One text in the reader's language: named at import, settled when it is shown."""

from __future__ import annotations

import json
import re
from contextvars import copy_context
from datetime import datetime

import pytest
from werkzeug.test import Client

from gateway.refusals import in_their_words
from gateway.web import labels
from gateway.words import ENGLISH, Text, _, shown, speaking
from services.kit.outcomes import Refused

NAMED_AT_IMPORT = _("我要点单")
ENGLISH_READER = {"Accept-Language": "en-GB,en;q=0.9"}


def test_a_text_named_at_import_is_settled_when_shown() -> None:
    assert str(NAMED_AT_IMPORT) == "我要点单"
    with speaking(ENGLISH):
        assert str(NAMED_AT_IMPORT) == f"{NAMED_AT_IMPORT}" == "Place an order"
        assert NAMED_AT_IMPORT + "!" == "Place an order!"
        assert "> " + NAMED_AT_IMPORT == "> Place an order"
        assert _("还有 {}").format("3 h") == "3 h left"
        assert json.dumps(shown({"a": [NAMED_AT_IMPORT, 1]})) == '{"a": ["Place an order", 1]}'
    assert str(NAMED_AT_IMPORT) == "我要点单"


def test_as_a_plain_string_it_is_the_chinese_one() -> None:
    with speaking(ENGLISH):
        assert NAMED_AT_IMPORT == "我要点单"
        assert {"我要点单": 1}[NAMED_AT_IMPORT] == 1
        assert isinstance(NAMED_AT_IMPORT, Text)


def test_each_course_of_calls_has_its_own_language() -> None:
    apart = copy_context()
    with speaking(ENGLISH):
        assert apart.run(str, NAMED_AT_IMPORT) == "我要点单"


def test_labels_follow() -> None:
    with speaking(ENGLISH):
        assert str(labels.FILTERS["state"]("acting")) == "In progress"
        assert labels.moment(datetime(2026, 3, 4, 16, 30, tzinfo=labels.CITY)) == "4 Mar 2026 16:30"


def test_what_no_catalogue_has_is_shown_as_it_is() -> None:
    with speaking(ENGLISH):
        assert str(_("没有人翻译过的一句话")) == "没有人翻译过的一句话"


def test_a_refusal_without_words_in_the_readers_language_says_its_kind() -> None:
    def refuse() -> str:
        with pytest.raises(Refused) as caught, in_their_words():
            raise Refused("no-such-team", f"没有编号为 {7} 的团组")
        return caught.value.message

    assert refuse() == "没有编号为 7 的团组"
    with speaking(ENGLISH):
        assert refuse() == "The group may have been dissolved; please check the number."


@pytest.mark.parametrize(
    ("headers", "language", "words"),
    [
        ({}, "zh-CN", "输入点单时得到的查询码"),
        ({"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}, "zh-CN", "输入点单时得到的查询码"),
        ({"Accept-Language": "fr"}, "zh-CN", "输入点单时得到的查询码"),
        (ENGLISH_READER, "en", "Enter the code"),
        ({"Cookie": "sandan_language=en"}, "en", "Enter the code"),
        ({**ENGLISH_READER, "Cookie": "sandan_language=zh"}, "zh-CN", "输入点单时得到的查询码"),
        ({"Cookie": "sandan_language=xx"}, "zh-CN", "输入点单时得到的查询码"),
    ],
)
def test_the_language_is_chosen_or_the_browsers(
    client: Client, headers: dict[str, str], language: str, words: str
) -> None:
    response = client.get("/follow", headers=headers)
    assert response.headers["Content-Language"] == language
    assert f'<html lang="{language}"' in response.text
    assert words in response.text


def test_a_page_in_english_has_no_chinese_of_ours(client: Client) -> None:
    page = client.get("/follow", headers=ENGLISH_READER).text.replace('lang="zh-CN">中文<', "")
    assert re.findall(r"[\u4e00-\u9fff]+", page) == []


def test_the_api_speaks_it_too(client: Client) -> None:
    problem = client.get("/api/v1/nothing", headers=ENGLISH_READER).get_json(force=True)
    assert problem["title"] == "There is no such page"
    wrong = client.post("/api/v1/orders", json={}, headers=ENGLISH_READER).get_json(force=True)
    assert {each["message"] for each in wrong["errors"]} == {"Please fill this in"}
    described = client.get("/api/openapi.json", headers=ENGLISH_READER).get_json(force=True)
    assert described["info"]["title"] == "The Sandan API"
    assert client.get("/api/openapi.json").get_json(force=True)["info"]["title"] == "三单开放接口"


def test_a_choice_in_the_foot_is_kept_and_leads_back(client: Client) -> None:
    form = {"next": "/follow?code=AB", "language": "en"}
    response = client.post("/appearance", data=form)
    assert response.status_code == 303
    assert response.headers["Location"] == "/follow?code=AB"
    assert "sandan_language=en" in response.headers["Set-Cookie"]
    assert "HttpOnly" in response.headers["Set-Cookie"]
    response = client.post("/appearance", data={"next": "https://elsewhere.example/", "type": "large"})
    assert response.headers["Location"] == "/"
    assert "sandan_type=large" in response.headers["Set-Cookie"]
    assert "Set-Cookie" not in client.post("/appearance", data={"language": "xx", "type": "tiny"}).headers


def test_large_type_is_set_on_the_whole_page(client: Client) -> None:
    assert 'class="large"' in client.get("/follow", headers={"Cookie": "sandan_type=large"}).text
    assert 'class="large"' not in client.get("/follow").text
