"""The words of messages: what is in force where, saying it otherwise, and what that would look like."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import bad_cursor, bounded, decode_cursor, encode_cursor
from services.kit.work import Work
from services.notify.contracts import (
    ChannelKind,
    GetTemplate,
    Language,
    ListTemplates,
    Preview,
    PreviewTemplate,
    SetTemplate,
    Slug,
    TemplateAt,
    TemplateView,
    UnsetTemplate,
)
from services.notify.domain import templates as rules
from services.notify.domain.places import check_holds
from services.notify.domain.templates import ROWS, Row, row_of
from services.notify.domain.wording import placeholders_of
from services.notify.store import templates
from services.notify.store.templates import Own

READERS = ("operator", "supervisor")
WRITERS = ("operator",)


def list_templates(work: Work, ask: ListTemplates) -> Page[TemplateView]:
    check_holds(work.actor, ask.node, *READERS)
    rows = [row for row in ROWS.values() if ask.kind in {None, row.kind}]
    begin, limit = _begin(ask.cursor, rows), bounded(ask.limit)
    own = templates.in_force(work.db, ask.node, ask.channel, ask.language)
    shown = rows[begin : begin + limit]
    more = encode_cursor(shown[-1].kind, shown[-1].audience) if begin + limit < len(rows) else None
    return Page(items=tuple(_view(ask.node, row, ask.channel, ask.language, own) for row in shown), next=more)


def get_template(work: Work, ask: GetTemplate) -> TemplateView:
    check_holds(work.actor, ask.node, *READERS)
    return _one(work, ask)


def set_template(work: Work, ask: SetTemplate) -> TemplateView:
    check_holds(work.actor, ask.node, *WRITERS)
    title, words = rules.check(row_of(ask.kind, ask.audience), ask.title, ask.words)
    templates.enter(work.db, _own(ask, title, words, by=work.actor.id, at=work.now, withdrawn=False))
    return _one(work, ask)


def unset_template(work: Work, ask: UnsetTemplate) -> TemplateView:
    check_holds(work.actor, ask.node, *WRITERS)
    row_of(ask.kind, ask.audience)
    taken = _own(ask, "", "", by=work.actor.id, at=work.now, withdrawn=True)
    newest = templates.newest_at(work.db, taken)
    if newest is None or newest.withdrawn:
        raise Refused(Slug.NO_SUCH_TEMPLATE, "这个地方没有自己的说法", status=404)
    templates.enter(work.db, taken)
    return _one(work, ask)


def preview_template(_: Work, ask: PreviewTemplate) -> Preview:
    title, words = rules.preview(row_of(ask.kind, ask.audience), ask.title, ask.words, ask.language)
    return Preview(title=title, words=words)


def _one(work: Work, ask: TemplateAt) -> TemplateView:
    row = row_of(ask.kind, ask.audience)
    own = templates.in_force(work.db, ask.node, ask.channel, ask.language, (ask.kind,))
    return _view(ask.node, row, ask.channel, ask.language, own)


def _own(ask: TemplateAt, title: str, words: str, *, by: str, at: datetime, withdrawn: bool) -> Own:
    return Own(
        node=ask.node,
        kind=ask.kind,
        audience=ask.audience,
        channel=ask.channel,
        language=ask.language,
        version=0,
        title=title,
        words=words,
        withdrawn=withdrawn,
        set_by=by,
        set_at=at,
    )


def _view(
    node: str, row: Row, channel: ChannelKind, language: Language, own: Mapping[tuple[str, str], Own]
) -> TemplateView:
    said = own.get((row.kind, row.audience))
    title, words = rules.shipped(row, language)
    return TemplateView(
        node=node,
        kind=row.kind,
        audience=row.audience,
        channel=channel,
        language=language,
        theme=row.theme,
        title=said.title if said else title,
        words=said.words if said else words,
        shipped_title=title,
        shipped_words=words,
        placeholders=placeholders_of(row.event),
        version=said.version if said else 0,
        set_at_node=said.node if said else None,
        set_by=said.set_by if said else None,
        set_at=said.set_at if said else None,
    )


def _begin(cursor: str | None, rows: list[Row]) -> int:
    """Where the page begins: after the row that the page before ended with."""
    if cursor is None:
        return 0
    last = decode_cursor(cursor, 2)
    for place, row in enumerate(rows):
        if (row.kind, row.audience) == last:
            return place + 1
    raise bad_cursor()
