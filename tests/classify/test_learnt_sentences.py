"""The learnt weights of problem and measure sentences: read as stored, summed as said, and seen as learnt."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from classify.components import learnt_sentences as learnt
from classify.components.anchors import Anchors
from classify.components.candidate import LEARNT, RULE, candidates, english_candidates
from classify.components.findings_told import Told, sentences_told
from classify.measures.marked import MARKS
from classify.teaching import sentences as taught

HELD_OUT = ("sentences-300", "duties-200", "themes-328")
TEXT = "养老床位仍有较大缺口。\n2025年新建养老床位600张，改造30个小区；\n现予公布。"


def ids(name: str) -> set[str]:
    lines = (MARKS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return {json.loads(line)["id"] for line in lines}


def example(label: str, run: str, number: int) -> taught.Example:
    signs = tuple(float(name == label) for name in taught.SIGNS)
    return taught.Example(f"d{number}", "random", label, (0.0, 0.0), signs, (run, "的事"))


@pytest.fixture(scope="module")
def weights() -> learnt.SentenceWeights:
    return learnt.sentence_weights()


def test_the_weights_are_a_small_table_of_whole_numbers_for_every_sign() -> None:
    told = json.loads(learnt.FILE.read_text(encoding="utf-8"))
    assert learnt.FILE.stat().st_size < 450_000
    for language in ("zh", "en"):
        one = told["languages"][language]
        assert set(one["signs"]) == set(taught.SIGNS)
        assert all(type(part) is int for worth in one["runs"].values() for part in worth)


def test_no_two_learnt_runs_share_a_slot(weights: learnt.SentenceWeights) -> None:
    slots = learnt.slot_of(np.array([learnt.key_of(run) for run in weights.runs], dtype=np.uint64))
    assert len(set(slots.tolist())) == len(weights.runs)


def test_a_sentence_is_worth_what_its_runs_are_wherever_it_stands(weights: learnt.SentenceWeights) -> None:
    for one in sentences_told(TEXT, Anchors(TEXT)):
        sentence = TEXT[one.start : one.end]
        (there,) = weights.judge([one], TEXT, "")
        (here,) = weights.judge([one._replace(start=0, end=len(sentence))], sentence, "")
        assert (there.problem, there.measure) == pytest.approx((here.problem, here.measure))


def test_all_numbers_are_one_number(weights: learnt.SentenceWeights) -> None:
    told = [Told(0, 13, 0.5, 0.5)]
    first, second = (
        list(weights.judge(told, text, ""))
        for text in ("新建床位600张以上，明年。", "新建床位１28张以上，明年。")
    )
    assert first == second


@pytest.mark.parametrize("text", ["\ud800缺口较大。", "😀仍有较大缺口。", "缺口", ""])
def test_odd_signs_and_short_texts_are_judged(weights: learnt.SentenceWeights, text: str) -> None:
    told = [Told(0, len(text), 1.0, 0.0)] if text else []
    assert len(list(weights.judge(told, text, ""))) == len(told)


def test_neighbour_and_sums_are_told_by_signs() -> None:
    before, one = Told(0, 10, 1.2, 0.0), Told(11, 30, 0.0, 0.9)
    signs = dict(zip(learnt.SIGNS, learnt.signs_of([before, one])[1].tolist(), strict=True))
    assert (signs["measure-told"], signs["problem-told"], signs["problem-before"]) == (1, 0, 1.2)
    far = learnt.signs_of([before, one._replace(start=20)])[1]
    assert far[learnt.SIGNS.index("problem-before")] == 0


def test_english_signs_are_those_of_all_sentences() -> None:
    for one in (Told(0, 300, 1.4, -0.2), Told(7, 20, -0.1, 3.5)):
        known = dict(zip(learnt.SIGNS, learnt.signs_of([one])[0].tolist(), strict=True))
        assert list(learnt.plain_signs(one)) == [known[name] for name in learnt.PLAIN]


def test_a_title_names_the_kind_of_document() -> None:
    assert [learnt.kind_of(title) for title in ("2026年政府工作报告", "关于印发方案的通知", "甲")] == [
        "report",
        "plan",
        "",
    ]


def test_a_reason_tells_whether_the_words_alone_would_have_found_it(
    weights: learnt.SentenceWeights, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "bias", weights.bias + 9_000)
    found = {(TEXT[start:end], kind): rule for start, end, kind, _, rule in candidates(TEXT, Anchors(TEXT))}
    assert found["养老床位仍有较大缺口", "problem"] == RULE
    assert found["养老床位仍有较大缺口", "measure"] == LEARNT
    monkeypatch.setattr(learnt.word_weights(), "bias", 9_000_000)
    assert {rule for *_, rule in english_candidates("Some delay was reported to the board.")} == {LEARNT}


def test_learning_again_gives_the_same_weights(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [example(("problem", "measure")[at % 2], ("不够", "建设")[at % 2], at) for at in range(60)]
    first, second = (taught.stored([("zh", taught.learnt_language(rows, "zh"))]) for _ in range(2))
    assert first == second
    told = json.loads(first)["languages"]["zh"]
    assert told["runs"]["不够"][0] > 0 > told["runs"]["建设"][0]
    assert "learnt 1.000 1.000" in capsys.readouterr().out


def test_a_run_counts_for_several_sentences_and_one_of_two_in_a_slot() -> None:
    rows = [example("problem", "缺口", at) for at in range(taught.FEWEST)]
    rare = replace(rows[0], runs=("罕见",))
    assert taught.known_runs([*rows, rare], "zh") == ["的事", "缺口"]


def test_learnt_marks_hold_places_and_no_text_and_no_held_out_document() -> None:
    lines = (MARKS / "sentences-learning.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert {tuple(row) for row in rows} == {("id", "start", "end", "sha256", "stratum", "drawn", "readers")}
    assert {row["drawn"] for row in rows} == {"random", "cue", "doubt"}
    assert not {row["id"] for row in rows} & set().union(*map(ids, HELD_OUT))
