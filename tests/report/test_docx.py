"""DOCX: geometry, real headings, language and sides of page numbers; the grid as LibreOffice sets it."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from dashboard.report.columns import balanced
from dashboard.report.make import report_of
from dashboard.report.word import as_docx
from tests.needs import FANDOL, TEX_FANDOL
from tests.report.briefings import BRIEFING, HELD, hostile
from tests.report.paper import body, pages
from tests.report.test_pdf import HOSTILE
from warehouse.home import ReportLook

LOOK = ReportLook(unit="云河省图书馆", series="决策参考", mark="内部资料")
FACES = {
    "仿宋_GB2312": "FandolFang R",
    "黑体": "FandolHei",
    "楷体_GB2312": "FandolKai",
    "方正小标宋简体": "FandolSong",
    "宋体": "FandolSong",
}


@pytest.fixture(scope="module")
def data() -> bytes:
    return as_docx(report_of(BRIEFING, "zh", LOOK, HELD, issue="12"), LOOK)


def test_page_and_line_grid_are_those_of_the_standard(data: bytes) -> None:
    section = Document(io.BytesIO(data)).sections[0]
    size = (section.page_width, section.page_height)
    margins = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(one.mm) for one in size] == [210, 297]
    assert [one.mm for one in margins] == pytest.approx([37, 28, 26, 35], abs=0.1)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "lines"
    assert 22 * int(grid.get(qn("w:linePitch"))) / 20 == pytest.approx(225 / 25.4 * 72, abs=1)
    normal = Document(io.BytesIO(data)).styles["Normal"]
    assert normal.font.size.pt == 16
    assert normal.element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"


def test_headings_are_headings(data: bytes) -> None:
    paper = Document(io.BytesIO(data))
    levels = {name: [] for name in ("Title", "Heading 1", "Heading 2")}
    for line in paper.paragraphs:
        if line.style.name in levels:
            levels[line.style.name].append(line.text)
    assert levels["Title"] == ["养老服务：简报"]
    assert levels["Heading 1"][:2] == ["一、新文件（14篇）", "二、有变动的文件"]
    assert levels["Heading 2"][0].startswith("（一）云河省人民政府办公厅关于")
    assert levels["Heading 2"][10].startswith("（十一）")


def test_language_title_and_author_are_set(data: bytes) -> None:
    paper = Document(io.BytesIO(data))
    assert paper.core_properties.language == "zh-CN"
    assert paper.core_properties.title == "养老服务：简报"
    assert paper.core_properties.author == "云河省图书馆"
    told = paper.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert told.get(qn("w:eastAsia")) == "zh-CN"


def test_page_numbers_change_sides(data: bytes) -> None:
    paper = Document(io.BytesIO(data))
    section = paper.sections[0]
    assert paper.settings.odd_and_even_pages_header_footer
    sides = []
    for footer in (section.footer, section.even_page_footer):
        line = footer.paragraphs[0]
        assert line.text.replace(" ", "") == "—1—"
        assert "PAGE" in "".join(one.text for one in line._p.iter(qn("w:instrText")))
        sides.append(line.alignment)
    assert sides == [2, 0]  # right on odd pages, left on even ones
    assert section.header.paragraphs[0].text == "示例数据"


def test_nothing_hangs_over_the_margin_and_no_mark_is_squeezed(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        settings = etree.fromstring(file.read("word/settings.xml"))
        words = etree.fromstring(file.read("word/document.xml"))
    assert settings.find(qn("w:characterSpacingControl")).get(qn("w:val")) == "doNotCompress"
    assert {one.get(qn("w:val")) for one in words.iter(qn("w:overflowPunct"))} == {"0"}


def test_properties_stand_in_the_order_of_the_schema(data: bytes) -> None:
    from dashboard.report.word_order import OF_PARAGRAPHS, OF_RUNS, OF_TABLES

    with zipfile.ZipFile(io.BytesIO(data)) as file:
        trees = [etree.fromstring(file.read(f"word/{name}.xml")) for name in ("document", "styles")]
    for tag, order in (("w:pPr", OF_PARAGRAPHS), ("w:rPr", OF_RUNS), ("w:tblPr", OF_TABLES)):
        places = {qn(name): place for place, name in enumerate(order)}
        for tree in trees:
            for found in tree.iter(qn(tag)):
                said = [places[one.tag] for one in found if one.tag in places]
                assert said == sorted(said), etree.tostring(found)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    data = as_docx(report_of(hostile(text), "zh", LOOK), LOOK)
    paper = Document(io.BytesIO(data))
    shown = "".join(sign for sign in text if sign.isprintable() and not sign.isspace())
    assert shown in "".join("".join(line.text.split()) for line in paper.paragraphs)
    targets = [one.target_ref for one in paper.part.rels.values() if one.is_external]
    assert targets == []


def test_only_web_addresses_are_links(data: bytes) -> None:
    paper = Document(io.BytesIO(data))
    targets = {one.target_ref for one in paper.part.rels.values() if one.is_external}
    assert targets
    assert all(one.startswith("http://www.yunhe.example/") for one in targets)


@pytest.mark.slow
def test_libreoffice_sets_22_lines_of_28_characters(data: bytes, tmp_path: Path) -> None:
    """LibreOffice has no setting of Word's that forbids a mark to hang over the right margin by half."""
    fonts = next(
        (one for one in (FANDOL, Path(TEX_FANDOL)) if (one / "FandolFang-Regular.otf").is_file()), None
    )
    if not shutil.which("soffice") or fonts is None:
        pytest.skip("LibreOffice or Fandol is not installed; 'python -m tests.needs' gets them")
    written = _converted(data, tmp_path, fonts)
    shown = [body(lines) for lines in pages(written)]
    counts = [len([line for line in lines if line.y > 20]) for lines in shown]
    assert max(counts) == 22
    assert counts.count(22) >= 3
    assert max(line.full_width for lines in shown for line in lines) == 28
    inner = [sign for lines in shown for line in lines if line.y > 20 for sign in line.signs]
    assert min(sign.left for sign in inner) == pytest.approx(28, abs=1)
    assert max(sign.right for sign in inner if sign.text not in "，。；、”》） ") == pytest.approx(184, abs=1)


def _converted(data: bytes, folder: Path, fonts: Path) -> bytes:
    """The DOCX as LibreOffice prints it, Fandol in the place of the faces of officials' machines."""
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{ours}</string></edit></match>'
        for name, ours in FACES.items()
    )
    (folder / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{fonts}</dir>{rules}</fontconfig>",
        encoding="utf-8",
    )
    (folder / "report.docx").write_bytes(data)
    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--convert-to", "pdf", "--outdir", str(folder), str(folder / "report.docx")),
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder)},
        capture_output=True,
        timeout=120,
        check=True,
    )
    return (folder / "report.pdf").read_bytes()


def test_columns_of_written_papers_take_the_fewest_lines_and_keep_figures_whole() -> None:
    heads = ["期限", "单位", "事项", "文件"]
    row = [
        "6月30日",
        "省民政厅",
        "向社会公布",
        "《云河省人民政府办公厅关于推进基本养老服务体系建设的实施意见》",
    ]
    wide = [28 * one for one in balanced(heads, [row])]
    assert sum(wide) == pytest.approx(28)
    assert wide[3] > 10
    figures = [28 * one for one in balanced(["指标", "甲"], [["护理型床位占比" * 8, "58%（2027）"]])]
    assert figures[1] > 5.5
    assert balanced(["a"], []) == [1.0]
