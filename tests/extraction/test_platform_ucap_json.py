"""UCAP channel and search interfaces from hand-made answers: documented shapes, null totals, throttling."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import parse_qs

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, ListPage, PageRequest
from crawlers.platforms.asked import with_sent
from crawlers.platforms.detect import detect
from tests.extraction.helpers import capture, hints, source

CHANNEL = "c0ffee00c0ffee00c0ffee00c0ffee00"
HEX = "0123456789abcdef0123456789abcd"
ASKED = "&_pageSize=2&_isAgg=true&_isJson=true&_template=index"
TAX = "http://a.example/getFileListByCodeId"
SEARCH = "http://a.example/so/ss/query/s"


def asked(page: int = 1) -> str:
    return f"http://a.example/common/search/{CHANNEL}?page={page}{ASKED}"


def row(number: int, **values: Any) -> dict[str, Any]:
    meta = {
        "refno": f"云政发〔2026〕{number}号",
        "writedate": "2026-05-04",
        "pubdate": "2026-05-05",
        "indexnumber": f"XS-2026-{number}",
        "theme": "工业、交通\\\\信息产业",
        "source": "云河省人民政府",
        "validity": "null",
    }
    pairs = [{"key": key, "value": value} for key, value in meta.items()]
    return {
        "title": f"关于第{number}件事的<em>通知</em>",
        "url": f"/x/c100/202605/{HEX}{number:02d}.shtml",
        "publishedTimeStr": "2026-05-06 09:00:00",
        "content": "全文",
        "domainMetaList": [{"domainName": "文件", "resultList": pairs}, {"resultList": None}],
        **values,
    }


def packed(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def answer(*rows: Any, total: Any = 9, page: Any = 1) -> bytes:
    return packed({"data": {"total": total, "page": page, "rows": 2, "results": list(rows)}})


def channel(body: bytes, url: str | None = None, **options: Any) -> ListPage:
    return PLATFORMS["ucap_channel"].parse_list(body, url or asked(), hints("ucap_channel", options=options))


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def test_rows_carry_the_published_values_of_their_documents() -> None:
    page = channel(answer(row(4), row(3)))
    first = page.entries[0]
    assert (first.url, first.title) == (
        f"http://a.example/x/c100/202605/{HEX}04.shtml",
        "关于第4件事的通知",
    )
    assert (first.published, first.doc_number, first.site_id) == (
        date(2026, 5, 6),
        "云政发〔2026〕4号",
        f"{HEX}04",
    )
    assert dict(first.fields) == {
        "index_number": "XS-2026-4",
        "written": "2026-05-04",
        "topic": "工业、交通\\\\信息产业",
        "issuer": "云河省人民政府",
    }
    assert (page.total, [one.url for one in page.next]) == (9, [asked(2)])


@pytest.mark.parametrize(
    ("body", "number", "leads_to", "code"),
    [
        (answer(row(1), total=9, page=5), 5, None, []),  # the last page, cut short
        (answer(row(1), row(2), total=4, page=2), 2, None, []),
        (answer(row(1), row(2), total=None), 1, 2, []),
        (answer(row(1), row(2), total="9"), 1, 2, []),
        (answer(row(1), total=None), 1, None, []),
        (answer(row(1), row(2), page=1), 4, None, ["repeated-page"]),
        (answer(row(1), row(2), page=None), 4, 5, []),
        (answer(total=0), 1, None, []),
        (answer(total=None), 1, None, ["empty-list"]),
        (answer(total=4, page=3), 3, None, []),
        (answer(total=9), 1, None, ["throttled"]),
        (packed({"data": {"total": 9, "results": None}}), 1, None, ["throttled"]),
        (packed({"data": {"total": None, "results": None}}), 1, None, ["throttled"]),
        (packed({"code": 500, "data": None}), 1, None, ["throttled"]),
        (packed({"msg": "访问过于频繁，请稍后再试"}), 1, None, ["throttled"]),
        (packed({"code": 200, "datas": {}}), 1, None, ["unknown-answer"]),
        (b"<html><body>Sorry</body></html>", 1, None, ["not-json"]),
        (b'{"data": {"total": 9, "results": [{"ti', 1, None, ["damaged-json"]),
        (b"", 1, None, ["empty-page"]),
        (answer(row(1), {"title": None, "url": None}, 7), 1, 2, ["rows-left-out"]),
    ],
)
def test_every_state_of_an_answer_has_its_name(
    body: bytes, number: int, leads_to: int | None, code: list[str]
) -> None:
    page = channel(body, asked(number))
    assert ([one.url for one in page.next], codes(page)) == ([asked(leads_to)] if leads_to else [], code)


@pytest.mark.parametrize("total", [0, "0", 1])
def test_a_total_below_the_rows_beside_it_says_nothing(total: Any) -> None:
    full, short = channel(answer(row(1), row(2), total=total)), channel(answer(row(1), total=0))
    assert ([one.url for one in full.next], full.total, codes(full)) == ([asked(2)], None, [])
    assert (short.next, codes(short)) == ((), [])


@pytest.mark.parametrize("key", ["msg", "message", "error"])
def test_a_plea_in_escapes_is_throttling_and_titles_are_none(key: str) -> None:
    plea = {"code": 500, key: "您的访问过于频繁，请稍后再试"}
    assert codes(channel(json.dumps(plea).encode())) == ["throttled"]
    rows = {"data": {"total": 1, "page": 1, "rows": 2, "results": [row(1, title="关于限流措施的通知")]}}
    assert codes(channel(json.dumps(rows).encode())) == []


@pytest.mark.parametrize(
    "odd", [1, "x", True, {"a": 1}, [1, None], [{"resultList": 7}], [{"resultList": {}}]]
)
def test_published_values_of_any_shape_are_survived(odd: Any) -> None:
    page = channel(answer(row(1, domainMetaList=odd), row(2)))
    assert ([entry.doc_number for entry in page.entries], codes(page)) == (
        [None, "云政发〔2026〕2号"],
        [],
    )


def test_the_day_falls_back_to_the_one_in_the_table_and_links_may_be_foreign() -> None:
    page = channel(answer(row(4, publishedTimeStr=None, url=f"https://b.example/y/{HEX}04.shtml")))
    assert (page.entries[0].published, page.entries[0].url) == (
        date(2026, 5, 5),
        f"https://b.example/y/{HEX}04.shtml",
    )
    assert channel(answer(row(4, publishedTimeStr="1778029200000"))).entries[0].published == date(2026, 5, 6)


def test_columns_of_a_source_may_be_given() -> None:
    given = hints(
        "ucap_channel", options={"channel": f"{CHANNEL} {HEX}00", "interface": "searchList", "size": 18}
    )
    assert PLATFORMS["ucap_channel"].start(given)[0].url == (
        f"http://a.example/searchList/{CHANNEL}?page=1&_pageSize=18&_isAgg=true&_isJson=true&_template=index"
    )


def test_a_page_leads_to_the_columns_its_script_names() -> None:
    body = f"<html><script>var channelId = '{CHANNEL}'; load('/getFileListByCodeId')</script></html>"
    request = channel(body.encode(), "http://a.example/zcfgk/c100006/listflfg.html").next[0]
    assert (request.url, request.method) == (TAX, "POST")
    assert parse_qs((request.body or b"").decode())["channelId"] == [CHANNEL]


def sent(request: PageRequest) -> dict[str, list[str]]:
    return parse_qs((request.body or b"").decode(), keep_blank_values=True)


def test_the_interface_of_the_tax_authority_is_turned_in_its_form() -> None:
    given = hints(
        "ucap_channel",
        options={"channel": CHANNEL, "interface": "/getFileListByCodeId", "pages": "https://fgk.a.example"},
    )
    reader = PLATFORMS["ucap_channel"]
    first = reader.start(given)[0]
    assert sent(first) == {"codeId": [""], "channelId": [CHANNEL], "page": ["1"], "size": ["15"]}
    body = packed({"results": {"data": {"total": 31, "page": 1, "results": [row(1)]}}})
    page = reader.parse_list(body, with_sent(first.url, first.body or b""), given)
    assert page.entries[0].url == f"https://fgk.a.example/x/c100/202605/{HEX}01.shtml"
    assert (page.next[0].url, sent(page.next[0])["page"], sent(page.next[0])["size"]) == (TAX, ["2"], ["15"])
    last = reader.parse_list(
        body.replace(b'"page": 1', b'"page": 3'), with_sent(TAX, b"page=3&size=15"), given
    )
    assert (last.next, codes(last)) == ((), [])


def hits(*rows: Any, total: Any = 45) -> bytes:
    return packed({"totalHits": total, "resultDocs": [{"data": one} for one in rows]})


def hit(number: int, **values: Any) -> dict[str, Any]:
    return {
        "title": f"<em>养老</em>服务条例（{number}）",
        "url": f"http://a.example/x/202605/{HEX}{number:02d}.shtml",
        "docDate": "2026-05-06 00:00:00",
        "siteLabel": "云河省人民政府",
        "summary": "……",
        **values,
    }


def search(body: bytes, number: int | None = 1) -> ListPage:
    url = (
        SEARCH
        if number is None
        else with_sent(SEARCH, f"qt=&page={number}&pageSize=20&siteCode=5300".encode())
    )
    return PLATFORMS["ucap_search"].parse_list(body, url, hints("ucap_search"))


def test_the_search_is_asked_by_form_and_its_hits_are_read() -> None:
    given = hints("ucap_search", options={"site_code": "5300000033", "query": "养老"})
    first = PLATFORMS["ucap_search"].start(given)[0]
    assert (first.url, first.method, first.role) == (SEARCH, "POST", "api")
    assert sent(first) == {"qt": ["养老"], "page": ["1"], "pageSize": ["20"], "siteCode": ["5300000033"]}
    page = search(hits(hit(1), hit(2, docDate=1778029200000, url=f"/y/{HEX}02.shtml")))
    assert [(one.title, one.published, one.url) for one in page.entries] == [
        ("养老服务条例（1）", date(2026, 5, 6), f"http://a.example/x/202605/{HEX}01.shtml"),
        ("养老服务条例（2）", date(2026, 5, 6), f"http://a.example/y/{HEX}02.shtml"),
    ]
    assert (page.total, sent(page.next[0])["page"], sent(page.next[0])["siteCode"]) == (45, ["2"], ["5300"])


@pytest.mark.parametrize(
    ("body", "number", "more", "code"),
    [
        (hits(hit(1)), 3, False, []),
        (hits(hit(1), total=None), 1, False, []),
        (hits(hit(1)), None, True, []),  # nobody knows what was sent: the first answer
        (hits(total=0), 1, False, []),
        (hits(total=45), 1, False, ["throttled"]),
        (hits(total=45), 4, False, []),
        (packed({"totalHits": None, "resultDocs": None}), 1, False, ["throttled"]),
        (packed({"message": "请求过多"}), 1, False, ["throttled"]),
        (packed({"status": 1}), 1, False, ["unknown-answer"]),
        (packed([1]), 1, False, ["unknown-answer"]),
        (b"<html>502</html>", 1, False, ["not-json"]),
    ],
)
def test_a_search_without_hits_is_told_from_one_that_holds_us_back(
    body: bytes, number: int | None, more: bool, code: list[str]
) -> None:
    page = search(body, number)
    assert (bool(page.next), codes(page)) == (more, code)


@pytest.mark.parametrize(
    ("body", "url", "name"),
    [
        (answer(row(1)), asked(), "ucap_channel"),
        (answer(row(1)), "http://a.example/any", "ucap_channel"),
        (b"", f"http://a.example/searchList/{CHANNEL}?page=1", "ucap_channel"),
        (b"{}", TAX, "ucap_channel"),
        (hits(hit(1)), "http://a.example/any", "ucap_search"),
        (b"{}", SEARCH, "ucap_search"),
    ],
)
def test_the_interfaces_are_detected(body: bytes, url: str, name: str) -> None:
    assert detect(body, url) == name


def test_a_capture_of_an_answer_is_a_list_and_its_page_keeps_the_published_values() -> None:
    row_of = source("ucap_channel")
    listed = read_capture(capture(asked(), role="api", media_type="application/json"), answer(row(4)), row_of)
    assert (listed.kind, listed.path, len(listed.entries)) == ("list", "ucap_channel", 1)
    text = "<p>现将有关事项通知如下，请各地认真组织实施，并及时报告进展情况。</p>"
    page = f"<html><body><h1>关于第4件事的通知</h1><div class='article_content'>{text}</div></body></html>"
    card = capture(listed.entries[0].url, role="detail", entry=listed.entries[0])
    one = read_capture(card, page.encode(), row_of).documents[0]
    assert (one.doc_number, one.index_number, one.issuer) == (
        "云政发〔2026〕4号",
        "XS-2026-4",
        "云河省人民政府",
    )
    assert one.site_id == f"{HEX}04"
