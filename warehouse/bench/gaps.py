"""Hiding a tenth of the numbered documents: how many of the gaps this makes are listed, and how many are
false.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from warehouse.bench.figures import Bar, Part, Progress, Table, measured
from warehouse.bench.scale import make_home
from warehouse.database import Warehouse
from warehouse.publish import publish
from warehouse.series import update_series

SHARE = 0.1
DRAWS = 5
SIZE = 2000  # made documents
Number = tuple[str, int | None, str, int]  # word, year, place, serial
_MISSING = """
    select s.word, s.year, s.place, unnest(range(g.first_serial, g.last_serial + 1))::integer as serial
    from series_gap g join series s on s.series_id = g.series_id
"""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What one draw gave."""

    hidden: int  # numbers of which no document is left
    last: int  # of them the last ones of their series, which nobody can know
    found: int  # the others that are listed as missing
    listed: int  # numbers listed that were not listed before
    false: int  # of them those that were not hidden

    @property
    def recall(self) -> float:
        """Found of those that can be known."""
        return self.found / max(1, self.hidden - self.last)

    @property
    def wrong(self) -> float:
        """False of those newly listed."""
        return self.false / max(1, self.listed)


def hide(w: Warehouse, share: float, seed: int) -> Hidden:
    """Hide this share of the numbered documents of the attached `pub` and count; nothing is kept of it.

    A number counts as hidden when no copy of it is left. It cannot be known where no higher number of its
    series is held, cited or listed.
    """
    connection = w.connection
    _see(w, ())
    before = _numbers(w)
    borne = {row[4]: (row[0], row[1], row[2], row[3]) for row in _documents(w)}
    drawn = set(random.Random(seed).sample(sorted(borne), max(1, round(share * len(borne)))))
    left = {number for document, number in borne.items() if document not in drawn}
    gone = {borne[document] for document in drawn} - left
    _see(w, drawn)
    after = _numbers(w)
    highest = {
        (word, year, place): int(top)
        for word, year, place, top in connection.execute(
            "select word, year, place, highest from series"
        ).fetchall()
    }
    last = {one for one in gone if one[3] > highest.get(one[:3], 0)}
    new = after - before
    return Hidden(len(gone), len(last), len((gone - last) & after), len(new), len(new - gone))


def bench_gaps(folder: Path, size: int, progress: Progress) -> Part:
    """The part of the benchmark page: five draws of a home of `size` made documents in `folder`."""

    def work() -> Part:
        home = make_home(folder, size, progress=progress)
        summary = publish(home, progress=progress)
        facts = str(home.published / summary.publication_id / "facts.duckdb").replace("'", "''")
        draws: list[Hidden] = []
        with Warehouse.open(home) as w:
            w.connection.execute(f"attach '{facts}' as pub (read_only)")
            for seed in range(1, DRAWS + 1):
                draws.append(hide(w, SHARE, seed))
                progress("gaps", seed, DRAWS)
        return _part(draws, size)

    return measured(work)


def _see(w: Warehouse, hidden: Iterable[str]) -> None:
    """Make the series of all documents but these."""
    connection = w.connection
    connection.execute("create or replace temp table hidden_now (document_id varchar)")
    connection.executemany("insert into hidden_now values (?)", [[one] for one in hidden] or [["-"]])
    connection.execute(
        "create or replace temp table affected as "
        "select document_id from pub.document anti join hidden_now using (document_id)"
    )
    listed = "select source_id, url, number, title, published from series_listed"
    update_series(w, connection.execute(listed).fetchall(), whole=True)


def _numbers(w: Warehouse) -> set[Number]:
    return {(row[0], row[1], row[2], row[3]) for row in w.connection.execute(_MISSING).fetchall()}


def _documents(w: Warehouse) -> list[tuple[str, int | None, str, int, str]]:
    return w.connection.execute(
        """
        select m.word, m.year, s.place, m.serial, m.document_id
        from series_member m
        join series s
            on s.word = m.word and s.year is not distinct from m.year and s.place in ('', m.place)
        where not list_contains(s.outliers, m.serial)
        """
    ).fetchall()


def _part(draws: list[Hidden], size: int) -> Part:
    known = sum(one.hidden - one.last for one in draws)
    recall = sum(one.found for one in draws) / max(1, known)
    wrong = sum(one.false for one in draws) / max(1, sum(one.listed for one in draws))
    rows = tuple(
        (seed, one.hidden, one.last, one.found, one.listed, one.false)
        for seed, one in enumerate(draws, start=1)
    )
    heads = (
        "draw",
        "numbers hidden",
        "of them last of their series",
        "found",
        "newly listed",
        "of them false",
    )
    return Part(
        name="gaps",
        size=size,
        data="made documents",
        tables=(Table("A tenth of the numbered documents hidden", heads, rows),),
        bars=(
            Bar(
                "gaps found",
                recall,
                0.95,
                at_most=False,
                note=f"of {known} hidden numbers below another known one",
            ),
            Bar("gaps false", wrong, 0.05),
        ),
    )
