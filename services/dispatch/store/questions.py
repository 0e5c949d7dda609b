"""The table of questions."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, delete, insert, select

from services.dispatch.contracts import AnswerKind, Choice, Question
from services.dispatch.store.register_tables import questions

ALL = select(questions).order_by(questions.c.position)


def every_question(db: Connection) -> tuple[Question, ...]:
    """In the order in which they are asked."""
    return tuple(
        Question(
            category=row.category,
            code=row.code,
            kind=AnswerKind(row.kind),
            question=row.question,
            required=row.required,
            variable=row.variable,
            hint=row.hint,
            choices=tuple(msgspec.convert(row.choices, list[Choice])),
        )
        for row in db.execute(ALL)
    )


def replace_questions(db: Connection, table: Iterable[Question]) -> None:
    rows = [
        {**vars(question), "position": position, "choices": [vars(choice) for choice in question.choices]}
        for position, question in enumerate(table)
    ]
    db.execute(delete(questions))
    if rows:
        db.execute(insert(questions), rows)
