"""Corrected texts of files: what may be kept, how small the log stays, and what shows before the next run."""

from __future__ import annotations

import pytest

from warehouse.desk import Desk
from warehouse.desk.texts import (
    correct_text,
    difference,
    held_texts,
    lines_changed,
    payload_of,
    shown_text,
    text_before,
    text_field,
)
from warehouse.desk.values import LONGEST_TEXT
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.records import Correction

SCAN, OTHER = "a" * 64, "b" * 64
OLD = "第一行的文字\n床位测箅表\n第三行的文字"
NEW = OLD.replace("测箅", "测算")


@pytest.fixture
def desk(home: Home) -> Desk:
    return Desk.open(home)


def correct(
    desk: Desk, value: str = NEW, shown: str = OLD, document: str = "doc-1", file: str = SCAN
) -> Correction:
    return correct_text(desk, document, file, value, shown, "", "local")


def test_a_text_is_kept_in_paragraphs_and_counted_in_lines(desk: Desk) -> None:
    made = correct(desk, f"{NEW}  \r\n\r\n\n添上的一行\n")
    assert made.value == f"{NEW}\n添上的一行"
    assert lines_changed(made) == 2
    assert payload_of(made.field) == SCAN
    assert payload_of("title") is None


def test_the_log_keeps_only_the_lines_that_were_replaced_and_gives_the_old_text_back(desk: Desk) -> None:
    made = correct(desk)
    assert made.previous == {"lines": 1, "was": [[1, 2, ["床位测箅表"]]]}
    assert text_before(made.value, made.previous) == OLD
    event = desk.audit_events("doc-1")[0]
    assert event.detail == {"correction_id": 1, "field": text_field(SCAN), "characters": len(NEW)}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("甲\n乙\n丙", "丙\n甲"),
        ("甲", "乙\n丙"),
        ("甲\n乙", "丁\n甲\n戊\n乙\n己"),
        ("甲\n" * 4000, "乙\n" * 4000),
    ],
)
def test_any_old_text_comes_back_out_of_the_new_one(old: str, new: str) -> None:
    assert text_before(new, difference(old, new)) == old


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        (OLD, "already says this"),
        (" \n ", "nothing was written"),
        ("长" * (LONGEST_TEXT + 1), "too many"),
        ("坏\x00字", "control characters"),
        ("机密★10年\n" + NEW, "secrecy mark"),
    ],
)
def test_what_is_no_corrected_text_is_refused_with_a_reason(desk: Desk, value: str, complaint: str) -> None:
    with pytest.raises(UserError, match=complaint):
        correct(desk, value)
    assert desk.corrections() == []


@pytest.mark.parametrize("field", ["text:", "text:xyz", "text:" + "A" * 64, "text"])
def test_a_field_that_names_no_file_cannot_be_corrected(desk: Desk, field: str) -> None:
    with pytest.raises(UserError, match="cannot be corrected"):
        desk.correct("doc-1", field, NEW, None, "", "local")


def test_a_document_row_says_that_it_was_corrected_and_keeps_its_columns(desk: Desk) -> None:
    correct(desk)
    row = {"document_id": "doc-1", "title": "关于床位的通知"}
    assert desk.overlay([row]) == [{**row, "corrected": (text_field(SCAN),)}]


def test_of_two_documents_with_the_same_file_the_newest_correction_holds(desk: Desk) -> None:
    correct(desk)
    second = correct(desk, NEW + "。", document="doc-2")
    correct(desk, "别的文件", "别的文牛", file=OTHER)
    held = held_texts(desk.corrections())
    assert held[SCAN] == second
    desk.undo(second.correction_id, "local")
    assert held_texts(desk.corrections())[SCAN].document_id == "doc-1"
    assert set(held) == {SCAN, OTHER}


def test_what_shows_is_the_desks_text_masked_until_it_is_published(desk: Desk) -> None:
    lines = tuple(OLD.split("\n"))
    assert shown_text(desk, SCAN, lines, None).state == "published"
    made = correct(desk, NEW + "\n电话13800138000")
    waiting = shown_text(desk, SCAN, lines, None)
    assert (waiting.state, waiting.correction) == ("waits", made)
    assert waiting.paragraphs[-1] == "电话＊＊＊＊＊＊＊＊＊＊＊"
    baked = shown_text(desk, SCAN, ("已发布",), made.correction_id)
    assert (baked.state, baked.paragraphs) == ("published", ("已发布",))


def test_taken_back_after_publication_the_text_before_all_corrections_shows(desk: Desk) -> None:
    first = correct(desk)
    second = correct(desk, NEW + "\n又一行", NEW)
    desk.undo(second.correction_id, "local")
    assert shown_text(desk, SCAN, ("已发布",), second.correction_id).state == "waits"
    desk.undo(first.correction_id, "local")
    back = shown_text(desk, SCAN, ("已发布",), second.correction_id)
    assert (back.state, "\n".join(back.paragraphs)) == ("taken-back", OLD)
