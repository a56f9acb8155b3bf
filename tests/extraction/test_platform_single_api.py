"""Single JSON interfaces described by options alone: six real shapes as data, strictness about the rest."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from crawlers.platforms import PLATFORMS, ListPage, PageRequest
from crawlers.platforms.asked import with_sent
from tests.extraction.helpers import hints
from warehouse.errors import UserError

SITES = sorted((Path(__file__).parent / "single_api").glob("*.toml"))
READER = PLATFORMS["single_api"]


def packed(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def asked(request: PageRequest) -> str:
    return f"{request.url} {(request.body or b'').decode()}".strip()


def place(request: PageRequest) -> str:
    """The address as the spider hands it to the reader."""
    return with_sent(request.url, request.body or b"")


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


@pytest.mark.parametrize("file", SITES, ids=[file.stem for file in SITES])
def test_a_site_is_data_only(file: Path) -> None:
    site = tomllib.loads(file.read_text(encoding="utf-8"))
    row = hints("single_api", site["home"], options=site["options"])
    first = READER.start(row)[0]
    assert asked(first) == site["asked"]["first"]
    page = READER.parse_list(packed(site["answer"]), place(first), row)
    entry, wanted = page.entries[0], site["entry"]
    assert (entry.url, entry.title, entry.published) == (wanted["url"], wanted["title"], wanted["published"])
    assert (entry.doc_number, dict(entry.fields)) == (wanted.get("doc_number"), wanted.get("fields", {}))
    assert set(codes(page)) <= {"short-page"}
    later = READER.parse_list(packed(site["answer"]), place(page.next[0]), row)
    assert (asked(later.next[0]), codes(later)) == (site["asked"]["third"], [])


OPTIONS: dict[str, str | int] = {
    "address": "/api/list?p={page}&n={size}",
    "page_size": 2,
    "rows": "data.rows",
    "total": "data.total",
    "title": "name",
    "url": "href",
    "date": "day",
}


def row(number: int, **values: Any) -> dict[str, Any]:
    return {"name": f"第{number}号通知", "href": f"/n/{number}.html", "day": "2026-05-06", **values}


def answer(*rows: Any, total: Any = 5, **values: Any) -> dict[str, Any]:
    return {"code": 200, "data": {"rows": list(rows), "total": total, **values}}


def read(value: Any, at_page: int = 1, **options: str | int) -> ListPage:
    body = value if isinstance(value, bytes) else packed(value)
    return READER.parse_list(
        body, f"http://a.example/api/list?p={at_page}&n=2", hints("single_api", options=OPTIONS | options)
    )


def sentence(page: ListPage) -> str:
    return page.problems[0].detail


@pytest.mark.parametrize(
    ("value", "number", "more", "code"),
    [
        (answer(row(1), row(2)), 1, True, []),
        (answer(row(1), row(2)), 2, True, []),
        (answer(row(1)), 3, False, []),
        (answer(row(1), row(2), total=None), 1, True, []),
        (answer(total=None), 4, False, []),
        (answer(total=None), 1, False, ["empty-list"]),
        (answer(total=0), 1, False, []),
        (answer(total=5), 2, False, ["throttled"]),
        ({"code": 200, "data": {"rows": None, "total": None}}, 1, False, ["throttled"]),
        ({"code": 200, "data": {"rows": None, "total": 0}}, 1, False, []),
        ({"msg": "操作频繁，请稍后重试"}, 1, False, ["throttled"]),
        (json.dumps({"msg": "操作频繁，请稍后重试"}).encode(), 1, False, ["throttled"]),
        (json.dumps({"data": {"error": {"message": "系统繁忙"}}}).encode(), 1, False, ["throttled"]),
        (answer(row(1), row(2), total=0), 1, True, []),
        (answer(row(1), row(2), total=0), 2, True, []),
        (answer(total=0), 3, False, []),
        (answer(row(1), total=5), 1, True, ["short-page"]),
        (answer(row(1), row(2, name=None)), 1, True, ["rows-left-out"]),
        (answer(row(1), row(2, href=" ")), 1, True, ["rows-left-out"]),
        (answer(row(1, day="soon"), row(2, day="later")), 1, True, ["unreadable-dates"]),
        (answer(row(1, day=None), row(2, day="")), 1, True, []),
        (b"<html>502 Bad Gateway</html>", 1, False, ["not-json"]),
        (b'{"code": 200, "data": {"rows": [', 1, False, ["damaged-json"]),
        (b"  ", 1, False, ["empty-page"]),
        ([row(1)], 1, False, ["unknown-path"]),
    ],
)
def test_every_state_of_an_answer_has_its_name(value: Any, number: int, more: bool, code: list[str]) -> None:
    page = read(value, number)
    assert (bool(page.next), codes(page)) == (more, code)


def test_an_unknown_path_says_what_stands_there_and_what_to_correct() -> None:
    assert sentence(read({"code": 200, "data": {"list": [], "count": 0}})) == (
        "The answer has no 'data.rows'; where 'rows' should be it has count, list; correct [options] rows."
    )
    assert sentence(read({"code": 200, "result": {}})) == (
        "The answer has no 'data.rows'; where 'data' should be it has code, result; correct [options] rows."
    )
    assert sentence(read({"data": {"rows": {"a": 1}}})) == (
        "The answer's 'data.rows' is no list of rows; correct [options] rows."
    )
    page = read(answer(row(1), row(2)), number="wjbh", total="data.count")
    assert [one.detail for one in page.problems] == [
        "The answer has no 'data.count'; where 'count' should be it has rows, total; "
        "correct [options] total.",
        "The answer has no 'wjbh'; where 'wjbh' should be it has day, href, name; correct [options] number.",
    ]
    assert len(page.entries) == 2  # what is named rightly is read


def test_a_value_that_only_some_rows_lack_is_no_fault() -> None:
    short = {"name": "第2号通知", "href": "/n/2.html"}
    assert codes(read(answer(row(1), short))) == []


def test_conditions_tell_a_bad_answer_and_an_empty_list_from_a_good_one() -> None:
    assert codes(read(answer(row(1), row(2)), ok="code=200")) == []
    assert codes(read({"code": 500, "data": {"rows": [], "total": 0}}, ok="code=200")) == ["throttled"]
    assert read({"code": 1001, "data": None}, none="code=1001") == ListPage((), (), 0)


def test_an_answer_that_tells_another_page_ends_the_list() -> None:
    page = read(answer(row(1), row(2), pageNo=1, total=50), 9, page="data.pageNo")
    assert (page.next, codes(page), len(page.entries)) == ((), ["repeated-page"], 2)


def test_pages_may_start_at_zero_or_be_counted_in_rows() -> None:
    zero = hints("single_api", options=OPTIONS | {"page_start": 0, "pages": "data.pages"})
    first = READER.start(zero)[0]
    assert first.url == "http://a.example/api/list?p=0&n=2"
    second = READER.parse_list(packed(answer(row(1), row(2), pages=2)), first.url, zero).next[0]
    assert second.url == "http://a.example/api/list?p=1&n=2"
    assert READER.parse_list(packed(answer(row(3), pages=2)), second.url, zero).next == ()
    offset = hints("single_api", options=OPTIONS | {"address": "/api/list?from={offset}&n={size}"})
    url = "https://www.a.example/api/list?from=2&n=2"  # after a redirect
    page = READER.parse_list(packed(answer(row(3), row(4))), url, offset)
    assert [one.url for one in page.next] == ["http://a.example/api/list?from=4&n=2"]


def test_json_bodies_keep_their_braces() -> None:
    body = '{"page":{page},"filter":{"kind":"通知"},"size":{size}}'
    given = hints(
        "single_api",
        options=OPTIONS | {"address": "/api/q", "method": "post", "body": body, "body_type": "json"},
    )
    first = READER.start(given)[0]
    assert json.loads(first.body or b"") == {"page": 1, "filter": {"kind": "通知"}, "size": 2}
    assert first.headers["Content-Type"].startswith("application/json")
    page = READER.parse_list(packed(answer(row(1), row(2))), place(first), given)
    assert json.loads(page.next[0].body or b"")["page"] == 2


def test_addresses_may_be_made_of_values_and_rows_be_the_whole_answer() -> None:
    options: dict[str, str | int] = {
        "address": "/api/all",
        "rows": ".",
        "title": "meta.title",
        "link": "/doc/{meta.id}.html",
        "key": "meta.id",
    }
    given = hints("single_api", options=options)
    rows = [{"meta": {"title": "甲通知", "id": 7}}, {"meta": {"title": "乙通知", "id": None}}]
    page = READER.parse_list(packed(rows), "http://a.example/api/all", given)
    assert [(one.url, one.site_id) for one in page.entries] == [("http://a.example/doc/7.html", "7")]
    assert (page.next, codes(page)) == ((), ["rows-left-out"])


def test_foreign_and_relative_addresses_are_made_whole() -> None:
    page = read(answer(row(1, href="//b.example/1.html"), row(2, href="../n/2.html")))
    assert [one.url for one in page.entries] == ["http://b.example/1.html", "http://a.example/n/2.html"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"rowz": "data"}, r"^s: \[options\] rowz is not known; single_api has address, body"),
        ({"address": ""}, r"^s: \[options\] address is missing; single_api cannot read a list without it\.$"),
        ({"url": ""}, r"url is missing; name the row's address, or write link with \{its\} values"),
        ({"method": "put"}, r"method is 'put'; write get or post"),
        ({"body": "a=1"}, r'body needs method = "post"'),
        ({"page_size": 0}, r"page_size is '0'; write a whole number from 1 on"),
        ({"ok": "code"}, r'ok is \'code\'; write a path and its value such as "code=200"'),
    ],
)
def test_options_that_do_not_fit_are_refused_with_one_sentence(
    options: dict[str, str | int], said: str
) -> None:
    given = hints("single_api", options=OPTIONS | options)
    with pytest.raises(UserError, match=said):
        READER.start(given)
    assert codes(READER.parse_list(b"{}", "http://a.example/", given)) == ["bad-options"]
