"""How far a share counted on a sample may lie from the truth."""

from __future__ import annotations

from math import sqrt

_Z = 1.959964  # of a 95 % interval


def wilson(share: float, sample: int) -> tuple[float, float]:
    """The 95 % interval of a share counted on `sample` cases, after Wilson (1927); 0 to 1 for none."""
    if sample < 1:
        return 0.0, 1.0
    square = _Z * _Z
    middle = (share + square / (2 * sample)) / (1 + square / sample)
    spread = _Z / (1 + square / sample) * sqrt(share * (1 - share) / sample + square / (4 * sample * sample))
    return round(max(middle - spread, 0.0), 4), round(min(middle + spread, 1.0), 4)
