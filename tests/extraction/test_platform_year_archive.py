"""Lists cut into years, from hand-made pages: an index of years, a year's pages, a stub, a changed system."""

from __future__ import annotations

from datetime import date

from crawlers.platforms import PLATFORMS, ListPage
from tests.extraction.helpers import hints

INDEX = "https://a.example/nw100/index.html"
NUMBERS = ("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210")
YEARS = """<html><body><ul>
<li><a href="/2024nhf/index.html"><h4>2024年</h4></a></li>
<li><a href="/nw7001/index.html">2026 年</a></li>
<li><a href="/nw6900/index.html"><h4>2025年</h4></a></li>
<li><a href="/nw100/index.html">市政府文件</a></li>
<li><a href="https://b.example/2023/index.html">2023年</a></li>
<li><a href="/zwgk/index.html">2026年政府信息公开年报</a></li>
</ul></body></html>"""


def year(pages: int, rows: int = 2) -> str:
    lines = "".join(
        f'<li><a href="/nw12344/2026050{n + 1}/{NUMBERS[n]}.html" title="关于河道的通知之{n}">关于河道…</a>'
        f'<span class="time">2026-05-0{n + 6}</span></li>'
        for n in range(rows)
    )
    hidden = f'<!-- <li><a href="/nw12344/20260501/{"9" * 32}.html">旧行</a></li> -->'
    pager = f'<script>$(".pagination").pagination({{ totalPage: {pages}, showData: 20 }});</script>'
    return f"<html><body><ul>{lines}{hidden}</ul>{pager}</body></html>"


def read(body: str, url: str = INDEX, **options: str | int) -> ListPage:
    return PLATFORMS["year_archive"].parse_list(body.encode(), url, hints("year_archive", options=options))


def test_an_index_leads_to_the_years_newest_first_and_to_nothing_else() -> None:
    page = read(YEARS)
    assert page.entries == ()
    assert page.problems == ()
    assert page.leads_on
    assert [request.url.removeprefix("https://a.example") for request in page.next] == [
        *("/nw7001/index.html", "/nw6900/index.html", "/2024nhf/index.html"),
    ]
    assert len(read(YEARS, years=2).next) == 2


def test_a_year_has_rows_and_numbered_pages_up_to_the_last() -> None:
    page = read(year(3), "https://a.example/nw7001/index.html")
    assert [(entry.title, entry.published, entry.site_id) for entry in page.entries] == [
        ("关于河道的通知之0", date(2026, 5, 6), NUMBERS[0]),
        ("关于河道的通知之1", date(2026, 5, 7), NUMBERS[1]),
    ]
    assert [request.url for request in page.next] == ["https://a.example/nw7001/index_2.html"]
    second = read(year(3), "https://a.example/nw7001/index_2.html")
    assert [request.url for request in second.next] == ["https://a.example/nw7001/index_3.html"]
    assert read(year(3), "https://a.example/nw7001/index_3.html").next == ()
    assert read(year(1), "https://a.example/nw7001/").next == ()


def test_a_deep_page_without_rows_ends_the_list_aloud() -> None:
    page = read(year(3, rows=0), "https://a.example/nw7001/index_2.html")
    assert [problem.code for problem in page.problems] == ["stub-page"]
    assert page.next == ()


def test_a_page_of_another_system_is_read_by_that_one() -> None:
    rows = "".join(f'<li><a href="./202605/t20260506_{n}.html">通知{n}</a> 2026-05-06</li>' for n in (1, 2))
    page = read(
        f'<html><body><ul>{rows}</ul><script>createPageHTML(2,0,"index","html")</script></body></html>'
    )
    assert [problem.code for problem in page.problems] == ["other-platform"]
    assert len(page.entries) == 2


def test_a_crawl_starts_at_the_lists_that_the_options_name() -> None:
    given = hints(
        "year_archive", "https://a.example/", options={"lists": "/nw100/index.html nw200/index.html"}
    )
    assert [request.url for request in PLATFORMS["year_archive"].start(given)] == [
        *(INDEX, "https://a.example/nw200/index.html"),
    ]


def test_a_document_keeps_the_number_of_its_address() -> None:
    url = f"https://a.example/nw12344/20260506/{NUMBERS[0]}.html"
    body = "<html><body><h1>关于河道的通知</h1><div class='Article_content'><p>各区：</p></div></body></html>"
    gathered = PLATFORMS["year_archive"].parse_detail(body.encode(), url, hints("year_archive"), None)
    assert gathered is not None
    assert gathered.site_id == NUMBERS[0]
