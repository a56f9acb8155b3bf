"""The State Council library: both answer shapes, null totals, throttling, repeats, both pages."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.detect import detect
from tests.extraction.helpers import capture, hints, source
from warehouse.records import Document

SEARCH = "https://sousuo.www.gov.cn/search-gov/data?t=zhengcelibrary_gw&q=&p={}&n={}"
FEED = "https://www.gov.cn/zhengce/zuixin/ZUIXINZHENGCE.json"


def row(number: int, **values: Any) -> dict[str, Any]:
    return {
        "id": f"{number}",
        "title": f"国务院关于第{number}件<em>示例</em>事项的批复",
        "url": f"https://www.gov.cn/zhengce/content/202605/content_70000{number:02}.htm",
        "pcode": f"国函〔2026〕{number}号",
        "puborg": "国务院",
        "pubtimeStr": "2026.05.06",
        "pubtime": 0,
        **values,
    }


def answer(value: Any, page: int = 1, size: int = 2) -> ListPage:
    body = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    return PLATFORMS["govcn"].parse_list(body, SEARCH.format(page, size), hints("govcn"))


def single(rows: list[Any] | None, total: Any, **more: Any) -> dict[str, Any]:
    return {"code": 200, "searchVO": {"listVO": rows, "totalCount": total, **more}}


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def test_a_source_may_ask_for_words_and_for_at_most_300_rows() -> None:
    options = {"library": "zhengcelibrary_bm", "query": "养老", "size": 500}
    request = PLATFORMS["govcn"].start(hints("govcn", options=options))[0]
    asked = parse_qs(urlsplit(request.url).query)
    assert [asked[name][0] for name in ("t", "q", "n", "searchfield")] == [
        "zhengcelibrary_bm",
        "养老",
        "300",
        "title",
    ]


def test_the_feed_is_a_start_of_its_own() -> None:
    row = hints("govcn", "https://www.gov.cn/", options={"feed": "latest"})
    assert [request.url for request in PLATFORMS["govcn"].start(row)] == [FEED]


@pytest.mark.parametrize("total", [None, "", 0, "null"])
def test_a_missing_total_is_unknown_and_full_answers_are_followed(total: Any) -> None:
    page = answer(single([row(1), row(2)], total))
    assert (page.total, len(page.entries), len(page.next)) == (None, 2, 1)
    assert answer(single([row(1)], total)).next == ()


def test_a_cap_on_rows_does_not_lose_the_pages_behind_it() -> None:
    page = answer(single([row(1)], 700), size=500)
    assert parse_qs(urlsplit(page.next[0].url).query)["p"] == ["2"]
    assert answer(single([row(1)], 700), page=2, size=500).next != ()
    assert answer(single([row(1)], 700), page=3, size=500).next == ()


def test_the_last_page_is_the_stated_one() -> None:
    assert answer(single([row(1)], 3, totalpage=2), page=2).next == ()
    assert answer(single([row(1)], 3, totalpage=2), page=1).next != ()


def test_groups_are_followed_until_the_longest_one_ends() -> None:
    groups = {
        "gongwen": {"listVO": [row(1), row(2)], "totalCount": 3},
        "bumenfile": {"listVO": [], "totalCount": 0},
        "otherfile": {"listVO": None, "totalCount": None},
    }
    found = {"totalCount": 0, "catMap": groups}
    page = answer({"searchVO": found})
    assert (page.total, codes(page), len(page.next)) == (3, [], 1)
    assert answer({"searchVO": found}, page=2).next == ()


def test_what_the_gazette_repeats_counts_once() -> None:
    again = row(1, url="https://www.gov.cn/gongbao/2026/issue_9/202606/content_7000099.html")
    own = row(3, url="https://www.gov.cn/gongbao/2026/issue_9/202606/content_7000098.html")
    groups = {
        "gongbao": {"listVO": [again, own], "totalCount": 2},
        "gongwen": {"listVO": [row(1)], "totalCount": 1},
    }
    page = answer({"searchVO": {"totalCount": 0, "catMap": groups}})
    assert [entry.site_id for entry in page.entries] == ["7000001", "7000098"]
    assert page.total == 1


def test_appointments_with_one_title_stay_apart() -> None:
    plain = {"title": "国务院任免国家工作人员", "pcode": ""}
    groups = {
        "gongwen": {"listVO": [row(1, **plain)], "totalCount": 1},
        "gongbao": {"listVO": [row(2, **plain)], "totalCount": 1},
    }
    assert len(answer({"searchVO": {"catMap": groups}}).entries) == 2


@pytest.mark.parametrize(
    "said",
    [
        {"searchVO": None},
        {"code": 200, "msg": "ok", "searchVO": None},
        {"code": 500},
        single(None, None),
        single([], 6200),
        {"code": 200, "msg": "访问过快，请稍后再试", "searchVO": None},
        {"searchVO": {"totalCount": 0, "catMap": {"gongwen": {"listVO": None, "totalCount": 9}}}},
    ],
)
def test_an_answer_without_rows_is_throttling_unless_it_says_no_hits(said: Any) -> None:
    page = answer(said)
    assert (codes(page), page.total == 0, page.next) == (["throttled"], False, ())


def test_no_hits_is_said_by_code_1001() -> None:
    for code in (1001, "1001"):
        page = answer({"code": code, "msg": "查询无结果", "searchVO": None})
        assert (codes(page), page.total) == ([], 0)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"code": 200, "searchVO": {"listVO": [', "damaged-json"),
        ("<html><body>拒绝访问</body></html>".encode(), "not-json"),
        (b"", "empty-page"),
        (b'{"result": 1}', "unknown-answer"),
        (b'"text"', "empty-list"),
    ],
)
def test_other_answers_are_named(body: bytes, code: str) -> None:
    assert codes(answer(body)) == [code]


def test_rows_without_address_or_title_are_left_out_and_foreign_ones_have_no_number() -> None:
    rows = [row(1, url=None), row(2, title=""), row(3, url="http://www.example.gov.cn/a/content_1234567.htm")]
    page = answer(single([*rows, "text", None], 3))
    assert [(entry.site_id, entry.published) for entry in page.entries] == [(None, date(2026, 5, 6))]
    assert codes(answer(single([row(1, url=None)], 1))) == ["rows-left-out"]


def test_the_day_is_taken_from_milliseconds_only_where_nothing_is_printed() -> None:
    late = row(1, pubtimeStr=None, pubtime=0, ptime="1777996800000")
    assert answer(single([late], 1)).entries[0].published == date(2026, 5, 6)
    assert answer(single([row(1, pubtimeStr=None)], 1)).entries[0].published is None


def test_the_feed_takes_relative_links_and_leaves_broken_rows_out() -> None:
    rows = [
        {
            "TITLE": "关于示例的意见",
            "URL": "../content/202605/content_7000042.htm",
            "DOCRELPUBTIME": "2026-05-07",
        },
        {"TITLE": "", "URL": "https://www.gov.cn/x.htm"},
        "text",
    ]
    page = PLATFORMS["govcn"].parse_list(json.dumps(rows).encode(), FEED, hints("govcn"))
    assert [(entry.site_id, entry.published, page.next) for entry in page.entries] == [
        ("7000042", date(2026, 5, 7), ())
    ]
    assert codes(PLATFORMS["govcn"].parse_list(b"[]", FEED, hints("govcn"))) == ["empty-list"]


TABLE = """<table><tr><td><b>索&nbsp;引&nbsp;号：</b></td><td>000014349/2026-00001</td>
<td><b>主题分类：</b></td><td>综合政务\\其他</td></tr>
<tr><td><b>发文机关：</b></td><td>国务院</td><td><b>成文日期：</b></td><td>2026年04月30日</td></tr>
<tr><td><b>标　　题：</b></td><td>国务院关于示例事项的批复</td></tr>
<tr><td><b>发文字号：</b></td><td>国函〔2026〕1号</td><td><b>发布日期：</b></td><td>2026年05月06日</td></tr></table>"""
BODY = """<div id="UCAP-CONTENT"><div class="trs_editor_view"><p>云河省人民政府：</p>
<p>同意你省提出的示例事项，请认真组织实施，重要情况及时报告。</p></div></div>"""


def document(page: str, address: str) -> Document:
    return read_capture(capture(address, role="detail"), page.encode(), source("govcn")).documents[0]


def test_a_page_with_a_metadata_table_is_read_and_keeps_its_number_in_another_column() -> None:
    page = f"<html><body>{TABLE}{BODY}</body></html>"
    one, other = (
        document(page, f"https://www.gov.cn/zhengce/{part}/202605/content_7000001.htm")
        for part in ("content", "zhengceku")
    )
    assert (one.doc_number, one.index_number, one.issuer) == (
        "国函〔2026〕1号",
        "000014349/2026-00001",
        "国务院",
    )
    assert (one.published, one.written) == (date(2026, 5, 6), date(2026, 4, 30))
    assert one.paragraphs[0] == "云河省人民政府："
    assert (one.site_id, one.document_id) == ("7000001", other.document_id)


@pytest.mark.parametrize("swapped", [False, True])
def test_a_page_with_a_heading_and_a_date_line_is_read(swapped: bool) -> None:
    meta = '<meta name="firstpublishedtime" content="2026-05-06-18:30:00">'
    if swapped:
        meta = '<meta content="2026-05-06-18:30:00" name="firstpublishedtime">'
    line = '<div class="pages-date">2026-05-06 18:30 <span>来源： 新华社</span></div>'
    head = f'<h1 id="ti">国务院部署示例工作</h1>{line}'
    page = f"<html><head>{meta}<title>示例_中国政府网</title></head><body>{head}{BODY}</body></html>"
    one = document(page, "https://www.gov.cn/zhengce/202605/content_7000002.htm")
    assert (one.title, one.issuer, one.published) == ("国务院部署示例工作", "新华社", date(2026, 5, 6))
    assert one.paragraphs == (
        "云河省人民政府：",
        "同意你省提出的示例事项，请认真组织实施，重要情况及时报告。",
    )


def test_the_library_is_detected_by_address_and_by_what_it_writes() -> None:
    assert detect(b"{}", SEARCH.format(1, 5)) == "govcn"
    assert detect(b'[{"TITLE": "a", "DOCRELPUBTIME": "2026-05-07"}]', "http://a.example/x.json") == "govcn"
