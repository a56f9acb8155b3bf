"""A corrected text takes the place of the recognised one at every reading, and never makes news."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawlers import extract, reading_pool
from crawlers.catalogue import build_catalogue
from crawlers.extract import extract_pending
from crawlers.extraction.version import EXTRACTOR_VERSION
from crawlers.handed_in import add_file
from tests.extraction.helpers import source
from tests.extraction.recognition import PAGE, SCAN, page_with_scan, picture, shelve, stand_in
from warehouse.database import Warehouse
from warehouse.desk import Desk
from warehouse.desk.texts import correct_text
from warehouse.home import Home
from warehouse.identity import sha256
from warehouse.records import Correction

CATALOGUE = build_catalogue([source("trs")], sample=True)
READ = ("床位测箅表由各市民政局按月填报。", "每张床位补贴四百元整。")
RIGHT = "床位测算表由各市民政局按月填报。\n每张床位补贴四百元整。"


@pytest.fixture(autouse=True)
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", f"{stand_in(tmp_path / 'bin', READ)}:/usr/bin:/bin")
    return tmp_path / "bin"


def rows(home: Home, query: str) -> list[Any]:
    with Warehouse.open(home) as w:
        return w.connection.execute(query).fetchall()


def attached(home: Home) -> Any:
    return rows(home, "select text, quality, method, text_correction from attachment")[0]


def body(home: Home) -> Any:
    return rows(
        home,
        """
        select title, text, quality, method, extractor_version, path
        from document join reading using (reading_id) join reading_text using (reading_id)
        """,
    )[0]


def correct(home: Home, payload: bytes, value: str = RIGHT) -> Correction:
    document_id = rows(home, "select document_id from document")[0][0]
    with Desk.open(home) as desk:
        return correct_text(desk, document_id, sha256(payload), value, "\n".join(READ), "", "local")


def undo(home: Home, made: Correction) -> None:
    with Desk.open(home) as desk:
        desk.undo(made.correction_id, "local")


def test_a_recognised_attachment_says_how_it_was_read_and_how_well(home: Home) -> None:
    page_with_scan(home)
    extract_pending(home, CATALOGUE)
    assert attached(home) == ("\n".join(READ), 0.87, "tesseract 5.9.9", None)
    assert body(home)[2:4] == (None, "")


def test_the_next_run_takes_a_correction_in_and_one_after_that_does_nothing(home: Home) -> None:
    page_with_scan(home)
    extract_pending(home, CATALOGUE)
    made = correct(home, picture())
    assert extract_pending(home, CATALOGUE).captures == 1
    assert attached(home) == (RIGHT, None, "librarian", made.correction_id)
    assert extract_pending(home, CATALOGUE).captures == 0
    assert rows(home, "select kind from event") == [("new",)]


def test_a_correction_outlives_reading_everything_again(
    home: Home, monkeypatch: pytest.MonkeyPatch, tesseract: Path
) -> None:
    page_with_scan(home)
    extract_pending(home, CATALOGUE)
    made = correct(home, picture())
    extract_pending(home, CATALOGUE, again=True)
    stand_in(tesseract, ["另一种识别结果也是错的而且更长。"])
    for module in (extract, reading_pool):
        monkeypatch.setattr(module, "EXTRACTOR_VERSION", "next")
    extract_pending(home, CATALOGUE)
    assert attached(home) == (RIGHT, None, "librarian", made.correction_id)


def test_a_correction_holds_where_the_program_is_gone(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    page_with_scan(home)
    extract_pending(home, CATALOGUE)
    correct(home, picture())
    monkeypatch.setenv("GOVBRIEF_OCR", "off")
    extract_pending(home, CATALOGUE, again=True)
    assert attached(home)[0] == RIGHT


def test_taken_back_the_recognised_text_returns_and_an_earlier_correction_before_it(home: Home) -> None:
    page_with_scan(home)
    extract_pending(home, CATALOGUE)
    first = correct(home, picture())
    second = correct(home, picture(), RIGHT + "\n第三行")
    extract_pending(home, CATALOGUE)
    assert attached(home)[0] == RIGHT + "\n第三行"
    undo(home, second)
    extract_pending(home, CATALOGUE)
    assert attached(home)[::3] == (RIGHT, first.correction_id)
    undo(home, first)
    extract_pending(home, CATALOGUE)
    assert attached(home) == ("\n".join(READ), 0.87, "tesseract 5.9.9", None)


def test_a_file_that_the_site_replaced_is_read_anew(home: Home) -> None:
    page_with_scan(home)
    extract_pending(home, CATALOGUE)
    correct(home, picture())
    later = Home.open(home.root)
    shelve(later, SCAN, picture("another"), "image/png", PAGE)
    extract_pending(later, CATALOGUE)
    assert attached(later) == ("\n".join(READ), 0.87, "tesseract 5.9.9", None)
    assert extract_pending(later, CATALOGUE).captures == 0


def test_the_same_file_elsewhere_has_the_correction_too(home: Home) -> None:
    page_with_scan(home)
    extract_pending(home, CATALOGUE)
    correct(home, picture())
    shelve(home, SCAN.replace("P02", "P03"), picture(), "image/png", PAGE)
    extract_pending(home, CATALOGUE)
    assert rows(home, "select distinct text from attachment") == [(RIGHT,)]


def test_a_run_that_dies_before_it_has_noted_its_work_loses_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    page_with_scan(home)
    extract_pending(home, CATALOGUE)
    correct(home, picture())

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(extract, "ingest_reads", die)
        with pytest.raises(KeyboardInterrupt):
            extract_pending(home, CATALOGUE)
    assert attached(home)[0] == "\n".join(READ)
    extract_pending(home, CATALOGUE)
    assert attached(home)[0] == RIGHT


def hand_in(home: Home, folder: Path, mark: str = "one") -> None:
    file = folder / "scan.png"
    file.write_bytes(picture(mark))
    add_file(home, file, "http://a.example/scan.png", None, CATALOGUE)


def test_a_handed_in_scan_gains_another_reading_and_no_version(home: Home, tmp_path: Path) -> None:
    hand_in(home, tmp_path)
    assert body(home)[1:4] == ("\n".join(READ), 0.87, "tesseract 5.9.9")
    made = correct(home, picture(), "关于床位测算的通知\n" + RIGHT)
    extract_pending(home, CATALOGUE)
    title, text, quality, method, version, path = body(home)
    assert (title, text) == ("关于床位测算的通知", "关于床位测算的通知\n" + RIGHT)
    assert (quality, method, path) == (None, "librarian", "file:image:librarian")
    assert version == f"{EXTRACTOR_VERSION}+{made.correction_id}"
    assert rows(home, "select kind from event") == [("new",)]
    assert rows(home, "select version_no from version") == [(1,)]
    hand_in(home, tmp_path)  # the same bytes once more
    assert body(home)[1].endswith(RIGHT)
    extract_pending(home, CATALOGUE, again=True)
    assert body(home)[1].endswith(RIGHT)
    undo(home, made)
    extract_pending(home, CATALOGUE)
    assert body(home)[1:4] == ("\n".join(READ), 0.87, "tesseract 5.9.9")
    assert rows(home, "select kind from event") == [("new",)]
    assert extract_pending(home, CATALOGUE).captures == 0


def test_a_real_change_of_a_corrected_scan_is_still_a_change(
    home: Home, tmp_path: Path, tesseract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(home, tmp_path)
    correct(home, picture())
    extract_pending(home, CATALOGUE)
    for module in (extract, reading_pool):
        monkeypatch.setattr(module, "EXTRACTOR_VERSION", "next")
    extract_pending(home, CATALOGUE)
    assert rows(home, "select kind from event") == [("new",)]
    stand_in(tesseract, ["关于调整床位补贴标准的通知", "每张床位补贴五百元整。"])
    later = _later(home)
    shelve(later, "http://a.example/scan.png", picture("two"), "image/png", None, "handed-in")
    extract_pending(later, CATALOGUE)
    assert rows(later, "select kind from event order by version_no") == [("new",), ("changed",)]
    assert body(later)[1].endswith("五百元整。")


def test_a_text_with_a_secrecy_mark_is_not_lifted_by_a_correction(home: Home, tesseract: Path) -> None:
    page_with_scan(home)
    extract_pending(home, CATALOGUE)
    correct(home, picture())
    stand_in(tesseract, ["机密★10年", *READ])
    extract_pending(home, CATALOGUE, again=True)
    assert rows(home, "select status, text from attachment") == [("classified_marking", None)]
    assert extract_pending(home, CATALOGUE).captures == 0


def _later(home: Home) -> Home:
    """The same home a day later."""
    settings = home.root / "govbrief.toml"
    now = (home.clock.now() + timedelta(days=1)).isoformat()
    settings.write_text(f'[clock]\nnow = "{now}"\n', encoding="utf-8")
    return Home.open(home.root)
