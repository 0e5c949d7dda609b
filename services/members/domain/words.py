"""Words that everybody will read: of bounded length, and without a phone in them."""

from __future__ import annotations

import re

from services.kit.outcomes import invalid

NUMBER = re.compile(r"\d(?:[\s\-]?\d){6,}")
"""Seven digits or more, together or with blanks and hyphens between: a phone or an identity number."""


def plain_words(words: str, field: str, most: int) -> str:
    """The words without outer blanks, 1 to ``most`` characters. Raises Refused (422) that names ``field``."""
    cleaned = words.strip()
    if not 1 <= len(cleaned) <= most:
        raise invalid(field, f"须为 1 至 {most} 个字")
    if NUMBER.search(cleaned):
        raise invalid(field, "内容会公开，请删去电话、证件等号码")
    return cleaned
