"""Sitemaps from hand-made answers: index, packed child, patterns, limits, damage."""

from __future__ import annotations

import gzip
from datetime import date

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.detect import detect
from tests.extraction.helpers import capture, hints, source

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
PICTURES = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
URL = "http://a.example/sitemap.xml"
PATTERNS = {"include": r"/content/\w+/\d+\.html$", "exclude": "/draft/", "id": r"/(\d+)\.html$"}


def index(*children: str) -> bytes:
    rows = "".join(f"<sitemap><loc>{child}</loc></sitemap>" for child in children)
    return f'<?xml version="1.0"?><sitemapindex {SPACE}>{rows}</sitemapindex>'.encode()


def urls(*rows: str) -> bytes:
    return f'<?xml version="1.0"?><urlset {SPACE} {PICTURES}>{"".join(rows)}</urlset>'.encode()


def row(address: str, more: str = "") -> str:
    return f"<url>{more}<loc> {address}\n</loc></url>"


def read(body: bytes, url: str = URL, **options: str | int) -> ListPage:
    return PLATFORMS["sitemap"].parse_list(body, url, hints("sitemap", options=options))


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def test_the_start_is_the_named_sitemap_or_the_usual_address() -> None:
    start = PLATFORMS["sitemap"].start
    assert [one.url for one in start(hints("sitemap"))] == ["http://a.example/sitemap.xml"]
    named = hints("sitemap", options={"sitemap": "/map/index.xml"})
    assert [(one.url, one.role) for one in start(named)] == [("http://a.example/map/index.xml", "feed")]


@pytest.mark.parametrize(("label", "encoding"), [("utf-8", "gb18030"), ("gb2312", "utf-8")])
def test_the_bytes_decide_and_not_the_label_of_the_declaration(label: str, encoding: str) -> None:
    news = "<n:news xmlns:n='http://n.example/'><n:title>关于防汛工作的通知</n:title></n:news>"
    body = urls(row("/content/通知/1.html", news)).decode().replace('"1.0"', f'"1.0" encoding="{label}"')
    page = read(body.encode(encoding))
    assert [(one.url, one.title) for one in page.entries] == [
        ("http://a.example/content/通知/1.html", "关于防汛工作的通知")
    ]
    assert codes(page) == []


def test_an_index_leads_to_its_children_once_and_never_to_itself() -> None:
    page = read(index("/s/1.xml", "http://a.example/s/2.xml.gz", "/s/1.xml", URL))
    assert [one.url for one in page.next] == ["http://a.example/s/1.xml", "http://a.example/s/2.xml.gz"]
    assert page.entries == ()


def test_children_may_be_chosen_by_a_pattern() -> None:
    assert [one.url for one in read(index("/s/news.xml", "/s/video.xml"), maps="news").next] == [
        "http://a.example/s/news.xml"
    ]
    assert codes(read(index("/s/video.xml"), maps="news")) == ["empty-list"]


def test_robots_name_sitemaps_too() -> None:
    robots = b"User-agent: *\nDisallow: /x/\nSitemap: http://a.example/s/all.xml\n sitemap: /s/2.xml\n"
    page = read(robots, "http://a.example/robots.txt")
    assert [one.url for one in page.next] == ["http://a.example/s/all.xml", "http://a.example/s/2.xml"]


def test_addresses_are_taken_by_patterns_each_once_with_their_number() -> None:
    rows = ("/content/jd/5001.html", "/about.html", "/content/jd/5001.html", "/draft/content/jd/5002.html")
    page = read(urls(*map(row, rows)), **PATTERNS)
    assert [(one.url, one.site_id) for one in page.entries] == [
        ("http://a.example/content/jd/5001.html", "5001")
    ]


def test_the_last_change_is_no_date_of_publication() -> None:
    body = urls(row("/content/jd/1.html", "<lastmod>2026-05-19T09:00:00+08:00</lastmod>"))
    one = read(body).entries[0]
    assert (one.published, one.title, one.fields) == (None, None, (("updated", "2026-05-19T09:00:00+08:00"),))


