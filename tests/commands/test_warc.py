"""Captures out of WARC files of any tool, and into one that stands for itself; what stays out says why."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawlers.catalogue import build_catalogue
from crawlers.extract import extract_pending
from crawlers.warc_intake import WarcSummary, import_warc
from tests.commands.conftest import Govbrief
from tests.extraction.helpers import source
from warehouse.archive.verify import verify_archive
from warehouse.crawl_state.shelf import CaptureShelf
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.identity import sha256
from warehouse.records import Capture

CATALOGUE = build_catalogue([source("trs")], sample=True)
PAGE = "http://a.example/zc/202605/t20260506_{}.html"
HTML = "text/html; charset=utf-8"


def page(number: int = 1, text: str = "各有关单位应当认真组织实施，并按季度报送进展情况。") -> bytes:
    body = f"<h1>关于第{number}号事项的通知</h1><div class='TRS_Editor'><p>{text}</p></div>"
    return f"<html><body>{body}</body></html>".encode()


class Foreign:
    """A WARC file as another tool writes it."""

    def __init__(self, file: Path, packed: bool = True) -> None:
        self.file = file
        self._out = io.BytesIO()
        self._writer = WARCWriter(self._out, gzip=packed)

    def add(
        self,
        url: str,
        body: bytes,
        at: str = "2026-05-20T10:00:00Z",
        *,
        kind: str = "response",
        status: str = "200 OK",
        said: tuple[tuple[str, str], ...] = (("Content-Type", HTML),),
        fields: dict[str, str] | None = None,
    ) -> Foreign:
        head = StatusAndHeaders(status, list(said), protocol="HTTP/1.1") if "re" in kind else None
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            http_headers=None if kind == "resource" else head,
            warc_content_type="application/warc-fields" if head is None else None,
            warc_headers_dict={"WARC-Date": at, **(fields or {})},
        )
        self._writer.write_record(record)
        return self

    def write(self) -> Path:
        self.file.write_bytes(self._out.getvalue())
        return self.file


def taken(home: Home, *files: Path, source_id: str | None = None) -> WarcSummary:
    return import_warc(home, files, CATALOGUE, source_id)


def captures(home: Home) -> list[Capture]:
    with CaptureShelf.look(home) as shelf:
        return [one for batch in shelf.every() for one in batch]


def stored(home: Home, sql: str) -> list[tuple[Any, ...]]:
    with Warehouse.open(home) as warehouse:
        return warehouse.connection.execute(sql).fetchall()


def test_the_file_of_another_tool_becomes_dated_documents(home: Home, tmp_path: Path) -> None:
    file = Foreign(tmp_path / "wget.warc.gz")
    file.add(PAGE.format(1), page(1), "2026-05-20T10:00:00Z")
    packed = (("Content-Type", HTML), ("Content-Encoding", "br"))
    file.add(PAGE.format(2), brotli.compress(page(2)), "2026-05-21T11:12:13Z", said=packed)
    packed = (("Content-Type", "text/html; charset=gbk"), ("Transfer-Encoding", "chunked"))
    third = page(3).decode().encode("gbk")
    file.add(PAGE.format(3), b"%x\r\n%s\r\n0\r\n\r\n" % (len(third), third), said=packed)
    summary = taken(home, file.write())
    assert (summary.captures, summary.sources, summary.exit_code) == (3, ("s",), 0)
    assert {(one.kind, one.source_id) for one in captures(home)} == {("imported", "s")}
    read = extract_pending(home, CATALOGUE)
    assert read.ingested.new == 3
    assert stored(
        home, "select title, first_seen_at from document join reading using (reading_id) order by 1"
    )[1] == ("关于第2号事项的通知", datetime(2026, 5, 21, 11, 12, 13, tzinfo=UTC))
    assert stored(home, "select distinct origin from document") == [("imported",)]
    assert verify_archive(home).faults == ()


def test_importing_twice_changes_nothing(home: Home, tmp_path: Path) -> None:
    file = Foreign(tmp_path / "a.warc", packed=False).add(PAGE.format(1), page(1))
    file.add(PAGE.format(1), b"", "2026-05-22T10:00:00Z", kind="revisit").write()
    first = taken(home, file.file)
    extract_pending(home, CATALOGUE)
    before = captures(home)
    again = taken(home, file.file)
    assert (first.captures, first.unchanged, first.known) == (1, 1, 0)
    assert (again.captures, again.unchanged, again.known, again.exit_code) == (0, 0, 2, 0)
    assert captures(home) == before
    assert extract_pending(home, CATALOGUE).captures == 0
    assert stored(home, "select count(*) from event") == [(1,)]
    assert len(list(home.archive.rglob("*.warc.gz"))) == 1


def test_what_is_nothing_for_us_is_counted_and_other_hosts_are_named(home: Home, tmp_path: Path) -> None:
    file = Foreign(tmp_path / "heritrix.warc.gz").add(PAGE.format(1), page(1))
    file.add(PAGE.format(1), b"", kind="request").add(PAGE.format(1), b"via: x", kind="metadata")
    file.add("dns:a.example", b"20260520 a.example 1 IN A 192.0.2.1", kind="resource")
    file.add(PAGE.format(2), b"gone", status="404 Not Found").add(PAGE.format(3), b"", status="302 Found")
    file.add("http://a.example/logo.png", b"\x89PNG", said=(("Content-Type", "image/png"),))
    file.add("http://other.test/x", page(9)).add("http://other.test/y", page(8))
    summary = taken(home, file.write())
    assert summary.captures == 1
    assert dict(summary.skipped) == {
        "request": 1,
        "metadata": 1,
        "scheme-dns": 1,
        "http-404": 1,
        "http-302": 1,
        "part-of-page": 1,
    }
    assert dict(summary.unmatched) == {"other.test": 2}
    assert summary.exit_code == 0


def test_a_revisit_is_a_sighting_or_brings_an_earlier_content_back(home: Home, tmp_path: Path) -> None:
    days = [f"2026-05-{day}T10:00:00Z" for day in (10, 12, 14, 16, 18)]
    other = page(1, "内容已经调整：各单位改为按月报送进展情况。")
    file = Foreign(tmp_path / "a.warc.gz").add(PAGE.format(1), page(1), days[0])
    file.add(PAGE.format(1), b"", days[1], kind="revisit", fields={"WARC-Refers-To-Date": days[0]})
    file.add(PAGE.format(1), other, days[2])
    file.add(PAGE.format(1), b"", days[3], kind="revisit", fields={"WARC-Refers-To-Date": days[0]})
    file.add(PAGE.format(2), b"", days[4], kind="revisit", fields={"WARC-Refers-To-Date": days[0]})
    summary = taken(home, file.write())
    assert (summary.captures, summary.unchanged, dict(summary.skipped)) == (
        3,
        1,
        {"revisit-without-original": 1},
    )
    extract_pending(home, CATALOGUE)
    observed = stored(home, "select version_no, day(observed_at) from version order by 1")
    assert observed == [(1, 10), (2, 14), (3, 16)]


def test_a_revisit_finds_its_content_at_another_address_or_by_its_digest(home: Home, tmp_path: Path) -> None:
    days = [f"2026-05-{day}T10:00:00Z" for day in (10, 12, 14, 16, 18)]
    digest = {"WARC-Payload-Digest": "sha1:" + base64.b32encode(hashlib.sha1(page(1)).digest()).decode()}
    named = {"WARC-Refers-To-Target-URI": PAGE.format(1), "WARC-Refers-To-Date": days[0], **digest}
    elsewhere = {"WARC-Refers-To-Target-URI": "http://other.test/x", "WARC-Refers-To-Date": days[0]}
    file = Foreign(tmp_path / "dedup.warc.gz")
    file.add(PAGE.format(5), b"", days[1], kind="revisit", fields=digest)  # before its original
    file.add(PAGE.format(1), page(1), days[0]).add("http://other.test/x", page(4), days[0])
    file.add(PAGE.format(2), b"", days[1], kind="revisit", fields=named)
    file.add(PAGE.format(2), page(2), days[2])
    file.add(PAGE.format(2), b"", days[3], kind="revisit", fields=named)
    file.add(PAGE.format(2), b"", days[4], kind="revisit", fields=named)
    file.add(PAGE.format(4), b"", days[1], kind="revisit", fields=elsewhere)
    summary = taken(home, file.write())
    assert (summary.captures, summary.unchanged, dict(summary.skipped)) == (6, 1, {})
    told = {(one.url[-6], one.fetched_at.day): one.sha256 for one in captures(home)}
    assert {key for key, value in told.items() if value == sha256(page(1))} == {
        ("1", 10),
        ("2", 12),
        ("2", 16),
        ("5", 12),
    }
    assert told["4", 12] == sha256(page(4))
    again = taken(home, file.file)
    assert (again.captures, again.unchanged, again.known, dict(again.skipped)) == (0, 0, 7, {})
    later = Foreign(tmp_path / "later.warc.gz").add(
        PAGE.format(6), b"", days[4], kind="revisit", fields=digest
    )
    later.add(PAGE.format(7), b"", days[4], kind="revisit", fields=elsewhere)
    summary = taken(home, later.write())
    assert (summary.captures, dict(summary.skipped)) == (1, {"revisit-without-original": 1})
    assert captures(home)[-1].sha256 == sha256(page(1))


def test_a_protection_page_is_no_new_version(home: Home, tmp_path: Path) -> None:
    file = Foreign(tmp_path / "waf.warc.gz").add(PAGE.format(1), page(1), "2026-05-10T10:00:00Z")
    stopped = "<html><h2>您的请求已被拦截</h2><p>事件ID：7f3a-22</p></html>".encode()
    file.add(PAGE.format(1), stopped, "2026-05-12T10:00:00Z")
    assert taken(home, file.write()).captures == 2
    extract_pending(home, CATALOGUE)
    assert stored(home, "select version_no, day(observed_at) from version") == [(1, 10)]


def test_an_older_capture_is_history_and_not_news(home: Home, tmp_path: Path) -> None:
    new = Foreign(tmp_path / "new.warc.gz").add(PAGE.format(1), page(1), "2026-05-20T10:00:00Z").write()
    taken(home, new)
    extract_pending(home, CATALOGUE)
    old = Foreign(tmp_path / "old.warc.gz")
    old.add(PAGE.format(1), page(1, "征求意见稿：各单位可以按年报送进展情况。"), "2019-03-01T00:00:00Z")
    taken(home, old.write())
    read = extract_pending(home, CATALOGUE).ingested
    assert (read.new, read.changed, read.earlier) == (0, 0, 1)
    assert stored(home, "select version_no, year(observed_at) from version order by 1") == [
        (1, 2019),
        (2, 2026),
    ]
    assert stored(home, 'select kind, year("at") from event') == [("new", 2026)]
    current = "select d.version_no, x.text from document d join reading_text x using (reading_id)"
    assert "按季度" in stored(home, current)[0][1]


def test_damage_is_named_by_place_and_the_rest_is_taken(home: Home, tmp_path: Path) -> None:
    file = Foreign(tmp_path / "torn.warc.gz")
    for number in range(4):
        file.add(PAGE.format(number), page(number, "各有关单位应当认真组织实施。" * 9))
    raw = bytearray(file.write().read_bytes())
    starts = [at for at in range(len(raw)) if raw[at : at + 3] == b"\x1f\x8b\x08"]
    raw[starts[1] + 60] ^= 0xFF
    file.file.write_bytes(bytes(raw[: starts[3] + 40]))
    summary = taken(home, file.file)
    assert (summary.captures, summary.wrong_records, summary.exit_code) == (2, 2, 3)
    assert f"torn.warc.gz: record at byte {starts[1]}: " in summary.wrong[0]
    assert f"record at byte {starts[3]}: the file ends" in summary.wrong[1]
    file.file.write_bytes(bytes(raw[starts[3] : starts[3] + 40]) * 2)
    assert taken(home, file.file).exit_code == 4


def test_half_answers_are_named_and_never_become_captures(home: Home, tmp_path: Path) -> None:
    half = page(2)[: len(page(2)) // 2]
    file = Foreign(tmp_path / "half.warc.gz").add(PAGE.format(1), page(1))
    file.add(PAGE.format(2), half, fields={"WARC-Truncated": "length"})
    file.add(PAGE.format(3), half, fields={"WARC-Segment-Number": "1"})
    more = {"WARC-Segment-Number": "2", "WARC-Segment-Origin-ID": "<urn:uuid:1>"}
    file.add(PAGE.format(3), b"rest", kind="continuation", fields=more)
    file.add(PAGE.format(4), half, said=(("Content-Type", HTML), ("Content-Length", str(len(page(2))))))
    file.add("http://other.test/x", b"rest", kind="continuation", fields=more)
    summary = taken(home, file.write())
    assert (summary.captures, summary.wrong_records, summary.exit_code) == (1, 4, 3)
    told = ("WARC-Truncated: length", "several records", "several records", f"after {len(half)} of")
    assert all(words in said for words, said in zip(told, summary.wrong, strict=True))
    assert all("half.warc.gz: record at byte" in said for said in summary.wrong)
    assert [one.url for one in captures(home)] == [PAGE.format(1)]


def test_an_empty_file_is_named_and_a_default_port_is_the_host(
    home: Home, tmp_path: Path, govbrief: Govbrief
) -> None:
    for name in ("none.warc.gz", "none.jsonl"):
        (tmp_path / name).write_bytes(b"")
        answer = govbrief("import", "--home", home.root, tmp_path / name)
        assert answer.code == 4
        assert f"{name}: " in answer.err
    file = Foreign(tmp_path / "port.warc").add(PAGE.format(1).replace(".example/", ".example:80/"), page(1))
    file.add(PAGE.format(2).replace("http://a.example", "https://a.example:443"), page(2))
    file.add(PAGE.format(3).replace(".example/", ".example:8080/"), page(3))
    summary = taken(home, file.write(), tmp_path / "none.warc.gz")
    assert (summary.captures, summary.wrong_records, summary.exit_code) == (2, 1, 3)
    assert dict(summary.unmatched) == {"a.example:8080": 1}
    assert captures(home)[0].url == PAGE.format(1)


def test_bombs_future_dates_and_secrets_are_refused_by_name(home: Home, tmp_path: Path) -> None:
    file = Foreign(tmp_path / "bad.warc.gz").add(PAGE.format(1), page(1))
    bomb = gzip.compress(b"0" * (home.settings.crawl.max_body_bytes + 1))
    file.add(PAGE.format(2), bomb, said=(("Content-Type", HTML), ("Content-Encoding", "gzip")))
    file.add(PAGE.format(3), page(3), "2031-01-01T00:00:00Z")
    file.add(PAGE.format(4), page(4, "秘密★长期</p><p>请认真组织实施。"))
    summary = taken(home, file.write())
    assert (summary.captures, summary.wrong_records, summary.exit_code) == (1, 3, 3)
    told = " ".join(summary.wrong)
    assert all(word in told for word in ("unpacks to more than", "2031-01-01 lies in the future", "secrecy"))
    archived = b"".join(gzip.decompress(one.read_bytes()) for one in home.archive.rglob("*.gz"))
    assert "秘密".encode() not in archived


def test_sample_and_real_addresses_never_meet(tmp_path: Path, govbrief: Govbrief) -> None:
    sample, real = "http://mzt.yunhe.example/art/1.html", "https://www.gov.cn/zhengce/content/1.htm"
    both = Foreign(tmp_path / "both.warc.gz").add(sample, page(1)).add(real, page(2)).write()
    for name, clock, reason in (
        ("real", "", "示例数据"),
        ("sample", '[clock]\nnow = "2026-06-01T08:00:00+08:00"\n', "it is not sample data"),
    ):
        home = Home.create(tmp_path / name, clock)
        answer = govbrief("import", "--home", home.root, both, "--json")
        assert (answer.code, answer.json["captures"], answer.json["wrong_records"]) == (3, 1, 1)
        assert reason in answer.json["wrong"][0]
    forced = govbrief("import", "--home", tmp_path / "sample", both, "--source", "sample-msb", "--json")
    assert (forced.json["captures"], forced.json["wrong_records"]) == (1, 1)


def test_mistakes_at_the_command_line_are_one_sentence(tmp_path: Path, govbrief: Govbrief) -> None:
    home = Home.create(tmp_path / "home", "").root
    warc = Foreign(tmp_path / "a.warc").add("http://other.test/", page(1)).write()
    lines = tmp_path / "a.jsonl"
    lines.write_text('{"title": "a"}\n')
    for words, sentence in (
        (("import", warc, lines), "two calls"),
        (("import", lines, "--source", "x"), "--source belongs to WARC"),
        (("import", warc, "--source", "x"), "No source is called 'x'"),
        (("import", tmp_path / "none.warc"), "there is no such file"),
        (("export", "--own-use"), "belong to --warc"),
        (("export", "--warc", tmp_path / "x.warc.gz", "--no-text"), "belong to JSONL"),
    ):
        answer = govbrief(*words, "--home", home)
        assert answer.code == 2
        assert sentence in answer.err
    answer = govbrief("import", warc, "--home", home)
    assert answer.code == 4
    assert "other.test (1)" in answer.err


def records(file: Path) -> list[Any]:
    with file.open("rb") as handle:
        return [
            (dict(record.rec_headers.headers), record.content_stream().read())
            for record in ArchiveIterator(handle, check_digests="raise")
        ]


def test_an_export_stands_for_itself_and_makes_the_same_library(
    published_home: Path, tmp_path: Path, govbrief: Govbrief
) -> None:
    """The whole sample, out and in again: about 15 seconds."""
    file = tmp_path / "all.warc.gz"
    answer = govbrief("export", "--home", published_home, "--warc", file, "--own-use", "--json")
    assert answer.code == 0
    (info, said), *others = records(file)
    assert info["WARC-Type"] == "warcinfo"
    assert all(f"govbrief-source: {name}".encode() in said for name in answer.json["sources"])
    assert len(others) == answer.json["captures"] == len(captures(Home.open(published_home)))
    for narrowed in (("--validity", "repealed"), ("--year", "2025"), ("--has-attachment",)):
        part = govbrief(
            "export",
            "--home",
            published_home,
            "--warc",
            tmp_path / "part.warc.gz",
            "--own-use",
            "--json",
            *narrowed,
        )
        assert 0 < part.json["captures"] < answer.json["captures"]
    assert {head["WARC-Warcinfo-ID"] for head, _ in others} == {info["WARC-Record-ID"]}
    second = tmp_path / "second"
    second.mkdir()
    shutil.copy(published_home / "govbrief.toml", second)
    assert govbrief("import", "--home", second, file).code == 0
    assert govbrief("extract", "--home", second).code == 0
    told = """
        select d.document_id, d.first_seen_at, r.title, r.issuer, r.published, x.text, v.capture_id
        from document d join reading r using (reading_id) join reading_text x using (reading_id)
        join version v on v.document_id = d.document_id and v.version_no = d.version_no order by 1
    """
    assert stored(Home.open(second), told) == stored(Home.open(published_home), told)
    assert stored(Home.open(second), "select count(*) from attachment where status = 'text'") == stored(
        Home.open(published_home), "select count(*) from attachment where status = 'text'"
    )


def test_what_may_not_be_handed_on_stays_and_is_counted(
    published_home: Path, tmp_path: Path, govbrief: Govbrief
) -> None:
    file = tmp_path / "open.warc.gz"
    answer = govbrief("export", "--home", published_home, "--warc", file, "--json")
    assert answer.code == 0
    assert answer.json["left_out"]["personal"] > 0
    assert "personal data that the publication masks; --own-use" in answer.err
    found = govbrief("search", "养老服务", "--home", published_home, "--json").json
    asked = tmp_path / "asked.warc.gz"
    few = govbrief("export", "--home", published_home, "--warc", asked, "养老服务", "--json").json
    assert 0 < few["captures"] < answer.json["captures"]
    addresses = {head["WARC-Target-URI"] for head, _ in records(asked)[1:]}
    assert {hit["url"] for hit in found["hits"][:3]} <= addresses
    one = govbrief(
        "export", "--home", published_home, "--warc", asked, found["hits"][0]["document_id"], "--json"
    ).json
    assert 0 < one["captures"] < few["captures"]
    only = ("--source", "sample-msb", "--since", "2026-06-01", "--json")
    assert govbrief("export", "--home", published_home, "--warc", asked, *only).json["sources"] == [
        "sample-msb"
    ]
    later = govbrief("export", "--home", published_home, "--warc", asked, "--since", "2026-06-02")
    assert (later.code, asked.is_file()) == (4, True)
    assert "No capture to export" in later.err


def test_an_export_that_fails_leaves_what_was_there(
    published_home: Path, tmp_path: Path, govbrief: Govbrief
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    answer = govbrief("export", "--home", published_home, "--warc", folder / "no" / "x.warc.gz", "--own-use")
    assert answer.code == 5
    assert "cannot be written" in answer.err
    assert list(folder.iterdir()) == []


def test_imported_lines_and_handed_in_files_travel_too(
    home: Home, tmp_path: Path, govbrief: Govbrief
) -> None:
    lines = tmp_path / "a.jsonl"
    lines.write_text(json.dumps({"id": "1", "title": "关于养老的通知", "sample": True}, ensure_ascii=False))
    handed = tmp_path / "b.html"
    handed.write_bytes(page(5))
    assert govbrief("import", "--home", home.root, lines).code == 0
    assert govbrief("add", "--home", home.root, handed).code == 0
    file = tmp_path / "all.warc.gz"
    assert govbrief("export", "--home", home.root, "--warc", file, "--own-use").code == 0
    second = Home.create(tmp_path / "second", '[clock]\nnow = "2026-06-01T08:00:00+08:00"\n')
    assert govbrief("import", "--home", second.root, file, "--json").json["captures"] == 2
    assert govbrief("extract", "--home", second.root).code == 0
    told = "select source_id, document_id, origin from document order by 1"
    assert stored(second, told) == stored(home, told)
