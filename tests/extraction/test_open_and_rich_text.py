"""OpenDocument and Rich Text files: paragraphs, tables, code pages, nothing that is not shown."""

from __future__ import annotations

import pytest

from crawlers.extraction.odf import read_odf
from crawlers.extraction.rtf import read_rtf
from crawlers.extraction.sniff import sniff
from tests.extraction.make_office import odf, zipped
from warehouse.places import Spot, spot_of


def cell(words: str, more: str = "") -> str:
    return f"<table:table-cell{more}><text:p>{words}</text:p></table:table-cell>"


def test_a_text_gives_paragraphs_and_table_rows_in_order() -> None:
    rows = f"<table:table-row>{cell('机构')}{cell('床位')}</table:table-row>"
    rows += f"<table:table-row>{cell('澜江福利院')}{cell('320')}</table:table-row>"
    body = odf(
        "text",
        f"<text:h>关于<text:s text:c='2'/>检查的通知</text:h><table:table>{rows}</table:table>"
        "<text:tracked-changes><text:p>删去的</text:p></text:tracked-changes>"
        "<text:list><text:list-item><text:p>一、<text:span>每月</text:span>检查</text:p></text:list-item></text:list>",
    )
    read = read_odf(body).text
    assert sniff(body) == "odf"
    assert read.text == "关于 检查的通知\n机构\t床位\n澜江福利院\t320\n一、每月检查"
    assert spot_of(read.places, 2) == Spot(table=1, row=2, head=1)


def test_a_sheet_keeps_its_row_numbers_and_hidden_ones_are_marked() -> None:
    styles = "<style:style style:name='h'><style:table-properties table:display='false'/></style:style>"
    first = "<table:table-row table:number-rows-repeated='1000000'><table:table-cell/></table:table-row>"
    rows = f"<table:table-row>{cell('市')}{cell('数')}</table:table-row>{first}"
    rows += f"<table:table-row>{cell('石桥县')}{cell('1,200')}</table:table-row>"
    row = f"<table:table-row>{cell('x')}</table:table-row>"
    hidden = f"<table:table table:name='底稿' table:style-name='h'>{row}</table:table>"
    read = read_odf(
        odf("spreadsheet", f"<table:table table:name='汇总'>{rows}</table:table>{hidden}", styles)
    )
    assert read.text.text.split("\n") == ["汇总", "市\t数", "石桥县\t1,200", "底稿 [隐藏 hidden]", "x"]
    assert spot_of(read.text.places, 2) == Spot(sheet=0, row=1_000_002, head=1)
    assert [one.code for one in read.problems] == ["hidden-sheets"]


def test_a_locked_or_hostile_opendocument_file_has_a_named_status() -> None:
    locked = zipped({"mimetype": "x", "META-INF/manifest.xml": "<m:encryption-data/>", "content.xml": "?"})
    evil = zipped({"content.xml": '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'})
    bomb = zipped({"content.xml": b"0" * 70_000_000})
    statuses = [read_odf(body).text.status for body in (locked, evil, bomb, b"PK\x03\x04")]
    assert statuses == ["encrypted", "damaged", "too_large", "damaged"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"{\rtf1\ansi\ansicpg936 \'d4\'c6\'ba\'d3\par \'b5\'da2\'d2\'b3}", "云河\n第2页"),
        (
            rb"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset134 S;}}\f0 caf\'e9 \f1 \'d4\'c6\f0  ok}",
            "café 云 ok",
        ),
        (rb"{\rtf1\uc2\u20113??\u27827\'b0\'b1 x}", "云河 x"),
        (rb"{\rtf1\u-10179?\u-8704?}", "\U0001f600"),
        (rb"{\rtf1{\fonttbl{\f0\fcharset204 A;}}\f0\'cf\'f0\'e8\'e2\'e5\'f2}", "Привет"),
        (
            rb"{\rtf1 a{\pict\pngblip 89504e47}b{\*\generator x}c{\object{\objdata 0105}{\result shown}}}",
            "abcshown",
        ),
        (
            rb"{\rtf1 a{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}{\v secret}\emdash\~b\{\}\\}",
            "alink— b{}\\",
        ),
        (rb"{\rtf1 a\bin4 {{{{b}", "ab"),
        (rb"{\rtf1{\header H}{\info{\title T}}Text{\footnote note}\par}", "Text\nnote"),
        (rb"{\rtf1{\upr{?}{\*\ud{\u20113?}}}}", "云"),
    ],
)
def test_rich_text_is_read_in_every_code_page(body: bytes, text: str) -> None:
    assert read_rtf(body).text.text == text


def test_rows_of_rich_text_are_rows_with_their_headings() -> None:
    head, row = (
        rb"\trowd\cellx1\cellx2\pard\intbl %s\cell %s\cell\row" % pair
        for pair in ((b"Name", b"Beds"), (b"North\\par House", b"320"))
    )
    read = read_rtf(b"{\\rtf1 Before\\par " + head + row + b"\\pard After\\par}").text
    assert read.text == "Before\nName\tBeds\nNorth House\t320\nAfter"
    assert spot_of(read.places, 2) == Spot(table=1, row=2, head=1)


def test_endless_or_cut_rich_text_is_named() -> None:
    assert read_rtf(b"{\\rtf1" + b"{" * 100_000).text.status == "damaged"
    cut = read_rtf(b"{\\rtf1 The notice says")
    assert (cut.text.status, cut.text.text, cut.problems[0].code) == (
        "text",
        "The notice says",
        "damaged-file",
    )
