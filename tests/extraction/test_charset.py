"""The bytes decide the encoding; labels lie."""

from __future__ import annotations

import pytest

from crawlers.extraction.charset import decode, decode_named

CHINESE = (
    "<html><head><meta charset=gb2312></head><body>关于印发《养老服务办法》的通知，王喆、𠮷野</body></html>"
)


@pytest.mark.parametrize(
    "label", [None, "text/html; charset=gb2312", "text/html; charset=utf-8", "text/html"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_is_read_right_whatever_the_label_says(encoding: str, label: str | None) -> None:
    assert decode(CHINESE.encode(encoding), label) == CHINESE


def test_gbk_page_without_any_label_is_recognised() -> None:
    page = "<p>国务院办公厅关于做好政务公开工作的通知</p>"
    assert decode_named(page.encode("gbk")) == (page, "gb18030")


@pytest.mark.parametrize("label", ["text/html; charset=iso-8859-1", "text/html; charset=windows-1252", None])
def test_western_page_is_not_taken_for_chinese(label: str | None) -> None:
    page = "<p>Die Behörde prüft die Maßnahmen für Bürger – naïve café “quotes”</p>"
    assert decode(page.encode("cp1252"), label) == page


def test_utf8_bytes_declared_as_latin1_stay_utf8() -> None:
    assert decode("Bürger".encode(), "text/html; charset=iso-8859-1") == "Bürger"


def test_a_page_cut_inside_a_character_loses_only_that_character() -> None:
    assert decode("通知公告".encode()[:-1]) == "通知公"


@pytest.mark.parametrize("label", [None, "text/html; charset=utf-8", "text/html; charset=iso-8859-1"])
def test_a_gbk_page_cut_inside_a_character_stays_chinese(label: str | None) -> None:
    page = "<p>国务院办公厅关于做好政务公开工作的通知</p><p>各"
    assert decode(page.encode("gbk")[:-1], label) == page[:-1]


def test_a_stray_byte_does_not_turn_a_utf8_page_into_mojibake() -> None:
    text = decode("关于做好工作的通知".encode() * 40 + b"\xff" + "各单位".encode())
    assert text.count("关于做好工作的通知") == 40
    assert text.endswith("各单位")


def test_nothing_raises_on_garbage() -> None:
    assert isinstance(decode(bytes(range(256)) * 10, "text/html; charset=no-such"), str)
