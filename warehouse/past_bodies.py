"""The masked bodies of versions that are no longer shown, written for the documents whose history changed.

A former text is masked at least as strictly as the present one: by what the rules find in it, by every word
that is personal in any version of the document, and whole paragraphs of it stay away when the site itself
blanked something in them later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from warehouse.bodies import SegmentWriter
from warehouse.body_delta import MANY_SEGMENTS, SMALL_SEGMENT
from warehouse.database import Warehouse
from warehouse.masking import MASK, Span, mask_spans, mask_words
from warehouse.personal.finder import RULE, find_personal
from warehouse.personal.letters import told_letter
from warehouse.personal.places import spans_of
from warehouse.rows import sql, stage, stage_like
from warehouse.version_changes import paragraph_changes

WITHHOLDING = "1"  # raised when `masked_versions` masks otherwise; what was written before is written anew
_BATCH = 200
_SPACE = re.compile(r"\s+")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class FormerText:
    """One version of a document: its text as read, and where personal data stands in it."""

    version_no: int
    title: str
    text: str
    places: tuple[tuple[int, int], ...] = ()


def write_past_bodies(w: Warehouse, publication_id: str, progress: Progress) -> int:
    """Write what is not written yet and bring `pub.past_body` up to it; returns how many documents were due.

    Looked at are the documents in `affected`; `pub.document` is filled. What no published document shows any
    more is forgotten. Makes `past_asked`, the documents whose rows may be others than before.
    """
    stage(w.connection, "past_merged", "segment varchar", ((name,) for name in _segments_to_merge(w)))
    w.connection.execute(_ASKED)
    w.connection.execute(sql("views", "past_versions"), [f"{RULE} {WITHHOLDING}"])
    due = [row[0] for row in w.connection.execute(_DUE).fetchall()]
    if due:
        with SegmentWriter(w.home.bodies, _new_name(w, publication_id)) as writer:
            rows = list(_written(w, writer, due, progress))
    else:
        rows = []
    with w.transaction() as connection:
        stage(connection, "past_due", "document_id varchar", ((one,) for one in due))
        connection.execute(_FORGET)
        stage_like(connection, "new_past", "past_body", rows)
        connection.execute("insert or replace into past_body select * from new_past")
    w.connection.execute(
        "delete from pub.past_body where document_id in (select document_id from past_asked)"
    )
    w.connection.execute(_PUBLISH)
    return len(due)


def masked_versions(
    versions: Sequence[FormerText], words: Sequence[str], blanked_somewhere: bool
) -> dict[int, tuple[str, tuple[str, ...]]]:
    """Title and paragraphs of each version, masked; `words` are personal in the text that is shown now.

    `versions` are in order and include the one that is shown; `blanked_somewhere` says that the site may
    have blanked something in a later version, so that the versions must be compared.
    """
    split = {one.version_no: tuple(one.text.split("\n")) if one.text else () for one in versions}
    known = {*words}
    for one in versions:
        for start, end in one.places:
            known |= {*one.text[start:end].split("\n")}
    personal = [word for word in known if len(word.strip(MASK + " ")) > 1]
    withheld = _withheld([*split.items()]) if blanked_somewhere else {}
    masked = {}
    for one in versions:
        paragraphs = split[one.version_no]
        spans: list[Span] = spans_of(paragraphs, one.places)
        spans += [(at, 0, len(paragraphs[at])) for at in withheld.get(one.version_no, ())]
        shown = mask_spans(paragraphs, spans)[0]
        text = mask_words("\n".join(shown), personal)
        masked[one.version_no] = (mask_words(one.title, personal), tuple(text.split("\n")) if text else ())
    return masked


def _withheld(versions: Sequence[tuple[int, Sequence[str]]]) -> dict[int, set[int]]:
    """In each version the paragraphs that a later one blanked something in, or that say the same as such."""
    held: dict[int, set[int]] = {}
    said: set[str] = set()
    later: Sequence[str] | None = None
    later_held: set[int] = set()
    for number, paragraphs in reversed(versions):
        mine = {at for at, one in enumerate(paragraphs) if _SPACE.sub("", one) in said}
        for change in paragraph_changes(paragraphs, later) if later is not None else ():
            followed = change.kind == "changed" and change.new_at in later_held
            if change.old_at is not None and (change.kind == "anonymised" or followed):
                mine.add(change.old_at)
        said |= {_SPACE.sub("", paragraphs[at]) for at in mine}
        held[number], later, later_held = mine, paragraphs, mine
    return held


def _segments_to_merge(w: Warehouse) -> list[str]:
    sizes = w.connection.execute("select segment, sum(length) from past_body group by segment").fetchall()
    if len(sizes) <= MANY_SEGMENTS:
        return []
    return [name for name, size in sizes if size < SMALL_SEGMENT]


def _new_name(w: Warehouse, publication_id: str) -> str:
    """A name that no segment has; one that a killed publishing left behind is not taken again."""
    number = 1
    while (w.home.bodies / f"{publication_id}-past{number}.seg").exists():
        number += 1
    return f"{publication_id}-past{number}.seg"


def _written(
    w: Warehouse, writer: SegmentWriter, due: Sequence[str], progress: Progress
) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(due), _BATCH):
        part = due[start : start + _BATCH]
        stage(w.connection, "past_part", "document_id varchar", ((one,) for one in part))
        keys = {(row[0], row[1]): row[2:] for row in w.connection.execute(_KEYS).fetchall()}
        words = dict(w.connection.execute(_WORDS).fetchall())
        blanked = {row[0] for row in w.connection.execute(_BLANKED).fetchall()}
        for document_id, versions in _versions(w).items():
            masked = masked_versions(versions, words.get(document_id, ()), document_id in blanked)
            for number, (title, paragraphs) in masked.items():
                if (document_id, number) in keys:
                    reading_id, made_from = keys[document_id, number]
                    place = writer.add(paragraphs)
                    yield (
                        document_id, number, reading_id, made_from, title, place.segment, place.start,
                        place.length, sum(map(len, paragraphs)),
                    )  # fmt: skip
        progress(start + len(part), len(due))


def _versions(w: Warehouse) -> Mapping[str, list[FormerText]]:
    """All versions, the present one too, of the documents in `past_part`, in order."""
    found: dict[str, list[FormerText]] = {}
    rows = w.connection.execute(sql("views", "past_texts"), [RULE]).fetchall()
    for document_id, number, title, unit, language, text, places in rows:
        kept = _pairs(places) if places is not None else _found(title, unit, language, text)
        found.setdefault(document_id, []).append(FormerText(number, title, text, kept))
    return found


def _pairs(places: str) -> tuple[tuple[int, int], ...]:
    split = (one.split(":") for one in places.split(",") if one)
    return tuple((int(start), int(end)) for start, end in split)


def _found(title: str, unit: str, language: str, text: str) -> tuple[tuple[int, int], ...]:
    """What the rules find in a text that nobody had them read yet."""
    spoken = "en" if language.startswith("en") else "zh"
    return tuple(
        (start, end) for start, end, _ in find_personal(text, title, told_letter(unit), language=spoken)
    )


_ASKED = """
create or replace temp table past_asked as
select document_id from affected
union
select document_id from past_body where segment in (select segment from past_merged)
"""
_DUE = """
select distinct document_id
from past_version
left join past_body using (document_id, version_no)
where past_body.made_from is distinct from past_version.made_from
    or past_body.segment in (select segment from past_merged)
order by document_id
"""
_FORGET = """
delete from past_body
where document_id in (select document_id from past_due)
    or (
        document_id in (select document_id from past_asked)
        and (document_id, version_no) not in (select (document_id, version_no) from past_version)
    )
"""
_PUBLISH = """
insert into pub.past_body by name
select
    past_body.document_id, past_body.version_no, past_body.reading_id, past_version.observed_at,
    past_version.capture_id, past_body.title, past_body.segment, past_body.start_at, past_body.length,
    past_body.characters
from past_body
join past_version using (document_id, version_no)
order by past_body.document_id, past_body.version_no
"""
_KEYS = """
select document_id, version_no, reading_id, made_from
from past_version semi join past_part using (document_id)
"""
_WORDS = """
select document.document_id, place.literals
from pub.document document
semi join past_part using (document_id)
join body_place place
    on place.segment = document.segment
    and place.start_at = document.start_at
    and place.reading_id = document.reading_id
where len(place.literals) > 0
"""
_BLANKED = """
select distinct document_id
from version_change semi join past_part using (document_id)
where omitted > 0 or contains(paragraphs::varchar, '"anonymised"')
"""
