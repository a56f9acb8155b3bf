"""Granicus from hand-made feeds and publisher's pages: papers with their meeting's day, a full feed."""

from __future__ import annotations

from datetime import date

import pytest

from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.detect import detect
from crawlers.platforms.granicus import paper_number
from tests.extraction.helpers import hints

SITE = "https://aville.granicus.com"
FEED = f"{SITE}/ViewPublisherRSS.php?view_id=21&mode=agendas"
PAGE = f"{SITE}/ViewPublisher.php?view_id=21"


def item(number: int, viewer: str = "AgendaViewer", kind: str = "clip_id", parts: str = "") -> str:
    told = parts or "<gran:pubDateParts yr='2026' mo='05' day='12' hr='18' min='00' sec='0' tz='7' />"
    return (
        f"<item><guid isPermaLink='false'>g-{number}-{viewer}</guid><title>Council - May 12, 2026</title>"
        f"<pubDate>Wed, 13 May 2026 02:00:00 -0800</pubDate>{told}"
        f"<link>{SITE}/{viewer}.php?view_id=21&amp;{kind}={number}</link></item>"
    )


def feed(*items: str) -> bytes:
    names = 'version="2.0" xmlns:gran="http://www.granicus.com/schema/rss-supplements"'
    return f'<?xml version="1.0"?><rss {names}><channel>{"".join(items)}</channel></rss>'.encode()


def read(body: bytes, url: str = FEED) -> ListPage:
    return PLATFORMS["granicus"].parse_list(
        body, url, hints("granicus", SITE, timezone="America/Los_Angeles")
    )


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def row(name: str, day: str, links: str) -> str:
    return (
        f'<tr class="listingRow"><td class="listItem" headers="Name" scope="row">{name}</td>'
        f'<td class="listItem" headers="Date">   {day}&nbsp;-&nbsp;6:00&nbsp;PM</td><td>{links}</td></tr>'
    )


def anchor(viewer: str, asked: str, said: str = "Agenda") -> str:
    return f'<a href="{SITE}/{viewer}.php?view_id=21&{asked}" target="_blank">{said}</a>'


def test_each_view_has_a_feed_of_agendas_and_one_of_minutes() -> None:
    asked = PLATFORMS["granicus"].start(hints("granicus", SITE, options={"view": "21 4"}))
    assert [one.url.rpartition("?")[2] for one in asked] == [
        f"view_id={view}&mode={mode}" for view in (21, 4) for mode in ("agendas", "minutes")
    ]
    assert {one.role for one in asked} == {"feed"}


def test_an_item_has_the_day_of_the_meeting_and_a_number_that_lasts() -> None:
    page = read(feed(item(288), item(9, kind="event_id")))
    assert [(one.published, one.site_id) for one in page.entries] == [
        (date(2026, 5, 12), "agenda:clip:288"),
        (date(2026, 5, 12), "agenda:event:9"),
    ]
    assert (page.next, codes(page)) == ((), [])


def test_without_parts_of_the_day_the_publishing_day_is_taken() -> None:
    assert read(feed(item(1, parts="<x/>"))).entries[0].published == date(2026, 5, 13)


def test_recordings_are_no_documents() -> None:
    assert read(feed(item(1, viewer="MediaPlayer"), item(2))).entries[0].site_id == "agenda:clip:2"


@pytest.mark.parametrize(("items", "found", "leads"), [(99, [], 0), (100, ["feed-full"], 1)])
def test_a_full_feed_is_named_and_leads_to_the_publishers_page(
    items: int, found: list[str], leads: int
) -> None:
    page = read(feed(*(item(number) for number in range(items))))
    assert (len(page.entries), codes(page), len(page.next)) == (items, found, leads)
    assert [one.url for one in page.next] == [PAGE][:leads]
    assert page.ordered != bool(leads)


def test_papers_of_the_publishers_page_have_the_name_and_day_of_their_row() -> None:
    links = anchor("AgendaViewer", "clip_id=288") + anchor("MinutesViewer", "clip_id=288&doc_id=x", "Minutes")
    film = """<a href="javascript:void(0);" onClick="window.open('MediaPlayer.php?clip_id=288')">Video</a>"""
    rows = row("City Council", "May&nbsp;12,&nbsp;2026", links + film) + row("Parks", "May 5, 2026", "")
    page = read(f"<html><body><table class='listingTable'>{rows}</table></body></html>".encode(), PAGE)
    assert [(one.title, one.published, one.site_id) for one in page.entries] == [
        ("City Council: Agenda of 2026-05-12", date(2026, 5, 12), "agenda:clip:288"),
        ("City Council: Minutes of 2026-05-12", date(2026, 5, 12), "minutes:clip:288"),
    ]


def test_a_paper_that_stands_twice_is_one() -> None:
    rows = row("City Council", "May 12, 2026", anchor("AgendaViewer", "clip_id=288") * 2)
    assert len(read(f"<table>{rows}</table>".encode(), PAGE).entries) == 1


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (feed(), ["empty-list"]),
        (feed(item(1))[:-30], ["damaged-xml"]),
        (b"<html><p>Nothing is here.</p></html>", ["not-a-feed"]),
    ],
)
def test_what_is_wrong_with_a_list_is_named(body: bytes, found: list[str]) -> None:
    assert codes(read(body)) == found


def test_a_paper_keeps_its_number_in_another_view() -> None:
    assert paper_number(f"{SITE}/AgendaViewer.php?view_id=4&clip_id=288") == "agenda:clip:288"
    assert paper_number(f"{SITE}/GeneratedAgendaViewer.php?view_id=4&event_id=1") == "agenda:event:1"
    assert paper_number(f"{SITE}/AgendaViewer.php?view_id=4") is None


def test_feeds_and_publishers_pages_are_recognised() -> None:
    assert detect(feed(item(1)), FEED) == "granicus"
    assert detect(b"<html></html>", PAGE) == "granicus"
