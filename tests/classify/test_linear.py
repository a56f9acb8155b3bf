"""N-grams and scores: each shortcut gives what the plain way gives."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from classify.linear.calibration import DOUBTS, calibrated
from classify.linear.features import Sample, Shape, field_grams, hashed
from classify.linear.fit import fit_model
from classify.linear.fit_multi import fit_multi
from classify.linear.grams import plain_codes
from classify.linear.model import LinearModel, load_model, softened, stepped, with_votes
from classify.linear.scores import SCATTERS, repeats
from classify.linear.telling import bucket_weights

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


@pytest.mark.parametrize(("words", "measured"), [(False, False), (True, False), (True, True)])
def test_scores_are_those_of_the_rows_that_training_sees(words: bool, measured: bool) -> None:
    dice = np.random.default_rng(0)
    bits, classes = 12, 7
    shape = Shape.of({"words": words, "bits": bits, "stems": 3 if words else 0})
    buckets = np.flatnonzero(dice.random(1 << bits) < 0.5).astype(np.int32)
    idf = dice.random(len(buckets)).astype(np.float32) + 1
    weights = dice.normal(size=(len(buckets) + 2, classes)).astype(np.float32)
    card = {**shape.as_card(), "votes": 2, "vote_weight": 0.5, "multi": False, "measured": measured}
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
    if measured:
        from sklearn.preprocessing import normalize  # read here: it takes a second, in each worker

        seen = normalize(seen)
    expected = with_votes(seen, samples, 2, 0.5) @ weights + bias
    assert np.abs(model.decide([*samples, Sample()])[:-1] - expected).max() < 1e-4
    assert np.allclose(model.decide([Sample()]), bias)


def test_weights_in_steps_are_near_and_written_exactly(tmp_path: Path) -> None:
    dice = np.random.default_rng(1)
    weights = dice.normal(size=(200, 5)).astype(np.float32) * np.array([0, 1e-4, 1, 3, 80], dtype=np.float32)
    near, steps = stepped(weights)
    assert (np.abs(near - weights) <= steps * 0.501).all()
    assert (np.abs(near).max(axis=0) / steps <= 127.01).all()
    words = [f"w{number}" for number in range(60)]
    drawn = [dice.choice(60, 12) for _ in range(80)]
    samples = [Sample(body=" ".join(words[place] for place in row)) for row in drawn]
    labels = [[f"c{place % 4}" for place in row[:2]] for row in drawn]
    model = fit_multi(samples, labels, {}, {"id": "m", "field": "topic"}, shape=Shape(words=True, bits=12))
    model.save(tmp_path)
    again = load_model(tmp_path)
    assert again.steps is not None
    assert np.abs(again.predict(samples) - model.predict(samples)).max() < 1e-6
    again.save(tmp_path / "twice")
    assert (load_model(tmp_path / "twice").weights == model.weights).all()


def test_a_word_of_one_class_tells_more_than_a_word_of_all() -> None:
    texts = [f"{'tax' if number % 2 else 'farm'} act says x{number % 5}" for number in range(40)]
    gold = np.arange(40) % 2
    rows = hashed([Sample(title=text) for text in texts], Shape(words=True, bits=14))
    names = hashed([Sample(title="tax"), Sample(title="act")], Shape(words=True, bits=14))
    buckets, plain = bucket_weights(rows, 2, gold, 0.0)
    same, telling = bucket_weights(rows, 2, gold, 0.5)
    assert (buckets == same).all()
    tax, act = (int(np.flatnonzero(buckets == row.indices[0])[0]) for row in names)
    assert telling[tax] > 0.5 * plain[tax]
    assert telling[act] < 0.01 * plain[act]


def test_the_newest_rows_decide_where_old_ones_contradict_them() -> None:
    samples = [Sample(title=f"grant {'a' * (number % 7 + 1)}") for number in range(60)]
    labels = [["old" if number < 32 else "new"] for number in range(60)]
    shares = [
        fit_model(
            samples, labels, {}, {"id": "m"}, shape=Shape(words=True, bits=12), balance=0.0, recent=recent
        ).decide([Sample(title="grant")])[0]
        for recent in (0.0, 0.8)
    ]
    assert shares[0].argmax() == 1  # "old", the more frequent
    assert shares[1].argmax() == 0


def test_stems_may_be_read_alone_beside_runs_of_words() -> None:
    shape = Shape(words=True, bits=16, stems=3, stem_sizes=(1,))
    (name, found), *_ = field_grams([Sample(title="taxation of farms"), Sample(title="taxes")], shape)
    assert (name, found.counts.tolist()) == ("title", [[3, 1], [2, 0], [3, 1]])
    stems = found.buckets[-4:]
    assert stems[0] == stems[3]  # tax, in both


def test_a_few_wrong_labels_make_a_model_doubt_and_not_flat() -> None:
    dice = np.random.default_rng(2)
    gold = dice.integers(0, 4, 400)
    scores = dice.normal(scale=0.1, size=(400, 4)).astype(np.float32)
    scores[np.arange(400), gold] += 2.0
    gold[:20] = (gold[:20] + 1) % 4  # one in twenty is wrong, however sure the scores are
    flat, none = calibrated(scores, gold)
    sharp, doubt = calibrated(scores, gold, DOUBTS)
    assert none == 0.0
    assert sharp < flat
    assert 0.04 <= doubt <= 0.1
    shares = softened(scores, sharp, doubt)
    assert np.allclose(shares.sum(axis=1), 1.0, atol=1e-5)
    assert abs(float(shares.max(axis=1).mean()) - 0.95) < 0.02
