"""OAI-PMH from hand-made answers: records, tokens, deletions, the protocol's errors, and broken answers."""

from __future__ import annotations

from datetime import date

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.detect import detect
from tests.extraction.helpers import capture, hints, source

FIRST = "http://a.example/oai?verb=ListRecords&metadataPrefix=oai_dc"
SECOND = "http://a.example/oai?verb=ListRecords&resumptionToken=x%7C2"
VALUES = """<dc:title>Coastal water quality plan</dc:title><dc:creator>Bluth, A.</dc:creator>
<dc:date>2026-05-07T02:11:09Z</dc:date><dc:date>2026-05-06</dc:date>
<dc:publisher>Ministry of Works</dc:publisher>
<dc:type>Report</dc:type><dc:subject>water</dc:subject><dc:subject>coast</dc:subject>
<dc:identifier>A/7/12</dc:identifier><dc:identifier>http://hdl.example/1/7</dc:identifier>
<dc:identifier>http://a.example/record/7</dc:identifier>"""


def record(number: int, values: str = VALUES, status: str = "") -> str:
    metadata = f"<metadata><oai_dc:dc>{values}</oai_dc:dc></metadata>" if values else ""
    header = f"<identifier>oai:a.example:{number}</identifier><datestamp>2026-05-08</datestamp>"
    return f"<record><header{status}>{header}<setSpec>reports</setSpec></header>{metadata}</record>"


def gone(number: int) -> str:
    return record(number, "", ' status="deleted"')


def answer(*records: str, token: str = "", verb: str = "ListRecords") -> bytes:
    names = 'xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    names += ' xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
    inner = f"<{verb}>{''.join(records)}{token}</{verb}>" if verb else "".join(records)
    said = "<responseDate>2026-05-08T00:00:00Z</responseDate><request>http://a.example/oai</request>"
    return f'<?xml version="1.0" encoding="UTF-8"?><OAI-PMH {names}>{said}{inner}</OAI-PMH>'.encode()


def error(code: str, said: str = "no") -> bytes:
    return answer(f'<error code="{code}">{said}</error>', verb="")


def oai(body: bytes, url: str = FIRST, **options: str) -> ListPage:
    return PLATFORMS["oai_pmh"].parse_list(body, url, hints("oai_pmh", options=options))


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def following(page: ListPage) -> list[str]:
    return [request.url for request in page.next]


@pytest.mark.parametrize(("label", "encoding"), [("UTF-8", "gb18030"), ("gb2312", "utf-8")])
def test_the_bytes_decide_and_not_the_label_of_the_declaration(label: str, encoding: str) -> None:
    values = VALUES.replace("Coastal water quality plan", "关于防汛工作的通知")
    body = answer(record(7, values)).decode().replace('encoding="UTF-8"', f'encoding="{label}"')
    page = oai(body.encode(encoding))
    assert ([entry.title for entry in page.entries], codes(page)) == (["关于防汛工作的通知"], [])


def test_a_record_gives_its_page_title_day_and_values() -> None:
    entry = oai(answer(record(7))).entries[0]
    assert (entry.url, entry.title, entry.published, entry.site_id) == (
        "http://a.example/record/7",
        "Coastal water quality plan",
        date(2026, 5, 6),
        "oai:a.example:7",
    )
    assert dict(entry.fields) == {
        "issuer": "Ministry of Works",
        "doc_type": "Report",
        "keywords": "water; coast",
        "updated": "2026-05-08",
    }


def test_records_that_were_taken_away_are_told_apart_from_those_that_are_there() -> None:
    page = oai(answer(gone(3), record(7), gone(4)))
    assert (page.withdrawn, len(page.entries), codes(page)) == (("oai:a.example:3", "oai:a.example:4"), 1, [])
    only = oai(answer(gone(3), token="<resumptionToken>x|2</resumptionToken>"))
    assert (only.entries, only.leads_on, following(only)) == ((), False, [SECOND])


