"""What is printed: the code and the poster of each community, and the service cards of members and teams."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, text
from gateway.policies import ACCOUNTS, ANYONE, SURVEYORS
from gateway.routing import page
from gateway.web import labels
from gateway.web.papers import Poster, ServiceCard, poster, qr_png, qr_svg, service_card
from gateway.web.places import narrow
from gateway.web.render import show
from gateway.web.survey import own_node
from gateway.words import _
from services.kit.actor import VISITOR
from services.members.contracts import CardView, GetCard, GetNode, GetTeam, Level, NodeView

HERE = "/posters"
A_DAY = "public, max-age=86400"
KINDS = {"member": _("在职党员"), "team": _("志愿服务队")}


class PostersQuery(Request):
    node = text(_("哪个地方的社区（区划代码）"), most=20, required=False)


@page("GET", HERE, policy=SURVEYORS, summary=_("社区的二维码和海报"), query=PostersQuery)
def posters(call: Call) -> Response:
    node, nodes = narrow(call, call.query.get("node") or own_node(call) or None)
    if not nodes and node:
        above = _node(call, node)
        nodes = (above,) if above.level is Level.COMMUNITY else ()
    elif nodes and nodes[0].level not in _ABOVE:
        nodes = (_node(call, node),) if node else ()
    return show(
        call,
        "posters.html",
        path=HERE,
        place_name=call.desk.names.of_places([node]).get(node or "", _("全部")),
        communities=[each for each in nodes if each.level is Level.COMMUNITY],
        below=[each for each in nodes if each.level is not Level.COMMUNITY],
        up=_node(call, node).parent if node else None,
        hotline=call.desk.hotline,
    )


@page("GET", f"{HERE}/{{community}}/code.svg", policy=ANYONE, summary=_("社区点单页的二维码（SVG）"))
def code_svg(call: Call) -> Response:
    where = _community(call)
    drawn = qr_svg(_address(call, where.code), str(_("{}扫码点单").format(labels.place(where.name))))
    return _file(drawn, "image/svg+xml", kept=bool(call.desk.public_url))


@page("GET", f"{HERE}/{{community}}/code.png", policy=ANYONE, summary=_("社区点单页的二维码（PNG）"))
def code_png(call: Call) -> Response:
    where = _community(call)
    return _file(
        qr_png(_address(call, where.code)),
        "image/png",
        f"code-{where.code}.png",
        kept=bool(call.desk.public_url),
    )


@page("GET", f"{HERE}/{{community}}/poster.pdf", policy=SURVEYORS, summary=_("社区的扫码点单海报（A4，PDF）"))
def poster_pdf(call: Call) -> Response:
    where = _community(call)
    made = poster(
        Poster(place=labels.place(where.name), address=_address(call, where.code), hotline=call.desk.hotline)
    )
    return _file(made, "application/pdf", f"poster-{where.code}.pdf")


@page(
    "GET", f"{HERE}/members/{{member_id}}/card.pdf", policy=ACCOUNTS, summary=_("党员的便民服务卡（A6，PDF）")
)
def member_card(call: Call) -> Response:
    """For those who may read the file; the card shows the name, the unit and what the member can do, and no phone."""
    card: CardView = call.ask(GetCard(member_id=call.path["member_id"]))
    community = next(each for each in card.places if each.level is Level.COMMUNITY)
    made = service_card(
        ServiceCard(
            name=card.name,
            kind=str(KINDS["member"]),
            place=labels.place(community.name),
            unit=card.unit_name or "",
            skills=card.skills,
            address=_address(call, community.code),
            hotline=call.desk.hotline,
        )
    )
    return _file(made, "application/pdf", "card.pdf")


@page(
    "GET", f"{HERE}/teams/{{team_id}}/card.pdf", policy=ACCOUNTS, summary=_("服务队的便民服务卡（A6，PDF）")
)
def team_card(call: Call) -> Response:
    team = call.ask(GetTeam(team_id=call.path["team_id"]))
    name = call.desk.names.of_places([team.node]).get(team.node, team.node)
    made = service_card(
        ServiceCard(
            name=team.name,
            kind=str(KINDS["team"]),
            place=labels.place(name),
            address=_address(call, team.node),
            hotline=call.desk.hotline,
        )
    )
    return _file(made, "application/pdf", "card.pdf")


_ABOVE = (Level.PROVINCE, Level.CITY, Level.DISTRICT, Level.STREET, Level.COMMUNITY)


def _node(call: Call, code: str) -> NodeView:
    return call.ask(GetNode(code=code), actor=VISITOR)


def _community(call: Call) -> NodeView:
    """The place of the path. Raises Refused (no-such-node)."""
    return _node(call, call.path["community"])


def _address(call: Call, community: str) -> str:
    """Of the page where its residents order."""
    return f"{call.desk.public_url or call.request.host_url.rstrip('/')}/new?node={community}"


def _file(body: bytes, kind: str, name: str | None = None, *, kept: bool = False) -> Response:
    """``kept``: caches may have it; not while the address in it is the one that somebody happened to ask at."""
    response = Response(body, content_type=kind)
    if name:
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    if kept:
        response.headers["Cache-Control"] = A_DAY
    return response
