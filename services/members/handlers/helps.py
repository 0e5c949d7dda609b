"""Members hand in hand with households: paired one to one, what was done, ended with the contact erased."""

from __future__ import annotations

import msgspec

from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, moment_cursor, page_of
from services.kit.sealing import Sealer
from services.kit.work import Work
from services.members.contracts import (
    DoingView,
    EndHelp,
    HelpView,
    HouseholdContact,
    ListDoings,
    ListHelps,
    PairHousehold,
    RecordDoing,
    Slug,
)
from services.members.domain.authority import BOND_KEEPERS, check_keeping, is_system, refused
from services.members.domain.pairings import (
    LONGEST_WORDS,
    Help,
    NamedHelp,
    check_helping,
    clean_contact,
    may_see_help,
)
from services.members.domain.promises import day_of
from services.members.domain.words import plain_words
from services.members.handlers.tree import check_known
from services.members.store import helps, teams


def pair_household(work: Work, ask: PairHousehold, sealer: Sealer) -> HelpView:
    """The member serves the household's community, or one that the household's place lies in."""
    check_keeping(work.actor, ask.node)
    contact = clean_contact(ask.contact)
    check_known(work, ask.node, "node")
    place = teams.places_of(work.db, [ask.member_id]).get(ask.member_id)
    if place is None:
        raise Refused(Slug.NO_SUCH_MEMBER, "没有这名党员，或已注销报到", status=422, field="member_id")
    help_ = Help(
        id=work.new_id(),
        member_id=ask.member_id,
        node=ask.node,
        need=ask.need,
        contact_sealed=sealer.seal(msgspec.json.encode(contact).decode()),
        since=day_of(work.now),
        paired_at=work.now,
    )
    if not helps.enter(work.db, help_, sealer.blind(_household(ask.node, contact))):
        raise Refused(Slug.ALREADY_PAIRED, "该党员或该户已有一对一帮扶", status=409)
    return _view(_load(work, help_.id), sealer)


def _household(node: str, contact: HouseholdContact) -> str:
    """The same household by its phone, or else by its name and address at one place."""
    return (
        f"household:{contact.phone}"
        if contact.phone
        else f"household:{node}:{contact.name}:{contact.address}"
    )


def record_doing(work: Work, ask: RecordDoing, sealer: Sealer) -> HelpView:
    help_ = _load(work, ask.help_id).help
    if work.actor.id != help_.member_id:
        raise refused("只有帮扶党员本人可以登记")
    check_helping(help_)
    words = plain_words(ask.words, "words", LONGEST_WORDS)
    helps.record(work.db, work.new_id(), help_.id, ask.kind, words, work.now)
    return _view(_load(work, help_.id), sealer)


def end_help(work: Work, ask: EndHelp, sealer: Sealer) -> HelpView:
    help_ = _load(work, ask.help_id).help
    check_keeping(work.actor, help_.node)
    helps.end(work.db, help_.id, plain_words(ask.reason, "reason", LONGEST_WORDS), work.now)
    return _view(_load(work, help_.id), sealer)


def list_helps(work: Work, ask: ListHelps, sealer: Sealer) -> Page[HelpView]:
    limit = bounded(ask.limit)
    found = helps.page(
        work.db,
        above=("",) if is_system(work.actor) else work.actor.nodes_of(*BOND_KEEPERS),
        own=work.actor.id,
        node=ask.node,
        need=ask.need,
        ended=ask.ended,
        last=decode_moment_cursor(ask.cursor),
        limit=limit + 1,
    )
    return page_of(
        found,
        limit,
        key=lambda named: (named.help.paired_at, named.help.id),
        view=lambda named: _view(named, sealer),
    )


def list_doings(work: Work, ask: ListDoings) -> Page[DoingView]:
    help_ = _load(work, ask.help_id).help
    if not may_see_help(work.actor, help_):
        raise refused("您没有查看这份帮扶记录的权限")
    limit = bounded(ask.limit)
    found = helps.page_of_doings(work.db, help_.id, last=decode_moment_cursor(ask.cursor), limit=limit + 1)
    shown = found[:limit]
    more = moment_cursor(shown[-1][1].at, shown[-1][0]) if len(found) > limit else None
    return Page(items=tuple(doing for _, doing in shown), next=more)


def _load(work: Work, help_id: str) -> NamedHelp:
    named = helps.load(work.db, help_id)
    if named is None:
        raise Refused(Slug.NO_SUCH_HELP, "没有这份帮扶", status=404)
    return named


def _view(named: NamedHelp, sealer: Sealer) -> HelpView:
    """With the contact: whoever gets here has been let in."""
    help_ = named.help
    sealed = help_.contact_sealed
    return HelpView(
        help_id=help_.id,
        member_id=help_.member_id,
        member_name=named.member_name,
        node=help_.node,
        need=help_.need,
        contact=None if sealed is None else msgspec.json.decode(sealer.open(sealed), type=HouseholdContact),
        since=help_.since,
        doings=named.doings,
        ended_at=help_.ended_at,
        ended_why=help_.ended_why,
    )