@pytest.mark.parametrize(
    ("token", "url", "leads_to", "total", "code"),
    [
        ('<resumptionToken completeListSize="312" cursor="0">x|2</resumptionToken>', FIRST, SECOND, 312, []),
        ("<resumptionToken> x|2\n</resumptionToken>", FIRST, SECOND, None, []),
        ('<resumptionToken completeListSize="null">x|2</resumptionToken>', FIRST, SECOND, None, []),
        ('<resumptionToken completeListSize="312" cursor="300"/>', SECOND, None, 312, []),
        ("", FIRST, None, None, []),
        ("<resumptionToken>x|2</resumptionToken>", SECOND, None, None, ["next-is-same"]),
    ],
)
def test_pages_are_turned_by_their_token_alone(
    token: str, url: str, leads_to: str | None, total: int | None, code: list[str]
) -> None:
    page = oai(answer(record(7), token=token), url)
    assert (following(page), page.total, codes(page)) == ([leads_to] if leads_to else [], total, code)
    assert not page.ordered


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (error("noRecordsMatch"), []),
        (error("badResumptionToken"), ["token-expired"]),
        (error("badArgument", "until is before from"), ["oai-error"]),
        (error("cannotDisseminateFormat"), ["oai-error"]),
        (answer(), ["empty-list"]),
        (answer(record(7, "<dc:title>Plan</dc:title>")), ["rows-left-out"]),
        (b"<html><body>Not Found</body></html>", ["not-oai"]),
        (b"<html><body>Too Many Requests</body></html>", ["throttled"]),
        (b'{"error": 1}', ["not-oai"]),
        (b"", ["not-oai"]),
        (answer(record(7), record(8))[:-120], ["damaged-xml"]),
    ],
)
def test_every_state_of_an_answer_has_its_name(body: bytes, code: list[str]) -> None:
    page = oai(body)
    assert (page.next, codes(page)) == ((), code)


def test_no_records_is_an_answer_and_a_damaged_one_is_read_as_far_as_it_goes() -> None:
    assert oai(error("noRecordsMatch")).total == 0
    assert oai(answer(record(7), record(8))[:-120]).entries[0].site_id == "oai:a.example:7"


def test_a_refusal_is_told_in_the_words_of_the_repository() -> None:
    page = oai(error("badArgument", "until is before from"))
    assert page.problems[0].detail == "The repository refuses the request: badArgument, until is before from"


def test_the_page_of_a_record_may_be_made_of_its_number() -> None:
    body = answer(record(12, "<dc:title>Plan</dc:title><dc:date>2026</dc:date>"))
    entry = oai(body, link="/record/{id}").entries[0]
    assert (entry.url, entry.published) == ("http://a.example/record/12", None)


def test_a_record_elsewhere_keeps_its_address() -> None:
    values = "<dc:title>Plan</dc:title><dc:identifier>https://b.example/plan.html</dc:identifier>"
    assert oai(answer(record(1, values))).entries[0].url == "https://b.example/plan.html"


def test_the_harvest_is_asked_as_the_source_says() -> None:
    given = hints(
        "oai_pmh", options={"endpoint": "/oai2d", "set": "reports", "from": "2026-01-01", "prefix": "qdc"}
    )
    assert [one.url for one in PLATFORMS["oai_pmh"].start(given)] == [
        "http://a.example/oai2d?verb=ListRecords&metadataPrefix=qdc&set=reports&from=2026-01-01"
    ]


def test_a_harvest_cannot_make_us_read_files() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    body = answer(record(7, VALUES.replace("Coastal", "&f; Coastal"))).replace(b"?>", f"?>{bomb}".encode(), 1)
    assert all("root:" not in (entry.title or "") for entry in oai(body).entries)


def test_the_interface_is_detected_and_its_capture_is_a_feed() -> None:
    assert detect(answer(record(7)), FIRST) == "oai_pmh"
    listed = read_capture(
        capture(FIRST, role="feed", media_type="text/xml"), answer(record(7)), source("oai_pmh")
    )
    assert (listed.kind, listed.path, len(listed.entries)) == ("feed", "oai_pmh", 1)
