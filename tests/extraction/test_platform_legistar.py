"""Legistar from hand-made answers: matters and meetings by their last change, agendas, files, refusals."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import unquote_plus

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.detect import detect
from crawlers.platforms.legistar import files_of
from tests.extraction.helpers import capture, hints, source
from warehouse.errors import UserError
from warehouse.records import Entry

API = "https://webapi.legistar.com/v1/aville"
MATTERS = API + "/matters?%24top=2&%24skip={}&%24orderby=MatterLastModifiedUtc+desc"
EVENTS = API + "/events?%24top=2&%24skip=0&%24orderby=EventLastModifiedUtc+desc"
PLAN = "https://aville.legistar1.example/aville/attachments/plan.pdf"
SHEET = "https://aville.legistar.com/View.ashx?M=F&ID=77&GUID=ABC"


def matter(number: int, **values: Any) -> dict[str, Any]:
    row = {"MatterId": number, "MatterGuid": "G", "MatterLastModifiedUtc": "2026-05-08T01:02:03.457"}
    row |= {
        "MatterFile": f"CB {number}",
        "MatterName": None,
        "MatterTitle": "AN ORDINANCE relating to\r\n dikes",
    }
    row |= {"MatterTypeName": "Ordinance", "MatterStatusName": "Passed", "MatterBodyName": "City Council"}
    row |= {"MatterIntroDate": "2026-05-06T00:00:00", "MatterEnactmentDate": None}
    return row | values


def event(number: int, **values: Any) -> dict[str, Any]:
    row = {"EventId": number, "EventBodyName": "City Council", "EventDate": "2026-05-12T00:00:00"}
    row |= {"EventTime": "6:00 PM", "EventLocation": "Council Chamber", "EventComment": None}
    row |= {"EventLastModifiedUtc": "2026-05-08T01:02:03.4", "EventAgendaStatusName": "Final"}
    row |= {"EventAgendaFile": "https://aville.legistar1.example/agenda.pdf", "EventMinutesFile": None}
    return row | {"EventInSiteURL": "https://aville.legistar.com/MeetingDetail.aspx?ID=7&GUID=B"} | values


def listed(rows: Any, url: str = MATTERS.format(0)) -> ListPage:
    body = rows if isinstance(rows, bytes) else json.dumps(rows).encode()
    return PLATFORMS["legistar"].parse_list(body, url, hints("legistar", options={"client": "aville"}))


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def test_rows_are_asked_by_the_instant_of_their_last_change() -> None:
    told = hints(
        "legistar", "https://webapi.legistar.com/", options={"client": "aville", "since": "2026-01-01"}
    )
    matters, events = (unquote_plus(one.url) for one in PLATFORMS["legistar"].start(told))
    assert matters.startswith(f"{API}/matters?$top=200&$skip=0&$orderby=MatterLastModifiedUtc desc")
    assert "$filter=MatterLastModifiedUtc ge datetime'2026-01-01'" in matters
    assert "$filter=EventLastModifiedUtc ge datetime'2026-01-01'" in events


def test_a_list_that_there_is_not_is_named_and_without_a_client_the_home_page_is_read() -> None:
    with pytest.raises(UserError, match="names 'bodies'"):
        PLATFORMS["legistar"].start(hints("legistar", options={"client": "a", "lists": "bodies"}))
    assert [one.url for one in PLATFORMS["legistar"].start(hints("legistar"))] == ["http://a.example/"]


def test_never_more_rows_are_asked_for_than_come() -> None:
    asked = PLATFORMS["legistar"].start(hints("legistar", options={"client": "a", "size": 5000}))
    assert "$top=1000&" in unquote_plus(asked[0].url)


def test_a_matter_has_its_number_its_status_and_the_address_of_its_files() -> None:
    entry = listed([matter(7)]).entries[0]
    assert entry.url == f"{API}/matters/7/attachments"
    assert (entry.title, entry.doc_number) == ("AN ORDINANCE relating to dikes", "CB 7")
    assert (entry.published, entry.site_id) == (date(2026, 5, 6), "matter:7")
    assert dict(entry.fields) == {
        "issuer": "City Council",
        "doc_type": "Ordinance",
        "validity": "Passed",
        "updated": "2026-05-08T01:02:03.457",
    }


@pytest.mark.parametrize(("rows", "skip"), [(2, "%24skip=6"), (1, None), (0, None)])
def test_a_full_answer_leads_to_the_rows_behind_it(rows: int, skip: str | None) -> None:
    page = listed([matter(n) for n in range(1, rows + 1)], MATTERS.format(4))
    assert [skip in request.url for request in page.next if skip] == ([True] if skip else [])
    assert (len(page.next), codes(page), page.by_change) == (1 if skip else 0, [], True)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ([], "empty-list"),
        ({"Message": "Token is required for this client."}, "key-missing"),
        ({"Message": "An error has occurred."}, "interface-closed"),
        ({"Message": "Too many requests"}, "throttled"),
        ({"value": []}, "unknown-answer"),
        ([{"Id": 1, "Title": "changed"}], "rows-left-out"),
        (b"<html>no</html>", "not-json"),
    ],
)
def test_what_is_no_list_of_rows_is_named(answer: Any, code: str) -> None:
    assert codes(listed(answer)) == [code]


def test_a_matters_document_is_its_line_and_its_files() -> None:
    files = [
        {"MatterAttachmentName": "Plan", "MatterAttachmentHyperlink": PLAN},
        {"MatterAttachmentName": "Sheet", "MatterAttachmentHyperlink": SHEET},
    ]
    body, url = json.dumps(files).encode(), f"{API}/matters/7/attachments"
    entry: Entry = listed([matter(7)]).entries[0]
    card = capture(url, role="detail", media_type="application/json", entry=entry)
    document = read_capture(card, body, source("legistar", language="en")).documents[0]
    assert (document.title, document.doc_number) == ("AN ORDINANCE relating to dikes", "CB 7")
    assert (document.issuer, document.validity) == ("City Council", "Passed")
    assert document.url == "https://aville.legistar.com/gateway.aspx?m=l&id=7"
    assert [one.name for one in document.attachments] == ["Plan", "Sheet"]
    assert files_of(body, url) == (PLAN, SHEET)  # whatever the address ends in


def test_a_meetings_document_is_its_agenda_with_agenda_and_minutes() -> None:
    entry = listed([event(7)], EVENTS).entries[0]
    assert (entry.title, entry.published) == (
        "City Council: meeting of 2026-05-12, 6:00 PM",
        date(2026, 5, 12),
    )
    items = [
        {"EventItemAgendaNumber": "1.", "EventItemTitle": "CALL TO ORDER", "EventItemMatterFile": None},
        {
            "EventItemAgendaNumber": "2.",
            "EventItemTitle": "Dikes",
            "EventItemMatterFile": "CB 7",
            "EventItemActionText": "approved",
            "EventItemMatterAttachments": [
                {"MatterAttachmentName": "Plan", "MatterAttachmentHyperlink": PLAN},
                {"MatterAttachmentName": "Bad", "MatterAttachmentHyperlink": "javascript:alert(1)"},
            ],
        },
    ]
    body = json.dumps(event(7, EventItems=items, EventMinutesFile="/minutes.pdf")).encode()
    card = capture(entry.url, role="detail", media_type="application/json", entry=entry)
    document = read_capture(card, body, source("legistar", language="en")).documents[0]
    assert document.paragraphs == (
        "Location: Council Chamber",
        "1. CALL TO ORDER",
        "2. [CB 7] Dikes",
        "approved",
    )
    assert [one.name for one in document.attachments] == ["Agenda", "Minutes", "Plan"]
    assert document.url == "https://aville.legistar.com/MeetingDetail.aspx?ID=7&GUID=B"


def test_an_agenda_counts_from_the_day_it_was_published() -> None:
    shown = event(7, EventAgendaLastPublishedUTC="2026-05-07T02:30:00.11")
    told = hints("legistar", timezone="America/Los_Angeles")
    page = PLATFORMS["legistar"].parse_list(json.dumps([shown]).encode(), EVENTS, told)
    assert page.entries[0].published == date(2026, 5, 6)


def test_the_interface_and_its_pages_are_recognised() -> None:
    assert detect(b"[]", MATTERS.format(0)) == "legistar"
    assert detect(b"<html></html>", "https://aville.legistar.com/Calendar.aspx") == "legistar"
    assert detect(b'[{"EventId": 1}]', "https://api.aville.example/v1/aville/events") == "legistar"
