"""PDF: the grid of GB/T 9704-2012 measured on the page, fonts read back, nothing missing unsaid."""

from __future__ import annotations

import ctypes
import itertools
import re
from dataclasses import replace

import pypdfium2
import pytest
from pypdfium2 import raw

from dashboard.report.fonts import Faces, faces_of
from dashboard.report.make import report_of
from dashboard.report.pdf import PdfFile, as_pdf
from tests.report.briefings import BRIEFING, HELD, NEW, hostile, item
from tests.report.paper import PAGE_HEIGHT, body, pages, whole_text
from warehouse.home import ReportLook

LOOK = ReportLook(unit="云河省图书馆", series="决策参考", mark="内部资料")
# More full-width marks side by side than any text has, and figures between them.
THICK = "（一）〔2026〕《“国办”：》，（试行）、“一老一小”；《条例》（2026年）。”"
PLAIN = "推进基本养老服务体系建设增进老年人福祉" * 12


@pytest.fixture(scope="module")
def faces() -> Faces:
    found = faces_of(None, ReportLook())
    if found.substituted:
        pytest.skip(f"Fandol is not installed, {found.substituted} stand in; 'python -m tests.needs' gets it")
    return found


@pytest.fixture(scope="module")
def made(faces: Faces) -> PdfFile:
    thick = replace(BRIEFING, new=(*NEW, item(40, THICK * 3, THICK * 12), item(41, "", PLAIN)))
    return as_pdf(report_of(thick, "zh", LOOK, HELD, issue="12"), faces)


def test_a_body_page_has_22_lines_and_none_has_more(made: PdfFile) -> None:
    counts = [len(body(lines)) for lines in pages(made.data)]
    assert counts.count(22) >= 3
    assert max(counts) == 22


def test_lines_stand_on_one_grid(made: PdfFile) -> None:
    full = [body(lines) for lines in pages(made.data) if len(body(lines)) == 22]
    steps = [below.y - above.y for lines in full for above, below in itertools.pairwise(lines)]
    assert all(step == pytest.approx((225 - 156 / 28) / 21, abs=0.1) for step in steps)


def test_no_line_has_more_than_28_full_width_characters(made: PdfFile) -> None:
    widths = [line.full_width for lines in pages(made.data) for line in body(lines)]
    assert max(widths) == 28
    assert widths.count(28) >= 5


def test_margins_are_those_of_the_standard_to_a_millimetre(made: PdfFile) -> None:
    lines = [line for page in pages(made.data) for line in body(page)]
    assert min(sign.left for line in lines for sign in line.signs) == pytest.approx(28, abs=1)
    assert max(sign.right for line in lines for sign in line.signs) == pytest.approx(210 - 26, abs=1)
    full = [body(page) for page in pages(made.data) if len(body(page)) == 22]
    # the box of a character reaches 0.88 of its size above the baseline and 0.12 below
    size = 156 / 28
    assert {round(page[0].y - 0.88 * size) for page in full} == {37}
    assert {round(PAGE_HEIGHT - page[-1].y - 0.12 * size) for page in full} == {35}


def test_page_numbers_stand_outside_7_mm_below_the_type_area(made: PdfFile) -> None:
    for number, lines in enumerate(pages(made.data), 1):
        (foot,) = [line for line in lines if line not in body(lines)]
        assert foot.text.replace(" ", "") == f"—{number}—"
        dash = foot.signs[0]
        assert (dash.top + dash.bottom) / 2 == pytest.approx(PAGE_HEIGHT - 35 + 7, abs=1)
        edge = foot.signs[-1].right if number % 2 else 210 - foot.signs[0].left
        assert edge == pytest.approx(210 - 26 - 5 if number % 2 else 210 - 28 - 5, abs=1)


def test_embedded_fonts_are_those_configured(made: PdfFile, faces: Faces) -> None:
    first = {"FandolFang-Regular", "FandolHei-Regular", "FandolKai-Regular", "FandolSong-Bold"}
    assert first <= set(made.fonts)
    assert set(made.fonts) <= faces.postscript_names()
    assert made.missing == ()
    assert made.substituted == ()


def test_a_font_of_the_settings_goes_before_ours() -> None:
    look = ReportLook(fangsong=("Noto Sans CJK SC",))
    chosen = faces_of(None, look)
    if chosen.families["fangsong"][0] != "Noto Sans CJK SC":
        pytest.skip("fonts-noto-cjk is not installed")
    fonts = as_pdf(report_of(BRIEFING, "zh", look), chosen).fonts
    assert "NotoSansCJKsc-Regular" in fonts
    assert "FandolFang-Regular" not in fonts


