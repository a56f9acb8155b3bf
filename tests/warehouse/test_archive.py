"""The archive keeps records that any tool reads, finds one by its place and is mended after a kill."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.cli import main as warcio_main

from tests.warehouse.make import DAY
from warehouse.archive.reader import DamagedRecord, cut_torn_tail, read_record
from warehouse.archive.writer import ArchiveWriter
from warehouse.clock import FixedClock
from warehouse.records import ArchivePlace

URL = "http://mzt.yunhe.example/art/1.html"


def write(archive: Path, bodies: list[bytes], **options: int) -> list[ArchivePlace]:
    with ArchiveWriter(archive, "run-1", FixedClock(DAY), **options) as writer:
        return [
            writer.write_response(URL, 200, [("Content-Type", "text/html")], body, DAY) for body in bodies
        ]


def check(files: list[str]) -> int:
    """`warcio check`, which compares every digest; its exit code."""
    with pytest.raises(SystemExit) as ended:
        warcio_main(["check", *files])
    return int(ended.value.code or 0)


def test_a_record_is_read_back_by_its_place(tmp_path: Path) -> None:
    places = write(tmp_path, [b"one", "通知".encode(), b""])
    record = read_record(tmp_path, places[1])
    assert (record.url, record.status, record.at) == (URL, 200, DAY)
    assert record.headers["content-type"] == "text/html"
    assert record.body.decode() == "通知"
    assert read_record(tmp_path, places[2]).body == b""


def test_plain_warcio_reads_the_file_and_its_digests_hold(tmp_path: Path) -> None:
    places = write(tmp_path, [b"one", b"two"])
    with (tmp_path / places[0].file).open("rb") as file:
        found = []
        for record in ArchiveIterator(file, check_digests="raise"):
            found.append(
                (
                    record.rec_type,
                    record.rec_headers.get_header("WARC-Target-URI"),
                    record.content_stream().read(),
                )
            )
    assert [one[0] for one in found] == ["warcinfo", "response", "response"]
    assert found[1:] == [("response", URL, b"one"), ("response", URL, b"two")]


def test_each_record_is_its_own_gzip_member_at_its_offset(tmp_path: Path) -> None:
    places = write(tmp_path, [b"one", b"two"])
    raw = (tmp_path / places[0].file).read_bytes()
    assert places[0].offset + places[0].length == places[1].offset
    assert b"\r\n\r\ntwo" in gzip.decompress(raw[places[1].offset :])


def test_a_resource_keeps_its_bytes_and_media_type(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "import-1", FixedClock(DAY)) as writer:
        place = writer.write_resource("import:line 1", "application/json", b'{"id": 1}', DAY)
    record = read_record(tmp_path, place)
    assert (record.body, record.headers["content-type"], record.status) == (
        b'{"id": 1}',
        "application/json",
        200,
    )


def test_a_stored_content_encoding_is_undone_on_reading(tmp_path: Path) -> None:
    headers = [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("Content-Length", "3")]
    with ArchiveWriter(tmp_path, "run-1", FixedClock(DAY)) as writer:
        packed = writer.write_response(URL, 200, headers, gzip.compress(b"page"), DAY)
        unpacked_by_crawler = writer.write_response(URL, 200, headers, b"page", DAY)
        cut_by_server = writer.write_response(URL, 200, headers, gzip.compress(b"page")[:-9], DAY)
    assert read_record(tmp_path, packed).body == b"page"
    assert read_record(tmp_path, unpacked_by_crawler).body == b"page"
    assert read_record(tmp_path, cut_by_server).body.startswith(b"\x1f\x8b")


def test_a_header_cannot_smuggle_a_line(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "run-1", FixedClock(DAY)) as writer:
        place = writer.write_response("http://a.example/\r\nX: 1", 200, [("X-A", "1\r\nX-B: 2")], b"", DAY)
    record = read_record(tmp_path, place)
    assert record.headers == {"x-a": "1 X-B: 2"}
    assert record.url == "http://a.example/%0D%0AX:%201"


def test_files_roll_at_their_size_and_never_share_a_name(tmp_path: Path) -> None:
    places = write(tmp_path, [b"a" * 10, b"b" * 10], roll_at=1)
    again = write(tmp_path, [b"c"])
    names = [place.file for place in (*places, *again)]
    assert names == [f"2026-06/run-1-000{number}.warc.gz" for number in (1, 2, 3)]


def test_a_torn_tail_is_cut_back_to_the_committed_end(tmp_path: Path) -> None:
    places = write(tmp_path, [b"one", b"two"])
    file = tmp_path / places[0].file
    committed = places[1].offset
    with file.open("r+b") as handle:
        handle.truncate(committed + 7)
    assert cut_torn_tail(tmp_path, places[0].file, committed) == 7
    assert cut_torn_tail(tmp_path, places[0].file, committed) == 0
    assert read_record(tmp_path, places[0]).body == b"one"
    with pytest.raises(DamagedRecord, match="no readable record"):
        read_record(tmp_path, places[1])


def test_a_file_without_a_committed_record_is_removed(tmp_path: Path) -> None:
    places = write(tmp_path, [b"one"])
    assert cut_torn_tail(tmp_path, places[0].file, 0) > 0
    assert not (tmp_path / places[0].file).exists()
    assert cut_torn_tail(tmp_path, places[0].file, 0) == 0


def test_a_record_that_unpacks_too_large_is_refused(tmp_path: Path) -> None:
    place = write(tmp_path, [b"0" * 1_000_000])[0]
    with pytest.raises(DamagedRecord, match="more than 10000 bytes"):
        read_record(tmp_path, place, max_bytes=10_000)


def test_a_bomb_inside_the_body_is_refused(tmp_path: Path) -> None:
    with ArchiveWriter(tmp_path, "run-1", FixedClock(DAY)) as writer:
        bomb = gzip.compress(b"0" * 3_000_000)
        place = writer.write_response(URL, 200, [("Content-Encoding", "gzip")], bomb, DAY)
    with pytest.raises(DamagedRecord, match="unpacks to more"):
        read_record(tmp_path, place, max_bytes=1_000_000)


def test_a_place_outside_the_archive_or_off_by_a_byte_is_named(tmp_path: Path) -> None:
    place = write(tmp_path / "archive", [b"one"])[0]
    (tmp_path / "secret").write_bytes(zlib.compress(b"x"))
    for wrong in (
        replace(place, file="../secret"),
        replace(place, offset=place.offset + 1),
        replace(place, length=place.length + 50),
        replace(place, length=-1),
    ):
        with pytest.raises(DamagedRecord, match="no readable record"):
            read_record(tmp_path / "archive", wrong)


def test_every_digest_holds_for_other_tools_whatever_the_server_packed(tmp_path: Path) -> None:
    packed = gzip.compress("通知".encode())
    said = [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("Content-Length", "9")]
    with ArchiveWriter(tmp_path, "run-1", FixedClock(DAY)) as writer:
        place = writer.write_response(URL, 200, said, packed, DAY, "192.0.2.7")
        writer.write_response(URL, 200, said, b"stored unpacked", DAY)
        writer.write_response(URL, 200, [("Content-Encoding", "br")], b"", DAY)
        writer.write_resource("import://a/1", "", b"{}", DAY)
    found = []
    with (tmp_path / place.file).open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            assert record.rec_headers.get_header("WARC-Block-Digest")
            found.append((record.rec_type, record.content_stream().read()))
    assert [body for _, body in found[1:]] == ["通知".encode(), b"stored unpacked", b"", b"{}"]
    assert check([str(tmp_path / place.file)]) == 0
    with (tmp_path / place.file).open("rb") as file:
        info, first = list(islice(ArchiveIterator(file), 2))
    assert first.rec_headers.get_header("WARC-IP-Address") == "192.0.2.7"
    assert first.rec_headers.get_header("WARC-Warcinfo-ID") == info.rec_headers.get_header("WARC-Record-ID")


def test_fastwarc_reads_the_file_too(tmp_path: Path) -> None:
    fastwarc = pytest.importorskip("fastwarc.warc", reason="FastWARC is not installed")
    file = write(tmp_path, [b"one", b"two"])[0].file
    with (tmp_path / file).open("rb") as handle:
        records = [
            (record.headers["WARC-Type"], record.verify_block_digest())
            for record in fastwarc.ArchiveIterator(handle, parse_http=False)
        ]
    assert records == [("warcinfo", True), ("response", True), ("response", True)]


def test_a_header_keeps_the_bytes_its_server_sent(tmp_path: Path) -> None:
    name = 'attachment; filename="通知.pdf"'
    said = [("Content-Disposition", name.encode().decode("latin-1")), ("X-Zh", "通")]
    with ArchiveWriter(tmp_path, "run-1", FixedClock(DAY)) as writer:
        places = [writer.write_response(URL, 200, [one], b"", DAY) for one in said]
    sent, ours = (read_record(tmp_path, place).headers for place in places)
    assert (sent["content-disposition"], ours["x-zh"]) == (name, "通")


def test_a_body_of_several_gzip_members_is_read_whole(tmp_path: Path) -> None:
    body = gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0"
    with ArchiveWriter(tmp_path, "run-1", FixedClock(DAY)) as writer:
        place = writer.write_response(URL, 200, [("Content-Encoding", "gzip")], body, DAY)
    assert read_record(tmp_path, place).body == b"one two"
