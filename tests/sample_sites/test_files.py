"""Every kind of attached file gives its text back through the product's own readers."""

from __future__ import annotations

import io
from difflib import SequenceMatcher
from pathlib import Path
from typing import get_args

import openpyxl
import pytest

from crawlers.extraction import ocr
from crawlers.extraction.files import read_file
from crawlers.extraction.legacy_doc import read_doc
from crawlers.extraction.ole import Container
from crawlers.extraction.sniff import sniff
from crawlers.sample_sites.files import MEDIA_TYPES, file_bytes
from crawlers.sample_sites.files.rendering import FONT, is_drawn, pictures_of
from crawlers.sample_sites.files.scan import picture_fingerprint, scan_bytes, wrapped
from crawlers.sample_sites.library import documents
from crawlers.sample_sites.model import FileKind, SampleAttachment
from tests.extraction.test_old_office import needs, only
from warehouse.records import AttachmentText

TITLE = "石桥县农村公路养护检查要点（试行）"
LINES = (
    "一、各乡镇人民政府每季度至少巡查一次，重点查看桥梁、涵洞和临水临崖路段，并在2026年9月30日前将“隐患清单”报县交通运输局；"
    "PDF files are accepted，逾期不报的，由县交通运输局通报。",
    "二、本要点自2026年7月1日起施行。",
    "|路段|里程（公里）|负责人|",
    "|石望线|12.5|见公示牌|",
    "|县城至青石坎|8|见公示牌|",
    ">石桥县交通运输局",
    ">2026年6月12日",
)
READ = (
    TITLE,
    *LINES[:2],
    "路段\t里程（公里）\t负责人",
    "石望线\t12.5\t见公示牌",
    "县城至青石坎\t8\t见公示牌",
    "石桥县交通运输局",
    "2026年6月12日",
)
SCANS = [(d.site, a) for d in documents() for a in d.attachments if a.kind == "scan"]
drawing = pytest.mark.skipif(not FONT.exists(), reason="Debian package fonts-noto-cjk is not installed")
recognition = pytest.mark.skipif(
    ocr.tesseract() is None,
    reason="Debian packages tesseract-ocr and tesseract-ocr-chi-sim are not installed",
)


def made(kind: FileKind, lines: tuple[str, ...] = LINES) -> bytes:
    body = file_bytes("shiqiao", SampleAttachment(TITLE, f"x.{kind}", kind, lines))
    assert body is not None
    return body


def read(body: bytes) -> AttachmentText:
    attachment = read_file(body, sniff(body), "").attachment
    assert attachment is not None
    return attachment


def test_every_kind_has_a_media_type() -> None:
    assert set(MEDIA_TYPES) == set(get_args(FileKind))


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "ofd", "doc"])
def test_the_same_text_is_always_the_same_bytes(kind: FileKind) -> None:
    assert made(kind) == made(kind)


def test_ofd_keeps_paragraphs_rows_and_pages() -> None:
    text = read(made("ofd"))
    assert (text.status, text.pages, tuple(text.text.split("\n"))) == ("text", 1, READ)
    assert read(made("ofd", LINES * 8)).pages == 4


def test_xlsx_keeps_sheets_rows_and_numbers() -> None:
    body = made("xlsx", ("## 路段：一", *LINES[2:5], "## 桥梁", "|名称|编号|", "|石桥|007|", "|青石桥||"))
    assert read(body).text.split("\n") == [
        *("路段：一", TITLE, *READ[3:6]),
        *("桥梁", "名称\t编号", "石桥\t007", "青石桥"),
    ]
    book = openpyxl.load_workbook(io.BytesIO(body))
    assert book["路段：一"]["B3"].value == 12.5
    assert book["桥梁"]["B2"].value == "007"


def test_doc_is_a_container_that_our_reader_finds_sound() -> None:
    streams = Container(made("doc", LINES * 40)).streams
    assert set(streams) == {"1Table", "WordDocument"}


@needs("antiword")
@pytest.mark.parametrize("times", [1, 7, 30, 200])
def test_antiword_reads_doc(times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only("antiword", tmp_path, monkeypatch)
    answer = read_doc(made("doc", LINES * times))
    assert (answer.problems, answer.by) == ((), "antiword")
    assert answer.text.text.split("\n") == [TITLE, *READ[1:] * times]


@needs("catdoc")
def test_catdoc_reads_doc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only("catdoc", tmp_path, monkeypatch)
    answer = read_doc(made("doc"))
    assert (answer.by, tuple(answer.text.text.split("\n"))) == ("catdoc", READ)


@needs("soffice", package="libreoffice-writer-nogui")
def test_libreoffice_reads_doc(monkeypatch: pytest.MonkeyPatch) -> None:
    from crawlers.extraction import legacy_doc

    monkeypatch.setattr(legacy_doc, "_DOC_PROGRAMS", legacy_doc._DOC_PROGRAMS[-1:])
    text = read_doc(made("doc")).text.text  # converted to DOCX, whose tabs our reader shows as spaces
    assert text.split("\n") == [line.replace("\t", " ") for line in READ]


@drawing
def test_a_scan_is_pictures_that_say_which_text_they_show() -> None:
    pictures = pictures_of(TITLE, LINES * 4, "seed")
    assert len(pictures) == 2
    assert len({picture_fingerprint(picture) for picture in pictures}) == 1
    assert max(map(len, pictures)) <= 60_000
    assert pictures == pictures_of(TITLE, LINES * 4, "seed")


@drawing
def test_a_scan_has_no_text_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVBRIEF_OCR", "off")
    text = read(wrapped(pictures_of(TITLE, LINES, "seed")))
    assert (text.status, text.text) == ("no_text_layer", "")


@pytest.mark.parametrize(("site", "attachment"), SCANS, ids=[a.file for _, a in SCANS])
def test_the_pictures_of_every_scan_show_its_present_text(site: str, attachment: SampleAttachment) -> None:
    assert is_drawn(site, attachment), "run `python -m crawlers.sample_sites scans` and commit the pictures"


@recognition
@pytest.mark.parametrize(("site", "attachment"), SCANS, ids=[a.file for _, a in SCANS])
def test_scans_are_recognised(site: str, attachment: SampleAttachment) -> None:
    body = scan_bytes(site, attachment.file)
    assert body is not None
    wanted = _letters("".join((attachment.name, *attachment.paragraphs)))
    accuracy = SequenceMatcher(None, _letters(read(body).text), wanted, autojunk=False).ratio()
    print(f"{site}/{attachment.file}: {accuracy:.1%} of the characters")
    assert accuracy > 0.85


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
