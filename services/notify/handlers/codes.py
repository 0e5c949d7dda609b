"""One-time codes, and what the local catcher kept of them."""

from __future__ import annotations

from datetime import timedelta

from services.kit.actor import SYSTEM
from services.kit.asking import Done, Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.sealing import Sealer
from services.kit.work import Work
from services.notify.contracts import CaughtMessage, ListCaught, SendCode, Slug
from services.notify.domain.channels import Channel, code_text
from services.notify.store import catcher

KEPT = timedelta(hours=24)


def catcher_for(work: Work, sealer: Sealer) -> Channel:
    return catcher.Catcher(db=work.db, sealer=sealer, caught_id=work.new_id(), now=work.now)


def send_code(work: Work, ask: SendCode, channel: Channel | None) -> Done:
    """Hand the code to the channel in force. Raises Refused for anybody but the system, and where there is no channel."""
    if work.actor.id != SYSTEM.id:
        raise Refused(Slug.NOT_ALLOWED, "验证码只能由系统发送", status=403)
    if channel is None:
        raise Refused(Slug.NOT_ALLOWED, "尚未接入短信通道，验证码无法送出，请联系管理员")
    channel.send(ask.phone, code_text(ask.code, until=ask.until, now=work.now))
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
