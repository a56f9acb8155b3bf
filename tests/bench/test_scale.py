"""Made documents: alike in counts to real ones, the same each time, and taken further as a crawl's are."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from statistics import fmean

import pytest

from warehouse.bench.made import made_documents
from warehouse.bench.plan import BLOCK, SKIPPED, Plan
from warehouse.bench.scale import add_documents, later, make_home, take_made
from warehouse.database import Warehouse
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.search.query import search

SIZE = 120


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return make_home(tmp_path_factory.mktemp("scale") / "home", SIZE)


def test_a_thousand_made_documents_are_as_long_and_as_full_as_real_ones() -> None:
    made = list(made_documents(Plan(5000), 2000, BLOCK))
    texts = ["".join(one.document.paragraphs) for one in made]
    assert 2000 < fmean(map(len, texts)) < 2400
    assert fmean(len(one.said.duties) for one in made) == pytest.approx(6.4, abs=0.5)
    kinds = Counter(f.kind.partition(":")[0] for one in made for f in one.said.facts)
    routed = sum(route.code is not None for one in made for route in one.said.routes)
    assert kinds["measure"] / BLOCK == pytest.approx(3.5, abs=0.5)
    assert kinds["problem"] / BLOCK == pytest.approx(0.4, abs=0.15)
    assert routed / BLOCK == pytest.approx(1.65, abs=0.25)
    others = kinds.total() - kinds["measure"] - kinds["problem"]
    assert others / BLOCK == pytest.approx(1.83, abs=0.2)
    assert fmean(len(one.said.citations) for one in made) == pytest.approx(1.14, abs=0.2)
    assert fmean(len(one.said.topics) + 1 for one in made) == pytest.approx(3.0, abs=0.2)
    assert sum(one.attached is not None for one in made) == pytest.approx(30, abs=5)


def test_the_same_plan_makes_the_same_documents_from_any_place() -> None:
    whole = list(made_documents(Plan(3000), 0, 1100))
    assert list(made_documents(Plan(3000), 990, 110)) == whole[990:]
    assert list(made_documents(Plan(3000, seed=7), 0, 10)) != whole[:10]


def test_places_of_facts_are_where_their_words_stand() -> None:
    for one in made_documents(Plan(2000), 0, 300):
        for duty in one.said.duties:
            assert one.document.paragraphs[duty.paragraph][duty.start : duty.end] == duty.sentence
        for citation in one.said.citations:
            named = citation.target_number or f"《{citation.target_title}》"
            assert one.document.paragraphs[0][citation.start : citation.end] == named


def test_serials_of_a_series_rise_by_one_but_for_those_left_out() -> None:
    plan = Plan(4000)
    series: dict[tuple[str, int], list[int]] = defaultdict(list)
    for place in range(4000):
        number = plan.number(place)
        if number and plan.original(place) == place:
            series[number[:2]].append(number[2])
    for serials in series.values():
        skipped = [at for at in range(1, max(serials)) if at % SKIPPED == 0]
        assert sorted([*serials, *skipped]) == list(range(1, max(serials) + 1))


def test_a_home_that_was_begun_goes_on_and_one_of_another_size_is_refused(home: Home) -> None:
    with pytest.raises(UserError, match="holds 120 made documents"):
        make_home(home.root, SIZE + 1)
    assert make_home(home.root, SIZE).root == home.root


def test_written_in_bulk_and_taken_as_a_crawl_documents_are_stored_alike(tmp_path: Path) -> None:
    bulk, taken = make_home(tmp_path / "bulk", 40), make_home(tmp_path / "taken", 0)
    with Warehouse.open(taken) as w:
        take_made(w, list(made_documents(Plan(40), 0, 40)))
    tables = (
        "document",
        "document_alias",
        "capture",
        "event",
        "classified",
        "label",
        "citation",
        "duty",
        "fact",
        "routing",
    )
    columns = {
        "version": "document_id, capture_id, observed_at",
        "reading": "reading_id, title, doc_number, departments, topics, published, title_key, origins",
        "reading_text": "*",
        "attachment": "document_id, url, name, capture_id, status, pages, text",
    } | dict.fromkeys(tables, "*")
    found = []
    for home in (bulk, taken):
        with Warehouse.open(home) as w:
            rows = {
                table: w.connection.execute(f"select {names} from {table} order by all").fetchall()
                for table, names in columns.items()
            }
        found.append(rows)
    for table in columns:
        assert found[0][table] == found[1][table], table


def test_made_documents_are_published_found_and_added_to(home: Home) -> None:
    first = publish(home)
    assert first.documents == SIZE
    assert first.counts["reprints"] == SIZE // 40
    assert first.counts["attachment_texts"] > 0
    coming = later(home, 5)
    assert add_documents(home, 5) == [one.document.document_id for one in coming]
    assert publish(home).documents == SIZE + 5
    publication = Publication.current(home)
    assert publication is not None
    words = coming[0].document.paragraphs[-1][:8]
    found = search(publication, f'"{words}"')
    assert coming[0].document.document_id in [hit.document_id for hit in found.hits]
