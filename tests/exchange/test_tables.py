"""CSV and Parquet: what Excel would run, what other programs read, and the way back without loss."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange.rows import line
from warehouse.errors import UserError
from warehouse.exchange.csv_table import BOM, cell, read_csv, value_of, write_csv
from warehouse.exchange.parquet import count_parquet, read_parquet, write_parquet
from warehouse.exchange.table import COLUMNS, TYPES, line_of

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    "\t=1",
    "\r=1",
    "  =1",
    "\u3000=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "\ufeff=1",
    "\n=1",
    "'=1",
]


def written(*lines: dict[str, Any]) -> str:
    return "".join(write_csv(lines))


def back(text: str) -> list[dict[str, Any]]:
    return [dict(row.values) for row in read_csv(io.StringIO(text, newline=""))]


def test_a_csv_opens_in_excel_with_its_chinese() -> None:
    text = written(line())
    assert text.startswith(BOM + "id,title,doc_number,")
    (row,) = csv.DictReader(io.StringIO(text.removeprefix(BOM), newline=""))
    assert row["title"] == "关于养老服务的通知"
    assert row["text"] == "各市民政局：\n请认真执行。"
    assert row["topic"] == "民政\\社会福利 | a || b |||| c||"
    assert row["published"] == "2026-04-20"
    assert row["sample"] == "false"


@pytest.mark.parametrize("value", FORMULAS)
def test_no_cell_is_a_formula(value: str) -> None:
    assert cell(value).startswith("'")
    assert cell([value, "b"]).startswith("'")
    assert value_of("title", cell(value)) == value.replace("\r", "\n")


def test_a_harmless_cell_is_left_as_it_is() -> None:
    assert cell("关于=的通知") == "关于=的通知"
    assert cell("'tis") == "'tis"
    assert cell(-0.5) == "-0.5"  # a number is no text


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]) | st.sampled_from("\n='|+"))
)
def test_every_text_comes_back(text: str) -> None:
    assert value_of("title", cell(text)) == text
    assert value_of("topic", cell([f"x{text}", "y"])) == [f"x{text}", "y"]


def test_a_row_comes_back_as_the_line_it_was() -> None:
    (row,) = back(written(line()))
    told = line_of(row)
    assert told["topic"] == ["民政\\社会福利", "a | b || c|"]
    assert told["attachments"] == [{"name": "附件|1.pdf", "url": "http://mzt.yunhe.example/1.pdf"}]
    assert (told["version"], told["sample"], told["published"]) == (1, False, "2026-04-20")
    assert "department_code" not in told  # whoever imports labels anew


def test_days_that_excel_rewrote_are_days() -> None:
    assert value_of("published", "2026/4/2") == "2026-04-02"
    assert value_of("sample", "FALSE") is False


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("id;title\n1;通知\n", "parted by semicolons"),
        ("id,name\n1,通知\n", 'the first line must name the columns, "title" among them'),
        ("title,title\na,b\n", 'the column "title" stands twice'),
        ("id,title\n1\n", "it has 1 cells where the head names 2 columns"),
        ('id,title\n1,"a"b\n', "it is not CSV"),
    ],
)
def test_a_row_that_does_not_fit_is_named(text: str, fault: str) -> None:
    faults = [row.fault for row in read_csv(io.StringIO(text, newline="")) if row.fault]
    assert faults
    assert fault in (faults[0] or "")


def test_rows_inside_a_quotation_that_is_not_closed_are_each_named() -> None:
    rows = [*read_csv(io.StringIO('id,title\n1,通知\n2,"开\n3,意见\n4,办法\n', newline=""))]
    assert [row.number for row in rows] == [2, 3, 4, 5]
    assert [bool(row.fault) for row in rows] == [False, True, True, True]
    assert {row.fault for row in rows[2:]} == {"it stands inside the cell that line 3 opens"}


def test_a_row_is_numbered_by_the_line_it_begins_on() -> None:
    rows = list(read_csv(io.StringIO('title\r\n"a\nb"\r\n"c"\r\n', newline="")))
    assert [row.number for row in rows] == [2, 4]


def test_parquet_has_typed_columns_and_lists(tmp_path: Path) -> None:
    file = tmp_path / "it's [1].parquet"
    write_parquet((line(id=f"doc-{number}") for number in range(2500)), file)
    assert list(tmp_path.iterdir()) == [file]
    assert count_parquet(file) == 2500
    rows = duckdb.read_parquet(str(tmp_path / "*.parquet"))
    types = dict(zip(rows.columns, map(str, rows.types), strict=True))
    assert types["topic"] == "VARCHAR[]"
    assert (types["published"], types["version"], types["sample"]) == ("DATE", "INTEGER", "BOOLEAN")
    first = next(read_parquet(file))
    assert first["published"] == date(2026, 4, 20)
    assert line_of(first) == line_of(back(written(line(id="doc-0")))[0])


def test_a_file_that_is_no_parquet_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.parquet"
    file.write_bytes(b"PAR1 but not really")
    with pytest.raises(UserError, match=r"a\.parquet: not a Parquet file that can be read"):
        list(read_parquet(file))


def test_columns_keep_their_order() -> None:
    assert [column.name for column in COLUMNS] == list(TYPES)
    assert [column.name for column in COLUMNS][:8] == [
        *("id", "title", "doc_number", "department", "published", "written", "effective", "doc_type")
    ]
    assert COLUMNS[-1].name == "text"
