"""Places by the codes of their nodes."""

from __future__ import annotations

import re

from services.kit.outcomes import invalid

NODE_CODE = re.compile(r"[0-9]{0,15}")


def checked_node(node: str) -> str:
    """A node's code as it was asked for, empty for everywhere. Refused: invalid (422, field node)."""
    if NODE_CODE.fullmatch(node) is None:
        raise invalid("node", "区划代码只能是不超过 15 位的数字")
    return node
