"""The poster of a community, for the station's door and the lift: A4, one large code, three steps, the hotline."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.web.papers.paper import INK, PALE, RED, SOFT, WHITE, Paper, lines_of
from gateway.words import _

WIDTH, HEIGHT = 210.0, 297.0
MIDDLE = WIDTH / 2
CODE = 108.0
"""Millimetres: read from some three paces."""

STEPS = (
    (_("扫码"), _("微信或相机扫上面的码，不用下载，不用登录")),
    (_("点单"), _("写下要办的事，留个电话，提交后得到查询码")),
    (_("等办结"), _("社区来派，党员来接，凭查询码看进度、做评价")),
)


@dataclass(frozen=True, kw_only=True)
class Poster:
    """``address`` is where the code leads; ``hotline`` empty: none is named."""

    place: str
    address: str
    hotline: str = ""


def poster(of: Poster) -> bytes:
    """As PDF."""
    paper = Paper(WIDTH, HEIGHT, f"{of.place} {_('扫码点单')}")
    paper.box(0, 0, WIDTH, 58, RED)
    paper.fit(of.place, MIDDLE, 26, WIDTH - 30, 40, colour=WHITE)
    paper.fit(_("群众点单 · 社区派单 · 党员接单") + "", MIDDLE, 45, WIDTH - 40, 22, colour=WHITE)
    paper.qr(of.address, MIDDLE - CODE / 2, 64, CODE)
    paper.fit(_("有难处，扫一扫，点一单") + "", MIDDLE, 184, WIDTH - 40, 30, colour=RED)
    for number, (name, told) in enumerate(STEPS):
        _step(paper, number, str(name), str(told))
    paper.box(0, 262, WIDTH, 35, PALE)
    if of.hotline:
        paper.fit(_("不用手机的，打电话 {}，或到社区来说").format(of.hotline), MIDDLE, 279, WIDTH - 30, 22)
    else:
        paper.fit(_("不用手机的，到社区来说，网格员替您点单") + "", MIDDLE, 279, WIDTH - 30, 22)
    paper.fit(of.address, MIDDLE, 290, WIDTH - 40, 9, colour=SOFT)
    return paper.done()


def _step(paper: Paper, number: int, name: str, told: str) -> None:
    x, y, wide = 15 + number * 61.0, 196.0, 58.0
    paper.box(x, y, wide, 56, PALE, round_=4)
    paper.box(x + 5, y + 6, 13, 13, RED, round_=6.5)
    paper.write(str(number + 1), x + 11.5, y + 15.4, 20, colour=WHITE, centred=True)
    paper.write(name, x + 22, y + 15.6, 22)
    for line, words in enumerate(lines_of(told, wide - 10, 13)):
        paper.write(words, x + 5, y + 28.5 + line * 6.6, 13, colour=INK)