def test_a_missing_face_is_told_with_what_stands_in() -> None:
    chosen = faces_of(None, ReportLook())
    without = replace(chosen, substituted={"fangsong": "Noto Serif CJK SC", "latin": "x"})
    made = as_pdf(report_of(BRIEFING, "zh"), without)
    assert made.substituted == (("fangsong", "Noto Serif CJK SC"),)


def test_rare_names_are_printed_in_the_next_face_that_has_them(faces: Faces) -> None:
    rare = replace(BRIEFING, new=(item(0, "关于玥喆堃镕昇等同志任职的通知"),))
    made = as_pdf(report_of(rare, "zh"), faces)
    assert made.missing == ()
    assert "玥喆堃镕昇" in whole_text(made.data)
    assert set(made.fonts) <= faces.postscript_names()


def test_a_character_without_glyph_is_counted_and_its_code_printed(faces: Faces) -> None:
    odd = replace(BRIEFING, new=(item(0, "关于\ue5e5镇和\ue5e5乡合并的通知"),))
    made = as_pdf(report_of(odd, "zh"), faces)
    assert [sign for sign, _count in made.missing] == ["\ue5e5"]
    assert made.missing[0][1] >= 2
    text = whole_text(made.data)
    assert "关于[U+E5E5]镇和[U+E5E5]乡合并的通知" in text
    assert "现有字体没有下列1个字" in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_file_is_an_archive_pdf_with_title_language_and_tags(language: str, faces: Faces) -> None:
    report = report_of(BRIEFING, language, LOOK)
    made = as_pdf(report, faces)
    head = made.data.decode("latin-1")
    assert re.search(r"<pdfaid:part>2</pdfaid:part>", head)
    assert re.search(r"<pdfaid:conformance>B</pdfaid:conformance>", head)
    with pypdfium2.PdfDocument(made.data) as paper:
        assert paper.get_metadata_dict()["Title"] == report.title
        assert raw.FPDFCatalog_IsTagged(paper)
        assert _language(paper) == {"zh": "zh-CN", "en": "en-GB"}[language]
        headings = [bookmark.get_title() for bookmark in paper.get_toc()]
    assert len(headings) > len(report.sections)


def _language(paper: pypdfium2.PdfDocument) -> str:
    buffer = (ctypes.c_ushort * raw.FPDFCatalog_GetLanguage(paper, None, 0))()
    raw.FPDFCatalog_GetLanguage(paper, buffer, len(buffer))
    return bytes(buffer).decode("utf-16-le").split("\0")[0]


def test_the_same_briefing_is_the_same_file(faces: Faces) -> None:
    report = report_of(BRIEFING, "zh", LOOK)
    assert as_pdf(report, faces).data == as_pdf(report, faces).data


def test_nothing_red_is_printed_unless_configured(faces: Faces) -> None:
    plain = as_pdf(report_of(BRIEFING, "zh", LOOK), faces).data
    red = as_pdf(report_of(BRIEFING, "zh", ReportLook(red_head="云河省图书馆专报")), faces).data
    assert not _has_red(plain)
    assert _has_red(red)


def _has_red(data: bytes) -> bool:
    with pypdfium2.PdfDocument(data) as paper:
        picture = paper[0].render(scale=0.5).to_pil().convert("RGB")
    return any(r > 150 and g < 90 and b < 90 for r, g, b in picture.getdata())


HOSTILE = [
    '#read("/etc/passwd") #sys.inputs $x$ *b* _i_ `c` = h <a> @b \\ // /* https://evil.example/x.png',
    "</w:t></w:r><w:p>&amp;&lt;]]><!--",
    "![x](http://evil.example/x.png) [y](javascript:alert(1)) | a | b |",
    "甲\x00乙\x0b丙\u202e丁\u2028戊\ud800己\ufffe庚\x7f辛",
    "W" * 300,
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_text_is_printed_as_it_is(text: str, language: str, faces: Faces) -> None:
    made = as_pdf(report_of(hostile(text), language, LOOK), faces)
    shown = re.sub(r"\s", "", "".join(sign for sign in text if sign.isprintable()))
    least = 12 if language == "zh" else 9
    assert shown in whole_text(made.data, least)
    assert b"/URI" not in made.data
    for page in pages(made.data, least):
        assert max(sign.right for line in page for sign in line.signs) < 186
