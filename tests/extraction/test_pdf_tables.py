"""Tables of PDFs made with known cells: every cell in its row and column, with its headings and its page."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import typst

from crawlers.extraction.pdf import read_pdf
from crawlers.extraction.pdf_pieces import Effort, pieces_of
from tests.extraction.test_places import spot
from warehouse.places import heading_of, spot_of
from warehouse.records import AttachmentText

HEADS = ("Region", "Homes", "Beds", "Share")
ROWS = tuple(
    (f"District {name}", str(at * 3), f"{at * 1_250:,}", f"{at}.5%") for at, name in enumerate("ABCDEFGH", 2)
)
LONG = "The office checks every home once a quarter and reports what it found to the ministry. " * 3


def pdf(source: str) -> AttachmentText:
    return read_pdf(typst.compile(source.encode(), format="pdf"))


def table(stroke: str, rows: tuple[tuple[str, ...], ...] = ROWS) -> str:
    cells = ", ".join(f"[{cell.replace('#', '')}]" for row in (HEADS, *rows) for cell in row)
    return f"#table(columns: 4, stroke: {stroke}, align: (left, right, right, right), {cells})"


def lines(read: AttachmentText) -> list[str]:
    return read.text.split("\n")


@pytest.mark.parametrize(
    "stroke", ["0.5pt", "none", "(x, y) => (bottom: 0.5pt)", "(x, y) => (left: 0.5pt, bottom: 0.3pt)"]
)
def test_every_cell_stands_in_its_row_and_column(stroke: str) -> None:
    read = pdf(f"{LONG}\n\n{table(stroke)}\n\n{LONG}")
    found = lines(read)
    for row in (HEADS, *ROWS):
        assert "\t".join(row) in found
    at = found.index("\t".join(ROWS[3]))
    place = spot_of(read.places, at)
    assert (place.page, place.table, place.row) == (1, 1, 5)
    assert heading_of(found, read.places, at, 2) == "Beds"
    assert found[0].startswith("The office checks")
    assert "The office checks" in found[-1] or "ministry" in found[-1]


def test_a_table_that_goes_on_keeps_its_number_and_headings() -> None:
    rows = tuple((f"Home {at}", str(at), f"{at * 10}", f"{at}%") for at in range(1, 70))
    read = pdf(f"#set page(height: 12cm)\n{table('0.5pt', rows)}")
    found = lines(read)
    at = found.index("Home 60\t60\t600\t60%")
    place = spot_of(read.places, at)
    assert place.page is not None
    assert place.page > 1
    assert (place.table, place.row) == (1, 61)
    assert heading_of(found, read.places, at, 1) == "Homes"


def test_merged_cells_and_cells_of_several_lines_stay_whole() -> None:
    cells = "[Name], table.cell(colspan: 2)[Both years], [Home of the elderly in the northern district]"
    cells += ", [12], [15], [West], [7], [8]"
    read = pdf(f"{LONG}\n#table(columns: (4cm, 3cm, 3cm), {cells})")
    assert "Name\tBoth years" in lines(read)
    assert "Home of the elderly in the northern district\t12\t15" in lines(read)


def test_prose_in_columns_is_no_table() -> None:
    read = pdf(f"#set page(columns: 3)\n{LONG * 12}")
    assert all("\t" not in line for line in lines(read))
    assert spot(read, "The office").table is None


def test_a_frame_around_text_is_no_table() -> None:
    read = pdf(f"#rect[{LONG * 8} #line(length: 100%) {LONG}]")
    assert all("\t" not in line for line in lines(read))


@pytest.mark.parametrize("turn", ["90deg", "180deg", "-90deg"])
def test_a_table_on_a_turned_page_is_read_along_its_writing(turn: str) -> None:
    read = pdf(f"#set page(width: 20cm, height: 20cm)\n#rotate({turn}, reflow: true)[{table('0.5pt')}]")
    assert "\t".join(ROWS[3]) in lines(read)


def test_printed_line_numbers_stand_by_their_lines() -> None:
    words = [f"sentence number {at} of the hearing before the court" for at in range(1, 13)]
    numbers, text = (" \\ ".join(part) for part in (map(str, range(1, 13)), words))
    source = f"#grid(columns: (1cm, 1fr), [{numbers}], [{text}])"
    read = pdf(source)
    assert lines(read)[4] == f"5 {words[4]}"
    assert spot_of(read.places, 4).row == 5


def measured(stroke: str, rows: list[tuple[str, ...]]) -> tuple[int, int]:
    """Cells of a long table, and those that come out in their row and column."""
    cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
    source = f"{LONG}\n\n#table(columns: {len(rows[0])}, stroke: {stroke}, {cells})\n\n{LONG}"
    split = {line.split("\t")[0]: line.split("\t") for line in reversed(lines(pdf(source)))}
    right = sum(split.get(row[0], [])[at : at + 1] == [cell] for row in rows for at, cell in enumerate(row))
    return sum(map(len, rows)), right


def test_of_1360_known_cells_at_least_99_in_100_come_out_in_their_place() -> None:
    names = ("North", "Lan River", "Stone Bridge County", "Home of the Western Hills")
    sizes = ((12, 5), (70, 4))
    strokes = (
        "0.5pt",
        "none",
        "(x, y) => (bottom: 0.5pt)",
        "(x, y) => if y == 0 { (top: 1pt, bottom: 0.5pt) }",
    )
    cells = right = 0
    for stroke in strokes:
        for count, width in sizes:
            head = ("District", *(f"Year {2020 + at}" for at in range(1, width)))
            rows = [
                (
                    f"{names[at % 4]} {at}",
                    *(f"{at * 7919 * one % 10 ** (1 + (at + one) % 6):,}" for one in range(1, width)),
                )
                for at in range(1, count)
            ]
            known, found = measured(stroke, [head, *rows])
            cells, right = cells + known, right + found
    assert cells == 1360
    assert right >= 0.99 * cells


@pytest.mark.realdata
def test_the_rows_of_recorded_tables_are_whole(shared_data: Path) -> None:
    sites = shared_data / "sites"
    for name in ("nics-background-checks-2015-11.pdf", "nics-background-checks-2015-11-rotated.pdf"):
        read = read_pdf((sites / "www.fbi.gov" / name).read_bytes())
        rows = [line.split("\t") for line in lines(read) if line.count("\t") > 20]
        numbers = [
            [int(re.sub("[, ]", "", one)) for one in row[1:] if one] for row in rows if row[-1][:1].isdigit()
        ]
        assert len(numbers) == 56
        assert all(sum(row[:-1]) == row[-1] for row in numbers)  # the printed total of each row
    report = read_pdf((sites / "edd.ca.gov" / "WARN-Report-for-7-1-2015-to-03-25-2016.pdf").read_bytes())
    dated = [
        row for line in lines(report) if re.match(r"\d\d/\d\d/\d{4}\t", line) and (row := line.split("\t"))
    ]
    assert len(dated) == 633
    assert all(len(row) == 7 and row[5].isdigit() for row in dated)


def test_a_page_of_lines_without_end_is_read_soon() -> None:
    drawn = "".join(
        f"#place(line(start: ({at % 60 * 3}pt, {at // 60 * 6}pt), length: 4pt))" for at in range(4_000)
    )
    begin = time.process_time()
    assert "The office" in pdf(f"#set page(height: 40cm)\n{drawn}{LONG}").text
    effort = Effort(0)
    assert pieces_of(None, None, "1 2 3", effort) == ("1 2 3",)
    assert time.process_time() - begin < 5
