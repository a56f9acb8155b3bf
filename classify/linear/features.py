"""Turns documents into sparse rows: hashed n-grams of title, number, body and issuer."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

BUCKETS = 1 << 18
MULTIPLIER = np.uint64(1_000_003)
BODY_HEAD, BODY_TAIL = 1500, 300
FIELDS = ("title", "organ", "issuer", "body")
GRAMS = {"title": (1, 2, 3, 4), "organ": (1, 2, 3), "issuer": (0,), "body": (2, 3)}  # 0 = the whole value
WORD_GRAMS = {"title": (1, 2), "organ": (1,), "issuer": (0,), "body": (1, 2)}
FIELD_WEIGHT = {"title": 1.0, "organ": 0.6, "issuer": 0.6, "body": 0.8}


@dataclass(frozen=True, slots=True)
class Sample:
    """What the model may see of one document; label fields are not among it."""

    title: str = ""
    organ: str = ""  # organ code of the own number
    issuer: str = ""  # code of the issuing body, when a rule found one
    body: str = ""
    votes: tuple[float, ...] = ()  # points of the first-level classes by terms


def body_sample(text: str) -> str:
    """Head and tail of a text: what it is about, and who signed it."""
    return text if len(text) <= BODY_HEAD + BODY_TAIL else f"{text[:BODY_HEAD]}\n{text[-BODY_TAIL:]}"


def hashed(samples: Sequence[Sample], words: bool) -> sparse.csr_matrix:
    """Term frequencies (1 + log) in BUCKETS columns, each field normalised to its weight."""
    total: sparse.csr_matrix | None = None
    grams = WORD_GRAMS if words else GRAMS
    for number, field in enumerate(FIELDS):
        values = [unicodedata.normalize("NFKC", getattr(sample, field)).lower() for sample in samples]
        if not any(values):
            continue
        rows, buckets = _field_hashes(values, grams[field], words, number)
        block = _counted(rows, buckets, len(samples), FIELD_WEIGHT[field])
        total = block if total is None else total + block
    return total if total is not None else sparse.csr_matrix((len(samples), BUCKETS), dtype=np.float32)


def _field_hashes(
    values: list[str], sizes: tuple[int, ...], words: bool, salt: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    rows, hashes = [], []
    units, owners = _units(values, words and sizes != (0,))
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
    all_rows = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int64)
    mixed = (np.concatenate(hashes) if hashes else np.zeros(0, dtype=np.uint64)) * np.uint64(
        0x9E3779B97F4A7C15
    )
    mixed ^= mixed >> np.uint64(29)
    mixed = (mixed + np.uint64(salt)) * np.uint64(0xBF58476D1CE4E5B9)
    return all_rows, (mixed >> np.uint64(64 - 18)).astype(np.int64)


def _units(values: list[str], words: bool) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Characters (or hashed words) of all values in one array, with the row each belongs to."""
    if words:
        pieces = [value.split() for value in values]
        units = np.array([_text_hash(word) for piece in pieces for word in piece], dtype=np.uint64)
        owners = np.repeat(np.arange(len(values), dtype=np.int64), [len(piece) for piece in pieces])
        return units, owners
    joined = "".join(values)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    return codes, np.repeat(np.arange(len(values), dtype=np.int64), [len(value) for value in values])


def _text_hash(text: str) -> int:
    code = 14695981039346656037
    for byte in text.encode("utf-8", "surrogatepass"):
        code = ((code ^ byte) * 1099511628211) & 0xFFFFFFFFFFFFFFFF
    return code


def _counted(
    rows: NDArray[np.int64], buckets: NDArray[np.int64], height: int, weight: float
) -> sparse.csr_matrix:
    keys, counts = np.unique(rows * BUCKETS + buckets, return_counts=True)
    values = (1.0 + np.log(counts)).astype(np.float32)
    row, column = keys // BUCKETS, keys % BUCKETS
    norms = np.sqrt(np.bincount(row, weights=values.astype(np.float64) ** 2, minlength=height)).astype(
        np.float32
    )
    values *= np.float32(weight) / np.maximum(norms[row], np.float32(1e-9))
    return sparse.csr_matrix((values, (row, column)), shape=(height, BUCKETS), dtype=np.float32)
