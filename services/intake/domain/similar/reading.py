"""What a text says, without its words: where, which object, which fault, and hashed pieces of the rest."""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import dataclass

from services.intake.domain.similar.lexicon import Lexicon
from services.intake.domain.similar.places import Where, read_places
from services.intake.domain.similar.vocabulary import BOTH, FAULTS, NEITHER, THINGS, WITHOUT_CURRENT

LONGEST = 400
"""Characters that are read: what an order is about is said at its beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """``things`` and ``faults`` are codes of ``vocabulary`` in the order of mention; ``grams`` are CRC-32 of the pairs of
    neighbouring characters that are left when places and common words are taken out.
    """

    where: Where
    things: tuple[str, ...]
    faults: tuple[str, ...]
    grams: frozenset[int]


def read(words: str) -> Features:
    text = normal(words[:LONGEST])
    where, rest = read_places(text)
    spoken = _BY_THE_WAY.sub("", text)
    things = _distinct(_THINGS, spoken)
    return Features(
        where=where,
        things=things,
        faults=_faults(things, _distinct(_FAULTS, spoken)),
        grams=_grams(_COMMON.sub("", rest)),
    )


def normal(words: str) -> str:
    """Compatibility forms made one (ＮＦＫＣ), upper case, without blanks."""
    return _BLANK.sub("", unicodedata.normalize("NFKC", words).upper())


def _distinct(lexicon: Lexicon[str | None], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in lexicon.found_in(text) if code is not None))


def _faults(things: tuple[str, ...], faults: tuple[str, ...]) -> tuple[str, ...]:
    if WITHOUT_CURRENT.isdisjoint(things):
        return faults
    return tuple(dict.fromkeys("broken" if fault == "dead" else fault for fault in faults))


def _grams(text: str) -> frozenset[int]:
    return frozenset(
        zlib.crc32(piece[at : at + 2].encode())
        for piece in _PIECE.findall(text)
        for at in range(len(piece) - 1)
    )


_BLANK = re.compile(r"\s+")
_PIECE = re.compile(r"[\u4e00-\u9fff]{2,}")
# What did not happen, and what was only compared: no fault of the object.
_BY_THE_WAY = re.compile(r"(?:不是|没有|不会|并非)(?=漏|堵|坏|断)")
_COMMON = re.compile(
    "麻烦|请问|请|谢谢|感谢|您好|你好|社区|工作人员|领导|同志|我们|咱们|大家|居民|业主|反映|投诉|希望|尽快|赶紧|赶快|能不能|可以|"
    "安排|处理|解决|一下|帮忙|派人|过来|看看|看一下|已经|一直|好几|几天|很久|最近|这两天|今天|昨天|昨晚|每天|现在|晚上|早上|"
    "老人|孩子|小孩|出行|影响|严重|特别|非常|实在|真的|有人|没人|怎么|为什么|什么时候|位置|附近|旁边|门口|这里|那里|里面|外面|[的了吗呢啊吧呀都也就还又很太]"
)

_THINGS: Lexicon[str | None] = Lexicon(
    dict.fromkeys(NEITHER)
    | {word: thing.code for thing in THINGS for word in thing.words}
    | {word: thing for word, (thing, _) in BOTH.items()}
)
_FAULTS: Lexicon[str | None] = Lexicon(
    dict.fromkeys(NEITHER)
    | {word: fault.code for fault in FAULTS for word in fault.words}
    | {word: fault for word, (_, fault) in BOTH.items()}
)
