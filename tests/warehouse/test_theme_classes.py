"""A theme's members by any class that a document was given, from the warehouse to the publication."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.warehouse.make import CLASSIFIER, classification, document, fill, label, make_home, topics
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import ingest_vocabulary
from warehouse.labelling import bake_corrections, store_classifications
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.records import Correction, Label, TopicClass

PAPER = document(1, title="关于甲的通知", paragraphs=("此件公开。",))
LEAD = label("02", "综合政务")
SECOND = label("13-02", "民政、扶贫、救灾\\社会福利")
OWN = [
    TopicClass("shelf", "old", None, 1, "老年", "Old age", "老年"),
    TopicClass("shelf", "care", "old", 2, "照护", "Care", "老年\\照护"),
]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = make_home(tmp_path)
    made.themes.mkdir(exist_ok=True)
    for name, code in (("by-class", "13-02"), ("by-level", "13"), ("by-lead", "02"), ("own", "old")):
        text = f'name_zh = "{name}"\ntopics = ["{code}"]\n'
        (made.themes / f"{name}.toml").write_text(text, encoding="utf-8")
    fill(made, [PAPER])
    lead = TopicClass("state-council", "02", None, 1, "综合政务", "Government affairs", "综合政务")
    with Warehouse.open(made) as w:
        ingest_vocabulary(w, [*topics(), lead, *OWN], [])
    return made


def members(home: Home, *labels: Label) -> dict[str, str]:
    """The document's themes after it was labelled so and published, with their reasons."""
    said = classification(home, PAPER, topics=labels)
    with Warehouse.open(home) as w:
        store_classifications(w, CLASSIFIER, [said])
    return published(home)


def published(home: Home) -> dict[str, str]:
    publish(home)
    publication = Publication.current(home)
    assert publication is not None
    rows = publication.rows(
        "select theme_id, reason from theme_member semi join"
        " (values ('by-class'), ('by-level'), ('by-lead'), ('own')) ours(theme_id) using (theme_id)"
    )
    return {row["theme_id"]: row["reason"] for row in rows}


def test_a_second_class_makes_a_member_as_the_lead_does_and_a_candidate_none(home: Home) -> None:
    assert members(home, LEAD, SECOND) == {
        "by-class": "topic:13-02",
        "by-level": "topic:13-02",
        "by-lead": "topic:02",
    }
    assert members(home, LEAD, replace(SECOND, given=False)) == {"by-lead": "topic:02"}
    assert members(home, LEAD, SECOND).keys() == {"by-class", "by-level", "by-lead"}


def test_a_correction_takes_the_model_s_second_class_from_the_theme(home: Home) -> None:
    assert "by-class" in members(home, LEAD, SECOND)
    said = Correction(
        1, PAPER.document_id, "topic", {"code": "02", "name": "综合政务"}, None, "", "local",
        datetime(2026, 6, 1, tzinfo=UTC),
    )  # fmt: skip
    with Warehouse.open(home) as w:
        bake_corrections(w, [said])
    assert published(home) == {"by-lead": "topic:02"}
    with Warehouse.open(home) as w:
        bake_corrections(w, [])
    assert members(home, LEAD, SECOND).keys() == {"by-class", "by-level", "by-lead"}


def test_a_first_level_holds_classes_whose_codes_do_not_say_so(home: Home) -> None:
    care = Label("topic", "shelf", "care", "老年\\照护", 0.9, "rule", (), CLASSIFIER.classifier_id)
    assert members(home, LEAD, care) == {"by-lead": "topic:02", "own": "topic:old"}
