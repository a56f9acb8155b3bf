"""WordPress from hand-made answers: rows by offset, documents with labels and files, refusals, pages."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.detect import detect
from crawlers.probing.reading import agrees
from tests.extraction.helpers import capture, hints, source
from warehouse.records import Entry

LIST = "https://a.example/wp-json/wp/v2/posts?per_page=10&offset={}&orderby=modified&order=desc"
ITEM = "https://a.example/wp-json/wp/v2/posts/12?_embed=wp%3Aterm"
TEXT = "<p>The council adopts the flood plan &amp; its annex.</p><p>It takes effect on 1 July 2026.</p>"
FILE = '<p><a href="/wp-content/uploads/2026/05/flood-plan.pdf">Flood plan</a></p>'


def row(number: int, **values: Any) -> dict[str, Any]:
    link = f"https://a.example/2026/05/post-{number}/"
    plain = {"id": number, "type": "post", "link": link, "date": "2026-05-06T09:00:00"}
    return {
        **plain,
        "modified": "2026-05-08T10:11:12",
        "title": {"rendered": f"Notice &#8220;{number}&#8221;"},
    } | values


def item(**values: Any) -> bytes:
    terms = [
        [{"taxonomy": "category", "name": "Water &amp; floods", "slug": "water"}],
        [{"taxonomy": "post_tag", "name": "dikes", "slug": "dikes"}],
        [{"taxonomy": "category", "name": "Uncategorized", "slug": "uncategorized"}],
    ]
    post = row(12, content={"rendered": TEXT + FILE, "protected": False}, _embedded={"wp:term": terms})
    return json.dumps(post | values).encode()


def listed(rows: Any, offset: int = 0, **options: Any) -> ListPage:
    body = rows if isinstance(rows, bytes) else json.dumps(rows).encode()
    return PLATFORMS["wordpress"].parse_list(body, LIST.format(offset), hints("wordpress", options=options))


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def test_lists_are_asked_by_type_and_last_change_and_a_day() -> None:
    told = hints("wordpress", options={"types": "posts media", "since": "2026-01-01", "categories": "3, 7"})
    posts, media = PLATFORMS["wordpress"].start(told)
    assert posts.url.startswith("http://a.example/wp-json/wp/v2/posts?per_page=100&offset=0&orderby=modified")
    assert "modified_after=2026-01-01T00%3A00%3A00" in posts.url
    assert "categories=3%2C7" in posts.url
    assert "media_type=application" in media.url
    assert "categories" not in media.url


def test_a_row_leads_to_its_document_with_its_number_and_its_change() -> None:
    entry = listed([row(12)]).entries[0]
    assert entry.url == "https://a.example/wp-json/wp/v2/posts/12?_embed=wp%3Aterm"
    assert (entry.title, entry.published, entry.site_id) == ("Notice “12”", date(2026, 5, 6), "12")
    assert entry.fields == (("updated", "2026-05-08T10:11:12"),)


@pytest.mark.parametrize(("rows", "following"), [(10, "offset=30"), (20, "offset=40"), (7, None), (0, None)])
def test_rows_are_counted_off_until_fewer_come_than_were_asked_for(rows: int, following: str | None) -> None:
    page = listed([row(n) for n in range(1, rows + 1)], offset=20)
    assert [following in request.url for request in page.next if following] == ([True] if following else [])
    assert len(page.next) == (1 if following else 0)
    assert codes(page) == []  # behind the last row nothing is wrong
    assert page.by_change


def test_plain_addresses_have_their_rows_below_the_route() -> None:
    url = "https://a.example/?rest_route=%2Fwp%2Fv2%2Fposts&per_page=10&offset=0"
    page = PLATFORMS["wordpress"].parse_list(json.dumps([row(12)]).encode(), url, hints("wordpress"))
    assert page.entries[0].url == "https://a.example/?rest_route=%2Fwp%2Fv2%2Fposts%2F12&_embed=wp%3Aterm"
    asked = PLATFORMS["wordpress"].start(hints("wordpress", options={"api": "/?rest_route=/wp/v2"}))
    assert asked[0].url.startswith("http://a.example/?rest_route=/wp/v2/posts&per_page=100")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"code": "rest_no_route", "message": "No route was found"}, "interface-closed"),
        ({"code": "rest_login_required", "message": "Please log in"}, "interface-closed"),
        ({"code": "too_many", "message": "Too many requests, rate limit"}, "throttled"),
        ({"posts": []}, "unknown-answer"),
        ([{"name": "changed"}], "rows-left-out"),
        ([], "empty-list"),
        (b"<html><body>gone</body></html>", "not-json"),
        (b'[{"id": 1, ', "damaged-json"),
    ],
)
def test_what_is_no_list_of_posts_is_named(answer: Any, code: str) -> None:
    page = listed(answer)
    assert codes(page) == [code]
    assert page.next == ()


def test_a_page_behind_the_last_one_is_the_end_and_no_fault() -> None:
    page = listed({"code": "rest_post_invalid_page_number", "message": "…"}, offset=100)
    assert (page.entries, page.next, codes(page)) == ((), (), [])


def test_a_document_has_its_text_its_labels_and_its_files() -> None:
    entry = Entry(ITEM, "Notice “12”", date(2026, 5, 6), site_id="12")
    card = capture(ITEM, role="detail", media_type="application/json", entry=entry)
    document = read_capture(card, item(), source("wordpress", language="en")).documents[0]
    assert document.paragraphs[:1] == ("The council adopts the flood plan & its annex.",)
    assert (document.title, document.published) == ("Notice “12”", date(2026, 5, 6))
    assert document.url == "https://a.example/2026/05/post-12/"
    assert document.topics == ("Water & floods",)
    assert [(one.field, one.value) for one in document.origins if one.field == "keywords"] == [
        ("keywords", "dikes")
    ]
    assert [(one.name, one.url) for one in document.attachments] == [
        ("Flood plan", "https://a.example/wp-content/uploads/2026/05/flood-plan.pdf")
    ]


def test_an_uploaded_file_is_a_document_that_offers_itself() -> None:
    link = "https://a.example/wp-content/uploads/2026/05/minutes.pdf"
    body = item(type="attachment", source_url=link, content=None, description={"rendered": "<p>Minutes.</p>"})
    read = read_capture(
        capture(ITEM, role="detail", media_type="application/json"), body, source("wordpress")
    )
    assert [one.url for one in read.documents[0].attachments] == [link]
    assert read.documents[0].paragraphs == ("Minutes.",)


def test_a_text_behind_a_password_is_named() -> None:
    body = item(content={"rendered": "", "protected": True}, excerpt={"rendered": "<p>Members only.</p>"})
    read = read_capture(
        capture(ITEM, role="detail", media_type="application/json"), body, source("wordpress")
    )
    assert "password" in [problem.code for problem in read.problems]


def test_marks_of_wordpress_are_seen_and_its_pages_are_read_as_they_stand() -> None:
    rows = "".join(
        f'<li><a href="/2026/05/notice-{n}/">Notice {n} of the council</a> <span>2026-05-0{n}</span></li>'
        for n in range(1, 6)
    )
    page = f"<html><head><link rel='https://api.w.org/' href='https://a.example/wp-json/'></head><ul>{rows}</ul></html>"
    assert detect(page.encode(), "https://a.example/news/") == "wordpress"
    assert detect(b"[]", LIST.format(0)) == "wordpress"
    assert agrees("wordpress", "generic")
    read = PLATFORMS["wordpress"].parse_list(page.encode(), "https://a.example/news/", hints("wordpress"))
    assert len(read.entries) == 5
