"""A sheet of paper to draw on: millimetres from the top left corner, Chinese in the font that every PDF reader has."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gateway.web.papers.qr import modules

FONT = "STSong-Light"
"""Adobe's own of PDF 1.3: named in the file, never in it, so a poster weighs some kilobytes."""

RED, INK, SOFT, PALE = (0.70, 0.15, 0.12), (0.12, 0.11, 0.09), (0.39, 0.36, 0.32), (0.98, 0.95, 0.92)
WHITE = (1.0, 1.0, 1.0)
Colour = tuple[float, float, float]

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


@dataclass
class Paper:
    """``width`` and ``height`` in millimetres; ``title`` is what a reader shows in its head."""

    width: float
    height: float
    title: str
    _out: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        # The same values give the same bytes: no time and no chance in the file.
        self._canvas = Canvas(self._out, pagesize=(self.width * mm, self.height * mm), invariant=True)
        self._canvas.setTitle(self.title)

    def box(
        self, x: float, y: float, width: float, height: float, colour: Colour, *, round_: float = 0
    ) -> None:
        self._canvas.setFillColorRGB(*colour)
        bottom = self.height - y - height
        self._canvas.roundRect(x * mm, bottom * mm, width * mm, height * mm, round_ * mm, stroke=0, fill=1)

    def write(
        self, words: str, x: float, y: float, size: float, *, colour: Colour = INK, centred: bool = False
    ) -> None:
        """One line; ``y`` is its base line, ``size`` in points."""
        self._canvas.setFillColorRGB(*colour)
        self._canvas.setFont(FONT, size)
        draw = self._canvas.drawCentredString if centred else self._canvas.drawString
        draw(x * mm, (self.height - y) * mm, words)

    def fit(self, words: str, x: float, y: float, width: float, size: float, *, colour: Colour = INK) -> None:
        """One centred line in the size, or as much smaller as it needs to be no wider than ``width``."""
        wide = pdfmetrics.stringWidth(words, FONT, size)
        self.write(
            words, x, y, size * min(1, width * mm / wide) if wide else size, colour=colour, centred=True
        )

    def qr(self, address: str, x: float, y: float, side: float) -> None:
        """With its quiet zone of four modules inside ``side``."""
        rows = modules(address)
        unit = side / (len(rows) + 8)
        self.box(x, y, side, side, WHITE)
        self._canvas.setFillColorRGB(0, 0, 0)
        for line, row in enumerate(rows):
            for start, length in _runs(row):
                left, top = x + (4 + start) * unit, y + (4 + line) * unit
                # A little overlap, or thin white lines show between the rows.
                self._canvas.rect(
                    left * mm,
                    (self.height - top - unit) * mm,
                    length * unit * mm,
                    unit * 1.02 * mm,
                    stroke=0,
                    fill=1,
                )

    def done(self) -> bytes:
        self._canvas.showPage()
        self._canvas.save()
        return self._out.getvalue()


def lines_of(words: str, width: float, size: float) -> list[str]:
    """The words in lines no wider than ``width`` millimetres; Chinese may be broken anywhere."""
    found = [""]
    for character in words:
        if found[-1] and pdfmetrics.stringWidth(found[-1] + character, FONT, size) > width * mm:
            found.append("")
        found[-1] += character
    return found


def _runs(row: Sequence[bool]) -> list[tuple[int, int]]:
    """Start and length of each run of dark modules."""
    found: list[tuple[int, int]] = []
    for index, dark in enumerate(row):
        if dark and found and sum(found[-1]) == index:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((index, 1))
    return found
