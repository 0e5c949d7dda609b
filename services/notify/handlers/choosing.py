"""What people want to hear, how, and when; and their no."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from services.kit.asking import Done
from services.kit.outcomes import Refused, invalid
from services.kit.sealing import Sealer
from services.kit.work import Work
from services.notify.contracts import (
    ChannelKind,
    GetPreferences,
    Off,
    PreferencesView,
    SetPreferences,
    Slug,
    Theme,
    Unsubscribe,
)
from services.notify.domain.channels import OUTSIDE
from services.notify.domain.quiet import quiet_hours, spoken
from services.notify.domain.releasing import Wishes
from services.notify.domain.unsubscribing import account_of
from services.notify.store import preferences

LAST_HOUR = 23


def get_preferences(work: Work, _: GetPreferences, channels: Collection[ChannelKind]) -> PreferencesView:
    return _view(_own(work), channels)


def set_preferences(work: Work, ask: SetPreferences, channels: Collection[ChannelKind]) -> PreferencesView:
    _own(work)
    if any(off.channel is ChannelKind.IN_APP for off in ask.off):
        raise invalid("off", "站内消息不能关闭")
    if ask.digest_hour is not None and not 0 <= ask.digest_hour <= LAST_HOUR:
        raise invalid("digest_hour", "应在 0 到 23 之间")
    wishes = Wishes(
        off=frozenset(f"{off.channel}:{off.theme}" if off.theme else str(off.channel) for off in ask.off),
        digest_hour=ask.digest_hour,
        quiet=quiet_hours(ask.quiet_from, ask.quiet_until),
        language=ask.language,
    )
    preferences.keep(work.db, work.actor.id, wishes)
    return _view(wishes, channels)


def unsubscribe(work: Work, ask: Unsubscribe, sealer: Sealer) -> Done:
    """A no ends the asking: no e-mail of any theme, until the person says otherwise."""
    account = account_of(ask.token, sealer.blind)
    if account is None:
        raise Refused(Slug.NOT_OURS, "链接不完整或已失效，请从邮件里重新打开", status=403)
    wishes = preferences.wishes_of(work.db, [account])[account]
    preferences.keep(work.db, account, replace(wishes, off=wishes.off | {ChannelKind.EMAIL}))
    return Done()


def _own(work: Work) -> Wishes:
    if not work.actor.id:
        raise Refused(Slug.NOT_ALLOWED, "请先登录", status=403)
    return preferences.wishes_of(work.db, [work.actor.id])[work.actor.id]


def _view(wishes: Wishes, channels: Collection[ChannelKind]) -> PreferencesView:
    quiet_from, quiet_until = spoken(wishes.quiet)
    return PreferencesView(
        channels=tuple(kind for kind in OUTSIDE if kind in channels),
        off=tuple(_off(said) for said in sorted(wishes.off)),
        digest_hour=wishes.digest_hour,
        quiet_from=quiet_from,
        quiet_until=quiet_until,
        language=wishes.language,
    )


def _off(said: str) -> Off:
    channel, _, theme = said.partition(":")
    return Off(channel=ChannelKind(channel), theme=Theme(theme) if theme else None)
