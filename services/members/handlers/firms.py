"""Enterprises: registered, given helpers, listed."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.sealing import Sealer
from services.kit.work import Work
from services.members.contracts import (
    FirmContact,
    FirmPaired,
    FirmView,
    GetFirm,
    Level,
    ListFirms,
    PairFirm,
    RegisterFirm,
    ReviseFirm,
    Slug,
    UnpairFirm,
)
from services.members.domain.accounts import clean_name
from services.members.domain.authority import check_keeping
from services.members.domain.firms import Firm, clean_firm_contact, clean_firm_trade, may_see_contact
from services.members.handlers.tree import check_node
from services.members.store import firms, teams


def register_firm(work: Work, ask: RegisterFirm, sealer: Sealer) -> FirmView:
    check_keeping(work.actor, ask.community_code)
    firm = Firm(
        id=work.new_id(),
        name=clean_name(ask.name),
        trade=clean_firm_trade(ask.trade),
        community_code=ask.community_code,
        contact_sealed=_sealed(ask.contact, sealer),
        registered_at=work.now,
    )
    check_node(work, ask.community_code, Level.COMMUNITY, "community_code")
    if not firms.enter(work.db, firm):
        raise _name_taken()
    return _view(work, firm, sealer)


def revise_firm(work: Work, ask: ReviseFirm, sealer: Sealer) -> FirmView:
    firm = _kept(work, ask.firm_id)
    after = replace(
        firm,
        name=firm.name if ask.name is None else clean_name(ask.name),
        trade=firm.trade if ask.trade is None else clean_firm_trade(ask.trade),
        contact_sealed=firm.contact_sealed if ask.contact is None else _sealed(ask.contact, sealer),
    )
    if not firms.save(work.db, after):
        raise _name_taken()
    return _view(work, after, sealer)


def pair_firm(work: Work, ask: PairFirm, sealer: Sealer) -> FirmView:
    firm = _kept(work, ask.firm_id)
    if ask.member_id not in teams.places_of(work.db, [ask.member_id]):
        raise Refused(Slug.NO_SUCH_MEMBER, "没有这名党员，或已注销报到", status=422, field="member_id")
    if ask.member_id not in {helper.member_id for helper in firm.helpers}:
        revision = firms.pair(work.db, firm.id, ask.member_id, work.now)
        _tell(work, firm, ask.member_id, revision, lasting=True)
    return _view(work, _load(work, firm.id), sealer)


def unpair_firm(work: Work, ask: UnpairFirm, sealer: Sealer) -> FirmView:
    firm = _kept(work, ask.firm_id)
    _unpair(work, firm, ask.member_id)
    return _view(work, _load(work, firm.id), sealer)


def leave_firms(work: Work, member_id: str) -> None:
    """Whoever has checked out helps no firm any more."""
    for firm_id in firms.helped_by(work.db, member_id):
        firm = firms.lock(work.db, firm_id)
        if firm is not None:
            _unpair(work, firm, member_id)


def _unpair(work: Work, firm: Firm, member_id: str) -> None:
    if member_id in {helper.member_id for helper in firm.helpers}:
        revision = firms.unpair(work.db, firm.id, member_id, work.now)
        _tell(work, firm, member_id, revision, lasting=False)


def _tell(work: Work, firm: Firm, member_id: str, revision: int, *, lasting: bool) -> None:
    told = FirmPaired(
        firm_id=firm.id, community_code=firm.community_code, member_id=member_id, lasting=lasting
    )
    work.outbox.append(told, aggregate=f"firm:{firm.id}:{member_id}", sequence=revision)


def get_firm(work: Work, ask: GetFirm, sealer: Sealer) -> FirmView:
    firm = firms.load(work.db, ask.firm_id)
    if firm is None:
        raise _no_such_firm()
    return _view(work, firm, sealer)


def list_firms(work: Work, ask: ListFirms, sealer: Sealer) -> Page[FirmView]:
    limit = bounded(ask.limit)
    found = firms.page(
        work.db,
        node=ask.node,
        trade=ask.trade,
        words=ask.search,
        helper=work.actor.id if ask.mine else None,
        unhelped=ask.unhelped,
        last=decode_moment_cursor(ask.cursor),
        limit=limit + 1,
    )
    return page_of(
        found,
        limit,
        key=lambda firm: (firm.registered_at, firm.id),
        view=lambda firm: _view(work, firm, sealer),
    )


def _load(work: Work, firm_id: str) -> Firm:
    firm = firms.lock(work.db, firm_id)
    if firm is None:
        raise _no_such_firm()
    return firm


def _kept(work: Work, firm_id: str) -> Firm:
    """The firm, locked, if the asker keeps it."""
    firm = _load(work, firm_id)
    check_keeping(work.actor, firm.community_code)
    return firm


def _sealed(contact: FirmContact, sealer: Sealer) -> bytes:
    return sealer.seal(msgspec.json.encode(clean_firm_contact(contact)).decode())


def _name_taken() -> Refused:
    return Refused(Slug.FIRM_KNOWN, "本社区已有这个名称的企业", status=409, field="name")


def _no_such_firm() -> Refused:
    return Refused(Slug.NO_SUCH_FIRM, "没有这家企业", status=404)


def _view(work: Work, firm: Firm, sealer: Sealer) -> FirmView:
    contact = None
    if may_see_contact(work.actor, firm):
        contact = msgspec.json.decode(sealer.open(firm.contact_sealed), type=FirmContact)
    return FirmView(
        firm_id=firm.id,
        name=firm.name,
        trade=firm.trade,
        community_code=firm.community_code,
        contact=contact,
        helpers=firm.helpers,
        registered_at=firm.registered_at,
    )
