"""The benchmark of classifiers: fair splits, names masked, every bar told, and what Annif lacks said."""

from __future__ import annotations

import os
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classify.bench import annif_side
from classify.bench.bars import Bar, learning_bars, task_bars
from classify.bench.corrections import BATCH, _batch, curve
from classify.bench.masking import Mask
from classify.bench.report import bar_rows, markdown, quality_rows
from classify.bench.run import Result, bench_classify
from classify.bench.scores import Answer, accuracy, calibration_error, coverage_at, f1_at, macro_f1, micro_f1
from classify.bench.tasks import Example, Task, group_fifth, grouped, newest_fifth
from classify.linear.features import Sample, Shape, hashed
from warehouse.errors import UserError
from warehouse.sittings import BRAKE

DATA = Path(os.environ.get("GOVBRIEF_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))


def example(title: str, day: str = "", body: str = "") -> Example:
    return Example(title, body, ("a",), day)


def test_documents_of_one_title_or_one_opening_never_straddle_a_split() -> None:
    opening = "Authorizes appropriations for the survey of harbours and coasts"
    listed = [example(f"An act number {n}", f"2007-01-{n + 1:02d}") for n in range(18)]
    listed += [example("One title", "2007-01-01"), example("ONE title!", "2008-01-01")]
    listed += [example("Left", "2007-01-01", opening), example("Right", "2009-01-01", opening)]
    for train, test in (newest_fifth(grouped(listed)), group_fifth(grouped(listed), 3)):
        assert not {one.group for one in train} & {one.group for one in test}
        assert len(train) + len(test) == len(listed)


def test_the_newest_fifth_is_newer_than_all_it_is_learnt_from() -> None:
    listed = grouped([example(f"Paper {n} of many", f"20{n:02d}-05-01") for n in range(20)])
    random.Random(1).shuffle(listed)
    train, test = newest_fifth(listed)
    assert len(test) == 4
    assert max(one.day for one in train) < min(one.day for one in test)


def test_the_mask_takes_out_bodies_places_classes_and_numbers() -> None:
    mask = Mask("zh", ["文化体育"])
    masked = mask("广东省水利厅关于印发文化体育规划的通知（粤府办〔2021〕12号）")
    assert not any(word in masked for word in ("广东", "水利厅", "文化体育", "2021", "12号"))
    assert "规划的通知" in masked


def test_the_mask_knows_both_orders_of_an_english_department() -> None:
    mask = Mask("en", ["Transportation Department, Maritime Administration"])
    masked = mask("Notice of the Maritime Administration, Department of Transportation; vessel waiver")
    assert "Maritime" not in masked
    assert "Transportation" not in masked
    assert "vessel waiver" in masked


def answer(rows: list[list[tuple[str, float]]], given: list[tuple[str, ...]] | None = None) -> Answer:
    said = given or [(row[0][0],) for row in rows]
    return Answer("x", tuple(map(tuple, rows)), tuple(said), 1.0, (0.5, 1.0, 2.0))


def test_figures_of_a_side_are_those_of_their_definitions() -> None:
    gold = [("a",), ("a",), ("b",)]
    said = answer([[("a", 0.9), ("b", 0.1)], [("b", 0.6), ("a", 0.4)], [("b", 0.8), ("a", 0.2)]])
    assert accuracy(said, gold) == pytest.approx(2 / 3)
    assert macro_f1(said, gold) == pytest.approx(2 / 3)
    assert said.rate == pytest.approx(3.0)  # the median round
    assert coverage_at(said, gold) == pytest.approx(2 / 3)
    assert calibration_error(said, gold) == pytest.approx((0.1 + 0.6 + 0.2) / 3)


def test_several_labels_are_scored_by_rank_and_by_threshold() -> None:
    gold = [("a", "b"), ("c",)]
    said = answer([[("a", 0.9), ("c", 0.5)], [("b", 0.7), ("c", 0.6)]], [("a",), ("b", "c")])
    assert f1_at(said, gold, 1) == pytest.approx((2 / 3 + 0) / 2)
    assert micro_f1(said, gold) == pytest.approx(2 * 2 / (3 + 3))


def test_a_missed_bar_and_an_unmeasured_one_are_both_told() -> None:
    ours = {"accuracy": 0.80, "macro_f1": 0.7, "documents_per_cpu_second": 10_000.0, "train_cpu_seconds": 1.0}
    theirs = {**ours, "accuracy": 0.83, "documents_per_cpu_second": 1_000.0}
    bars = list(task_bars("zh-theme", {"ours": {**ours, "bytes": 9e6}, "sklearn-char": theirs},
                          {"round_trip": 1e-5}))  # fmt: skip
    said = {bar.name: bar.met for bar in bars}
    assert said["zh-theme: accuracy against scikit-learn"] is False
    assert said["zh-theme: accuracy against Annif"] is None
    assert said["zh-theme: documents a CPU second, 5 times scikit-learn"] is True
    told = [row[-1] for row in bar_rows(Result("2026-01-01T00:00", "small", bars=bars))]
    assert Counter(told)["NOT MET"] == 1
    assert "not measured" in told


def test_a_bar_at_most_is_met_from_below() -> None:
    assert Bar("error", 0.07, 0.08, "", at_most=True).met
    assert not Bar("error", 0.09, 0.08, "", at_most=True).met
    assert [bar.met for bar in learning_bars("zh-theme", 0.65, 0.90, -0.02, 0.93)] == [True, True, True]


def test_a_batch_is_half_chance_and_doubt_brings_two_of_a_class_at_most() -> None:
    dice = np.random.default_rng(0)
    now = dice.dirichlet(np.ones(12), 400)
    drawn = _batch(now, tuple("abcdefghijkl"), {0, 1, 2}, "4")
    doubted = Counter(now[drawn[(BATCH + 1) // 2 :]].argmax(axis=1).tolist())
    assert len(set(drawn)) == BATCH
    assert not {0, 1, 2} & set(drawn)
    assert max(doubted.values()) <= BRAKE


def test_the_curve_of_corrections_is_that_of_the_products_own_teaching() -> None:
    matters = {"社会保障": "失业保险金申领", "交通出行": "机动车驾驶证换证", "文化体育": "营业性演出审批"}
    told = [
        Example(f"{word}第{number}项", f"事项{number}办理{word}", (name,), group=number)
        for number in range(24)
        for name, word in matters.items()
    ]
    named = [replace(one, title=one.title.replace("换证", "补发")) for one in told[:30]]
    found = curve(Task("zh-theme", "zh", tuple(told), tuple(named), tuple(sorted(matters)), "group"), 1, 50)
    assert (found.steps[0][0], found.runs) == (0, 1)
    assert found.steps[-1][0] >= 50
    assert found.last >= found.seeds > 0.9


def test_annif_that_cannot_be_installed_is_said_in_one_sentence(tmp_path: Path) -> None:
    occupied = tmp_path / "cache"
    occupied.write_text("")
    with pytest.raises(annif_side.AnnifMissing, match="its environment cannot be made"):
        annif_side.environment(occupied)


def test_annifs_packages_are_pinned_with_hashes_and_name_no_registry() -> None:
    text = annif_side.REQUIREMENTS.read_text(encoding="utf-8")
    assert "annif==1.4." in text
    assert text.count("--hash=sha256:") > 100
    assert "://" not in text


def test_an_unknown_task_is_named_with_those_that_exist(tmp_path: Path) -> None:
    (tmp_path / "zh").mkdir()
    with pytest.raises(UserError, match="zh-issuer"):
        bench_classify(tmp_path, parts=["zh-weather"], annif=False)


def test_stems_stand_beside_words_and_long_lists_hash_as_short_ones() -> None:
    shape = Shape.of({"words": True, "stems": 5})
    rows = hashed([Sample(title="regulations"), Sample(title="regulatory"), Sample(title="harbour")], shape)
    assert (rows[0].multiply(rows[1])).nnz == 1  # the stem alone
    assert (rows[0].multiply(rows[2])).nnz == 0
    many = [Sample(title=f"paper {n} of the harbour", body="x" * (n % 7)) for n in range(700)]
    apart = hashed(many, shape)[600:] - hashed(many[600:], shape)
    assert abs(apart).max() < 1e-6


@pytest.mark.realdata
def test_a_small_run_measures_each_side_of_a_task() -> None:
    if not DATA.is_dir():
        pytest.skip(f"no labelled data in {DATA}")
    result = bench_classify(DATA, size="small", parts=["zh-theme"], annif=False)
    told = result.tasks["zh-theme"]
    assert set(told["sides"]) == {"ours", "sklearn-char", "sklearn-word"}
    assert told["sides"]["ours"]["accuracy"] > 0.5
    assert "## Bars" in markdown(result)
    assert quality_rows(result)[0].sample == told["test"]
