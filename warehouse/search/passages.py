"""The first matching passage of a hit: in its body, its title or an attached file, with the place there.

An attached file is only looked into when body and title do not explain the hit, and only so far: a text is
scanned once for each term, by the compiled pattern over the whole text, and a hit never costs more than
`MOST_CHARACTERS` of attached text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.places import NOWHERE, heading_of, spot_of
from warehouse.queries.reading import Published, Row
from warehouse.records import HitPlace
from warehouse.search import snippets
from warehouse.search.nodes import Either, Every, Field, Node, fielded

MOST_CHARACTERS = 1_000_000  # of a hit's attached files that are looked through
_MATCHES = 200  # of one term in one text that are considered

_FILES = """
select url, name, left(text, {most}) as text
from attachment
where document_id = ? and text is not null
order by url
"""
_PLACES = "select places from attachment where document_id = ? and url = ?"

_NAMES = "select url, name from attachment where document_id = ? and name <> '' order by url"

Wanted = Sequence[re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Sought:
    """What a passage should show, by the part of a document that the query asks for it in."""

    anywhere: Wanted
    text: Wanted
    title: Wanted
    attachment: Wanted
    choice: bool  # whether a document may be found without holding every term

    @classmethod
    def of(cls, node: Node | None) -> Sought:
        """What a query looks for."""
        asked = fielded(node)

        def of(name: str | None) -> Wanted:
            return snippets.patterns(term for field, term in asked if field == name)

        return cls(of(None), of("text"), of("title"), of("attachment"), leaves_choice(node))


@dataclass(frozen=True, slots=True)
class Found:
    """A passage and, when it stands in an attached file, where there."""

    passage: snippets.Passage
    place: HitPlace | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """The best line of a text for some terms, and the terms that the text does not hold at all."""

    number: int
    line: str
    shown: int  # how many different terms the line shows; 0: the text holds none of them
    missing: tuple[re.Pattern[str], ...]


def shown_passage(publication: Published, row: Row, sought: Sought) -> Found:
    """What a list shows of a found document; `row` has document_id, title, excerpt, reuse, the body
    with its places, and whether there are files.

    What was asked for in a field is shown from there. Otherwise body before title before attached files; but
    where all terms must be found (`choice` says that the query leaves some open), a term that stands in
    neither is looked for in the files and shown from there.
    """
    if row["reuse"] == "link":
        return Found(snippets.Passage("", (), None))  # this publisher lets us show no text of its documents
    if sought.attachment and row["files"]:
        both = (*sought.attachment, *sought.anywhere)
        inside = _in_files(publication, row["document_id"], both, sought.attachment)
        named = inside or _by_name(publication, row["document_id"], sought.attachment)
        if named:
            return named
    found = _anywhere(publication, row, sought)
    if found is None and sought.title:
        cut = snippets.passage([row["title"] or ""], sought.title)
        found = Found(snippets.Passage(cut.snippet, cut.marks, None)) if cut else None
    return found or Found(snippets.opening(row["excerpt"] or ""))


def _anywhere(publication: Published, row: Row, sought: Sought) -> Found | None:
    """The passage of what may stand in the body or, unless the query says the body, elsewhere."""
    wanted = (*sought.anywhere, *sought.text)
    if not wanted:
        return None
    body = look("\n".join(row["body"]), wanted)
    own = _passage(body, wanted) if body.shown else None
    missing = tuple(
        one for one in body.missing if one in sought.anywhere and not one.search(row["title"] or "")
    )
    if missing and row["files"] and not (own and sought.choice):
        inside = _in_files(publication, row["document_id"], wanted, missing)
        if inside:
            return inside
    return Found(own, _own_place(row, body, wanted)) if own else None


def _own_place(row: Row, held: Look, wanted: Wanted) -> HitPlace | None:
    """Where the paragraph stands in a document that is a file itself; None for a page and for plain files."""
    places = row.get("places")
    if not places or spot_of(places, held.number) == NOWHERE:
        return None
    return _at("", "", row["body"], places, held, wanted)


def leaves_choice(node: Node | None) -> bool:
    """Whether a document may be found without holding every term: the query has an OR."""
    match node:
        case Either():
            return True
        case Every(parts):
            return any(leaves_choice(part) for part in parts)
        case Field(_, part):
            return leaves_choice(part)
        case _:
            return False


def look(text: str, wanted: Wanted) -> Look:
    """The first line that shows the most different terms."""
    lines: dict[int, int] = {}  # start of a line -> a bit for each term that it shows
    missing = []
    for bit, pattern in enumerate(wanted):
        starts = _line_starts(text, pattern, 1 if len(wanted) == 1 else _MATCHES)
        for start in starts:
            lines[start] = lines.get(start, 0) | 1 << bit
        if not starts:
            missing.append(pattern)
    if not lines:
        return Look(0, "", 0, tuple(missing))
    best = min(lines, key=lambda start: (-lines[start].bit_count(), start))
    end = text.find("\n", best)
    line = text[best : end if end >= 0 else len(text)]
    return Look(text.count("\n", 0, best), line, lines[best].bit_count(), tuple(missing))


def _line_starts(text: str, pattern: re.Pattern[str], most: int) -> set[int]:
    """Where the lines begin that the pattern stands in; a match over a line's end is none."""
    starts: set[int] = set()
    for match in pattern.finditer(text):
        if match.end() > match.start() and "\n" not in match.group():
            starts.add(text.rfind("\n", 0, match.start()) + 1)
            if len(starts) >= most:
                break
    return starts


