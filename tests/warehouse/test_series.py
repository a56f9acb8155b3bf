"""Series of numbers: what is missing, between which days, what is known of it; what is cited and not held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.make import (
    CLASSIFIER,
    citation,
    classification,
    document,
    label,
    make_home,
    number,
    read,
    source,
)
from warehouse.database import Warehouse
from warehouse.desk.desk import Desk
from warehouse.home import Home
from warehouse.ingest import ingest_reads, ingest_sources
from warehouse.labelling import store_classifications
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.queries.series import gap_states, series_gaps, series_list
from warehouse.queries.wanted import wanted_list
from warehouse.records import Document, ParsedNumber
from warehouse.series import bake_marks

BODY = label("xs-10-mzt", "云河省民政厅", field="department")


def hold(home: Home, *serials: int, told: dict[int, tuple[str, str]] | None = None) -> None:
    """Documents 云民发〔2026〕n号 of day n; `told`: the sentence and number that one of them cites."""
    with Warehouse.open(home) as w:
        ingest_sources(w, [source()])
        ingest_reads(w, [read(numbered(serial)) for serial in serials])
        for serial in serials:
            one = numbered(serial)
            cited = (told or {}).get(serial)
            citations = (citation(one, cited[0], "mentions", to=cited[1]),) if cited else ()
            done = classification(
                w, one, number=number(f"云民发〔2026〕{serial}号"), departments=(BODY,), citations=citations
            )
            store_classifications(w, CLASSIFIER, [done])


def numbered(serial: int) -> Document:
    day = date(2026, 3, 1 + serial % 28)
    return replace(document(serial), doc_number=f"云民发〔2026〕{serial}号", published=day, written=day)


def published(home: Home) -> Publication:
    publish(home)
    publication = Publication.current(home)
    assert publication is not None
    return publication


def listed(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(one, row["state"]) for row in rows for one in row["numbers"]]


def test_missing_numbers_stand_between_the_days_of_their_neighbours(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    hold(home, 2, 3, 6)
    rows = series_gaps(published(home))
    assert listed(rows) == [(f"云民发〔2026〕{n}号", "unknown") for n in (1, 4, 5)]
    assert [row["place_in_series"] for row in rows] == ["before", "inside"]
    inside = rows[1]
    assert (inside["before_serial"], inside["before_day"]) == (3, date(2026, 3, 4))
    assert (inside["after_serial"], inside["after_day"]) == (6, date(2026, 3, 7))


def test_a_gap_closes_when_its_document_arrives(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    hold(home, 1, 2, 4)
    assert len(series_gaps(published(home))) == 1
    hold(home, 3)
    publication = published(home)
    assert series_gaps(publication) == []
    (series,) = series_list(publication)
    assert (series["held"], series["coverage"], series["held_by"]) == (4, 1.0, {"mzt": 4})


def test_cited_non_public_and_cancelled_numbers_are_told_apart(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    said = {
        2: ("按照云民发〔2026〕3号的要求办理。", "云民发〔2026〕3号"),
        6: ("云民发〔2026〕4号涉及国家秘密，不向社会公开。", "云民发〔2026〕4号"),
        7: ("云民发〔2026〕5号因故取消编号，未使用。", "云民发〔2026〕5号"),
    }
    hold(home, 1, 2, 6, 7, told=said)
    rows = series_gaps(published(home))
    states = dict(listed(rows))
    assert [states[f"云民发〔2026〕{n}号"] for n in (3, 4, 5)] == [
        "seen-cited",
        "known-non-public",
        "cancelled",
    ]
    assert gap_states(rows)["unknown"] == 0
    assert rows[0]["cited_by"] == [numbered(2).document_id]


def test_one_number_far_above_all_others_makes_no_gaps(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    hold(home, 1, 2, 3, 9999)
    publication = published(home)
    (series,) = series_list(publication)
    assert series["outliers"] == [9999]
    assert "outlier" in series["marks"]
    assert series["highest"] == 3
    assert series_gaps(publication) == []


def test_a_persons_mark_shows_at_once_and_is_published_next(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    hold(home, 1, 5)
    publication = published(home)
    with Desk.open(home) as desk:
        desk.number_marks.give("云民发〔2026〕3号", "known-non-public", "办公室电话答复", "local")
        marks = desk.number_marks.holding()
    at_once = series_gaps(publication, marks)
    assert [(row["first_serial"], row["last_serial"]) for row in at_once] == [(2, 2), (3, 3), (4, 4)]
    assert at_once[1]["state"] == "known-non-public"
    with Warehouse.open(home) as w:
        assert bake_marks(w, marks) == 1
    assert listed(series_gaps(published(home), state="known-non-public")) == [
        ("云民发〔2026〕3号", "known-non-public")
    ]


def test_what_is_cited_leaves_the_queue_when_it_arrives(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    named = "云民发〔2026〕3号"
    hold(home, 1, 2, told={1: (f"按照{named}执行。", named), 2: (f"根据{named}。", named)})
    (wanted,) = wanted_list(published(home))
    assert (wanted["target_number"], wanted["cited_by"], wanted["issuer_basis"]) == (named, 2, "number")
    assert wanted["department_code"] == "xs-10-mzt"
    assert len(wanted["examples"]) == 2
    hold(home, 3)
    assert wanted_list(published(home)) == []


@pytest.mark.parametrize(
    ("borne", "cited"),
    [
        ("国务院令第706号", ["国务院第706号令", "国令第706号", "中华人民共和国国务院令第706号"]),
        ("云河省审计厅公告2025年第8号", ["云河省审计厅2025年第8号公告", "云河省审计厅公告〔2025〕8号"]),
        ("国办发〔2024〕5号", ["国办发2024年5号", "国办发〔2024〕05号", "国办发[2024]5号"]),
    ],
)
def test_every_form_of_a_number_is_one_row_and_finds_its_document(
    tmp_path: Path, borne: str, cited: list[str]
) -> None:
    home = make_home(tmp_path)
    hold(home, *range(1, len(cited) + 1),
         told={n: (f"依据{one}。", one) for n, one in enumerate(cited, 1)})  # fmt: skip
    (wanted,) = wanted_list(published(home))
    assert wanted["cited_by"] == len(cited)
    assert sorted(wanted["spellings"]) == sorted(cited)
    held = replace(document(90), published=date(2024, 3, 1), written=date(2024, 3, 1))
    parsed = ParsedNumber(borne, borne, borne.rstrip("0123456789年第号〔〕"), None, 1)
    with Warehouse.open(home) as w:
        ingest_reads(w, [read(held)])
    done = classification(home, held, number=parsed)
    with Warehouse.open(home) as w:
        store_classifications(w, CLASSIFIER, [done])
    publication = published(home)
    assert wanted_list(publication) == []
    rows = publication.rows("select distinct target_document_id from citation")
    assert [row["target_document_id"] for row in rows] == [held.document_id]


def test_a_document_that_names_its_own_number_in_another_form_wants_nothing(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    one = replace(document(90), published=date(2024, 3, 1), written=date(2024, 3, 1))
    borne = "中华人民共和国国务院令第706号"
    with Warehouse.open(home) as w:
        ingest_sources(w, [source()])
        ingest_reads(w, [read(one)])
    told = citation(one, "本条例由国务院第706号令公布。", "mentions", to="国务院令第706号")
    other = citation(one, "依据国务院令第700号。", "basis", to="国务院令第700号")
    done = classification(
        home, one, number=ParsedNumber(borne, borne, "国务院令", None, 706), citations=(told, other)
    )
    with Warehouse.open(home) as w:
        store_classifications(w, CLASSIFIER, [done])
    assert [row["target_number"] for row in wanted_list(published(home))] == ["国务院令第700号"]


def test_spellings_of_one_target_are_one_row(tmp_path: Path) -> None:
    home = make_home(tmp_path)
    with Warehouse.open(home) as w:
        ingest_sources(w, [source()])
        ingest_reads(w, [read(numbered(serial)) for serial in (1, 2, 3)])
    title, bare = "云河省水利厅关于加强农村饮水管理工作的通知", "关于加强农村饮水管理工作的通知"
    asked: dict[int, dict[str, str]] = {
        1: {"title": title, "to": "云水〔2025〕7号"}, 2: {"title": bare}, 3: {"to": "云水[2025]7号"}
    }  # fmt: skip
    for serial, target in asked.items():
        one = numbered(serial)
        told = citation(one, f"根据有关规定之{serial}。", "basis", **target)
        with_number = classification(home, one, number=number(f"云民发〔2026〕{serial}号"), citations=(told,))
        with Warehouse.open(home) as w:
            store_classifications(w, CLASSIFIER, [with_number])
    (wanted,) = wanted_list(published(home))
    assert (wanted["cited_by"], wanted["target_title"] in (title, bare)) == (3, True)
