"""Turns documents into sparse rows: hashed n-grams of title, number, body and issuer."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

CHUNK = 512  # documents hashed at once: more do not fit the processor's cache
BITS = 18  # 2 to this power is the number of buckets
MULTIPLIER = np.uint64(1_000_003)
PRIME = 0x100000001B3
STEM = np.uint64(0x5BD1E995)  # keeps the stem of a word apart from a word of the same letters
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
    for number, name in enumerate(FIELDS):
        raw = [getattr(sample, name) for sample in samples] if shape.weights[name] else []
        if not any(raw):
            continue
        values = _plain(raw)
        rows, buckets = _field_hashes(values, shape, name, number)
        block = _counted(rows, buckets, len(samples), shape.weights[name], 1 << shape.bits)
        total = block if total is None else total + block
    width = 1 << shape.bits
    return total if total is not None else sparse.csr_matrix((len(samples), width), dtype=np.float32)


def _plain(values: list[str]) -> list[str]:
    """The values in lower case and one width; ASCII alone is done in one go."""
    joined = "\0".join(values)
    if joined.isascii() and joined.count("\0") == len(values) - 1:
        return joined.lower().split("\0")
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    single, spread = _plain_signs()
    known = np.minimum(codes, len(single) - 1)
    plain = single[known].tobytes().decode("utf-32-le", "surrogatepass").split("\0")
    if len(plain) != len(values):
        return [_slowly(value) for value in values]
    ends = np.cumsum([len(value) + 1 for value in values])
    for row in set(np.searchsorted(ends, np.flatnonzero(spread[known]), side="right").tolist()):
        plain[row] = _slowly(values[row])
    return plain


def _slowly(value: str) -> str:
    return unicodedata.normalize("NFKC", value).lower()


@lru_cache(maxsize=1)
def _plain_signs() -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
    """What each sign becomes where that is one sign whatever stands beside it; all others are marked."""
    single, spread = np.arange(1 << 16, dtype=np.uint32), np.zeros(1 << 16, dtype=np.bool_)
    for code in range(0x80, 1 << 16):
        sign = chr(code)
        plain = _slowly(sign)
        joins = unicodedata.combining(sign) or 0x1100 <= code < 0x1200 or code in (0x3A3, 0xFFFF)
        if len(plain) != 1 or joins:
            spread[code] = True
        else:
            single[code] = ord(plain)
    single[ord("A") : ord("Z") + 1] += 32
    return single, spread


def _field_hashes(
    values: list[str], shape: Shape, name: str, salt: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    sizes = tuple(shape.grams[name])
    words = shape.words and sizes != (0,)
    if words:
        units, owners = _words(values, shape.stems)
        rows, hashes = _rolled(values, units[0], owners, sizes)
        for stems in units[1:]:
            stem_rows, stem_hashes = _rolled(values, stems, owners, sizes)
            rows, hashes = rows + stem_rows, hashes + [code ^ STEM for code in stem_hashes]
    else:
        rows, hashes = _rolled(values, *_characters(values), sizes)
    all_rows = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
    mixed = (np.concatenate(hashes) if hashes else np.zeros(0, dtype=np.uint64)) * np.uint64(
        0x9E3779B97F4A7C15
    )
    mixed ^= mixed >> np.uint64(29)
    mixed = (mixed + np.uint64(salt)) * np.uint64(0xBF58476D1CE4E5B9)
    return all_rows, (mixed >> np.uint64(64 - shape.bits)).astype(np.int64)


def _rolled(
    values: list[str], units: NDArray[np.uint64], owners: NDArray[np.int64], sizes: tuple[int, ...]
) -> tuple[list[NDArray[np.int64]], list[NDArray[np.uint64]]]:
    """The hashes of all runs of these sizes, each within one value, with the rows they belong to."""
    rows, hashes = [], []
    for size in sizes:
        if size == 0:
            whole = [(row, _text_hash(value)) for row, value in enumerate(values) if value]
            rows.append(np.array([row for row, _ in whole], dtype=np.int64))
            hashes.append(np.array([code for _, code in whole], dtype=np.uint64))
            continue
        if len(units) < size:
            continue
        rolled = units[: len(units) - size + 1].copy()
        for step in range(1, size):
            rolled = rolled * MULTIPLIER + units[step : len(units) - size + 1 + step]
        inside = owners[: len(owners) - size + 1] == owners[size - 1 :]
        rows.append(owners[: len(owners) - size + 1][inside])
        hashes.append(rolled[inside] * np.uint64(31) + np.uint64(size))
    return rows, hashes


def _characters(values: list[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The code points of all values in one array, with the row each belongs to."""
    joined = "".join(values)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    return codes, np.repeat(np.arange(len(values), dtype=np.int64), [len(value) for value in values])


def _words(values: list[str], stems: int = 0) -> tuple[list[NDArray[np.uint64]], NDArray[np.int64]]:
    """A hash for each run of letters and digits, and one for its first letters; the row each belongs to."""
    joined = " ".join([*values, ""])
    if joined.isascii():
        codes: NDArray[Any] = np.frombuffer(joined.encode("ascii"), dtype=np.uint8)
        known = codes
    else:
        codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        known = np.minimum(codes, len(_WORD_SIGNS) - 1)
    inside = np.concatenate(([False], _WORD_SIGNS[known], [False]))
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts, ends = edges[::2], edges[1::2]
    powers, inverses = _powers(1 << max(len(codes), 1 << 14).bit_length())
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum((codes + np.uint64(1)) * powers[: len(codes)], out=sums[1:])
    first_of = np.cumsum([0, *(len(value) + 1 for value in values)])
    hashes = []
    for last in (ends, np.minimum(starts + stems, ends))[: 2 if stems else 1]:
        whole = (sums[last] - sums[starts]) * inverses[starts]
        hashes.append(whole * np.uint64(0x9E3779B97F4A7C15) ^ (whole >> np.uint64(31)))
    owners = np.repeat(np.arange(len(values)), np.diff(np.searchsorted(starts, first_of)))
    return hashes, owners


def _word_signs() -> NDArray[np.bool_]:
    """Whether a sign belongs to words; every one beyond the table does."""
    codes = np.arange(0x3041)
    digits = (codes >= 48) & (codes <= 57)
    letters = ((codes >= 97) & (codes <= 122)) | ((codes >= 65) & (codes <= 90))
    other = (
        (codes >= 0xC0) & ~((codes >= 0x2000) & (codes <= 0x206F)) & ~((codes >= 0x3000) & (codes < 0x3040))
    )
    found: NDArray[np.bool_] = digits | letters | other
    return found


_WORD_SIGNS = _word_signs()


@lru_cache(maxsize=4)
def _powers(count: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Powers of a prime and their inverses modulo 2^64: sums between any two places become comparable."""
    bases = (PRIME, pow(PRIME, -1, 1 << 64))
    rows = [np.cumprod(np.full(count, base, dtype=np.uint64), dtype=np.uint64) for base in bases]
    return rows[0], rows[1]


def _text_hash(text: str) -> int:
    code = 14695981039346656037
    for byte in text.encode("utf-8", "surrogatepass"):
        code = ((code ^ byte) * 1099511628211) & 0xFFFFFFFFFFFFFFFF
    return code


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
