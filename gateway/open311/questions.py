"""Answers to a service's questions: checked by their datatypes, and put into words for those who will read the order.

They become lines of the order's words (docs/adr/0015): read, compared, searched and masked like everything else that was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from werkzeug.datastructures import MultiDict

from gateway.web.labels import CITY
from gateway.words import _
from services.dispatch.contracts import AnswerKind, Question

LONGEST = 200
"""Characters of one answer."""

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
_GIVEN = re.compile(r"attribute\[(\w+)\](?:\[\w*\])?")

Wrong = tuple[str, str]
"""A parameter, and what is wrong with it."""


def answers_in(form: MultiDict[str, str]) -> dict[str, list[str]]:
    """What was sent as ``attribute[CODE]``, or ``attribute[CODE][]`` for several; empty answers are none."""
    found: dict[str, list[str]] = {}
    for name, values in form.lists():
        if match := _GIVEN.fullmatch(name):
            found.setdefault(match[1], []).extend(value.strip() for value in values if value.strip())
    return found


def in_words(
    questions: Iterable[Question], answers: dict[str, list[str]]
) -> tuple[tuple[str, ...], tuple[Wrong, ...]]:
    """A line for each answer in the order of the questions, and what is wrong with the answers."""
    lines: list[str] = []
    wrong: list[Wrong] = []
    asked = [question for question in questions if question.variable]
    for question in asked:
        given = answers.get(question.code, [])
        name = f"attribute[{question.code}]"
        if not given:
            if question.required:
                wrong.append((name, _("{} was not provided：请回答「{}」").format(name, question.question)))
            continue
        said = _said(question, given)
        if said is None:
            wrong.append((name, _EXPECTED[question.kind]))
        else:
            lines.append(f"{question.question}：{said}")
    known = {question.code for question in asked}
    wrong += [(f"attribute[{code}]", _("这项服务没有这个问题")) for code in answers if code not in known]
    return tuple(lines), tuple(wrong)


def _said(question: Question, given: Sequence[str]) -> str | None:
    """None for what is no answer to the question."""
    if question.kind is AnswerKind.MULTI:
        names = {choice.key: choice.name for choice in question.choices}
        picked = [key.strip() for each in given for key in each.split(",")]
        return "、".join(names[key] for key in picked) if set(picked) <= names.keys() else None
    if len(given) > 1:
        return None
    (answer,) = given
    match question.kind:
        case AnswerKind.SINGLE:
            return {choice.key: choice.name for choice in question.choices}.get(answer)
        case AnswerKind.NUMBER:
            return answer if answer.isascii() and _NUMBER.fullmatch(answer) else None
        case AnswerKind.DATETIME:
            return _moment(answer)
        case _:
            return answer if len(answer) <= LONGEST and "\0" not in answer else None


def _moment(answer: str) -> str | None:
    try:
        told = datetime.fromisoformat(answer)
        return None if told.tzinfo is None else f"{told.astimezone(CITY):%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError):
        return None


_EXPECTED = {
    AnswerKind.STRING: _("请用最多 200 个字回答一次"),
    AnswerKind.TEXT: _("请用最多 200 个字回答一次"),
    AnswerKind.NUMBER: _("应为一个数"),
    AnswerKind.DATETIME: _("应为带时区的时间，如 2026-03-01T09:00:00+08:00"),
    AnswerKind.SINGLE: _("请从选项中选一个，填它的 key"),
    AnswerKind.MULTI: _("请从选项中选，填它们的 key"),
}
