"""N-grams and scores: each shortcut gives what the plain way gives."""

from __future__ import annotations

import unicodedata
from collections import Counter

import numpy as np
import pytest

from classify.linear.features import Sample, Shape, hashed
from classify.linear.grams import plain_codes
from classify.linear.model import LinearModel, with_votes
from classify.linear.scores import SCATTERS, repeats

ODD = [
    "",
    "ＡＢＣ１２３",
    "第①号……㎡",
    "e\u0301 ﬁn ΟΔΟΣ",
    "한글 \u1112\u1161\u11ab",
    "\0\ud800𠮷🙂",
    "Plain ASCII",
]


@pytest.mark.parametrize("gap", [False, True])
def test_signs_become_plain_as_one_text_after_the_other_would(gap: bool) -> None:
    codes, lengths = plain_codes(ODD, gap)
    told = codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    plain = [unicodedata.normalize("NFKC", text).lower() for text in ODD]
    assert told == "".join(text + " " * gap for text in plain)
    assert lengths.tolist() == [len(text) for text in plain]


@pytest.mark.parametrize("kind", [np.uint32, np.uint64])
def test_repeats_are_found_whoever_shares_a_place(kind: type[np.uint32] | type[np.uint64]) -> None:
    width = 8 * kind(0).itemsize
    back = [pow(scatter, -1, 1 << width) for scatter in SCATTERS]
    crowded = [one * inverse % (1 << width) for inverse in back for one in range(40)] * 2  # all on one place
    keys = np.array([*crowded, 7, 8, 7, 7], dtype=kind)
    dropped, held = repeats(keys)
    assert (keys[dropped] == keys[held]).all()
    assert len(keys) - len(set(dropped.tolist())) == len(set(keys.tolist()))
    assert not set(dropped.tolist()) & set(held.tolist())
    counts = Counter(keys.tolist())
    assert all(counts[int(key)] == 1 + n for key, n in Counter(keys[held].tolist()).items())


@pytest.mark.parametrize("words", [False, True])
def test_scores_are_those_of_the_rows_that_training_sees(words: bool) -> None:
    dice = np.random.default_rng(0)
    bits, classes = 12, 7
    shape = Shape.of({"words": words, "bits": bits, "stems": 3 if words else 0})
    buckets = np.flatnonzero(dice.random(1 << bits) < 0.5).astype(np.int32)
    idf = dice.random(len(buckets)).astype(np.float32) + 1
    weights = dice.normal(size=(len(buckets) + 2, classes)).astype(np.float32)
    card = {**shape.as_card(), "votes": 2, "vote_weight": 0.5, "multi": False}
    bias = dice.normal(size=classes).astype(np.float32)
    model = LinearModel(card, (("a", "a"),) * classes, buckets, idf, weights, bias)
    samples = [
        Sample(
            f"养老 service {n % 5}",
            "国发" * (n % 2),
            "cn-mca" * (n % 3 == 0),
            "医疗 care, " * (n % 9),
            (1.0,),
        )
        for n in range(60)
    ]
    seen = hashed(samples, shape)[:, buckets].multiply(idf).tocsr()
    expected = with_votes(seen, samples, 2, 0.5) @ weights + bias
    assert np.abs(model.decide([*samples, Sample()])[:-1] - expected).max() < 1e-4
    assert np.allclose(model.decide([Sample()]), bias)
