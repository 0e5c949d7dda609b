"""Words of one's own: checked before they are kept, and nothing that a template writer could look into."""

from __future__ import annotations

import pytest

from services.kit.outcomes import Refused
from services.notify.contracts import Language
from services.notify.domain.english import ENGLISH
from services.notify.domain.templates import ROWS, Row, check, preview, row_of, sample_of, shipped
from services.notify.domain.wording import filled

REGISTERED = row_of("dispatch.task_registered", "residents")


def test_every_row_is_said_in_english_too() -> None:
    said = {text for row in ROWS.values() for text in (row.telling.title, row.telling.words)}
    assert said - ENGLISH.keys() == set()
    assert ENGLISH.keys() - said == set(), "said of nothing"


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: f"{row.kind} {row.audience}")
@pytest.mark.parametrize("language", Language)
def test_the_shipped_words_can_be_filled_in_both_languages(row: Row, language: Language) -> None:
    for text in shipped(row, language):
        assert "{" not in filled(text, sample_of(row.event), language)


def test_the_shipped_words_keep_to_the_bounds_of_ones_own() -> None:
    for row in ROWS.values():
        check(row, *shipped(row, Language.ZH))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{promised_on:day}", "{promised_on}"),
        ("{by}", "{by}"),
        ("{}", "{0}"),
        ("{order_ids[0]}", "{order_ids[0]}"),
        ("{category.__class__}", "{category.__class__}"),
        ("{promised_at}", "花括号"),
        ("{promised_at:%Y}", "花括号"),
        ("{promised_at", "花括号"),
        ("{category!r}", "花括号"),
        ("{category:>99999999}", "花括号"),
        ("", "1 到 300"),
    ],
)
def test_what_cannot_be_filled_in_is_named(words: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        check(REGISTERED, "立项了", words)
    assert (refused.value.field, refused.value.status) == ("words", 422)
    assert said in refused.value.message


def test_a_preview_shows_sample_data() -> None:
    assert preview(REGISTERED, " 立项了 ", "{promised_at:minute} 前答复", Language.ZH) == (
        "立项了",
        "3月5日 14:30 前答复",
    )
    assert preview(REGISTERED, "ok", "by {promised_at:day}", Language.EN) == ("ok", "by 5 Mar")


def test_what_nobody_is_told_has_no_template() -> None:
    with pytest.raises(Refused) as refused:
        row_of("dispatch.task_registered", "voters")
    assert refused.value.status == 404
