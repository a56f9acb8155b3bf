"""Hanweb JPAAS from hand-made pages and answers: units under any spelling, paging by paramJson."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.detect import detect
from crawlers.spiders.requests import found_files
from tests.extraction.helpers import capture, hints, source

COLUMN = "http://a.example/zw/zjwj/index.html"
API = "/api-gateway/jpaas-publish-server/front/page/build/unit"
ART = f"/art/2026/art_{1:032x}.html"
NUMBERS = {
    "parseType": "bulidstatic",
    "webId": "29e9522dc89d",
    "tplSetId": "5c30fb89ae5e",
    "pageType": "column",
    "tagId": "内容区域",
    "editType": "null",
    "pageId": "5a1c443ecf8c",
}
UNIT = (
    f"http://a.example{API}?parseType=bulidstatic&webId=29e9522dc89d&tplSetId=5c30fb89ae5e&pageType=column"
    "&tagId=%E5%86%85%E5%AE%B9%E5%8C%BA%E5%9F%9F&editType=null&pageId=5a1c443ecf8c"
)


def read(body: str, url: str = COLUMN, **options: str | int) -> ListPage:
    return PLATFORMS["hanweb_jpaas"].parse_list(
        body.encode(), url, hints("hanweb_jpaas", options=options or {})
    )


def unit(markup: Any, page: int = 1, size: int = 2, url: str = UNIT) -> ListPage:
    more = f"&paramJson=%7B%22pageNo%22%3A{page}%2C%22pageSize%22%3A{size}%7D" if page > 1 else ""
    return read(json.dumps({"code": 200, "data": {"html": markup}}, ensure_ascii=False), url + more)


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def asked(page: ListPage) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(page.next[0].url).query).items()}


def line(number: int, link: str = "") -> str:
    address = link or f"/art/2026/art_{number:032x}.html"
    title = f"关于第{number}件事的通知"
    return f"<li><a href='{address}' title='{title}'>{title[:5]}…</a><span>2026-05-06</span></li>"


def loose(values: dict[str, str], quote: str = "'") -> str:
    return "{" + ",".join(f"{quote}{key}{quote}:{quote}{value}{quote}" for key, value in values.items()) + "}"


TURNED = dict(reversed(NUMBERS.items()))
PAGES = {
    "as documented": f'<script url="{API}" queryData="{loose(NUMBERS)}"></script>',
    "swapped attributes": f'<script queryData="{loose(NUMBERS)}" id="x" url="{API}"></script>',
    "other case and order": f"<script url='{API}' querydata='{loose(TURNED, chr(34))}'></script>",
    "escaped": f'<div url="{API}" queryData="{loose(NUMBERS, "&quot;")}"></div>',
    "without quotes": f'<div url="{API}" queryData="{loose(NUMBERS, "")}"></div>',
    "in a script": f"<script>load('{API}', {loose(NUMBERS)});</script>",
    "twice": f'<script url="{API}" queryData="{loose(NUMBERS)}"></script>' * 2,
    "foreign interface": f'<script url="http://evil.example{API}" queryData="{loose(NUMBERS)}">'
    "</script><!-- jpaas-publish-server -->",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_the_unit_of_a_column_is_read_from_its_page(page: str) -> None:
    found = read(f"<html><body>{page}</body></html>")
    assert ([request.url for request in found.next], found.leads_on) == ([UNIT], True)


def test_the_correct_spelling_is_kept_as_well() -> None:
    page = f'<script url="{API}" queryData="{loose(NUMBERS | {"parseType": "buildstatic"})}"></script>'
    assert asked(read(page))["parseType"] == "buildstatic"


def test_of_several_units_the_list_is_taken_or_the_one_the_source_names() -> None:
    page = "".join(
        f'<script url="{API}" queryData="{loose(NUMBERS | {"tagId": tag})}"></script>'
        for tag in ("顶部导航", "分页列表", "专题")
    )
    assert [asked(read(page))["tagId"], len(read(page).next)] == ["分页列表", 1]
    assert asked(read(page, tag="专题"))["tagId"] == "专题"


def test_a_unit_without_its_page_number_is_not_asked() -> None:
    lacking = {key: value for key, value in NUMBERS.items() if key != "pageId"}
    page = read(f'<script url="{API}" queryData="{loose(lacking)}"></script>')
    assert (page.next, codes(page)) == ((), ["empty-list"])


def test_a_column_written_out_as_plain_rows_is_read_too() -> None:
    assert len(read(f"<ul>{line(1)}{line(2)}</ul>").entries) == 2


PAGERS = {
    "attributes": '<div class="pagination" rows="2" count="5" pageNo="{}"></div>',
    "swapped": "<div pageNo='{}' count='5' class='pagination' rows='2'></div>",
    "inside queryData": """<div id="x" queryData="{{'rows':'2','count':'5','pageNo':'{}'}}"></div>""",
    "escaped": '<div queryData="{{&quot;count&quot;:5,&quot;rows&quot;:2,&quot;pageNo&quot;:{}}}"></div>',
}


@pytest.mark.parametrize("pager", PAGERS.values(), ids=PAGERS.keys())
def test_pages_are_turned_by_param_json_until_the_count(pager: str) -> None:
    page = unit(f"<ul>{line(1)}{line(2)}</ul>{pager.format(1)}")
    assert [(e.title, e.published, e.site_id) for e in page.entries] == [
        (f"关于第{n}件事的通知", date(2026, 5, 6), f"{n:032x}") for n in (1, 2)
    ]
    assert page.total == 5
    assert asked(page) == NUMBERS | {"paramJson": '{"pageNo":2,"pageSize":2}'}
    second = unit(f"<ul>{line(3)}{line(4)}</ul>{pager.format(2)}", page=2)
    assert asked(second)["paramJson"] == '{"pageNo":3,"pageSize":2}'
    assert unit(f"<ul>{line(5)}</ul>{pager.format(3)}", page=3).next == ()


@pytest.mark.parametrize("count", ["", 'count="null"', 'count="0"'])
def test_without_a_count_full_pages_are_followed(count: str) -> None:
    pager = f'<div class="pagination" {count} rows="2"></div>'
    assert len(unit(f"<ul>{line(1)}{line(2)}</ul>{pager}").next) == 1
    assert unit(f"<ul>{line(3)}</ul>{pager}", page=2).next == ()


def test_a_page_that_comes_again_ends_the_list() -> None:
    page = unit(f'<ul>{line(1)}{line(2)}</ul><div rows="2" count="9" pageNo="1"></div>', page=3)
    assert (len(page.entries), page.next, codes(page)) == (2, (), ["repeated-page"])


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ('<div class="pagination" rows="2" count="48" pageNo="1"></div>', "throttled"),
        ("<div></div>", "empty-list"),
        ("", "empty-list"),
        (None, "throttled"),
        ({}, "throttled"),
        ("<p>您的访问过于频繁，请稍后再试</p>", "throttled"),
        (["a"], "unknown-answer"),
    ],
)
def test_a_unit_without_rows_says_why(markup: Any, code: str) -> None:
    assert codes(unit(markup)) == [code]


def test_no_documents_and_the_end_of_the_list_are_in_order() -> None:
    assert codes(unit('<div rows="2" count="0" pageNo="1"></div>')) == []
    assert codes(unit('<div rows="2" count="4" pageNo="3"></div>', page=3)) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('{"code": 500, "data": null}', "throttled"),
        ('{"code": 500, "message": "请求过多，请稍后再试"}', "throttled"),
        ('{"success": false}', "unknown-answer"),
        ("<html><body>404</body></html>", "not-json"),
        ('{"data": {"html": "<ul>', "damaged-json"),
    ],
)
def test_other_answers_are_named(body: str, code: str) -> None:
    assert codes(read(body, UNIT)) == [code]


def test_a_unit_may_hold_its_rows_without_an_object() -> None:
    assert len(read(json.dumps({"data": f"<ul>{line(1)}</ul>"}), UNIT).entries) == 1


def test_relative_links_belong_to_the_columns_page_and_foreign_ones_have_no_number() -> None:
    rows = (
        line(1, f"art/2026/art_{1:032x}.html"),
        line(2, "http://b.example/zhengce/2.htm"),
        "<li><a href='/more.html'>更多</a></li>",
    )
    column = UNIT.replace("5a1c443ecf8c", "1487002")
    page = unit(f"<ul>{''.join(rows)}</ul>", url=column)
    assert [(entry.url, entry.site_id) for entry in page.entries] == [
        (f"http://a.example/col/col1487002/art/2026/art_{1:032x}.html", f"{1:032x}"),
        ("http://b.example/zhengce/2.htm", None),
    ]
    based = json.dumps({"data": {"html": rows[0]}})
    assert read(based, UNIT, base="/zw/zjwj/").entries[0].url.startswith("http://a.example/zw/zjwj/art/")


def test_the_columns_of_a_source_may_be_given_by_number_or_address() -> None:
    row = hints("hanweb_jpaas", options={"columns": "1545736 zw/zjwj/index.html"})
    assert [request.url for request in PLATFORMS["hanweb_jpaas"].start(row)] == [
        "http://a.example/col/col1545736/index.html",
        COLUMN,
    ]


def test_a_file_behind_an_opaque_number_is_offered_and_fetched_whole() -> None:
    link = "/api-gateway/jpaas-publish-server/front/document/download?fileUrl=u0Xp%2Bq%3D%3D&fileName=a.pdf"
    text = "各市工业和信息化主管部门：现将办法印发给你们，请结合实际认真贯彻落实，有关问题及时反映。"
    body = f"<h1>管理办法</h1><div id='zoom'><p>{text}</p><a href='{link}'>附件</a></div>".encode()
    address = f"http://a.example{ART}"
    for offered in (body, body.replace(b"&fileName=a.pdf", b"")):
        found = found_files(source("hanweb_jpaas"), address, offered, address)
        one = read_capture(capture(address, role="detail"), offered, source("hanweb_jpaas")).documents[0]
        assert [item.url for item in found] == [file.url for file in one.attachments]
        assert len(found) == 1
    assert one.site_id == f"{1:032x}"


def test_jpaas_sites_are_detected() -> None:
    assert detect(PAGES["as documented"].encode(), COLUMN) == "hanweb_jpaas"
    assert detect(b"{}", UNIT) == "hanweb_jpaas"
