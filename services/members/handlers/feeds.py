"""Calendar feeds: a secret address an account, which only its owner can read again, and revoke."""

from __future__ import annotations

import hashlib
import secrets

from services.kit.asking import Done
from services.kit.outcomes import Refused
from services.kit.sealing import Sealer
from services.kit.work import Work
from services.members.contracts import (
    Away,
    FeedOwner,
    FeedView,
    FileKind,
    GetFeed,
    MakeFeed,
    RevokeFeed,
    Slug,
    WhoseFeed,
)
from services.members.handlers.views import account_view
from services.members.store import accounts, availability, feeds

BYTES = 24
"""Of chance in a token: 192 bits cannot be guessed, and 32 characters fit a small QR code."""


def get_feed(work: Work, _ask: GetFeed, sealer: Sealer) -> FeedView:
    found = feeds.of_account(work.db, work.actor.id)
    if found is None:
        raise _no_such_feed()
    return FeedView(token=sealer.open(found.sealed), made_at=found.made_at)


def make_feed(work: Work, _ask: MakeFeed, sealer: Sealer) -> FeedView:
    if accounts.load(work.db, work.actor.id) is None:
        raise Refused(Slug.NOT_ALLOWED, "请先登录", status=403)
    token = secrets.token_urlsafe(BYTES)
    feeds.keep(work.db, work.actor.id, _digest(token), sealer.seal(token), work.now)
    return FeedView(token=token, made_at=work.now)


def revoke_feed(work: Work, _ask: RevokeFeed) -> Done:
    feeds.drop(work.db, work.actor.id)
    return Done()


def whose_feed(work: Work, ask: WhoseFeed) -> FeedOwner:
    owner = feeds.whose(work.db, _digest(ask.token))
    account = None if owner is None else accounts.load(work.db, owner)
    if account is None:
        raise _no_such_feed()
    leave = availability.of(work.db, FileKind.MEMBER, account.id).leave
    return FeedOwner(
        account=account_view(account), leave=tuple(Away(first=each.first, last=each.last) for each in leave)
    )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _no_such_feed() -> Refused:
    return Refused(Slug.NO_SUCH_FEED, "没有这个日历地址，可能已经停用", status=404)
