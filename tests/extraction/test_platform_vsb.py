"""Visual SiteBuilder lists and pages from hand-made answers with the documented shapes and their traps."""

from __future__ import annotations

from datetime import date

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.detect import detect
from tests.extraction.helpers import capture, hints, source

FIRST = "http://a.example/zwgk/zbgg.htm"
ROW = (
    '<li><span>2026-05-06</span><a href="{up}info/1012/{number}.htm" title="第{number}号公告">'
    "第{number}号…</a></li>"
)


def listing(pager: str, up: str = "../") -> str:
    rows = "".join(ROW.format(up=up, number=number) for number in (45, 44))
    return f"""<html><head><script src="/_sitegray/_sitegray.js"></script></head><body><ul>{rows}</ul>
    <div class="pb_sys_common pb_sys_normal pb_sys_style1">{pager}</div></body></html>"""


def pager(following: str | None, place: str = "1/11") -> str:
    step = (
        f'<span class="p_next p_fun"><a href="{following}">下页</a></span>'
        if following is not None
        else '<span class="p_next_d p_fun_d">下页</span>'
    )
    count = '<span class="p_t">共52条</span>'
    return f'{count} <span class="p_pages">{step}</span> <span class="p_t">{place}</span>'


def vsb(body: str, url: str = FIRST) -> ListPage:
    return PLATFORMS["vsb"].parse_list(body.encode(), url, hints("vsb"))


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def test_the_next_page_is_where_the_link_leads_numbers_running_backwards() -> None:
    page = vsb(listing(pager("zbgg/10.htm")))
    assert [request.url for request in page.next] == ["http://a.example/zwgk/zbgg/10.htm"]
    later = vsb(listing(pager("9.htm", "2/11"), "../../"), "http://a.example/zwgk/zbgg/10.htm")
    assert [request.url for request in later.next] == ["http://a.example/zwgk/zbgg/9.htm"]


def test_rows_give_title_date_number_and_the_count() -> None:
    page = vsb(listing(pager("zbgg/10.htm")))
    assert page.total == 52
    assert [(entry.url, entry.title, entry.published, entry.site_id) for entry in page.entries] == [
        ("http://a.example/info/1012/45.htm", "第45号公告", date(2026, 5, 6), "45"),
        ("http://a.example/info/1012/44.htm", "第44号公告", date(2026, 5, 6), "44"),
    ]


@pytest.mark.parametrize(
    ("bar", "code"),
    [
        (pager(None, "11/11"), []),
        (pager("zbgg/1.htm", "11/11"), []),  # a link on the last page leads round again
        (pager(None, "3/11"), ["no-next"]),
        (pager("", "3/11"), ["no-next"]),
        (pager("javascript:void(0)", "3/11"), ["no-next"]),
        (pager("zbgg.htm"), ["next-is-same"]),
        (pager("//evil.example/zbgg/10.htm"), ["foreign-next"]),
        ("", []),
    ],
)
def test_a_last_a_missing_a_repeated_or_a_foreign_next_page_ends_the_list(bar: str, code: list[str]) -> None:
    page = vsb(listing(bar))
    assert (page.next, codes(page), len(page.entries)) == ((), code, 2)


@pytest.mark.parametrize("words", ["下一页 >", "下页»", "下一页&nbsp;&gt;&gt;", "[下一页]"])
def test_the_next_link_may_be_decorated(words: str) -> None:
    bar = f'<div class="p_pages"><a href="zbgg/10.htm">{words}</a></div>'
    assert [one.url for one in vsb(listing(bar)).next] == ["http://a.example/zwgk/zbgg/10.htm"]


