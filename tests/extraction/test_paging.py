"""No list runs in a circle, and none ends in silence when its own numbers say that pages are missing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.asked import with_sent
from crawlers.platforms.paging import missing, up_to
from tests.extraction.helpers import hints

SITE = "http://a.example"
CHANNEL = f"{SITE}/common/search/{'7' * 32}"


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def read(platform: str, answer: Any, url: str, **options: Any) -> ListPage:
    body = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    return PLATFORMS[platform].parse_list(body.encode(), url, hints(platform, options=options))


def row(number: int, **more: Any) -> dict[str, Any]:
    return {"title": f"关于第{number}件事的通知", "url": f"{SITE}/c/{number}.html", **more}


def hits(*found: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": "200",
        "data": {"searchResult": {"dataResults": [{"data": one} for one in found], "total": 90_000}},
    }


ROWS = [row(number) for number in range(3)]
MET = (
    f"<feed xmlns='http://www.w3.org/2005/Atom'><link rel='next' href='{{}}'/><entry><title>甲乙丙丁</title>\
<link href='{SITE}/1.html'/></entry></feed>"
)
LINK = "<li><a href='/info/1012/{}.htm'>关于第{}件事的通知</a><i>2026-05-06</i></li>"
VSB = "<div class='_sitegray'><ul>{}</ul>{}</div><!-- .vsb.css -->"


def test_a_feed_that_names_itself_as_its_next_page_is_told() -> None:
    page = read("feed", MET.format(f"{SITE}/feed?page=2"), f"{SITE}/feed?page=2")
    assert (len(page.entries), page.next, codes(page)) == (1, (), ["next-is-same"])


def test_a_json_answer_that_names_itself_as_its_next_page_is_told() -> None:
    answer = {"results": [row(1, date="2026-05-06"), row(2, date="2026-05-05")], "next": f"{SITE}/api?page=2"}
    page = read("generic", answer, f"{SITE}/api?page=2")
    assert (len(page.entries), page.next, codes(page)) == (2, (), ["next-is-same"])


def test_the_last_page_for_people_may_lead_to_itself() -> None:
    rows = "".join(
        f"<li><a href='/zc/{n}.html'>关于第{n}件事情的通知</a> 2026-05-0{n}</li>" for n in range(1, 9)
    )
    body = f"<html><body><ul>{rows}</ul><a rel='next' href='/zc/list_9.html#'>下一页</a></body></html>"
    page = read("generic", body, f"{SITE}/zc/list_9.html")
    assert (len(page.entries), page.next, codes(page)) == (8, (), [])


def test_a_form_with_another_number_is_another_page() -> None:
    asked = with_sent(f"{SITE}/so/ss/query/s", b"qt=&page=1&pageSize=3&siteCode=1")
    answer = {"resultDocs": [{"data": one} for one in ROWS], "totalHits": 9}
    page = read("ucap_search", answer, asked)
    assert [one.body for one in page.next] == [b"qt=&page=2&pageSize=3&siteCode=1"]
    assert codes(page) == []


EMPTY = {
    "gkmlpt": ({"articles": [], "total": 500}, f"{SITE}/gkmlpt/api/all/1?page=1&sid=1", "throttled"),
    "gkmlpt, null": ({"articles": None, "total": None}, f"{SITE}/gkmlpt/api/all/1?page=1&sid=1", "throttled"),
    "gkmlpt, busy": (
        {"msg": "访问过于频繁，请稍后再试"},
        f"{SITE}/gkmlpt/api/all/1?page=1&sid=1",
        "throttled",
    ),
    "gkmlpt, another": ({"list": []}, f"{SITE}/gkmlpt/api/all/1?page=1&sid=1", "unknown-answer"),
    "govuk": ({"results": [], "total": 9, "start": 0}, f"{SITE}/api/search.json?start=0", "throttled"),
    "govcn": (
        {"searchVO": {"listVO": [], "totalCount": 9, "totalpage": 1}},
        "https://sousuo.www.gov.cn/search-gov/data?t=zhengcelibrary_gw&p=1&n=5",
        "throttled",
    ),
    "ucap_channel": ({"data": {"results": [], "total": 9}}, f"{CHANNEL}?page=1&_pageSize=15", "throttled"),
}


@pytest.mark.parametrize("name", EMPTY)
def test_no_rows_although_some_are_promised_is_never_an_empty_list(name: str) -> None:
    answer, url, code = EMPTY[name]
    page = read(name.partition(",")[0], answer, url)
    assert (page.entries, page.next, codes(page)) == ((), (), [code])


@pytest.mark.parametrize("page_number", [5, 6])
def test_behind_the_end_of_a_counted_list_there_is_nothing_to_say(page_number: int) -> None:
    page = read("gkmlpt", {"articles": [], "total": 400}, f"{SITE}/gkmlpt/api/all/1?page={page_number}&sid=1")
    assert (page.next, codes(page)) == ((), [])


def test_a_null_total_is_asked_on_until_an_answer_is_empty() -> None:
    url = f"{SITE}/gkmlpt/api/all/1?page=3&sid=1"
    assert read("gkmlpt", {"articles": ROWS, "total": None}, url).next[0].url.endswith("page=4&sid=1")
    assert read("gkmlpt", {"articles": ROWS, "total": 0}, url).next[0].url.endswith("page=4&sid=1")


LOST = {
    "the library counts fewer pages than documents": (
        "govcn",
        {"searchVO": {"listVO": ROWS, "totalCount": 900, "totalpage": 2}},
        "https://sousuo.www.gov.cn/search-gov/data?t=zhengcelibrary_gw&p=2&n=3",
    ),
    "IGS counts fewer pages than documents": (
        "trs_igs",
        {"page": {"content": ROWS, "total": 300, "totalPages": 2}},
        f"{SITE}/igs/front/search.jhtml?code=1&pageNumber=2&pageSize=3",
    ),
    "WAS5 counts fewer pages than documents": (
        "trs_was5",
        "<html><body>共300条 共2页<ul>"
        + "".join(
            f"<li><a href='/t20260506_{n}.html'>关于第{n}件事的通知</a>2026-05-06</li>" for n in range(4)
        )
        + "</ul></body></html>",
        f"{SITE}/was5/web/search?channelid=1&page=2",
    ),
    "the search's last page": ("hanweb_search", hits(*ROWS), f"{SITE}/search/info?websiteid=1&pg=3&p=1000"),
    "the channel's last page": (
        "ucap_channel",
        {"data": {"results": ROWS, "total": 90_000, "page": 2000}},
        f"{CHANNEL}?page=2000&_pageSize=3",
    ),
    "a pager without a way on": (
        "numbered",
        "<html><body><ul>"
        + "".join(
            f"<li><a href='/n1/n2/c{n}/content.html'>关于第{n}件事的通知</a></li>" for n in range(100, 106)
        )
        + "</ul><script>var totalData = 90; var showData = 6;</script></body></html>",
        f"{SITE}/n1/n2/list.shtml",
    ),
}


@pytest.mark.parametrize("name", LOST)
def test_pages_that_are_missing_by_the_lists_own_numbers_are_told(name: str) -> None:
    platform, answer, url = LOST[name]
    page = read(platform, answer, url)
    assert page.entries
    assert (page.next, codes(page)) == ((), ["lost-pages"])


def test_an_answer_from_another_row_on_is_a_repeated_page() -> None:
    rows = [{"title": "Rules for the Register", "link": "/government/publications/a"}]
    page = read("govuk", {"results": rows, "total": 900, "start": 0}, f"{SITE}/api/search.json?start=200")
    assert (len(page.entries), page.next, codes(page)) == (1, (), ["repeated-page"])


def test_a_pager_that_knows_of_more_and_leads_to_itself_is_told() -> None:
    rows = "".join(LINK.format(n, n) for n in range(5))
    pager = "<span class='p_pages'><span class='p_t'>3/11</span>\
<span class='p_next p_fun'><a href='9.htm'>下页</a></span></span>"
    page = read("vsb", VSB.format(rows, pager), f"{SITE}/zc/9.htm")
    assert (len(page.entries), page.next, codes(page)) == (5, (), ["next-is-same"])


@pytest.mark.parametrize(
    ("total", "read_so_far", "lost"), [(None, 9, False), (20, 15, False), (30, 15, True)]
)
def test_less_than_a_page_of_documents_may_have_been_taken_down(
    total: int | None, read_so_far: int, lost: bool
) -> None:
    assert bool(missing(total, read_so_far, 15)) == lost


def test_a_list_that_ends_at_our_last_page_by_itself_loses_nothing() -> None:
    assert up_to(2000, 2000, ()) == ((), ())
