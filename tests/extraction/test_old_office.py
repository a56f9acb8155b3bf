"""Old Excel, Word, WPS and RTF files: read where it can be done, else a status that says what to do."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from crawlers.extraction.files import read_file
from crawlers.extraction.legacy_doc import read_doc
from crawlers.extraction.ole import Container, DamagedOle, ole_kind
from crawlers.extraction.programs import find
from crawlers.extraction.read import read_capture
from crawlers.extraction.sniff import sniff
from crawlers.extraction.xls import read_xls
from tests.extraction.helpers import capture

FILES = Path(__file__).parent / "files"
XLS, DOC, PLAIN = ((FILES / name).read_bytes() for name in ("old.xls", "old.doc", "plain.doc"))
DOC_TEXT = (
    "云河省养老机构消防安全检查办法（试行）",
    "云民发〔2026〕12号",
    "第一条 各级民政部门应当会同有关部门建立健全养老服务综合监管制度，明确职责分工，"
    "每季度至少组织一次联合检查，并将检查结果向社会公布。",
    "第二条 本办法自2026年7月1日起施行。",
    "机构\t床位（张）\t联系电话",
    "澜江市社会福利院\t320",
    "澜江市第二养老护理中心（含日间照料、短期托养、康复护理和居家上门服务）\t85\t见官网",
    "说明：数据截至2026年5月底。",
)
WORDS = "".join(f"\\u{ord(character)}?" for character in "云河省民政厅通知")
RTF = f"{{\\rtf1\\ansi\\uc1 {WORDS}\\par Second paragraph\\par}}".encode("ascii")


def needs(*programs: str, package: str = "") -> pytest.MarkDecorator:
    found = find(*programs) is not None
    return pytest.mark.skipif(not found, reason=f"Debian package {package or programs[0]} is not installed")


def only(program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave a single program on the search path."""
    path = find(program)
    assert path is not None
    (tmp_path / program).symlink_to(path)
    monkeypatch.setenv("PATH", str(tmp_path))


def test_old_excel_gives_rows_below_the_name_of_every_sheet() -> None:
    read = read_xls(XLS)
    assert read.problems == ()
    assert read.text.status == "text"
    assert read.text.text.split("\n") == [
        "机构统计",
        "市\t机构\t床位\t比率",
        "澜江市\t12\t320\t0.125",
        "云河市\tTRUE\t\t-7",
        "截至\t2026-05-31\t08:30:00\t两行 一格",
        "说明",
        "数据由各市民政局填报。",
        "空表",
    ]


def test_old_excel_is_recognised_by_its_bytes() -> None:
    read = read_capture(capture("http://a.example/x.doc", role="attachment"), XLS, None)
    assert (read.path, read.problems) == ("file:ole", ())
    assert read.attachment is not None
    assert read.attachment.media_type == "application/vnd.ms-excel"


def test_locked_excel_is_encrypted() -> None:
    sealed = XLS.replace(b"\xe1\x00\x02\x00", b"\x2f\x00\x02\x00", 1)  # a record becomes FILEPASS
    assert sealed != XLS
    read = read_xls(sealed)
    assert (read.text.status, read.problems[0].code) == ("encrypted", "encrypted-file")


def test_new_office_files_with_a_password_are_encrypted() -> None:
    name = "EncryptedPackage".encode("utf-16-le")
    at = DOC.index("WordDocument".encode("utf-16-le"))
    body = DOC[:at] + name + DOC[at + len(name) : at + 64] + bytes([len(name) + 2]) + DOC[at + 65 :]
    assert ole_kind(body) == "locked"
    read = read_file(body, "ole", "").attachment
    assert read is not None
    assert read.status == "encrypted"


def test_a_table_inside_a_text_does_not_make_it_a_spreadsheet() -> None:
    assert (ole_kind(XLS), ole_kind(DOC)) == ("xls", "doc")
    inside = "WordDocument".encode("utf-16-le") + b"\x00\x00"
    assert ole_kind(XLS + inside) == "xls"


def test_a_chain_of_sectors_that_turns_in_a_circle_is_damage() -> None:
    container = Container(DOC)
    table = (struct.unpack_from("<I", DOC, 76)[0] + 1) * 512
    first = container.streams["WordDocument"].start
    body = bytearray(DOC)
    struct.pack_into("<I", body, table + 4 * first, first)
    with pytest.raises(DamagedOle, match="chain"):
        Container(bytes(body)).read("WordDocument")


