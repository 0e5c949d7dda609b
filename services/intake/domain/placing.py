"""Placing an order: what must be true of the words, the contact and the one who files it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from services.intake.contracts import Channel, PlaceOrder, Slug
from services.kit.actor import Actor
from services.kit.geo import Point
from services.kit.outcomes import Refused, invalid
from services.members.contracts import Role

WORDS = range(2, 2001)
MOST_PHOTOS = 9
PHOTO_LENGTH = 200
MOST_EAST, MOST_NORTH = 180, 90
ADDRESS_LENGTH = 200
NAME_LENGTH = 50
CATEGORY_LENGTH = 50
ON_BEHALF = (Role.GRID_WORKER, Role.GRID_HEAD, Role.LIAISON, Role.SUPERVISOR)

_COMMUNITY = re.compile(r"[0-9]{12}")
_GRID = re.compile(r"[0-9]{15}")
# Mainland numbers: mobile 1[3-9] and eleven digits; landline with its area code (0xx or 0xxx, then seven or eight).
_PHONE = re.compile(r"1[3-9][0-9]{9}|0[1-9][0-9]{8,10}")
_SEPARATORS = re.compile(r"[\s()-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Helping:
    """A member who is paired with a firm, and the firm's community."""

    firm_id: str
    member_id: str
    community_code: str


def check_community(code: str, known: AbstractSet[str]) -> None:
    if not is_community_code(code) or code not in known:
        raise Refused(
            Slug.NO_SUCH_COMMUNITY, "没有这个社区，请重新选择所在社区", status=422, field="community_code"
        )


def is_community_code(code: str) -> bool:
    return _COMMUNITY.fullmatch(code) is not None


def check_order(ask: PlaceOrder, actor: Actor, helpers: AbstractSet[Helping] = frozenset()) -> None:
    """Raise Refused, naming the field, unless ``ask`` is a complete order that ``actor`` may file.

    ``helpers`` are those of the firms that orders are filed for.
    """
    if ask.grid_code is not None and not (
        _GRID.fullmatch(ask.grid_code) and ask.grid_code.startswith(ask.community_code)
    ):
        raise invalid("grid_code", "网格不属于所选社区，请重新选择网格")
    if ask.firm_id is not None:
        _check_helper(ask, ask.firm_id, actor, helpers)
    elif ask.on_behalf and office_of(actor, ask.community_code, ask.grid_code) is None:
        raise Refused(
            Slug.NOT_ALLOWED, "只有本社区的网格员、网格长、联络员或上级督办人员可以代为点单", status=403
        )
    if ask.channel is Channel.OPEN311 and ask.client_id is None:
        raise invalid("channel", "这个渠道须凭接口密钥提交")
    check_words(ask.words)
    check_photos(ask.photos)
    check_point(ask.point)
    _check_length("category", ask.category, CATEGORY_LENGTH, "类别")
    _check_length("address", ask.address, ADDRESS_LENGTH, "地址")
    _check_length("contact.name", ask.contact.name, NAME_LENGTH, "联系人")
    if ask.contact.phone and phone_digits(ask.contact.phone) is None:
        raise invalid("contact.phone", "电话号码格式不对，请填写手机号或带区号的座机号")
    if not actor.id and not ask.contact.phone and ask.client_id is None:
        raise invalid("contact.phone", "未登录点单请留下联系电话")


def _check_helper(ask: PlaceOrder, firm_id: str, actor: Actor, helpers: AbstractSet[Helping]) -> None:
    if not ask.on_behalf:
        raise invalid("on_behalf", "为企业点单须注明代为点单")
    helping = Helping(firm_id=firm_id, member_id=actor.id, community_code=ask.community_code)
    if helping not in helpers:
        raise Refused(Slug.NOT_ALLOWED, "只有企业的包保人可以在企业所在社区代为点单", status=403)


def office_of(actor: Actor, community_code: str, grid_code: str | None) -> str | None:
    """The role in which the actor may file for residents there, None if in none.

    A grid's worker may file for the whole community of the grid: the neighbour who asks may live next door.
    """
    place = grid_code or community_code
    for role in ON_BEHALF:
        for node in actor.nodes_of(role):
            if place.startswith(node) or node.startswith(community_code):
                return role
    return None


def check_words(words: str) -> None:
    if len(words.strip()) < WORDS.start or len(words) >= WORDS.stop or "\0" in words:
        raise invalid("words", f"请用 {WORDS.start} 到 {WORDS.stop - 1} 个字说明情况")


def check_photos(photos: tuple[str, ...]) -> None:
    if len(photos) > MOST_PHOTOS:
        raise invalid("photos", f"照片最多 {MOST_PHOTOS} 张")
    if any(not 0 < len(photo) <= PHOTO_LENGTH or "\0" in photo for photo in photos):
        raise invalid("photos", "照片编号无效，请重新上传")


def check_point(point: Point | None) -> None:
    if point is not None and not abs(point.longitude) <= MOST_EAST:
        raise invalid("longitude", f"经度应在 -{MOST_EAST} 到 {MOST_EAST} 之间")
    if point is not None and not abs(point.latitude) <= MOST_NORTH:
        raise invalid("latitude", f"纬度应在 -{MOST_NORTH} 到 {MOST_NORTH} 之间")


def phone_digits(said: str) -> str | None:
    """The number as bare digits without +86; None unless it is a mainland mobile or landline number."""
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", said)).removeprefix("+86")
    return digits if _PHONE.fullmatch(digits) else None


def _check_length(field: str, text: str | None, most: int, called: str) -> None:
    if text is not None and (len(text) > most or "\0" in text):
        raise invalid(field, f"{called}最多 {most} 个字")
