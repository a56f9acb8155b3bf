"""Turns documents into sparse rows: hashed n-grams of title, number, body and issuer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from classify.linear.grams import Grams, grams_of

CHUNK = 512  # documents hashed at once: more do not fit the processor's cache
BITS = 18  # 2 to this power is the number of buckets
BODY_HEAD, BODY_TAIL = 1500, 300
FIELDS = ("title", "organ", "issuer", "body")
GRAMS = {"title": (1, 2), "organ": (1, 2, 3), "issuer": (0,), "body": (2, 3)}  # 0 = the whole value
WORD_GRAMS = {"title": (1, 2), "organ": (1,), "issuer": (0,), "body": (1, 2)}
FIELD_WEIGHT = {"title": 1.0, "organ": 0.3, "issuer": 0.6, "body": 0.8}


@dataclass(frozen=True, slots=True)
class Sample:
    """What the model may see of one document; label fields are not among it."""

    title: str = ""
    organ: str = ""  # organ code of the own number
    issuer: str = ""  # code of the issuing body, when a rule found one
    body: str = ""
    votes: tuple[float, ...] = ()  # points of the scheme's first-level classes by terms


@dataclass(frozen=True, slots=True)
class Shape:
    """How documents become rows; a model's card keeps it, so that prediction does as training did."""

    words: bool = False  # n-grams of words (English) instead of characters
    bits: int = BITS
    stems: int = 0  # so many first letters of each word are read beside the words; 0: none
    marks: bool = False  # ; : - and # stand as words of their own: the house style of a body shows in them
    stem_sizes: Sequence[int] = ()  # runs of first letters, where they are not as long as those of words
    weights: Mapping[str, float] = field(default_factory=lambda: dict(FIELD_WEIGHT))
    grams: Mapping[str, Sequence[int]] = field(default_factory=lambda: dict(GRAMS))

    @classmethod
    def of(cls, card: Mapping[str, Any]) -> Shape:
        """The shape that a card describes; what it leaves out has the usual value."""
        grams = WORD_GRAMS if card.get("words") else GRAMS
        return cls(
            bool(card.get("words")),
            int(card.get("bits", BITS)),
            int(card.get("stems", 0)),
            bool(card.get("marks")),
            tuple(card.get("stem_sizes", ())),
            {**FIELD_WEIGHT, **card.get("weights", {})},
            {**grams, **card.get("grams", {})},
        )

    def as_card(self) -> dict[str, Any]:
        return asdict(self)


def body_sample(text: str) -> str:
    """Head and tail of a text: what it is about, and who signed it."""
    return text if len(text) <= BODY_HEAD + BODY_TAIL else f"{text[:BODY_HEAD]}\n{text[-BODY_TAIL:]}"


def hashed(samples: Sequence[Sample], shape: Shape) -> sparse.csr_matrix:
    """Term frequencies (1 + log) in 2^bits columns, each field normalised to its weight."""
    if len(samples) > CHUNK:
        parts = [hashed(samples[at : at + CHUNK], shape) for at in range(0, len(samples), CHUNK)]
        return sparse.vstack(parts, format="csr")
    total: sparse.csr_matrix | None = None
    for name, found in field_grams(samples, shape):
        block = _counted(found.owners(), found.buckets, len(samples), shape.weights[name], 1 << shape.bits)
        total = block if total is None else total + block
    width = 1 << shape.bits
    return total if total is not None else sparse.csr_matrix((len(samples), width), dtype=np.float32)


def field_grams(samples: Sequence[Sample], shape: Shape) -> Iterator[tuple[str, Grams]]:
    """The n-grams of each field that has a weight and a value."""
    for name in FIELDS:
        values = list(map(attrgetter(name), samples)) if shape.weights[name] else []
        if any(values):
            yield name, grams_in(values, shape, name)


def grams_in(values: Sequence[str], shape: Shape, name: str) -> Grams:
    """The n-grams of these values of one field."""
    sizes, salt = shape.grams[name], FIELDS.index(name)
    return grams_of(
        values, sizes, salt, shape.bits,
        words=shape.words, stems=shape.stems, marks=shape.marks, stem_sizes=shape.stem_sizes,
    )  # fmt: skip


def _counted(
    rows: NDArray[np.int64], buckets: NDArray[np.int64], height: int, weight: float, width: int
) -> sparse.csr_matrix:
    keys = rows * width + buckets
    if height * width < 1 << 31:
        keys = keys.astype(np.int32)  # sorts twice as fast
    keys.sort()
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else keys
    counts = np.diff(np.concatenate((first, [len(keys)])))
    values = 1.0 + np.log(counts, dtype=np.float32)
    row, column = keys[first] // width, (keys[first] % width).astype(np.int32)
    pointers = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=height)))).astype(np.int32)
    norms = np.sqrt(np.bincount(row, weights=values.astype(np.float64) ** 2, minlength=height))
    values *= (weight / np.maximum(norms, 1e-9)).astype(np.float32)[row]
    return sparse.csr_matrix((values, column, pointers), shape=(height, width), dtype=np.float32)
