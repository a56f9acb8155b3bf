"""Cells of workbooks as they are shown: number formats, merged cells, headings, hidden sheets."""

from __future__ import annotations

import io
from datetime import datetime, time

import openpyxl
import pytest

from crawlers.extraction.sheets import head_row
from crawlers.extraction.shown_number import shown
from crawlers.extraction.xlsx import read_xlsx
from warehouse.places import Spot, heading_of, spot_of


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        (0.125, "0.0%", "12.5%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (-5, "#,##0;(#,##0)", "(5)"),
        (0, '0;-0;"无"', "无"),
        (1500000, '#,##0.0,,"百万"', "1.5百万"),
        (1.5, "#.##", "1.5"),
        (3, "000", "003"),
        (99.5, '"¥"#,##0.00', "¥99.50"),
        (-99.5, "[$€-407]0.0", "-€99.5"),
        (0.1 + 0.2, "General", "0.3"),
        (12, "General", "12"),
        (1e20, "0.00E+00", "1E+20"),
        (2.5, "# ?/?", "2.5"),
        (2.675, "0.00", "2.68"),
        (datetime(2026, 5, 31), "yyyy-mm-dd", "2026-05-31"),
        (datetime(2026, 5, 31), 'yyyy"年"m"月"d"日"', "2026年5月31日"),
        (datetime(2026, 5, 31), "mm-dd-yy", "2026-05-31"),
        (datetime(2026, 5, 31, 8, 5), "d mmm yyyy h:mm AM/PM", "31 May 2026 8:05 AM"),
        (datetime(2026, 5, 31, 14, 5, 9), "h:mm:ss", "14:05:09"),
        (time(8, 30), "[$-804]h:mm", "8:30"),
        (True, "General", "TRUE"),
        ("文字", "@", "文字"),
        (None, "0", ""),
        (float("nan"), "0", "nan"),
        (1e300, "0.00", "1E+300"),
    ],
)
def test_a_value_is_shown_as_its_format_says(value: object, form: str, words: str) -> None:
    assert shown(value, form) == words


def test_headings_are_the_words_above_the_first_numbers() -> None:
    assert head_row(["2026年统计表", "市\t机构\t床位", "\t家\t张", "澜江市\t12\t320"]) == 2
    assert head_row(["市\t2024\t2025", "澜江市\t12\t320"]) == 0
    assert head_row(["姓名\t单位", "王某\t民政厅", "李某\t财政厅"]) == 0
    assert head_row(["只有一行"]) is None
    assert head_row(["1\t2", "3\t4"]) is None


def book() -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "汇总"
    for row in (
        ["养老机构统计表"],
        ["地区", "机构", None, "登记日期"],
        [None, "名称", "床位率", None],
        ["澜江市", "福利院", 0.875, datetime(2026, 5, 31)],
        [None, "敬老院", 0.5, datetime(2026, 6, 1)],
    ):
        sheet.append(row)
    for area in ("A1:D1", "B2:C2", "A2:A3", "D2:D3", "A4:A5"):
        sheet.merge_cells(area)
    for row in (4, 5):
        sheet.cell(row, 3).number_format = "0.0%"
        sheet.cell(row, 4).number_format = 'm"月"d"日"'
    made.create_sheet("底稿").sheet_state = "hidden"
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_cells_are_shown_merged_ones_repeated_downwards_and_hidden_sheets_marked() -> None:
    read, problem = read_xlsx(book())
    lines = read.text.split("\n")
    assert lines == [
        "汇总",
        "养老机构统计表",
        "地区\t机构\t\t登记日期",
        "地区\t名称\t床位率\t登记日期",
        "澜江市\t福利院\t87.5%\t5月31日",
        "澜江市\t敬老院\t50.0%\t6月1日",
        "底稿 [隐藏 hidden]",
    ]
    assert spot_of(read.places, 5) == Spot(sheet=0, row=5, head=3)
    assert [heading_of(lines, read.places, 5, column) for column in range(4)] == [
        "地区",
        "名称",
        "床位率",
        "登记日期",
    ]
    assert problem is not None
    assert problem.code == "hidden-sheets"


def test_a_row_far_below_the_others_is_read_and_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    made = openpyxl.Workbook()
    made.active["A1"], made.active["B300000"] = "市", "澜江市"
    buffer = io.BytesIO()
    made.save(buffer)
    read, problem = read_xlsx(buffer.getvalue())
    assert read.text.split("\n")[1:] == ["市", "\t澜江市"]
    assert (spot_of(read.places, 2).row, problem) == (300_000, None)
    monkeypatch.setattr("crawlers.extraction.xlsx._MOST_WALKED", 1_000)
    read, problem = read_xlsx(buffer.getvalue())
    assert "澜江市" not in read.text
    assert problem is not None
    assert problem.code == "cut-file"
