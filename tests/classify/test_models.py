"""Models: several labels a document, any scheme, round trips, comparison, memory, and odd input."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy

from classify.bootstrap import interval, paired
from classify.components.state import findings, make_doc
from classify.evaluation import evaluate
from classify.figures import Judged, figures
from classify.linear.features import Sample, Shape, hashed
from classify.linear.fit import fit_model
from classify.linear.fit_multi import best_threshold
from classify.linear.model import load_model
from classify.pipeline import STARTER, build_classifier, build_pipeline
from classify.rows import classify_rows
from classify.training import train
from tests.classify.write import document
from warehouse.records import StoredDocument

WORDS = {"mobile": "phones and apps", "security": "passwords and attacks", "design": "colour and layout"}


def tagged(count: int = 36) -> list[dict[str, Any]]:
    """English posts, each with one or two Digital.gov tags whose words stand in it."""
    names = list(WORDS)
    rows = []
    for number in range(count):
        tags = [names[number % 3], *([names[(number + 1) % 3]] if number % 2 else [])]
        rows.append({
            "id": f"p{number}", "title": f"Notes on {WORDS[tags[0]]}", "lang": "en", "topic": tags,
            "text": " and ".join(WORDS[tag] for tag in tags) + f" in {2000 + number}",
            "published": f"2020-01-{number % 28 + 1:02d}",
        })  # fmt: skip
    return rows


def test_a_document_gets_several_labels_of_a_scheme_of_one_level(tmp_path: Path) -> None:
    card = train(tagged(), "topic", tmp_path / "model", scheme="digital-gov-tags")
    assert (card["multi"], card["scheme"], card["classes"]) == (True, "digital-gov-tags", 3)
    report = evaluate(tagged(), "topic", tmp_path / "model", keep_learnt=True)
    assert report["scheme"] == "digital-gov-tags"
    assert report["micro_f1"] > 0.9
    assert report["f1_at"]["3"] > 0.6
    assert len(load_model(tmp_path / "model").thresholds) == 3


def test_labels_that_stand_in_no_scheme_are_learnt_as_they_are(tmp_path: Path) -> None:
    rows = [{**row, "topic": [f"own {tag}" for tag in row["topic"]]} for row in tagged()]
    card = train(rows, "topic", tmp_path / "model")
    assert (card["scheme"], card["multi"]) == ("own", True)
    (answer,) = classify_rows(
        [{"id": "x", "title": "passwords and attacks", "lang": "en"}], model=tmp_path / "model"
    )
    assert answer["topic"][0]["code"] == "own security"


def test_a_model_of_another_scheme_leaves_the_packaged_one_alone() -> None:
    (answer,) = classify_rows([{"id": "x", "title": "民政部关于加强养老服务的通知", "lang": "zh"}])
    assert answer["topic"][0]["code"].startswith("17")


def test_one_threshold_serves_all_classes_and_a_document_without_any_gets_its_nearest() -> None:
    shares = np.array([[0.9, 0.4], [0.8, 0.1], [0.2, 0.1], [0.1, 0.3]], dtype=np.float32)
    gold = np.array([[True, True], [True, False], [True, False], [False, True]])
    threshold, nearest = best_threshold(shares, gold)
    assert 0.1 < threshold <= 0.4
    assert nearest
    wrong = np.array([[0.9, 0.1], [0.1, 0.4]], dtype=np.float32)
    assert not best_threshold(wrong, np.array([[True, False], [False, False]]))[1]


def test_marks_stand_as_words_only_when_asked_for() -> None:
    pair = [
        Sample(title="Petitions for Exemption; Summary"),
        Sample(title="Petitions for Exemption: Summary"),
    ]
    plain, marked = (hashed(pair, Shape.of({"words": True, "marks": one})).toarray() for one in (False, True))
    assert (plain[0] == plain[1]).all()
    assert (marked[0] != marked[1]).any()


def test_rows_learnt_at_one_length_need_no_measuring_later() -> None:
    texts = [
        "tax relief",
        "tax credit for small firms and their owners",
        "road",
        "road and rail links to the north",
    ]
    samples, gold = [Sample(title=text) for text in texts * 3], [(text[:3],) for text in texts * 3]
    model = fit_model(samples, gold, {}, {"id": "m", "field": "topic"}, cost=1.0, minimum=1, even=True,
                      shape=Shape.of({"words": True}))  # fmt: skip
    assert model.predict([Sample(title="tax"), Sample(title="north road")]).argmax(axis=1).tolist() == [1, 0]


def test_probabilities_survive_the_disk_and_the_model_is_small(tmp_path: Path) -> None:
    starter = load_model(STARTER)
    samples = [
        Sample(title=title, organ="财税") for title in ("关于加强养老服务的通知", "关于增值税政策的公告")
    ]
    starter.save(tmp_path / "again")
    again = load_model(tmp_path / "again").predict(samples)
    assert np.abs(starter.predict(samples) - again).max() < 1e-3
    assert sum(file.stat().st_size for file in STARTER.iterdir()) < 20_000_000


def test_a_saved_pipeline_answers_the_same_and_holds_no_pickle(tmp_path: Path) -> None:
    nlp = build_pipeline("zh", [STARTER])
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    stored = StoredDocument(document("财政部关于增值税政策的公告", "自2026年1月1日起施行。"), "r", None)
    first, second = (next(iter(one.pipe([make_doc(one.vocab, stored)]))) for one in (nlp, again))
    assert findings(first).topics == findings(second).topics
    assert findings(first).facts == findings(second).facts
    suffixes = {file.suffix for file in (tmp_path / "pipeline").rglob("*") if file.is_file()}
    assert not suffixes & {".pkl", ".pickle", ".joblib"}


def test_two_models_are_compared_on_the_same_documents(tmp_path: Path) -> None:
    rows = tagged()
    train(rows, "topic", tmp_path / "good", scheme="digital-gov-tags")
    wrong = [{**row, "topic": [list(WORDS)[number % 2]]} for number, row in enumerate(rows)]
    train(wrong, "topic", tmp_path / "bad", scheme="digital-gov-tags", multi=True)
    report = evaluate(rows, "topic", tmp_path / "good", against=tmp_path / "bad", keep_learnt=True)
    assert report["learnt_from"] == {"model": 36, "against": 36, "left_out": 0}
    told = report["difference"]
    assert told["won"] > told["lost"]
    assert told["micro_f1"] == pytest.approx(report["micro_f1"] - report["against"]["micro_f1"], abs=2e-4)
    assert 0 < told["micro_f1_interval"][0] <= told["micro_f1"] <= told["micro_f1_interval"][1]


def test_intervals_are_seeded_and_pairs_are_narrower() -> None:
    source = np.random.default_rng(3)
    one = (source.random(300) < 0.8).astype(float)
    two = np.where(source.random(300) < 0.05, 1 - one, one)
    low, high = interval(one)
    assert (low, high) == interval(one)
    assert low < one.mean() < high
    apart = paired(one, two)
    assert apart[1] - apart[0] < high - low


def test_figures_of_several_labels_count_every_label() -> None:
    judged = [Judged(("a", "b"), ("a",), 0.9, ("a", "b", "c")), Judged(("c",), (), 0.0, ("b", "c", "a"))]
    told = figures(judged, {}, multi=True)
    assert told["micro_f1"] == 0.5
    assert (told["coverage"], told["found_in_first"]["3"]) == (0.5, 1.0)
    assert told["confusions"] == [{"gold": "c", "given": "undetermined", "documents": 1}]


def test_words_are_hashed_alike_wherever_they_stand() -> None:
    shape = Shape.of({"words": True})
    rows = hashed([Sample(body="tax law"), Sample(body="Law, tax!"), Sample(body="")], shape)
    single = [set(rows[number].indices.tolist()) for number in range(3)]
    assert len(single[0] & single[1]) == 2
    assert single[2] == set()


def test_memory_stays_bounded_over_many_documents() -> None:
    classifier = build_classifier()

    def documents(count: int) -> Iterator[StoredDocument]:
        for number in range(count):
            yield StoredDocument(
                document(f"关于第{number}号养老服务事项的通知", f"第{number}项内容。"), "r", None
            )

    for _ in classifier.classify(documents(128)):
        pass
    tracemalloc.start()
    peaks = []
    for _ in range(3):
        for _ in classifier.classify(documents(192)):
            pass
        peaks.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert peaks[2] - peaks[1] < 300_000


@pytest.mark.parametrize(
    "row",
    [
        {"title": "", "text": ""},
        {"title": " \u3000\t", "text": "\n\n"},
        {"title": "\u0000\ufffd\ud800", "text": "١٢٣ ۴۵۶ ᠮᠣᠩᠭᠣᠯ བོད་ཡིག ئۇيغۇر"},
        {"title": "１２３４", "text": "|||||| — — — 0O0O l1l1"},
    ],
)
def test_what_says_nothing_is_undetermined_with_a_reason(row: dict[str, Any]) -> None:
    (answer,) = classify_rows([{"id": "x", "lang": "zh", **row}])
    assert answer["topic"] == [] or answer["topic"][0]["score"] < 0.9
    assert answer["topic"] or any(reason.startswith("topic:") for reason in answer["reasons"])


def test_a_mountain_of_one_line_takes_the_model_no_time() -> None:
    text = "养老" * 1_500_000
    sample = Sample(title=text[:400], body=text[:1800])
    assert load_model(STARTER).predict([sample]).shape[0] == 1
    assert hashed([Sample(body=text)], Shape.of({"words": True})).nnz <= 2
