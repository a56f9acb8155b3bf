"""Scores of samples straight from their n-grams: no matrix of all buckets between, and nothing sorted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from classify.linear.features import Sample, Shape, field_grams
from classify.linear.grams import Grams

SIGNS = 1 << 16  # characters scored at once: what is made of more does not fit the processor's cache
ROOM = 2  # places of the table of repeats are 2 to this power times the n-grams, or up to twice that
LEAST = 1e-18  # below any square of a length
SCATTERS = (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35)  # tried in turn; what then still shares a place is sorted

Floats = NDArray[np.float32]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scorer:
    """A model's weights as scoring reads them."""

    shape: Shape
    places: NDArray[
        Any
    ]  # of each bucket its row of the weights, the largest of its type where training saw none
    weights: Floats  # rows × classes, each times its inverse document frequency
    squares: Floats | None = None  # of those frequencies, where each sample is scored at length one

    @classmethod
    def of(
        cls, shape: Shape, buckets: NDArray[np.int32], idf: Floats, weights: Floats, measured: bool = False
    ) -> Scorer:
        """The scorer of a model; `weights` without the rows of its votes.

        Frequent buckets come first: their weights lie together and stay in the cache. `measured`: samples are
        scored at length one.
        """
        order = np.argsort(idf, kind="stable")
        kind = np.uint16 if len(buckets) < 1 << 16 else np.uint32  # half the table, half the cache it takes
        places = np.full(1 << shape.bits, np.iinfo(kind).max, dtype=kind)
        places[buckets[order]] = np.arange(len(buckets), dtype=kind)
        squares = np.square(idf)[order] if measured else None
        return cls(shape, places, np.ascontiguousarray((weights * idf[:, None])[order]), squares)

    def scores(self, samples: Sequence[Sample]) -> Floats:
        """What the n-grams of each sample give to each class."""
        total = np.zeros((len(samples), self.weights.shape[1]), dtype=np.float32)
        squared = np.zeros(len(samples), dtype=np.float32)
        for part in _parts(samples):
            for name, found in field_grams(samples[part], self.shape):
                rows = self._rows(found, self.shape.weights[name])
                shape = found.counts.shape
                total[part] += (rows @ self.weights).reshape(*shape, -1).sum(axis=0)
                if self.squares is not None:
                    np.square(rows.data, out=rows.data)
                    squared[part] += (rows @ self.squares).reshape(shape).sum(axis=0)
        if self.squares is not None:
            total /= np.sqrt(np.maximum(squared, LEAST))[:, None]
        return total

    def _rows(self, found: Grams, weight: float) -> sparse.csr_matrix:
        """One field's rows, a block of them a size of n-grams, whose columns are rows of the weights.

        Each n-gram counts once, 1 + log of how often it stands there; a sample's rows are of one length.
        """
        blocks, rows = found.counts.shape
        counts = found.counts.ravel()
        bits = self.shape.bits
        kind: Any = np.uint32 if rows << bits <= 1 << 32 else np.uint64
        keys = np.repeat(np.tile(np.arange(rows, dtype=kind) << kind(bits), blocks), counts)
        keys += found.buckets.astype(kind)
        dropped, held = repeats(keys)
        places = self.places.take(found.buckets, mode="clip")
        unseen = np.iinfo(places.dtype).max
        places[dropped] = unseen
        often = np.bincount(held, minlength=len(keys))
        many = np.flatnonzero(often != 0)
        raised = 1.0 + np.log1p(often[many])
        squares = found.counts.sum(axis=0) - np.bincount(keys[dropped] >> kind(bits), minlength=rows)
        squares = squares + np.bincount(keys[many] >> kind(bits), raised**2 - 1.0, minlength=rows)
        factors = (weight / np.sqrt(np.maximum(squares, 1e-18))).astype(np.float32)
        values = np.repeat(np.tile(factors, blocks), counts)
        values[many] *= raised.astype(np.float32)
        known = np.flatnonzero(places != unseen)
        ends = np.searchsorted(known, np.concatenate(([0], np.cumsum(counts)))).astype(np.int32)
        return sparse.csr_matrix(
            (values.take(known), places.take(known).astype(np.int32), ends),
            shape=(blocks * rows, len(self.weights)),
        )


def _parts(samples: Sequence[Sample]) -> Iterator[slice]:
    """Runs of samples with so many characters together that the work on them stays in the cache."""
    began, signs = 0, 0
    lengths = [len(sample.title) + len(sample.body) for sample in samples]
    if sum(lengths) < SIGNS:
        yield slice(0, len(samples))
        return
    for at, length in enumerate(lengths, 1):
        signs += length
        if signs >= SIGNS:
            yield slice(began, at)
            began, signs = at, 0
    if began < len(samples):
        yield slice(began, len(samples))


def repeats(keys: NDArray[Any]) -> tuple[Places, Places]:
    """The places of keys that stand elsewhere too, save one place each, and for each of them that one."""
    mine, other, left = _contest(keys, SCATTERS[0])
    dropped, held = [mine], [other]
    for scatter in SCATTERS[1:]:
        if not len(left):
            break
        mine, other, strange = _contest(keys[left], scatter)
        dropped.append(left[mine])
        held.append(left[other])
        left = left[strange]
    if len(left):
        _, first, number = np.unique(keys[left], return_index=True, return_inverse=True)
        again = np.flatnonzero(first[number] != np.arange(len(left)))
        dropped.append(left[again])
        held.append(left[first[number][again]])
    return np.concatenate(dropped), np.concatenate(held)


def _contest(keys: NDArray[Any], scatter: int) -> tuple[Places, Places, Places]:
    """Each key writes its number to a place of a small table and reads back who wrote last.

    Given are those that lost to their like, the winner of each, and those that lost to a stranger:
    all keys alike share a place, so that none of these has its like among the winners.
    """
    kind, bits = keys.dtype.type, len(keys).bit_length() + ROOM
    slots = ((keys * kind(scatter)) >> kind(8 * keys.itemsize - bits)).astype(np.intp)
    numbers = np.arange(len(keys), dtype=np.uint16 if len(keys) <= 1 << 16 else np.uint32)
    table = np.empty(1 << bits, dtype=numbers.dtype)
    table[slots] = numbers
    winners = table.take(slots, mode="clip")
    lost = np.flatnonzero(winners != numbers)
    won = winners[lost].astype(np.int64)
    like = keys[lost] == keys[won]
    return lost[like], won[like], lost[~like]
