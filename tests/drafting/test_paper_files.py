"""PDF and DOCX of papers: measured against the standard, charts told in words, hostile text harmless."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pypdfium2
import pytest
import typst
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from dashboard.drafting.paper import PaperHead, written_paper
from dashboard.report.files import ReportFile
from dashboard.report.fonts import faces_of
from dashboard.report.layout import layout_dict, layout_of
from dashboard.report.measuring import pages, whole_text
from dashboard.report.prose import Figure
from tests.drafting.papers import ENGLISH, TEXT, paper
from tests.report.test_pdf import HOSTILE
from warehouse.errors import UserError
from warehouse.home import Home, ReportLook


@pytest.fixture(scope="module")
def zh_pdf(drafting_home: Home) -> ReportFile:
    return written_paper(drafting_home, paper(drafting_home), "pdf")


@pytest.fixture(scope="module")
def zh_docx(drafting_home: Home) -> bytes:
    return written_paper(drafting_home, paper(drafting_home), "docx").data


@pytest.fixture(scope="module")
def fonts(drafting_home: Home) -> frozenset[str]:
    found = faces_of(drafting_home, ReportLook())
    if found.substituted:
        pytest.skip(f"Fandol is not installed, {found.substituted} stand in; 'python -m tests.needs' gets it")
    return found.postscript_names()


def test_a_chinese_paper_keeps_the_standard(zh_pdf: ReportFile, fonts: frozenset[str]) -> None:
    layout = layout_of(zh_pdf.data, fonts)
    assert layout.failures == ()
    assert layout.standard == "GB/T 9704-2012"
    found = {one.name: one.found for one in layout.measures}
    assert int(found["full-pages"]) >= 1
    assert (found["lines"], found["pdf-a"], found["missing-glyphs"]) == ("22", "2b", "0")
    assert found["alternatives"] == "2 of 2"
    assert layout_dict(layout)["ok"] is True


def test_its_docx_keeps_the_standard(zh_docx: bytes) -> None:
    layout = layout_of(zh_docx)
    assert layout.failures == ()
    assert {one.name for one in layout.measures} >= {
        "grid-type",
        "lines",
        "characters",
        "even-and-odd",
        "links",
    }


def test_an_english_paper_is_an_archive_file_with_words_for_its_charts(
    drafting_home: Home, fonts: frozenset[str]
) -> None:
    told = paper(drafting_home, ENGLISH, "en")
    pdf = layout_of(written_paper(drafting_home, told, "pdf").data, fonts)
    assert (pdf.failures, pdf.standard) == ((), "")
    assert layout_of(written_paper(drafting_home, told, "docx").data).failures == ()


def test_the_layout_check_sees_what_differs(zh_docx: bytes) -> None:
    wrong = typst.compile(
        (
            '#set document(title: "x")\n#set page(paper: "a5")\n#set text(lang: "zh", region: "cn")\n= 甲\n'
            + "乙" * 400
        ).encode()
    )
    failed = {one.name for one in layout_of(wrong).failures}
    assert failed >= {"page-size", "pdf-a", "page-numbers", "margin-left"}
    changed = Document(io.BytesIO(zh_docx))
    changed.sections[0].left_margin = Mm(20)
    changed.settings.odd_and_even_pages_header_footer = False
    for line in changed.paragraphs:
        if line.style.name == "Heading 1":
            line.style = changed.styles["Normal"]
    for one in changed.element.body.iter(qn("wp:docPr")):
        one.attrib.pop("descr", None)
    target = io.BytesIO()
    changed.save(target)
    failed = {one.name for one in layout_of(target.getvalue()).failures}
    assert failed >= {"margin-left", "even-and-odd", "real-heading-1", "alternatives"}
    with pytest.raises(UserError, match="neither a PDF nor a DOCX"):
        layout_of(b"hello")
    for broken in (b"%PDF-1.7 nothing", b"PK\x03\x04 nothing"):
        with pytest.raises(UserError, match="cannot be read"):
            layout_of(broken)


def test_a_draft_says_so_on_every_page_and_a_signed_paper_on_none(
    drafting_home: Home, zh_pdf: ReportFile
) -> None:
    draft = written_paper(drafting_home, paper(drafting_home, draft=True, signed=()), "pdf").data
    marked = ["草稿，未签发" in "".join(line.text for line in lines) for lines in pages(draft)]
    assert len(marked) > 2
    assert all(marked)
    assert "草稿" not in whole_text(zh_pdf.data, 0)
    word = written_paper(drafting_home, paper(drafting_home, draft=True, signed=()), "docx").data
    section = Document(io.BytesIO(word)).sections[0]
    for header in (section.header, section.even_page_header):
        assert "草稿，未签发" in header.paragraphs[0].text


def test_headings_of_three_levels_are_headings(zh_pdf: ReportFile, zh_docx: bytes) -> None:
    styles = {line.text: line.style.name for line in Document(io.BytesIO(zh_docx)).paragraphs}
    wanted = {
        "一、总体情况": 1,
        "（一）通知要求": 2,
        "1．报送方案": 3,
        "（二）消防安全": 2,
        "三、下期关注": 1,
    }
    assert {text: styles.get(text) for text in wanted} == {text: f"Heading {n}" for text, n in wanted.items()}
    with pypdfium2.PdfDocument(zh_pdf.data) as paper_:
        shown = {one.get_title(): one.level for one in paper_.get_toc()}
    assert {text: shown.get(text) for text in wanted} == {text: n - 1 for text, n in wanted.items()}


def test_pictures_are_drawn_at_300_dots_and_told_in_words(zh_docx: bytes) -> None:
    paper_ = Document(io.BytesIO(zh_docx))
    told = [one.get("descr") for one in paper_.element.body.iter(qn("wp:docPr"))]
    assert len(told) == 2
    assert "最近12个整月共" in told[0]
    with zipfile.ZipFile(io.BytesIO(zh_docx)) as file:
        media = [name for name in file.namelist() if "media/" in name]
    assert len(media) == 2
    widths = [shape.width.mm for shape in paper_.inline_shapes]
    assert widths == pytest.approx([156, 156], abs=0.1)


def test_charts_name_bodies_in_the_papers_own_faces(zh_pdf: ReportFile, fonts: frozenset[str]) -> None:
    assert zh_pdf.substituted == ()
    assert set(zh_pdf.fonts) <= fonts
    assert "云河省民政厅" in whole_text(zh_pdf.data, 0)


def test_a_character_without_glyph_is_counted_also_in_tables_and_charts(drafting_home: Home) -> None:
    text = "甲\ue5e5乙[^e1]\n\n| 表 |\n| --- |\n| \ue5e5 |\n\n" + TEXT[TEXT.index("```figure") :].replace(
        "数量不多。", "数\ue5e5"
    )
    made = written_paper(drafting_home, paper(drafting_home, text), "pdf")
    assert made.missing == (("\ue5e5", 3),)
    assert whole_text(made.data).count("[U+E5E5]") == 3
    assert not layout_of(made.data).ok


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_cell_longer_than_a_page_breaks_instead_of_running_over_the_foot(
    drafting_home: Home, language: str
) -> None:
    text = f"## 甲\n\n| 项 | 值 |\n| --- | --- |\n| {'长' * 1500} | 1 |\n"
    made = written_paper(drafting_home, paper(drafting_home, text, language), "pdf")
    assert layout_of(made.data).failures == ()
    assert whole_text(made.data, 9).count("长") == 1500


def test_an_empty_draft_is_a_paper_too(drafting_home: Home) -> None:
    told = paper(drafting_home, "", draft=True)
    for format in ("pdf", "docx"):
        assert layout_of(written_paper(drafting_home, told, format).data).failures == ()


def test_a_name_in_a_chart_that_no_font_shows_is_printed_as_its_code(drafting_home: Home) -> None:
    told = paper(drafting_home, TEXT[TEXT.index('```figure\nkind = "actors"') :].partition("\n\n")[0])
    (section,) = told.sections
    (figure,) = section.blocks
    assert isinstance(figure, Figure)
    odd = replace(
        figure,
        chart=figure.chart.replace("云河省民政厅", "云河省\ue5e5厅"),
        rows=tuple(
            tuple(cell.replace("云河省民政厅", "云河省\ue5e5厅") for cell in row) for row in figure.rows
        ),
    )
    changed = replace(told, sections=(replace(section, blocks=(odd,)),))
    made = written_paper(drafting_home, changed, "pdf")
    assert made.missing == (("\ue5e5", 1),)
    assert "云河省[U+E5E5]厅" in whole_text(made.data, 0)


def test_the_mark_of_an_organ_is_printed_only_when_the_settings_have_it(drafting_home: Home) -> None:
    signed = written_paper(drafting_home, paper(drafting_home, "文"), "pdf").data
    look = ReportLook(red_head="云河省图书馆专报")
    configured = Home(drafting_home.root, replace(drafting_home.settings, report=look))
    red = written_paper(configured, paper(configured, "文"), "pdf").data
    assert "云河省图书馆专报" in whole_text(red)
    assert "专报" not in whole_text(signed)
    assert _has_red(red)
    assert not _has_red(signed)


@pytest.mark.parametrize(
    ("text", "language"), [*((text, "zh") for text in HOSTILE), *((text, "en") for text in HOSTILE[:2])]
)
def test_hostile_text_stays_text_in_every_format(drafting_home: Home, text: str, language: str) -> None:
    line = re.sub(r"[\x00-\x1f\u2028\ud800]", " ", text)
    draft = f"# {line}\n\n## 甲 {line}\n\n{line}[^e1]\n\n> {line}[^e1]\n\n- {line}\n\n| a |\n| --- |\n| b |\n"
    told = paper(drafting_home, draft, language, title=text, head=PaperHead(text, 1, 2, text, text))
    pdf = written_paper(drafting_home, told, "pdf").data
    assert b"evil.example" not in b"".join(re.findall(rb"/URI ?\([^)]*\)", pdf))
    for shown in pages(pdf, 9):
        assert max(sign.right for one in shown for sign in one.signs if sign.text != " ") < 186
    word = Document(io.BytesIO(written_paper(drafting_home, told, "docx").data))
    targets = [one.target_ref for one in word.part.rels.values() if one.is_external]
    assert all(".yunhe.example/" in one for one in targets)
    markdown = written_paper(drafting_home, told, "md").data.decode()
    assert not re.search(r"(?<!\\)!\[|(?<!\\)\]\(|(?<!\\)<(?!http)", markdown)
    assert "\u202e" not in markdown


def _has_red(data: bytes) -> bool:
    with pypdfium2.PdfDocument(data) as paper_:
        picture = paper_[0].render(scale=0.5).to_pil().convert("RGB")
    return any(r > 150 and g < 90 and b < 90 for r, g, b in picture.getdata())
