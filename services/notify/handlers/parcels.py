"""What a delivery says: one message, several of a kind, or the day's digest; or a one-time code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from services.kit.sealing import Sealer
from services.kit.work import Work
from services.notify.contracts import ChannelKind, Language
from services.notify.domain.channels import Parcel, code_text
from services.notify.domain.deliveries import Delivery
from services.notify.domain.messages import Message
from services.notify.domain.templates import ROWS
from services.notify.domain.unsubscribing import token_of
from services.notify.handlers.voice import Voice
from services.notify.store import deliveries

SEVERAL = {Language.ZH: "{title} 等 {count} 条", Language.EN: "{title}, and more: {count} in all"}
DIGEST = {Language.ZH: "今日消息 {count} 条", Language.EN: "Today's messages: {count}"}
CODE_TITLE = "三单验证码"
MOST_LINES = 30
MESSAGES = "/messages"


class Sealed(msgspec.Struct, kw_only=True):
    """A one-time code on its way, as it lies sealed in its delivery."""

    to: str
    code: str


@dataclass(frozen=True, slots=True)
class Addressed:
    """A parcel with where it goes."""

    parcel: Parcel
    to: str


def code_parcel(work: Work, delivery: Delivery, sealer: Sealer) -> Addressed:
    raw = deliveries.sealed_of(work.db, delivery.delivery_id)
    if raw is None or delivery.until is None:
        raise LookupError(f"{delivery.delivery_id} has no code any more")
    sealed = msgspec.json.decode(sealer.open(raw), type=Sealed)
    words = code_text(sealed.code, until=delivery.until, now=work.now)
    return Addressed(
        Parcel(key=delivery.delivery_id, title=CODE_TITLE, words=words, code=sealed.code), sealed.to
    )


def parcel_of(
    work: Work, delivery: Delivery, language: Language, channel: ChannelKind, public_url: str, sealer: Sealer
) -> Parcel:
    """The words of a delivery for the channel; raises nothing: what can no longer be worded is said as it was in-app."""
    carried = deliveries.messages_in(work.db, delivery.delivery_id)
    said = _said(work, carried, channel, language)
    title, words = said[0] if said else ("", "")
    if len(said) > 1:
        form = DIGEST if delivery.digest else SEVERAL
        title = form[language].format(title=title, count=len(said))
        words = "\n".join(f"{each[0]}：{each[1]}" for each in dict.fromkeys(said[:MOST_LINES]))
    link = f"{public_url}{_path_of(carried[0]) if len(carried) == 1 else MESSAGES}"
    ending = f"{public_url}/unsubscribe/{token_of(delivery.recipient, sealer.blind)}"
    return Parcel(
        key=delivery.delivery_id,
        title=title,
        words=words,
        link=link,
        unsubscribe=ending if channel is ChannelKind.EMAIL else None,
    )


def _path_of(message: Message) -> str:
    """The page that a message is about."""
    if message.order_id:
        return f"/orders/{message.order_id}"
    return f"/wishes/{message.wish_id}" if message.wish_id else MESSAGES


def _said(
    work: Work, carried: Sequence[Message], channel: ChannelKind, language: Language
) -> list[tuple[str, str]]:
    voice = Voice(work.db)
    found = []
    for message in carried:
        row = ROWS.get((message.kind, message.audience))
        if row is None:
            found.append((message.title, message.words))
        else:
            found.append(voice.say(row, message.said, channel, language, message.place))
    return found
