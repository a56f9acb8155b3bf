"""Whatever a site sends ends as a document, list, feed, attachment, challenge or a named problem."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.extraction.read import read_capture
from tests.extraction.helpers import capture, source

ARTICLE = "<html><body><div id='zoom'>{}</div></body></html>"
TAGS = [
    "<div>",
    "</div>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<p>",
    "<pre>\n",
    "<!--",
    "-->",
    '"',
]
PIECES = [*TAGS, "索引号：", "2026年5月1日", "通知", "<a href=t20260501_1.html>"]
LONG = "<p>各有关单位应当按照职责分工认真组织实施，并于每季度末书面报送进展情况。</p>" * 5


def codes(body: bytes, url: str = "http://a.example/x", **card: object) -> tuple[str, list[str]]:
    read = read_capture(capture(url, **card), body, None)  # type: ignore[arg-type]
    return read.kind, [problem.code for problem in read.problems]


def test_empty_page() -> None:
    assert codes(b"") == ("unreadable", ["empty-page"])
    assert codes(b"\n \x00") == ("unreadable", ["empty-page"])


def test_empty_file_is_an_attachment_without_text() -> None:
    assert codes(b"", "http://a.example/f.pdf") == ("attachment", ["empty-file"])


def test_twenty_megabytes_of_page_are_not_read() -> None:
    assert codes(b"<html><p>" + b"x" * 20_000_000) == ("unreadable", ["too-large"])


def test_truncated_gzip_is_named_and_a_whole_one_is_read() -> None:
    packed = gzip.compress(ARTICLE.format("<h1>关于检查的通知</h1>" + LONG).encode() * 40)
    assert codes(packed[: len(packed) // 2]) == ("unreadable", ["truncated-gzip"])
    assert codes(packed)[0] == "document"


def test_gzip_bomb_is_too_large() -> None:
    assert codes(gzip.compress(b"0" * 80_000_000)) == ("unreadable", ["too-large"])


def test_binary_garbage_is_an_unsupported_file() -> None:
    assert codes(bytes(range(256)) * 50) == ("attachment", ["unsupported"])


def test_a_hundred_thousand_nested_divs_are_refused_at_once() -> None:
    deep = b"<html><body>" + b"<div>" * 100_000 + b"text" + b"</div>" * 100_000
    assert codes(deep) == ("unreadable", ["too-deep"])


def test_deeply_nested_tables_are_read_in_linear_time() -> None:
    nest = "<table><tr><td>" * 500 + LONG + "</td></tr></table>" * 500
    read = read_capture(capture(), ARTICLE.format("<h1>关于检查的通知</h1>" + nest).encode(), None)
    assert read.kind == "document"
    assert sum("职责分工" in line for line in read.documents[0].paragraphs) == 5


def test_a_huge_table_keeps_its_rows() -> None:
    rows = "".join(f"<tr><td>第{n}行</td><td>{n * 7}</td><td>备注</td></tr>" for n in range(20_000))
    read = read_capture(capture(), ARTICLE.format(f"<h1>统计表公布</h1><table>{rows}</table>").encode(), None)
    assert read.documents[0].paragraphs[-1] == "第19999行\t139993\t备注"


@pytest.mark.parametrize(("status", "code"), [(404, "gone"), (410, "gone"), (500, "http-error")])
def test_an_error_answer_is_no_document(status: int, code: str) -> None:
    body = ARTICLE.format(LONG * 3).encode()
    assert codes(body, status=status) == ("unreadable", [code])


def test_a_protection_page_is_a_challenge_by_status_or_by_its_script() -> None:
    script = b"<html><script>document.cookie='a=b';location.reload()</script></html>"
    assert codes(script, status=412) == ("challenge", ["challenge"])
    assert codes(script) == ("challenge", ["challenge"])
    assert codes(b"<html><title>probe</title></html>", status=200) == ("challenge", ["challenge"])


def test_values_are_plain_text_without_control_or_direction_characters() -> None:
    body = ARTICLE.format(
        "<h1>关于\u202e检查\x07的\u200b通知&#8238;</h1>" + LONG + "<p>a\x00b\u2066c</p>"
    ).encode()
    document = read_capture(capture(), body, None).documents[0]
    everything = document.title + "".join(document.paragraphs)
    assert document.title == "关于检查的通知"
    assert all(char.isprintable() or char == "\t" for char in everything)


def test_markup_in_text_stays_text() -> None:
    body = ARTICLE.format("<h1>关于&lt;script&gt;的通知</h1>" + LONG + "<p>1 &lt; 2 &amp; 3</p>").encode()
    document = read_capture(capture(), body, None).documents[0]
    assert document.title == "关于<script>的通知"
    assert document.paragraphs[-1] == "1 < 2 & 3"


def test_damaged_json_is_named() -> None:
    assert codes(b'{"a": [1, 2', media_type="application/json", role="api") == ("list", ["damaged-json"])


def test_a_source_selector_decides_the_body() -> None:
    page = "<html><body><div id='zoom'>{0}</div><div class='own'><h1>标题一二三四</h1>"
    page += "<p>这是本站自己的正文容器。</p></div></body></html>"
    row = source("generic", fields={"body": ".own p"})
    read = read_capture(capture(), page.format(LONG).encode(), row)
    assert read.documents[0].paragraphs == ("这是本站自己的正文容器。",)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2_000))
def test_no_bytes_raise(body: bytes) -> None:
    assert read_capture(capture(), body, None).kind


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=80))
def test_no_markup_raises(parts: list[str]) -> None:
    read = read_capture(capture(), ("<html>" + "".join(parts)).encode(), None)
    assert "reader-failed" not in [problem.code for problem in read.problems]


MISSING = "<div>首页 政务公开</div><h1>页面不存在</h1><p>您访问的页面不存在或已删除，5秒后返回首页。</p>"


@pytest.mark.parametrize(
    "page",
    [
        f"<html><title>页面不存在-石桥县人民政府门户网站</title><body>{MISSING}</body></html>",
        "<html><title>石桥县</title><body><h2>对不起，您访问的页面不存在！</h2></body></html>",
        "<html><title>404 Not Found</title><body>nginx</body></html>",
        "<html><title>Page not found | Meridian</title><body><p>Try the search.</p></body></html>",
    ],
)
def test_a_page_that_says_there_is_no_page_is_gone_in_any_charset(page: str) -> None:
    for body in (page.encode(), page.encode("gb18030")):
        assert codes(body) == ("unreadable", ["gone"])


@pytest.mark.parametrize(
    "page",
    [
        f"<html><title>关于网页不存在的通报</title><body><p>{'请各单位检查链接。' * 4}</p></body></html>",
        f"<html><title>404号楼改造公告</title><body><p>{'改造工程自本月开始。' * 80}</p></body></html>",
        f"<html><title>公告</title><body><p>附件页面不存在。{'请从本页下载。' * 9}</p></body></html>",
    ],
)
def test_a_document_about_missing_pages_is_a_document(page: str) -> None:
    assert "gone" not in codes(page.encode())[1]
