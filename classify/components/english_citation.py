"""Papers that an English text names, by name or by number, with the relation that the words around show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from classify.components.dates import MONTH
from classify.components.english_names import english_names
from classify.components.english_number import codified, english_normal, english_numbers
from classify.components.english_relation import active, linked, partial, passive
from classify.components.sentence import english_bounds
from warehouse.records import CitationKind

_TITLED = ("Executive Order", "E.O.", "EO ", "Proclamation")
_TITLE = re.compile(rf"(?:,? of {MONTH} \d{{1,2}}, \d{{4}})? \((?P<title>[A-Z][^()\n]{{7,180}})\)")
_OWN = re.compile(r"(?:cited as|known as)(?: the)? [\"“‘']?$")
_HEADS = re.compile(r"(?: for (?:Fiscal Year|FY) ?\d{4})? ?-{1,2} (?=[A-Z(])")
_DEFINED = re.compile(r" \((?P<short>[A-Z][A-Z&]{1,7})\)")
_OTHER_NAME = re.compile(r",? or (?:the )?")
_IN_BRACKETS = re.compile(r" ?\((?:the )?$")


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    end: int
    title: str | None
    number: str | None


def english_citations(text: str) -> Iterator[tuple[int, int, CitationKind, str | None, str | None, str]]:
    """(start, end, kind, title, number, sentence) of each paper named; the text's own names are left out."""
    named = _without_own(text, _merged(text))
    for one, kind in zip(named, _relations(text, named), strict=True):
        left, right = english_bounds(text, one.start, one.end)
        number = (english_normal(one.number) or one.number) if one.number else None
        title = one.title or (_title_behind(text, one) if number else None)
        yield one.start, one.end, kind, title, number, text[left:right].strip()


def _title_behind(text: str, one: _Named) -> str | None:
    """Lake Security, where an order is cited with its title: Executive Order 14901 of May 1, 2029 (…)."""
    found = _TITLE.match(text, one.end, one.end + 220) if (one.number or "").startswith(_TITLED) else None
    return " ".join(found["title"].split()) if found is not None else None


def _merged(text: str) -> list[_Named]:
    """Names and numbers in order without overlaps; a number in brackets behind a name belongs to it."""
    hits = [_Named(start, end, name, None) for start, end, name in english_names(text)]
    for start, end, number in (*english_numbers(text), *codified(text)):
        alone = text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")
        if not alone:
            hits.append(_Named(start, end, None, number))
    hits += _short_forms(text, hits)
    merged: list[_Named] = []
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        last = merged[-1] if merged else None
        if last is None or hit.start >= last.end:
            inside = (
                last is not None and last.number is None and hit.title is None and hit.start - last.end < 8
            )
            if last is not None and inside and _IN_BRACKETS.fullmatch(text, last.end, hit.start):
                merged[-1] = _Named(last.start, hit.end, last.title, hit.number)
            else:
                merged.append(hit)
    return merged


def _short_forms(text: str, hits: list[_Named]) -> list[_Named]:
    """Later uses of the capitals that the text put in brackets behind a name: title XIX of SSA."""
    titles: dict[str, _Named] = {}
    for one in hits:
        defined = _DEFINED.match(text, one.end) if one.title is not None else None
        if defined is not None:
            titles.setdefault(defined["short"], _Named(one.start, defined.end(), one.title, None))
    if not titles:
        return []
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, titles)) + r")\b")
    return [
        _Named(found.start(), found.end(), titles[found.group()].title, None)
        for found in pattern.finditer(text)
        if found.start() > titles[found.group()].end
    ]


def _without_own(text: str, named: list[_Named]) -> list[_Named]:
    """Without the names that the text gives itself: 'Clean Lakes Act - Directs …', 'cited as the …'."""
    kept: list[_Named] = []
    own: set[str] = set()
    heads = -1  # where a name begins that heads its paragraph
    for one in reversed(named):
        told = _HEADS.match(text, one.end) is not None or (
            heads >= 0 and heads - one.end < 12 and _OTHER_NAME.fullmatch(text, one.end, heads) is not None
        )
        if told:
            heads = one.start
        if told or _OWN.search(text, max(0, one.start - 16), one.start):
            own.add(one.title or "")
        else:
            kept.append(one)
    return [one for one in reversed(kept) if one.title is None or one.title not in own]


def _relations(text: str, named: list[_Named]) -> Iterator[CitationKind]:
    """By 'is repealed' behind the name or its list, by the verb before it, else as what it is joined to."""
    behind: list[CitationKind | None] = []
    for at in range(len(named) - 1, -1, -1):
        one = named[at]
        said = passive(text, one.start, one.end)
        if said is None and behind and behind[-1] is not None and linked(text, one.end, named[at + 1].start):
            said = "amends" if behind[-1] == "repeals" and partial(text, one.start) else behind[-1]
        behind.append(said)
    behind.reverse()
    kind: CitationKind = "mentions"
    for at, (one, said) in enumerate(zip(named, behind, strict=True)):
        led = active(text, one.start, one.end)
        if said is not None and led != "mentions":
            kind = said
        elif led is None and at and linked(text, named[at - 1].end, one.start):
            pass  # Amends the Lake Act and the Pond Act
        else:
            kind = led or "mentions"
        yield kind
