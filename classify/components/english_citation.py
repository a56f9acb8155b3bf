"""Papers that an English text names, by name or by number, with the relation that the words around show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from classify.components.english_names import english_names
from classify.components.english_number import codified, english_numbers
from classify.components.sentence import english_bounds
from warehouse.records import CitationKind

LEFT, RIGHT = 160, 80
_LEAD = re.compile(
    r"\b(?P<by>(?:as )?(?:last )?(?:amended|added|inserted|repealed|replaced) by)"
    r"|\b(?P<lead>[Aa]mend(?:s|ing|ment to)?|[Rr]epeal(?:s|ing)?|[Rr]evok(?:es|ing)"
    r"|[Rr]escind(?:s|ing)?"
    r"|[Rr]eplac(?:es|ing)|[Ss]upersed(?:es|ing)|[Rr]eauthoriz(?:es|ing)|[Uu]nder"
    r"|[Pp]ursuant to|[Ii]n accordance with|[Ii]n exercise of"
    r"|[Bb]y virtue of|[Aa]s required by|made under|required by|[Ii]mplement(?:s|ing)"
    r"|gives effect to|[Pp]ublish(?:es|ing)|[Ss]trik(?:es|ing))(?= )"
)
_GAP = re.compile(
    r"(?:[ ,]+(?>the|of|and|or|to|in|both|certain|[Ff]ederal|New York|(?:sub)?parts?"
    r"|[Ss]ections?|(?:sub)?[Tt]itles?|(?:sub)?[Cc]hapters?"
    r"|[Aa]rticles?|[Rr]ules?|[Rr]egulations?|subdivisions?|subsections?|[Ss]chedules?"
    r"|paragraphs?|provisions|requirements"
    r"|\([^()]{1,80}\)|\d[\w().-]*|[IVXLC]{1,6}(?:-[A-Z])?|[ABDEFGH]))*+[ \"“‘'\[*_]*+"
)
_PART = re.compile(
    r"section|part\b|title [IVXLC\d]|chapter|article|provision|rule|regulation \d|subdivision"
    r"|subsection|paragraph|schedule|requirement",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:would|will|could|should|may|might|propos\w{1,4}|plans?|intend\w{0,2}|call\w{0,3}"
    r"|urg\w{1,3}|consider\w{0,3}|seek\w{0,3}|want\w{0,2}|not|never|power|authority"
    r"|whether|if) (?:[\w-]+ ){0,3}$"
)
_IS = re.compile(
    r",?(?: \([^()]{1,60}\))?(?:,? as (?:last )?(?:amended|added) by [^,;.\n]{1,90},)? (?:is"
    r"|are|was|were) (?:hereby |further )*(?P<what>amended|repealed|REPEALED|revoked"
    r"|rescinded|superseded|replaced)\b"
)
_KINDS: tuple[tuple[str, CitationKind], ...] = (
    ("amend", "amends"), ("reauthoriz", "amends"), ("strik", "amends"), ("repeal", "repeals"),
    ("revok", "repeals"), ("rescind", "repeals"),
    ("replac", "repeals"), ("supersed", "repeals"), ("implement", "implements"),
    ("gives", "implements"), ("publish", "prints"),
)  # fmt: skip
_JOIN = re.compile(r"[\s,]*(?:and |or )?(?:the )?")
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
    before: tuple[int, CitationKind] | None = None
    for one in named:
        kind = _relation(text, one, before)
        before = one.end, kind
        left, right = english_bounds(text, one.start, one.end)
        yield one.start, one.end, kind, one.title, one.number, text[left:right].strip()


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


def _relation(text: str, one: _Named, before: tuple[int, CitationKind] | None) -> CitationKind:
    """By 'is repealed' behind the name, else by the verb before it, else as the name it is joined to."""
    low = max(0, one.start - LEFT, text.rfind("\n", 0, one.start) + 1)
    left = text[low : one.start]
    leads = list(_LEAD.finditer(left))
    close = bool(leads) and _GAP.fullmatch(left, leads[-1].end()) is not None
    if close and leads[-1]["by"]:
        return "mentions"
    said = _IS.match(text, one.end, one.end + RIGHT + 60)
    if said is not None:
        whole = said["what"] != "amended" and not _PART.search(_last_clause(left))
        return "repeals" if whole else "amends"
    if before is not None and 0 <= one.start - before[0] < 60:
        gap = text[before[0] : one.start]
        if _JOIN.fullmatch(gap) or (gap[0] in ", " and " and " in gap and _GAP.fullmatch(gap)):
            return before[1]
    if not close:
        return "mentions"
    return _spoken(left, leads[-1])


def _spoken(left: str, lead: re.Match[str]) -> CitationKind:
    word = lead["lead"].lower()
    kind: CitationKind = next((kind for stem, kind in _KINDS if word.startswith(stem)), "basis")
    if kind != "repeals":
        return kind
    if word in ("repeal", "rescind") or _UNSURE.search(left, max(0, lead.start() - 60), lead.start()):
        return "mentions"
    return "amends" if _PART.search(left, lead.end()) else "repeals"


def _last_clause(left: str) -> str:
    return left[max(left.rfind(". "), left.rfind("; ")) + 1 :]
