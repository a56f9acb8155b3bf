"""WARC files of any tool are read record by record; damage is named by place and the rest is still read."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

import brotli
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.warehouse.make import DAY
from warehouse.archive.payload import UnusablePayload, http_answer, plain_body
from warehouse.archive.record import member, record
from warehouse.archive.stream import Damage, StoredRecord, is_warc, warc_records

LIMIT = 100_000
URLS = [f"http://a.example/{number}" for number in range(4)]


def plain_records() -> list[bytes]:
    """Four records as warcio writes them, without packing."""
    found = []
    for number, url in enumerate(URLS):
        out = io.BytesIO()
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        writer = WARCWriter(out, gzip=False)
        body = io.BytesIO(f"<p>第{number}号</p>".encode() * 300)
        writer.write_record(writer.create_warc_record(url, "response", payload=body, http_headers=head))
        found.append(out.getvalue())
    return found


def written(folder: Path, data: bytes) -> Path:
    file = folder / "file.warc"
    file.write_bytes(data)
    return file


def addresses(file: Path) -> list[str]:
    """The addresses of the records, and "damage" where there is none."""
    return [
        one.fields["warc-target-uri"] if isinstance(one, StoredRecord) else "damage"
        for one in warc_records(file, LIMIT)
    ]


def test_every_packing_of_the_same_records_reads_alike(tmp_path: Path) -> None:
    plain = b"".join(plain_records())
    shapes = {
        "plain": plain,
        "a member a record": b"".join(gzip.compress(one) for one in plain_records()),
        "one member": gzip.compress(plain),
        "odd members": b"".join(gzip.compress(plain[at : at + 500]) for at in range(0, len(plain), 500)),
        "padded": b"".join(gzip.compress(one) + b"\0" * 7 for one in plain_records()),
    }
    for name, data in shapes.items():
        file = written(tmp_path, data)
        assert is_warc(file), name
        assert addresses(file) == URLS, name


def test_the_place_of_a_record_is_where_its_member_begins(tmp_path: Path) -> None:
    members = [gzip.compress(one) for one in plain_records()]
    starts = [sum(map(len, members[:number])) for number in range(4)]
    assert [one.offset for one in warc_records(written(tmp_path, b"".join(members)), LIMIT)] == starts
    plain = plain_records()
    starts = [sum(map(len, plain[:number])) for number in range(4)]
    assert [one.offset for one in warc_records(written(tmp_path, b"".join(plain)), LIMIT)] == starts


def test_a_flipped_byte_costs_one_record(tmp_path: Path) -> None:
    for pack in (gzip.compress, bytes):
        members = [pack(one) for one in plain_records()]
        for at in range(0, len(members[1]), max(1, len(members[1]) // 40)):
            torn = bytearray(members[1])
            torn[at] ^= 0x41
            found = addresses(written(tmp_path, b"".join([members[0], bytes(torn), *members[2:]])))
            assert found[0] == URLS[0]
            assert found[-2:] == URLS[2:]
            assert len(found) <= 4


def test_a_torn_tail_is_named_and_what_came_before_is_read(tmp_path: Path) -> None:
    for pack in (gzip.compress, bytes):
        members = [pack(one) for one in plain_records()]
        whole, last = b"".join(members), len(members[3])
        for cut in (last // 3, last // 2, last - 9):
            found = list(warc_records(written(tmp_path, whole[:-cut]), LIMIT))
            assert [isinstance(one, StoredRecord) for one in found[:3]] == [True] * 3
            assert isinstance(found[3], Damage)
            assert found[3].offset == len(whole) - last
            assert "ends" in found[3].reason


def test_a_record_whose_digest_differs_is_named_and_the_next_one_follows(tmp_path: Path) -> None:
    one, *others = plain_records()
    wrong = one.replace("第0号".encode(), "第9号".encode())
    found = list(warc_records(written(tmp_path, gzip.compress(wrong + b"".join(others))), LIMIT))
    assert [type(record).__name__ for record in found] == ["Damage", *["StoredRecord"] * 3]
    assert "digest" in getattr(found[0], "reason", "")


def test_what_is_too_large_is_passed_over(tmp_path: Path) -> None:
    large = record("resource", URLS[0], "text/html", b"0" * 5_000_000, b"", DAY)
    for data in (member(large) + member(plain_records()[1]), large + plain_records()[1]):
        found = list(warc_records(written(tmp_path, data), LIMIT))
        assert "more than the 100,000" in getattr(found[0], "reason", "")
        assert getattr(found[1], "fields", {})["warc-target-uri"] == URLS[1]


@pytest.mark.parametrize("data", [b"{}\n", b"WARC", gzip.compress(b"{}", mtime=0), b"\0" * 9000])
def test_what_is_no_warc_is_told_apart_and_never_raises(tmp_path: Path, data: bytes) -> None:
    file = written(tmp_path, data)
    assert not is_warc(file)
    assert all(isinstance(one, Damage) for one in warc_records(file, LIMIT))


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b\x08", gzip.compress(b"", mtime=0)])
def test_a_file_without_any_byte_of_content_is_what_its_name_says(tmp_path: Path, data: bytes) -> None:
    file = written(tmp_path, data)
    assert is_warc(file)
    assert [one.offset for one in warc_records(file, LIMIT) if isinstance(one, Damage)] == [0]
    assert not is_warc(file.rename(tmp_path / "file.jsonl.gz"))


PAGE = "<html><p>关于印发办法的通知</p></html>".encode() * 20


def chunked(body: bytes) -> bytes:
    pieces = [body[at : at + 100] for at in range(0, len(body), 100)]
    return b"".join(b"%x;a=b\r\n%s\r\n" % (len(one), one) for one in pieces) + b"0\r\n\r\n"


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ([], PAGE),
        ([("Transfer-Encoding", "chunked")], chunked(PAGE)),
        (
            [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")],
            chunked(gzip.compress(PAGE, mtime=0)),
        ),
        (
            [("content-encoding", "x-gzip")],
            gzip.compress(PAGE[:50], mtime=0) + gzip.compress(PAGE[50:], mtime=0),
        ),
        ([("Content-Encoding", "deflate")], zlib.compress(PAGE)),
        ([("Content-Encoding", "deflate")], raw_deflate(PAGE)),
        ([("Content-Encoding", "br")], brotli.compress(PAGE)),
        ([("Content-Encoding", "gzip, br")], brotli.compress(gzip.compress(PAGE, mtime=0))),
        ([("Content-Length", str(len(PAGE)))], PAGE),
        ([("Content-Length", "none")], PAGE),
        ([("Content-Length", "9"), ("Content-Encoding", "gzip")], gzip.compress(PAGE, mtime=0)),
        # what a tool stored unpacked already, under headers that speak of packing
        ([("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")], PAGE),
        ([("Content-Encoding", "br")], PAGE),
    ],
)
def test_a_body_is_what_its_server_meant(headers: list[tuple[str, str]], body: bytes) -> None:
    assert plain_body(headers, body, LIMIT) == PAGE


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("gzip", gzip.compress(b"0" * 5_000_000, mtime=0), "more than 100,000"),
        ("deflate", zlib.compress(b"0" * 5_000_000), "more than 100,000"),
        ("br", brotli.compress(b"0" * 50_000_000, quality=1), "more than 100,000"),
        ("gzip", gzip.compress(PAGE, mtime=0)[:-9], "ends too early"),
        ("br", brotli.compress(PAGE)[:-4], "ends too early"),
        ("zstd", b"\x28\xb5\x2f\xfd", "not one that is read"),
    ],
)
def test_bombs_and_broken_bodies_are_refused_by_name(encoding: str, body: bytes, reason: str) -> None:
    with pytest.raises(UnusablePayload, match=reason):
        plain_body([("Content-Encoding", encoding)], body, LIMIT)


def test_a_body_shorter_than_its_server_said_is_refused() -> None:
    for more in ([], [("Content-Encoding", "identity")]):
        with pytest.raises(UnusablePayload, match="ends after"):
            plain_body([("Content-Length", str(len(PAGE))), *more], PAGE[:-1], LIMIT)


def test_an_answer_is_taken_apart_as_servers_write_it() -> None:
    block = b"HTTP/1.0 404 Not Found\nX-A: 1\n folded\nSet-Cookie: \xe4\n\nbody"
    assert http_answer(block) == (404, [("X-A", "1 folded"), ("Set-Cookie", "ä")], b"body")
    with pytest.raises(UnusablePayload, match="no HTTP answer"):
        http_answer(b"<html>")
