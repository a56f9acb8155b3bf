"""Feeds from hand-made answers: Atom, RSS, JSON Feed, with the faults of real ones."""

from __future__ import annotations

import json
from datetime import date

import pytest

from crawlers.extraction.read import read_capture
from crawlers.platforms import PLATFORMS, ListPage
from crawlers.platforms.detect import detect
from tests.extraction.helpers import capture, hints, source

URL = "http://a.example/zcwj/atom.xml"
HTML_TITLE = "&lt;b&gt;关于印发《河湖长制考核办法》的通知&lt;/b&gt;&amp;nbsp;"


def entry(
    number: int = 1, title: str = "关于防汛的通知", when: str = "2026-05-19T16:00:00Z", more: str = ""
) -> str:
    shown = title if title.startswith("<") else f"<title>{title}</title>"
    return (
        f"<entry>{shown}<id>tag:a.example,2024:{number}</id>"
        f'<link rel="enclosure" href="/x.jpg"/><link rel="alternate" href="/n/{number}.html"/>'
        f"<published>{when}</published>{more}</entry>"
    )


def atom(*entries: str, links: str = "", base: str = "") -> bytes:
    head = f'<feed xmlns="http://www.w3.org/2005/Atom"{base}><title>政策文件</title>{links}'
    return f'<?xml version="1.0" encoding="utf-8"?>{head}{"".join(entries)}</feed>'.encode()


def rss(*items: str, links: str = "") -> bytes:
    head = '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>公报</title>'
    picture = "<image><url>/logo.png</url><title>部</title><link>http://a.example/</link></image>"
    return f"{head}<link>http://a.example/</link>{picture}{links}{''.join(items)}</channel></rss>".encode()


def item(inner: str) -> str:
    return f"<item>{inner}</item>"


def read(body: bytes, url: str = URL) -> ListPage:
    return PLATFORMS["feed"].parse_list(body, url, hints("feed"))


def codes(page: ListPage) -> list[str]:
    return [problem.code for problem in page.problems]


def test_an_instant_counts_as_the_day_it_is_at_the_source() -> None:
    assert read(atom(entry())).entries[0].published == date(2026, 5, 20)


@pytest.mark.parametrize("when", ["2026-05-19T00:00:00Z", "2026-05-19", "2026-05-19T08:00:00"])
def test_midnight_in_utc_or_no_zone_is_the_printed_day(when: str) -> None:
    assert read(atom(entry(when=when))).entries[0].published == date(2026, 5, 19)


def test_an_entry_without_any_date_is_kept() -> None:
    body = atom("<entry><title>关于防汛的通知</title><link href='/n/1.html'/></entry>")
    assert [(one.url, one.published) for one in read(body).entries] == [("http://a.example/n/1.html", None)]


def test_the_alternate_link_counts_and_relative_ones_follow_xml_base() -> None:
    assert read(atom(entry())).entries[0].url == "http://a.example/n/1.html"
    body = atom(entry().replace("/n/1", "n/1"), base=' xml:base="http://b.example/zc/"')
    assert read(body).entries[0].url == "http://b.example/zc/n/1.html"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        (f'<title type="html">{HTML_TITLE}</title>', "关于印发《河湖长制考核办法》的通知"),
        (f"<title>{HTML_TITLE}</title>", "关于印发《河湖长制考核办法》的通知"),
        ("<title>关于A&lt;B时段限行的通告</title>", "关于A<B时段限行的通告"),
        (
            '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">防汛<em>通知</em></div></title>',
            "防汛通知",
        ),
    ],
)
def test_titles_lose_their_markup_and_nothing_else(title: str, shown: str) -> None:
    assert read(atom(entry(title=title))).entries[0].title == shown


def test_of_two_entries_for_one_page_the_one_changed_last_is_told() -> None:
    older = entry(1, "防汛通知", more="<updated>2026-05-20T01:00:00Z</updated>")
    newer = entry(1, "防汛通知（修订）", more="<updated>2026-05-28T01:00:00Z</updated>")
    for body in (atom(older, newer, entry(2)), atom(newer, entry(2), older)):
        assert {one.title for one in read(body).entries} == {"防汛通知（修订）", "关于防汛的通知"}


