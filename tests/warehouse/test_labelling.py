"""Documents wait for classification until their current text was seen; a librarian's label outlasts it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.make import (
    CLASSIFIER,
    bodies,
    citation,
    classification,
    copy_of,
    document,
    fact,
    fill,
    label,
    later,
    make_home,
    number,
    read,
    read_attachment,
    topics,
)
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import ingest_reads, ingest_vocabulary
from warehouse.labelling import bake_corrections, count_pending, pending_documents, store_classifications
from warehouse.records import Correction, FieldOrigin, StoredDocument

ONE = document(1, departments=("云河省民政厅",), origins=(FieldOrigin("title", "标题", "meta:title"),))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = make_home(tmp_path_factory.mktemp("filled"))
    fill(made, [ONE, document(2), document(3)])
    return made


@pytest.fixture
def home(filled: Home, tmp_path: Path) -> Home:
    return copy_of(filled, tmp_path)


def pending(home: Home, again: bool = False, batch: int = 256) -> list[list[StoredDocument]]:
    with Warehouse.open(home) as w:
        found = list(pending_documents(w, CLASSIFIER, again, batch))
        assert count_pending(w, CLASSIFIER, again) == sum(map(len, found))
    return found


def store(home: Home, **changes: Any) -> None:
    done = classification(home, ONE, **changes)
    with Warehouse.open(home) as w:
        store_classifications(w, CLASSIFIER, [done])


def correct(number_: int, field: str, value: Any, **changes: Any) -> Correction:
    made = datetime(2026, 6, 2, tzinfo=UTC)
    plain = Correction(number_, ONE.document_id, field, value, None, "看过原文", "local", made)
    return replace(plain, **changes)


def rows(home: Home, sql: str) -> list[tuple[Any, ...]]:
    with Warehouse.open(home) as w:
        return w.connection.execute(sql).fetchall()


def test_pending_documents_come_whole_and_in_batches(home: Home) -> None:
    batches = pending(home, batch=2)
    assert [len(batch) for batch in batches] == [2, 1]
    found = {one.document.document_id: one for batch in batches for one in batch}
    assert found[ONE.document_id].document == ONE
    source = found[ONE.document_id].source
    assert source is not None
    assert source.department_code == "xs-10-mzt"


def test_a_classified_document_waits_no_more_even_without_labels(home: Home) -> None:
    store(home)
    assert ONE.document_id not in {one.document.document_id for one in pending(home)[0]}
    assert len(pending(home, again=True)[0]) == 3


def test_another_classifier_text_or_attachment_makes_it_wait_again(home: Home) -> None:
    store(home)
    with Warehouse.open(home) as w:
        assert count_pending(w, replace(CLASSIFIER, classifier_id="rules-2")) == 3
        ingest_reads(w, [read_attachment("http://mzt.yunhe.example/a.pdf", str(ONE.url), "附件正文")])
    waiting = {one.document.document_id: one for one in pending(home)[0]}
    assert waiting[ONE.document_id].attachment_texts == ("附件正文",)
    store(home)
    with Warehouse.open(home) as w:
        ingest_reads(w, [read(replace(ONE, paragraphs=("改后的正文",)), at=later(1))])
        assert count_pending(w, CLASSIFIER) == 3


def test_storing_replaces_what_was_said_before(home: Home) -> None:
    said = citation(ONE, "根据《云河省养老服务条例》", "basis", title="云河省养老服务条例")
    store(home, topics=(label("13-02", "社会福利"), label("13", "民政")), citations=(said, said),
          facts=(fact("expiry", "2028-12-31", 1, 0, 2),), number=number("云民发〔2026〕1号"), doc_type="通知",
          reasons=("two departments",))  # fmt: skip
    store(home, topics=(label("13", "民政"),), citations=(said,))
    assert rows(home, "select code, rank from label") == [("13", 1)]
    assert rows(home, "select target_key from citation") == [("云河省养老服务条例",)]
    assert rows(home, "select count(*) from fact") == [(0,)]
    assert rows(home, "select number_normal, reasons from classified") == [(None, [])]
    assert rows(home, "select classifier_id, taxonomy from classifier") == [("rules-1", "state-council")]


def test_a_librarians_label_is_baked_kept_and_undone(home: Home) -> None:
    with Warehouse.open(home) as w:
        ingest_vocabulary(w, topics(), bodies())
    by_hand = correct(1, "topic", {"code": "13-02", "name": "民政、扶贫、救灾\\社会福利"})
    with Warehouse.open(home) as w:
        assert bake_corrections(w, [by_hand]) == 1
        assert bake_corrections(w, [by_hand]) == 0
    store(home, topics=(label("13-02", "社会福利"), label("13", "民政")))
    assert rows(home, "select scheme, code, basis from label order by basis, code") == [
        ("state-council", "13-02", "librarian"),
        ("state-council", "13", "rule"),
        ("state-council", "13-02", "rule"),
    ]
    with Warehouse.open(home) as w:
        assert bake_corrections(w, [replace(by_hand, undone_at=later(3), undone_by="local")]) == 1
    assert rows(home, "select count(*) from label where basis = 'librarian'") == [(0,)]


def test_the_latest_active_correction_of_a_field_counts(home: Home) -> None:
    with Warehouse.open(home) as w:
        bake_corrections(
            w, [correct(1, "title", "甲"), correct(2, "title", "乙"), correct(3, "published", "2026-05-01")]
        )
    assert rows(home, "select field, value from correction order by field") == [
        ("published", "2026-05-01"),
        ("title", "乙"),
    ]


def test_a_corrected_text_of_a_file_is_left_to_extraction(home: Home) -> None:
    with Warehouse.open(home) as w:
        assert bake_corrections(w, [correct(1, "text:" + "a" * 64, "更正的文字")]) == 0


def test_a_batch_is_stored_whole_or_not_at_all(home: Home) -> None:
    good = classification(home, ONE, topics=(label("13", "民政"),))
    bad = replace(good, document_id="doc-2", topics=(replace(label("13", "民政"), score="not a number"),))  # type: ignore[arg-type]
    with Warehouse.open(home) as w:
        with pytest.raises(Exception, match="not a number"):
            store_classifications(w, CLASSIFIER, [good, bad])
        assert w.connection.execute("select count(*) from label").fetchone() == (0,)
