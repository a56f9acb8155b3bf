"""The searches that are timed: seven kinds over the made documents, the same each time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from warehouse.bench.made import made_documents
from warehouse.bench.places import offices, topics
from warehouse.bench.plan import LAST_DAY, Plan
from warehouse.bench.prose import vocabulary

KINDS = ("one word", "two words", "phrase", "filtered", "faceted", "with snippets", "whole answer")
COUNT = 30  # questions of a kind
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Question:
    """One search with what it is narrowed to."""

    kind: str
    text: str
    words: tuple[str, ...]  # what a plain reader would look for in the text
    filters: dict[str, Any] = field(default_factory=dict)


def questions(plan: Plan, count: int = COUNT) -> list[Question]:
    """`count` questions of each kind: words from the most to the least frequent, phrases out of documents."""
    chance = Random(plan.seed)
    words = _words(count)
    found = [Question("one word", word, (word,)) for word in words]
    pairs = [(word, chance.choice(words)) for word in words]
    found += [Question("two words", f"{one} {other}", (one, other)) for one, other in pairs]
    found += [Question("phrase", f'"{phrase}"', (phrase,)) for phrase in _phrases(plan, chance, count)]
    found += [Question("filtered", word, (word,), _narrowed(chance)) for word in words]
    return found + [Question(kind, word, (word,)) for kind in KINDS[4:] for word in words]


def _words(count: int) -> list[str]:
    """Words spread evenly over the logarithm of their rank, every sixth of them English."""
    found = []
    for number in range(count):
        known = vocabulary()["en" if number % 6 == 5 else "zh"]
        found.append(known[int(len(known) ** ((number + 1) / (count + 1))) - 1])
    return found


def _phrases(plan: Plan, chance: Random, count: int) -> Iterator[str]:
    """Pieces of four to twelve characters of documents, without punctuation."""
    documents = list(made_documents(plan, 0, min(plan.total, 1000)))
    given = 0
    while given < count:
        line = chance.choice(chance.choice(documents).document.paragraphs)
        piece = max(line.replace("，", "。").split("。"), key=len)
        if len(piece) > 12:
            at = chance.randrange(len(piece) - 12)
            yield piece[at : at + chance.randint(4, 12)].strip()
            given += 1


def _narrowed(chance: Random) -> dict[str, Any]:
    since = LAST_DAY - _YEAR * chance.randint(1, 2)
    return {
        "department": chance.choice(offices()[:6]).code,
        "topic": chance.choice(topics()).parent,
        "since": since,
        "until": since + _YEAR,
    }
