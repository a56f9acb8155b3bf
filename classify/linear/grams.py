"""The hashed n-grams of many texts at once: their signs in one array, one pass of arithmetic for all."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

MULTIPLIER = np.uint64(1_000_003)
PRIME = 0x100000001B3
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIXER = np.uint64(0xBF58476D1CE4E5B9)
STEM = np.uint64(0x5BD1E995)  # keeps the stem of a word apart from a word of the same letters
SPREADS = np.uint32(1 << 31)  # marks a sign that becomes several, or joins with its neighbour
LAST = (1 << 16) - 1  # signs from here on are looked at one text at a time

Signs = NDArray[np.uint8] | NDArray[np.uint32]
Hashes = NDArray[np.uint64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grams:
    """Buckets of n-grams, block after block (one a size), in each block text after text."""

    buckets: NDArray[np.int64]
    counts: Counts  # blocks × texts: how many n-grams each text has in each block

    def owners(self) -> NDArray[np.int64]:
        """The text that each n-gram belongs to."""
        blocks, texts = self.counts.shape
        return np.repeat(np.tile(np.arange(texts), blocks), self.counts.ravel())


def grams_of(
    values: Sequence[str], sizes: Sequence[int], salt: int, bits: int, *,
    words: bool, stems: int = 0, marks: bool = False, stem_sizes: Sequence[int] = (),
) -> Grams:  # fmt: skip
    """All runs of these sizes within each value: of signs, or of words and of words' first letters.

    `marks`: each run of ; : - and # counts as a word too. `stem_sizes`: those of runs of first letters, where
    they are not `sizes`.

    A size of 0 is the whole value. `salt` keeps fields apart, 2^`bits` is the number of buckets.
    """
    if tuple(sizes) == (0,):
        hashes = np.array([_whole(value) for value in values if value], dtype=np.uint64)
        return Grams(_bucketed(hashes, salt, bits), np.array([[int(bool(value)) for value in values]]))
    codes, lengths = plain_codes(values, gap=words)
    if words:
        units, lengths = _words(codes, lengths, stems, marks)
    else:
        units = [codes.astype(np.uint64)]
    owners = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    asked = [sizes, stem_sizes or sizes][: len(units)]
    blocks = [np.maximum(lengths - max(size - 1, 0), 0) if size else np.sign(lengths)
              for one in asked for size in one]  # fmt: skip
    counts = np.array(blocks, dtype=np.int64).reshape(-1, len(lengths))
    hashes = np.empty(int(counts.sum()), dtype=np.uint64)
    at = 0
    for number, own in enumerate(units):
        began = at
        for size, rolled in _rolled(values, own, owners, asked[number]):
            end = at + len(rolled)
            np.multiply(rolled, np.uint64(31 if size else 1), out=hashes[at:end])
            hashes[at:end] += np.uint64(size)
            at = end
        if number:
            hashes[began:at] ^= STEM
    return Grams(_bucketed(hashes, salt, bits), counts)


def plain_codes(values: Sequence[str], gap: bool) -> tuple[Signs, Counts]:
    """The signs of all values in lower case and one width, one after the other, and each value's length.

    `gap`: a space stands behind each value.
    """
    between = " " if gap else ""
    lengths = np.fromiter(map(len, values), dtype=np.int64, count=len(values))
    joined = between.join(values) + between
    if joined.isascii():
        return np.frombuffer(joined.lower().encode("ascii"), dtype=np.uint8), lengths
    codes = _plain_signs().take(np.minimum(_codes(joined), np.uint32(LAST)))
    if codes.max() < SPREADS:
        return codes, lengths
    ends = np.cumsum(lengths + int(gap))
    changed = np.unique(np.searchsorted(ends, np.flatnonzero(codes >= SPREADS), side="right"))
    return _spliced(codes, lengths, values, changed.tolist(), int(gap))


def _spliced(
    codes: NDArray[np.uint32], lengths: Counts, values: Sequence[str], changed: Sequence[int], gap: int
) -> tuple[Signs, Counts]:
    """The codes with these values made plain one by one."""
    starts = np.cumsum(lengths + gap) - lengths - gap
    lengths = lengths.copy()
    pieces, at = [], 0
    for row in changed:
        own = _codes(_slowly(values[row]))
        first = int(starts[row])
        pieces += [codes[at:first], own]
        at = first + int(lengths[row])
        lengths[row] = len(own)
    return np.concatenate([*pieces, codes[at:]]), lengths


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _slowly(value: str) -> str:
    return unicodedata.normalize("NFKC", value).lower()


@lru_cache(maxsize=1)
def _plain_signs() -> NDArray[np.uint32]:
    """What each sign becomes where that is one sign whatever stands beside it; all others are marked."""
    single = np.arange(LAST + 1, dtype=np.uint32)
    for code in range(0x80, LAST + 1):
        sign = chr(code)
        plain = _slowly(sign)
        joins = unicodedata.combining(sign) or 0x1100 <= code < 0x1200 or code in (0x3A3, LAST)
        single[code] = SPREADS if len(plain) != 1 or joins else ord(plain)
    single[ord("A") : ord("Z") + 1] += 32
    return single


def _rolled(
    values: Sequence[str], units: Hashes, owners: NDArray[np.int32], sizes: Sequence[int]
) -> list[tuple[int, Hashes]]:
    """The hashes of all runs of each size, each within one value."""
    found: dict[int, Hashes] = {}
    rolled = units
    for size in range(1, max(sizes) + 1):
        if size > 1:
            rolled = rolled[: max(len(units) - size + 1, 0)] * MULTIPLIER
            rolled += units[size - 1 :]
        if size in sizes:
            inside = owners[: len(rolled)] == owners[size - 1 :]
            found[size] = rolled if size == 1 else rolled[inside]
    if 0 in sizes:
        found[0] = np.array([_whole(value) for value in values if value], dtype=np.uint64)
    return [(size, found[size]) for size in sizes]


def _bucketed(hashes: Hashes, salt: int, bits: int) -> NDArray[np.int64]:
    """Each hash's bucket; the array is used up."""
    hashes *= GOLDEN
    hashes ^= hashes >> np.uint64(29)
    hashes += np.uint64(salt)
    hashes *= MIXER
    hashes >>= np.uint64(64 - bits)
    return hashes.view(np.int64)


