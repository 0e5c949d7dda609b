"""The certificate of service: A4 across, what a member did in a period, with the number and a code that leads to the proof."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.web.papers.paper import INK, PALE, RED, SOFT, WHITE, Paper
from gateway.words import _

WIDTH, HEIGHT = 297.0, 210.0
MIDDLE = WIDTH / 2
CODE = 38.0
EDGE = 9.0


@dataclass(frozen=True, kw_only=True)
class CertificatePaper:
    """``did`` are names and numbers of what was done; ``address`` is where anybody can check it; ``revoked`` is printed across."""

    number: str
    name: str
    unit: str
    place: str
    period: str
    did: tuple[tuple[str, str], ...]
    issued: str
    rules: str
    address: str
    revoked: bool = False


def certificate(of: CertificatePaper) -> bytes:
    """As PDF."""
    paper = Paper(WIDTH, HEIGHT, f"{_('服务证书')} {of.number}")
    paper.box(EDGE, EDGE, WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE, RED, round_=3)
    paper.box(EDGE + 1.5, EDGE + 1.5, WIDTH - 2 * EDGE - 3, HEIGHT - 2 * EDGE - 3, WHITE, round_=2)
    paper.fit(str(_("在职党员服务证书")), MIDDLE, 46, WIDTH - 80, 40, colour=RED)
    paper.fit(of.name, MIDDLE, 72, WIDTH - 80, 32)
    said = _("{}，在{}报到服务").format(of.unit, of.place) if of.unit else _("在{}报到服务").format(of.place)
    paper.fit(said, MIDDLE, 84, WIDTH - 60, 15, colour=SOFT)
    paper.fit(of.period, MIDDLE, 97, WIDTH - 60, 17)
    wide = 58.0
    left = MIDDLE - len(of.did) * wide / 2
    for index, (name, number) in enumerate(of.did):
        x = left + index * wide
        paper.box(x + 2, 106, wide - 4, 34, PALE, round_=3)
        paper.fit(number, x + wide / 2, 123, wide - 10, 28, colour=RED)
        paper.fit(name, x + wide / 2, 134, wide - 10, 13, colour=INK)
    paper.qr(of.address, EDGE + 10, 152, CODE)
    text = EDGE + 10 + CODE + 6
    paper.write(_("编号 {}").format(of.number), text, 162, 14)
    paper.write(of.issued, text, 170, 12, colour=SOFT)
    paper.write(of.rules, text, 177, 12, colour=SOFT)
    paper.write(str(_("扫码或在网站输入编号，可查验真伪")), text, 184, 12, colour=SOFT)
    if of.revoked:
        paper.box(WIDTH - 109, 156, 90, 22, RED, round_=3)
        paper.fit(str(_("已撤销")), WIDTH - 64, 171, 80, 34, colour=WHITE)
    return paper.done()
