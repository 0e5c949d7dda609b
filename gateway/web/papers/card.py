"""The service card that a member or a team leaves behind: A6, who comes from where and for what; never a phone number."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.web.papers.paper import PALE, RED, SOFT, WHITE, Paper, lines_of
from gateway.words import _

WIDTH, HEIGHT = 148.0, 105.0
CODE = 46.0
MOST_LINES = 2


@dataclass(frozen=True, kw_only=True)
class ServiceCard:
    """``name``: as the practice shows it to residents; ``kind`` says what it is the name of."""

    name: str
    kind: str
    place: str
    unit: str = ""
    skills: tuple[str, ...] = ()
    address: str
    hotline: str = ""


def service_card(of: ServiceCard) -> bytes:
    """As PDF."""
    paper = Paper(WIDTH, HEIGHT, f"{of.name} {_('服务卡')}")
    left, wide = 10.0, WIDTH - CODE - 28
    paper.box(0, 0, WIDTH, 24, RED)
    paper.write(str(_("便民服务卡")), left, 16, 22, colour=WHITE)
    paper.write(of.kind, left, 36, 11, colour=SOFT)
    size = 26.0 if len(of.name) <= len("志愿服务队队") else 17.0
    for line, words in enumerate(lines_of(of.name, wide, size)[:MOST_LINES]):
        paper.write(words, left, 47 + line * 8, size)
    y = 64.0
    told = ((_("服务"), of.place), (_("单位"), of.unit), (_("能帮"), "、".join(of.skills)))
    for name, words in told:
        if words:
            paper.write(str(name), left, y, 11, colour=SOFT)
            for shown in lines_of(words, wide - 14, 11)[:MOST_LINES]:
                paper.write(shown, left + 14, y, 11)
                y += 5.6
    paper.qr(of.address, WIDTH - CODE - 8, 30, CODE)
    paper.write(str(_("扫码点单")), WIDTH - CODE / 2 - 8, 82, 12, colour=RED, centred=True)
    paper.box(0, HEIGHT - 15, WIDTH, 15, PALE)
    said = _("打电话 {}，或到社区来说").format(of.hotline) if of.hotline else _("有难处，到社区来说") + ""
    paper.fit(said, WIDTH / 2, HEIGHT - 5.5, WIDTH - 20, 13)
    return paper.done()
