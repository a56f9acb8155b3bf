"""UCAP list and document pages from hand-made answers with the documented shapes and their traps."""

from __future__ import annotations

from datetime import date

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.detect import detect
from tests.extraction.helpers import capture, hints, source

FIRST = "http://a.example/qhs/c100010/common_list.shtml"
HEX = "0123456789abcdef0123456789abcd"
CHANNEL = "c0ffee00c0ffee00c0ffee00c0ffee00"


def row(number: int, link: str | None = None) -> str:
    target = link or f"/qhs/c100010/202605/{HEX}{number:02d}.shtml"
    shown = f'<a title="第{number}号公告" href="{target}">第{number}号…</a>'
    return f'<li><span class="date">2026-05-06</span>{shown}</li>'


def pager(pages: str = "12", current: str = "1", more: str = "") -> str:
    return f"<script>createPageHTML('page_div',{pages}, {current},'common_list','shtml'{more});</script>"


def listing(bar: str = "", rows: str | None = None) -> str:
    held = rows if rows is not None else row(45) + row(44)
    return f'<html><body><ul class="list">{held}</ul><div id="page_div"></div>{bar}</body></html>'


def ucap(body: str, url: str = FIRST) -> ListPage:
    return PLATFORMS["ucap"].parse_list(body.encode(), url, hints("ucap"))


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def following(page: ListPage) -> list[str]:
    return [request.url for request in page.next]


def test_rows_give_title_date_and_number_and_the_second_page_is_numbered_two() -> None:
    page = ucap(listing(pager(more=",231")))
    assert [(entry.url, entry.title, entry.published, entry.site_id) for entry in page.entries] == [
        (f"http://a.example/qhs/c100010/202605/{HEX}45.shtml", "第45号公告", date(2026, 5, 6), f"{HEX}45"),
        (f"http://a.example/qhs/c100010/202605/{HEX}44.shtml", "第44号公告", date(2026, 5, 6), f"{HEX}44"),
    ]
    assert (page.total, following(page)) == (231, ["http://a.example/qhs/c100010/common_list_2.shtml"])


@pytest.mark.parametrize(
    ("number", "bar", "leads_to", "code"),
    [
        (2, pager(current="2"), 3, []),
        (2, pager(current="1"), 3, []),  # a script that counts from 0
        (12, pager(current="12"), None, []),
        (13, pager(current="13"), None, []),
        (5, pager(current="1"), None, ["repeated-page"]),  # any unknown page is answered with the first
        (2, pager("null", "2"), 3, []),
        (2, pager("''", "''"), 3, []),
        (2, "", None, []),
    ],
)
def test_a_list_ends_at_its_last_page_and_where_it_repeats_itself(
    number: int, bar: str, leads_to: int | None, code: list[str]
) -> None:
    page = ucap(listing(bar), FIRST.replace(".shtml", f"_{number}.shtml"))
    wanted = [FIRST.replace(".shtml", f"_{leads_to}.shtml")] if leads_to else []
    assert (following(page), codes(page)) == (wanted, code)


def test_the_pager_may_stand_in_another_element_or_be_a_plain_link() -> None:
    second = FIRST.replace(".shtml", "_2.shtml")
    bar = pager().replace("page_div", "pagination")
    assert following(ucap(listing(bar))) == [second]
    assert detect(listing(bar).encode(), FIRST) == "ucap"
    assert following(ucap(listing('<a href="common_list_2.shtml">下一页</a>'))) == [second]
    assert following(ucap(listing('<a href="//b.example/common_list_2.shtml">下一页</a>'))) == []


def test_other_list_names_and_folders_lead_on_below_themselves() -> None:
    bar = pager().replace("common_list", "gfxwj")
    page = ucap(listing(bar), "http://a.example/10462/c102914/gfxwj_2.shtml")
    assert codes(page) == []
    page = ucap(listing(bar.replace(", 1,", ", 3,")), "http://a.example/10462/c102914/gfxwj_3.shtml")
    assert following(page) == ["http://a.example/10462/c102914/gfxwj_4.shtml"]
    page = ucap(listing(pager()), "http://a.example/qhs/c100010/")
    assert following(page) == ["http://a.example/qhs/c100010/common_list_2.shtml"]


@pytest.mark.parametrize(
    ("link", "url", "number"),
    [
        (f"./202605/{HEX}07.shtml", f"http://a.example/qhs/c100010/202605/{HEX}07.shtml", f"{HEX}07"),
        (f"//b.example/x/{HEX}07.shtml", f"http://b.example/x/{HEX}07.shtml", f"{HEX}07"),
        (f"/cols/2026/5/6/{HEX}07.shtml", f"http://a.example/cols/2026/5/6/{HEX}07.shtml", f"{HEX}07"),
        (
            "../c100028/c7480123/content.shtml",
            "http://a.example/qhs/c100028/c7480123/content.shtml",
            "c7480123",
        ),
        (f"/x/{HEX}07/content.shtml", f"http://a.example/x/{HEX}07/content.shtml", f"{HEX}07"),
    ],
)
def test_relative_and_foreign_links_are_read_with_their_number(link: str, url: str, number: str) -> None:
    page = ucap(listing(pager(), row(7, link) + row(8)))
    assert (page.entries[0].url, page.entries[0].site_id) == (url, number)


