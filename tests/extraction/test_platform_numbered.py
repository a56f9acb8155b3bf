"""Number-coded sites from hand-made pages: every family's addresses, days, paging, and what goes wrong."""

from __future__ import annotations

from datetime import date

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.detect import detect
from tests.extraction.helpers import capture, hints, source
from warehouse.errors import UserError

FIRST = "http://a.example/zcfg/index.html"
COLUMN = "49f13cc2-db03-4d0c-b4fe-2f3f659d3b6e"
PAGE = "0a1b2c3d-0000-4000-8000-0123456789ab"

# family -> address, number, day that the address tells
ADDRESSES = {
    "ccontent": ("/n2588035/n2588320/c25871234/content.html", "25871234", None),
    "ccontent of a flat column": ("/n5/c10512345/content.html", "10512345", None),
    "pbc_index": ("/tiaofasi/1/2/2026050617345678901/index.html", "2026050617345678901", date(2026, 5, 6)),
    "pbc_index without a day": ("/tiaofasi/1/2/394817265039481/index.html", "394817265039481", None),
    "uuid_columns": (f"/columns/{COLUMN}/202605/06/{PAGE}.html", PAGE, date(2026, 5, 6)),
    "index_pc": ("/sjj/zwgk/0506/20260506171234567890_pc.html", "20260506171234567890", date(2026, 5, 6)),
    "datepath": ("/safe/2026/0506/24567.html", "20260506-24567", date(2026, 5, 6)),
    "datepath with dashes": ("/zcwj/2026-05-06/34567.html", "20260506-34567", date(2026, 5, 6)),
    "ymd8": ("/lyj/1/lczc/20260506/123456.html", "20260506-123456", date(2026, 5, 6)),
}


def row(link: str, title: str = "关于公布监测结果的公告", when: str = "") -> str:
    return f'<li><a href="{link}" title="{title}">{title[:6]}…</a> <span>{when}</span></li>'


def listing(*rows: str, more: str = "") -> str:
    home = "<div class='nav'><a href='/index.html'>首页</a></div>"
    return f"<html><body>{home}<ul>{''.join(rows)}</ul>{more}</body></html>"


def numbered(body: str, url: str = FIRST, **options: str) -> ListPage:
    return PLATFORMS["numbered"].parse_list(body.encode(), url, hints("numbered", options=options))


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def following(page: ListPage) -> list[str]:
    return [request.url for request in page.next]


