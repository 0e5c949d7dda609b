"""Numbers as people write them: 3, ３, 三, 十三, 二十一, 一百零二, 三〇二."""

from __future__ import annotations

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "幺": 1}
TENS = {"十": 10, "百": 100}
CHINESE = "".join([*DIGITS, *TENS])


def number_of(said: str) -> int:
    """The value of Arabic digits or of Chinese numerals up to 999; those without 十 or 百 are read digit by digit.

    Raises ValueError for what is neither.
    """
    if said.isdigit():
        return int(said)
    if set(said) - set(CHINESE):
        raise ValueError(said)
    if not set(said) & TENS.keys():
        return int("".join(str(DIGITS[char]) for char in said))
    total, waiting = 0, 0
    for char in said:
        if char in TENS:
            total += (waiting or 1) * TENS[char]
            waiting = 0
        else:
            waiting = DIGITS[char]
    return total + waiting