def test_a_stub_far_back_ends_the_list_and_is_named() -> None:
    page = ucap("<html><body></body></html>", FIRST.replace(".shtml", "_7.shtml"))
    assert (page.next, codes(page)) == ((), ["stub-page"])
    assert codes(ucap("<html><body></body></html>")) == ["empty-list"]


@pytest.mark.parametrize("number", ["", "_7"])
def test_a_page_that_asks_to_come_back_later_is_no_empty_list(number: str) -> None:
    body = "<html><script>var a=1;</script><body><p>您的访问过于频繁，请稍后再试。</p></body></html>"
    assert codes(ucap(body, FIRST.replace(".shtml", f"{number}.shtml"))) == ["throttled"]
    scripted = "<html><script>alert('系统繁忙')</script><body></body></html>"
    assert "throttled" not in codes(ucap(scripted, FIRST.replace(".shtml", f"{number}.shtml")))


def test_a_list_that_its_script_fills_leads_to_the_interface() -> None:
    script = f'<script>var url = "/searchList/{CHANNEL}?_isAgg=true&_isJson=true&page=1";</script>'
    page = ucap(f'<html><body><div id="UCAP"></div>{script}</body></html>')
    assert following(page) == [
        f"http://a.example/searchList/{CHANNEL}?page=1&_pageSize=15&_isAgg=true&_isJson=true&_template=index"
    ]
    answer = b'{"data":{"total":0,"page":1,"rows":15,"results":[]}}'
    assert PLATFORMS["ucap"].parse_list(answer, following(page)[0], hints("ucap")) == ListPage((), (), 0)


def test_lists_may_be_given_as_an_option() -> None:
    given = hints("ucap", options={"lists": "qhs/c100010/common_list.shtml qhs/c1/list.shtml"})
    assert [one.url for one in PLATFORMS["ucap"].start(given)] == [
        FIRST,
        "http://a.example/qhs/c1/list.shtml",
    ]


BODY = "<p>现将有关事项公告如下：</p><p>一、申请材料减为三项，受理窗口当场告知办理时限。</p>"
TABLE = """<div class="xxgk-table"><li class="fl"><b>索 引 号：</b>XS-2026-45</li>
<li class="fl"><b>发文字号：</b>青邮发〔2026〕45号</li><li class="fl"><b>发布机构：</b>青禾市邮政局</li>
<li class="fl"><b>成文日期：</b>2026年5月5日</li></div>"""


@pytest.mark.parametrize(
    ("container", "path"),
    [
        ('<div id="UCAP-CONTENT">', "container:#UCAP-CONTENT"),
        ('<div class="detail-news">', "container:.detail-news"),
        ('<div class="article_content">', "container:.article_content"),
    ],
)
def test_a_document_page_is_read_from_its_container(container: str, path: str) -> None:
    head = '<meta content="2026-05-06 09:10" name="PubDate"><meta content="第45号公告" name="ArticleTitle">'
    page = f"<html><head>{head}</head><body>{TABLE}<h1>第45号公告</h1>{container}{BODY}</div></body></html>"
    url = f"http://a.example/qhs/c100010/202605/{HEX}45.shtml"
    one = read_capture(capture(url, role="detail"), page.encode(), source("ucap")).documents[0]
    assert (one.path, one.site_id, one.title) == (path, f"{HEX}45", "第45号公告")
    assert (one.doc_number, one.index_number, one.issuer) == (
        "青邮发〔2026〕45号",
        "XS-2026-45",
        "青禾市邮政局",
    )
    assert (one.published, one.written, len(one.paragraphs)) == (date(2026, 5, 6), date(2026, 5, 5), 2)


@pytest.mark.parametrize(
    ("body", "url"),
    [
        (listing(pager()), FIRST),
        (listing("", "".join(map(row, range(10, 16)))), "http://a.example/x/zcwj.shtml"),
        ("<html></html>", f"http://a.example/qhs/c100010/202605/{HEX}45.shtml"),
        ("<html></html>", "http://a.example/csrc/c100028/c7480123/content.shtml"),
    ],
)
def test_ucap_pages_are_detected(body: str, url: str) -> None:
    assert detect(body.encode(), url) == "ucap"


def test_a_site_that_left_ucap_is_read_by_its_new_system() -> None:
    rows = "".join(f'<li><a href="./202605/t2026050{n}_{n}.html">第{n}号通知</a></li>' for n in range(1, 7))
    page = ucap(f"<html><body><ul>{rows}</ul></body></html>")
    assert (len(page.entries), codes(page)) == (6, ["other-platform"])
