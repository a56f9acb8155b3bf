"""The search page and the page of saved searches: state in the address, news, demand, and back again."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

from dashboard.commands.main import main
from dashboard.frame import Frame
from dashboard.search_hits import found_in_words, hit_list, pages_bar
from dashboard.search_wish import Wish, wish_of
from dashboard.words import catalogue
from tests.dashboard.conftest import READER, Open, html_of
from tests.dashboard.papers import EVIL_TITLE, FIRST_DAY, SECOND_DAY
from tests.dashboard.publication_fixture import publish_second
from warehouse import saved_searches
from warehouse.desk import Desk
from warehouse.desk.asked import asked
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.records import Copy, HitPlace, SearchAnswer, SearchHit

VAIN = "低空经济"


def _links(shown: str) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'href="(/docs[^"]*)"', shown)]


def test_every_filter_of_the_address_is_a_chip_that_takes_only_itself_off(
    open_page: Open, published: Home
) -> None:
    shown = html_of(
        open_page(published, "docs", s="养老", d="xs-10-civil", level="provincial", since="2020-01-01")
    )
    chips = shown[shown.index('class="gb-chips"') :].partition("</ul>")[0]
    assert "部门: 云河省民政厅" in chips
    assert "层级: 省级" in chips
    off = [one for one in _links(chips) if "since=" in one and "level=" not in one]
    assert len(off) == 1
    assert "d=xs-10-civil" in off[0]
    assert catalogue("zh")["search.take-all-off"] in chips


def test_a_wish_and_what_is_kept_of_it_say_the_same() -> None:
    wish = Wish("养老", department="xs-10-civil", year="2026", until=date(2026, 6, 1), in_force=True)
    kept = wish.asked()
    assert kept.filters == {
        "department": "xs-10-civil",
        "since": "2026-01-01",
        "until": "2026-06-01",
        "in_force": True,
    }
    assert wish_of(kept).asked() == kept


def test_a_span_of_years_saved_at_the_command_line_opens_on_the_page(open_page: Open, fresh: Home) -> None:
    words = ("searches", "save", "years", "养老", "--year", "2025-2026", "--home", str(fresh.root))
    assert main(list(words)) == 0
    listed = html_of(open_page(fresh, "searches"))
    address = next(one for one in _links(listed) if "saved=1" in one)
    assert "year=2025-2026" in address
    shown = html_of(open_page(fresh, "docs", s="养老", year="2025-2026", saved="1"))
    assert "找到 3 篇" in shown
    assert "年份: 2025-2026" in shown
    with Desk.open(fresh) as desk:
        (saved,) = desk.searches.listed("local")
    assert saved.asked is not None
    kept = wish_of(saved.asked).keywords()
    assert (kept["since"], kept["until"]) == (date(2025, 1, 1), date(2026, 12, 31))
    open_ended = Wish(year=">=2025", until=date(2026, 6, 1)).keywords()
    assert (open_ended["since"], open_ended["until"]) == (date(2025, 1, 1), date(2026, 6, 1))
    assert "不是日期" in html_of(open_page(fresh, "docs", s="养老", year="20x5"))


def test_a_query_that_is_too_long_is_refused_whole_and_counts_as_no_demand(
    open_page: Open, fresh: Home
) -> None:
    for query in ("养老 " + "低" * 1100, "(" + VAIN):
        below = html_of(open_page(fresh, "docs", s=query)).partition("</form>")[0]
        assert 'role="alert"' in below
    shown = html_of(open_page(fresh, "docs", s="养老 " + "低" * 1100))
    assert "检索式有 1103 个字，最多读 1000 个" in shown
    assert "没有找到" not in shown
    with Desk.open(fresh) as desk:
        assert desk.demand.listed() == []


def test_the_place_that_cannot_be_read_is_marked_below_the_box(open_page: Open, published: Home) -> None:
    shown = html_of(open_page(published, "docs", s="<b>养老)"))
    below = shown[shown.index('class="gb-form"') :].partition("</form>")[0]
    assert "<code>&lt;b&gt;养老<mark>)</mark></code>" in below
    assert 'aria-invalid="true"' in below


def test_a_search_is_saved_in_two_presses_and_opens_again(open_page: Open, fresh: Home) -> None:
    at = open_page(fresh, "docs", s="养老", d="xs-10-civil")
    (form_button,) = [one for one in at.button if one.label == catalogue("zh")["saved.keep"]]
    form_button.click().run()
    assert not at.exception
    with Desk.open(fresh) as desk:
        (saved,) = desk.searches.listed("local")
    assert saved.name == "养老 · 部门: 云河省民政厅"
    assert f"已保存“{saved.name}”" in html_of(at)
    listed = html_of(open_page(fresh, "searches"))
    address = next(one for one in _links(listed) if "saved=1" in one)
    assert "d=xs-10-civil" in address
    assert "s=%E5%85%BB%E8%80%81" in address


def test_what_is_new_since_the_last_look_is_counted_and_listed(open_page: Open, fresh: Home) -> None:
    with Desk.open(fresh) as desk:
        saved_searches.save(Publication.current(fresh), desk, "care", asked("养老", {}), "local")
    assert catalogue("zh")["saved.nothing"] in html_of(open_page(fresh, "docs", s="养老", saved="1"))
    publish_second(fresh.root)
    assert "新找到 1 篇" in html_of(open_page(fresh, "searches"))
    shown = html_of(open_page(fresh, "docs", s="养老", saved="1", only="new"))
    assert SECOND_DAY[0].title in shown
    assert FIRST_DAY[0].title not in shown
    assert "新找到 1 篇" in html_of(open_page(fresh, "docs", s="养老", saved="1"))  # the whole day long


def test_a_removed_search_is_put_back_and_a_broken_one_says_why(open_page: Open, fresh: Home) -> None:
    with Desk.open(fresh) as desk:
        saved_searches.save(Publication.current(fresh), desk, "gone", asked("养老", {"topic": "99"}), "local")
    at = open_page(fresh, "searches", lang="en")
    assert "It cannot be run now: Topic “99” is not known here." in html_of(at)
    at.button(key="remove-1").click().run()
    assert "“gone” is removed" in html_of(at)
    at.button(key="undo-remove").click().run()
    assert "“gone” is removed" not in html_of(at)
    with Desk.open(fresh) as desk:
        assert [one.name for one in desk.searches.listed("local")] == ["gone"]


def test_a_query_without_a_hit_counts_once_a_session_and_shows_to_analysts(
    open_page: Open, fresh: Home
) -> None:
    at = open_page(fresh, "docs", s=VAIN)
    at.run()
    at.query_params["lang"] = "en"
    at.run()
    open_page(fresh, "docs", s="养老", level="provincial", region="澜江市")  # held, but not there
    with Desk.open(fresh) as desk:
        assert [(one.query, one.times) for one in desk.demand.listed()] == [(VAIN, 1)]
        desk.demand.count("养老", date(2026, 5, 30))
    shown = html_of(open_page(fresh, "searches"))
    assert VAIN in shown
    assert "已能找到 4 篇" in shown
    assert catalogue("zh")["demand.still-none"] in shown


def test_pages_go_on_in_the_publication_they_began_in(open_page: Open, fresh: Home) -> None:
    first = Publication.current(fresh)
    assert first is not None
    publish_second(fresh.root)
    shown = html_of(open_page(fresh, "docs", p="2", at="2", pub=first.publication_id, s="养老"))
    assert "找到 4 篇" in shown
    assert catalogue("zh")["search.in-newest"] in shown
    assert SECOND_DAY[0].title not in shown
    gone = html_of(open_page(fresh, "docs", p="2", at="2", pub="20200101-000000-1", s="养老"))
    assert "不再保留" in gone
    hostile = html_of(open_page(fresh, "docs", p="2", at="2", pub="../../..", s="养老"))
    assert "不再保留" in hostile


def _hit(number: int, **changed: Any) -> SearchHit:
    values: dict[str, Any] = {
        "document_id": f"doc-{number}", "title": EVIL_TITLE, "url": None, "source_id": "t-civil",
        "department": None, "topic": None, "doc_number": None, "published": None, "level": None, "score": 1.0,
        "snippet": "<b>x</b>", "marks": ((0, 3),), "paragraph": None, "sample": True,
    }  # fmt: skip
    return SearchHit(**{**values, **changed})


def test_reprints_places_and_past_versions_are_told_as_text(published: Home) -> None:
    frame = Frame("docs", published, _current(published), "zh", {}, READER)
    place = HitPlace("http://x.example/a.xlsx", "<i>名单</i>.xlsx", sheet="2026", row=14)
    copies = tuple(Copy(f"doc-c{n}", "转载", None, "t-city", "", "2026-05-21") for n in range(3))
    answer = SearchAnswer(
        "x",
        40,
        (_hit(1, place=place, copies=copies), _hit(2, first_seen_version=2)),
        publication_id="20260601-000000-1",
        next_offset=14,
    )
    shown = hit_list(frame, Wish("x"), answer)
    assert "附件《&lt;i&gt;名单&lt;/i&gt;.xlsx》，工作表“2026”，第 14 行" in shown
    assert "另有 3 个转载" in shown
    assert shown.count("id=doc-c") == 3
    assert "最早出现在第 2 版" in shown
    assert "<script" not in shown
    assert "<mark>&lt;b&gt;</mark>" in shown
    bar = html.unescape(str(pages_bar(frame, Wish("x", page=2, trail=(12,)), answer)))
    assert "at=12.14" in bar  # folded pages begin where the one before ended
    assert "pub=20260601-000000-1" in bar


def test_what_a_page_shows_is_counted_in_entries_when_reprints_are_folded(published: Home) -> None:
    frame = Frame("docs", published, _current(published), "zh", {}, READER)

    def told(page: int, trail: tuple[int, ...], entries: int, after: int | None, total: int = 26) -> str:
        hits = tuple(_hit(number) for number in range(entries))
        answer = SearchAnswer("x", total, hits, next_offset=after)
        listed = str(hit_list(frame, Wish("x", page=page, trail=trail), answer))
        assert f'start="{(page - 1) * 10 + 1}"' in listed
        return found_in_words(frame, Wish("x", page=page, trail=trail), answer)

    assert told(1, (), 10, 10) == "找到 26 篇，显示第 1–10 篇"
    assert told(2, (10,), 10, 22) == "找到 26 篇，转载合并，显示第 11–20 条"
    assert told(3, (10, 22), 4, None) == "找到 26 篇，转载合并，显示第 21–24 条"
    assert told(2, (10,), 10, 20, 20) == "找到 20 篇，显示第 11–20 篇"
    assert told(2, (10,), 0, None, 12) == "找到 12 篇，这一页的都是转载，已并入所转载的文献"


def _current(home: Home) -> Publication:
    found = Publication.current(home)
    assert found is not None
    return found
