"""The page as it was: dated, one of several captures, in its own character set, and its bytes to keep."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.archive_bytes import charset_of, shown, to_keep
from dashboard.archived_copy import archive_routes
from tests.dashboard.papers import DAY_ZERO, Paper
from tests.dashboard.publication_fixture import library, publish_first, take_in
from warehouse.archive.reader import ArchivedRecord
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.publish import publish

PAPER = Paper("t-civil", "twice", "关于两次抓取的通知", ("第一稿的内容。",), date(2026, 5, 20))


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A document that the site changed on the second day."""
    folder = tmp_path_factory.mktemp("twice") / "library"
    publish_first(library(folder), [PAPER])
    home = library(folder, day=1)
    take_in(home, [replace(PAPER, lines=("第二稿的内容。",))], "run-second")
    publish(home)
    return home


def client(home: Home) -> TestClient:
    return TestClient(Starlette(routes=archive_routes(home)))


def versions(home: Home) -> list[str]:
    publication = Publication.current(home)
    assert publication is not None
    rows = publication.rows("select capture_id from version order by version_no")
    return [str(row["capture_id"]) for row in rows]


def test_every_capture_of_the_page_is_offered_with_its_date_in_both_languages(twice: Home) -> None:
    first, second = versions(twice)
    for language, dated, version in (
        ("zh", "以下是 2026-06-01 08:00 抓取时的样子", "第 1 版"),
        ("en", "As captured at 2026-06-01 08:00", "ersion 1"),
    ):
        page = client(twice).get(f"/archive/{first}?lang={language}").text
        assert dated in page
        assert version in page
        assert re.search(rf'href="/archive/{second}\?lang={language}"[^>]*>[^<]*2026-06-02 08:00', page)
        assert re.search(rf'<a [^>]*/archive/{first}[^>]*aria-current="page"', page)
        assert f'href="/doc?id={PAPER.document_id}&amp;lang={language}"' in page
    copies = [client(twice).get(f"/archive/{one}/copy").text for one in (first, second)]
    assert ["第一稿" in copies[0], "第二稿" in copies[1]] == [True, True]


def test_the_original_bytes_can_be_kept_and_do_nothing_in_the_browser(twice: Home) -> None:
    first, _ = versions(twice)
    answer = client(twice).get(f"/archive/{first}/raw")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert re.fullmatch(
        rf'attachment; filename="{first}(\.[a-z0-9]+)?"', answer.headers["content-disposition"]
    )
    assert answer.content == client(twice).get(f"/archive/{first}/copy").content
    for path in ("copy", "raw"):
        headers = client(twice).get(f"/archive/{first}/{path}").headers
        assert headers["content-security-policy"].startswith("sandbox; default-src 'none'")
        assert headers["x-dns-prefetch-control"] == "off"


def test_the_bytes_of_a_closed_copy_cannot_be_kept_either(tmp_path: Path) -> None:
    home = library(tmp_path / "library")
    publish_first(home, [replace(PAPER, source="t-city", body="xs-1001-gov")])
    (only,) = versions(home)
    for path in ("copy", "raw"):
        assert client(home).get(f"/archive/{only}/{path}").status_code == 403
    page = client(home).get(f"/archive/{only}").text
    assert "/raw" not in page
    assert "使用条款" in page


CHINESE = "<title>通知</title><p>各市民政局</p>"


def kept(body: bytes, content_type: str = "text/html") -> ArchivedRecord:
    return ArchivedRecord("http://a.example/x.htm", 200, {"content-type": content_type}, body, DAY_ZERO)


@pytest.mark.parametrize(
    ("record", "charset"),
    [
        (kept(CHINESE.encode()), "utf-8"),
        (kept(CHINESE.encode(), "text/html; charset=gb2312"), "utf-8"),  # the server is wrong
        (kept(CHINESE.encode("gbk")), "gb18030"),  # nobody says anything
        (kept(CHINESE.encode("gbk"), "text/html; charset=utf-8"), "gb18030"),
        (kept(b'<meta charset="gb2312">' + CHINESE.encode("gb2312")), "gb2312"),
        (kept(b'<meta charset="gb2312">' + "<p>朱镕基</p>".encode("gbk")), "gb18030"),
        (kept("<p>各市民政局".encode()[:-1]), "utf-8"),  # cut inside its last character
        (kept("<p>各市民政局".encode()[:-2], "text/html; charset=gb2312"), "utf-8"),
        (kept("<p>各市民政局".encode("gbk")[:-1]), "gb18030"),
        (kept(CHINESE.encode("big5"), 'text/html; charset="Big5"'), "big5"),
        (kept(b"\xff\xff\xff", "text/html; charset=x-none"), "x-none"),
    ],
)
def test_a_page_is_shown_in_the_character_set_of_its_bytes(record: ArchivedRecord, charset: str) -> None:
    assert charset_of(record) == charset
    row = {"media_type": "text/html", "url": record.url, "capture_id": "cap-1"}
    assert shown(row, record).headers["content-type"] == f"text/html; charset={charset}"


def test_a_pdf_is_a_file_with_its_own_ending_and_text_is_never_markup() -> None:
    row = {"media_type": "application/pdf", "url": "http://a.example/P0201.PDF?x=1", "capture_id": "cap-1"}
    for answer in (shown, to_keep):
        said = answer(row, kept(b"%PDF-1.4", "application/pdf")).headers
        assert said["content-disposition"] == 'attachment; filename="cap-1.pdf"'
    script = {"media_type": "application/json", "url": "http://a.example/", "capture_id": "cap-1"}
    said = shown(script, kept(b"<script>", "text/html")).headers
    assert said["content-type"] == "text/plain; charset=utf-8"
