"""Each platform from hand-made answers with the documented shapes and their traps."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS
from crawlers.platforms.detect import detect
from tests.extraction.helpers import capture, hints, source


def packed(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


# TRS


def trs_list(total: int, current: int, rows: str = "") -> bytes:
    row = '<li><a href="./202605/t20260506_42.html">关于做好防汛工作的通知</a><span>05-06</span></li>'
    script = f'<script>createPageHTML({total}, {current}, "index", "html");</script>'
    return f"<ul>{rows or row}</ul>{script}".encode()


@pytest.mark.parametrize(("current", "following"), [(0, "index_1.html"), (1, "index_2.html"), (2, None)])
def test_trs_pages_run_from_index_to_the_last(current: int, following: str | None) -> None:
    file = f"index_{current}.html" if current else "index.html"
    page = PLATFORMS["trs"].parse_list(trs_list(3, current), f"http://a.example/zc/{file}", hints("trs"))
    assert [request.url for request in page.next] == (
        [f"http://a.example/zc/{following}"] if following else []
    )


def test_trs_row_without_a_year_takes_the_date_of_the_address() -> None:
    page = PLATFORMS["trs"].parse_list(trs_list(1, 0), "http://a.example/zc/", hints("trs"))
    assert [(entry.published, entry.site_id) for entry in page.entries] == [
        (date(2026, 5, 6), "t20260506_42")
    ]


@pytest.mark.parametrize(
    ("script", "following"),
    [
        ("createPage(5, 0, 'index', 'shtml')", "http://a.example/zc/index_1.shtml"),
        ("createPageHTML('page_div',5,2,'common_list','shtml',9)", "http://a.example/zc/common_list_3.shtml"),
        ("Pager({size:266,current:0,prefix:'index',suffix:'html'})", "http://a.example/zc/index_1.html"),
    ],
)
def test_trs_pager_variants(script: str, following: str) -> None:
    body = trs_list(0, 0).replace(b'createPageHTML(0, 0, "index", "html");', script.encode())
    page = PLATFORMS["trs"].parse_list(body, "http://a.example/zc/index.html", hints("trs"))
    assert [request.url for request in page.next] == [following]


def test_trs_stub_page_ends_the_list_with_a_named_problem() -> None:
    page = PLATFORMS["trs"].parse_list(
        b"<html><body></body></html>", "http://a.example/zc/index_9.html", hints("trs")
    )
    assert (page.entries, page.next, [problem.code for problem in page.problems]) == ((), (), ["stub-page"])


def test_trs_document_keeps_its_identity_when_it_moves_to_another_column() -> None:
    text = "<div class='TRS_Editor'><p>请各地做好防汛准备工作，落实责任。</p></div>"
    body = f"<html><body><h1>关于防汛的通知</h1>{text}</body></html>".encode()
    row = source("trs")
    ids = {
        read_capture(capture(f"http://a.example/{column}/202605/t20260506_42.html", role="detail"), body, row)
        .documents[0]
        .document_id
        for column in ("tzgg", "zcwj")
    }
    assert len(ids) == 1


# gkmlpt

CONFIG = """<script>window._CONFIG = {{ BASE_URL: '/gkmlpt', SID: '7601', TREE: {tree}{more} }};</script>"""
ARTICLE = {
    "id": 88,
    "title": "关于提高补贴标准的通知",
    "url": "http://b.example/gkmlpt/content/1/88/post_88.html#12",
    "document_number": "澜民〔2026〕5号",
    "identifier": "XS/2026-88",
    "publisher": "澜江市民政局",
    "date": 1_777_564_800,
    "display_publish_time": 1_777_910_400,
    "is_abolished": 1,
    "attachments": [{"name": "标准表.xlsx", "url": "/attachment/0/88/a.xlsx"}],
}


def test_gkmlpt_index_gives_one_list_a_leaf_category() -> None:
    tree = [
        {
            "id": 1,
            "jump_url": "",
            "children": [{"id": 12, "jump_url": "", "children": []}, {"id": 13, "children": []}],
        },
        {"id": 2, "jump_url": "http://elsewhere.example/", "children": []},
    ]
    body = CONFIG.format(tree=json.dumps(tree), more="").encode()
    page = PLATFORMS["gkmlpt"].parse_list(body, "http://b.example/gkmlpt/index", hints("gkmlpt"))
    assert [request.url for request in page.next] == [
        f"http://b.example/gkmlpt/api/all/{number}?page=1&sid=7601" for number in (12, 13)
    ]


@pytest.mark.parametrize(("total", "more"), [(1, False), (3, True), (None, True)])
def test_gkmlpt_list_turns_pages_until_the_total(total: int | None, more: bool) -> None:
    body = packed({"total": total, "articles": [ARTICLE]})
    page = PLATFORMS["gkmlpt"].parse_list(
        body, "http://b.example/gkmlpt/api/all/12?page=1&sid=7601", hints("gkmlpt")
    )
    entry = page.entries[0]
    assert (entry.url, entry.published, entry.doc_number, entry.site_id) == (
        "http://b.example/gkmlpt/content/1/88/post_88.html",
        date(2026, 5, 5),
        "澜民〔2026〕5号",
        "88",
    )
    assert [request.url for request in page.next] == (
        ["http://b.example/gkmlpt/api/all/12?page=2&sid=7601"] if more else []
    )


def test_gkmlpt_page_is_read_from_its_embedded_article() -> None:
    detail = ARTICLE | {"content": "<p>各镇街：</p><p>自六月起提高补贴标准，具体见附件。</p>"}
    more = ", DETAIL: " + json.dumps(detail).replace("<", "\\u003C").replace(">", "\\u003E")
    script = CONFIG.format(tree="[]", more=more)
    body = f"<html><body><div class='article-content'></div>{script}</body></html>".encode()
    card = capture("http://b.example/gkmlpt/content/1/88/post_88.html", role="detail")
    document = read_capture(card, body, source("gkmlpt", timezone="Asia/Shanghai")).documents[0]
    assert document.paragraphs == ("各镇街：", "自六月起提高补贴标准，具体见附件。")
    assert (document.issuer, document.published, document.written) == (
        "澜江市民政局",
        date(2026, 5, 5),
        date(2026, 5, 1),
    )
    assert (document.validity, document.site_id, document.path) == ("废止", "88", "api:gkmlpt")
    assert [link.url for link in document.attachments] == ["http://b.example/attachment/0/88/a.xlsx"]


# GOV.UK


def test_govuk_search_gives_content_addresses_and_the_pages_for_people() -> None:
    rows = [
        {
            "title": "Rules for ferries",
            "link": "/guidance/ferries",
            "public_timestamp": "2026-05-31T23:30:00Z",
        }
    ]
    url = "http://c.example/api/search.json?count=1&start=0"
    page = PLATFORMS["govuk"].parse_list(
        packed({"results": rows, "total": 3, "start": 0}), url, hints("govuk", timezone="Europe/London")
    )
    entry = page.entries[0]
    assert (entry.url, dict(entry.fields)["page"]) == (
        "http://c.example/api/content/guidance/ferries",
        "http://c.example/guidance/ferries",
    )
    assert (entry.published, page.total) == (date(2026, 6, 1), 3)
    assert [request.url for request in page.next] == ["http://c.example/api/search.json?count=1&start=1"]


def test_govuk_content_keeps_history_taxons_and_withdrawal() -> None:
    item = {
        "base_path": "/guidance/ferries",
        "content_id": "c0ffee",
        "title": "Rules for ferries",
        "description": "Who may sail.",
        "document_type": "guidance",
        "locale": "en",
        "first_published_at": "2026-05-01T09:00:00Z",
        "details": {
            "body": '<div class="govspeak"><h2>Crew</h2><p>Two sailors &amp; a master.</p></div>',
            "change_history": [{"public_timestamp": "2026-05-03T09:00:00Z", "note": "Crew size added."}],
            "attachments": [{"title": "Form", "url": "/media/1/form.pdf", "attachment_type": "file"}],
        },
        "links": {
            "organisations": [{"title": "Ministry of Transport"}, {"title": "Harbour Authority"}],
            "taxons": [{"title": "Transport"}, {"title": "Safety"}],
        },
        "withdrawn_notice": {"explanation": "<p>Old</p>", "withdrawn_at": "2026-05-09T09:00:00Z"},
    }
    card = capture("http://c.example/api/content/guidance/ferries", role="detail")
    document = read_capture(card, packed(item), source("govuk", language="en")).documents[0]
    assert document.paragraphs == ("Crew", "Two sailors & a master.")
    assert document.departments == ("Ministry of Transport", "Harbour Authority")
    assert (document.topics, document.validity, document.site_id) == (
        ("Transport", "Safety"),
        "withdrawn",
        "c0ffee",
    )
    assert (document.url, document.language) == ("http://c.example/guidance/ferries", "en")
    assert [link.url for link in document.attachments] == ["http://c.example/media/1/form.pdf"]
    assert ("change_note", "2026-05-03 Crew size added.") in {
        (one.field, one.value) for one in document.origins
    }


# State Council library

ROW = {
    "title": "国务院关于<em>示例</em>的批复",
    "url": "https://www.gov.cn/zhengce/content_1.htm",
    "pcode": "国函〔2026〕1号",
    "puborg": "国务院",
    "childtype": "其他\\其他",
    "index": "000014349/2026-00001",
    "pubtimeStr": "2026.05.06",
    "pubtime": 0,
}
SEARCH = "https://sousuo.www.gov.cn/search-gov/data?t=zhengcelibrary_gw&p=1&n=1"


def test_library_single_shape_uses_its_own_total() -> None:
    page = PLATFORMS["govcn"].parse_list(
        packed({"searchVO": {"listVO": [ROW], "totalCount": 2, "totalpage": 2}}), SEARCH, hints("govcn")
    )
    entry = page.entries[0]
    assert (entry.title, entry.doc_number, entry.published) == (
        "国务院关于示例的批复",
        "国函〔2026〕1号",
        date(2026, 5, 6),
    )
    assert dict(entry.fields) == {
        "issuer": "国务院",
        "topic": "其他\\其他",
        "index_number": "000014349/2026-00001",
    }
    assert page.next[0].url.endswith("p=2&n=1")


def test_library_grouped_shape_ignores_the_zero_total_and_falls_back_on_milliseconds() -> None:
    row = ROW | {"pubtimeStr": None, "ptime": 1_777_996_800_000}
    groups = {"gongwen": {"listVO": [row], "totalCount": 40}, "bumenfile": {"listVO": None, "totalCount": 2}}
    page = PLATFORMS["govcn"].parse_list(
        packed({"searchVO": {"totalCount": 0, "catMap": groups}}), SEARCH, hints("govcn")
    )
    assert (page.total, page.entries[0].published) == (42, date(2026, 5, 6))


def test_library_no_hits_is_empty_but_a_missing_answer_is_throttling() -> None:
    none = PLATFORMS["govcn"].parse_list(
        packed({"code": 1001, "msg": "无结果", "searchVO": None}), SEARCH, hints("govcn")
    )
    throttled = PLATFORMS["govcn"].parse_list(packed({"searchVO": None}), SEARCH, hints("govcn"))
    assert (none.entries, none.problems, none.total) == ((), (), 0)
    assert [problem.code for problem in throttled.problems] == ["throttled"]


def test_library_latest_feed() -> None:
    feed = [{"TITLE": "关于示例的意见", "URL": "./202605/content_2.htm", "DOCRELPUBTIME": "2026-05-07"}]
    page = PLATFORMS["govcn"].parse_list(
        packed(feed), "https://www.gov.cn/zhengce/zuixin/ZUIXINZHENGCE.json", hints("govcn")
    )
    assert [(entry.url, entry.published) for entry in page.entries] == [
        ("https://www.gov.cn/zhengce/zuixin/202605/content_2.htm", date(2026, 5, 7))
    ]


# generic


def test_json_answer_of_unknown_make() -> None:
    rows = [
        {
            "name": "Agenda of 3 May",
            "files": {"href": "/f/3.pdf"},
            "link": "/m/3",
            "meetingDate": "2026-05-03T18:00:00",
        }
    ]
    page = PLATFORMS["generic"].parse_list(
        packed({"data": {"items": rows}, "next": "?page=2"}), "http://d.example/api", hints()
    )
    assert [(entry.url, entry.title, entry.published) for entry in page.entries] == [
        ("http://d.example/m/3", "Agenda of 3 May", date(2026, 5, 3))
    ]
    assert page.next[0].url == "http://d.example/api?page=2"


def test_calendar_events_are_entries() -> None:
    event = ["BEGIN:VEVENT", "SUMMARY:Board\\, regular", "DTSTART:20260503T180000", "UID:7", "END:VEVENT"]
    text = "\r\n".join(["BEGIN:VCALENDAR", *event, "END:VCALENDAR", ""])
    page = PLATFORMS["feed"].parse_list(text.encode(), "http://d.example/c.ics", hints())
    assert [(entry.title, entry.published, entry.site_id) for entry in page.entries] == [
        ("Board, regular", date(2026, 5, 3), "7")
    ]


def test_own_selectors_replace_guessing() -> None:
    rows = "<div class=r><b>Plan</b><i>3 May 2026</i><a href=/p/1>open</a></div>"
    body = f"{rows}<div class=r><b>Map</b><a href=/p/2>open</a></div>".encode()
    row = hints(list={"item": ".r", "title": "b", "date": "i"})
    page = PLATFORMS["generic"].parse_list(body, "http://d.example/", row)
    assert [(entry.url, entry.title) for entry in page.entries] == [
        ("http://d.example/p/1", "Plan"),
        ("http://d.example/p/2", "Map"),
    ]


@pytest.mark.parametrize(
    ("body", "url", "name"),
    [
        (CONFIG.format(tree="[]", more="").encode(), "http://b.example/gkmlpt/index", "gkmlpt"),
        (b"{}", "http://b.example/gkmlpt/api/all/1?page=1", "gkmlpt"),
        (trs_list(2, 0), "http://a.example/zc/", "trs"),
        (b"<html></html>", "http://a.example/zc/202605/t20260506_42.html", "trs"),
        (b'{"searchVO": null}', "http://s.example/x", "govcn"),
        (b'{"results": [], "total": 0}', "https://www.gov.uk/api/search.json?q=x", "govuk"),
        (b"{}", "https://www.gov.uk/api/content/a", "govuk"),
        (b"<?xml version='1.0'?><rss></rss>", "http://d.example/rss", "feed"),
        (b"<html><body><p>Hi</p></body></html>", "http://d.example/", None),
    ],
)
def test_platforms_are_detected_by_what_they_write(body: bytes, url: str, name: str | None) -> None:
    assert detect(body, url) == name


def test_unknown_platform_is_named() -> None:
    with pytest.raises(KeyError, match="unknown platform 'nope'"):
        PLATFORMS["nope"]
