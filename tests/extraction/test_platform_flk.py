"""The laws database from hand-made answers: the search by JSON form, a law's card, signed links."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, ListPage, PageRequest
from crawlers.platforms.asked import with_sent
from crawlers.platforms.detect import detect
from crawlers.platforms.flk import file_behind, files_of
from tests.extraction.helpers import capture, hints, source

HOME = "http://flk.example/"
SEARCH = "http://flk.example/law-search/search/list"
CARD = "http://flk.example/law-search/search/flfgDetails?bbbs=ff80"
KEYS = (
    *("searchRange", "sxrq", "gbrq", "searchType", "sxx", "gbrqYear", "flfgCodeId", "zdjgCodeId"),
    *("searchContent", "orderByParam", "pageNum", "pageSize"),
)


def law(number: int, **values: Any) -> dict[str, Any]:
    return {
        "bbbs": f"ff{number:02}",
        "title": f"云河省第<em>{number}</em>号示例条例",
        "gbrq": "2026-04-30",
        "sxrq": "2026-06-01 00:00:00",
        "sxx": "3",
        "flxz": "地方性法规",
        "zdjgName": "云河省人民代表大会常务委员会",
        **values,
    }


def first(**options: str | int) -> PageRequest:
    return PLATFORMS["flk"].start(hints("flk", HOME, options=options))[0]


def answer(value: Any, request: PageRequest | None = None) -> ListPage:
    body = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    url = with_sent(request.url, request.body or b"") if request else SEARCH
    return PLATFORMS["flk"].parse_list(body, url, hints("flk", HOME))


def sent(request: PageRequest) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(request.body or b"null")
    return value


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def test_the_form_holds_every_key_and_asks_for_the_newest_first() -> None:
    request = first(codes="120 210", status=3, query="养老", size=900)
    form = sent(request)
    assert (request.method, request.url, request.headers["Content-Type"][:16]) == (
        "POST",
        SEARCH,
        "application/json",
    )
    assert set(form) == set(KEYS)
    assert (form["flfgCodeId"], form["sxx"], form["searchContent"], form["pageSize"]) == (
        [120, 210],
        [3],
        "养老",
        100,
    )
    assert form["orderByParam"] == {"order": "-1", "sort": "gbrq"}


def test_a_row_gives_title_days_status_and_issuer() -> None:
    entry = answer({"code": 200, "total": 1, "rows": [law(80)]}).entries[0]
    assert (entry.url, entry.title, entry.published, entry.site_id) == (
        CARD,
        "云河省第80号示例条例",
        date(2026, 4, 30),
        "ff80",
    )
    assert dict(entry.fields) == {
        "effective": "2026-06-01",
        "validity": "有效",
        "issuer": "云河省人民代表大会常务委员会",
        "doc_type": "地方性法规",
    }


@pytest.mark.parametrize(
    ("sxx", "printed"),
    [(1, "已废止"), ("2", "已修改"), (3, "有效"), (4, "尚未生效"), (None, None), (9, None), (True, None)],
)
def test_the_status_is_printed_in_the_words_of_the_site(sxx: Any, printed: str | None) -> None:
    page = answer({"code": 200, "total": 1, "rows": [law(1, sxx=sxx)]})
    assert dict(page.entries[0].fields).get("validity") == printed
    assert codes(page) == (["unknown-status"] if sxx == 9 else [])


def test_pages_are_turned_with_the_same_form_until_the_total() -> None:
    request = first(size=2, query="养老")
    page = answer({"code": 200, "total": 3, "rows": [law(1), law(2)]}, request)
    assert sent(page.next[0]) == {**sent(request), "pageNum": 2}
    assert answer({"code": 200, "total": 3, "rows": [law(3)]}, page.next[0]).next == ()


@pytest.mark.parametrize("total", [None, 0, "null"])
def test_without_a_total_full_answers_are_followed(total: Any) -> None:
    full = answer({"code": 200, "total": total, "rows": [law(1), law(2)]}, first(size=2))
    assert (full.total, len(full.next)) == (None, 1)
    assert answer({"code": 200, "total": total, "rows": [law(3)]}, full.next[0]).next == ()


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"code": 500, "msg": "系统异常"}, "throttled"),
        ({"code": 429, "msg": "请求过多", "rows": None}, "throttled"),
        ({"code": 200, "total": 29000, "rows": []}, "throttled"),
        ({"code": 200, "total": None, "rows": None}, "throttled"),
        ({"code": 200, "total": 2, "rows": [{"title": "无号"}, law(2)]}, "rows-left-out"),
        ({"status": "up"}, "unknown-answer"),
        ([], "unknown-answer"),
        (b"<!doctype html><div id=app></div>", "not-json"),
        (b'{"code": 200, "rows": [', "damaged-json"),
    ],
)
def test_answers_that_are_no_list_are_named(value: Any, code: str) -> None:
    assert codes(answer(value)) == [code]


def test_no_law_of_a_kind_is_an_empty_list_without_problem() -> None:
    page = answer({"code": 200, "total": 0, "rows": []})
    assert (page.entries, page.next, page.total, codes(page)) == ((), (), 0, [])


DETAIL = {
    "code": 200,
    "data": law(
        80,
        ossFile={"ossWordPath": "prod/1.docx", "ossPdfPath": None, "ossWordOfdPath": "prod/1.ofd"},
        content={
            "title": "云河省第80号示例条例",
            "children": [
                {"title": "第一章　总则", "children": [{"title": "第一条", "children": []}, "junk"]},
                {"title": "第二章　附则", "children": None},
            ],
        },
        lsyg=[{"bbbs": "ff79", "title": "旧条例", "gbrq": "2010-01-01"}],
    ),
}


def test_a_card_gives_values_contents_and_the_page_people_open() -> None:
    card = capture(CARD, role="detail", media_type="application/json")
    one = read_capture(card, json.dumps(DETAIL, ensure_ascii=False).encode(), source("flk", HOME)).documents[
        0
    ]
    assert (one.title, one.issuer, one.doc_type, one.validity) == (
        "云河省第80号示例条例",
        "云河省人民代表大会常务委员会",
        "地方性法规",
        "有效",
    )
    assert (one.published, one.effective) == (date(2026, 4, 30), date(2026, 6, 1))
    assert one.paragraphs == ("第一章 总则", "第一条", "第二章 附则")
    assert (one.url, one.site_id) == ("http://flk.example/detail?id=ff80", "ff80")
    assert [(link.name, link.url) for link in one.attachments] == [
        (
            "云河省第80号示例条例.docx",
            "http://flk.example/law-search/download/pc?format=docx&bbbs=ff80&fileId=",
        )
    ]


@pytest.mark.parametrize("value", [{"code": 500, "msg": "系统异常"}, {"code": 200, "data": None}, {}])
def test_a_card_that_is_refused_is_no_document(value: Any) -> None:
    card = capture(CARD, role="detail", media_type="application/json")
    assert read_capture(card, json.dumps(value).encode(), source("flk", HOME)).documents == ()


def test_a_files_link_is_asked_for_and_only_the_outer_one_is_followed() -> None:
    asked = files_of(json.dumps(DETAIL).encode(), CARD)
    assert asked == ("http://flk.example/law-search/download/pc?format=docx&bbbs=ff80&fileId=",)
    signed = {"url": "http://files.example/prod/1.docx?sign=a", "urlIn": "http://172.16.0.1/1.docx"}
    answers: list[dict[str, Any]] = [
        {"code": 200, "data": signed},
        {"code": 200, "data": {"url": None, "urlIn": signed["urlIn"]}},
        {"code": 200, "data": {}},
        {"code": 500, "data": signed},
    ]
    links = [file_behind(json.dumps(value).encode(), asked[0]) for value in answers]
    assert links == [signed["url"], None, None, None]
    request = PageRequest(asked[0], "api")
    assert [(one.url, one.role) for one in answer(answers[0], request).next] == [
        (signed["url"], "attachment")
    ]
    assert codes(answer(answers[1], request)) == ["no-file"]


def test_a_card_without_files_or_a_refused_one_offers_none() -> None:
    assert files_of(b'{"code": 500, "data": {"title": "x", "bbbs": "1"}}', CARD) == ()
    assert files_of(json.dumps({"code": 200, "data": law(1, ossFile=None)}).encode(), CARD) == ()


def test_the_database_is_detected() -> None:
    assert detect(b"{}", SEARCH) == "flk"
    assert detect(b'{"total":1,"rows":[{"bbbs":"a","sxx":3,"zdjgName":"x"}]}', "http://a.example/x") == "flk"