def _words(codes: Signs, lengths: Counts, stems: int, marks: bool) -> tuple[list[Hashes], Counts]:
    """A hash for each run of letters and digits, and one for its first letters; how many each value has."""
    starts, ends = _edges(codes, marks)
    powers, inverses = _powers(1 << max(len(codes), 1 << 14).bit_length())
    terms = codes.astype(np.uint64)
    terms += np.uint64(1)
    terms *= powers[: len(codes)]
    sums = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(terms, out=sums[1:])
    before, back = sums.take(starts), inverses.take(starts)
    hashes = []
    for last in (ends, np.minimum(starts + stems, ends))[: 2 if stems else 1]:
        whole = (sums.take(last) - before) * back
        hashes.append(whole * GOLDEN ^ (whole >> np.uint64(31)))
    firsts = np.concatenate(([0], np.cumsum(lengths + 1)))
    return hashes, np.diff(np.searchsorted(starts, firsts))


def _edges(codes: Signs, marks: bool) -> tuple[Counts, Counts]:
    """Where the runs of word signs, and those of marks when asked for, begin and end."""
    table = _MARKED_SIGNS if marks else _WORD_SIGNS
    if codes.dtype == np.uint8:
        inside = np.frombuffer(codes.tobytes().translate(table[:256].tobytes()), dtype=table.dtype)
    else:
        inside = table.take(codes, mode="clip")
    held = np.zeros(len(codes) + 1, dtype=table.dtype)
    held[1:] = inside  # the last sign is a gap
    edges = np.flatnonzero(held[1:] != held[:-1])
    if not marks:
        return edges[::2], edges[1::2]
    inside = held != 0
    return edges[inside[edges + 1]], edges[inside[edges]]


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
_MARKED_SIGNS = _WORD_SIGNS.astype(np.uint8)
_MARKED_SIGNS[[ord(sign) for sign in ";:-#"]] = 2


@lru_cache(maxsize=4)
def _powers(count: int) -> tuple[Hashes, Hashes]:
    """Powers of a prime and their inverses modulo 2^64: sums between any two places become comparable."""
    bases = (PRIME, pow(PRIME, -1, 1 << 64))
    rows = [np.cumprod(np.full(count, base, dtype=np.uint64), dtype=np.uint64) for base in bases]
    return rows[0], rows[1]


@lru_cache(maxsize=4096)
def _whole(text: str) -> int:
    code = 14695981039346656037
    for byte in text.encode("utf-8", "surrogatepass"):
        code = ((code ^ byte) * 1099511628211) & 0xFFFFFFFFFFFFFFFF
    return code
