"""`classify --explain`: a person's and the site's word first, then the program's own, in both languages."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from classify.run import classify_pending
from classify.why import why
from dashboard.commands.evaluate import difference_sentences
from dashboard.commands.explain import lines
from dashboard.words import say
from tests.warehouse.make import document, fill, make_home
from warehouse.database import Warehouse
from warehouse.desk import Desk
from warehouse.errors import UserError
from warehouse.home import Home

ZONE = ZoneInfo("Asia/Shanghai")
TITLE = "关于加强农村公路养护管理的通知"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a document that its site has a class for, and one without."""
    made = make_home(tmp_path)
    texts = ("各地要加强公路养护。", "做好路面保洁。")
    own = {"topics": (), "topic_scheme": None}
    fill(made, [
        document(1, title=TITLE, paragraphs=texts, **own),
        document(2, title=TITLE + "二", paragraphs=texts, topics=("工业、交通\\公路",), topic_scheme=None),
    ])  # fmt: skip
    classify_pending(made)
    return made


def identifiers(home: Home) -> list[str]:
    with Warehouse.open(home) as warehouse:
        query = (
            "select d.document_id from document d join reading r on r.reading_id = d.reading_id"
            " order by r.title"
        )
        return [str(row[0]) for row in warehouse.connection.execute(query).fetchall()]


def test_a_class_by_the_model_is_told_by_its_words_and_they_add_up(home: Home) -> None:
    told = why(home, identifiers(home)[0])
    topic = told["topic"][0]
    assert [one["field"] for one in told["settled"]] == [
        "department" for _ in told["settled"]
    ]  # of the topic nobody said anything
    shares = [one["weight"] for one in topic["evidence"]]
    assert abs(sum(shares) + topic["other_signs"] - 1.0) < 0.01
    zh, en = ("\n".join(lines(told, language, ZONE)) for language in ("zh", "en"))
    assert "标题，该类的种子词，占支持该类的" in zh
    assert "title, a seed word of the class," in en
    assert TITLE not in zh.split("\n", 1)[1]


def test_a_correction_comes_first_with_name_day_and_reason_then_what_the_program_says(home: Home) -> None:
    document_id = identifiers(home)[1]
    with Desk.open(home) as desk:
        value = {"code": "14-02", "name": "文化、广电、新闻出版\\文化"}
        correction = desk.correct(document_id, "topic", value, {}, "节目单", "local")
    day = correction.created_at.astimezone(ZONE).strftime("%Y-%m-%d")
    told = why(home, document_id)
    topics = [one for one in told["settled"] if one["field"] == "topic"]
    assert [(one["basis"], one["code"]) for one in topics] == [("librarian", "14-02"), ("published", "07-07")]
    assert topics[0]["waits"]
    assert told["program"]["topic"][0]["basis"] == "model"
    zh = "\n".join(lines(told, "zh", ZONE))
    assert f"local 于 {day} 改正（“节目单”） {say('zh', 'correct.waits')}" in zh
    assert "网站自己的类，印作“工业、交通\\公路”" in zh
    assert zh.index("改正") < zh.index("网站自己的类") < zh.index("种子词")
    classify_pending(home)
    en = "\n".join(lines(why(home, document_id), "en", ZONE))
    assert f"corrected by local on {day} (“节目单”)\n" in en
    assert "waits" not in en
    assert "The program by itself:" in en


def test_an_unknown_document_is_one_sentence(home: Home) -> None:
    with pytest.raises(UserError, match="--explain doc-x: the warehouse holds no such document"):
        why(home, "doc-x")


def test_a_class_that_a_person_only_confirmed_is_said_so(home: Home) -> None:
    document_id = identifiers(home)[0]
    with Desk.open(home) as desk:
        value = {"code": "07-07", "name": "工业、交通\\公路"}
        desk.confirm(document_id, "topic", value, "", "local")
    told = why(home, document_id)
    assert [one["confirmed"] for one in told["settled"] if one["field"] == "topic"] == [True]
    assert "确认" in "\n".join(lines(told, "zh", ZONE))


def test_a_comparison_of_two_models_is_told_in_sentences() -> None:
    told = {"accuracy": 0.02, "accuracy_interval": [-0.01, 0.05], "won": 7, "lost": 5}
    assert list(difference_sentences(told)) == [
        "accuracy: +0.0200 beside the model of --against (95 % of resamples: -0.0100 to +0.0500)",
        "Documents that the model alone has right: 7; that the model of --against alone has right: 5.",
    ]
