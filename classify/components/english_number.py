"""Numbers of official papers in English, and places in codes and registers: 42 U.S.C. 7401, 88 FR 12345."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from classify.components.dates import MONTH
from classify.components.english_places import KEPT, digits, matches, within
from classify.components.english_series import CAPITAL, YEAR

_ORGAN = re.compile(r"(?<![\w.])[A-Z]{3,6} \Z")  # OMB Circular A-130
_SMALL = re.compile(

        r"\blocal laws? (?:numbers? |[Nn]os?\.? ?)?\d{1,3}\b(?:(?:,? and \d{1,3})?,? (?:of|for the year"
        r"|of the (?:laws of|year)) " + YEAR + r"\b)?"
    r"|\b(?:proposed )?introduction (?:number |no\. ?)\d{1,4}(?:-[a-zA-Z])?\b"
        r"(?: (?:of|for the year) " + YEAR + r"\b)?"
    r"|\bchapter \d{1,4} of the laws of " + YEAR + r"\b"
)  # fmt: skip
_CODIFIED = re.compile(
    r"(?<![\w.-])\d{1,3} (?:U\. ?S\. ?C\.?|USC|C\. ?F\. ?R\.?|CFR)(?: ?§{1,2}| [Pp]arts?"
    r"| [Ss]ec(?:tion|\.)s?)?"
    r" ?\d{1,5}[a-z]{0,2}(?:[.-]\d{1,4}[a-z]?)?(?:\([\w]{1,4}\)){0,3}"
    r"|(?<![\w.-])\d{2,3} (?:FR|Fed\. ?Reg\.) \d{2,6}\b"
)
_STEP, _AHEAD, _BEHIND = 24, 80, 90  # characters around a digit that a number may reach
_CODES = ("S.C", "S. C", "USC", "C.F", "C. F", "CFR", "FR ", "Fed. Reg", "Fed.Reg")
_DASHES = {ord(sign): "-" for sign in "–—‑‐"}
_NUMBER = r"(?:[Nn]os?\.? ?|[Nn]umber )?"
_NORMAL = (
    (re.compile(rf"(?:Executive Orders?|E\.O\.|EO) ?{_NUMBER}(\d{{4,5}})\b"), r"Executive Order \1"),
    (re.compile(rf"Proclamation {_NUMBER}(\d{{4,5}})\b"), r"Proclamation \1"),
    (re.compile(rf"(?:Public Law|Pub\. ?L\."
     rf"|P\. ?L\.) ?{_NUMBER}(\d{{2,3}}) ?- ?(\d{{1,4}})\b"), r"Public Law \1-\2"),
    (re.compile(rf"S\.?(S?)\.?I\.?,?:? ?{_NUMBER}({YEAR}) ?(?:/"
     rf"|,? ?[Nn]o\.? ?)(\d{{1,4}})\b"), r"S\1I \2/\3"),
    (re.compile(rf"Statutory Instruments? {_NUMBER}({YEAR}) ?(?:/"
     rf"|,? ?[Nn]o\.? ?)(\d{{1,4}})\b"), r"SI \1/\2"),
    (re.compile(rf"(?:[Ll]ocal [Ll]aws?|LL) {_NUMBER}(\d{{1,3}})(?:/|,? of (?:the year )?"
     rf"|,? for the year )({YEAR})"),
     r"Local Law \1 of \2"),
    (re.compile(r"(?:Council |Commission |European Parliament and Council )?"
                r"((?:Delegated |Implementing |Framework )?(?:Regulation|Directive|Decision"
                r"|Recommendation))s?"
                rf" ?((?:\([A-Za-z, ]{{2,24}}\))?) ?{_NUMBER}(\d{{1,4}}/\d{{1,4}}(?:/[A-Za-z]{{2,7}})?)\b"),
     r"\1 \2 \3"),
)  # fmt: skip
_OWN = re.compile(
    rf",? of (?:the European Parliament|the Council|the Commission|{MONTH} \d|\d{{1,2}}(?:st|nd|rd"
    rf"|th)? {MONTH})"
)
_BILL = re.compile(
    r"[HSA]\.|HR|[SA]\d|[Ss]tate [Bb]ill|(?:[Pp]roposed |Preconsidered )?[Ii]nt|House|Senate|Assembly"
    r"|COM|SEC|SWD"
)


def english_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, number) of every number of a paper, in order of kind; white space in it is single."""
    yield from _numbers(text)


@lru_cache(maxsize=KEPT)  # citations and facts ask for the same text
def _numbers(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(_read(text))


def _read(text: str) -> Iterator[tuple[int, int, str]]:
    signs = digits(text, _STEP)
    patterns = [CAPITAL]
    if signs and ("local law" in text or "laws of" in text or "introduction n" in text):
        patterns.append(_SMALL)
    for pattern in patterns:
        for found in within(pattern, text, signs, _AHEAD, _STEP + _BEHIND):
            start, end = _bare(text, found)
            yield start, end, " ".join(text[start:end].split())


def codified(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, place) of references to a code or register by volume and section: 42 U.S.C. 7401."""
    for found in matches(_CODIFIED, text, _CODES, 12, 60):
        yield found.start(), found.end(), " ".join(found.group().split())


def is_bill(number: str) -> bool:
    """A number of something proposed: a bill, a resolution or a proposal of the Commission, not yet law."""
    return _BILL.match(number) is not None


def english_normal(printed: str) -> str | None:
    """One form for every way to print a number that means one paper for all time; None for other numbers.

    EO 14901, E.O. 14901 and Executive Order 14901 are one. Bills (one a Congress), notifications (one a year)
    and dockets (many papers) have none: the same number may mean another paper.
    """
    said = unicodedata.normalize("NFKC", printed[:120]).translate(_DASHES)
    for pattern, form in _NORMAL:
        found = pattern.match(said)
        if found is not None:
            return " ".join(found.expand(form).split())
    return None


def english_own(title: str) -> str | None:
    """The number that a title prints as its own: alone, or before its day or its makers."""
    for _, end, number in _read(title[:160]) if title[:1].isascii() else ():
        own = title.startswith(number) and (end >= len(title.rstrip()) or _OWN.match(title, end))
        return number if own and english_normal(number) else None
    return None


def _bare(text: str, found: re.Match[str]) -> tuple[int, int]:
    """Where the number stands, the capitals of a circular's office included."""
    organ = found.group().startswith("Circular") and _ORGAN.search(
        text, max(0, found.start() - 8), found.start()
    )
    return organ.start() if organ else found.start(), found.end()
