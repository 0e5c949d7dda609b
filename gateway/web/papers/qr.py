"""QR codes of addresses: dark on light in every colour scheme, since phones read no others reliably."""

from __future__ import annotations

import io
from collections.abc import Sequence

import segno

SIDE = 12
"""Pixels of a module in the PNG: some 10 cm at 150 dpi."""


def _made(address: str) -> segno.QRCode:
    """Level Q: a quarter of it may be torn or dirty on a wall."""
    return segno.make(address, error="q", micro=False)


def modules(address: str) -> Sequence[Sequence[bool]]:
    """Row by row, whether a module is dark; without the quiet zone."""
    return [[bool(module) for module in row] for row in _made(address).matrix]


def qr_svg(address: str, title: str) -> bytes:
    out = io.BytesIO()
    _made(address).save(out, kind="svg", border=4, light="#fff", title=title, omitsize=True, svgclass=None)
    return out.getvalue()


def qr_png(address: str) -> bytes:
    out = io.BytesIO()
    _made(address).save(out, kind="png", border=4, scale=SIDE)
    return out.getvalue()
