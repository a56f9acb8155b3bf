"""Runs: the pieces of a printed reference, each upright or italic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_CLOSED = (".", "。", "．")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text of one face."""

    text: str
    italic: bool = False


Runs = tuple[Run, ...]


def plain(runs: Iterable[Run]) -> str:
    """The text without its faces."""
    return "".join(run.text for run in runs)


def upright(text: str | None) -> Runs:
    """The text as a run of its own; no run for no text."""
    return (Run(text),) if text else ()


def joined(*parts: Runs) -> Runs:
    """The parts one behind the other, neighbours of the same face made one."""
    found: list[Run] = []
    for run in (run for part in parts for run in part if run.text):
        if found and found[-1].italic == run.italic:
            found[-1] = Run(found[-1].text + run.text, run.italic)
        else:
            found.append(run)
    return tuple(found)


def sentences(parts: Iterable[Runs]) -> Runs:
    """The parts that say something, each closed by a full stop; one that ends with a stop gets no second."""
    told = [part for part in parts if plain(part)]
    closed = [part if plain(part).endswith(_CLOSED) else joined(part, upright(".")) for part in told]
    spaced = [joined(upright(" "), part) if at else part for at, part in enumerate(closed)]
    return joined(*spaced)
