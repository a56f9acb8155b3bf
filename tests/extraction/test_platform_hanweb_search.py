"""The searches of Hanweb sites from hand-made answers: JSON of the front server, pages and packed pages."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.asked import with_sent
from crawlers.platforms.detect import detect
from tests.extraction.helpers import hints

SERVER = (
    "http://a.example/search-front-server/api/search/info?websiteid=110000000000000&category=51&q=&pg=2&p={}"
)
PAGE = "http://a.example/jsearchfront/search.do?websiteid=330000000000000&tpl=1569&q=&pg=2&p={}"
PACKED = "http://a.example/jsearchfront/interfaces/cateSearch.do"
ART = "/art/2026/art_0a1b2c3d4e5f60718293a4b5c6d7e8{:02}.html"


def read(value: Any, url: str) -> ListPage:
    body = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    return PLATFORMS["hanweb_search"].parse_list(body, url, hints("hanweb_search"))


def hit(number: int, **values: Any) -> dict[str, Any]:
    data = {
        "title": f"关于第{number}项<em>标准</em>的公告",
        "url": ART.format(number),
        "jsearch_date": "2026-05-06 10:00:00",
        "filenumbername": "云工信函〔2026〕1号",
        "publishgroupname": "云河省工业厅",
        "indexcode": "FA01/2026-00001",
    }
    return {"data": data | values}


def found(*rows: Any, **values: Any) -> dict[str, Any]:
    return {"code": "200", "data": {"searchResult": {"dataResults": list(rows), **values}}}


def box(number: int, link: str = "", day: str = "2026-05-06") -> str:
    counted = f"visit/link.do?url={quote('http://a.example' + ART.format(number), safe='')}&q=&title=x"
    title = f"<a href='{link or counted}'>关于第{number}项<em>标准</em>的公告</a>"
    printed = ART.format(number) if number < 9 else "/cut…"
    return (
        f"<div class='jcse-news-title'>{title}</div><span class='jcse-news-date'>{day}</span>"
        f"<div class='jcse-news-url'><a>http://a.example{printed}</a></div>"
    )


def shown(*boxes: str, count: str = "<p>找到相关结果约 <span>5</span> 条</p>") -> bytes:
    rows = "".join(f"<div class='jcse-result-box news-result'>{one}</div>" for one in boxes)
    return f"<html><body>{count}{rows}</body></html>".encode()


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def page_asked(page: ListPage) -> list[str]:
    return [parse_qs(urlsplit(request.url).query)["p"][0] for request in page.next]


def test_the_search_of_a_source_is_described_by_its_options() -> None:
    row = hints("hanweb_search", options={"website": "110000000000000", "category": 51})
    asked = parse_qs(urlsplit(PLATFORMS["hanweb_search"].start(row)[0].url).query, keep_blank_values=True)
    assert asked == {
        "websiteid": ["110000000000000"],
        "category": ["51"],
        "q": [""],
        "pg": ["15"],
        "p": ["1"],
    }
    packed = hints("hanweb_search", options={"search": PACKED, "template": 23, "category": 1})
    request = PLATFORMS["hanweb_search"].start(packed)[0]
    assert (request.method, request.url, request.body) == ("POST", PACKED, b"cateid=1&tpl=23&q=&pg=15&p=1")


def test_hits_of_the_server_give_day_number_and_issuer() -> None:
    millis = hit(2, jsearch_date=None, cdate="1777996800000", url=ART.format(2).lstrip("/"))
    page = read(found(hit(1), millis, totalCount=3), SERVER.format(1))
    assert [(e.title, e.published, e.doc_number) for e in page.entries] == [
        (f"关于第{n}项标准的公告", date(2026, 5, 6), "云工信函〔2026〕1号") for n in (1, 2)
    ]
    assert page.entries[1].url == f"http://a.example{ART.format(2)}"
    assert dict(page.entries[0].fields) == {"issuer": "云河省工业厅", "index_number": "FA01/2026-00001"}
    assert (page.total, page_asked(page)) == (3, ["2"])
    assert read(found(hit(3), totalCount=3), SERVER.format(2)).next == ()


@pytest.mark.parametrize("total", [None, 0, "null"])
def test_without_a_total_full_answers_are_followed(total: Any) -> None:
    full = read(found(hit(1), hit(2), total=total), SERVER.format(1))
    assert (full.total, page_asked(full)) == (None, ["2"])
    assert read(found(hit(3), total=total), SERVER.format(2)).next == ()


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"code": "500", "data": None}, "throttled"),
        ({"code": "200", "data": None}, "throttled"),
        (found(totalCount=2600), "throttled"),
        ({"code": "200", "data": {"searchResult": {"dataResults": None}}}, "throttled"),
        ({"error": "x"}, "unknown-answer"),
        (found(hit(1), {"data": {"title": "无址"}}, totalCount=2), "rows-left-out"),
        (b"<html><title>502</title></html>", "not-json"),
        (b'{"code": "200", "data": {', "damaged-json"),
    ],
)
def test_answers_that_are_no_list_are_named(value: Any, code: str) -> None:
    assert codes(read(value, SERVER.format(1))) == [code]


def test_no_hits_leave_the_result_out() -> None:
    page = read({"code": "200", "data": {"keyword": ""}}, SERVER.format(1))
    assert (page.entries, page.total, codes(page)) == ((), 0, [])


def test_hits_of_a_page_lead_to_the_document_and_not_to_the_counter() -> None:
    page = read(shown(box(1), box(2, "http://b.example/zc/2.html"), box(1)), PAGE.format(1))
    assert [(e.url, e.title, e.published, bool(e.site_id)) for e in page.entries] == [
        (f"http://a.example{ART.format(1)}", "关于第1项标准的公告", date(2026, 5, 6), True),
        ("http://b.example/zc/2.html", "关于第2项标准的公告", date(2026, 5, 6), False),
    ]
    assert (page.total, page_asked(page), [request.role for request in page.next]) == (5, ["2"], ["list"])
    assert read(shown(box(5)), PAGE.format(3)).next == ()


def test_a_counter_that_does_not_name_the_document_gives_way_to_the_printed_address() -> None:
    page = read(shown(box(1, "visit/link.do?id=1"), box(9, "visit/link.do?id=9")), PAGE.format(1))
    assert [entry.url for entry in page.entries] == [f"http://a.example{ART.format(1)}"]


def test_a_page_without_hits_says_why() -> None:
    assert codes(read(shown(), PAGE.format(1))) == ["throttled"]
    assert codes(read(shown(count=""), PAGE.format(1))) == ["empty-list"]
    assert codes(read("<html>访问过于频繁，请稍后再试</html>".encode(), PAGE.format(1))) == ["throttled"]
    none = read(shown(count="<p>抱歉，没有找到相关结果</p>"), PAGE.format(1))
    assert (codes(none), none.total) == ([], 0)


def test_packed_pages_are_turned_by_the_same_form() -> None:
    url = with_sent(PACKED, b"websiteid=33&cateid=1&tpl=23&q=&pg=2&p=1")
    page = read({"total": 3, "result": [box(1), box(2)]}, url)
    assert [entry.site_id is not None for entry in page.entries] == [True, True]
    assert (page.next[0].method, page.next[0].body) == ("POST", b"websiteid=33&cateid=1&tpl=23&q=&pg=2&p=2")
    assert codes(read({"total": 3, "result": None}, url)) == ["throttled"]
    assert codes(read({"total": 0, "result": []}, url)) == []


def test_the_searches_are_detected_by_their_address() -> None:
    assert [detect(b"{}", url) for url in (SERVER.format(1), PACKED)] == ["hanweb_search"] * 2
    assert detect(shown(box(1)), PAGE.format(1)) == "hanweb_search"
