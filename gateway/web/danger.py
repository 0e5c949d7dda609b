"""Danger that an order's words tell of: whom to call first, since no order is as fast as a call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gateway.web.labels import SIGNS
from gateway.words import _
from services.intake.contracts import Sign, SignFound

FIRE, RESCUE, POLICE = "119", "120", "110"

NUMBERS = {FIRE: _("消防"), RESCUE: _("急救"), POLICE: _("报警")}

CALLS = {
    Sign.FIRE: (FIRE,),
    Sign.GAS: (FIRE,),
    Sign.TRAPPED: (FIRE,),
    Sign.FALL: (RESCUE,),
    Sign.UNCONSCIOUS: (RESCUE,),
    Sign.SHOCK: (RESCUE, FIRE),
    Sign.WATER: (),
    Sign.COLLAPSE: (FIRE, POLICE),
    Sign.HOLE: (POLICE,),
    Sign.VIOLENCE: (POLICE,),
    Sign.MISSING: (POLICE,),
    Sign.SELF_HARM: (POLICE, RESCUE),
}


@dataclass(frozen=True)
class Danger:
    """``what`` are the dangers as pages name them, ``calls`` pairs of a number and who answers there."""

    what: tuple[str, ...]
    calls: tuple[tuple[str, str], ...]


def danger_of(signs: Iterable[SignFound]) -> Danger | None:
    """None where the words tell of none."""
    found = dict.fromkeys(each.sign for each in signs)
    if not found:
        return None
    numbers = dict.fromkeys(number for sign in found for number in CALLS[sign])
    return Danger(
        what=tuple(str(SIGNS[sign]) for sign in found),
        calls=tuple((number, str(NUMBERS[number])) for number in numbers),
    )
