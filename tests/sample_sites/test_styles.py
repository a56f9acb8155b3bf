"""The Hanweb and Visual SiteBuilder styles have the shapes, pages and traps of the real ones."""

from __future__ import annotations

import http.client
import re
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from crawlers.extraction.blocks import paragraphs_of_markup
from crawlers.extraction.page import open_page
from crawlers.sample_sites import SampleServer
from crawlers.sample_sites.answers import Answer
from crawlers.sample_sites.library import documents, present, sites
from crawlers.sample_sites.markup import MARKUPS, marked_up
from crawlers.sample_sites.model import SiteCard
from crawlers.sample_sites.settings import LAST_DAY
from crawlers.sample_sites.sites import Site, open_site
from tests.sample_sites.conftest import Get

PROXY = "/module/web/jpage/dataproxy.jsp"


def card(folder: str) -> SiteCard:
    return next(one for one in sites() if one.folder == folder)


def ask(site: Site, url: str, day: int = 0) -> Answer:
    parts = urlsplit(url)
    return site.answer(parts.path, parse_qs(parts.query), day)


def fullest(one: SiteCard) -> tuple[str, int]:
    """The number of the column with most documents, and how many they are."""
    shown = [item.column for item in present(one.folder, 0)]
    key = max(set(shown), key=shown.count)
    return one.column(key).path, shown.count(key)


def numbers(text: str, column: str) -> dict[str, str]:
    unit = re.search(r"unitid:'(\d+)'", text)
    assert unit
    return {"columnid": column, "unitid": unit[1], "webid": "1"}


def test_the_data_proxy_gives_three_pages_a_call_and_forgets_the_total_at_the_end() -> None:
    one = replace(card("yunhe_gov"), page_size=2)
    site, (column, held) = open_site(one), fullest(one)
    page = ask(site, f"/col/col{column}/index.html").body.decode()
    asked = numbers(page, column)
    first = ask(site, f"{PROXY}?{urlencode(asked | {'startrecord': 1, 'endrecord': 99, 'perpage': 2})}")
    last = ask(
        site, f"{PROXY}?{urlencode(asked | {'startrecord': held, 'endrecord': held + 5, 'perpage': 2})}"
    )
    assert (first.media_type, first.body.count(b"<record>")) == ("text/xml; charset=utf-8", 6)
    assert f"<totalrecord>{held}</totalrecord>".encode() in first.body
    assert (last.body.count(b"<record>"), b"<totalrecord>null<" in last.body) == (1, True)


def test_wrong_numbers_get_an_envelope_without_records() -> None:
    answer = ask(
        open_site(card("yunhe_gov")), f"{PROXY}?startrecord=1&endrecord=9&perpage=3&columnid=1&unitid=2"
    )
    assert (answer.status, b"<recordset></recordset>" in answer.body) == (200, True)


def test_a_posted_form_is_answered_like_the_query(server: SampleServer, get: Get) -> None:
    host = card("yunhe_gov").host
    column, _ = fullest(card("yunhe_gov"))
    asked = numbers(get(f"http://{host}/col/col{column}/index.html").text, column)
    window = "startrecord=1&endrecord=30&perpage=10"
    connection = http.client.HTTPConnection(*server.addresses[host], timeout=10)
    connection.request("POST", f"{PROXY}?{window}", urlencode(asked), {"Host": host})
    posted = connection.getresponse().read()
    connection.close()
    assert posted == get(f"http://{host}{PROXY}?{window}&{urlencode(asked)}").body
    assert b"<record>" in posted


def test_a_new_look_keeps_every_address_and_changes_every_page() -> None:
    before = card("yunhe_gov")
    old, new = open_site(before), open_site(replace(before, look="new"))
    for item in present(before.folder, 0):
        assert old.url(item) == new.url(item)
        first, second = ask(old, old.url(item)).body, ask(new, new.url(item)).body
        assert (b'id="zoom"' in first, b'id="zoom"' in second, b"xxgk_table" in second) == (
            True,
            False,
            False,
        )


def test_the_next_group_of_a_record_set_is_a_dead_end() -> None:
    site = open_site(card("msb"))
    page = ask(site, f"/col/col{fullest(card('msb'))[0]}/index.html").body.decode()
    link = re.search(r'<nextgroup><!\[CDATA\[<a href="([^"]+)"', page)
    assert link
    assert b"<record>" not in ask(site, link[1]).body


def test_full_pages_of_reversed_numbering_never_change() -> None:
    one = replace(card("qinghe"), page_size=2)
    site, (folder, held) = open_site(one), fullest(one)
    pages = -(-held // 2)
    first = ask(site, f"/{folder}.htm").body.decode()
    assert f'<span class="p_t">1/{pages}</span>' in first
    assert f'<a href="{folder.rpartition("/")[2]}/{pages - 1}.htm">下页</a>' in first
    assert ask(site, f"/{folder}/{pages}.htm").status == 404
    last = [
        re.findall(r"info/\d+/(\d+)\.htm", ask(site, f"/{folder}/1.htm", day).body.decode()) for day in (0, 9)
    ]
    assert (len(last[0]), last[0]) == (2, last[1])


def test_a_site_that_changes_its_system_redirects_columns_documents_and_moved_documents(
    server: SampleServer, get: Get
) -> None:
    one = card("yunhe_sjt")
    day = one.redesigns[-1].day
    server.set_day(day)
    before, now = open_site(one, day - 1), open_site(one, day)
    for item in present(one.folder, day):
        former = [replace(item, column=column) for column in (item.column, *item.former_columns)]
        answers = [get(before.url(old)) for old in former]
        assert {(a.status, a.headers["location"]) for a in answers} == {(301, now.url(item))}
        assert (get(now.url(item)).status, now.own_id(item)) == (200, before.own_id(item))
    column = get(f"http://{one.host}/col/col{one.columns[0].path}/index.html")
    assert (column.status, get(column.headers["location"]).status) == (301, 200)


@pytest.mark.parametrize("markup", sorted(MARKUPS))
def test_every_markup_holds_the_same_text(markup: str) -> None:
    for document in documents():
        if document.site == "meridian":
            continue
        body = marked_up(document.paragraphs, "text-indent: 2em", markup)
        page = open_page(f"<div id='text'>{body}</div>", "http://a.example/")
        node = page.tree.css_first("#text")
        lines = paragraphs_of_markup(node.html or "") if node else ()
        wanted = "".join(document.paragraphs).replace("|", "").replace(">", "")
        assert "".join("".join(lines).split()) == "".join(wanted.split()), document.key
        assert len(lines) == len(document.paragraphs), document.key


def test_every_address_of_these_styles_answers_to_the_last_day() -> None:
    for one in sites():
        if one.style in ("dataproxy", "recordset", "vsb"):
            site = open_site(one, LAST_DAY)
            for item in present(one.folder, LAST_DAY):
                files = [site.attachment_url(item, attachment) for attachment in item.document.attachments]
                assert {ask(site, url, LAST_DAY).status for url in (site.url(item), *files)} == {200}
