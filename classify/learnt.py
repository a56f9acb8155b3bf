"""Which gold documents a classifier had learnt from: these say how well it remembers, not how it judges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classify.gold import Labelled
from classify.linear.model import CARD, read_card, read_seen
from classify.pipeline import STARTER
from classify.seen import NONE, Marks, joined, knows, row_marks
from classify.teaching.mixed import LABELS, SEED


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a classifier's models of one field learnt from."""

    marks: Marks | None  # None: a model made before models told this

    @classmethod
    def of(cls, field: str, model: Path | None, use_model: bool = True) -> Learnt:
        """Of this model folder; without one of the packaged models, with `use_model` False of the terms."""
        if not use_model:
            return cls(whole(()))
        folders = [model] if model is not None else _packaged()
        own = [folder for folder in folders if read_card(folder)["field"] == field]
        return cls(whole([marks_in(folder) for folder in own]))

    def count(self, labelled: Sequence[Labelled]) -> int | None:
        """How many of the documents it learnt from; None where it does not tell."""
        return None if self.marks is None else sum(self.knows(one) for one in labelled)

    def knows(self, one: Labelled) -> bool:
        """Whether it learnt from this document, by its title or its text."""
        return knows(self.marks, row_marks(one.row))


def judged_of(
    labelled: Sequence[Labelled], first: Learnt, second: Learnt | None, keep: bool
) -> tuple[list[Labelled], dict[str, Any]]:
    """The documents to judge, those neither classifier learnt from unless `keep`, and what is told of it."""
    both = [first] if second is None else [first, second]
    known = [any(one.knows(row) for one in both) for row in labelled]
    told: dict[str, Any] = {"model": first.count(labelled)}
    if second is not None:
        told["against"] = second.count(labelled)
    told["left_out"] = 0 if keep else sum(known)
    kept = [row for row, left in zip(labelled, known, strict=True) if keep or not left]
    return kept, told


def marks_in(folder: Path) -> Marks | None:
    """The marks of a model folder, of both parts of a taught one; None where any part does not tell."""
    if "mixed" in read_card(folder):
        return whole([read_seen(folder / SEED), read_seen(folder / LABELS)])
    return read_seen(folder)


def whole(parts: Sequence[Marks | None]) -> Marks | None:
    """All marks; None when any part does not tell, since then the count would promise too much."""
    return None if any(part is None for part in parts) else joined(NONE, *parts)


def _packaged() -> list[Path]:
    return [folder for folder in sorted(STARTER.parent.iterdir()) if (folder / CARD).is_file()]
