"""A model knows what it learnt from: the trial of a seed and `evaluate` judge on other documents."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from classify.evaluation import evaluate
from classify.gold import gold_labels
from classify.learnt import Learnt
from classify.linear.model import SEEN, load_model, read_seen
from classify.measures.topics import starter_rows
from classify.pipeline import STARTER
from classify.run import classify_pending
from classify.seen import NONE, gathered, joined, knows, marks_of, row_marks
from classify.taxonomy.load import load_taxonomy
from classify.teaching.effect import preview
from classify.teaching.learn import least_weight, seed_model, teach
from classify.teaching.mixed import mix
from classify.training import train
from dashboard.commands.evaluate import learnt_sentence
from dashboard.commands.teaching import learnt_sentence as taught_sentence
from tests.classify.test_pipeline import TRAINING
from tests.classify.test_teaching import EVENING, ROADS
from tests.warehouse.make import document, make_home, read, source
from warehouse.database import Warehouse
from warehouse.desk.desk import Desk
from warehouse.errors import NothingUsable, UserError
from warehouse.home import Home
from warehouse.ingest import ingest_reads, ingest_sources
from warehouse.models import use_model

DATA = Path(os.environ.get("GOVBRIEF_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
LETTER = "关于居住证积分入户办理进度的咨询"
LETTERS, CORRECTED = 16, 4
SAID = "02-02"


def test_marks_know_a_document_by_its_title_or_its_text() -> None:
    seen = gathered([marks_of("关于公路养护的通知"), marks_of("通知", ["各县公路局：", "养护照旧。"])])
    assert knows(seen, marks_of(" 关于公路养护 的通知。", ["正文不同。"]))
    assert knows(seen, marks_of("改了的标题", ["各县公路局: 养护照旧。"]))
    assert not knows(seen, marks_of("通知", ["另一件事。"]))
    assert not knows(seen, marks_of("", []))
    assert not knows(None, marks_of("关于公路养护的通知"))
    assert joined(None, None) is None
    assert joined(seen, None, NONE) is not None


def test_training_leaves_marks_and_the_figures_leave_out_what_was_learnt(tmp_path: Path) -> None:
    train(TRAINING, "topic", tmp_path / "model")
    train(TRAINING[:30], "topic", tmp_path / "fewer")
    model = load_model(tmp_path / "model")
    assert model.seen is not None
    assert all(knows(model.seen, row_marks(row)) for row in TRAINING)
    strangers: list[dict[str, Any]] = [
        {**row, "id": f"new-{row['id']}", "title": f"{row['title']}（新的一批{number}）", "text": None}
        for number, row in enumerate(TRAINING[::4])
    ]
    told = evaluate([*TRAINING, *strangers], "topic", tmp_path / "model", against=tmp_path / "fewer")
    counts = {"model": len(TRAINING), "against": 30, "left_out": len(TRAINING)}
    assert told["learnt_from"] == counts
    assert told["documents"] == told["against"]["documents"] == len(strangers)
    assert f"{len(TRAINING)} are left out" in learnt_sentence(counts, len(strangers))
    assert "does not tell" in learnt_sentence({"model": None, "left_out": 0}, 5)
    with pytest.raises(NothingUsable, match="--keep-learnt"):
        evaluate(TRAINING, "topic", tmp_path / "model")
    (tmp_path / "model" / SEEN).unlink()
    assert Learnt.of("topic", tmp_path / "model").marks is None
    assert Learnt.of("department", tmp_path / "model").count([]) == 0


def test_a_damaged_list_of_marks_is_a_users_error(tmp_path: Path) -> None:
    (tmp_path / SEEN).write_bytes(b"PK")
    with pytest.raises(UserError, match="train the model again"):
        read_seen(tmp_path)


def test_the_brake_asks_for_labels_that_tell_the_seed_anything() -> None:
    assert [least_weight(500, 22, news) for news in (0, 11, 22, 500)] == [1.0, 0.5, 0.0, 0.0]
    assert least_weight(44, 22, 44) == 0.5


def _printed(title: str) -> dict[str, Any]:
    if not title.startswith("公告"):
        return {"topics": (), "topic_scheme": None}
    return {"topics": ("工业、交通\\公路",), "topic_scheme": "gov.cn 主题分类"}


def learnt_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, corrected: list[str]) -> Home:
    """Forty road notices with a published class, which the seed learnt by heart, letters and evening classes.

    People gave those in `corrected` and the first letters a class.
    """
    home = make_home(tmp_path)
    papers = [
        replace(document(number), title=title, paragraphs=(), doc_number=None, **_printed(title))
        for number, title in enumerate(
            [*(f"公告：{name}" for name in ROADS[:40]), *(f"关于{name}的通知" for name in EVENING[:40]),
             *([LETTER] * LETTERS)], start=1)
    ]  # fmt: skip
    with Warehouse.open(home) as warehouse:
        ingest_sources(warehouse, [source(department_code="", name_zh="青禾市信息网")])
        ingest_reads(warehouse, [read(paper) for paper in papers])
    classify_pending(home)
    letters = [paper for paper in papers if paper.title == LETTER][:CORRECTED]
    with Desk.open(home) as desk:
        for paper in papers:
            code = "14-02" if paper.title in corrected else SAID if paper in letters else ""
            if code:
                value = {"code": code, "name": load_taxonomy().topic(code).path}
                desk.correct(paper.document_id, "topic", value, None, "", "local")
    learnt = gathered(marks_of(paper.title) for paper in papers if paper.topics)

    def knowing(*given: Any) -> Any:
        seed = seed_model(*given)
        return replace(seed, seen=joined(seed.seen, learnt))

    monkeypatch.setattr("classify.teaching.learn.seed_model", knowing)
    return home


def test_letters_of_one_title_follow_those_that_people_corrected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = learnt_home(tmp_path, monkeypatch, [])
    card = teach(home)
    told = {"basis": "unseen", "left_out": 40, "all": None}  # without the letters only one class is left
    assert told.items() <= card["trial"].items()
    moves = preview(home, card["name"])["moves"]
    assert [one["documents"] for one in moves if one["after"] == SAID] == [LETTERS - CORRECTED]
    sentence = taught_sentence(card)
    assert "too few labels beside 40 that the seed had learnt from" in sentence
    assert "teach the others of that title: 1" in sentence
    use_model(home, card["name"])
    classify_pending(home)
    with Warehouse.open(home) as warehouse:
        rows = warehouse.connection.execute(
            "select basis, count(*), min(score) from label where field = 'topic' and code = ? and rank = 1"
            " and given group by basis order by basis", [SAID],
        ).fetchall()  # fmt: skip
    assert ("rule", LETTERS, pytest.approx(5 / 6, abs=1e-3)) in rows


def test_corrections_move_their_like_in_a_home_that_the_seed_had_by_heart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [f"关于{name}的通知" for name in EVENING[:40:2]]
    home = learnt_home(tmp_path, monkeypatch, said)
    card = teach(home)
    assert card["trial"]["weight"] < 0.8
    assert card["trial"]["all"]["documents"] == len(said) + CORRECTED
    assert card["trial"]["all"]["right"] > card["trial"]["all"]["right_before"]
    moves = preview(home, card["name"])["moves"]
    moved = sum(one["documents"] for one in moves if one["after"] == "14-02")
    assert moved >= 10


def test_where_everything_was_learnt_the_corrections_judge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = learnt_home(tmp_path, monkeypatch, [f"公告：{name}" for name in ROADS[:12]])
    card = teach(home)
    assert card["trial"]["basis"] == "corrections"
    assert (card["trial"]["left_out"], card["trial"]["all"]["documents"]) == (28, 12 + CORRECTED)
    assert "people had given a class" in taught_sentence(card)


def test_a_taught_model_knows_what_both_its_parts_learnt_from(tmp_path: Path) -> None:
    seed = load_model(STARTER)
    other = replace(seed, seen=gathered([marks_of("关于夜校的通知")]))
    card = {"id": "m", "field": "topic", "scheme": "state-council", "threshold": 0.15}
    mix(seed, other, 0.5, card).save(tmp_path / "m")
    assert seed.seen is not None
    kept = load_model(tmp_path / "m").seen
    assert kept is not None
    assert len(kept) == len(seed.seen) + 1
    assert (np.sort(kept) == kept).all()


@pytest.mark.realdata
def test_the_starter_knows_the_titles_that_its_card_names() -> None:
    if not (DATA / "zh" / "gov_titles.jsonl.gz").is_file():
        pytest.skip(f"../shared/data is absent: {DATA} is not there")
    labelled, _, _ = gold_labels(starter_rows(DATA / "zh"), "topic")
    seen = load_model(STARTER).seen
    assert seen is not None
    known = sum(knows(seen, row_marks(one.row)) for one in labelled)
    assert known == load_model(STARTER).card["documents"]
