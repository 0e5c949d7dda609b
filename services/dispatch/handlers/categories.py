"""The kinds of demands: showing the table, and replacing it by a file."""

from __future__ import annotations

from services.dispatch.contracts import (
    CategoriesPut,
    CategoryView,
    ListCategories,
    PromiseView,
    PutCategories,
    Slug,
    Urgency,
)
from services.dispatch.domain.categories import RESPOND_MINUTES, Category, solve_minutes
from services.dispatch.domain.category_file import COLUMNS, plan, read_categories
from services.dispatch.domain.wording import invalid
from services.dispatch.store import categories
from services.kit.outcomes import Refused
from services.kit.registers import Problems, lines_of
from services.kit.sheets import UnreadableError, read_sheet
from services.kit.work import Work


def list_categories(work: Work, ask: ListCategories) -> tuple[CategoryView, ...]:
    found = categories.kinds(work.db).values()
    return tuple(_view(each) for each in found if ask.retired or not each.retired)


def put_categories(work: Work, ask: PutCategories) -> CategoriesPut:
    if not work.actor.holds_citywide("operator", "system"):
        raise Refused(Slug.NOT_ALLOWED, "只有全市的管理员可以更换类别表", status=403)
    problems = Problems()
    try:
        lines = lines_of(read_sheet(ask.content), COLUMNS, problems)
    except UnreadableError as wrong:
        raise invalid("content", str(wrong)) from wrong
    told = tuple(read_categories(lines))
    categories.lock(work.db)
    planned = plan(categories.kinds(work.db), told)
    if not problems.count and not ask.dry_run:
        categories.enter(work.db, planned.kinds)
        categories.note_change(work.db, work.now)
    return CategoriesPut(
        rows=len(lines),
        created=planned.created,
        changed=planned.changed,
        unchanged=planned.unchanged,
        retired=planned.retired,
        dry_run=ask.dry_run,
        wrong=problems.count,
        errors=tuple(problems.kept),
    )


def _view(category: Category) -> CategoryView:
    return CategoryView(
        code=category.code,
        label=category.label,
        days=category.days,
        promises=tuple(
            PromiseView(
                urgency=urgency,
                respond_minutes=RESPOND_MINUTES[urgency],
                solve_minutes=solve_minutes(category, urgency),
            )
            for urgency in Urgency
        ),
        parent=category.parent,
        gb_39666=category.gb_39666,
        gb_30428=category.gb_30428,
        skill=category.skill,
        retired=category.retired,
        reply=category.reply,
        keywords=category.keywords,
        note=category.note,
    )
