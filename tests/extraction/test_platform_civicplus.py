"""CivicPlus from hand-made feeds and agenda centres: one document a paper, an empty feed, bodies."""

from __future__ import annotations

from datetime import date

import pytest

from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.civicplus import meeting_day, paper_number
from crawlers.platforms.detect import detect
from tests.extraction.helpers import hints

SITE = "https://eville.example"
FEED = f"{SITE}/RSSFeed.aspx?ModID=65&CID=All-0"
CENTRE = f"{SITE}/AgendaCenter"


def feed(*links: str) -> bytes:
    items = "".join(
        f"<item><title>Board of Aldermen</title><link>{SITE}{link}</link>"
        "<pubDate>Fri, 15 May 2026 09:00:00 -0500</pubDate></item>"
        for link in links
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>A</title>{items}</channel></rss>'.encode()
    )


def paper(kind: str, number: int, said: str = "", asked: str = "") -> str:
    return f'<a href="/AgendaCenter/ViewFile/{kind}/_05192026-{number}{asked}">{said}</a>'


def row(number: int, title: str) -> str:
    day = "<h3><strong>May 19, 2026</strong> &mdash; Posted May 15, 2026 10:47 AM</h3>"
    first = f"<td>{day}<p>{paper('Agenda', number, title)}</p></td>"
    others = paper("Agenda", number, "HTML", "?html=true") + paper("Agenda", number, "Packet", "?packet=true")
    return f'<tr class="catAgendaRow">{first}<td>{paper("Minutes", number)}</td><td>{others}</td></tr>'


def centre(**bodies: str) -> bytes:
    parts = (f"<h2>{name}</h2><table>{rows}</table>" for name, rows in bodies.items())
    return f"<html><body>{''.join(parts)}</body></html>".encode()


def read(body: bytes, url: str = FEED) -> ListPage:
    return PLATFORMS["civicplus"].parse_list(body, url, hints("civicplus", SITE, timezone="America/Chicago"))


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def test_the_feed_of_agendas_is_asked_for_or_those_that_are_named() -> None:
    assert [one.url for one in PLATFORMS["civicplus"].start(hints("civicplus", SITE))] == [FEED]
    told = hints("civicplus", SITE, options={"feeds": "65:Board-2 1"})
    assert [one.url for one in PLATFORMS["civicplus"].start(told)] == [
        f"{SITE}/RSSFeed.aspx?ModID=65&CID=Board-2",
        f"{SITE}/RSSFeed.aspx?ModID=1&CID=All-0",
    ]


def test_an_item_has_the_day_of_its_posting_that_of_its_meeting_and_the_plain_address() -> None:
    entry = read(feed("/AgendaCenter/ViewFile/Agenda/_05192026-808?html=true")).entries[0]
    assert entry.url == f"{CENTRE}/ViewFile/Agenda/_05192026-808"
    assert (entry.published, entry.site_id) == (date(2026, 5, 15), "agenda:808")
    assert entry.title == "Board of Aldermen: Agenda of 2026-05-19"


def test_other_items_stay_as_they_are() -> None:
    entry = read(feed("/CivicAlerts.aspx?AID=12")).entries[0]
    assert (entry.url, entry.published) == (f"{SITE}/CivicAlerts.aspx?AID=12", date(2026, 5, 15))


def test_an_empty_feed_of_agendas_leads_to_the_agenda_centre() -> None:
    page = read(feed())
    assert [one.url for one in page.next] == [CENTRE]
    assert (page.entries, codes(page), page.ordered) == ((), [], False)


def test_an_empty_feed_of_news_is_only_empty() -> None:
    page = read(feed(), f"{SITE}/RSSFeed.aspx?ModID=1&CID=All-0")
    assert (page.next, codes(page)) == ((), ["empty-list"])


def test_an_agenda_and_its_minutes_are_two_documents_of_one_body() -> None:
    page = read(
        centre(Airport_Board=row(808, "Agenda"), Parks=row(809, "Parks Agenda for May 19, 2026")), CENTRE
    )
    assert [(one.title, one.site_id) for one in page.entries] == [
        ("Airport_Board: Agenda of 2026-05-19", "agenda:808"),
        ("Airport_Board: Minutes of 2026-05-19", "minutes:808"),
        ("Parks Agenda for May 19, 2026", "agenda:809"),
        ("Parks: Minutes of 2026-05-19", "minutes:809"),
    ]
    posted, meeting = date(2026, 5, 15), date(2026, 5, 19)
    assert [one.published for one in page.entries] == [posted, meeting, posted, meeting]
    assert dict(page.entries[0].fields) == {"issuer": "Airport_Board"}
    assert not page.ordered


@pytest.mark.parametrize(
    ("body", "url", "found"),
    [
        (feed("/AgendaCenter/ViewFile/Agenda/_05192026-808")[:-30], FEED, ["damaged-xml"]),
        (b"<html><p>Nothing is here.</p></html>", CENTRE, ["empty-list"]),
    ],
)
def test_what_is_wrong_with_a_list_is_named(body: bytes, url: str, found: list[str]) -> None:
    assert codes(read(body, url)) == found


def test_addresses_of_papers_tell_number_and_day_month_first() -> None:
    url = f"{CENTRE}/ViewFile/Minutes/_12012020-815"
    assert (paper_number(url), meeting_day(url)) == ("minutes:815", date(2020, 12, 1))
    assert meeting_day(f"{CENTRE}/ViewFile/Minutes/_31122020-815") is None
    assert paper_number(f"{SITE}/DocumentCenter/View/12") is None


def test_feeds_and_agenda_centres_are_recognised() -> None:
    assert detect(feed(), FEED) == "civicplus"
    assert detect(b"<html></html>", f"{CENTRE}/Search/?term=") == "civicplus"
    assert detect(centre(A=row(1, "Agenda")), f"{SITE}/meetings") == "civicplus"
