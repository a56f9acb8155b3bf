"""The headings of an English text: marked with #, numbered, told by section, in capitals or in bold.

Each style is looked for by itself, and the first that parts the text counts. Lines that every page of a site
has (Notes to editors, Contact) are none, nor is a list: between headings there must be text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from warehouse.summaries.boilerplate import is_boilerplate

FEWEST = 3
LONGEST = 110  # characters of a heading
_MARKED = re.compile(r"\s{0,3}(?P<mark>#{1,6}) +(?P<title>\S.{1,108}?)(?: *#+)?\s*$")
_SECTION = re.compile(
    r"\s*(?:Section|SECTION|Sec\.|SEC\.|Article|ARTICLE|Part|PART|Chapter|CHAPTER) (?P<n>\d{1,2}|[IVX]{1,5})"
    r"(?:[.:]| [-–—])? ?(?P<title>[A-Z][^.;:\n]{2,80})(?:\.|:|$)"
)
_NUMBERED = re.compile(
    r"\s*(?P<n>\d{1,2}|[IVX]{1,5})(?P<sub>(?:\.\d{1,2}){0,2})[.)]? +(?P<title>[A-Z][^\n]{2,90})$"
)
_BOLD = re.compile(r"\s*(?:\*\*|__)(?P<title>[^*_\n]{3,90})(?:\*\*|__):?\s*$")
_CAPITALS = re.compile(
    r"\s*(?P<title>(?!(?:RESOLVED|WHEREAS|EXHIBIT|APPENDIX|ARTICLE|BOROUGH|CITY|COUNTY|TABLE|FIGURE)\b)"
    r"(?=[^\n]*[A-Z] [A-Z])[A-Z][A-Z ,&'’()/-]{5,80}[A-Z)]):?\s*$"
)
_NAMED = re.compile(
    r"\s*(?P<title>(?:Executive )?Summary|Background|Introduction|Overview|Purpose|Scope|Objectives?"
    r"|Definitions|Findings|Recommendations|Conclusions?|Next steps|Methodology|Discussion|Results|Policy"
    r"|Eligibility|How to apply|Implementation|Responsibilities|Timeline|Timetable|Costs?|Benefits|Risks)"
    r":?\s*$",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"\b(?:is|are|was|were|shall|must|will|be|takes?|amended|added|repealed|has|have)\b")
_ROMAN = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class EnglishHeading:
    """One heading: paragraph from 0, code points of its words, level from 1."""

    paragraph: int
    start: int
    end: int
    level: int


def english_headings(paragraphs: Sequence[str]) -> list[EnglishHeading]:
    """The headings in order; empty where no style gives FEWEST of the first level."""
    short = [(at, one) for at, one in enumerate(paragraphs) if len(one) <= 4 * LONGEST or _SECTION.match(one)]
    for style in (_marked, _sections, _numbered, _plain):
        found = list(style(short))
        if sum(one.level == 1 for one in found) >= FEWEST and _parts(found, paragraphs):
            return found
    return []


def _parts(found: Sequence[EnglishHeading], paragraphs: Sequence[str]) -> bool:
    """Whether text stands behind most of the headings: a list of links or names is none."""
    following = [one.paragraph for one in found[1:]] + [len(paragraphs)]
    filled = 0
    for one, end in zip(found, following, strict=True):
        text = sum(len(part.strip()) for part in paragraphs[one.paragraph + 1 : end])
        filled += text + len(paragraphs[one.paragraph]) - one.end >= 60
    return 3 * filled >= 2 * len(found)


def _heading(at: int, found: re.Match[str], level: int) -> EnglishHeading:
    return EnglishHeading(at, found.start("title"), found.end("title"), level)


def _marked(short: Sequence[tuple[int, str]]) -> Iterator[EnglishHeading]:
    """## Policy; the fewest signs that occur are the first level."""
    found = [(at, hit) for at, one in short if "#" in one[:10] and (hit := _MARKED.match(one)) is not None]
    found = [(at, hit) for at, hit in found if not is_boilerplate(hit["title"], "en")]
    top = min((len(hit["mark"]) for _, hit in found), default=1)
    return (_heading(at, hit, len(hit["mark"]) - top + 1) for at, hit in found)


def _sections(short: Sequence[tuple[int, str]]) -> Iterator[EnglishHeading]:
    """Sec. 2. Removing barriers. The agencies …: the words up to the stop, where the numbers count up."""
    last = 0
    for at, one in short:
        hit = _SECTION.match(one)
        if hit is None or _SPOKEN.search(hit["title"]) or _value(hit["n"]) != last + 1:
            continue
        last += 1
        yield EnglishHeading(at, hit.end() - len(hit.group().lstrip()), hit.end("title"), 1)


def _numbered(short: Sequence[tuple[int, str]]) -> Iterator[EnglishHeading]:
    """1. Purpose, 1.1 Scope: lines of their own that count up and are no sentences."""
    last = 0
    for at, one in short:
        hit = _NUMBERED.match(one)
        if hit is None or hit["title"].rstrip()[-1] in ".;:,!" or _SPOKEN.search(hit["title"]):
            continue
        if hit["sub"]:
            if last and _value(hit["n"]) == last:
                yield EnglishHeading(at, hit.start("n"), hit.end("title"), 2)
        elif _value(hit["n"]) == last + 1:
            last += 1
            yield EnglishHeading(at, hit.start("n"), hit.end("title"), 1)


def _plain(short: Sequence[tuple[int, str]]) -> Iterator[EnglishHeading]:
    """Lines in capitals or in bold, and the usual names of parts (Background)."""
    for at, one in short:
        if not one or len(one) > LONGEST:
            continue
        hit = _NAMED.match(one) or _BOLD.match(one) or _CAPITALS.match(one)
        if hit is not None and not is_boilerplate(hit["title"], "en"):
            yield _heading(at, hit, 1)


def _value(numeral: str) -> int:
    """4 and IV are 4."""
    if numeral.isdigit():
        return int(numeral)
    signs = [_ROMAN[sign] for sign in numeral]
    return sum(-one if one < after else one for one, after in zip(signs, [*signs[1:], 0], strict=True))