def test_the_address_of_a_picture_is_not_the_page() -> None:
    picture = "<image:image><image:loc>http://a.example/1.jpg</image:loc></image:image>"
    assert [one.url for one in read(urls(row("/content/jd/1.html", picture))).entries] == [
        "http://a.example/content/jd/1.html"
    ]


def test_a_news_sitemap_tells_title_and_date() -> None:
    news = '<n:news xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><n:title>条例解读</n:title>'
    news += "<n:publication_date>2026-05-19T08:00:00+08:00</n:publication_date></n:news>"
    one = read(urls(row("/content/jd/1.html", news))).entries[0]
    assert (one.title, one.published) == ("条例解读", date(2026, 5, 19))


def test_a_packed_child_is_unpacked() -> None:
    body = gzip.compress(urls(row("/content/jd/1.html")))
    assert [one.url for one in read(body, "http://a.example/s/1.xml.gz").entries] == [
        "http://a.example/content/jd/1.html"
    ]


def test_a_packed_child_cut_short_gives_what_can_be_read() -> None:
    rows = [row(f"/content/jd/{number * 7919 % 100_003}.html") for number in range(2000)]
    page = read(gzip.compress(urls(*rows))[:6000])
    assert 0 < len(page.entries) < 2000
    assert codes(page) == ["truncated-gzip", "damaged-xml"]


def test_damaged_xml_gives_what_can_be_read_and_says_so() -> None:
    page = read(urls(row("/content/jd/1.html"), row("/content/jd/2.html"))[:-20])
    assert page.entries[0].url == "http://a.example/content/jd/1.html"
    assert codes(page) == ["damaged-xml"]


def test_an_unescaped_ampersand_does_not_lose_the_other_addresses() -> None:
    page = read(urls(row("/x?a=1&b=2"), row("/content/jd/2.html")), include="content")
    assert [one.url for one in page.entries] == ["http://a.example/content/jd/2.html"]


def test_more_addresses_than_the_limit_are_not_read_and_it_is_said() -> None:
    page = read(urls(*(row(f"/content/jd/{number}.html") for number in range(5))), limit=3)
    assert (len(page.entries), codes(page)) == (3, ["too-many-entries"])


def test_a_text_file_of_addresses_is_a_sitemap() -> None:
    page = read(b"http://a.example/content/jd/1.html\nhttp://a.example/about.html\n", **PATTERNS)
    assert [one.site_id for one in page.entries] == ["1"]


@pytest.mark.parametrize(
    "body", ["<html><body>页面不存在</body></html>".encode(), b"", b"\x00\x01", b"<feed/>"]
)
def test_what_is_no_sitemap_says_so(body: bytes) -> None:
    assert codes(read(body)) == ["not-a-sitemap"]


def test_a_sitemap_without_wanted_addresses_says_so() -> None:
    assert codes(read(urls(row("/about.html")), **PATTERNS)) == ["empty-list"]


def test_a_sitemap_is_recognised_and_the_feed_reader_hands_it_over() -> None:
    assert detect(index("/s/1.xml"), URL) == "sitemap"
    assert detect(urls(row("/a.html")), URL) == "sitemap"
    page = PLATFORMS["feed"].parse_list(index("/s/1.xml"), URL, hints("feed"))
    assert [one.url for one in page.next] == ["http://a.example/s/1.xml"]


def test_a_page_keeps_its_identity_when_it_moves_to_another_column() -> None:
    text = "<div id='zoom'><p>云河省人民代表大会常务委员会通过本决定，自公布之日起施行。</p></div>"
    body = f"<html><body><h2>关于修改条例的决定</h2>{text}</body></html>".encode()
    own = source("sitemap", options=PATTERNS)
    ids = {
        read_capture(capture(f"http://a.example/content/{column}/5009.html", role="detail"), body, own)
        .documents[0]
        .document_id
        for column in ("jyjd", "fg")
    }
    assert len(ids) == 1
