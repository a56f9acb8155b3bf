"""The sample is a whole government: every feature that a later room is tested on is really in it."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

from crawlers.sample_sites.check import KINDS
from crawlers.sample_sites.library import documents, sites
from crawlers.sample_sites.settings import LAST_DAY
from crawlers.sample_sites.truth import TRUTH_FILE
from crawlers.sample_sites.world import place_of
from tests.sample_sites.conftest import truth

CATALOGUE = Path(__file__).parents[2] / "crawlers" / "sources" / "sample"


def test_sites_stand_at_four_levels_and_in_eight_styles() -> None:
    levels = Counter(tomllib.loads(f.read_text(encoding="utf-8"))["level"] for f in CATALOGUE.glob("*.toml"))
    assert levels["national"] >= 3  # two ministries and the islands
    assert levels["provincial"] >= 5
    assert levels["municipal"] >= 2
    assert levels["county"] >= 1
    styles = {card.style for card in sites()}
    assert styles >= {"trs", "dataproxy", "recordset", "gkmlpt", "vsb", "feed", "sitemap", "static", "govuk"}


def test_documents_cover_twenty_four_months_evenly() -> None:
    months = Counter(d["published"][:7] for d in truth(0)["documents"])
    window = [f"{2024 + (at + 5) // 12}-{(at + 5) % 12 + 1:02}" for at in range(24)]
    assert min(months[month] for month in window) >= 6, months


def test_all_fifteen_statutory_kinds_are_there() -> None:
    found = {d["kind"] for d in truth(0)["documents"]}
    assert set(KINDS[:15]) <= found


def test_every_kind_of_attachment_is_there() -> None:
    kinds = Counter(a["kind"] for d in truth(0)["documents"] for a in d["attachments"])
    assert set(kinds) == {"pdf", "scan", "docx", "xlsx", "ofd", "doc"}
    assert min(kinds.values()) >= 3, kinds


def test_pages_break_in_the_ways_of_real_ones() -> None:
    habits = [document.habits for document in documents()]
    assert {habit.markup for habit in habits} == {"tidy", "br", "word", "unclosed", "nested"}
    assert {habit.labels for habit in habits} == {"plain", "nbsp", "wide"}
    assert {habit.table for habit in habits} == {"table", "dl", "none"}
    assert sum(habit.charset == "gb18030" for habit in habits) >= 15
    assert sum(bool(habit.omit or habit.override) for habit in habits) >= 60
    assert any(habit.noise for habit in habits)


def test_threads_run_down_four_levels_with_lags_and_differences() -> None:
    end = truth(LAST_DAY)
    places = {d.key: place_of(d) for d in documents()}
    assert len(end["threads"]) >= 4
    for thread in end["threads"]:
        seen = {places[key] for key in thread["below"]}
        assert {"澜江市", "青禾市", "石桥县"} <= seen, thread
    steps = [step for cascade in end["cascades"] for step in cascade["followers"]]
    assert sum(bool(step["added"]) for step in steps) >= 8
    assert sum(bool(step["dropped"]) for step in steps) >= 5
    assert all(step["days"] >= 0 for step in steps)
    assert any(cascade["not_seen"] for cascade in end["cascades"])


def test_series_have_the_gaps_they_are_meant_to_have_and_no_others() -> None:
    series = {one["name"]: one for one in truth(0)["series"]}
    reasons = {name: {gap["number"]: gap["reason"] for gap in one["gaps"]} for name, one in series.items()}
    assert reasons == {
        "云河省审计厅公告": {5: "non-public", 8: "cited"},
        "青禾市人民政府令": {33: "cancelled"},
        "石政办发": {15: "unknown"},
    }
    expected = {"云河省审计厅公告": 8, "青禾市人民政府令": 3, "石政办发": 12}
    assert {name: len(one["held"]) for name, one in series.items()} == expected


def test_problems_are_met_by_measures_taken_elsewhere() -> None:
    findings = truth(0)["findings"]
    answered = [
        one
        for one in findings
        if {p["where"] for p in one["problems"]}
        and {m["where"] for m in one["measures"]} - {p["where"] for p in one["problems"]}
        and one["problems"]
    ]
    assert len(answered) >= 5, [one["tag"] for one in answered]
    assert {"school-meal-funds", "rural-water-safety", "lift-safety", "elder-subsidy-arrears"} <= {
        one["tag"] for one in answered
    }


def test_validity_moves_with_the_clock() -> None:
    state = {d["key"]: d["state"]["state"] for d in truth(0)["documents"]}
    later = {d["key"]: d["state"]["state"] for d in truth(LAST_DAY)["documents"]}
    assert Counter(state.values())["repealed"] >= 3
    numbers = {d["doc_number"]: d["state"]["state"] for d in truth(0)["documents"]}
    assert numbers["云数发〔2024〕15号"] == "expired"  # 宣布失效
    assert Counter(state.values())["amended"] >= 2
    assert (state["sample-yunhe-gov/88002"], later["sample-yunhe-gov/88002"]) == ("amended", "expired")


def test_targets_differ_between_regions() -> None:
    values: dict[str, set[str]] = {}
    for document in truth(0)["documents"]:
        for target in document["targets"]:
            values.setdefault(target["what"], set()).add(target["value"])
    assert sum(len(found) >= 3 for found in values.values()) >= 1, values


def test_letters_carry_personal_data_with_their_places() -> None:
    letters = [d for d in truth(LAST_DAY)["documents"] if d["kind"] == "信件"]
    assert len(letters) >= 15
    kinds = Counter(span["kind"] for d in letters for span in d["personal_spans"])
    assert {"personal:mobile", "personal:identity", "personal:name", "personal:address"} <= set(kinds)


def test_a_department_was_merged_and_its_documents_bear_the_name_of_their_day() -> None:
    (merger,) = truth(0)["lineage"]
    assert merger["basis"] == "sample-yunhe-gov/88012"
    day = date.fromisoformat(merger["date"])
    for document in documents():
        lead = document.departments[0]
        if lead in merger["before"]:
            assert (document.written or document.published) < day, document.key
        if lead == merger["after"]:
            assert (document.written or document.published) >= day, document.key


def test_sites_suffer_outages_redesigns_and_silence() -> None:
    told = json.loads(TRUTH_FILE.read_text(encoding="utf-8"))["days"]  # each day's sites that are not well
    days = [truth(0)["sites"], *(day["sites"] for day in told), truth(LAST_DAY)["sites"]]
    states = {site["state"] for sites_of_day in days for site in sites_of_day}
    assert states == {"ok", "status", "slow", "cut", "challenge", "silent"}
    redesigned = {site["source_id"] for site in days[-1] if site["redesigned_on"] is not None}
    assert redesigned == {"sample-yunhe-gov", "sample-yunhe-sjt"}


def test_whoever_implements_a_document_says_what_it_adds_and_leaves_out() -> None:
    end = truth(LAST_DAY)
    silent = [
        (d["key"], c["number"])
        for d in end["documents"]
        if d["reprint_of"] is None
        for c in d["citations"]
        if c["relation"] == "implements" and c["held"] and c["number"]
        if c["number"] not in {one["number"] for one in d["follows"]}
    ]
    assert silent == []


def test_no_two_documents_bear_one_number() -> None:
    numbers = Counter(d.doc_number for d in documents() if d.doc_number and d.reprint_of is None)
    assert [
        number for number, times in numbers.items() if times > 1 and "号" in number and "〔" in number
    ] == []


def test_who_has_not_followed_is_told_down_to_the_counties() -> None:
    cascades = {one["number"]: one for one in truth(LAST_DAY)["cascades"]}
    assert "临山县" in cascades["青政办发〔2026〕13号"]["not_seen"]
    assert {"青溪市", "岭州市", "望海市", "沙河自治州"} <= set(cascades["云政办发〔2024〕41号"]["not_seen"])
