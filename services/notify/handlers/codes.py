"""One-time codes, and what the local catcher kept of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

import msgspec

from services.kit.actor import SYSTEM
from services.kit.asking import Done, Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.sealing import Sealer
from services.kit.work import Work
from services.notify.contracts import (
    CaughtMessage,
    ChannelKind,
    DeliveryState,
    ListCaught,
    SendCode,
    Slug,
    Theme,
)
from services.notify.domain.channels import code_text
from services.notify.domain.deliveries import CODE_KIND, Delivery
from services.notify.handlers.parcels import Sealed
from services.notify.store import catcher, deliveries

KEPT = timedelta(hours=24)


def send_code(
    work: Work,
    ask: SendCode,
    sealer: Sealer,
    channels: Collection[ChannelKind] = (),
    *,
    catching: bool = False,
) -> Done:
    """Put the code on its way at once, or into the catcher. Raises Refused for anybody but the system, and without a channel."""
    if work.actor.id != SYSTEM.id:
        raise Refused(Slug.NOT_ALLOWED, "验证码只能由系统发送", status=403)
    if ask.channel in channels:
        sealed = sealer.seal(msgspec.json.encode(Sealed(to=ask.to, code=ask.code)).decode())
        deliveries.enter(work.db, [_delivery(work, ask)], sealed)
    elif catching and ask.channel is ChannelKind.SMS:
        text = code_text(ask.code, until=ask.until, now=work.now)
        catcher.keep(work.db, sealer, caught_id=work.new_id(), to=ask.to, text=text, now=work.now)
    else:
        raise Refused(Slug.NOT_ALLOWED, "尚未接入短信通道，验证码无法送出，请联系管理员")
    return Done()


def list_caught(work: Work, ask: ListCaught, sealer: Sealer, *, catching: bool) -> Page[CaughtMessage]:
    """Raises Refused (not-allowed) where the catcher is off."""
    if not catching:
        raise Refused(Slug.NOT_ALLOWED, "本系统未开启短信截留", status=403)
    limit = bounded(ask.limit)
    found = catcher.list_caught(
        work.db, sealer, to=ask.to, before=decode_moment_cursor(ask.cursor), limit=limit + 1
    )
    return page_of(found, limit, key=lambda row: (row[1].caught_at, row[0]), view=lambda row: row[1])


def forget_caught(work: Work) -> None:
    """Texts are kept for a day."""
    catcher.forget_caught(work.db, work.now - KEPT)


def _delivery(work: Work, ask: SendCode) -> Delivery:
    return Delivery(
        delivery_id=work.new_id(),
        recipient="",
        channel=ask.channel,
        left=(),
        kind=CODE_KIND,
        theme=Theme.ORDERS,
        place="",
        order_id=None,
        state=DeliveryState.WAITING,
        urgent=True,
        digest=False,
        due_at=work.now,
        made_at=work.now,
        until=ask.until,
    )
