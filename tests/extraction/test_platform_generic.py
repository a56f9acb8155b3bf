"""Pages of the national meta standard with disclosure tables of every build, the site unknown."""

from __future__ import annotations

from datetime import date

import pytest

from crawlers.extraction.read import read_capture
from tests.extraction.helpers import capture, source
from warehouse.records import Document

URL = "http://a.example/zwgk/public/6610/1042.html"
TEXT = (
    "<p>各县（市、区）人民政府，市政府各部门：</p><p>为进一步减少办事环节，经市政府同意，现就有关事项通知如下。</p>"
    "<p>一、申请材料由五项减为三项。</p><p>二、本通知自印发之日起施行。</p>"
)
META = {
    "SiteName": "青禾市人民政府",
    "SiteDomain": "a.example",
    "SiteIDCode": "9901000004",
    "ColumnName": "政策文件",
    "ColumnType": "信息公开",
    "ArticleTitle": "关于减少办事环节的通知",
    "PubDate": "2026-05-06 09:10:00",
    "ContentSource": "青禾市人民政府办公室",
    "Keywords": "办事环节,减少",
    "Description": "",
}
LABELS = {
    "索 引 号": "990100004/2026-00042",
    "主题分类": "综合政务",
    "发文机关": "青禾市人民政府办公室",
    "成文日期": "2026年04月30日",
    "标　　题": "关于减少办事环节的通知",
    "发文字号": "青政办发〔2026〕12号",
    "发布日期": "2026年05月06日",
    "有 效 性": "有效",
}


def nbsp(label: str) -> str:
    return label.replace(" ", "&nbsp;&nbsp;")


def tags(swapped: bool = False, quote: str = '"', case: str = "") -> str:
    def tag(name: str, value: str) -> str:
        shown = name.lower() if case == "lower" else name.upper() if case == "upper" else name
        parts = [f"name={quote}{shown}{quote}", f"content={quote}{value}{quote}"]
        return f"<meta {' '.join(reversed(parts) if swapped else parts)}>"

    return "".join(tag(name, value) for name, value in META.items())


def pairs_in_rows() -> str:
    items = list(LABELS.items())
    rows = [items[at : at + 2] for at in range(0, len(items), 2)]
    cells = ("".join(f"<td class=t>{nbsp(k)}：</td><td>{v}</td>" for k, v in row) for row in rows)
    return f"<table class='xxgk_table'>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


TABLES = {
    "table, two pairs a row": pairs_in_rows(),
    "table, a pair a row": "<table>"
    + "".join(f"<tr><th>{nbsp(k)}</th><td>{v}</td></tr>" for k, v in LABELS.items())
    + "</table>",
    "table, label and value in one cell": "<table><tr>"
    + "".join(f"<td><b>{nbsp(k)}:</b> {v}</td>" for k, v in LABELS.items())
    + "</tr></table>",
    "dl": "<dl>" + "".join(f"<dt>{nbsp(k)}：</dt><dd>{v}</dd>" for k, v in LABELS.items()) + "</dl>",
    "dl per pair": "".join(f"<dl><dt>【{k}】</dt><dd>{v}</dd></dl>" for k, v in LABELS.items()),
    "li": "<ul>" + "".join(f"<li><strong>{nbsp(k)}：</strong>{v}</li>" for k, v in LABELS.items()) + "</ul>",
    "li with spans": "<ul>"
    + "".join(f"<li><span>{k}</span><span>{v}</span></li>" for k, v in LABELS.items())
    + "</ul>",
    "div": "".join(f"<div><label>{nbsp(k)}：</label><em>{v}</em></div>" for k, v in LABELS.items()),
}


def page(head: str, table: str, body: str = TEXT) -> bytes:
    shown = f"<h1>{META['ArticleTitle']}</h1><div class='article_content'>{body}</div>"
    menu = "<ul class='nav'><li><a href='/'>首页</a></li><li><a href='/zwgk/'>政务公开</a></li></ul>"
    title = f"<title>{META['ArticleTitle']}_青禾市人民政府</title>"
    return f"<html><head>{title}{head}</head><body>{menu}{table}{shown}</body></html>".encode()


def read(body: bytes) -> Document:
    return read_capture(capture(URL, role="detail"), body, source("generic")).documents[0]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_a_disclosure_table_of_any_build_is_read_and_kept_out_of_the_text(table: str) -> None:
    one = read(page(tags(), table))
    assert (one.index_number, one.doc_number, one.issuer) == (
        "990100004/2026-00042",
        "青政办发〔2026〕12号",
        "青禾市人民政府办公室",
    )
    assert (one.written, one.published, one.validity) == (date(2026, 4, 30), date(2026, 5, 6), "有效")
    assert (one.title, one.topics) == ("关于减少办事环节的通知", ("综合政务",))
    assert len(one.paragraphs) == 4
    assert not any("索" in line for line in one.paragraphs)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_a_table_inside_the_container_is_no_text_either(table: str) -> None:
    one = read(page(tags(), "", table + TEXT))
    assert (one.index_number, one.doc_number) == ("990100004/2026-00042", "青政办发〔2026〕12号")
    assert [line[:2] for line in one.paragraphs] == ["各县", "为进", "一、", "二、"]


@pytest.mark.parametrize(
    "head",
    [tags(), tags(swapped=True), tags(quote="'"), tags(case="lower"), tags(swapped=True, case="upper")],
)
def test_meta_tags_are_read_in_any_order_case_and_quotes(head: str) -> None:
    one = read(page(head, ""))
    assert (one.title, one.published, one.issuer) == (
        "关于减少办事环节的通知",
        date(2026, 5, 6),
        "青禾市人民政府办公室",
    )
    said = {origin.field: origin.value for origin in one.origins if origin.chosen}
    assert (said["site_code"], said["site_name"], said["column"]) == (
        "9901000004",
        "青禾市人民政府",
        "政策文件",
    )


def test_empty_tags_and_labels_without_a_value_say_nothing() -> None:
    head = tags().replace(META["ContentSource"], "").replace(META["PubDate"], " ")
    table = pairs_in_rows().replace(LABELS["发文字号"], "").replace(LABELS["有 效 性"], "&nbsp;")
    one = read(page(head, table))
    assert (one.doc_number, one.validity, one.issuer) == (None, None, "青禾市人民政府办公室")
    assert one.published == date(2026, 5, 6)


@pytest.mark.parametrize("number", ["无", "-", "暂无", "/"])
def test_the_words_for_no_number_are_no_number(number: str) -> None:
    assert read(page(tags(), pairs_in_rows().replace(LABELS["发文字号"], number))).doc_number is None


def test_a_list_of_pages_with_tables_is_no_table() -> None:
    rows = "".join(f"<li><a href='/x/{n}.html'>关于第{n}件事的通知</a> 索引号：XS-{n}</li>" for n in range(5))
    one = read(page(tags(), f"<ul>{rows}</ul>"))
    assert one.index_number in (None, "XS-0")
    assert (one.title, len(one.paragraphs)) == ("关于减少办事环节的通知", 4)
