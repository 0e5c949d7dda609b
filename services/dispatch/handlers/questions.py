"""What those are asked who order: showing the table, and replacing it by a file."""

from __future__ import annotations

from services.dispatch.contracts import ListQuestions, PutQuestions, QuestionsPut, QuestionsView, Slug
from services.dispatch.domain.question_file import COLUMNS, read_questions
from services.dispatch.domain.wording import invalid
from services.dispatch.store import categories, questions
from services.kit.outcomes import Refused
from services.kit.registers import Problems, lines_of
from services.kit.sheets import UnreadableError, read_sheet
from services.kit.work import Work


def list_questions(work: Work, _ask: ListQuestions) -> QuestionsView:
    return QuestionsView(
        items=questions.every_question(work.db), changed_at=categories.tables_changed_at(work.db)
    )


def put_questions(work: Work, ask: PutQuestions) -> QuestionsPut:
    """Raises Refused: not-allowed, or invalid for what is no table."""
    if not work.actor.holds_citywide("operator", "system"):
        raise Refused(Slug.NOT_ALLOWED, "只有全市的管理员可以更换附加问题", status=403)
    problems = Problems()
    try:
        lines = lines_of(read_sheet(ask.content), COLUMNS, problems)
    except UnreadableError as wrong:
        raise invalid("content", str(wrong)) from wrong
    categories.lock(work.db)
    told = tuple(read_questions(lines, categories.kinds(work.db)))
    if not problems.count and not ask.dry_run:
        questions.replace_questions(work.db, told)
        categories.note_change(work.db, work.now)
    return QuestionsPut(
        rows=len(lines), dry_run=ask.dry_run, wrong=problems.count, errors=tuple(problems.kept)
    )
