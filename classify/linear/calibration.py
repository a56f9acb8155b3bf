"""Probabilities of scores: a temperature, and a doubt that the surest answers keep, from held-out rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from classify.linear.model import softened

TEMPERATURES = tuple(round(0.05 * 1.25**step, 4) for step in range(16))
DOUBTS = (0.0, 0.01, 0.02, 0.04, 0.07, 0.1, 0.15, 0.2)  # shares of probability that every class may have


def calibrated(
    scores: NDArray[np.float32], gold: NDArray[np.int64], doubts: Sequence[float] = (0.0,)
) -> tuple[float, float]:
    """The temperature and the doubt with the smallest loss on these rows, whose classes are `gold`.

    Without doubt a few wrong labels among the surest make all answers flat, and then many near classes lower
    the first as much as one that rivals it.
    """
    found = []
    for doubt in doubts:
        for temperature in TEMPERATURES:
            chosen = softened(scores, temperature, doubt)[np.arange(len(gold)), gold]
            found.append((float(-np.log(np.maximum(chosen, 1e-9)).mean()), doubt, temperature))
    _, doubt, temperature = min(found)
    return temperature, doubt
