"""Phrases that say where: "阳光小区十三号楼二单元301室", "人民路12号", "3-2-501", "北门", "幼儿园门口".

They are read from left to right into one normal form, so that 3号楼, 3栋, ３幢, 三号楼 and 3# are one building and 13号楼 is
another. What was read is taken out of the text: the words that are left say what is the matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from services.intake.domain.similar.numerals import CHINESE, number_of
from services.intake.domain.similar.spots import SPOT_OF, SPOT_PATTERN

NOTHING: frozenset[str] = frozenset()
LONGEST_RANGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The places that a text names, by kind; a kind that it does not name is empty.

    ``compound`` and ``road`` are the two characters before their generic word (阳光小区, 阳光花园 → 阳光), since where a
    name begins cannot be told from the text alone. ``house`` is a number in a road, ``spot`` one of ``spots.SPOTS``.
    """

    compound: frozenset[str] = NOTHING
    part: frozenset[str] = NOTHING
    road: frozenset[str] = NOTHING
    house: frozenset[str] = NOTHING
    building: frozenset[str] = NOTHING
    unit: frozenset[str] = NOTHING
    floor: frozenset[str] = NOTHING
    room: frozenset[str] = NOTHING
    spot: frozenset[str] = NOTHING


_N = rf"(?:\d{{1,4}}|[{CHINESE}]{{1,5}})"
_ALNUM = rf"(?:[A-Z]?{_N}[A-Z]?|[A-Z])"
_LIST = rf"{_ALNUM}(?:(?:号楼|栋|幢|号)?[、,和及与跟]{_ALNUM})*|{_N}(?:号楼|栋|幢|号)?[-~至到]{_N}"
_NOT_BEFORE = "(?<![0-9A-Z])"
# "一栋楼都没水" counts buildings and names none.
_NAMES_ONE = r"(?!楼(?![下上前后道顶门东西南北旁边栋]))"

_GENERIC = "小区|花园|家园|嘉园|佳园|新村|花苑|佳苑|名苑|公寓|庄园|家属院|宿舍区?|大院|山庄|新城|雅苑|嘉苑"
# Characters with which no name ends: 我们小区, 老旧小区, 阳光花园小区 (which is 阳光花园 already).
_NO_NAME = "们本个咱整全旧我该里进出到在住是的这那某各外新老同和与家园区苑村"
# Likewise: 马路, 电路, 坏了路(边), 十字路口.
_NO_ROAD = "马线电道走铁公网管水油短断通思半顺近对条在的小岔上这那段堵修过让挡楼个边字夜了着有没到去坏沿和"
_ROAD = f"[\u4e00-\u9fff](?![{_NO_ROAD}])[\u4e00-\u9fff]"

PATTERN = re.compile(
    rf"""
      {_NOT_BEFORE}(?P<dashed>\d{{1,2}}-\d{{1,2}}-\d{{3,4}})(?!\d)
    | {_NOT_BEFORE}(?P<building>{_LIST})(?:号?住宅楼|号大?楼|号院?楼|\#楼?|(?:栋|幢){_NAMES_ONE}(?:楼(?=[下上前后道顶门东西南北旁边]))?)
    | {_NOT_BEFORE}(?P<tower>[A-Z]?\d{{1,3}}|[A-Z])座
    | {_NOT_BEFORE}(?P<bare_building>{_N})号(?={_N}(?:单元|门))
    | (?P<unit>{_LIST})(?:单元|门洞|号门洞)
    | (?<=[楼栋幢座\#])(?P<entrance>{_N})(?:号门|门)(?![口前卫窗])
    | (?P<room>\d{{3,4}}|[{CHINESE}]{{3,4}})(?:号房|房间?|室|户|号室)
    | (?P<floor>(?:负|-|B)?{_N})(?:层楼?|楼)(?!盘)
    | (?<=[楼栋幢元门座洞\#])(?P<bare_room>\d{{3,4}})(?!\d)
    | (?P<yard>{_N})号院
    | (?P<part>{_N}(?:期|区(?!别))|[A-Z]区|[东西南北中]区)
    | (?P<compound>[\u4e00-\u9fff](?![{_NO_NAME}])[\u4e00-\u9fff])(?:{_GENERIC})
    | (?P<road>{_ROAD})(?:路(?![灯面牌基障况过])|街(?![道面坊])|巷(?!子)|大道|胡同)(?:(?P<house>{_N})号(?!楼|院|单元))?
    | (?P<spot>{SPOT_PATTERN})(?!舞)
    """,
    re.VERBOSE,
)

Found = defaultdict[str, set[str]]


def read_places(text: str) -> tuple[Where, str]:
    """The places of a normalised text (NFKC, upper case), and the text with a blank for each of them."""
    found: Found = defaultdict(set)
    left: list[str] = []
    done = 0
    for match in PATTERN.finditer(text):
        READERS[match.lastgroup or ""](match, found)
        left += (text[done : match.start()], " ")
        done = match.end()
    left.append(text[done:])
    return Where(**{kind: frozenset(names) for kind, names in found.items()}), "".join(left)


def _dashed(match: re.Match[str], found: Found) -> None:
    building, unit, room = match["dashed"].split("-")
    found["building"].add(str(int(building)))
    found["unit"].add(str(int(unit)))
    found["room"].add(room)


def _listed(kind: str) -> Callable[[re.Match[str], Found], None]:
    def read(match: re.Match[str], found: Found) -> None:
        found[kind] |= _names(match[kind])

    return read


def _one(group: str, kind: str) -> Callable[[re.Match[str], Found], None]:
    def read(match: re.Match[str], found: Found) -> None:
        found[kind].add(_name(match[group]))

    return read


def _compound(match: re.Match[str], found: Found) -> None:
    found["compound"].add(match["compound"])


def _road(match: re.Match[str], found: Found) -> None:
    found["road"].add(match["road"])
    if match["house"]:
        found["house"].add(_name(match["house"]))


def _spot(match: re.Match[str], found: Found) -> None:
    found["spot"].add(SPOT_OF[match["spot"]])


READERS: dict[str, Callable[[re.Match[str], Found], None]] = {
    "dashed": _dashed,
    "building": _listed("building"),
    "tower": _one("tower", "building"),
    "bare_building": _one("bare_building", "building"),
    "unit": _listed("unit"),
    "entrance": _one("entrance", "unit"),
    "room": _one("room", "room"),
    "floor": _one("floor", "floor"),
    "bare_room": _one("bare_room", "room"),
    "yard": _one("yard", "part"),
    "part": _one("part", "part"),
    "compound": _compound,
    "road": _road,
    "house": _road,
    "spot": _spot,
}

_BETWEEN = re.compile(r"(?:号楼|栋|幢|号)?[、,和及与跟]")
_RANGE = re.compile(rf"({_N})(?:号楼|栋|幢|号)?[-~至到]({_N})")
_NUMBER = re.compile(rf"\d+|[{CHINESE}]+")


def _names(said: str) -> set[str]:
    """The names in a list ("3、4号楼" → 3, 4) or a range ("3-5号楼" → 3, 4, 5)."""
    if span := _RANGE.fullmatch(said):
        first, last = number_of(span[1]), number_of(span[2])
        if first <= last <= first + LONGEST_RANGE:
            return {str(number) for number in range(first, last + 1)}
    return {_name(part) for part in _BETWEEN.split(said)}


def _name(said: str) -> str:
    """A number in its normal form, with the letter before or behind it: 十三 → 13, A3, 3B."""
    return _NUMBER.sub(lambda number: str(number_of(number[0])), said)
