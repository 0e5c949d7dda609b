"""What those are asked who order under a category: what dispatch can be asked about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.kit.asking import Ask
from services.kit.registers import BadCell


class AnswerKind(StrEnum):
    """What an answer looks like, in Open311's words."""

    STRING = "string"
    NUMBER = "number"
    DATETIME = "datetime"
    TEXT = "text"
    SINGLE = "singlevaluelist"
    MULTI = "multivaluelist"


@dataclass(frozen=True, kw_only=True)
class Choice:
    key: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """``hint`` says how to answer. One that is not ``variable`` is told and needs no answer; ``choices`` are for lists alone."""

    category: str
    code: str
    kind: AnswerKind
    question: str
    required: bool = False
    variable: bool = True
    hint: str | None = None
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, kw_only=True)
class QuestionsView:
    """The questions of all categories, in the order in which they are asked; ``changed_at`` is when these or the categories
    were last replaced.
    """

    items: tuple[Question, ...]
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class ListQuestions(Ask[QuestionsView], service="dispatch"):
    """Public."""


@dataclass(frozen=True, kw_only=True)
class QuestionsPut:
    """What a file made of the table, or would make of it (``dry_run``). With ``errors`` nothing is changed at all."""

    rows: int
    dry_run: bool
    wrong: int
    errors: tuple[BadCell, ...]


@dataclass(frozen=True, kw_only=True)
class PutQuestions(Ask[QuestionsPut], service="dispatch"):
    """Replace the table by a CSV or XLSX file, all of it or nothing. For the city's operators.

    Columns: category, code, kind, question; required and variable (yes or no), hint, choices (key=name, parted by |) where
    they apply. Refused: invalid (422, field content) for what is no table.
    """

    content: bytes
    dry_run: bool = False
