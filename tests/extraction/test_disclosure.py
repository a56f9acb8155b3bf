"""Disclosure tables in their builds: empty cells stay empty, rows of labels, labels in pieces, days."""

from __future__ import annotations

from datetime import date

import pytest

from crawlers.extraction.disclosure import read_disclosure
from crawlers.extraction.read import read_capture
from tests.extraction.helpers import capture, source
from warehouse.records import Document

FILLED = {"索引号": "XS-2026-7", "发文机关": "云河省水利厅", "主题分类": "水利"}
TEXT = "<p>各有关单位：</p><p>现将管理办法印发给你们，请认真贯彻执行，执行中的问题及时报告。</p>"


def read(markup: str) -> dict[str, str]:
    return {value.field: value.value for value in read_disclosure(f"<body>{markup}</body>").values}


def document(markup: str) -> Document:
    card = capture("http://a.example/n/7.html", role="detail")
    page = f"<html><body><h1>关于印发水库管理办法的通知</h1>{markup}</body></html>"
    return read_capture(card, page.encode(), source("generic")).documents[0]


# How a table is opened and closed, and one cell of it.
BUILDS = {
    "list items": ("<ul>", "<li><b>{0}：</b>{1}</li>", "</ul>"),
    "ordered items": ("<ol>", "<li><b>{0}：</b>{1}</li>", "</ol>"),
    "divs with em": ("<div class='xx'>", "<div><em>{0}：</em>{1}</div>", "</div>"),
    "bare divs": ("", "<div>{0}：{1}</div>", ""),
    "pairs of divs": ("<div class='t'>", "<div class='l'>{0}</div><div class='v'>{1}</div>", "</div>"),
    "rows of divs": ("<div>", "<div class='r'><div>{0}：</div><div>{1}</div></div>", "</div>"),
    "divs in columns": ("<div>", "<div><div>{0}</div></div><div><div>{1}</div></div>", "</div>"),
    "paragraphs": ("", "<p>{0}：{1}</p>", ""),
    "lines": ("<div>", "{0}：{1}<br>", "</div>"),
    "loose lines": ("", "{0}：{1}<br>", ""),
    "spans": ("<ul>", "<li><span>{0}</span><span>{1}</span></li>", "</ul>"),
    "items in pairs": ("<ul>", "<li>{0}：</li><li>{1}</li>", "</ul>"),
    "definitions": ("<dl>", "<dt>{0}</dt><dd>{1}</dd>", "</dl>"),
    "definitions, bare": ("", "<dl><dt>{0}：</dt>{1}</dl>", ""),
    "table": ("<table>", "<tr><td>{0}</td><td>{1}</td></tr>", "</table>"),
    "table with paragraphs": ("<table>", "<tr><td><p>{0}</p></td><td><p>{1}</p></td></tr>", "</table>"),
    "one cell a row": ("<table>", "<tr><td>{0}：{1}</td></tr>", "</table>"),
}
BODIES = {
    "paragraphs": f'<div id="zoom">{TEXT}</div>',
    "in a wrapper": f'<div class="w"><div id="zoom">{TEXT}</div></div>',
    "bare": '<div id="zoom">各有关单位：<br>现将管理办法印发给你们。</div>',
    "table": '<table><tr><td id="zoom"><p>各有关单位：</p></td></tr></table>',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
@pytest.mark.parametrize("last", ["有效性", "文号", "主题词", "发布日期"])
@pytest.mark.parametrize("build", BUILDS.values(), ids=BUILDS.keys())
def test_an_empty_last_cell_does_not_take_the_first_line_of_the_document(
    build: tuple[str, str, str], last: str, body: str
) -> None:
    opened, cell, closed = build
    cells = "".join(cell.format(*pair) for pair in {**FILLED, last: ""}.items())
    assert read(opened + cells + closed + body) == {
        "index_number": "XS-2026-7",
        "issuer": "云河省水利厅",
        "topic": "水利",
    }


@pytest.mark.parametrize("empty", list(FILLED))
@pytest.mark.parametrize("build", BUILDS.values(), ids=BUILDS.keys())
def test_an_empty_cell_inside_the_table_is_empty_and_the_others_are_read(
    build: tuple[str, str, str], empty: str
) -> None:
    opened, cell, closed = build
    values = {**FILLED, "有效性": "有效", "文号": "云水发〔2026〕3号"}
    cells = "".join(cell.format(*pair) for pair in {**values, empty: ""}.items())
    got = read(opened + cells + closed + BODIES["paragraphs"])
    assert sorted(got.values()) == sorted(value for key, value in values.items() if key != empty)


HEAD = ("索引号", "文号", "发文机关", "发布日期")
BELOW = ("XS-2026-7", "云水发〔2026〕3号", "云河省水利厅", "2026-05-06")


def rows(head: tuple[str, ...], below: tuple[str, ...], tag: str = "th", cell: str = "{}") -> str:
    first = "".join(f"<{tag}>{cell.format(one)}</{tag}>" for one in head)
    second = "".join(f"<td>{cell.format(one)}</td>" for one in below)
    return f"<table><tr>{first}</tr><tr>{second}</tr></table>{BODIES['paragraphs']}"


@pytest.mark.parametrize("tag", ["th", "td"])
@pytest.mark.parametrize("cell", ["{}", "<p>{}</p>", "<span>{}</span>"])
def test_a_row_of_labels_names_the_values_of_the_row_below(tag: str, cell: str) -> None:
    got = read(rows(HEAD, BELOW, tag, cell))
    assert tuple(got[key] for key in ("index_number", "doc_number", "issuer", "published")) == BELOW
    gap = read(rows(HEAD, ("XS-2026-7", "", "云河省水利厅", ""), tag, cell))
    assert gap == {"index_number": "XS-2026-7", "issuer": "云河省水利厅"}


def test_a_label_that_nobody_knows_keeps_its_column() -> None:
    got = read(rows((*HEAD[:2], "备注", *HEAD[2:]), (*BELOW[:2], "无", *BELOW[2:])))
    assert tuple(got[key] for key in ("index_number", "doc_number", "issuer", "published")) == BELOW


@pytest.mark.parametrize("mark", ["span", "b", "em", "font"])
@pytest.mark.parametrize("form", ["<li>{0}：{1}</li>", "<li>{0} <i>{1}</i></li>", "<p>{0}</p><p>{1}</p>"])
def test_labels_whose_characters_stand_in_elements_of_their_own(form: str, mark: str) -> None:
    values = {**FILLED, "文号": "云水发〔2026〕3号", "有效性": "有效"}
    cells = (
        form.format("".join(f"<{mark} class='c'>{char}</{mark}>" for char in label), value)
        for label, value in values.items()
    )
    assert list(read("".join(cells)).values()) == list(values.values())


@pytest.mark.parametrize("label", ["成文日期", "生成日期", "印发日期", "施行日期", "失效时间", "更新时间"])
@pytest.mark.parametrize("form", ["<li>{0}：{1}</li>", "<tr><td>{0}：</td><td>{1}</td></tr>"])
def test_another_day_than_that_of_publication_is_not_taken_for_it(form: str, label: str) -> None:
    told = {"索引号": "XS-2026-7", "发文机关": "云河省水利厅", "信息来源": "云河省", label: "2026年04月30日"}
    cells = "".join(form.format(*pair) for pair in told.items())
    wrapped = f"<table>{cells}</table>" if "<tr>" in form else f"<ul>{cells}</ul>"
    one = document(wrapped + BODIES["paragraphs"])
    assert one.published is None
    assert one.written == (date(2026, 4, 30) if label in ("成文日期", "生成日期", "印发日期") else None)


@pytest.mark.parametrize(
    "line",
    [
        "时间：2026-05-06",
        "来源：云河网 时间：2026-05-06",
        "来源：云河网时间：2026-05-06",
        "发布时间：2026-05-06",
        "成文日期：2026-04-30 发布日期：2026-05-06",
        "更新时间：2026-05-09 日期：2026-05-06",
    ],
)
def test_the_day_of_a_source_line_is_read(line: str) -> None:
    assert document(f"<div>{line} 来源：云河网</div>{BODIES['paragraphs']}").published == date(2026, 5, 6)
