"""Personal data of texts that classification does not read, found once a text and kept in `personal_read`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from warehouse.database import Warehouse
from warehouse.masking import Span
from warehouse.personal.finder import RULE, find_personal
from warehouse.personal.letters import told_letter
from warehouse.rows import sql, stage_like

_BATCH = 200


def keep_places(w: Warehouse) -> int:
    """Read what was not read by these rules yet, for the `selected` documents; returns how many texts.

    Makes the temporary table `personal_text`.
    """
    connection = w.connection
    connection.execute(sql("views", "personal_text"))
    due = connection.execute(
        """
        select any_value(part), any_value(owner), any_value(url), any_value(title), any_value(unit),
            any_value(language), text_hash
        from personal_text
        where text_hash not in (select text_hash from personal_read where rule = ?)
        group by text_hash
        order by text_hash
        """,
        [RULE],
    ).fetchall()
    for start in range(0, len(due), _BATCH):
        rows = list(_read(w, due[start : start + _BATCH]))
        with w.transaction():
            stage_like(connection, "new_personal", "personal_read", rows)
            connection.execute("insert or replace into personal_read select * from new_personal")
    return len(due)


def forget_places(w: Warehouse) -> None:
    """Forget what was read by other rules."""
    w.connection.execute("delete from personal_read where rule <> ?", [RULE])


def reading_places(w: Warehouse) -> dict[str, list[tuple[int, int]]]:
    """The places in each reading's text that holds any, by reading."""
    rows = w.connection.execute(_PLACES, ["reading"]).fetchall()
    return {owner: _pairs(places) for owner, _, places in rows}


def attachment_places(w: Warehouse) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """The places in each attached text that holds any, by document and address."""
    rows = w.connection.execute(_PLACES, ["attachment"]).fetchall()
    return {(owner, url): _pairs(places) for owner, url, places in rows}


def spans_of(paragraphs: Sequence[str], places: Sequence[tuple[int, int]]) -> list[Span]:
    """Places in the whole text as spans of its paragraphs; one over a line's end becomes two."""
    starts = [0]
    for paragraph in paragraphs:
        starts.append(starts[-1] + len(paragraph) + 1)
    spans: list[Span] = []
    at = 0
    bounds = list(pairwise(starts))
    for start, end in sorted(places):
        while at < len(bounds) and bounds[at][1] <= start:
            at += 1
        number = at
        while number < len(bounds) and bounds[number][0] < end:
            begin, after = bounds[number]
            spans.append((number, max(start - begin, 0), min(end, after - 1) - begin))
            number += 1
    return spans


def _read(w: Warehouse, due: Sequence[Sequence[Any]]) -> Iterator[tuple[str, str, str]]:
    for part, owner, url, title, unit, language, text_hash in due:
        sought, names = (_READING, [owner]) if part == "reading" else (_ATTACHMENT, [owner, url])
        row = w.connection.execute(sought, names).fetchone()
        text = row[0] if row else ""
        spoken = "en" if language.startswith("en") else "zh"
        found = find_personal(text, title, told_letter(unit), language=spoken)
        yield text_hash, RULE, ",".join(f"{start}:{end}" for start, end, _ in found)


def _pairs(places: str) -> list[tuple[int, int]]:
    split = (one.split(":") for one in places.split(","))
    return [(int(start), int(end)) for start, end in split]


_READING = "select text from reading_text where reading_id = ?"
_ATTACHMENT = "select text from attachment where document_id = ? and url = ?"
_PLACES = """
select personal_text.owner, personal_text.url, personal_read.places
from personal_text
join personal_read on personal_read.text_hash = personal_text.text_hash
where personal_text.part = ? and personal_read.places <> ''
"""