def _passage(found: Look, wanted: Wanted) -> snippets.Passage:
    cut = snippets.passage([found.line], wanted)
    assert cut is not None
    return snippets.Passage(cut.snippet, cut.marks, found.number)


def _in_files(publication: Published, document_id: str, wanted: Wanted, missing: Wanted) -> Found | None:
    """The best line of the first attached file that holds a missing term."""
    room = MOST_CHARACTERS
    for file in publication.rows(_FILES.format(most=MOST_CHARACTERS), [document_id]):
        text = file["text"][:room]
        room -= len(text)
        held = look(text, missing)
        cut = snippets.passage([held.line], wanted) if held.shown else None
        if cut is not None:
            place = _place(publication, document_id, file, text, held, missing)
            return Found(snippets.Passage(cut.snippet, cut.marks, None), place)
        if room <= 0:
            return None
    return None


def _by_name(publication: Published, document_id: str, wanted: Wanted) -> Found | None:
    """The first attached file whose name holds what is wanted."""
    for file in publication.rows(_NAMES, [document_id]):
        cut = snippets.passage([file["name"]], wanted)
        if cut is not None:
            return Found(snippets.Passage(cut.snippet, cut.marks, None), HitPlace(file["url"], file["name"]))
    return None


def _place(
    publication: Published, document_id: str, file: Row, text: str, held: Look, wanted: Wanted
) -> HitPlace:
    kept = publication.rows(_PLACES, [document_id, file["url"]])
    places = kept[0]["places"] if kept else None
    lines = text.split("\n", held.number + 1) if places else []
    return _at(file["url"], file["name"] or file["url"], lines, places, held, wanted)


def _at(
    url: str, name: str, lines: Sequence[str], places: str | None, held: Look, wanted: Wanted
) -> HitPlace:
    """The place of a found line in words; `lines` reach at least up to it."""
    spot = spot_of(places, held.number)
    column = _column(held.line, wanted) if spot.row is not None else None
    heading = heading_of(lines, places, held.number, column) if column is not None else ""

    def named(line: int | None) -> str | None:
        return lines[line] if line is not None and line < len(lines) and line != held.number else None

    return HitPlace(
        url,
        name,
        sheet=named(spot.sheet),
        row=spot.row,
        page=spot.page,
        table=spot.table,
        line=held.number,
        slide=spot.slide,
        member=named(spot.member),
        column=column + 1 if column is not None else None,
        heading=heading or None,
    )


def _column(line: str, wanted: Wanted) -> int | None:
    """The cell, from 0, in which the first of the terms stands; None for a row of one cell."""
    if "\t" not in line:
        return None
    starts = [match.start() for pattern in wanted if (match := pattern.search(line))]
    return line.count("\t", 0, min(starts)) if starts else None
