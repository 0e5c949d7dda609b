"""Why somebody is asked for a task, in a sentence."""

from __future__ import annotations

from gateway.web.duty_words import ASPECTS, distance
from gateway.words import _
from services.dispatch.contracts import Aspect, Why

TELLING = 0.5
"""A part of the score that is worth naming."""
NAMED = 2


def brief(why: Why) -> str:
    """The distance, the two parts that speak most for them, and their place among those who suit; may be empty."""
    strong = sorted(
        (part for part in why.parts if part.value >= TELLING and part.aspect is not Aspect.NEARNESS),
        key=lambda part: part.weight * part.value,
        reverse=True,
    )
    said = [_("离您{}").format(distance(why.metres))] if why.metres is not None else []
    said += [ASPECTS[part.aspect] for part in strong[:NAMED]]
    if why.rank is not None and why.found > 1:
        said.append(_("合适的 {} 人里排第 {}").format(why.found, why.rank))
    return str(_("，")).join(str(each) for each in said)
