"""The measure of theme membership: agreed rows count, by the rules of today; a changed text is left out."""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from pathlib import Path

import pytest

from classify.measures.themes import DEVELOPMENT, count, interval, measure_themes, read_marks
from warehouse.themes.load import load_themes

CARE = {
    "id": "made-care",
    "title": "关于加强居家养老服务的通知",
    "text": "各区人民政府：\n为发展养老服务，现就社区养老、机构养老通知如下。\n一、扩大养老机构床位。",
    "unit": "document",
}
DRAINS = {
    "id": "made-drains",
    "title": "关于疏浚河道的通知",
    "text": "各区应当疏浚河道。",
    "unit": "document",
}


def mark(row: dict[str, str], first: str, second: str, text: str | None = None) -> dict[str, object]:
    digest = sha256((row["text"] if text is None else text).encode()).hexdigest()
    readers = [first, second]
    return {"theme": "elderly-care", "id": row["id"], "sha256": digest, "member": True, "readers": readers}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for language, row in (("zh", CARE), ("en", DRAINS)):
        (tmp_path / language).mkdir()
        with gzip.open(tmp_path / language / "documents.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return tmp_path


def write(folder: Path, *rows: dict[str, object]) -> Path:
    file = folder / "marks.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    return file


def test_members_on_which_both_readers_agree_are_counted(data: Path) -> None:
    marks = write(data, mark(CARE, "yes", "yes"), mark(CARE, "no", "no"), mark(DRAINS, "yes", "yes"))
    figures = {one.name: one for one in measure_themes(data, "2026-03-01", marks)}
    assert set(figures) == {"theme-precision", "theme-precision-elderly-care"}
    assert (figures["theme-precision"].value, figures["theme-precision"].sample) == (0.5, 2)
    assert "marked by two machine readers" in figures["theme-precision"].note
    assert "of 2 that belong 1 are no members" in figures["theme-precision-elderly-care"].note


def test_rows_that_the_writer_of_the_rules_judged_say_so(data: Path) -> None:
    judged = mark(CARE, "yes", "yes")
    marks = write(data, {**{key: judged[key] for key in judged if key != "readers"}, "verdict": "yes"})
    note = measure_themes(data, "2026-03-01", marks)[0].note
    assert "marked by who wrote the rules" in note
    assert "machine readers" not in note


def test_disputed_rows_and_other_texts_are_told_and_left_out(data: Path) -> None:
    marks = write(
        data, mark(CARE, "yes", "yes"), mark(CARE, "yes", "no"), mark(CARE, "no", "no", "another text")
    )
    (shelf,) = count(read_marks(marks), [CARE, DRAINS]).values()
    assert (shelf.right, shelf.wrong, shelf.missed, shelf.disputed, shelf.changed) == (1, 0, 0, 1, 1)
    figure = measure_themes(data, "2026-03-01", marks)[0]
    assert "1 rows disputed; 1 rows whose text has changed are left out" in figure.note


def test_nothing_is_said_where_nothing_is_marked(data: Path) -> None:
    assert measure_themes(data, "2026-03-01", data / "none.jsonl") == []


def test_the_interval_of_few_rows_is_wide_and_stays_below_one() -> None:
    low, high = interval(10, 10)
    assert low == pytest.approx(0.722, abs=0.001)
    assert high == 1.0
    assert interval(0, 0) == (0.0, 1.0)


def test_rows_of_the_development_name_themes_and_hold_no_text() -> None:
    themes = {theme.theme_id for theme in load_themes()}
    rows = [json.loads(line) for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 900
    assert {row["theme"] for row in rows} == themes
    assert {row["verdict"] for row in rows} == {"yes", "no"}
    assert all(set(row) == {"theme", "id", "sha256", "member", "drawn", "verdict"} for row in rows)
