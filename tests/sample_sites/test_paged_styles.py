"""The styles feed, sitemap and static have the shapes and the traps of real sites."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime
from urllib.parse import urljoin

import pytest
from lxml import etree

from crawlers.sample_sites import SampleServer, truth
from crawlers.sample_sites.library import sites
from tests.sample_sites.conftest import Get

MINISTRY, COMMITTEE, COUNTY = (
    "http://www.hsb.example",
    "http://www.yhrd.example",
    "http://www.shiqiao.example",
)
ATOM = "{http://www.w3.org/2005/Atom}"


def addresses(source_id: str, day: int = 0) -> set[str]:
    return {document["url"] for document in truth(day)["documents"] if document["source_id"] == source_id}


def pages_of_feed(get: Get, url: str) -> list[etree._Element]:
    pages = []
    while url:
        pages.append(etree.fromstring(get(url).body))
        following = pages[-1].find(f".//{ATOM}link[@rel='next']")
        url = urljoin(url, following.get("href")) if following is not None else ""
    return pages


def feeds(get: Get) -> list[str]:
    return [
        urljoin(MINISTRY, path)
        for path in re.findall(r'rel="alternate" [^>]*href="([^"]+)"', get(MINISTRY + "/").text)
    ]


def locations(body: bytes) -> list[str]:
    return [str(node.text) for node in etree.fromstring(body).iterfind("{*}*/{*}loc")]


def test_feeds_lead_to_every_document_by_their_next_links(get: Get) -> None:
    found = set()
    for feed in feeds(get):
        for page in pages_of_feed(get, feed):
            links = page.iterfind(f"{ATOM}entry/{ATOM}link[@rel='alternate']")
            found |= {urljoin(feed, link.get("href")) for link in links}
            found |= {urljoin(feed, str(link.text)) for link in page.iterfind("channel/item/link")}
    assert found == addresses("sample-hsb")


def test_the_last_column_speaks_rss_and_the_first_is_paged(get: Get) -> None:
    assert [feed.endswith("rss.xml") for feed in feeds(get)] == [False, False, False, False, True]
    assert get(feeds(get)[-1]).headers["content-type"].startswith("application/rss+xml")
    assert len(pages_of_feed(get, feeds(get)[0])) == 2
    assert get(f"{feeds(get)[0]}?page=9").status == 404


def test_feeds_have_the_faults_of_real_ones(get: Get) -> None:
    text = "\n".join(get(feed).text for feed in feeds(get))
    assert '<title type="html">&lt;b&gt;' in text
    assert re.search(r'rel="alternate" type="text/html" href="/n/', text)
    assert "T16:00:00Z</published>" in text  # midnight of the next day in Yunhe
    assert '<guid isPermaLink="false">tag:' in text
    first = [
        node.text for node in etree.fromstring(get(feeds(get)[0]).body).iterfind(f"{ATOM}entry/{ATOM}id")
    ]
    assert first[0] == first[-1]


def test_robots_name_a_sitemap_that_leads_to_every_document(get: Get) -> None:
    index = re.search(r"^Sitemap: (\S+)", get(f"{COMMITTEE}/robots.txt").text, re.M)
    assert index is not None
    children = locations(get(index[1]).body)
    packed = [child for child in children if child.endswith(".gz")]
    assert len(packed) == 1
    bodies = [get(child).body for child in children if child not in packed]
    found = {place for body in (*bodies, gzip.decompress(get(packed[0]).body)) for place in locations(body)}
    assert found >= addresses("sample-yunhe-rd")
    others = found - addresses("sample-yunhe-rd")
    assert len(others) == 7
    assert {get(place).status for place in others} == {200}


def test_the_county_lists_lead_to_every_document_by_plain_next_links(get: Get) -> None:
    found = set()
    for column in next(card for card in sites() if card.source_id == "sample-shiqiao").columns:
        url = f"{COUNTY}/{column.path}/index.shtml"
        while url:
            text = _text(get(url).body)
            found |= {
                urljoin(url, href) for href in re.findall(r'<li><span>[^<]*</span><a href="([^"]+)"', text)
            }
            following = re.search(r'<a href="([^"]+)">下一页</a>', text)
            url = urljoin(url, following[1]) if following else ""
    assert found == addresses("sample-shiqiao")


def test_some_county_lists_are_gb18030_under_the_label_utf8(get: Get) -> None:
    reply = get(f"{COUNTY}/bmwj/index.shtml")
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    with pytest.raises(UnicodeDecodeError):
        reply.body.decode()
    assert "部门文件" in reply.body.decode("gb18030")


def test_the_county_answers_200_to_every_address(get: Get) -> None:
    for path in ("/zfwj/index_99.shtml", "/zfwj/index_1.shtml", "/nirgends", "/zfwj/202001/1.shtml"):
        reply = get(COUNTY + path)
        assert reply.status == 200
        assert "页面不存在" in reply.text


def test_the_county_front_page_is_pictures(get: Get) -> None:
    text = get(f"{COUNTY}/").text
    assert text.count("<img") > 8
    assert re.findall(r'<a href="/zfwj/index.shtml"><img [^>]*alt=""></a>', text)


@pytest.mark.parametrize("source_id", ["sample-hsb", "sample-yunhe-rd", "sample-shiqiao"])
def test_every_document_and_file_answers_on_the_last_day(
    server: SampleServer, get: Get, source_id: str
) -> None:
    server.set_day(60)
    shown = [document for document in truth(60)["documents"] if document["source_id"] == source_id]
    places = [d["url"] for d in shown] + [a["url"] for d in shown for a in d["attachments"]]
    assert {get(place).status for place in places} == {200}
    assert not any("页面不存在".encode() in get(place).body for place in places)


def test_documents_carry_the_time_of_their_last_change(get: Get) -> None:
    place = sorted(addresses("sample-yunhe-rd"))[0]
    changed = datetime.strptime(get(place).headers["last-modified"], "%a, %d %b %Y %H:%M:%S GMT").replace(
        tzinfo=UTC
    )
    children = [
        child for child in locations(get(f"{COMMITTEE}/sitemap.xml").body) if not child.endswith("pages.xml")
    ]
    bodies = [get(child).body for child in children]
    texts = [(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode() for body in bodies]
    said = re.search(re.escape(place) + r"</loc><lastmod>([^<]+)<", "".join(texts))
    assert said is not None
    assert datetime.fromisoformat(said[1]).date() == changed.date()


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("gb18030")