@pytest.mark.parametrize("end", [600, 2000, 4000])
def test_cut_excel_is_damaged(end: int) -> None:
    body = XLS[:end] + "Workbook".encode("utf-16-le") + b"\x00\x00"
    read = read_file(body, "ole", "")
    assert read.attachment is not None
    assert (read.attachment.status, read.problems[0].code) == ("damaged", "damaged-file")


def test_old_excel_beyond_bounds_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawlers.extraction.xls.MAX_SHEET_ROWS", 3)
    assert read_xls(XLS).text.status == "too_large"
    monkeypatch.setattr("crawlers.extraction.xls.MAX_SHEET_ROWS", 300)
    monkeypatch.setattr("crawlers.extraction.xls.MAX_SHEET_CHARACTERS", 20)
    assert read_xls(XLS).problems[0].code == "too-large"


@pytest.mark.parametrize("sound", [XLS, DOC])
def test_random_damage_of_old_files_never_crashes_the_reader(
    sound: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    dice = random.Random(20260603)
    statuses = set()
    for _ in range(150):
        body = bytearray(sound)
        for _ in range(dice.randint(1, 40)):
            body[dice.randrange(8, len(body))] = dice.randrange(256)
        for _ in range(dice.randint(0, 6)):  # the tables of the container, where damage hurts most
            body[dice.randrange(8, 1024)] = dice.randrange(256)
        read = read_file(bytes(body), "ole", "").attachment
        assert read is not None
        statuses.add(read.status)
    assert statuses <= {"text", "damaged", "encrypted", "empty", "too_large", "unsupported"}


def test_without_any_program_the_reason_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    read = read_doc(DOC)
    assert (read.text.status, read.problems[0].code) == ("unsupported", "unsupported")
    assert "antiword" in read.problems[0].detail


@needs("antiword")
def test_antiword_gives_paragraphs_and_whole_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only("antiword", tmp_path, monkeypatch)
    read = read_capture(capture("http://a.example/x.wps", role="attachment"), DOC, None)
    assert (read.path, read.problems) == ("file:ole:antiword", ())
    assert read.attachment is not None
    assert tuple(read.attachment.text.split("\n")) == DOC_TEXT


@needs("antiword")
def test_a_file_handed_in_tells_which_program_read_it() -> None:
    read = read_capture(capture("file:///x.doc", kind="handed-in"), DOC, None)
    assert (read.kind, read.path) == ("document", "file:ole:antiword")
    assert read.documents[0].title == DOC_TEXT[0]


@needs("catdoc")
def test_catdoc_gives_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    only("catdoc", tmp_path, monkeypatch)
    read = read_doc(DOC)
    assert (read.text.status, read.by) == ("text", "catdoc")
    assert read.text.text.split("\n")[:5] == list(DOC_TEXT[:5])


@needs("antiword")
@needs("catdoc")
def test_the_next_program_gets_its_turn_when_one_gives_up() -> None:
    read = read_doc(PLAIN)
    assert (read.text.status, read.by) == ("text", "catdoc")
    assert read.text.text == "本函无表格。This letter has no table.\n特此函复。"


def test_rich_text_needs_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    read = read_file(RTF, sniff(RTF), "")
    assert (read.path, read.problems) == ("file:rtf", ())
    assert read.attachment is not None
    assert read.attachment.text == "云河省民政厅通知\nSecond paragraph"


@needs("soffice", package="libreoffice-writer-nogui")
def test_libreoffice_reads_old_word_files(monkeypatch: pytest.MonkeyPatch) -> None:
    from crawlers.extraction import legacy_doc

    monkeypatch.setattr(legacy_doc, "_DOC_PROGRAMS", legacy_doc._DOC_PROGRAMS[-1:])
    assert tuple(read_doc(DOC).text.text.split("\n")) == DOC_TEXT


@needs("antiword")
def test_word_files_that_no_program_can_read_are_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only("antiword", tmp_path, monkeypatch)
    read = read_doc(DOC[:3000])
    assert (read.text.status, read.problems[0].code) == ("damaged", "damaged-file")
    assert "antiword gave up" in read.problems[0].detail


def test_locked_word_files_are_encrypted_without_asking_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    at = DOC.index(b"\xec\xa5")
    body = bytearray(DOC)
    body[at + 11] |= 1
    assert read_doc(bytes(body)).text.status == "encrypted"


def test_a_torn_presentation_is_damaged_and_an_unknown_container_unsupported() -> None:
    for name, status in (("PowerPoint Document", "damaged"), ("Contents", "unsupported")):
        body = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + name.encode("utf-16-le") + b"\x00\x00"
        read = read_file(body, "ole", "")
        assert read.attachment is not None
        assert read.attachment.status == status