def test_table_rows_and_unwritten_addresses_are_read() -> None:
    rows = """<table><tr><td><a href="content.jsp?urltype=news.NewsContentUrl&wbtreeid=1012&wbnewsid=46">
    关于节假日安排的通知</a></td><td>2026/05/07</td></tr>
    <tr><td><a href="info/1012/45.htm">关于停水的公告</a></td><td>05-06</td></tr></table>"""
    page = vsb(f"<html><body>{rows}</body></html>", "http://a.example/zbgg.htm")
    assert [(entry.title, entry.published, entry.site_id) for entry in page.entries] == [
        ("关于节假日安排的通知", date(2026, 5, 7), "46"),
        ("关于停水的公告", None, "45"),
    ]


def test_a_document_linked_twice_is_one_entry_with_the_date_of_its_row() -> None:
    side = '<div class="hot"><a href="../info/1012/45.htm">第45号…</a></div>'
    page = vsb(listing(pager(None, "1/1")).replace("<ul>", f"{side}<ul>"))
    assert [(entry.site_id, entry.published) for entry in page.entries] == [
        ("45", date(2026, 5, 6)),
        ("44", date(2026, 5, 6)),
    ]


def test_a_stub_page_is_named() -> None:
    assert codes(vsb("<html><body></body></html>")) == ["empty-list"]


def test_lists_may_be_given_as_an_option() -> None:
    row = hints("vsb", options={"lists": "zwgk/zbgg.htm tzgg.htm"})
    assert [request.url for request in PLATFORMS["vsb"].start(row)] == [FIRST, "http://a.example/tzgg.htm"]


DETAIL = """<html><head><TITLE>关于停水的公告-青禾市</TITLE><link href="style.vsb.css"></head><body>
<form name="_newscontent_fromname"><ul class="ov"><li class="fl"><b>索&nbsp;引&nbsp;号：</b>XS/2026-45</li>
<li class="fl"><b>发文字号：</b>青政告〔2026〕45号</li><li class="fl"><b>发文机关：</b>青禾市人民政府</li>
<li class="fl"><b>有效性：</b></li></ul><h2>关于停水的公告</h2>
<p>发布日期：2026年05月06日　点击：[<script>_showDynClicks("wbnews", 1, 45)</script>]</p>
<div id="vsb_content_505"><div class="v_news_content"><table><tr><td><table><tr><td>
<p>根据管网检修安排，公告如下：
<p>一、停水时间为五月十日。<td></table></table></div></div>
<ul><li>附件【<a href="/__local/3/7F/A0/1C_x.xlsx">停水小区.xlsx</a>】</li>
<li>附件【<a href="/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=9">告知书</a>】</li>
</ul></form></body></html>"""


def test_a_document_page_gives_body_table_and_files() -> None:
    card = capture("http://a.example/info/1012/45.htm", role="detail")
    one = read_capture(card, DETAIL.encode(), source("vsb")).documents[0]
    assert one.paragraphs == ("根据管网检修安排，公告如下：", "一、停水时间为五月十日。")
    assert (one.doc_number, one.index_number, one.validity, one.site_id) == (
        "青政告〔2026〕45号",
        "XS/2026-45",
        None,
        "45",
    )
    assert (one.issuer, one.published, one.path) == (
        "青禾市人民政府",
        date(2026, 5, 6),
        "container:#vsb_content_505",
    )
    assert [link.name for link in one.attachments] == ["停水小区.xlsx", "告知书"]


@pytest.mark.parametrize("body", [listing(pager("zbgg/10.htm")), DETAIL + "<script>_sitegray</script>"])
def test_visual_sitebuilder_is_detected(body: str) -> None:
    assert detect(body.encode(), FIRST) == "vsb"


def test_the_menu_of_a_list_without_rows_is_no_list() -> None:
    menu = "".join(
        f'<li><a href="../{name}.htm">{name}栏目介绍</a></li>' for name in ("jgzn", "zcfg", "tzgg")
    )
    bar = pager(None, "0/0").replace("共52条", "共0条")
    page = vsb(f'<html><body><ul>{menu}</ul><div class="pb_sys_common">{bar}</div></body></html>')
    assert (page.entries, codes(page)) == ((), ["empty-list"])
