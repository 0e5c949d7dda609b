"""Units paired with communities: what they mean to do together, and how it was done."""

from __future__ import annotations

from datetime import datetime

from services.kit.asking import Page
from services.kit.outcomes import Refused, invalid
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work
from services.members.contracts import (
    AddCommitments,
    CommitmentView,
    EndPairing,
    KeepCommitment,
    Level,
    ListPairings,
    PairingView,
    PairUnit,
    Slug,
)
from services.members.domain.authority import check_keeping
from services.members.domain.pairings import (
    LONGEST_WORDS,
    NamedPairing,
    Pairing,
    check_contributing,
    check_lasting,
    joints_of,
)
from services.members.domain.promises import day_of
from services.members.domain.words import plain_words
from services.members.handlers.items import item_view
from services.members.handlers.tree import check_node
from services.members.store import pairings, units


def pair_unit(work: Work, ask: PairUnit) -> PairingView:
    check_keeping(work.actor, ask.community_code)
    joints = joints_of(ask.commitments, 0, work.now)
    check_node(work, ask.community_code, Level.COMMUNITY, "community_code")
    if units.load(work.db, ask.unit_id) is None:
        raise Refused(Slug.NO_SUCH_UNIT, "没有这个单位", status=422, field="unit_id")
    pairing = Pairing(
        id=work.new_id(),
        unit_id=ask.unit_id,
        community_code=ask.community_code,
        since=day_of(work.now),
        paired_at=work.now,
    )
    if not pairings.enter(work.db, pairing):
        raise Refused(Slug.ALREADY_PAIRED, "该单位已有结对社区，请先结束原结对", status=409)
    pairings.commit(work.db, pairing.id, joints)
    return _view(_locked(work, pairing.id), work.now)


def add_commitments(work: Work, ask: AddCommitments) -> PairingView:
    named = _locked(work, ask.pairing_id)
    check_contributing(work.actor, named.pairing)
    check_lasting(named.pairing)
    if not ask.commitments:
        raise invalid("commitments", "请至少写一项")
    pairings.commit(work.db, ask.pairing_id, joints_of(ask.commitments, len(named.joints), work.now))
    return _view(_locked(work, ask.pairing_id), work.now)


def keep_commitment(work: Work, ask: KeepCommitment) -> PairingView:
    named = _locked(work, ask.pairing_id)
    check_contributing(work.actor, named.pairing)
    if ask.number not in {joint.item.number for joint in named.joints}:
        raise Refused(Slug.NO_SUCH_PAIRING, "没有这一项共建事项", status=404)
    words = plain_words(ask.words, "words", LONGEST_WORDS)
    if not pairings.keep(work.db, ask.pairing_id, ask.number, words, work.now):
        raise Refused(Slug.ALREADY_DONE, "这一项已登记完成", status=409)
    return _view(_locked(work, ask.pairing_id), work.now)


def end_pairing(work: Work, ask: EndPairing) -> PairingView:
    named = _locked(work, ask.pairing_id)
    check_keeping(work.actor, named.pairing.community_code)
    pairings.end(work.db, ask.pairing_id, plain_words(ask.reason, "reason", LONGEST_WORDS), work.now)
    return _view(_locked(work, ask.pairing_id), work.now)


def list_pairings(work: Work, ask: ListPairings) -> Page[PairingView]:
    limit = bounded(ask.limit)
    found = pairings.page(
        work.db,
        node=ask.node,
        unit_id=ask.unit_id,
        ended=ask.ended,
        last=decode_moment_cursor(ask.cursor),
        limit=limit + 1,
    )
    return page_of(
        found,
        limit,
        key=lambda named: (named.pairing.paired_at, named.pairing.id),
        view=lambda named: _view(named, work.now),
    )


def _locked(work: Work, pairing_id: str) -> NamedPairing:
    named = pairings.lock(work.db, pairing_id)
    if named is None:
        raise Refused(Slug.NO_SUCH_PAIRING, "没有这个结对", status=404)
    return named


def _view(named: NamedPairing, now: datetime) -> PairingView:
    pairing = named.pairing
    return PairingView(
        pairing_id=pairing.id,
        unit_id=pairing.unit_id,
        unit_name=named.unit_name,
        community_code=pairing.community_code,
        community_name=named.community_name,
        since=pairing.since,
        commitments=tuple(
            CommitmentView(field=joint.field, **vars(item_view(joint.item, now))) for joint in named.joints
        ),
        ended_at=pairing.ended_at,
        ended_why=pairing.ended_why,
    )
