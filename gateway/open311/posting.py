"""POST service request: an order of the channel ``open311``."""

from __future__ import annotations

from urllib.parse import urlsplit

from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.open311.answers import Record, format_of, listing
from gateway.open311.catalogue import Offered, offered_as
from gateway.open311.keys import client_of
from gateway.open311.locations import location_of
from gateway.open311.questions import Wrong, answers_in, in_words
from gateway.policies import ANYONE
from gateway.problems import Problem, invalid
from gateway.routing import open311
from gateway.web.labels import spaced
from gateway.words import _
from services.dispatch.contracts import Reply
from services.intake.contracts import Channel, Contact, OrderPlaced, PlaceOrder
from services.kit.outcomes import Refused

PICTURE = "附件："
"""Part of what is kept, and so in the language of the city."""
LONGEST_NAME = 50
LONGEST_LINK = 300
FIELDS = {
    "words": "description",
    "address": "address_string",
    "contact.name": "last_name",
    "contact.phone": "phone",
    "category": "service_code",
    "longitude": "long",
    "latitude": "lat",
    "community_code": "address_id",
    "grid_code": "address_id",
}
"""What the standard calls the fields that intake may refuse."""


@open311("POST", "/requests", policy=ANYONE, summary=_("提交请求（凭接口密钥）"))
def open311_post_request(call: Call) -> Response:
    format_of(call)
    form = call.request.form
    client, jurisdiction = client_of(call)
    service = offered_as(call, form.get("service_code"))
    location = location_of(call, form, jurisdiction)
    order = PlaceOrder(
        community_code=location.community_code,
        grid_code=location.grid_code,
        point=location.point,
        address=location.address,
        channel=Channel.OPEN311,
        category=service.category.code,
        words=_words(form, service),
        contact=Contact(name=_name(form), phone=form.get("phone", "").strip() or None),
        private=service.category.reply is Reply.BLACKBOX,
        client_id=client.client_id,
    )
    try:
        placed = call.place(order)
    except Refused as refused:
        raise _renamed(refused) from refused
    return listing(call, "service_requests", [_receipt(service, placed)], 201)


def _words(form: MultiDict[str, str], service: Offered) -> str:
    """What was described, then the answers, then the link to a picture, line by line. Raises Problem (400) with all that is wrong."""
    lines, wrong = in_words(service.questions, answers_in(form))
    link = form.get("media_url", "").strip()
    if link and not _is_link(link):
        wrong += (("media_url", _("应为最多 300 个字符的网址")),)
    if wrong:
        raise invalid(wrong, status=400)
    described = form.get("description", "").strip() or service.category.label
    return "\n".join([described, *lines, *([f"{PICTURE}{link}"] if link else [])])


def _is_link(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.netloc)
        and len(link) <= LONGEST_LINK
        and not any(character.isspace() or not character.isprintable() for character in link)
    )


def _name(form: MultiDict[str, str]) -> str | None:
    """Family name first, as here; names in other letters keep a space between."""
    last, first = (form.get(name, "").strip() for name in ("last_name", "first_name"))
    joint = " " if last.isascii() and first.isascii() else ""
    return joint.join(filter(None, (last, first)))[:LONGEST_NAME] or None


def _receipt(service: Offered, placed: OrderPlaced) -> Record:
    """The number at once, a token with which to ask for it, or neither; the notice always tells how to follow the order."""
    notice = _("查询码 {}，可在「查询点单」查看进展、确认结果").format(spaced(placed.code))
    told: dict[Reply, Record] = {
        Reply.REALTIME: {"service_request_id": placed.order_id},
        Reply.BATCH: {"token": placed.code},
        Reply.BLACKBOX: {},
    }
    return {**told[service.category.reply], "service_notice": notice, "account_id": None}


def _renamed(refused: Refused) -> Problem:
    wrong: tuple[Wrong, ...] = ()
    if refused.field:
        wrong = ((FIELDS.get(refused.field, refused.field), refused.message),)
    return Problem(refused.slug, refused.status, refused.message, errors=wrong)
