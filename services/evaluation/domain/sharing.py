"""How a team shares its points: by the time that each has worked, evenly where nobody entered any."""

from __future__ import annotations

from collections.abc import Mapping


def shared(total: int, minutes: Mapping[str, int]) -> dict[str, int]:
    """Whole points for each id, adding up to ``total`` (largest remainders; of equal ones the first id's).

    ``minutes`` names everybody who has a share, at least one; who entered nothing while others did gets nothing.
    """
    weights = minutes if any(minutes.values()) else dict.fromkeys(minutes, 1)
    whole = sum(weights.values())
    shares = {each: total * weight // whole for each, weight in weights.items()}
    left = total - sum(shares.values())
    by_remainder = sorted(weights, key=lambda each: (-(total * weights[each] % whole), each))
    for each in by_remainder[:left]:
        shares[each] += 1
    return shares
