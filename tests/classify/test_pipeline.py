"""The pipeline as a whole: spans, hostile input, rows, models, and the run over a warehouse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from classify.components.state import findings, make_doc
from classify.evaluation import evaluate
from classify.linear.features import Sample
from classify.linear.model import load_model
from classify.pipeline import STARTER, build_classifier, build_pipeline, vocabulary
from classify.quality import measured_quality
from classify.rows import classify_rows
from classify.run import classify_pending
from classify.training import read_rows, train
from tests.classify.write import document
from tests.warehouse.make import document as stored_document
from tests.warehouse.make import fill, make_home
from warehouse.database import Warehouse
from warehouse.desk.desk import Desk
from warehouse.errors import NothingUsable, UserError
from warehouse.records import StoredDocument

ROW: dict[str, Any] = {
    "id": "r1",
    "title": "民政部关于加强养老服务的通知",
    "text": None,
    "department": "外交部",
    "topic": "国防\\国防动员",
    "lang": "zh",
}


def test_components_leave_spans_and_typed_values_on_the_doc() -> None:
    nlp = build_pipeline("zh")
    doc = make_doc(
        nlp.vocab, StoredDocument(document("通知", "根据《甲法》，应于2027年6月30日前完成。"), "r", None)
    )
    doc = next(iter(nlp.pipe([doc])))
    assert {span.label_ for span in doc.spans["gov"]} == {"citation:basis", "deadline", "duty"}
    assert findings(doc).citations[0].target_title == "甲法"


def test_a_bare_text_goes_through_the_pipeline_too() -> None:
    doc = build_pipeline("zh")("根据《甲法》制定。\n第二行。")
    assert findings(doc).citations[0].paragraph == 0


def test_a_pipeline_is_saved_and_read_without_pickle(tmp_path: Path) -> None:
    nlp = build_pipeline("zh", [STARTER])
    nlp.to_disk(tmp_path / "pipeline")
    names = [file.name for file in (tmp_path / "pipeline").rglob("*") if file.is_file()]
    assert not any(name.endswith((".pkl", ".pickle")) for name in names)
    again = build_pipeline("zh").from_disk(tmp_path / "pipeline", exclude=["linear_cats_topic"])
    assert findings(again("根据《甲法》制定。")).citations


def test_rows_hide_their_labels_and_keep_their_shape() -> None:
    (hidden,) = classify_rows([ROW], hide_published=True)
    (shown,) = classify_rows([ROW])
    assert (hidden["id"], hidden["department"][0]["name"], hidden["topic"][0]["code"][:2]) == (
        "r1",
        "民政部",
        "17",
    )
    assert (shown["department"][0]["name"], shown["topic"][0]["name"]) == ("外交部", "国防\\国防动员")
    assert set(shown["topic"][0]) == {"code", "name", "score", "basis", "given", "evidence"}
    assert "given" not in shown["department"][0]
    assert {"citations", "duties", "doc_number", "doc_type", "other"} <= set(shown["facts"])


def test_a_row_that_does_not_fit_is_named() -> None:
    with pytest.raises(UserError, match="row 2: 'title'"):
        list(classify_rows([ROW, {"id": "x", "title": 7}]))
    with pytest.raises(UserError, match="row 1: 'published'"):
        list(classify_rows([{"id": "x", "title": "甲", "published": "morgen"}]))


def test_the_answer_for_nothing_is_empty_with_reasons() -> None:
    (answer,) = classify_rows([{"id": "x"}])
    assert (answer["department"], answer["topic"]) == ([], [])
    assert answer["reasons"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "字",
        "《",
        "1",
        "13812345678,",
        "a@b",
        "到2027年底前",
        "（民政部负责）",
        "之日起30日内",
        "by 2027 must ",
    ],
)
def test_ten_megabytes_in_one_line_come_to_an_end(unit: str) -> None:
    text = unit * (10_000_000 // len(unit))
    (answer,) = classify_rows(
        [{"id": "x", "title": text[:1000], "text": text, "lang": "en" if "must" in unit else "zh"}]
    )
    assert answer["id"] == "x"


def test_labels_name_their_classifier_and_it_changes_with_the_model() -> None:
    terms, starter = build_classifier(use_model=False), build_classifier()
    assert terms.classifier.classifier_id != starter.classifier.classifier_id
    (answer,) = starter.classify([StoredDocument(document("关于加强养老服务的通知"), "r", None)])
    assert answer.topics[0].classifier_id == starter.classifier.classifier_id


def test_vocabulary_holds_all_classes_and_bodies_once() -> None:
    classes, bodies = vocabulary(sample=True, region="广东省")
    codes = [body.code for body in bodies]
    assert len(classes) == 143
    assert len(codes) == len(set(codes))
    assert {"cn-4403-civil-affairs", "xs-1001-finance", "cn-state-council"} <= set(codes)


TRAINING = [
    {
        "id": f"{label}{n}",
        "title": f"{word}第{n}期",
        "topic": label,
        "published": f"2026-01-{n + 1:02d}",
        "lang": "zh",
    }
    for label, word in (("甲类", "关于苹果种植的消息"), ("乙类", "关于钢琴演奏的消息"))
    for n in range(20)
]


def test_a_model_is_trained_saved_loaded_and_used(tmp_path: Path) -> None:
    card = train(TRAINING, "topic", tmp_path / "model")
    assert (card["documents"], card["classes"], card["scheme"]) == (40, 2, "own")
    (answer,) = classify_rows([{"id": "x", "title": "钢琴演奏会"}], model=tmp_path / "model")
    assert (answer["topic"][0]["name"], answer["topic"][0]["basis"]) == ("乙类", "model")
    assert {file.suffix for file in (tmp_path / "model").iterdir()} == {".json", ".npz"}
    with pytest.raises(UserError, match="a model is there already"):
        train(TRAINING, "topic", tmp_path / "model")


def test_training_twice_gives_the_same_weights(tmp_path: Path) -> None:
    for name in ("one", "two"):
        train(TRAINING, "topic", tmp_path / name)
    samples = [Sample(title="苹果"), Sample(title="钢琴")]
    first, second = (load_model(tmp_path / name).predict(samples) for name in ("one", "two"))
    assert (first == second).all()


def test_evaluation_removes_the_gold_and_counts(tmp_path: Path) -> None:
    train(TRAINING, "topic", tmp_path / "model")
    figures = evaluate(TRAINING, "topic", tmp_path / "model", keep_learnt=True)
    assert (figures["accuracy"], figures["coverage"], figures["macro_f1"]) == (1.0, 1.0, 1.0)
    assert [label["support"] for label in figures["labels"]] == [20, 20]
    rules = evaluate([{**ROW, "topic": None}], "department")
    assert rules["accuracy"] == 0.0


def test_evaluation_credits_any_body_of_a_joint_issue() -> None:
    rows = [{"id": "a", "title": "财政部关于拨款的通知", "departments": ["民政部", "财政部"], "lang": "zh"}]
    assert evaluate(rows, "department")["accuracy"] == 1.0


def test_what_cannot_be_learnt_or_loaded_is_said(tmp_path: Path) -> None:
    with pytest.raises(NothingUsable, match="fewer than two classes"):
        train(TRAINING[:3], "topic", tmp_path / "none")
    with pytest.raises(UserError, match="no model there"):
        build_classifier(model=tmp_path).classifier  # noqa: B018
    file = tmp_path / "rows.jsonl"
    file.write_text('{"id": 1}\n[1]\n', encoding="utf-8")
    with pytest.raises(UserError, match="line 2: it is not a JSON object"):
        list(read_rows(file))


def test_the_starter_is_small_has_a_card_and_no_text() -> None:
    assert (STARTER / "weights.npz").stat().st_size < 5_000_000
    card = load_model(STARTER).card
    assert {"trained_on", "scores", "limits"} <= set(card)
    assert card["scores"]["accuracy"] > 0.8


def test_measured_figures_carry_their_samples() -> None:
    figures = measured_quality()
    assert {"topic-first-level", "department-titles", "department-govcn"} <= {one.name for one in figures}
    assert all(one.sample > 0 and one.data for one in figures)


def test_a_run_labels_what_is_new_once_and_again_when_asked(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    fill(
        home,
        [
            stored_document(1, title="云河省民政厅关于养老服务的通知"),
            stored_document(2, title="云河省财政厅关于预算的通知"),
        ],
    )
    seen: list[tuple[str, int, int]] = []
    first = classify_pending(home, progress=lambda *step: seen.append(step))
    second, third = classify_pending(home), classify_pending(home, again=True)
    assert (first.documents, second.documents, third.documents) == (2, 0, 2)
    assert seen == [("classify", 2, 2)]
    with Warehouse.open(home) as warehouse:
        rows = warehouse.connection.execute(
            "select distinct name from label where field = 'department' order by name"
        ).fetchall()
    assert [row[0] for row in rows] == ["云河省民政厅", "云河省财政厅"]


def test_labelling_everything_again_goes_on_where_it_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = make_home(tmp_path)
    fill(
        home,
        [stored_document(number, title=f"云河省民政厅关于第{number}号事项的通知") for number in (1, 2, 3)],
    )
    classify_pending(home)
    monkeypatch.setattr("classify.run.BATCH", 1)

    def stop_after_two(_: str, done: int, __: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        classify_pending(home, again=True, progress=stop_after_two)
    assert classify_pending(home, again=True).documents == 1
    assert classify_pending(home, again=True).documents == 3


def test_a_librarians_correction_survives_another_run(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    one = stored_document(1, title="云河省民政厅关于养老服务的通知")
    fill(home, [one])
    classify_pending(home)
    with Desk.open(home) as desk:
        account = desk.current_user().name
        value = {"code": "13-01", "name": "卫生、体育\\卫生"}
        desk.correct(
            one.document_id,
            "topic",
            value,
            {"code": "17-03", "name": "民政、扶贫、救灾\\社会福利"},
            "",
            account,
        )
    assert classify_pending(home, again=True).corrections > 0
    with Warehouse.open(home) as warehouse:
        rows = warehouse.connection.execute("select code from label where basis = 'librarian'").fetchall()
    assert rows == [("13-01",)]


def test_a_home_brings_its_own_scheme_beside_ours(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    folder = home.root / "taxonomies"
    folder.mkdir()
    own = 'scheme = "shelf"\nname_zh = "书架"\nname_en = "Shelf"\n[[class]]\ncode = "a"\n'
    (folder / "shelf.toml").write_text(
        own + 'name_zh = "银发"\nname_en = "Silver"\nstrong = ["养老"]\n', encoding="utf-8"
    )
    fill(home, [stored_document(1)])
    classify_pending(home)
    with Warehouse.open(home) as warehouse:
        rows = warehouse.connection.execute(
            "select scheme, code from label where field = 'topic' and scheme = 'shelf'"
        ).fetchall()
        first = warehouse.connection.execute(
            "select scheme from label where field = 'topic' and rank = 1"
        ).fetchone()
    assert rows == [("shelf", "a")]
    assert first == ("state-council",)


def test_a_home_scheme_without_a_class_is_named(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    (home.root / "taxonomies").mkdir()
    (home.root / "taxonomies" / "mine.toml").write_text(
        'scheme = "state-council"\nname_zh = "甲"\nname_en = "A"\nclass = []\n', encoding="utf-8"
    )
    with pytest.raises(UserError, match=r"mine\.toml: the scheme has no class"):
        build_classifier(home)


def test_an_empty_chinese_page_gets_no_class_from_the_model() -> None:
    (answer,) = build_classifier().classify([StoredDocument(document(""), "r", None)])
    assert answer.topics == ()
    assert any(reason.startswith("topic:") for reason in answer.reasons)
