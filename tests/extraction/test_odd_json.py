"""JSON lists in which one value after the other is of another type than documented: no reader raises."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from crawlers.platforms import PLATFORMS
from tests.extraction.helpers import hints

SITE = "http://a.example"
META = [{"domainName": "x", "resultList": [{"key": "refno", "value": "1"}]}]
ROW = {"title": "关于通知", "url": "/a/1.html", "docDate": "2026-01-01", "name": "n", "domainMetaList": META}
LAW = {"bbbs": "a", "title": "法", "gbrq": "2026-01-01", "sxrq": "2026-01-01", "sxx": 3, "zdjgName": "x"}
BODIES = {"title": "x", "link": "/a", "organisations": [{"title": "o"}], "format": "f"}
BOX = "<div class='jcse-result-box'><a href='/art/2026/1/1/art_1_2.html'>关于通知</a></div>"
UNIT = "<ul><li><a href='/art/2026/1/1/art_1_2.html'>关于通知</a></li></ul>"
ANSWERS: dict[str, tuple[str, Any]] = {
    "ucap_channel": (
        f"/common/search/{'c0' * 16}?page=1&_pageSize=2",
        {"data": {"total": 9, "page": 1, "results": [ROW, ROW]}},
    ),
    "ucap_search": ("/so/ss/query/s", {"totalHits": 3, "resultDocs": [{"data": ROW}]}),
    "trs_was5": ("/was5/web/search?page=1", {"count": 3, "docs": [ROW, {}]}),
    "trs_igs": ("/igs/front/search.jhtml?pageNumber=1", {"page": {"content": [ROW], "total": 3}}),
    "gkmlpt": ("/gkmlpt/api/all/1?page=1&sid=1", {"articles": [{**ROW, "id": 1, "date": 1}], "total": 3}),
    "flk": ("/law-search/search/list", {"code": 200, "total": 3, "rows": [LAW]}),
    "govcn": (
        "/search-gov/data?p=1&n=5",
        {"code": 200, "searchVO": {"catMap": {"gongwen": {"totalCount": 3, "listVO": [ROW]}}}},
    ),
    "govuk": ("/api/search.json?start=0&count=1", {"results": [BODIES], "total": 3, "start": 0}),
    "hanweb_search": ("/jsearchfront/interfaces/cateSearch.do?p=1&pg=2", {"total": 3, "result": [BOX]}),
    "hanweb_jpaas": (
        "/api-gateway/jpaas-publish-server/front/page/build/unit?pageId=1",
        {"code": 200, "data": {"html": UNIT}},
    ),
    "feed": (
        "/feed.json",
        {"version": "https://jsonfeed.org/version/1", "items": [{"id": 1, "url": "/1", "title": "关于"}]},
    ),
    "generic": ("/x.json", {"data": {"list": [ROW, ROW], "total": 4, "next": "/p2"}}),
    "single_api": ("/api?p=1&n=2", {"code": 200, "data": {"rows": [ROW], "total": 5, "page": 1}}),
}
OPTIONS = {
    "address": "/api?p={page}&n={size}",
    "page_size": 2,
    "rows": "data.rows",
    "total": "data.total",
    "page": "data.page",
    "title": "name",
    "url": "url",
    "date": "docDate",
}
ODD: tuple[Any, ...] = (
    None,
    1,
    -1,
    1.5,
    1e308,
    "x",
    "",
    True,
    [],
    {},
    [1],
    [None],
    {"a": 1},
    "9" * 30,
    [[ROW]],
)


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield way
    keys = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield from places(value[key], (*way, key))


def exchanged(value: Any, way: tuple[Any, ...], odd: Any) -> Any:
    if not way:
        return odd
    changed = copy.deepcopy(value)
    held = changed
    for key in way[:-1]:
        held = held[key]
    held[way[-1]] = odd
    return changed


@pytest.mark.parametrize("name", list(ANSWERS))
def test_a_value_of_another_type_is_survived_wherever_it_stands(name: str) -> None:
    path, answer = ANSWERS[name]
    told = hints(name, options=OPTIONS if name == "single_api" else {})
    assert PLATFORMS[name].parse_list(json.dumps(answer).encode(), SITE + path, told).entries
    for way in places(answer):
        for odd in ODD:
            body = json.dumps(exchanged(answer, way, odd)).encode()
            page = PLATFORMS[name].parse_list(body, SITE + path, told)
            assert page.entries or page.problems or page.total == 0 or not page.next, (way, odd)
