"""What every chart is: a drawing with a name and a description, and its numbers as a table."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

WIDTH = 400
"""Units of every drawing; a phone shows about one pixel for each, so that its text can be read there."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A number of the table, and where it leads; ``shade`` (0 to 4) in tables that are coloured themselves."""

    text: str
    href: str | None = None
    shade: int | None = None


@dataclass(frozen=True, kw_only=True)
class Chart:
    """``head`` names the columns of ``rows``; the first cell of each row is its name."""

    title: str
    svg: Markup
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def drawing(name: str, title: str, told: str, height: float, *parts: Markup) -> Markup:
    """The whole drawing; ``name`` is unique on the page, ``told`` says in words what is seen."""
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", told, id=f"{name}-desc"),
        *parts,
        viewBox=f"0 0 {WIDTH} {number(height)}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        class_="chart",
        xmlns="http://www.w3.org/2000/svg",
    )


def element(tag: str, *inside: str | Markup, **attributes: str | float | None) -> Markup:
    """One element; texts are escaped, ``class_`` and ``aria_label`` lose their underscores, None is left out."""
    given = Markup("").join(
        Markup(' {}="{}"').format(
            name.rstrip("_").replace("_", "-"), number(value) if isinstance(value, float | int) else value
        )
        for name, value in attributes.items()
        if value is not None
    )
    return Markup("<{}{}>{}</{}>").format(tag, given, Markup("").join(inside), tag)


def number(value: float) -> str:
    """A coordinate with as many decimals as can be seen."""
    return f"{value:.1f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def write(words: str, x: float, y: float, **attributes: str | float | None) -> Markup:
    return element("text", words, x=x, y=y, **attributes)


def cut(words: str, most: int) -> str:
    """At most ``most`` characters; what was cut away is shown by an ellipsis."""
    return words if len(words) <= most else words[: most - 1] + "…"
