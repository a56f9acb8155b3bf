"""Documents that would leave one leading class for another, counted with a few examples of each move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

EXAMPLES = 3  # of each move
Example = TypeVar("Example")


@dataclass(frozen=True, slots=True)
class Move(Generic[Example]):
    """Documents whose leading class would be another one; "" is no class."""

    before: str
    before_name: str
    after: str
    after_name: str
    documents: int
    examples: tuple[Example, ...]


class Moves(Generic[Example]):
    """Moves as they are met; a document that stays is none."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._examples: dict[tuple[str, str], list[Example]] = {}

    @property
    def moved(self) -> int:
        """How many documents move."""
        return self._counts.total()

    def add(self, before: str, after: str, example: Example) -> bool:
        """Count a document by the codes of its leading classes; whether it moves."""
        if before == after:
            return False
        self._counts[before, after] += 1
        if len(shown := self._examples.setdefault((before, after), [])) < EXAMPLES:
            shown.append(example)
        return True

    def told(
        self, name_before: Callable[[str], str], name_after: Callable[[str], str]
    ) -> tuple[Move[Example], ...]:
        """Each move with the names of its classes, most documents first."""
        order = sorted(self._counts.items(), key=lambda one: (-one[1], one[0]))
        return tuple(
            Move(old, name_before(old), new, name_after(new), count, tuple(self._examples[old, new]))
            for (old, new), count in order
        )
