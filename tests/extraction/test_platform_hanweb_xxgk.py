"""The disclosure list of older Hanweb sites from hand-made answers: a form, rows with gkfs, its own pager."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs

import pytest

from crawlers.platforms import PLATFORMS, ListPage, PageRequest
from crawlers.platforms.asked import with_sent
from crawlers.platforms.detect import detect
from tests.extraction.helpers import hints

SEARCH = "http://a.example/module/xxgk/search.jsp"
COLUMN = "http://a.example/col/col1256283/index.html"
FORM = (
    "infotypeId=F0100001&jdid=149&area=&divid=div1256283&sortfield=%2Ccreatedatetime%3A0%2Corderid%3A0"
    "&currpage={}&vc_title=&vc_number=&vc_filenumber=&vc_all=&texttype=&fbtime="
)


def read(body: str, page: int = 1, url: str = "") -> ListPage:
    asked = url or with_sent(SEARCH, FORM.format(page).encode())
    return PLATFORMS["hanweb_xxgk"].parse_list(body.encode(), asked, hints("hanweb_xxgk"))


def row(number: int, openness: str = "主动公开", link: str = "") -> str:
    address = link or f"/art/2026/5/6/art_1229063387_{number}.html"
    return (
        f"<tr><td>002489/2026-{number:05}</td><td><a href='{address}' target='_blank' gkfs=\"{openness}\" "
        f"title='关于第{number}件事的办法'>关于第{number}件…</a></td><td>杭政〔2026〕{number}号</td>"
        "<td>2026-05-06</td></tr>"
    )


def answer(*rows: str, pager: str = "") -> str:
    turn = f"<table><tr><td align='right'>{pager}</td></tr></table>" if pager else ""
    return f"<div id='div1256283'><table>{''.join(rows)}</table>{turn}</div>"


def turns(number: int, last: int) -> str:
    return f"<a href='javascript:goPage({number})'>下一页</a><a href='javascript:goPage({last})'>尾 页</a>"


def form(request: PageRequest) -> dict[str, str]:
    sent = parse_qs((request.body or b"").decode(), keep_blank_values=True)
    return {key: values[0] for key, values in sent.items()}


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def test_each_kind_of_information_is_asked_by_a_whole_form() -> None:
    options: dict[str, str | int] = {"type": "F0100001 F0100002", "site": 149, "division": "div1256283"}
    requests = PLATFORMS["hanweb_xxgk"].start(hints("hanweb_xxgk", options=options))
    assert [(one.method, one.url, one.role) for one in requests] == [("POST", SEARCH, "list")] * 2
    assert requests[0].body == FORM.format(1).encode()
    assert form(requests[1])["infotypeId"] == "F0100002"


@pytest.mark.parametrize(
    "script",
    [
        "{url}?x', {{infotypeId:'F0100001', jdid:149, area:'', divid:'div1256283'}}",
        '{url}\', {{"divid":"div1256283","jdid":"149","infotypeId":"F0100001"}}',
    ],
)
def test_a_columns_page_leads_to_the_form_its_script_sends(script: str) -> None:
    body = f"<html><body><script>post('{script.format(url='/module/xxgk/search.jsp')})</script></body></html>"
    page = read(body, url=COLUMN)
    assert (page.entries, page.leads_on, page.next[0].body) == ((), True, FORM.format(1).encode())


def test_a_row_gives_title_day_and_both_numbers() -> None:
    entry = read(answer(row(7), row(8))).entries[0]
    assert (entry.url, entry.title, entry.published, entry.doc_number, entry.site_id) == (
        "http://a.example/art/2026/5/6/art_1229063387_7.html",
        "关于第7件事的办法",
        date(2026, 5, 6),
        "杭政〔2026〕7号",
        "7",
    )
    assert dict(entry.fields) == {"index_number": "002489/2026-00007"}


def test_only_what_is_published_openly_is_taken_and_foreign_links_have_no_number() -> None:
    page = read(answer(row(1), row(2, "依申请公开"), row(3, link="http://b.example/c/3.html")))
    assert [(entry.url.rpartition("/")[2], entry.site_id) for entry in page.entries] == [
        ("art_1229063387_1.html", "1"),
        ("3.html", None),
    ]


@pytest.mark.parametrize(
    ("pager", "page", "more"),
    [
        (turns(2, 9), 1, True),
        (turns(9, 9), 9, False),  # the last page's link leads to itself
        ("共 9 页 128 条", 8, True),
        ("共<span>9</span>页", 9, False),
        ("第 1/3 页", 1, True),
        ("", 1, False),
    ],
)
def test_the_next_page_is_asked_by_the_same_form_until_the_last(pager: str, page: int, more: bool) -> None:
    found = read(answer(row(1), row(2), pager=pager), page)
    assert bool(found.next) == more
    for request in found.next:
        assert (request.method, request.role, request.body) == (
            "POST",
            "list",
            FORM.format(page + 1).encode(),
        )


@pytest.mark.parametrize(
    ("body", "page", "expected"),
    [
        (answer(pager="共 9 页"), 2, ["throttled"]),
        (answer(pager="共 128 条"), 1, ["throttled"]),
        (answer(pager="共 0 条 共 1 页"), 1, []),
        (answer(), 1, ["empty-list"]),
        (answer(pager="共 9 页"), 10, []),
        ("<html><body>您的访问过于频繁，请稍后再试</body></html>", 1, ["throttled"]),
    ],
)
def test_an_answer_without_rows_says_why(body: str, page: int, expected: list[str]) -> None:
    found = read(body, page)
    assert (codes(found), found.entries, found.next) == (expected, (), ())


def test_rows_without_the_mark_are_known_by_their_address() -> None:
    body = answer(row(1).replace('gkfs="主动公开"', ""), row(2).replace('gkfs="主动公开"', ""))
    assert [entry.site_id for entry in read(body).entries] == ["1", "2"]


def test_a_column_of_another_system_is_read_by_it() -> None:
    body = """<script src="_sitegray/_sitegray.js"></script><link href="style.vsb.css">
    <ul><li><a href="../info/1012/17010.htm">云河省审计厅公告</a><span>2026-05-06</span></li></ul>"""
    assert codes(read(body, url=COLUMN)) == ["other-platform"]


def test_the_list_is_detected_by_address_and_by_its_columns() -> None:
    assert detect(answer(row(1)).encode(), SEARCH) == "hanweb_xxgk"
    script = "<script>post('/module/xxgk/search.jsp',{infotypeId:'F01',divid:'div1'})</script>"
    assert detect(script.encode(), COLUMN) == "hanweb_xxgk"
