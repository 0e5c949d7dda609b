"""The table of questions as a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from services.dispatch.contracts import AnswerKind, Choice, Question
from services.dispatch.domain.categories import Kinds
from services.kit.registers import Columns, Line

COLUMNS = Columns(("category", "code", "kind", "question"), ("required", "hint", "choices", "variable"))
LISTS = frozenset({AnswerKind.SINGLE, AnswerKind.MULTI})
LONGEST_QUESTION = 100
LONGEST_HINT = 200
MOST_CHOICES = 100
WORDS = {"yes": True, "no": False}

_CODE = re.compile(r"[a-z][a-z0-9_]{0,49}")
_CHOICE = re.compile(r"([A-Za-z0-9_.-]{1,50})=(.{1,50})")


def read_questions(lines: Iterable[Line], kinds: Kinds) -> Iterator[Question]:
    """The questions of the lines, in their order. What is wrong goes to the lines' problems."""
    first: dict[tuple[str, str], int] = {}
    for line in lines:
        asked = line["category"], line["code"]
        if asked[0] not in kinds:
            line.wrong("category", "没有这个类别，请从类别表中选择")
        if not _CODE.fullmatch(asked[1]):
            line.wrong("code", "代码须以小写字母开头，只含小写字母、数字和下划线，最多 50 个")
        elif asked in first:
            line.wrong("code", f"与第 {first[asked]} 行重复")
        first.setdefault(asked, line.number)
        kind = _kind(line)
        yield Question(
            category=asked[0],
            code=asked[1],
            kind=kind,
            question=_text(line, "question", LONGEST_QUESTION, least=1),
            required=_word(line, "required", usual=False),
            variable=_word(line, "variable", usual=True),
            hint=_text(line, "hint", LONGEST_HINT, least=0) or None,
            choices=_choices(line, kind),
        )


def _kind(line: Line) -> AnswerKind:
    if line["kind"] in tuple(AnswerKind):
        return AnswerKind(line["kind"])
    line.wrong("kind", f"只能是：{'、'.join(AnswerKind)}")
    return AnswerKind.STRING


def _text(line: Line, column: str, most: int, *, least: int) -> str:
    text = line[column]
    if not least <= len(text) <= most:
        line.wrong(column, f"应为 {least} 到 {most} 个字")
    return text


def _word(line: Line, column: str, *, usual: bool) -> bool:
    text = line[column]
    if text and text not in WORDS:
        line.wrong(column, "只能是 yes 或 no")
    return WORDS.get(text, usual)


def _choices(line: Line, kind: AnswerKind) -> tuple[Choice, ...]:
    cells = [cell for cell in line["choices"].split("|") if cell]
    found = [match for cell in cells if (match := _CHOICE.fullmatch(cell))]
    if len(found) < len(cells) or len(cells) > MOST_CHOICES:
        line.wrong(
            "choices", f"应写作 代码=名称，用 | 隔开，最多 {MOST_CHOICES} 个；代码只含字母、数字和 _ . -"
        )
    elif len({match[1] for match in found}) < len(found):
        line.wrong("choices", "选项的代码有重复")
    elif bool(found) is not (kind in LISTS):
        line.wrong("choices", "单选和多选须有选项，其他问题没有选项")
    return tuple(Choice(key=match[1], name=match[2]) for match in found)
