"""Whatever the bytes are: every reader of files ends soon, with a status and named problems."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.extraction.files import _NESTED, _READERS, read_file
from crawlers.extraction.sniff import sniff
from crawlers.sample_sites.files import docx_bytes, pdf_bytes
from tests.extraction.make_office import odf, pptx, shape, slide, table, zipped
from tests.extraction.make_ole import presentation

STATUSES = {"text", "no_text_layer", "encrypted", "damaged", "empty", "unsupported", "too_large"}
RTF = (
    rb"{\rtf1\ansicpg936{\fonttbl{\f0\fcharset134 S;}}"
    rb"\trowd\intbl \'d4\'c6\cell b\cell\row\pard\u20113?x\par}"
)
MAIL = (
    b"From: a@b.example\r\nTo: c@d.example\r\nDate: Mon, 1 Jun 2026 09:00:00 +0800\r\n"
    b"Subject: =?utf-8?B?5rWL?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    b"--x\r\n\r\ntext\r\n--x\r\n"
    b"Content-Disposition: attachment; filename=a.csv\r\n\r\na,b\r\n--x--\r\n"
)
SOUND = {
    "pdf": pdf_bytes("题", ("第一条 每月检查一次。", "1 2 3", "4 5 6")),
    "docx": docx_bytes("题", ("第一条",)),
    "pptx": pptx({"a": slide(shape("题", "title"), table((("a", "b"), ("c", "1"))))}, ["a"], {"a": "备注"}),
    "odf": odf("text", "<text:p>题</text:p><table:table><table:table-row/></table:table>"),
    "zip": zipped({"a.txt": "字", "b.docx": docx_bytes("题", ("第一条",)), "c.zip": zipped({"d.txt": "x"})}),
    "rtf": RTF,
    "eml": MAIL,
    "ole": presentation([("题", "正文")], "备注"),
}


@pytest.fixture(autouse=True)
def _no_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("GOVBRIEF_OCR", "off")


def status(body: bytes, kind: str) -> str:
    read = read_file(body, kind, "").attachment
    assert read is not None
    assert len(read.text.split("\n")) >= 1
    return read.status


@pytest.mark.parametrize("kind", sorted(SOUND))
def test_sound_samples_are_recognised_and_read(kind: str) -> None:
    assert sniff(SOUND[kind]) == kind
    assert status(SOUND[kind], kind) in ("text", "no_text_layer")


@pytest.mark.parametrize("kind", sorted(SOUND))
def test_damaged_bytes_end_with_a_status(kind: str) -> None:
    draw = random.Random(kind)
    for _ in range(25):
        body = bytearray(SOUND[kind])
        for _ in range(draw.randint(1, 12)):
            body[draw.randrange(len(body))] = draw.randrange(256)
        cut = bytes(body[: draw.randint(1, len(body))]) if draw.random() < 0.4 else bytes(body)
        assert status(cut, kind) in STATUSES


@settings(max_examples=40, deadline=None)
@given(
    body=st.binary(min_size=1, max_size=600), kind=st.sampled_from(sorted({*_READERS, *_NESTED} - {"image"}))
)
def test_random_bytes_end_with_a_status(body: bytes, kind: str) -> None:
    assert status(body, kind) in STATUSES


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{\\rtf1" + b"{\\b" * 200_000, "rtf"),
        (b"{\\rtf1" + b"\\'d4" * 300_000, "rtf"),
        (b"{\\rtf1\\bin99999999999 x}", "rtf"),
        (b"From: a\nTo: b\nDate: c\n" + b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 3_000, "eml"),
        (b"Subject: " + b"=?utf-8?B?" * 50_000 + b"\n\nx", "eml"),
        (odf("text", "<text:span>" * 250 + "x" + "</text:span>" * 250), "odf"),
        (zipped({f"{at}/": b"" for at in range(5_100)}), "zip"),
        (zipped({"content.xml": b"<a>" * 300_000, "mimetype": b""}), "odf"),
    ],
)
def test_endless_nesting_ends_soon(body: bytes, kind: str) -> None:
    begin = time.process_time()
    assert status(body, kind) in STATUSES
    assert time.process_time() - begin < 5
