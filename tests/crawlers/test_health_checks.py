"""Claims about single detectors: what they find in measures, and what they leave alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from crawlers.health.chances import chance_of_silence, chance_of_so_few
from crawlers.health.contract import Contract, ListContract, learn
from crawlers.health.document_checks import check_documents, check_files
from crawlers.health.document_measure import FIELDS, DocumentMeasure
from crawlers.health.kinds import Found, tell
from crawlers.health.list_checks import check_lists
from crawlers.health.list_measure import ListMeasure, measure_list
from crawlers.health.news_checks import check_budget, check_news
from crawlers.health.paging_checks import check_paging
from crawlers.health.rhythm import check_silence
from crawlers.health.site_checks import check_clock, check_failures
from crawlers.health.text_sanity import charsets, date_form, garbled, whole
from crawlers.health.verdicts import without_usual
from crawlers.platforms import ListPage
from warehouse.crawl_state.visits import Newest
from warehouse.records import Entry
from warehouse.run_records import Observation
from warehouse.working_days import WEEKENDS_ONLY, Calendar, official

GOOD = ListMeasure(
    key="http://x.example/list",
    root="http://x.example/list",
    url="http://x.example/list",
    entries=20,
    inside=20,
    dated=20,
    known=20,
    shape="html:ul>li>a dated",
    form="9-9-9",
    charset="utf-8",
    label="utf-8",
    next="http://x.example/list_1",
    keys=tuple(f"k{number:02}" for number in range(20)),
)
SECOND = replace(
    GOOD,
    key="http://x.example/list_1",
    depth=1,
    next="http://x.example/list_2",
    keys=tuple(f"k{number:02}" for number in range(20, 40)),
)


def contract(*rows: ListMeasure, runs: int = 5, **more: Any) -> Contract:
    lists = {one.key: ListContract((one,) * runs, (one, one)) for one in rows or (GOOD,)}
    return Contract(runs=runs, lists=lists, **more)


def codes(found: Sequence[Found]) -> list[str]:
    return [one.code for one in found]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"entries": 0, "inside": 0, "dated": 0, "shape": "", "next": "", "form": ""}, "empty-list"),
        ({"problems": ("untrue-304",), "new": 2, "known": 18}, "untrue-304"),
        ({"entries": 8, "inside": 8, "dated": 8, "known": 8, "keys": GOOD.keys[:8]}, "list-shrunk"),
        ({"known": 0, "new": 20}, "list-strangers"),
        ({"shape": "html:div>p>a dated"}, "list-changed"),
        ({"whole": False}, "list-cut"),
        ({"garbled": True}, "list-garbled"),
        ({"charset": "gb18030", "label": "gb18030"}, "charset-changed"),
        ({"label": "gb18030"}, "charset-changed"),
        ({"dated": 2}, "dates-missing"),
        ({"lost_dates": 12, "dated": 14}, "dates-missing"),
        ({"redated": 15}, "dates-changed"),
        ({"form": "9/9/9"}, "date-form"),
        ({"new": 1, "known": 19, "future": 1}, "future-dates"),
        ({"falling": 0.5}, "order-lost"),
        ({"problems": ("damaged-json",)}, "list-unreadable"),
    ],
)
def test_a_list_that_is_not_as_usual_is_found(changes: dict[str, Any], code: str) -> None:
    assert codes(list(check_lists([replace(GOOD, **changes)], contract()))) == [code]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"new": 6, "known": 14},
        {"entries": 15, "inside": 15, "dated": 15, "known": 15},
        {"dated": 18},
        {"redated": 2},
        {"falling": 0.8},  # pinned lines
        {"new": 9, "known": 11, "future": 1},
        {"shape": ""},
    ],
)
def test_what_healthy_lists_do_is_no_finding(changes: dict[str, Any]) -> None:
    assert codes(list(check_lists([replace(GOOD, **changes)], contract()))) == []


def test_meetings_to_come_are_dated_ahead_in_most_runs_and_nothing_is_odd_about_it() -> None:
    ahead = replace(GOOD, new=3, known=17, future=3)
    assert codes(list(check_lists([ahead], contract(ahead)))) == []
    assert codes(list(check_lists([ahead], contract(replace(GOOD, new=3, known=17))))) == ["future-dates"]


def test_the_days_of_a_list_by_last_change_say_nothing_of_its_order() -> None:
    lines = tuple(Entry(f"http://x.example/{n}", "A", date(2026, 5, n)) for n in range(1, 9))
    for by_change, falling in ((True, 1.0), (False, 0.0)):
        page = ListPage(lines, by_change=by_change)
        measured = measure_list(
            page, b"[]", "application/json", key="k", root="k", depth=0, url="http://x.example/", sha256="",
            inside={}, known={}, next_key="", today=date(2026, 6, 1),
        )  # fmt: skip
        assert measured.falling == falling


def test_a_first_page_that_only_holds_the_remainder_is_not_shrunk() -> None:
    first = replace(GOOD, entries=1, inside=1, dated=1, known=0, new=1, keys=("n1",))
    behind = replace(SECOND, keys=GOOD.keys, known=20)
    assert list(check_lists([first, behind], contract(GOOD, SECOND))) == []


def test_a_first_run_is_only_told_that_no_list_has_entries() -> None:
    empty = replace(GOOD, entries=0, inside=0, dated=0, known=0, next="")
    assert [one.calls_for for one in check_lists([empty], Contract())] == ["broken"]
    assert list(check_lists([empty, replace(GOOD, key="other", root="other")], Contract())) == []


def test_a_list_of_one_line_is_rightly_empty_when_its_document_is_gone_too() -> None:
    one = replace(GOOD, entries=1, inside=1, dated=1, known=1, next="", keys=("n1",))
    empty = replace(one, entries=0, inside=0, dated=0, known=0, keys=())
    beside = replace(GOOD, key="other", root="other")
    for left, found in ((1, ["empty-list"]), (0, [])):
        told = check_lists([empty, beside], contract(one, beside), {one.key: left})
        assert codes(list(told)) == found
    long = replace(GOOD, entries=0, inside=0, dated=0, known=0, next="", keys=())
    assert codes(list(check_lists([long, beside], contract(GOOD, beside), {GOOD.key: 0}))) == ["empty-list"]


def test_another_system_explains_every_other_difference() -> None:
    other = replace(GOOD, problems=("other-platform",), shape="html:table>tr>td>a", known=0, form="")
    assert codes(list(check_lists([other], contract()))) == ["other-platform"]


def test_a_new_form_is_usual_after_two_runs_and_for_all_lists_of_the_source() -> None:
    new = replace(GOOD, shape="html:table>tr>td>a dated")
    sibling = replace(GOOD, key="b", root="b")
    taken = ListContract((GOOD,), (new, new))
    held = Contract(runs=3, lists={GOOD.key: taken, "b": ListContract((sibling,), (sibling,))})
    found = check_lists([new, replace(sibling, shape=new.shape)], held)
    assert codes(list(found)) == []


def observed(run: int, day: date, *rows: ListMeasure, sound: bool) -> Observation:
    measures = {"lists": json.dumps([one.to_json() for one in rows]), "day": day.isoformat(), "reader": "r"}
    return Observation(f"run-{run}", "x", datetime(2026, 6, 1, tzinfo=UTC), measures, sound)


def test_a_new_form_is_not_usual_because_a_night_was_run_twice() -> None:
    new, day = replace(GOOD, shape="html:table>tr>td>a dated"), date(2026, 6, 2)
    first = observed(1, date(2026, 6, 1), GOOD, sound=True)
    twice = [observed(3, day, new, sound=False), observed(2, day, new, sound=False), first]
    assert codes(list(check_lists([new], learn([first], twice)))) == ["list-changed"]
    later = [observed(4, date(2026, 6, 3), new, sound=False), *twice]
    assert list(check_lists([new], learn([first], later))) == []


def test_a_burst_that_moved_a_page_unseen_for_days_is_no_loss() -> None:
    keys = tuple(f"n{number}" for number in range(30)) + GOOD.keys + SECOND.keys
    waiting = replace(SECOND, asked=False, shifted=20)
    usual = Contract(5, {one.key: ListContract((one,), (one,)) for one in (GOOD, waiting)})
    moved = [replace(GOOD, new=10, keys=keys[:20]), replace(SECOND, keys=keys[20:40])]
    assert list(check_paging(moved, usual, {}, {GOOD.root: 70})) == []


@pytest.mark.parametrize(
    ("pages", "code"),
    [
        ([GOOD, replace(SECOND, keys=GOOD.keys)], "paging-loop"),
        ([GOOD, replace(SECOND, next=GOOD.key)], "paging-loop"),
        ([GOOD, replace(SECOND, problems=("repeated-page",))], "paging-loop"),
        ([replace(GOOD, next="")], "paging-lost"),
        ([replace(GOOD, total=10)], "paging-lost"),
        ([GOOD, replace(SECOND, entries=0, inside=0, keys=())], "paging-lost"),
        ([GOOD, replace(SECOND, keys=tuple(f"k{number}" for number in range(60, 80)))], "paging-lost"),
    ],
)
def test_loops_and_losses_of_paging_are_found(pages: list[ListMeasure], code: str) -> None:
    usual = contract(replace(GOOD, total=90), SECOND)
    assert code in codes(list(check_paging(pages, usual, {}, {GOOD.root: 90})))


def test_a_next_page_that_is_gone_is_a_loss_and_a_shift_by_news_is_none() -> None:
    usual = contract(GOOD, SECOND)
    gone = check_paging([GOOD], usual, {SECOND.key: "gone:404"}, {GOOD.root: 40})
    assert codes(list(gone)) == ["paging-lost"]
    keys = ("n1", "n2", "n3", *GOOD.keys, *SECOND.keys)
    moved = [replace(GOOD, new=3, keys=keys[:20]), replace(SECOND, keys=keys[20:40])]
    assert list(check_paging(moved, usual, {}, {GOOD.root: 43})) == []


def page(number: int, *without: str, text: str | None = None) -> DocumentMeasure:
    filled = frozenset(FIELDS) - set(without)
    return DocumentMeasure(
        f"cap-{number}", f"http://x.example/{number}", filled, 900, text or f"t{number}", "", {}
    )


FULL: dict[str, Any] = {"tries": dict.fromkeys(FIELDS, 60), "hits": dict.fromkeys(FIELDS, 60)}


@pytest.mark.parametrize(
    ("without", "code"),
    [
        ("published", "field-missing"),
        ("place", "path-changed"),
        ("clear", "garbled-text"),
        ("text", "no-text"),
        ("whole", "cut-pages"),
        ("agrees", "title-strange"),
        ("files", "field-missing"),
    ],
)
def test_what_all_documents_had_and_these_lack_is_found(without: str, code: str) -> None:
    pages = [page(number, without) for number in range(4)]
    found, _ = check_documents(pages, contract(**FULL))
    assert codes(found) == [code]


def test_one_document_is_a_weak_sign_that_the_next_run_confirms() -> None:
    first, weak = check_documents([page(1, "place")], contract(**FULL))
    assert (first, weak) == ([], ["place"])
    second, _ = check_documents([page(2, "place")], contract(**FULL, weak=frozenset(weak)))
    assert codes(second) == ["path-changed"]


def test_a_field_that_is_often_empty_is_no_loss() -> None:
    usual: dict[str, Any] = {"tries": dict.fromkeys(FIELDS, 60), "hits": {**FULL["hits"], "number": 30}}
    pages = [page(number, "number") for number in range(4)]
    assert check_documents(pages, contract(**usual)) == ([], [])


def test_one_page_for_all_addresses_is_found_in_one_run_or_over_two() -> None:
    pages = [page(number, "agrees", text="same") for number in range(3)]
    assert "same-page" in codes(check_documents(pages, contract(**FULL))[0])
    twin = [page(7, text="same")]
    assert check_documents(twin, contract(**FULL, texts={"same": "http://x.example/1"}))[0] == []


def test_lost_files_are_told_when_several_or_twice_and_then_known() -> None:
    urls = ["a", "b", "c"]
    assert codes(check_files(urls, {"a": "gone", "b": "gone"}, [], {})[0]) == ["attachments-gone"]
    once, bad = check_files(urls, {"a": "gone"}, ["a"], {})
    twice, bad = check_files(urls, {"a": "gone"}, ["a"], bad)
    assert (once, codes(twice)) == ([], ["attachments-gone"])
    assert check_files(urls, {"a": "gone"}, ["a"], {"a": 4})[0] == []


def test_failed_lists_and_many_failed_documents_are_found_and_few_are_not() -> None:
    failed = {"list": "failed:http-500", "d1": "failed:timeout"}
    roles = {"list": "list", "d1": "detail"}
    (found,) = check_failures(["list"], failed, roles, 20)
    assert (found.code, found.calls_for) == ("list-failed", "broken")
    assert list(check_failures(["list"], {"d1": "failed:timeout"}, roles, 20)) == []
    many = {f"d{number}": "failed:http-500" for number in range(6)}
    (found,) = check_failures(["list"], many, dict.fromkeys(many, "detail"), 10)
    assert found.code == "documents-failing"


def test_a_clock_is_off_by_hours_in_every_answer() -> None:
    assert codes(list(check_clock(8 * 3600, 5))) == ["clock-off"]
    assert [*check_clock(600, 5), *check_clock(-9000, 1), *check_clock(None, 0)] == []


def test_few_observations_make_everything_probable() -> None:
    assert chance_of_so_few(0, 1, 2, 2) > 0.1
    assert chance_of_so_few(0, 3, 60, 60) < 1e-4
    assert chance_of_silence(20, 2, 250) > 0.5
    assert chance_of_silence(20, 250, 250) < 1e-4


def test_the_official_calendar_knows_holidays_and_worked_weekends() -> None:
    china = official()
    assert not china.works(date(2026, 2, 16))
    assert china.works(date(2026, 2, 14))  # a Saturday
    assert china.between(date(2026, 9, 30), date(2026, 10, 10)) == 3  # the 8th, the 9th, a worked Saturday
    assert not china.works(date(2031, 10, 1))
    assert WEEKENDS_ONLY.works(date(2026, 10, 1))


def news(every: int, count: int, until: date, calendar: Calendar) -> list[date]:
    """A document every so many working days, the last on the given day."""
    days: list[date] = []
    day = until
    while len(days) < count:
        if calendar.works(day):
            days.append(day)
        day -= timedelta(days=1)
    return days[::every]


def test_a_daily_publisher_is_silent_after_weeks_but_not_over_the_holidays() -> None:
    china = official()
    before = date(2026, 9, 30)
    daily = news(1, 200, before, china)
    assert check_silence(daily, date(2026, 10, 9), 90, china) is None
    found = check_silence(daily, date(2026, 11, 2), 90, china)
    assert found is not None
    assert found.values["since"] == "2026-09-30"


def test_a_rare_publisher_is_only_silent_by_its_file() -> None:
    china = official()
    rare = news(30, 900, date(2026, 6, 1), china)
    assert check_silence(rare, date(2026, 8, 20), 90, china) is None
    assert check_silence(rare, date(2026, 8, 31), 90, china) is not None


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("关于印发《养老服务实施方案》的通知，请认真贯彻执行。" * 3, False),
        (
            "关于印发《养老服务实施方案》的通知，请认真贯彻执行。".encode().decode("gb18030", "replace") * 3,
            True,
        ),
        (
            "关于印发《养老服务实施方案》的通知，请认真贯彻执行。".encode().decode("cp1252", "replace") * 3,
            True,
        ),
        ("关于印发养老服务实施方案的通知".encode("ascii", "replace").decode() * 3, True),
        ("锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷", True),
        ("Guidance on the café naïve façade, what is it?", False),
        ("", False),
    ],
)
def test_lost_characters_are_seen(text: str, bad: bool) -> None:
    assert garbled(text) == bad


def test_pages_that_end_early_and_labels_that_lie_are_seen() -> None:
    assert whole(b"<html><body>x</body></html>\n<!-- 3 ms -->")
    assert not whole(b"<html><body><p>x</p>")
    assert whole(b'{"a": 1}')
    assert not whole(b'{"a": [1, ')
    assert charsets("中文".encode("gb18030"), "text/html; charset=gbk") == ("gb18030", "gb18030")
    assert charsets("中文".encode(), "text/html; charset=gb2312") == ("utf-8", "gb18030")


def test_the_form_of_dates_is_that_of_nearly_every_row() -> None:
    rows = "\n".join(f"关于2026年第{number}号 2026-05-{number:02}" for number in range(1, 10))
    assert date_form(rows, 9) == "9-9-9"
    assert date_form(rows.replace("-", "/"), 9) == "9/9/9"
    assert date_form("没有日期", 9) == ""


def newest(*states: str, nights: int = 2) -> list[Newest]:
    """Documents by state, the latest first, all listed so many nights ago."""
    at = NIGHT - timedelta(days=nights)
    return [
        Newest(f"http://x.example/{number}", state, "http-404", state == "fetched", 2, at)
        for number, state in enumerate(states)
    ]


NIGHT = datetime(2026, 6, 10, tzinfo=UTC)
WELL = ("fetched",) * 10


@pytest.mark.parametrize(
    ("documents", "told"),
    [
        (newest("gone", *WELL), False),
        (newest("fetched", "gone", "failed", *WELL), False),
        (newest("gone", "gone", *WELL), True),
        (newest("failed", "failed", nights=0), False),  # since tonight
        (newest("gone", nights=0) + newest("gone", *WELL), True),
        (newest("fetched", "gone", "failed", "gone", *WELL), True),
        (newest("refused", "refused", "refused"), True),
        ([replace(one, note="robots") for one in newest("refused", "refused", "refused")], False),
    ],
)
def test_news_that_never_came_are_found_and_an_odd_dead_link_is_not(
    documents: list[Newest], told: bool
) -> None:
    found = check_news(documents, NIGHT)
    assert (codes(list(found)) == ["news-unobtained"]) == told


def test_a_budget_is_short_after_three_runs() -> None:
    assert list(check_budget(2, 40)) == []
    assert codes(list(check_budget(3, 40))) == ["budget-short"]


def test_a_released_run_teaches_the_field_anew_and_leaves_the_others() -> None:
    def run(number: int, lacking: int, **more: float) -> Observation:
        measures: dict[str, float | str] = {"day": f"2026-06-{number:02}", **more}
        for name in FIELDS:
            measures |= {f"tried_{name}": 20, f"filled_{name}": 20 - (lacking if name == "place" else 0)}
        return Observation(f"r{number}", "x", NIGHT, measures, sound=True)

    before, released = run(1, 0), run(2, 20, released=1)
    taught = learn([released, before], [released, before])
    assert (taught.tries["place"], taught.hits["place"], taught.hits["text"]) == (20, 0, 40)
    assert check_documents([page(number, "place") for number in range(4)], taught) == ([], [])


def test_numbers_are_told_as_people_write_them() -> None:
    said = tell("empty-list", empty=1, lists=1, list="http://x.example/", before=0.0).sentence("x")
    assert "held 0." in said
    assert "0.0" not in said


def test_a_list_that_was_always_empty_is_remarked_in_the_first_run_only() -> None:
    counts = {"detail": "http://x.example/map.xml: The sitemap lists no address. (empty-list)"}
    assert without_usual(counts, 0)["detail"]
    assert without_usual(counts, 3)["detail"] == ""
    assert without_usual({"detail": "x answers 500"}, 3)["detail"] == "x answers 500"


def test_a_login_page_at_every_address_is_broken_since_no_letter_would_help() -> None:
    pages = [page(number, "agrees", text="same") for number in range(3)]
    (found,) = [one for one in check_documents(pages, Contract())[0] if one.code == "same-page"]
    assert found.calls_for == "broken"


def test_another_structure_is_told_without_the_structures_themselves() -> None:
    (found,) = check_lists([replace(GOOD, shape="html:div>p>a dated")], contract())
    assert found.values["now"] == "html:div>p>a dated"
    assert ">" not in found.sentence("x")