def test_a_change_of_the_page_shows_in_the_entry() -> None:
    body = atom(entry(more="<updated>2026-05-28T01:00:00Z</updated>"))
    assert read(body).entries[0].fields == (("updated", "2026-05-28T01:00:00Z"),)


def test_pages_follow_the_next_link_of_the_feed_and_not_one_of_an_entry() -> None:
    inner = '<link rel="next" href="/n/9.html"/>'
    links = '<link rel="self" href="/zcwj/atom.xml"/><link rel="next" href="/zcwj/atom.xml?page=2"/>'
    body = atom(entry(more=inner), links=links)
    assert [(one.url, one.role) for one in read(body).next] == [
        ("http://a.example/zcwj/atom.xml?page=2", "feed")
    ]
    assert read(atom(entry(more=inner))).next == ()


def test_an_archive_leads_to_the_one_before_and_never_to_itself() -> None:
    assert [
        one.url for one in read(atom(entry(), links='<link rel="prev-archive" href="/2025.xml"/>')).next
    ] == ["http://a.example/2025.xml"]
    assert read(atom(entry(), links=f'<link rel="next" href="{URL}"/>')).next == ()


def test_rss_reads_link_guid_and_date() -> None:
    one = item(
        "<title><![CDATA[2025年水土保持公报 & 数据]]></title><link>/n/30110.html</link>"
        '<guid isPermaLink="false">tag:a.example,2024:30110</guid>'
        "<pubDate>Tue, 01 Apr 2025 16:30:00 GMT</pubDate>"
    )
    page = read(rss(one, links='<atom:link rel="next" href="?page=2"/>'), "http://a.example/hjgb/rss.xml")
    assert [(e.url, e.title, e.published, e.site_id) for e in page.entries] == [
        (
            "http://a.example/n/30110.html",
            "2025年水土保持公报 & 数据",
            date(2025, 4, 2),
            "tag:a.example,2024:30110",
        )
    ]
    assert [one.url for one in page.next] == ["http://a.example/hjgb/rss.xml?page=2"]


@pytest.mark.parametrize(
    ("guid", "url"),
    [
        ("<guid>http://a.example/n/1.html</guid>", "http://a.example/n/1.html"),
        (
            '<guid isPermaLink="false">http://a.example/n/1.html</guid><link>/m/1.html</link>',
            "http://a.example/m/1.html",
        ),
        ("<guid>30110</guid><link>/n/2.html</link>", "http://a.example/n/2.html"),
        ("<guid>30110</guid>", "http://a.example/zcwj/atom.xml"),
    ],
)
def test_a_guid_is_an_address_only_when_it_says_so(guid: str, url: str) -> None:
    one = item(f"<title>关于防汛的通知</title>{guid}<pubDate>2026-05-19</pubDate>")
    assert [entry.url for entry in read(rss(one)).entries] == [url]


def test_json_feed_with_its_next_page() -> None:
    row = {
        "id": "30110",
        "url": "n/30110.html",
        "title": "<b>水土保持公报</b>",
        "date_published": "2025-04-01T16:30:00Z",
    }
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [row, row, {"id": 2}],
        "next_url": "feed.json?p=2",
    }
    body = json.dumps(feed, ensure_ascii=False).encode()
    page = read(body, "http://a.example/feed.json")
    assert [(e.url, e.title, e.published) for e in page.entries] == [
        ("http://a.example/n/30110.html", "水土保持公报", date(2025, 4, 2))
    ]
    assert [one.url for one in page.next] == ["http://a.example/feed.json?p=2"]
    assert detect(body, "http://a.example/feed.json") == "feed"


JSON_URL = "http://a.example/feed.json"


