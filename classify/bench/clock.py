"""CPU seconds of this process with its children, and how busy the machine is."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")
ROUNDS = 3


def cpu() -> float:
    """CPU seconds of this process, of its threads and of its ended children."""
    spent = os.times()
    return time.process_time() + spent.children_user + spent.children_system


def timed(work: Callable[[], Value]) -> tuple[Value, float]:
    """What the work gave, and the CPU seconds it took."""
    began = cpu()
    value = work()
    return value, cpu() - began


def rounds(
    work: Callable[[], Value], warm_up: Callable[[], object], count: int = ROUNDS
) -> tuple[Value, tuple[float, ...]]:
    """The last value and the CPU seconds of each round, after one call that is not counted."""
    warm_up()
    seconds = []
    for _ in range(count):
        value, spent = timed(work)
        seconds.append(spent)
    return value, tuple(seconds)


def load() -> float:
    """Processes that wanted a core over the last minute."""
    return round(os.getloadavg()[0], 2)
