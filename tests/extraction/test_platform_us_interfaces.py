"""Federal Register, govinfo, regulations.gov, Congress.gov: hand-made answers of the documented shapes."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.detect import detect
from crawlers.platforms.regulations import eastern
from tests.extraction.helpers import capture, hints, source
from warehouse.records import Document, Entry

ZONE = "America/New_York"
HOMES = {
    "federal_register": "https://www.register.example/",
    "govinfo": "https://api.print.example/",
    "regulations": "https://api.rules.example/",
    "congress": "https://api.chambers.example/",
}
ROWS = {"federal_register": "results", "govinfo": "packages", "regulations": "data", "congress": "bills"}


def packed(value: Any) -> bytes:
    return json.dumps(value).encode()


def start(platform: str, **options: Any) -> str:
    told = hints(platform, HOMES[platform], options=options, timezone=ZONE)
    return PLATFORMS[platform].start(told)[0].url


def listed(platform: str, value: Any, url: str, **options: Any) -> ListPage:
    body = value if isinstance(value, bytes) else packed(value)
    told = hints(platform, HOMES[platform], options=options, timezone=ZONE)
    return PLATFORMS[platform].parse_list(body, url, told)


def read(platform: str, value: Any, url: str, entry: Entry | None = None) -> Document:
    body = value if isinstance(value, bytes) else packed(value)
    own = source(platform, HOMES[platform], language="en", timezone=ZONE)
    card = capture(url, role="detail", entry=entry, media_type="application/json")
    extraction = read_capture(card, body, own)
    assert extraction.documents, extraction.problems
    return extraction.documents[0]


def asked(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def fields(document: Document, name: str) -> list[str]:
    return [one.value for one in document.origins if one.field == name]


# Federal Register

REGISTER = "https://www.register.example"
RULE: dict[str, Any] = {
    "document_number": "2026-01234",
    "title": "Standards for River Ferries",
    "type": "Proposed Rule",
    "action": "Proposed rule.",
    "abstract": "The agency proposes standards for ferries.",
    "citation": "91 FR 4321",
    "publication_date": "2026-05-06",
    "agencies": [{"name": "Transportation Department", "id": 1}, {"raw_name": "RIVER OFFICE"}],
    "docket_ids": ["Docket No. RO-2026-0007"],
    "regulation_id_numbers": ["2199-AB12"],
    "cfr_references": [{"title": 46, "part": 114, "chapter": None}, {"title": 46, "part": 115}],
    "comments_close_on": "2026-07-06",
    "effective_on": None,
    "html_url": f"{REGISTER}/documents/2026/05/06/2026-01234/standards",
    "pdf_url": "https://www.print.example/content/pkg/FR-2026-05-06/pdf/2026-01234.pdf",
    "body_html_url": f"{REGISTER}/documents/full_text/html/2026/05/06/2026-01234.html",
    "raw_text_url": f"{REGISTER}/documents/full_text/text/2026/05/06/2026-01234.txt",
}


def rules(count: int, rows: list[dict[str, Any]], following: str | None = None) -> dict[str, Any]:
    more = {"next_page_url": following} if following else {}
    return {"count": count, "description": "Documents", "total_pages": 1, **more, "results": rows}


def test_a_register_search_asks_for_agencies_kinds_days_and_the_fields_it_needs() -> None:
    url = start(
        "federal_register",
        agencies="river-office lake-office",
        types="RULE PRORULE",
        **{"from": "2026-01-01"},
    )
    pairs = parse_qsl(urlsplit(url).query)
    assert [value for key, value in pairs if key == "conditions[agencies][]"] == [
        "river-office",
        "lake-office",
    ]
    assert [value for key, value in pairs if key == "conditions[type][]"] == ["RULE", "PRORULE"]
    assert ("conditions[publication_date][gte]", "2026-01-01") in pairs
    assert ("fields[]", "comments_close_on") in pairs
    assert ("order", "newest") in pairs


def test_a_register_row_says_all_that_is_published_of_the_document() -> None:
    following = f"{REGISTER}/api/v1/documents?page=2"
    page = listed("federal_register", rules(150, [RULE], following), start("federal_register"))
    entry, told = page.entries[0], dict(page.entries[0].fields)
    assert (entry.url, told["page"]) == (RULE["body_html_url"], RULE["html_url"])
    assert (entry.published, entry.doc_number, entry.site_id) == (
        date(2026, 5, 6),
        "91 FR 4321",
        "2026-01234",
    )
    assert (told["issuer"], told["comments_close"]) == (
        "Transportation Department; RIVER OFFICE",
        "2026-07-06",
    )
    assert [value for key, value in entry.fields if key == "cfr"] == ["46 CFR Part 114", "46 CFR Part 115"]
    assert [request.url for request in page.next] == [following]
    assert page.problems == ()


def test_a_register_document_is_its_text_with_what_the_list_said() -> None:
    entry = listed("federal_register", rules(1, [RULE]), start("federal_register")).entries[0]
    body = b"<h1>Standards</h1><p>DATES: Send comments by July 6, 2026.</p><h2>Crew</h2><p>Two sailors.</p>"
    document = read("federal_register", body, entry.url, entry)
    assert document.paragraphs[-1] == "Two sailors."
    assert (document.title, document.url) == (RULE["title"], RULE["html_url"])
    assert document.departments == ("Transportation Department", "RIVER OFFICE")
    assert [link.url for link in document.attachments] == [RULE["pdf_url"]]
    assert fields(document, "comments_close") == ["2026-07-06"]
    assert fields(document, "docket") + fields(document, "rin") == ["Docket No. RO-2026-0007", "2199-AB12"]
    plain = read(
        "federal_register",
        b"<html><body><pre>\n[Rule]\nCrew of two.\n</pre></body></html>",
        RULE["raw_text_url"],
        entry,
    )
    assert "Crew of two." in plain.paragraphs


def test_the_register_answer_of_one_document_is_read_too() -> None:
    document = read("federal_register", RULE, f"{REGISTER}/api/v1/documents/2026-01234.json")
    assert (document.title, document.doc_number) == (RULE["title"], "91 FR 4321")
    assert fields(document, "comments_close") == ["2026-07-06"]


def test_a_closed_window_past_the_limit_is_halved_until_each_part_is_below_it() -> None:
    """A register with 100 documents on each of 64 days: every day is reached, no window holds too many."""
    waiting = [start("federal_register", **{"from": "2026-01-01", "until": "2026-03-05"})]
    days: list[tuple[str, str]] = []
    while waiting:
        url = waiting.pop()
        first, last = (asked(url)[f"conditions[publication_date][{end}]"] for end in ("gte", "lte"))
        count = 100 * ((date.fromisoformat(last) - date.fromisoformat(first)).days + 1)
        page = listed("federal_register", rules(count, [RULE], f"{REGISTER}/api/v1/documents?page=2"), url)
        if count > 2000:
            assert (page.entries, page.leads_on, len(page.next)) == ((), True, 2)
            waiting += [request.url for request in page.next]
        else:
            days.append((first, last))
    assert len(days) == 4
    assert (min(days)[0], max(days)[1]) == ("2026-01-01", "2026-03-05")


def test_an_open_window_goes_on_with_the_day_it_has_reached() -> None:
    url = start("federal_register").replace("page=1&", "page=20&")
    last = {**RULE, "publication_date": "2026-04-02"}
    page = listed("federal_register", rules(10000, [RULE, last], f"{REGISTER}/api/v1/documents?page=21"), url)
    assert asked(page.next[0].url)["conditions[publication_date][lte]"] == "2026-04-02"
    assert asked(page.next[0].url)["page"] == "1"
    again = page.next[0].url.replace("page=1&", "page=20&")
    stuck = listed("federal_register", rules(10000, [last, last]), again)
    assert (stuck.next, [one.code for one in stuck.problems]) == ((), ["lost-pages"])


def test_a_register_without_results_is_empty_and_no_failure() -> None:
    page = listed("federal_register", {"count": 0, "description": "Documents"}, start("federal_register"))
    assert (page.entries, page.total, page.problems) == ((), 0, ())


# govinfo

PACKAGE = {
    "packageId": "BILLS-118hr42ih",
    "lastModified": "2026-05-06T10:11:12Z",
    "packageLink": "https://api.print.example/packages/BILLS-118hr42ih/summary?api_key=DEMO",
    "docClass": "hr",
    "title": "To set standards for river ferries",
    "dateIssued": "2026-05-01",
    "congress": "118",
}
SUMMARY = {
    "title": "H.R. 42 (IH) - River Ferries Act",
    "collectionCode": "BILLS",
    "collectionName": "Congressional Bills",
    "category": "Bills and Statutes",
    "dateIssued": "2026-05-01",
    "packageId": "BILLS-118hr42ih",
    "billType": "hr",
    "billNumber": "42",
    "documentType": "BILLS",
    "governmentAuthor1": "Congress",
    "governmentAuthor2": "House of Representatives",
    "suDocClassNumber": "Y 1.6:",
    "download": {"pdfLink": "https://api.print.example/packages/BILLS-118hr42ih/pdf"},
    "lastModified": "2026-05-06T10:11:12Z",
}


def test_packages_lead_to_their_summaries_and_the_key_of_the_links_is_dropped() -> None:
    url = start("govinfo", collection="BILLS", **{"from": "2026-05-01"})
    assert urlsplit(url).path == "/collections/BILLS/2026-05-01T00:00:00Z"
    following = "https://api.print.example/collections/BILLS/2026-05-01T00:00:00Z/?offsetMark=AoE%3D&pageSize=100&api_key=DEMO"
    page = listed("govinfo", {"count": 250, "nextPage": following, "packages": [PACKAGE]}, url)
    assert [request.url for request in page.next] == [following.removesuffix("&api_key=DEMO")]
    entry = page.entries[0]
    assert entry.url == "https://api.print.example/packages/BILLS-118hr42ih/summary"
    assert (entry.site_id, entry.published, page.total, page.ordered) == (
        "BILLS-118hr42ih",
        date(2026, 5, 1),
        250,
        False,
    )
    last = listed("govinfo", {"count": 1, "nextPage": None, "packages": [PACKAGE]}, following)
    assert (last.next, last.problems) == ((), ())


def test_packages_by_their_day_of_issue_and_several_collections() -> None:
    told = hints(
        "govinfo",
        HOMES["govinfo"],
        options={"collection": "FR CFR", "by": "issued", "from": "2026-01-01", "until": "2026-02-01"},
    )
    urls = [request.url for request in PLATFORMS["govinfo"].start(told)]
    assert [urlsplit(url).path for url in urls] == ["/published/2026-01-01/2026-02-01"] * 2
    assert [asked(url)["collection"] for url in urls] == ["FR", "CFR"]


def test_a_package_has_its_number_its_author_and_its_file() -> None:
    document = read("govinfo", SUMMARY, PACKAGE["packageLink"])
    assert (document.title, document.doc_number) == ("H.R. 42 (IH) - River Ferries Act", "H.R. 42")
    assert document.departments == ("Congress", "House of Representatives")
    assert [link.url for link in document.attachments] == [
        "https://api.print.example/packages/BILLS-118hr42ih/pdf"
    ]
    assert document.url == "https://www.govinfo.gov/app/details/BILLS-118hr42ih"
    law = read("govinfo", {**SUMMARY, "packageId": "PLAW-118publ7", "billType": None}, PACKAGE["packageLink"])
    assert law.doc_number == "Public Law 118-7"


def test_an_empty_summary_is_no_document() -> None:
    card = capture(
        "https://api.print.example/packages/X/summary", role="detail", media_type="application/json"
    )
    assert read_capture(card, b"{}", source("govinfo", HOMES["govinfo"], language="en")).documents == ()


# regulations.gov

DOCKET: dict[str, Any] = {
    "id": "RO-2026-0007-0001",
    "type": "documents",
    "attributes": {
        "agencyId": "RO",
        "docketId": "RO-2026-0007",
        "documentType": "Proposed Rule",
        "frDocNum": "2026-01234",
        "postedDate": "2026-05-06T04:00:00Z",
        "lastModifiedDate": "2026-05-07T01:02:03Z",
        "commentEndDate": "2026-07-07T03:59:59Z",
        "withdrawn": False,
        "title": "Standards for River Ferries",
    },
}
DETAIL: dict[str, Any] = {
    "data": {
        **DOCKET,
        "attributes": {
            **DOCKET["attributes"],
            "docAbstract": "The office proposes standards.",
            "cfrPart": "46 CFR Part 114",
            "rin": "2199-AB12",
            "additionalRins": None,
            "fileFormats": [
                {"fileUrl": "https://files.rules.example/RO-1/content.htm", "format": "htm"},
                {"fileUrl": "https://files.rules.example/RO-1/content.pdf", "format": "pdf"},
            ],
        },
    },
    "included": [
        {
            "type": "attachments",
            "attributes": {
                "title": "Cost study",
                "fileFormats": [{"fileUrl": "https://files.rules.example/RO-1/a1.pdf", "format": "pdf"}],
            },
        },
        {"type": "attachments", "attributes": {"title": "Restricted", "fileFormats": None}},
    ],
}


def dockets(rows: list[Any], *, more: bool = False, total: int = 9) -> dict[str, Any]:
    return {"data": rows, "meta": {"hasNextPage": more, "totalElements": total, "pageNumber": 1}}


def test_dockets_are_listed_last_changed_first_in_eastern_days() -> None:
    url = start("regulations", agencies="RO LO", types="Rule;Proposed Rule", **{"from": "2026-05-01"})
    assert asked(url)["filter[agencyId]"] == "RO,LO"
    assert asked(url)["filter[documentType]"] == "Rule,Proposed Rule"
    page = listed("regulations", dockets([DOCKET], more=True, total=600), url)
    entry, told = page.entries[0], dict(page.entries[0].fields)
    assert entry.url == "https://api.rules.example/v4/documents/RO-2026-0007-0001?include=attachments"
    assert (entry.published, told["comments_close"]) == (
        date(2026, 5, 6),
        "2026-07-06",
    )  # an hour before midnight
    assert (page.by_change, asked(page.next[0].url)["page[number]"]) == (True, "2")


def test_the_twentieth_page_leads_on_by_its_last_instant_in_eastern_time() -> None:
    url = start("regulations").replace("page%5Bnumber%5D=1", "page%5Bnumber%5D=20")
    page = listed("regulations", dockets([DOCKET], more=False, total=8000), url)
    assert asked(page.next[0].url)["filter[lastModifiedDate][le]"] == "2026-05-06 21:02:03"
    assert asked(page.next[0].url)["page[number]"] == "1"
    stuck = page.next[0].url.replace("page%5Bnumber%5D=1", "page%5Bnumber%5D=20")
    again = listed("regulations", dockets([DOCKET], more=True, total=8000), stuck)
    assert (again.next, [one.code for one in again.problems]) == ((), ["lost-pages"])


def test_eastern_time_knows_summer() -> None:
    assert (eastern("2026-01-05T05:00:00Z"), eastern("2026-07-05T05:00:00Z")) == (
        "2026-01-05 00:00:00",
        "2026-07-05 01:00:00",
    )
    assert eastern("yesterday") is None


def test_a_docket_document_has_its_files_its_numbers_and_its_deadline() -> None:
    document = read(
        "regulations", DETAIL, "https://api.rules.example/v4/documents/RO-2026-0007-0001?include=attachments"
    )
    assert document.paragraphs == ("The office proposes standards.",)
    assert [(link.url.rpartition("/")[2], link.name) for link in document.attachments] == [
        ("content.pdf", "Standards for River Ferries"),
        ("a1.pdf", "Cost study"),
    ]
    assert fields(document, "comments_close") + fields(document, "cfr") == ["2026-07-06", "46 CFR Part 114"]
    assert (document.validity, document.url) == (
        None,
        "https://www.regulations.gov/document/RO-2026-0007-0001",
    )


def test_a_withdrawn_docket_document_says_why() -> None:
    gone = {**DETAIL["data"]["attributes"], "withdrawn": True, "reasonWithdrawn": "Posted in error"}
    document = read(
        "regulations",
        {"data": {**DETAIL["data"], "attributes": gone}},
        "https://api.rules.example/v4/documents/RO-2026-0007-0001",
    )
    assert (document.validity, fields(document, "withdrawn")) == ("withdrawn", ["Posted in error"])


# Congress.gov

BILL: dict[str, Any] = {
    "congress": 118,
    "type": "HR",
    "number": "42",
    "title": "River Ferries Act",
    "originChamber": "House",
    "latestAction": {"actionDate": "2026-05-06", "text": "Referred to the Committee on Rivers."},
    "updateDate": "2026-05-07",
    "url": "https://api.chambers.example/v3/bill/118/hr/42?format=json",
}
VERSIONS = {
    "textVersions": [
        {
            "date": "2026-05-20T04:00:00Z",
            "type": "Reported in House",
            "formats": [
                {
                    "type": "Formatted Text",
                    "url": "https://www.chambers.example/118/bills/hr42/BILLS-118hr42rh.htm",
                },
                {"type": "PDF", "url": "https://www.chambers.example/118/bills/hr42/BILLS-118hr42rh.pdf"},
            ],
        },
        {"date": "2026-05-01T04:00:00Z", "type": "Introduced in House", "formats": []},
        {"date": None, "type": "Enrolled Bill", "formats": []},
    ]
}


def bills(rows: list[Any], count: int, following: str | None = None) -> dict[str, Any]:
    return {"bills": rows, "pagination": {"count": count, **({"next": following} if following else {})}}


def test_bills_are_asked_for_by_offset_until_all_are_read() -> None:
    url = start("congress", congress=118, type="hr", size=1, **{"from": "2026-05-01"})
    assert urlsplit(url).path == "/v3/bill/118/hr"
    assert (asked(url)["fromDateTime"], asked(url)["sort"]) == ("2026-05-01T00:00:00Z", "updateDate desc")
    page = listed("congress", bills([BILL], 2, "https://api.chambers.example/v3/bill?offset=1"), url)
    assert (asked(page.next[0].url)["offset"], page.by_change) == ("1", True)
    entry, told = page.entries[0], dict(page.entries[0].fields)
    assert entry.url == "https://api.chambers.example/v3/bill/118/hr/42/text?format=json"
    assert (entry.doc_number, told["issuer"]) == ("H.R. 42", "House of Representatives")
    assert told["page"] == "https://www.congress.gov/bill/118th-congress/house-bill/42"
    assert told["description"] == "2026-05-06: Referred to the Committee on Rivers."
    last = listed("congress", bills([BILL], 2), page.next[0].url)
    assert (last.next, last.problems) == ((), ())


def test_a_bill_has_its_latest_action_and_its_versions_as_dated_notes() -> None:
    entry = listed("congress", bills([BILL], 1), start("congress")).entries[0]
    document = read("congress", VERSIONS, entry.url, entry)
    assert document.paragraphs == ("2026-05-06: Referred to the Committee on Rivers.",)
    assert fields(document, "change_note") == [
        "2026-05-20 Reported in House",
        "2026-05-01 Introduced in House",
    ]
    assert document.published == date(2026, 5, 1)
    assert [link.name for link in document.attachments] == ["Reported in House (2026-05-20)"]
    unprinted = read("congress", {"textVersions": []}, entry.url, entry)
    assert (unprinted.title, unprinted.attachments) == ("River Ferries Act", ())


# What they have in common


@pytest.mark.parametrize("platform", ROWS)
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"", "empty-page"),
        (b"<html>Sign in</html>", "not-json"),
        (b'{"results": [', "damaged-json"),
        ({"error": {"code": "API_KEY_INVALID", "message": "The key is wrong."}}, "refused-answer"),
        ({"errors": [{"status": "400", "detail": "unknown sort"}]}, "refused-answer"),
        ({"error": {"code": "OVER_RATE_LIMIT", "message": "Over your rate limit."}}, "throttled"),
        ({"error": {"code": "OVER_RATE_LIMIT", "message": "Try again."}}, "throttled"),
        ({"rows": [], "kind": "new"}, "unknown-answer"),
    ],
)  # fmt: skip
def test_errors_and_changed_shapes_are_told_and_never_an_empty_list(
    platform: str, answer: Any, code: str
) -> None:
    page = listed(platform, answer, start(platform, collection="BILLS"))
    assert (page.entries, page.next, [one.code for one in page.problems]) == ((), (), [code])


@pytest.mark.parametrize("platform", ROWS)
def test_rows_without_title_or_number_are_counted(platform: str) -> None:
    page = listed(platform, {ROWS[platform]: [{"odd": 1}], "count": 1}, start(platform, collection="BILLS"))
    assert "rows-left-out" in [one.code for one in page.problems]


@pytest.mark.parametrize("platform", ["regulations", "congress"])
def test_a_list_that_claims_documents_and_gives_none_holds_us_back(platform: str) -> None:
    claims = {"meta": {"totalElements": 9}, "pagination": {"count": 9}}
    page = listed(platform, {ROWS[platform]: [], **claims}, start(platform))
    assert [one.code for one in page.problems] == ["throttled"]
    nothing = {"meta": {"totalElements": 0}, "pagination": {"count": 0}}
    assert listed(platform, {ROWS[platform]: [], **nothing}, start(platform)).problems == ()


@pytest.mark.parametrize(
    ("platform", "answer", "url"),
    [
        ("federal_register", rules(1, [RULE]), "https://x.example/api/v1/documents.json?per_page=1"),
        ("federal_register", rules(1, [RULE]), "https://x.example/answer"),
        ("govinfo", {"packages": [PACKAGE]}, "https://x.example/collections/BILLS/2026-01-01T00:00:00Z"),
        ("govinfo", SUMMARY, "https://x.example/packages/BILLS-118hr42ih/summary"),
        ("regulations", dockets([DOCKET]), "https://x.example/v4/documents"),
        ("congress", bills([BILL], 1), "https://x.example/v3/bill/118"),
        ("congress", VERSIONS, "https://x.example/v3/bill/118/hr/42/text"),
    ],
)  # fmt: skip
def test_answers_are_recognised_by_address_or_words(platform: str, answer: Any, url: str) -> None:
    assert detect(packed(answer), url) == platform


def test_an_answer_of_another_kind_is_not_taken_for_one_of_them() -> None:
    assert detect(b"<html>v4</html>", "https://x.example/v4/documents?" + urlencode({"a": 1})) is None
