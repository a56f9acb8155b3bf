"""Reasons of the first page: what is first, what is unusual, and what an outage must not make so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from warehouse.bodies import BodyPlace
from warehouse.queries.reasons import Wish, reasons
from warehouse.queries.unusual import is_unusual, unusual_weeks
from warehouse.rows import sql

TODAY = date(2026, 6, 4)  # a Thursday
MONDAY = date(2026, 6, 1)


class Made:
    """A publication of made rows, of the tables as they are published."""

    publication_id, index_folder = "made", Path()

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(sql("views", "publication_schema"))
        self.documents = 0

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
        answer = self.connection.execute(query, list(parameters))
        names = [one[0] for one in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def body(self, document_id: str) -> tuple[str, ...]:
        return ()

    def body_at(self, place: BodyPlace) -> tuple[str, ...]:
        return ()

    def hold(self, published: date, *, body: str = "b-1", topic: str = "17", region: str = "云河省") -> str:
        self.documents += 1
        name = f"doc-{self.documents:03}"
        self.connection.execute(
            """insert into document (document_id, document_no, department_code, topic1_code, topic_code,
               topic_codes, issuer_codes, region, level, published, status, source_id)
               values ($1, $2, $3, $4, $4 || '-01', [$4], [$3], $5, 'provincial', $6, 'active', 's')""",
            [name, self.documents, body, topic, region, published],
        )
        return name

    def week(self, monday: date, documents: int, source: str = "s", topic: str = "17") -> None:
        row = [monday, "b-1", topic, source, documents]
        self.connection.execute("insert into week_count values (?, ?, ?, ?, ?)", row)

    def visit(self, monday: date, verdict: str, source: str = "s") -> None:
        self.connection.execute(
            'insert into source_health (source_id, verdict, "at") values (?, ?, ?)', [source, verdict, monday]
        )


def _codes(made: Made, *names: str, wish: Wish | None = None) -> dict[str, set[str]]:
    found = reasons(made, names, wish or Wish(), TODAY)  # type: ignore[arg-type]
    return {name: {one.code for one in some} for name, some in found.items()}


def _held(made: Made) -> None:
    """A body that published on another class for years."""
    for days in (900, 700, 500, 300, 200, 100):
        made.hold(TODAY - timedelta(days=days), topic="14")


def test_the_first_of_its_body_and_class_in_two_years_is_first_and_the_second_is_not() -> None:
    made = Made()
    _held(made)
    made.hold(TODAY - timedelta(days=800))  # longer ago
    first, second = made.hold(TODAY - timedelta(days=2)), made.hold(TODAY - timedelta(days=1))
    assert _codes(made, first, second) == {first: {"first"}}


def test_nothing_is_first_of_a_body_that_is_hardly_held() -> None:
    made = Made()
    made.hold(TODAY - timedelta(days=900), topic="14")
    only = made.hold(TODAY)
    assert _codes(made, only) == {}


def test_an_old_document_that_came_late_begins_nothing() -> None:
    made = Made()
    _held(made)
    assert _codes(made, made.hold(TODAY - timedelta(days=90))) == {}


def test_the_first_region_of_a_class_is_first_where_several_regions_are_held() -> None:
    made = Made()
    alone = made.hold(TODAY, body="b-9")
    assert _codes(made, alone) == {}
    for number, region in enumerate(("山", "河", "海")):
        made.hold(TODAY - timedelta(days=900), body=f"b-{number + 2}", topic="14", region=region)
    assert _codes(made, alone) == {alone: {"region"}}
    made.hold(TODAY - timedelta(days=30), body="b-2", region="山")
    assert _codes(made, alone) == {}


def _weeks(made: Made, counts: Sequence[int]) -> None:
    """Counts of the weeks before this one, the nearest first; 0 writes nothing."""
    for number, documents in enumerate(counts, start=1):
        if documents:
            made.week(MONDAY - timedelta(weeks=number), documents)


def test_a_week_of_many_is_unusual() -> None:
    made = Made()
    _weeks(made, [2, 1, 2, 3, 2, 1, 2, 2, 1, 2, 3, 2])
    made.week(MONDAY, 9)
    assert {key: round(usual, 1) for key, usual in unusual_weeks(made, TODAY).items()} == {
        ("17", MONDAY): 1.9
    }
    name = made.hold(TODAY)
    assert _codes(made, name) == {name: {"unusual"}}


def test_a_return_after_an_outage_is_not_unusual() -> None:
    made = Made()
    _weeks(made, [0, 0, 0, 0, 0, 8, 9, 7, 8, 9, 8, 7])
    made.week(MONDAY, 9)
    for number in range(1, 6):
        made.visit(MONDAY - timedelta(weeks=number), "blocked")
    assert unusual_weeks(made, TODAY) == {}


def test_weeks_without_a_document_count_when_the_source_answered() -> None:
    made = Made()
    _weeks(made, [0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1])
    made.week(MONDAY, 6)
    assert unusual_weeks(made, TODAY) == {}  # heard in four weeks only: no baseline
    for number in range(1, 13):
        made.visit(MONDAY - timedelta(weeks=number), "quiet")
    assert ("17", MONDAY) in unusual_weeks(made, TODAY)


def test_a_new_source_makes_no_week_unusual() -> None:
    made = Made()
    _weeks(made, [3] * 12)
    made.week(MONDAY, 3)
    made.week(MONDAY, 40, source="new")
    assert unusual_weeks(made, TODAY) == {}


@pytest.mark.parametrize(
    ("number", "usual", "told"), [(5, 0.5, True), (4, 0.1, False), (9, 5.0, False), (20, 9.0, True)]
)
def test_chance_is_not_unusual(number: int, usual: float, told: bool) -> None:
    assert is_unusual(number, usual) is told
