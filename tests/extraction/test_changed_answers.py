"""An interface that answers in another shape has gone silent: never is that taken for a list without news."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawlers.platforms import PLATFORMS, ListPage
from tests.extraction.helpers import hints
from warehouse.records import Entry

HTML = b"<!DOCTYPE html><html><body><p>Back soon</p><ul><li><a href='/a'>About us</a></li></ul></body></html>"
WDS = {
    "address": "/api?rows={size}&os={offset}",
    "rows": "documents",
    "total": "total",
    "title": "t",
    "url": "u",
}
ASKED: dict[str, dict[str, Any]] = {  # platform -> options, and the name of its rows
    "govuk": {},
    "federal_register": {},
    "govinfo": {"collection": "BILLS"},
    "regulations": {},
    "congress": {},
    "wordpress": {},
    "legistar": {"client": "aville"},
    "granicus": {"view": "1"},
    "civicplus": {},
    "cellar": {},
    "cellar_feed": {},
    "single_api": {**WDS, "page_start": 0, "page_size": 50},
}
ROWS = {
    "govuk": "results",
    "federal_register": "results",
    "govinfo": "packages",
    "regulations": "data",
    "congress": "bills",
    "single_api": "documents",
}
ODD: list[Any] = [
    {},
    [],
    None,
    [[]],
    [None, {}],
    {"error": "Internal error"},
    {"errors": [{"status": 500, "detail": "Internal error"}]},
    {"count": 0, "errors": ["bad field"]},
    {"count": 0, "data": {"items": []}},
    {"count": 0, "rows": [{"title": "A rule", "url": "/a"}]},
    HTML,
    b"<?xml version='1.0'?><error>No such feed</error>",
]


def listed(platform: str, value: Any, number: int = 0) -> ListPage:
    told = hints(platform, "https://a.example/", options=ASKED[platform])
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return PLATFORMS[platform].parse_list(body, PLATFORMS[platform].start(told)[number].url, told)


def codes(page: ListPage) -> list[str]:
    return [one.code for one in page.problems]


@pytest.mark.parametrize("platform", ASKED)
def test_an_answer_of_another_shape_is_told(platform: str) -> None:
    for value in ODD:
        page = listed(platform, value)
        assert page.entries == (), value
        assert page.problems, value


@pytest.mark.parametrize("platform", ROWS)
def test_rows_of_another_shape_are_told(platform: str) -> None:
    name = ROWS[platform]
    for rows in (
        None,
        {},
        {"title": "x"},
        [None],
        ["a", 1],
        [{"Titel": "x", "Adresse": "/x"}],
        [{"title": None}],
    ):
        page = listed(platform, {name: rows, "total": 1, "count": 1, "meta": {"totalElements": 1}})
        assert page.entries == (), rows
        assert page.problems, rows


@pytest.mark.parametrize("platform", [one for one in ROWS if one != "single_api"])
def test_an_error_beside_a_list_without_rows_is_told(platform: str) -> None:
    said = {ROWS[platform]: [], "count": 0, "total": 0, "errors": [{"detail": "Internal error"}]}
    assert codes(listed(platform, said)) == ["refused-answer"]


def test_only_a_count_of_nothing_alone_is_an_empty_register() -> None:
    assert listed("federal_register", {"count": 0, "description": "None"}).problems == ()
    assert codes(listed("federal_register", {"count": 0, "results": None})) == ["unknown-answer"]
    assert codes(listed("federal_register", {"count": 0, "errors": {"a": ["b"]}})) == ["refused-answer"]
    assert codes(listed("federal_register", {"count": False})) == ["unknown-answer"]


def test_a_list_whose_paging_is_not_told_any_more_is_turned_while_its_pages_are_full() -> None:
    bill = {"congress": 118, "number": "1", "type": "HR", "title": "Ferries"}
    rule = {"document_number": "1", "title": "Ferries", "html_url": "/a"}
    docket = {"id": "R-1", "attributes": {"title": "Ferries"}}
    for platform, name, row, size in (
        ("congress", "bills", bill, 250),
        ("federal_register", "results", rule, 100),
        ("regulations", "data", docket, 250),
    ):
        assert len(listed(platform, {name: [row] * size}).next) == 1
        assert listed(platform, {name: [row]}).next == ()
    package = {"packageId": "P-1", "title": "Ferries", "packageLink": "/p"}
    assert codes(listed("govinfo", {"packages": [package] * 100})) == ["no-next"]
    assert codes(listed("govinfo", {"packages": [package] * 100, "nextPage": None, "count": 900})) == [
        "lost-pages"
    ]
    assert codes(listed("govinfo", {"packages": [package], "nextPage": None, "count": 1})) == []


def test_the_end_of_a_wordpress_list_is_no_end_at_its_beginning() -> None:
    ended = {
        "code": "rest_post_invalid_page_number",
        "message": "The page number is larger than there are pages.",
    }
    assert codes(listed("wordpress", ended)) == ["interface-closed"]
    told = hints("wordpress", "https://a.example/")
    later = PLATFORMS["wordpress"].start(told)[0].url.replace("offset=0", "offset=100")
    assert PLATFORMS["wordpress"].parse_list(json.dumps(ended).encode(), later, told).problems == ()


def test_a_channel_without_items_says_so_and_an_empty_feed_of_agendas_leads_on() -> None:
    empty = b"<?xml version='1.0'?><rss version='2.0'><channel><title>Agendas</title></channel></rss>"
    assert codes(listed("granicus", empty)) == ["empty-list"]
    assert (codes(listed("civicplus", empty)), len(listed("civicplus", empty).next)) == ([], 1)
    assert codes(listed("granicus", HTML)) == codes(listed("civicplus", HTML)) == ["not-a-feed"]


def test_objects_that_lost_their_title_are_told_beside_those_that_have_one() -> None:
    rows = {"D1": {"t": "A rule", "u": "/a"}, "D2": {"u": "/b"}, "facets": {}}
    page = listed("single_api", {"documents": rows, "total": 2})
    assert (len(page.entries), codes(page)) == (1, ["rows-left-out"])


@pytest.mark.parametrize(
    ("platform", "path"),
    [
        ("govuk", "/api/content/guidance/ferries"),
        ("govinfo", "/packages/BILLS-118hr42ih/summary"),
        ("regulations", "/v4/documents/RO-1?include=attachments"),
        ("congress", "/v3/bill/118/hr/1/text?format=json"),
        ("wordpress", "/wp-json/wp/v2/posts/12?_embed=wp%3Aterm"),
        ("legistar", "/v1/aville/matters/12/attachments"),
    ],
)
def test_a_page_of_apology_is_no_new_version_of_a_document(platform: str, path: str) -> None:
    told = hints(platform, "https://a.example/", options=ASKED[platform])
    body = HTML.replace(b"Back soon", b"We are working on our systems and will be back with you soon. " * 9)
    entry = Entry(f"https://a.example{path}", "Ferry rules")
    assert PLATFORMS[platform].parse_detail(body, entry.url, told, entry) is None
