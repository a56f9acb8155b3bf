"""Claims about replay: every manifest row goes through Scrapy into the archive once, a bad one is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawlers.run import crawl
from warehouse.archive.reader import read_record
from warehouse.crawl_state.store import CrawlState
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.identity import sha256
from warehouse.records import Capture

GOV = "http://www.gov.cn/zhengce/content/2019-02/15/content_1.htm"


def recorded(folder: Path, rows: list[dict[str, object]], files: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, body in files.items():
        (folder / name).write_bytes(body)
    (folder / "manifest.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


def captures(home: Home) -> list[Capture]:
    with CrawlState.open(home) as state:
        return [item for batch in state.captures_to_extract("none") for item in batch]


def test_rows_are_archived_as_replayed_and_a_second_time_adds_nothing(tmp_path: Path) -> None:
    folder = recorded(
        tmp_path / "Old Pages",
        [
            {"file": "a.html", "url": GOV, "kind": "detail", "content_type": "text/html"},
            {"file": "b.html", "url": "http://other.example/", "kind": "list", "content_type": "text/html"},
            {"file": "c.html", "url": "http://other.example/", "kind": "list", "content_type": "text/html"},
            {"file": "d.pdf", "url": None, "kind": "pdf", "content_type": "application/pdf"},
        ],
        {"a.html": b"<p>a</p>", "b.html": b"<p>b</p>", "c.html": b"<p>c</p>", "d.pdf": b"%PDF-1.4"},
    )
    home = Home.create(tmp_path / "home", "")
    summary = crawl(home, None, replay=folder)
    again = crawl(home, None, replay=folder)
    kept = captures(home)
    assert (summary.exit_code, again.exit_code) == (0, 0)
    assert summary.seconds > 0
    assert {item.kind for item in kept} == {"replayed"}
    assert sorted((item.source_id, item.role, item.url) for item in kept) == [
        ("cn-gov-library-gw", "detail", GOV),
        ("replay-old-pages", "attachment", "http://replay.invalid/Old%20Pages/d.pdf"),
        ("replay-old-pages", "list", "http://other.example/"),
        ("replay-old-pages", "list", "http://other.example/"),
    ]
    assert all(sha256(read_record(home.archive, item.place).body) == item.sha256 for item in kept)


def test_a_bad_row_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = recorded(
        tmp_path / "pages",
        [
            {"file": "short.html", "url": "http://x.example/1", "kind": "detail", "bytes": 500},
            {"file": "absent.html", "url": "http://x.example/2", "kind": "detail"},
            {"file": "../home/govbrief.toml", "url": "http://x.example/3", "kind": "detail"},
            {"file": "good.html", "url": "http://x.example/4", "kind": "detail", "bytes": 8},
        ],
        {"short.html": b"<p>", "good.html": b"<p>g</p>"},
    )
    home = Home.create(tmp_path / "home", "")
    summary = crawl(home, None, replay=folder)
    health = summary.sources["replay-pages"]
    assert [item.url for item in captures(home)] == ["http://x.example/4"]
    assert (summary.exit_code, health.verdict, health.failures) == (4, "drifting", 3)
    assert any(name in health.detail for name in ("truncated-file", "missing-file"))


@pytest.mark.parametrize(
    ("line", "message"),
    [("{", "line 1 is no JSON object"), ("{}", "line 1 is no JSON object"), ("", "is empty")],
)
def test_an_unreadable_manifest_is_refused(tmp_path: Path, line: str, message: str) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "manifest.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(UserError, match=message):
        crawl(Home.create(tmp_path / "home", ""), None, replay=folder)


def test_a_folder_without_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"holds no manifest\.jsonl or truth\.jsonl"):
        crawl(Home.create(tmp_path / "home", ""), None, replay=tmp_path)


@pytest.mark.realdata
def test_all_recorded_pages_reach_the_archive_once(tmp_path: Path, shared_data: Path) -> None:
    home = Home.create(tmp_path / "home", "")
    for _ in range(2):
        assert crawl(home, None, replay=shared_data / "zh" / "html").exit_code == 0
        assert crawl(home, None, replay=shared_data / "sites").exit_code == 0
    kept = captures(home)
    assert len(kept) == 64 + 298
    assert sum(item.source_id == "cn-gov-library-gw" for item in kept) == 60
