"""GOV.UK's search and content interfaces, from hand-made answers: windows, notes, withdrawals, refusals."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, ListPage
from tests.extraction.helpers import capture, hints, source

HOME = "https://www.kingdom.example/"
LONDON = "Europe/London"
ROW = {"title": "Ferry rules", "link": "/guidance/ferries", "public_timestamp": "2026-05-31T23:30:00Z"}


def listed(value: Any, url: str) -> ListPage:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return PLATFORMS["govuk"].parse_list(body, url, hints("govuk", HOME, timezone="Europe/London"))


def start(**options: Any) -> str:
    return PLATFORMS["govuk"].start(hints("govuk", HOME, options=options))[0].url


def asked(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def test_a_search_names_organisation_kind_and_first_day() -> None:
    query = asked(start(organisation="ferry-office", document_type="guidance", **{"from": "2026-01-01"}))
    assert query["filter_organisations"] == "ferry-office"
    assert query["filter_content_store_document_type"] == "guidance"
    assert query["filter_public_timestamp"] == "from:2026-01-01"


def test_rows_stand_by_their_last_change() -> None:
    page = listed({"results": [ROW], "total": 3, "start": 0}, start())
    assert (page.by_change, asked(page.next[0].url)["start"]) == (True, "1")


def test_what_lies_behind_the_reachable_rows_is_asked_for_by_day() -> None:
    url = start(**{"from": "2026-01-01"}).replace("start=0", "start=9999")
    page = listed({"results": [ROW], "total": 12_000, "start": 9999}, url)
    query = asked(page.next[0].url)
    assert (query["start"], query["filter_public_timestamp"]) == ("0", "from:2026-01-01,to:2026-05-31")
    stuck = listed(
        {"results": [ROW], "total": 12_000, "start": 9999}, page.next[0].url.replace("start=0", "start=9999")
    )
    assert (stuck.next, [one.code for one in stuck.problems]) == ((), ["lost-pages"])


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"error": "Unexpected parameters: sort"}, "refused-answer"),
        ({"message": "Too Many Requests"}, "throttled"),
        ({"documents": []}, "unknown-answer"),
        (b'{"results": [', "damaged-json"),
        ({"results": [], "total": 9, "start": 0}, "throttled"),
        ({"results": [{"link": "/x"}], "total": 1, "start": 0}, "rows-left-out"),
    ],
)
def test_errors_and_changed_shapes_are_told(answer: Any, code: str) -> None:
    page = listed(answer, start())
    assert (page.entries, [one.code for one in page.problems]) == ((), [code])


def test_an_empty_search_is_no_failure() -> None:
    page = listed({"results": [], "total": 0, "start": 0}, start())
    assert (page.entries, page.total, page.problems) == ((), 0, ())


def test_a_withdrawal_is_kept_with_its_day_and_reason() -> None:
    item = {
        "base_path": "/guidance/ferries",
        "title": "Ferry rules",
        "details": {"body": "<p>Two sailors.</p>"},
        "withdrawn_notice": {
            "explanation": "<p>Replaced by the <a href='/x'>river code</a>.</p>",
            "withdrawn_at": "2026-05-09T09:00:00Z",
        },
    }
    card = capture(f"{HOME}api/content/guidance/ferries", role="detail")
    own = source("govuk", HOME, language="en", timezone="Europe/London")
    document = read_capture(card, json.dumps(item).encode(), own).documents[0]
    told = [one.value for one in document.origins if one.field == "withdrawn"]
    assert (document.validity, told) == ("withdrawn", ["2026-05-09 Replaced by the river code."])


def test_a_page_that_is_attached_is_the_text_of_a_file() -> None:
    attached = [
        {
            "title": "The strategy",
            "url": "/government/publications/ferries/strategy",
            "attachment_type": "html",
        },
        {
            "title": "Tables",
            "url": "https://assets.kingdom.example/media/1/tables.ods",
            "attachment_type": "file",
        },
    ]
    item = {
        "base_path": "/government/publications/ferries",
        "title": "Ferries",
        "details": {"attachments": attached},
    }
    url = f"{HOME}api/content/government/publications/ferries"
    body = json.dumps(item).encode()
    pages = (
        f"{HOME}government/publications/ferries/strategy",
        "https://assets.kingdom.example/media/1/tables.ods",
    )
    assert PLATFORMS["govuk"].files_of(body, url) == pages  # type: ignore[attr-defined]
    own = source("govuk", HOME, language="en")
    document = read_capture(capture(url, role="detail"), body, own).documents[0]
    assert [link.url for link in document.attachments] == list(pages)
    text = "<p>Ferries run at night too, as the strategy of the office says in its first chapter.</p>"
    page = f'<html><body><nav>Menu</nav><h1>The strategy</h1><div class="govspeak">{text}</div></body></html>'
    read = read_capture(capture(pages[0], role="attachment"), page.encode(), own)
    assert (read.kind, read.documents) == ("attachment", ())
    assert read.attachment is not None
    assert "Ferries run at night too" in read.attachment.text


def content(details: dict[str, Any], **more: Any) -> Any:
    item = {"base_path": "/guidance/ferries", "title": "Ferry rules", "details": details, **more}
    card = capture("https://www.kingdom.example/api/content/guidance/ferries", media_type="application/json")
    read = read_capture(
        card, json.dumps(item).encode(), source("govuk", HOME, language="en", timezone=LONDON)
    )
    return read.documents[0]


def test_the_parts_of_a_guide_keep_their_headings() -> None:
    parts: list[Any] = [
        {"title": "Crew & masters", "body": "<p>Two sailors.</p>"},
        {
            "title": "Lights",
            "body": [
                {"content_type": "text/govspeak", "content": "x"},
                {"content_type": "text/html", "content": "<p>One lamp.</p>"},
            ],
        },
        {"slug": "none", "body": None},
        "odd",
    ]
    assert content({"parts": parts}).paragraphs == ("Crew & masters", "Two sailors.", "Lights", "One lamp.")


def test_a_consultation_has_its_last_day_and_what_came_of_it() -> None:
    details = {
        "body": "<p>Shall ferries have lamps?</p>",
        "closing_date": "2026-07-06T23:30:00+01:00",
        "public_feedback_detail": "<p>Forty answers came.</p>",
        "final_outcome_detail": "<p>They shall.</p>",
    }
    found = content(details)
    assert found.paragraphs == ("Shall ferries have lamps?", "They shall.", "Forty answers came.")
    assert [one.value for one in found.origins if one.field == "comments_close"] == ["2026-07-06"]


@pytest.mark.parametrize("answer", [b"<html><body>We are back soon</body></html>", b""])
def test_a_page_in_place_of_the_searchs_answer_is_told(answer: bytes) -> None:
    assert [one.code for one in listed(answer, start()).problems] in (["not-json"], ["empty-page"])
