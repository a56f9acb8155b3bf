"""What a text is made of, for finding its copies: runs of five characters as hashes, signatures, bands.

A MinHash signature keeps, for each of 128 orders of all hashes, the first one that the text has. Two texts
share each value with the probability of their Jaccard similarity; texts that share the four values of one
of the 32 bands are candidates, to be confirmed on the texts themselves.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import numpy as np

RULE = "minhash-3"  # another rule makes every signature anew
RUN = 5  # characters of a shingle
ORDERS = 128
BANDS = 32
_ROWS = ORDERS // BANDS
_NO_WORD = re.compile(r"[\W_]+")
_BLOCK = 1024  # shingles at a time: their 128 products stay in the processor's cache

Hashes = np.ndarray[Any, np.dtype[np.uint32]]
Keys = np.ndarray[Any, np.dtype[np.uint64]]

_drawn = np.random.default_rng(20260601)
_FACTORS: Hashes = (_drawn.integers(1, 2**32, ORDERS, dtype=np.uint64) | np.uint64(1)).astype(np.uint32)
_OFFSETS: Hashes = _drawn.integers(0, 2**32, ORDERS, dtype=np.uint64).astype(np.uint32)
_PLACES: Hashes = (_drawn.integers(1, 2**32, RUN, dtype=np.uint64) | np.uint64(1)).astype(np.uint32)
_WEIGHTS: Keys = _drawn.integers(1, 2**63, _ROWS, dtype=np.uint64) | np.uint64(1)
_SALTS: Keys = _drawn.integers(1, 2**63, BANDS, dtype=np.uint64)


def plain(text: str) -> str:
    """The text's letters and digits alone, in one width and case: layout and punctuation tell no copies
    apart.
    """
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text)).casefold()


def shingles(plain_text: str) -> Hashes:
    """The hash of each run of five characters, in their order and with repetitions; none for a shorter
    text.
    """
    letters = np.frombuffer(plain_text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    count = len(letters) - RUN + 1
    if count < 1:
        return np.empty(0, dtype=np.uint32)
    mixed = letters[:count] * _PLACES[0]
    for place in range(1, RUN):
        mixed = (mixed ^ (mixed >> np.uint32(15))) + letters[place : place + count] * _PLACES[place]
    return _spread(mixed)


def signature(hashes: Hashes) -> Hashes:
    """The smallest value of each of the 128 orders; the shingles may repeat, but there must be one."""
    smallest = np.full(ORDERS, 2**32 - 1, dtype=np.uint32)
    room = np.empty((ORDERS, min(len(hashes), _BLOCK)), dtype=np.uint32)
    for start in range(0, len(hashes), _BLOCK):
        block = hashes[start : start + _BLOCK]
        ordered = room[:, : len(block)]
        np.multiply(_FACTORS[:, None], block[None, :], out=ordered)
        np.add(ordered, _OFFSETS[:, None], out=ordered)
        np.minimum(smallest, ordered.min(axis=1), out=smallest)
    return smallest


def band_keys(smallest: Hashes) -> Keys:
    """One key a band; equal keys mean equal values in the same band."""
    rows = smallest.reshape(BANDS, _ROWS).astype(np.uint64)
    keys = (rows * _WEIGHTS).sum(axis=1, dtype=np.uint64) ^ _SALTS
    keys ^= keys >> np.uint64(31)
    keys *= np.uint64(0x9E3779B97F4A7C15)
    spread: Keys = keys ^ (keys >> np.uint64(29))
    return spread


def likeness(one: Hashes, other: Hashes) -> tuple[float, float, float]:
    """Jaccard similarity, the part of `one` that `other` has, and the part of `other` that `one` has.

    Both as `np.unique` leaves them; 0 where one is empty.
    """
    if not len(one) or not len(other):
        return 0.0, 0.0, 0.0
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common / (len(one) + len(other) - common), common / len(one), common / len(other)


def _spread(mixed: Hashes) -> Hashes:
    """Every bit of a value made to depend on all its bits."""
    mixed = (mixed ^ (mixed >> np.uint32(16))) * np.uint32(0x7FEB352D)
    mixed = (mixed ^ (mixed >> np.uint32(15))) * np.uint32(0x846CA68B)
    return mixed ^ (mixed >> np.uint32(16))
