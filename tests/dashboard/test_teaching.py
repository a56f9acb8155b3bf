"""The teaching page: one click a document, wishes as jobs; and what the method page shows of classes."""

from __future__ import annotations

import json
import re

from dashboard.words import catalogue
from tests.dashboard.conftest import Open, html_of
from warehouse.database import Warehouse
from warehouse.desk import Desk
from warehouse.home import Home
from warehouse.models import write_effect
from warehouse.publish import publish
from warehouse.records import Evaluation, Quality
from warehouse.reference import ingest_evaluations, ingest_quality

REPORT = {
    "field": "topic", "classifier": "topic-x", "documents": 40, "accuracy": 0.8, "coverage": 0.95,
    "ece": 0.05, "intervals": {"accuracy": [0.66, 0.9]},
    "labels": [{"code": "zz", "name": "示例类", "support": 7, "given": 6, "precision": 0.5, "recall": 0.25,
                "f1": 0.33}],
    "calibration": [{"from": 0.9, "documents": 30, "score": 0.95, "right": 0.9}],
    "confusions": [{"gold": "示例类", "given": "undetermined", "documents": 3}],
}  # fmt: skip


def test_a_sitting_is_begun_and_answered_with_one_click_each(open_page: Open, fresh: Home) -> None:
    at = open_page(fresh, "teach", lang="zh")
    at.button(key="sitting-begin").click().run()
    with Desk.open(fresh) as desk:
        sitting = desk.sittings.open_one()
    assert sitting is not None
    first = sitting.documents[0]
    at.button(key=f"class-1-{first.place}-0").click().run()
    second = sitting.documents[1]
    at.button(key=f"skip-1-{second.place}").click().run()
    with Desk.open(fresh) as desk:
        now = desk.sittings.of(1)
        assert [one.answer for one in now.documents[:2]] == ["confirmed", "skipped"]
        kept = desk.corrections(first.document_id, field="topic")
        assert kept[0].value["code"] == first.given
    at.button(key=f"undo-{second.place}").click().run()
    with Desk.open(fresh) as desk:
        assert desk.sittings.of(1).answered == 1


def test_what_the_page_asks_for_waits_as_a_job(open_page: Open, fresh: Home) -> None:
    folder = fresh.models / "topic-1"
    folder.mkdir(parents=True)
    card = {"field": "topic", "scheme": "state-council", "words": False, "made_at": "2026-06-01",
            "labels": {"documents": 30, "published": 5, "librarian": 25},
            "trial": {"random": None, "all": {"documents": 30, "accuracy": 0.9, "low": 0.74, "high": 0.97,
                                              "accuracy_before": 0.7}}}  # fmt: skip
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    at = open_page(fresh, "teach", lang="en")
    assert at.button(key="apply-topic-1").disabled
    write_effect(fresh, "topic-1", {
        "model": "topic-1", "documents": 9, "looked_at": 9, "settled": 2, "moved": 1, "moved_first_level": 1,
        "moves": [{"before": "", "before_name": "", "after": "17", "after_name": "民政", "documents": 1,
                   "examples": [["doc-1", "甲<b>"]]}],
        "organs": [{"name": "", "documents": 1}], "regions": [],
    })  # fmt: skip
    at = open_page(fresh, "teach", lang="en")
    shown = html_of(at)
    assert "1 of all 9 documents would move" in shown
    assert "甲&lt;b&gt;" in shown
    assert "90.0%" in shown
    at.button(key="apply-topic-1").click().run()
    at.button(key="job-train").click().run()
    with Desk.open(fresh) as desk:
        assert [(job.kind, job.state) for job in desk.queue.listed()] == [
            ("train", "queued"),
            ("apply-model", "queued"),
        ]
    assert catalogue("en")["teach.waits"] in html_of(at)


def test_the_method_page_shows_each_class_and_says_what_was_not_evaluated(
    open_page: Open, fresh: Home
) -> None:
    bare = html_of(open_page(fresh, "about", lang="en"))
    assert catalogue("en")["about.no-evaluations"] in bare
    with Warehouse.open(fresh) as warehouse:
        ingest_evaluations(
            warehouse, [Evaluation("topic-titles", "data/x", "2026-11-21", "", json.dumps(REPORT))]
        )
        ingest_quality(warehouse, [Quality("own-topic-class", 0.8, 10, "desk: sittings", "2026-06-01")])
    publish(fresh)
    shown = html_of(open_page(fresh, "about", lang="en"))
    assert "80.0% right of 40 documents (95% interval 66.0% to 90.0%)" in shown
    for words in ("示例类", "0.25", "undetermined", "0.490 – 0.943"):
        assert words in shown
    for unmeasured in ("Personal data found and masked", "Deadlines found", "Lineage of bodies, recall"):
        assert f"{unmeasured}</td><td>Not evaluated." in re.sub(r"(<t[dh])[^>]*>", r"\1>", shown), unmeasured
