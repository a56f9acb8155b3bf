"""Numbers of official papers in English: bills, laws, orders, circulars, instruments, EU and Indian acts.

The form of each series is a public fact of its parliament or gazette; every pattern hangs on a sign that is
rare in prose, so a text without such signs costs one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_YEAR = r"(?:1[89]|20)\d\d"
_NO = r"(?:[Nn]os?\.? ?|[Nn]umbers? |#)?"
_CAPITAL = re.compile(
    r"(?<![\w.])(?=[HSAPELIRCDOGFMTNJU])(?:"

        r"(?:H\. ?R\.|HR|[HS]\. ?Amdt\.|H\.? ?(?:Con\.? ?|J\.? ?)?Res\.|S\.? ?(?:Con\.? ?|J\.? ?)?Res\.|S\."
        r"|A\.) ?\d{1,5}(?:-?[A-Z]\b)?(?![\w.]*\d|st|nd|rd|th)"



        r"|(?:House|Senate|Assembly) (?:(?:Joint|Concurrent) )?(?:Bills?|Resolutions?) "
        + _NO + r"[A-Z]?\.? ?\d{1,5}\b"
    r"|(?:H\.|S\.|House|Senate|Conference) ?(?:Rept?\.|Reports?) " + _NO + r"\d{2,3}[-–]\d{1,4}"
    r"|(?:Public Laws?|Pub\. ?L\.|P\. ?L\.|Treaty Doc\.) ?" + _NO + r"\d{2,3}(?: ?[-–] ?\d{1,4})?\b"
    r"|(?:Executive Orders?|E\.O\.|EO) ?" + _NO + r"\d{2,5}\b(?: of " + _YEAR + r"\b)?"
    r"|Proclamation " + _NO + r"\d{4,5}\b"
    r"|(?:Local Laws?|LL) " + _NO + r"\d{1,3}(?:/" + _YEAR + r"|(?:,? and \d{1,3})?(?:,? (?:of|for the year) "
        + _YEAR + r")?)\b(?!-\w)"
    r"|S\d{2,5}[A-Z]?/A\d{2,5}[A-Z]?\b|A\d{2,5}[A-Z]?/S\d{2,5}[A-Z]?\b"
    r"|(?:[Ss]tate|Senate|Assembly) [Bb]ill [SA]\.?\d{2,5}(?:-?[A-Z])?\b"



        r"|(?:Proposed )?(?:Preconsidered )?Int(?:ro(?:duction)?)?\.? ?"
        + _NO + r"\d{1,4}(?:-[A-Z])?(?:[-/]| of )"
        + _YEAR + r"(?:-?[A-Z]\b)?"
    r"|Int(?:ro(?:duction)?)?\.? ?[Nn](?:o\.?|umber) ?\d{1,4}(?:-[A-Z])?\b"
    r"|Res(?:olution)?\.? ?(?:" + _NO + r"\d{1,4}(?:-[A-Z])?[-/]" + _YEAR
        + r"\b|(?:[Nn]o\.|[Nn]umber) ?\d{1,4}(?:-[A-Z])?\b(?:(?: of |/)" + _YEAR + r"\b)?)"
    r"|(?:[A-Z]{3,6} )?Circulars? " + _NO + r"(?:A-\d{1,3}\b|\d{1,3}[/-](?:" + _YEAR + r"|\d\d)\b)"
    r"|M-\d\d-\d\d\b"
    r"|(?:S\.?I\.?|Statutory Instruments?),?:? ?" + _NO + r"" + _YEAR + r" ?(?:/|,? ?[Nn]o\.?) ?\d{1,4}\b"
    r"|(?:Council |Commission |Delegated |Implementing )?(?:Regulations?|Directives?|Decisions?)"
    r" ?(?:\((?:EU|EC|EEC)(?:, Euratom)?\) ?)?" + _NO + r"\d{2,4}/\d{2,4}(?:/(?:EU|EC|EEC|JHA|CFSP))?\b"
    r"|(?:COM|SEC|SWD|JOIN) ?\(" + _YEAR + r"\) ?\d{1,4}\b"
    r"|(?:G\.? ?S\.? ?R\.?|S\. ?O\.) ?" + _NO + r"\d{1,5} ?\(E\)"
    r"|F\. ?No\. ?[A-Z\d][\w/().-]{3,40}\w"
    r"|(?:Cm|Cmd|Cmnd)\.? ?\d{3,4}\b"
    r"|HC \d{2,4}(?:-[IVX]{1,4})?\b"
    r"|FR Doc\.? ?\d{4}-\d{4,6}\b"

        r"|(?:UN|U\.N\.|United Nations)? ?(?:Security Council"
        r"|General Assembly) [Rr]esolutions? \d{1,4}(?:/\d{1,3})?\b(?: \(" + _YEAR + r"\))?"
    r"|U(?:NSCR|N Resolution|\.N\. Resolution) ?\d{3,4}\b"
    r")"
)  # fmt: skip
_SMALL = re.compile(

        r"\blocal laws? (?:numbers? |[Nn]os?\.? ?)?\d{1,3}\b(?:(?:,? and \d{1,3})?,? (?:of|for the year"
        r"|of the (?:laws of|year)) " + _YEAR + r"\b)?"
    r"|\b(?:proposed )?introduction (?:number |no\. ?)\d{1,4}(?:-[a-zA-Z])?\b"
        r"(?: (?:of|for the year) " + _YEAR + r"\b)?"
    r"|\bchapter \d{1,4} of the laws of " + _YEAR + r"\b"
)  # fmt: skip
_CODIFIED = re.compile(
    r"(?<![\w.-])\d{1,3} (?:U\. ?S\. ?C\.?|USC|C\. ?F\. ?R\.?|CFR)(?: ?§{1,2}| [Pp]arts?"
    r"| [Ss]ec(?:tion|\.)s?)?"
    r" ?\d{1,5}[a-z]{0,2}(?:[.-]\d{1,4}[a-z]?)?(?:\([\w]{1,4}\)){0,3}"
    r"|(?<![\w.-])\d{2,3} (?:FR|Fed\. ?Reg\.) \d{2,6}\b"
)
_BILL = re.compile(
    r"[HSA]\.|HR|[SA]\d|[Ss]tate [Bb]ill|(?:[Pp]roposed |Preconsidered )?[Ii]nt|House|Senate|Assembly"
    r"|COM|SEC|SWD"
)


def english_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, number) of every number of a paper, in order of kind; white space in it is single."""
    yield from _numbers(text)


@lru_cache(maxsize=1)  # citations and facts ask for the same text
def _numbers(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(_read(text))


def _read(text: str) -> Iterator[tuple[int, int, str]]:
    patterns = [_CAPITAL]
    if "local law" in text or "laws of" in text or "introduction n" in text:
        patterns.append(_SMALL)
    for pattern in patterns:
        for found in pattern.finditer(text):
            yield *_bare(found), " ".join(found.group().split())


def codified(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, place) of references to a code or register by volume and section: 42 U.S.C. 7401."""
    if "C" in text or "FR" in text:
        for found in _CODIFIED.finditer(text):
            yield found.start(), found.end(), " ".join(found.group().split())


def is_bill(number: str) -> bool:
    """A number of something proposed: a bill, a resolution or a proposal of the Commission, not yet law."""
    return _BILL.match(number) is not None


def _bare(found: re.Match[str]) -> tuple[int, int]:
    lead = len(found.group()) - len(found.group().lstrip())
    return found.start() + lead, found.end()