@pytest.mark.parametrize(
    ("values", "code", "entries"),
    [
        ({"items": None}, ["empty-list"], 0),
        ({"items": [None, 7, {"url": "/n/1.html"}]}, ["rows-left-out", "empty-list"], 0),
        (
            {"items": [{"url": "/n/1.html", "title": None}, {"url": "/n/2.html", "title": "公报"}]},
            ["rows-left-out"],
            1,
        ),
        ({"items": [{"external_url": "http://b.example/1", "title": "公报"}]}, [], 1),
        ({"items": [{"url": "/n/1.html", "title": "公报"}], "next_url": JSON_URL}, ["next-is-same"], 1),
        (
            {"items": [{"url": "javascript:x", "title": "公报"}], "next_url": None},
            ["rows-left-out", "empty-list"],
            0,
        ),
    ],
)
def test_json_feeds_with_holes_are_read_as_far_as_they_go(
    values: dict[str, object], code: list[str], entries: int
) -> None:
    page = read(json.dumps({"version": "https://jsonfeed.org/version/1", **values}).encode(), JSON_URL)
    assert (codes(page), len(page.entries), page.next) == (code, entries, ())


def test_a_json_feed_that_is_cut_off_says_so() -> None:
    assert codes(read(b'{"version": "https://jsonfeed.org/version/1", "items": [{"u', JSON_URL)) == [
        "damaged-json"
    ]


def test_a_damaged_feed_gives_what_can_be_read_and_says_so() -> None:
    page = read(atom(entry(1), entry(2))[:-90])
    assert [one.url for one in page.entries][:1] == ["http://a.example/n/1.html"]
    assert codes(page) == ["damaged-xml"]


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("utf-8", "gb18030"),
        ("gb2312", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("UTF-8", "utf-8-sig"),
    ],
)
@pytest.mark.parametrize("reader", ["feed", "generic"])
def test_the_bytes_decide_and_not_the_label_of_the_declaration(
    label: str, encoding: str, reader: str
) -> None:
    one = item("<title>关于做好防汛工作的通知</title><link>/n/1.html</link><pubDate>2026-05-19</pubDate>")
    body = rss(one).decode().split("?>", 1)[-1]
    told = f'<?xml version="1.0" encoding="{label}"?>{body}'.encode(encoding)
    page = PLATFORMS[reader].parse_list(told, URL, hints(reader))
    assert ([entry.title for entry in page.entries], codes(page)) == (["关于做好防汛工作的通知"], [])


def test_items_without_a_title_are_counted_and_the_picture_of_the_channel_is_none() -> None:
    one = item("<title>关于防汛的通知</title><link>/n/1.html</link>")
    none = item("<description>全文</description><link>/n/2.html</link>")
    picture = "<image><title>图</title><url>/logo.png</url></image>"
    page = read(rss(one, none, links=picture))
    assert ([entry.url for entry in page.entries][-1:], codes(page)) == (
        ["http://a.example/n/1.html"],
        ["rows-left-out"],
    )


def test_an_empty_feed_says_that_it_is_empty() -> None:
    assert codes(read(atom())) == ["empty-list"]


def test_a_feed_cannot_make_us_read_files_or_expand_without_end() -> None:
    bomb = '<!DOCTYPE feed [<!ENTITY a "x"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    body = atom(entry(title="<title>&f;&a;</title>")).replace(b"?>", f"?>{bomb}".encode(), 1)
    assert all("root:" not in (one.title or "") for one in read(body).entries)


def test_a_capture_of_a_feed_is_a_feed_and_its_page_keeps_the_identity_of_the_entry() -> None:
    row = source("feed")
    listed = read_capture(capture(URL, role="feed"), atom(entry(7)), row)
    assert (listed.kind, len(listed.entries)) == ("feed", 1)
    text = "<p>请各地做好防汛准备工作，落实责任，加强值守，发现险情立即报告。</p>"
    page = f"<html><body><h1>关于防汛的通知</h1><div class='article_content'>{text}</div></body></html>"
    card = capture("http://a.example/n/7.html", role="detail", entry=listed.entries[0])
    document = read_capture(card, page.encode(), row).documents[0]
    assert (document.site_id, document.published) == ("tag:a.example,2024:7", date(2026, 5, 20))


@pytest.mark.parametrize("reader", ["feed", "generic", "govuk"])
@pytest.mark.parametrize("escaped", [True, False])
def test_a_json_plea_is_throttling_however_it_is_written(reader: str, escaped: bool) -> None:
    body = json.dumps({"code": 429, "message": "请求过多，请稍后再试"}, ensure_ascii=escaped).encode()
    assert codes(PLATFORMS[reader].parse_list(body, JSON_URL, hints(reader))) == ["throttled"]
