"""Attached files: honest statuses, bounded reading, hostile containers refused."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from docx import Document as WordDocument

from crawlers.extraction.office import read_docx
from crawlers.extraction.pdf import join_lines, read_pdf
from crawlers.extraction.read import read_capture
from crawlers.extraction.sniff import sniff
from crawlers.extraction.xlsx import read_xlsx
from crawlers.sample_sites.files import docx_bytes, pdf_bytes
from tests.extraction.helpers import capture

LINES = (
    "云河省养老机构检查要点",
    "一、每月检查一次消防设施，并由机构负责人在检查记录上签字确认，记录保存三年以上备查。",
    "二、每季度组织一次疏散演练，演练方案应当提前十个工作日报送县级民政部门备案。",
    "三、值班人员应当熟悉报警程序，夜间巡查每两小时不少于一次。",
)


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return buffer.getvalue()


def test_pdf_with_a_text_layer_gives_text_and_pages() -> None:
    read = read_pdf(pdf_bytes(LINES[0], LINES))
    assert (read.status, read.pages) == ("text", 1)
    assert "每季度组织一次疏散演练" in read.text


def test_lines_broken_by_the_page_width_are_joined_but_items_are_not() -> None:
    lines = [
        "一、各级民政部门应当会同有关部门建立健全养老服务",
        "综合监管制度，明确职责分工。",
        "二、本通知自印发之日起施行。",
    ]
    assert join_lines("\n".join(lines)) == [lines[0] + lines[1], lines[2]]


@pytest.mark.parametrize("cut", [20, 200, 600])
def test_damaged_pdf_is_said_to_be_damaged_or_thin(cut: int) -> None:
    read = read_pdf(pdf_bytes("短", ("短",))[:cut])
    assert read.status in ("damaged", "no_text_layer")


def test_pdf_with_a_few_words_counts_as_without_a_layer_but_keeps_them() -> None:
    read = read_pdf(pdf_bytes("stamp", ("Received 2026",)))
    assert read.status == "no_text_layer"
    assert "Received 2026" in read.text


def test_docx_gives_paragraphs_and_tables_in_order() -> None:
    word = WordDocument()
    word.add_paragraph("附件1")
    table = word.add_table(rows=2, cols=2)
    for place, text in enumerate(("机构", "床位", "澜江福利院", "320")):
        table.cell(place // 2, place % 2).text = text
    word.add_paragraph("说明：数据截至五月底。")
    buffer = io.BytesIO()
    word.save(buffer)
    read, problem = read_docx(buffer.getvalue())
    assert problem is None
    assert read.text == "附件1\n机构\t床位\n澜江福利院\t320\n说明：数据截至五月底。"


def test_xlsx_gives_rows_below_the_sheet_name() -> None:
    book = openpyxl.Workbook()
    book.active.title = "统计表"
    book.active.append(["市", "数量"])
    book.active.append(["澜江市", 12])
    buffer = io.BytesIO()
    book.save(buffer)
    read, problem = read_xlsx(buffer.getvalue())
    assert problem is None
    assert read.text == "统计表\n市\t数量\n澜江市\t12"


def test_zip_bomb_in_a_docx_is_named_and_not_unpacked() -> None:
    bomb = zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"0" * 80_000_000})
    assert len(bomb) < 200_000
    read, problem = read_docx(bomb)
    assert read.status == "too_large"
    assert problem is not None
    assert problem.code == "zip-bomb"


def test_docx_with_too_many_parts_is_a_zip_bomb_too() -> None:
    parts = {f"word/media/{number}": b"x" for number in range(5_001)} | {"word/document.xml": b"<x/>"}
    problem = read_docx(zipped(parts))[1]
    assert problem is not None
    assert problem.code == "zip-bomb"


def test_docx_with_external_entities_is_refused() -> None:
    head = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    xml = head + b'<w:document xmlns:w="w">&x;</w:document>'
    read, problem = read_docx(zipped({"word/document.xml": xml}))
    assert read.status == "damaged"
    assert problem is not None
    assert "root:" not in read.text


def test_billion_laughs_in_a_docx_does_not_expand() -> None:
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    xml = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "ha">{entities}]><d>&a9;</d>'.encode()
    assert read_docx(zipped({"word/document.xml": xml}))[0].status == "damaged"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b"\x00\x00  \n", "empty"),
        (b"junk\n%PDF-1.4 rest", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "ole"),
        (b"\xffWPC\x00", "wpd"),
        (b"{\\rtf1 x}", "rtf"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b'[{"a": 1}]', "json"),
        (b"BEGIN:VCALENDAR\r\n", "ics"),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', "feed"),
        (b"<p class=x>Hello<span>", "html"),
        (b"<div>Hello</div>", "html"),
        (bytes(range(256)) * 4, "binary"),
    ],
)
def test_magic_bytes_beat_the_label(body: bytes, kind: str) -> None:
    assert sniff(body, "text/plain", "http://a.example/x.html") == kind


def test_docx_served_as_pdf_is_still_read() -> None:
    card = capture("http://a.example/f.pdf", media_type="application/pdf")
    read = read_capture(card, docx_bytes(LINES[0], LINES), None)
    assert read.kind == "attachment"
    assert read.attachment is not None
    assert read.attachment.status == "text"


@pytest.mark.parametrize(
    "body", [b"\xffWPC1234", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x", b"\x00\x01\x02\x80" * 40]
)
def test_other_kinds_are_unsupported_with_a_reason(body: bytes) -> None:
    read = read_capture(capture("http://a.example/f.bin", role="attachment"), body, None)
    assert read.attachment is not None
    assert read.attachment.status == "unsupported"
    assert read.problems[0].code == "unsupported"
