"""Marks in a text and the list behind it: numbers by first mention that keep themselves.

What is kept is only the order of the mentions; numbers, letters and the list are worked out from it, so a
mention that is moved or taken away leaves nothing behind.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from warehouse.citing.entry import entry, name_in_text
from warehouse.citing.marks import author_date_mark, numeric_mark
from warehouse.citing.parts import Pinpoint, year_with_letter
from warehouse.citing.runs import Runs, plain
from warehouse.citing.sorting import list_order
from warehouse.citing.style import Style
from warehouse.exchange.reference_record import ReferenceRecord


@dataclass(frozen=True, slots=True)
class Cite:
    """One work named at one place of the text, and where in it."""

    record: ReferenceRecord
    pinpoint: Pinpoint | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of the list: its number (None in author-date lists), the record, the entry."""

    number: int | None
    record: ReferenceRecord
    runs: Runs

    @property
    def text(self) -> str:
        """The line as it is printed: `[1] 国务院办公厅. …`."""
        return f"[{self.number}] {plain(self.runs)}" if self.number else plain(self.runs)


class Numbering:
    """The mentions of one text in their order, each under a name of the caller's (of a footnote)."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._mentions: list[tuple[str, tuple[Cite, ...]]] = []
        self._worked: Arranged | None = None

    def add(self, mention: str, cites: Iterable[Cite], before: str | None = None) -> None:
        """Put a mention at the end of the text, or before another.

        ValueError for a name that is taken or for no cite at all; KeyError when `before` is not there.
        """
        told = tuple(cites)
        if not told:
            raise ValueError(f"mention {mention!r} names no work")
        if any(name == mention for name, _ in self._mentions):
            raise ValueError(f"mention {mention!r} is there already; move or remove it")
        self._mentions.insert(self._at(before), (mention, told))
        self._worked = None

    def move(self, mention: str, before: str | None = None) -> None:
        """Take a mention to before another, or to the end; KeyError when one of the two is not there."""
        if mention == before:
            return
        self._at(before)
        moved = self._mentions.pop(self._at(mention))
        self._mentions.insert(self._at(before), moved)
        self._worked = None

    def remove(self, mention: str) -> None:
        """Take a mention away; a work that nothing else names leaves the list. KeyError for none."""
        del self._mentions[self._at(mention)]
        self._worked = None

    def restyle(self, style: Style) -> None:
        """Go on in another style; the mentions stay."""
        self._style, self._worked = style, None

    def mark(self, mention: str) -> Runs:
        """What stands in the text: [1], [1,3], [1-3], [1]12, （国务院办公厅，2017a）, (Care Act 2014)."""
        cites = self._mentions[self._at(mention)][1]
        worked = self._work()
        keyed = [(worked.place[work_key(cite.record)], cite) for cite in cites]
        if self._style.numeric:
            return numeric_mark([(at + 1, cite.record, cite.pinpoint) for at, cite in keyed])
        if self._style.family == "apa":  # which puts the works of one place in the order of the list
            keyed.sort(key=lambda one: one[0])
        works = [(worked.records[at], worked.letters[at], cite.pinpoint) for at, cite in keyed]
        return author_date_mark(works, self._style)

    def listed(self) -> list[Listed]:
        """The list: by first mention where works are numbered, by name and year elsewhere."""
        worked, style = self._work(), self._style
        return [
            Listed(at + 1 if style.numeric else None, record, entry(record, style, letter))
            for at, (record, letter) in enumerate(zip(worked.records, worked.letters, strict=True))
        ]

    def _at(self, mention: str | None) -> int:
        if mention is None:
            return len(self._mentions)
        for at, (name, _) in enumerate(self._mentions):
            if name == mention:
                return at
        raise KeyError(f"there is no mention {mention!r}")

    def _work(self) -> Arranged:
        if self._worked is None:
            self._worked = arranged((cite.record for _, told in self._mentions for cite in told), self._style)
        return self._worked


@dataclass(frozen=True, slots=True)
class Arranged:
    """The works in the order of the list, their letters, and the place of each by its key."""

    records: tuple[ReferenceRecord, ...]
    letters: tuple[str, ...]
    place: dict[tuple[str, ...], int]


def arranged(named: Iterable[ReferenceRecord], style: Style) -> Arranged:
    """Works named in this order, each once, in the order of their list, with the letters they need."""
    works: dict[tuple[str, ...], ReferenceRecord] = {}
    for record in named:
        works.setdefault(work_key(record), record)
    records = list(works.values())
    if not style.numeric:
        records = [records[at] for at in list_order(records, style)]
    letters = ("",) * len(records) if style.numeric else _letters(records, style)
    return Arranged(tuple(records), letters, {work_key(record): at for at, record in enumerate(records)})


def work_key(record: ReferenceRecord) -> tuple[str, ...]:
    """The same for what is one work: number, title, issuer and revision, else the document's own name.

    A reprint on another site is the same work; the revised text of a law is another one.
    """
    if record.number is None or not record.authors:
        return (record.document_id,)
    told = (record.number, record.title, record.authors[0], record.edition or "")
    return tuple("".join(unicodedata.normalize("NFKC", one).split()).casefold() for one in told)


def _letters(records: Sequence[ReferenceRecord], style: Style) -> tuple[str, ...]:
    """a, b, c … in the order of the list for works that would read alike in the text."""
    alike = [(name_in_text(record, style), year_with_letter(record, "")) for record in records]
    often = Counter(alike)
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for key in alike:
        seen[key] += 1
        found.append(_letter(seen[key]) if often[key] > 1 else "")
    return tuple(found)


def _letter(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