@pytest.mark.parametrize(("link", "number", "day"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_every_family_gives_number_and_day(link: str, number: str, day: date | None) -> None:
    entry = numbered(listing(row(link))).entries[0]
    assert (entry.url, entry.title) == (f"http://a.example{link}", "关于公布监测结果的公告")
    assert (entry.site_id, entry.published) == (number, day)


@pytest.mark.parametrize(("link", "number", "day"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_the_day_in_the_row_goes_before_the_one_in_the_address(
    link: str, number: str, day: date | None
) -> None:
    entry = numbered(listing(row(link, when="[2026-05-08]"))).entries[0]
    assert (entry.site_id, entry.published) == (number, date(2026, 5, 8))


@pytest.mark.parametrize(
    "link",
    [
        "/safe/2026/1306/24567.html",  # no such month
        "/lyj/1/20260231/1.html",  # no such day
        "/tiaofasi/1/3581332/index.html",  # a column, not a page
        "/n5/n25/index.html",
        "/n5/n25/content.html",
        f"/columns/{COLUMN}/index.html",
    ],
)
def test_addresses_that_are_no_document_are_no_entries(link: str) -> None:
    page = numbered(listing(row(link), row("/n5/n25/c10512345/content.html", "关于另一件事的通知")))
    assert [entry.site_id for entry in page.entries] == ["10512345"]


def test_relative_links_are_read_and_those_to_other_sites_keep_their_host() -> None:
    page = numbered(
        listing(row("../n5/c1/content.html"), row("//b.example/n5/c2/content.html", "转载的通知"))
    )
    assert [entry.url for entry in page.entries] == [
        "http://a.example/n5/c1/content.html",
        "http://b.example/n5/c2/content.html",
    ]


def test_of_two_families_on_a_page_the_one_with_more_links_or_the_named_one_is_read() -> None:
    body = listing(
        row("/safe/2026/0506/1.html", "甲通知公告"),
        row("/safe/2026/0507/2.html", "乙通知公告"),
        row("/lyj/20260506/3.html", "丙通知公告"),
    )
    assert [entry.site_id for entry in numbered(body).entries] == ["20260506-1", "20260507-2"]
    assert [entry.site_id for entry in numbered(body, family="ymd8").entries] == ["20260506-3"]


def test_an_unknown_family_is_refused_with_a_sentence() -> None:
    with pytest.raises(UserError, match=r"s: \[options\] family 'pbc' is not known; write one of ccontent"):
        PLATFORMS["numbered"].start(hints("numbered", options={"family": "pbc"}))


DATA = "<script>var totalData = '{total}'; var showData = '15';</script>"
ROW = row("/sjj/0506/20260506171234567890_pc.html")
NDA = "http://a.example/sjj/zwgk/list/index_pc_{}.html"


@pytest.mark.parametrize(
    ("total", "number", "leads_to"),
    [("31", 1, 2), ("31", 2, 3), ("31", 3, None), ("15", 1, None), ("0", 1, None), ("null", 1, None)],
)
def test_counted_lists_end_with_their_total(total: str, number: int, leads_to: int | None) -> None:
    page = numbered(listing(ROW, more=DATA.format(total=total)), NDA.format(number))
    assert following(page) == ([NDA.format(leads_to)] if leads_to else [])
    assert page.total == (int(total) if total not in ("0", "null") else None)


@pytest.mark.parametrize("total", ["null", "", "0", "3"])
@pytest.mark.parametrize(("rows", "leads_to"), [(15, [NDA.format(3)]), (14, [])])
def test_a_total_that_says_nothing_goes_on_behind_a_full_page(
    total: str, rows: int, leads_to: list[str]
) -> None:
    lines = [row(f"/sjj/0506/202605061712345{n:05}_pc.html") for n in range(rows)]
    page = numbered(listing(*lines, more=DATA.format(total=total)), NDA.format(2))
    assert (len(page.entries), page.total, following(page)) == (rows, None, leads_to)


LINK = row("/n5/c1/content.html")


@pytest.mark.parametrize(
    ("more", "leads_to", "code"),
    [
        ('<a href="index_2.html">下一页</a>', "http://a.example/zcfg/index_2.html", []),
        ('<a href="javascript:;" tagname="/zcfg/3b36/index2.html">下一页</a>',
         "http://a.example/zcfg/3b36/index2.html", []),
        ("<a onclick=\"query(this,'/zcfg/3b36/index2.html')\" style='cursor:hand'>下一页</a>",
         "http://a.example/zcfg/3b36/index2.html", []),
        ('<script>createPageHTML(4, 0, "index", "html");</script>', "http://a.example/zcfg/index_1.html", []),
        ('<script>createPageHTML(1, 0, "index", "html");</script>', None, []),
        ('<a href="index.html">下一页</a>', None, []),
        ('<a href="#">下一页</a>', None, []),
        ('<a href="http://evil.example/index_2.html">下一页</a>', None, ["foreign-next"]),
        ("", None, []),
    ],
)  # fmt: skip
def test_lists_go_on_by_link_script_or_pager_and_end_by_themselves(
    more: str, leads_to: str | None, code: list[str]
) -> None:
    page = numbered(listing(LINK, more=more))
    assert (following(page), codes(page)) == ([leads_to] if leads_to else [], code)


def test_a_stub_far_back_ends_the_list_and_is_named() -> None:
    assert codes(numbered("<html><body> </body></html>", NDA.format(4))) == ["stub-page"]
    assert codes(numbered("<html><body> </body></html>")) == ["empty-list"]


@pytest.mark.parametrize("number", [1, 4])
def test_a_page_that_asks_to_come_back_later_is_no_empty_list(number: int) -> None:
    assert codes(numbered("<html><body>访问过快，请稍后重试</body></html>", NDA.format(number))) == [
        "throttled"
    ]


def test_lists_may_be_given_as_an_option() -> None:
    given = hints("numbered", options={"lists": "zcfg/index.html"})
    assert [one.url for one in PLATFORMS["numbered"].start(given)] == [FIRST]


@pytest.mark.parametrize(("link", "number", "day"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_a_document_page_has_the_number_and_at_worst_the_day_of_its_address(
    link: str, number: str, day: date | None
) -> None:
    text = "<p>根据年度工作安排，现将监测结果予以公布，请有关单位认真整改。</p>"
    body = f"<html><body><h1>关于公布监测结果的公告</h1><div id='zoom'>{text}</div></body></html>"
    card = capture(f"http://a.example{link}", role="detail")
    one = read_capture(card, body.encode(), source("numbered")).documents[0]
    assert (one.site_id, one.published, one.path) == (number, day, "container:#zoom")


UNMISTAKABLE = {
    "ccontent": "/n5/c1051234{}/content.html",
    "pbc_index": "/tiaofasi/1/2/202605061734567890{}/index.html",
    "uuid_columns": f"/columns/{COLUMN}/202605/06/{PAGE[:-1]}{{}}.html",
    "index_pc": "/sjj/zwgk/0506/2026050617123456789{}_pc.html",
}


@pytest.mark.parametrize("link", UNMISTAKABLE.values(), ids=UNMISTAKABLE.keys())
def test_unmistakable_families_are_detected(link: str) -> None:
    assert detect(b"<html></html>", f"http://a.example{link.format(1)}") == "numbered"
    assert detect(listing(*(row("." + link.format(n)) for n in range(6))).encode(), FIRST) == "numbered"
    assert detect(listing(*(row(link.format(1)) for n in range(6))).encode(), FIRST) is None


@pytest.mark.parametrize("name", ["datepath", "ymd8"])
def test_families_that_others_share_are_not_guessed(name: str) -> None:
    rows = "".join(row(ADDRESSES[name][0].replace(".html", f"{n}.html")) for n in range(8))
    assert detect(listing(rows).encode(), FIRST) is None
