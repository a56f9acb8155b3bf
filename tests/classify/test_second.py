"""Several labels a document: scores of rows left out, and the second look at each class beside the others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy import sparse

from classify.linear.features import Sample, Shape
from classify.linear.fit_multi import fit_multi, steady_threshold
from classify.linear.model import load_model
from classify.linear.ridge import PENALTY, ridge


def test_a_score_of_a_row_left_out_is_that_of_a_model_without_it() -> None:
    dice = np.random.default_rng(2)
    rows = sparse.csr_matrix(dice.random((30, 12)) * (dice.random((30, 12)) < 0.4), dtype=np.float32)
    gold = dice.random((30, 3)) < 0.4
    _, usual, left_out = ridge(rows, gold)
    products = (rows @ rows.T).toarray().astype(np.float64)
    step, others = PENALTY * products.trace() / 30, np.arange(1, 30)
    dual = np.linalg.solve(products[1:, 1:] + step * np.eye(29), gold[1:] - usual)
    assert np.abs(products[0, others] @ dual + usual - left_out[0]).max() < 1e-5


def test_terms_and_other_classes_speak_in_the_second_look(tmp_path: Path) -> None:
    dice = np.random.default_rng(4)
    samples, labels = [], []
    for number in range(240):
        spoken = bool(dice.random() < 0.5)  # no word of the text tells it, only its terms
        own = [f"c{number % 3}", *(["told", "with"] if spoken else [])]
        text = " ".join(f"w{number % 3}{place}" for place in dice.choice(9, 4))
        samples.append(Sample(body=text, votes=(2.0 if spoken else 0.0, float(dice.integers(0, 3)))))
        labels.append(own)
    card = {"id": "m", "field": "topic", "codes": ["told", "nobody"]}
    model = fit_multi(samples, labels, {}, card, shape=Shape(words=True, bits=14))
    place = {code: number for number, (code, _) in enumerate(model.classes)}
    text = samples[0].body  # of the first class
    shares = model.predict([Sample(body=text, votes=(2.0, 0.0)), Sample(body=text)])
    assert shares[0, place["told"]] > 0.7 > 0.3 > shares[1, place["told"]]
    assert shares[0, place["with"]] > shares[1, place["with"]] + 0.1  # it goes with the other
    assert shares[:, place["c0"]].min() > 0.5
    model.save(tmp_path)
    assert np.abs(load_model(tmp_path).predict(samples) - model.predict(samples)).max() < 1e-6
    again = fit_multi(samples, labels, {}, card, shape=Shape(words=True, bits=14))
    assert again.card == model.card
    points = model.points(samples[:2])
    assert model.second is not None
    assert points is not None
    assert (model.second.spoken(points)[:, place["c0"]] == 0).all()


def test_the_threshold_is_the_middle_of_those_that_are_as_good() -> None:
    shares = np.array([[0.9, 0.1], [0.8, 0.2], [0.1, 0.7]], dtype=np.float32)
    gold = np.array([[True, False], [True, False], [False, True]])
    assert 0.4 < steady_threshold(shares, gold) < 0.5
