"""The lines of a file's text keep their page, sheet, table and row beside the text."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from docx import Document as WordDocument

from crawlers.extraction import ocr
from crawlers.extraction.delimited import read_delimited
from crawlers.extraction.ofd import read_ofd
from crawlers.extraction.office import read_docx
from crawlers.extraction.pdf import read_pdf
from crawlers.extraction.read import read_capture
from crawlers.extraction.xls import read_xls
from crawlers.extraction.xlsx import read_xlsx
from crawlers.sample_sites.files import pdf_bytes
from tests.extraction import make_ofd
from tests.extraction.helpers import capture
from warehouse.masking import mask_spans
from warehouse.places import MOST_RUNS, NOWHERE, Spot, pages_from, places_of, spot_of
from warehouse.records import AttachmentText

FILES = Path(__file__).parent / "files"
LONG = "每季度组织一次疏散演练，演练方案应当提前十个工作日报送县级民政部门备案。" * 4


def spot(read: AttachmentText, words: str) -> Spot:
    """Where the line with the words stands."""
    return next(spot_of(read.places, at) for at, line in enumerate(read.text.split("\n")) if words in line)


def letters(text: str) -> str:
    """Without white space, marks and the invisible."""
    return "".join(filter(str.isalnum, text))


def test_each_line_of_a_pdf_knows_its_page() -> None:
    pages = [
        pypdfium2.PdfDocument(pdf_bytes("一", (LONG,))),
        pypdfium2.PdfDocument(pdf_bytes("二", ("第二页在此。",))),
    ]
    whole = pypdfium2.PdfDocument.new()
    whole.new_page(300, 300)  # an empty page counts, though it leaves no line at the beginning of the text
    for one in pages:
        whole.import_pages(one)
    buffer = io.BytesIO()
    whole.save(buffer)
    read = read_pdf(buffer.getvalue())
    assert read.pages == 3
    assert (spot(read, "疏散演练"), spot(read, "第二页")) == (Spot(page=2), Spot(page=3))


def test_each_line_of_an_ofd_knows_its_page() -> None:
    pages = [make_ofd.page(make_ofd.text(words, 20, 20)) for words in ("第一页的字", "第二页的字")]
    read, _ = read_ofd(make_ofd.simple(*pages))
    assert (spot(read, "第一页"), spot(read, "第二页")) == (Spot(page=1), Spot(page=2))


def test_a_row_of_a_workbook_keeps_its_number_though_empty_ones_are_left_out() -> None:
    book = openpyxl.Workbook()
    book.active.title = "说明"
    sheet = book.create_sheet("汇总")
    sheet["A1"], sheet["B4"], sheet["B5"] = "市", "澜江市", "石桥县"
    buffer = io.BytesIO()
    book.save(buffer)
    read, _ = read_xlsx(buffer.getvalue())
    found = spot(read, "石桥县")
    assert (found.sheet, found.row) == (1, 5)
    assert read.text.split("\n")[1] == "汇总"
    assert spot(read, "汇总") == Spot(sheet=1)


def test_an_old_workbook_does_too() -> None:
    read = read_xls((FILES / "old.xls").read_bytes()).text
    assert (spot(read, "云河市"), spot(read, "填报")) == (
        Spot(sheet=0, row=3, head=1),
        Spot(sheet=5, row=1),
    )


def test_a_csv_file_is_read_and_its_rows_are_numbered() -> None:
    body = '市,机构\n\n澜江市,"两行\n一格"\n石桥县,3\n'.encode("gb18030")
    read = read_delimited(body).text
    assert read.text == "市\t机构\n澜江市\t两行 一格\n石桥县\t3"
    assert spot(read, "石桥县") == Spot(row=4, head=0)
    offered = capture("http://mzt.yunhe.example/files/list.csv", role="attachment", media_type="text/csv")
    assert read_capture(offered, body, None).attachment == read


def test_tables_of_a_word_file_are_numbered_and_its_paragraphs_have_no_place() -> None:
    word = WordDocument()
    word.add_paragraph("附件1")
    word.add_table(rows=1, cols=1).cell(0, 0).text = "第一张表"
    table = word.add_table(rows=3, cols=2)
    table.cell(0, 0).text = "机构"
    table.cell(2, 1).text = "320"
    word.add_paragraph("说明")
    buffer = io.BytesIO()
    word.save(buffer)
    read, _ = read_docx(buffer.getvalue())
    assert spot(read, "320") == Spot(table=2, row=3)
    assert spot(read, "说明") == NOWHERE


def test_what_was_recognised_knows_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    row = "5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t96\t{}"
    monkeypatch.setattr(
        ocr, "_table", lambda program, picture, *rest: "head\n" + row.format(picture.decode())
    )
    monkeypatch.setattr(ocr, "_about", lambda program, data: ("5.3.0", frozenset()))
    pictures = [lambda: "第一页认出的字".encode(), lambda: "第二页认出的字".encode()]
    read = ocr._recognise("tesseract", iter(pictures), 2)
    assert read is not None
    assert [spot_of(read.places, at).page for at in range(2)] == [1, 2]


def test_masking_leaves_the_map_right() -> None:
    lines = ["名单", "王小花\t13800000000", "李四\t无"]
    places = places_of([Spot(sheet=0), Spot(sheet=0, row=2), Spot(sheet=0, row=7)])
    masked, _ = mask_spans(lines, [(0, 0, 2), (1, 0, 3)])
    assert len(masked) == len(lines)
    assert spot_of(places, 2) == Spot(sheet=0, row=7)
    assert masked[spot_of(places, 1).sheet or 0] == "＊＊"  # the sheet's name comes from the masked text


def test_consecutive_rows_cost_one_run_and_a_damaged_map_says_nothing() -> None:
    places = places_of([Spot(sheet=0), *(Spot(sheet=0, row=row) for row in range(1, 5_000))])
    assert len(places) < 40
    assert spot_of(places, 4_000) == Spot(sheet=0, row=4_000)
    for damaged in ("[[", "[3]", '[["x"]]', "{}", None, "[[]]", "[[0,1,2,3,4,5,6,7,8,9]]"):
        assert spot_of(damaged, 0) in (NOWHERE, Spot(1, 2, 3, 4, 5, 6, 7))


def test_a_map_has_a_bound() -> None:
    places = places_of([Spot(row=2 * at) for at in range(MOST_RUNS + 10)])
    assert spot_of(places, MOST_RUNS - 2).row == 2 * (MOST_RUNS - 2)
    assert spot_of(places, MOST_RUNS + 5) == NOWHERE


def test_a_page_can_show_where_pages_and_sheets_begin() -> None:
    pages = places_of([Spot(page=1), Spot(page=1), Spot(page=3)])
    sheets = places_of([Spot(sheet=0), Spot(sheet=0, row=1), Spot(sheet=2), Spot(sheet=2, row=4)])
    assert pages_from(pages) == [(0, "page", 1), (2, "page", 3)]
    assert pages_from(sheets) == [(0, "sheet", 0), (2, "sheet", 0)]


@pytest.mark.realdata
def test_recorded_reports_know_the_pages_of_their_lines(shared_data: Path) -> None:
    folder = shared_data / "sites" / "us-courts-documents"
    for name in ("missouri.pdf", "vector-pdf.pdf"):
        body = (folder / name).read_bytes()
        read = read_pdf(body)
        document = pypdfium2.PdfDocument(body)
        for number in (0, len(document) // 2, len(document) - 1):
            drawn = letters(document[number].get_textpage().get_text_bounded())
            lines = [
                line
                for at, line in enumerate(read.text.split("\n"))
                if spot_of(read.places, at).page == number + 1
            ]
            assert any(map(letters, lines)) == bool(drawn)
            assert all(letters(line) in drawn for line in lines)
        document.close()
