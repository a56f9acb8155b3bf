"""The text of attached files on the page of a document: readable, masked, within the terms, corrected."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dashboard.words import catalogue
from tests.dashboard.conftest import Open, Served, html_of
from tests.dashboard.papers import FIRST_DAY, SOURCES
from warehouse.archive.writer import ArchiveWriter
from warehouse.corrected_texts import corrected_version
from warehouse.database import Warehouse
from warehouse.desk import Desk
from warehouse.desk.texts import correct_text
from warehouse.home import Home
from warehouse.identity import capture_id, sha256
from warehouse.ingest import ingest_reads, ingest_sources
from warehouse.places import Spot, places_of
from warehouse.publish import publish
from warehouse.records import AttachmentText, Capture, Extraction, ReadCapture

Serve = Callable[[Home], Served]
SAY = catalogue("zh")
PAPER = FIRST_DAY[0]
SCAN = b"%PDF of a scan"
READ = "床位测箅表由各市民政局按月填报。\n联系人电话13800138000。\n<img src=x onerror=window.pwn=9>"
RIGHT = READ.replace("测箅", "测算")


def attach(
    home: Home,
    *,
    text: str = READ,
    quality: float | None = 0.62,
    method: str = "tesseract 5.3.0",
    payload: bytes = SCAN,
    correction: int | None = None,
    places: str = "",
) -> None:
    """An attached file of the paper in the warehouse, and a publication that holds it."""
    url, at = f"{PAPER.url}/scan.pdf", home.clock.now()
    with ArchiveWriter(home.archive, f"run-{sha256(payload)[:6]}-{correction}", home.clock) as writer:
        place = writer.write_resource(url, "application/pdf", payload, at)
    capture = Capture(
        capture_id(PAPER.source, url, at, sha256(payload)), PAPER.source, "run-first", url, url, at, 200,
        "application/pdf", sha256(payload), len(payload), place, "fetched", "attachment", None, PAPER.url,
    )  # fmt: skip
    attachment = AttachmentText("text", "application/pdf", text, 3, quality, method, places)
    version = "test-1" if correction is None else corrected_version("test-1", correction)
    with Warehouse.open(home) as warehouse:
        ingest_reads(
            warehouse, [ReadCapture(capture, Extraction("attachment", "", attachment=attachment), version)]
        )
    publish(home, force=True)


def by_hand(home: Home, shown: str = READ, value: str = RIGHT) -> int:
    with Desk.open(home) as desk:
        made = correct_text(desk, PAPER.document_id, sha256(SCAN), value, shown, "", "local")
    return made.correction_id


def test_a_scan_is_read_on_the_page_with_its_quality_masked_and_escaped(open_page: Open, fresh: Home) -> None:
    attach(fresh)
    shown = html_of(open_page(fresh, "doc", id=PAPER.document_id))
    assert "床位测箅表由各市民政局按月填报。" in shown
    assert SAY["filetext.recognised"].format(method="tesseract 5.3.0", quality="0.62") in shown
    assert SAY["filetext.uncertain"] in shown
    assert "13800138000" not in shown
    assert "联系人电话＊＊＊＊＊＊＊＊＊＊＊。" in shown
    assert "&lt;img src=x onerror=window.pwn=9&gt;" in shown
    assert "<img src=x" not in shown


def test_pages_and_rows_are_marked_and_a_link_opens_the_file_at_its_line(
    open_page: Open, fresh: Home
) -> None:
    attach(fresh, places=places_of([Spot(page=1), Spot(page=2), Spot(page=2)]))
    plain = html_of(open_page(fresh, "doc", id=PAPER.document_id))
    assert plain.count(SAY["search.place-page"].format(page=2)) == 1
    assert "gb-here" not in plain
    url = f"{PAPER.url}/scan.pdf"
    asked = html_of(open_page(fresh, "doc", id=PAPER.document_id, file=url, line=2, q="联系人"))
    (here,) = re.findall(r"<li[^>]*gb-here[^>]*>", asked)
    assert 'id="a1p2"' in here
    assert "<mark>联系人</mark>" in asked
    sheet = places_of([Spot(sheet=0), Spot(sheet=0, row=12), Spot(sheet=0, row=13)])
    attach(fresh, places=sheet, payload=b"a workbook")
    shown = html_of(open_page(fresh, "doc", id=PAPER.document_id, file=url, line=999_999))
    assert f'title="{SAY["search.place-row"].format(row=12)}"' in shown
    assert SAY["search.place-sheet"].format(sheet="床位测箅表由各市民政局按月填报。") in shown


def test_a_line_far_down_is_shown_with_its_surroundings(open_page: Open, fresh: Home) -> None:
    attach(fresh, text="\n".join(f"第{at}行" + "字" * 500 for at in range(400)), quality=0.95)
    url = f"{PAPER.url}/scan.pdf"
    shown = html_of(open_page(fresh, "doc", id=PAPER.document_id, file=url, line=390))
    assert 'id="a1p390"' in shown
    assert SAY["filetext.cut-around"].format(first=370, last=400) in shown


def test_a_sure_recognition_is_not_called_uncertain_and_other_programs_cannot_be_corrected(
    open_page: Open, fresh: Home
) -> None:
    attach(fresh, quality=0.93)
    assert SAY["filetext.uncertain"] not in html_of(open_page(fresh, "doc", id=PAPER.document_id))
    attach(fresh, quality=None, method="antiword", payload=b"other")
    at = open_page(fresh, "doc", id=PAPER.document_id)
    assert SAY["filetext.by"].format(method="antiword") in html_of(at)
    assert not at.text_area


@pytest.mark.parametrize(("reuse", "times"), [("full", 1), ("excerpt", 1), ("link", 0)])
def test_the_terms_of_the_source_hold_for_attached_files(
    open_page: Open, fresh: Home, reuse: str, times: int
) -> None:
    with Warehouse.open(fresh) as warehouse:
        ingest_sources(warehouse, [replace(one, reuse=reuse) for one in SOURCES])
    attach(fresh, text="第一段的文字。" + "很长的一段。" * 40 + "\n末尾的一段。")
    at = open_page(fresh, "doc", id=PAPER.document_id)
    shown = html_of(at)
    assert shown.count("第一段的文字。") == times
    assert ("末尾的一段。" in shown) == (reuse == "full")
    assert bool(at.text_area) == (reuse == "full")


def test_a_correction_shows_at_once_and_is_undone(open_page: Open, fresh: Home) -> None:
    attach(fresh)
    at = open_page(fresh, "doc", id=PAPER.document_id)
    area = at.text_area[0]
    assert area.value is not None
    assert "13800138000" not in area.value
    area.input(area.value.replace("测箅", "测算"))
    next(one for one in at.button if one.label == SAY["filetext.save"]).click().run()
    assert not at.exception
    shown = html_of(at)
    assert "床位测算表" in shown
    assert "床位测箅表" not in shown
    assert SAY["filetext.waits"] in shown
    assert SAY["filetext.changed"].format(n=1) in shown
    next(one for one in at.button if one.label == SAY["correct.undo"]).click().run()
    assert "床位测箅表" in html_of(at)
    assert SAY["filetext.waits"] not in html_of(at)


def test_an_unchanged_text_is_not_saved(open_page: Open, fresh: Home) -> None:
    attach(fresh)
    at = open_page(fresh, "doc", id=PAPER.document_id)
    next(one for one in at.button if one.label == SAY["filetext.save"]).click().run()
    assert "nothing was corrected" in html_of(at)
    assert Desk.open(fresh).corrections() == []


def test_a_published_correction_says_so_and_one_taken_back_shows_what_was_before(
    open_page: Open, fresh: Home
) -> None:
    number = by_hand(fresh)
    attach(fresh, text=RIGHT, quality=None, method="librarian", correction=number)
    shown = html_of(open_page(fresh, "doc", id=PAPER.document_id))
    assert SAY["filetext.librarian"] in shown
    assert SAY["filetext.waits"] not in shown
    Desk.open(fresh).undo(number, "local")
    shown = html_of(open_page(fresh, "doc", id=PAPER.document_id))
    assert SAY["filetext.taken-back"] in shown
    assert "床位测箅表" in shown
    assert "13800138000" not in shown


def test_a_file_that_changed_since_is_told_beside_the_correction(open_page: Open, fresh: Home) -> None:
    by_hand(fresh)
    attach(fresh, text="另一份文件的文字，没有更正。", payload=b"another")
    shown = html_of(open_page(fresh, "doc", id=PAPER.document_id))
    assert SAY["filetext.replaced"] in shown
    assert SAY["filetext.waits"] not in shown


@pytest.mark.browser
def test_a_text_is_corrected_in_the_browser(browser: Any, fresh: Home, serve: Serve) -> None:
    attach(fresh)
    page = browser.new_page()
    page.goto(f"{serve(fresh).base}/doc?id={PAPER.document_id}")
    page.get_by_text(SAY["filetext.correct-of"].format(n=1)).click()
    area = page.get_by_label(SAY["filetext.area"])
    area.wait_for()
    at_rest = page.locator("[data-test-script-state=notRunning]")
    at_rest.wait_for()  # a page that is still being drawn may put the old text back
    area.fill(area.input_value().replace("测箅", "测算"))
    area.blur()
    at_rest.wait_for()
    page.get_by_role("button", name=SAY["filetext.save"]).click()
    page.locator(".gb-file .gb-notice").wait_for()
    assert "床位测算表由各市民政局按月填报。" in page.locator(".gb-file").inner_text()
    assert page.evaluate("window.pwn") is None
    assert [one.field for one in Desk.open(fresh).corrections(PAPER.document_id)] == [f"text:{sha256(SCAN)}"]
    page.close()
