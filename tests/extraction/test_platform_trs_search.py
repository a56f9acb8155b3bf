"""Both searches of TRS sites from hand-made answers: WAS5 pages and JSON, IGS rows under changing names."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.detect import detect
from tests.extraction.helpers import hints

WAS = "http://a.example/was5/web/search?channelid=267907&page={}"
IGS = "http://a.example/igs/front/search.jhtml?code=0a1b&siteId=2&pageSize=2&pageNumber={}"


def was(body: str | bytes, page: int = 1, more: str = "") -> ListPage:
    raw = body if isinstance(body, bytes) else body.encode()
    return PLATFORMS["trs_was5"].parse_list(raw, WAS.format(page) + more, hints("trs_was5"))


def igs(value: Any, page: int = 1) -> ListPage:
    body = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    return PLATFORMS["trs_igs"].parse_list(body, IGS.format(page), hints("trs_igs"))


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def numbers(page: ListPage, name: str) -> list[str]:
    return [parse_qs(urlsplit(request.url).query)[name][0] for request in page.next]


def line(number: int, link: str = "") -> str:
    address = link or f"http://a.example/srcsite/A02/202605/t20260506_{number}.html"
    return (
        f'<li><a href="{address}" target="_blank">关于第{number}件事情的意见</a><span>2026-05-06</span></li>'
    )


def results(*rows: str, script: str = "var countPage = 3; var recordCount = 6;") -> str:
    nav = "<div class='nav'><a href='/'>首页</a><a href='/zwgk/'>公开</a></div>"
    return f"<html><body>{nav}<ul>{''.join(rows)}</ul><script>{script}</script></body></html>"


def test_each_channel_of_a_search_is_a_list() -> None:
    row = hints("trs_was5", options={"channel": "267907 280494", "query": "学校"})
    requests = PLATFORMS["trs_was5"].start(row)
    assert [request.role for request in requests] == ["list", "list"]
    assert parse_qs(urlsplit(requests[1].url).query) == {
        "channelid": ["280494"],
        "searchword": ["学校"],
        "page": ["1"],
    }


def test_rows_of_the_search_keep_their_numbers_and_foreign_ones_have_none() -> None:
    page = was(
        results(line(1), line(2, "/srcsite/A02/s5911/moe_3.html"), line(3, "http://b.example/c/4.htm"))
    )
    assert [(entry.url, entry.site_id, entry.published) for entry in page.entries] == [
        ("http://a.example/srcsite/A02/202605/t20260506_1.html", "t20260506_1", date(2026, 5, 6)),
        ("http://a.example/srcsite/A02/s5911/moe_3.html", None, date(2026, 5, 6)),
        ("http://b.example/c/4.htm", None, date(2026, 5, 6)),
    ]
    assert (page.total, numbers(page, "page"), numbers(page, "channelid")) == (6, ["2"], ["267907"])
    assert was(results(line(1), line(2)), page=3).next == ()


def test_a_list_of_definitions_with_a_printed_count_is_read() -> None:
    rows = [
        f"<li><dl><dt><span>2026-05-0{n}</span><a href='http://a.example/x/202605/t2026050{n}_{n}.shtml'>"
        f"第{n}份报告的全文</a></dt><dd>摘要里有<font color=red>报告</font>一词</dd></dl></li>"
        for n in (6, 7)
    ]
    page = was(f"<div>约有<em>5</em>项符合<span>报告</span>的查询结果</div><ul>{''.join(rows)}</ul>")
    assert [(e.title, e.published) for e in page.entries] == [
        ("第6份报告的全文", date(2026, 5, 6)),
        ("第7份报告的全文", date(2026, 5, 7)),
    ]
    assert (page.total, numbers(page, "page")) == (5, ["2"])


def test_a_search_without_rows_says_why() -> None:
    assert codes(was(results(script="var countPage=1;var recordCount=40;"))) == ["throttled"]
    assert codes(was("<html><body>系统繁忙，请稍后再试</body></html>")) == ["throttled"]
    assert codes(was(results(script=""))) == ["empty-list"]
    none = was("<html><body>没有检索到符合条件的信息</body></html>")
    assert (codes(none), none.total) == ([], 0)
    zero = was(results(script="var recordCount = 0;"))
    assert (codes(zero), zero.total) == ([], 0)


DOCS = [
    {"title": "关于第一件事的通知", "url": "/zw/202605/t20260506_1.htm", "time": "2026-05-06 10:00:00"},
    {"doctitle": "转载", "chnldocurl": "http://b.example/2.htm", "docreltime": "2026.05.07"},
    {},
]


def test_the_json_template_is_read_and_its_closing_row_left_out() -> None:
    page = was(json.dumps({"count": "40", "docs": DOCS}).encode(), more="&prepage=2")
    assert [(e.site_id, e.published) for e in page.entries] == [
        ("t20260506_1", date(2026, 5, 6)),
        (None, date(2026, 5, 7)),
    ]
    assert (page.total, codes(page), numbers(page, "page")) == (40, [], ["2"])
    assert was(json.dumps({"count": "4", "docs": DOCS}).encode(), 2, "&prepage=2").next == ()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"count": "40", "docs": []}', "throttled"),
        (b'{"count": null, "docs": null}', "throttled"),
        (b'{"docs": [', "damaged-json"),
        (b'{"error": 1}', "unknown-answer"),
    ],
)
def test_other_json_answers_are_named(body: bytes, code: str) -> None:
    assert codes(was(body)) == [code]


TIANJIN = {
    "ZCJDTITLE": "关于<em>示例</em>的解读",
    "ZCJDURL": "http://a.example/jd/202605/t20260506_9.html",
    "FWJG": "云河市财政局",
    "PUBDATE": "2026-05-06 09:30:00",
}
TIBET = {
    "title": "关于示例的通知",
    "url": "./zwgk/202605/t20260507_10.html",
    "fileNum": "云政办发〔2026〕10号",
    "fbjg": "云河省人民政府办公厅",
    "trs_time": "2026-05-07T16:00:00.000+0800",
}


def test_a_search_is_started_by_its_code() -> None:
    row = hints("trs_igs", options={"code": "0a1b", "site": 2, "size": 20})
    asked = parse_qs(urlsplit(PLATFORMS["trs_igs"].start(row)[0].url).query)
    assert asked == {"code": ["0a1b"], "siteId": ["2"], "pageSize": ["20"], "pageNumber": ["1"]}


def test_rows_are_read_under_the_names_of_either_site() -> None:
    page = igs({"page": {"content": [TIANJIN, TIBET], "totalPages": 3, "total": 5}})
    assert [(e.title, e.published, e.doc_number, e.site_id, dict(e.fields)) for e in page.entries] == [
        ("关于示例的解读", date(2026, 5, 6), None, "t20260506_9", {"issuer": "云河市财政局"}),
        (
            "关于示例的通知",
            date(2026, 5, 7),
            "云政办发〔2026〕10号",
            "t20260507_10",
            {"issuer": "云河省人民政府办公厅"},
        ),
    ]
    assert (page.total, numbers(page, "pageNumber"), numbers(page, "code")) == (5, ["2"], ["0a1b"])
    assert igs({"page": {"content": [TIBET], "totalPages": 3, "total": 5}}, page=3).next == ()


@pytest.mark.parametrize("total", [None, 0, ""])
def test_a_missing_total_is_unknown(total: Any) -> None:
    full = igs({"data": {"datas": [TIANJIN, TIBET], "total": total}})
    assert (full.total, len(full.next)) == (None, 1)
    assert igs({"data": {"datas": [TIBET], "total": total}}, page=2).next == ()


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"page": None}, "throttled"),
        ({"page": {"content": None, "total": None}}, "throttled"),
        ({"page": {"content": [], "total": 12}}, "throttled"),
        ({"msg": "操作频繁，请稍后重试"}, "throttled"),
        ({"page": {"rows": []}}, "unknown-answer"),
        ({"result": []}, "unknown-answer"),
        ({"page": {"content": [{"bt": "题"}], "total": 1}}, "rows-left-out"),
        (b"<html>", "not-json"),
        (b'{"page": {', "damaged-json"),
    ],
)
def test_answers_that_are_no_list_are_named(value: Any, code: str) -> None:
    assert codes(igs(value)) == [code]


def test_a_title_that_speaks_of_frequency_is_no_plea_to_wait() -> None:
    busy = TIBET | {"title": "关于防范频繁过境、稍后再试等问题的通知"}
    page = igs({"page": {"content": [busy], "total": 1}})
    assert (len(page.entries), codes(page)) == (1, [])


def test_no_hits_are_an_empty_list_without_problem() -> None:
    page = igs({"page": {"content": [], "total": 0, "totalPages": 0}})
    assert (page.entries, page.next, page.total, codes(page)) == ((), (), 0, [])


def test_both_searches_are_detected_by_their_address() -> None:
    assert detect(results(line(1)).encode(), WAS.format(1)) == "trs_was5"
    assert detect(b"{}", IGS.format(1)) == "trs_igs"
