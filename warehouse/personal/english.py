"""Personal data in English: mobiles and numbers of persons anywhere; in a letter names, homes and telephones.

Forms of the United Kingdom and the United States, with those of India's mobiles. Who signs for an office is
public: names are masked in letters alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from warehouse.personal.numbers import is_card
from warehouse.personal.signs import Signs

Hit = tuple[int, int, str]
_MOBILE = re.compile(
    r"(?<![\w.])(?:(?:\+|00)44 ?(?:\(0\) ?)?|0)7[1-57-9]\d\d? ?-?"
    r"(?:\d{3}[ -]?\d{3,4}|\d{2,3}[ -]\d{3,4}|\d{6})(?![\w-])"
    r"|(?<![\w.])(?:\+|00)91[ -]?[6-9]\d{4}[ -]?\d{5}(?!\w)"
)
_SOCIAL = re.compile(r"(?<![\w-])(?!000|666|9)\d{3}[- ](?!00)\d{2}[- ](?!0000)\d{4}(?![\w-])")
_SAID_SOCIAL = re.compile(
    r"(?:Social Security|SSN)(?: (?:number|no\.?|card))*(?: is| was)?[:#]? ?"
    r"(?P<value>\d{3}[- ]?\d{2}[- ]?\d{4})(?!\w)",
    re.IGNORECASE,
)
_INSURANCE = re.compile(
    r"(?<!\w)(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"[ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D](?!\w)"
)
_SAID_INSURANCE = re.compile(
    r"(?:National Insurance|NINO|NI)(?: (?:number|no\.?))?(?: is| was)?[:#]? ?"
    r"(?P<value>[A-Z]{2}[ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D])(?!\w)",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?<![\w.-])[3-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{4}(?:\d{3})?(?![\w-])")
_PASSPORT = re.compile(
    r"passport(?: (?:number|no\.?))?(?: is| was)?[:#]? {0,2}(?P<value>[A-Z]{0,2}\d{6,9})(?!\w)", re.IGNORECASE
)

_TELEPHONE = re.compile(
    r"(?<![\w.-])(?:(?:\+|00)\d{1,3}[ .-]?)?(?:\(0?\d{2,5}\)[ .-]?|0\d{2,4}[ .-]|\d{3}[ .-])"
    r"\d{3,4}(?:[ .-]?\d{3,4})(?![\w-])"
    r"|(?<![\w.-])0\d{9,10}(?!\w)|(?<![\w.-])\d{3}-\d{3}-\d{4}(?!\w)"
)
_WORD = r"[A-Z][a-z]+(?:[-'’][A-Z][a-z]+)*|[A-Z]['’][A-Z][a-z]+|Ma?c[A-Z][a-z]+"
_NAME = rf"(?P<name>(?:{_WORD})(?: [A-Z]\.?(?= ))?(?: (?:{_WORD})){{1,3}})"
_TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof(?:essor)?)\.? )?"
_INTRODUCED = re.compile(
    r"(?:[Mm]y (?:full )?name is|I am called|I, |[Ss]igned(?: by)?:?|[Ff]rom:|"
    r"[Nn]ame(?: of (?:petitioner|applicant|sender|complainant))?:|"
    r"[Pp]etitioner:|[Cc]omplainant:|[Aa]pplicant:|[Ss]ender:|[Ww]ritten by:?|on behalf of my \w{3,12},?|"
    r"my (?:husband|wife|son|daughter|mother|father|partner|neighbou?r|landlord|brother|sister),?)"
    r"\s?" + _TITLE + _NAME
)
_BEHIND_I = re.compile(r"(?<![\w'’])I am " + _TITLE + _NAME + r"(?=,| and | of | from |\.)")
_GREETED = re.compile(
    r"^\s*Dear (?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? (?P<name>(?:" + _WORD + r")(?: (?:" + _WORD + r"))?)",
    re.MULTILINE,
)
_CLOSED = re.compile(
    r"(?:[Yy]ours (?:sincerely|faithfully|truly)|[Ss]incerely(?: yours)?|"
    r"(?:[Kk]ind |[Bb]est |[Ww]arm )?[Rr]egards|"
    r"[Bb]est wishes|[Rr]espectfully(?: yours)?|[Tt]hank you|[Mm]any thanks)[,.]?\s*\n\s*"
    + _TITLE
    + rf"(?P<name>(?:{_WORD}|[A-Z]\.?)(?: (?:{_WORD}|[A-Z]\.?(?= ))){{0,3}})[ \t]*(?=$|\n|,|\()",
    re.MULTILINE,
)
_STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Ct|Crescent|Way|Place|Pl|Terrace|Gardens?|Square|Grove|Hill|Park|"
    r"Mews|Row|Walk|Boulevard|Blvd|Circle|Green|View|Rise|Parade|Highway|Hwy)"
)
_HOUSE = re.compile(
    r"(?<!\w)(?:(?:Flat|Apartment|Apt|Unit|Room|House)\.? ?\w{1,4},? )?\d{1,5}[A-Za-z]?,? "
    r"(?:[A-Z][\w'’.-]{0,20} ){1,4}?"
    + _STREET
    + r"(?!\w)\.?(?:,? (?:Apt|Apartment|Unit|Flat|#)\.? ?\w{1,5})?"
)
_UK_CODE = re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}(?!\w)")
_US_CODE = re.compile(r"(?<!\w)[A-Z]{2},? \d{5}(?:-\d{4})?(?!\w)")
_BEFORE_CODE = re.compile(r"(?:[\s,]+[A-Z][\w'’.-]{1,24}){1,4}[\s,]*$")
_FAR = 70  # between a house and its postcode


def english_places(text: str, letter: bool, signs: Signs) -> Iterator[Hit]:
    """(start, end, kind) of personal data in English but e-mail; a letter is read strictly."""
    if signs.has_run(10) or letter:
        yield from ((*found.span(), "mobile") for found in _MOBILE.finditer(text))
        yield from ((*found.span(), "identity") for found in _SOCIAL.finditer(text))
        for card in _CARD.finditer(text):
            if is_card(re.sub("[ -]", "", card.group())):
                yield *card.span(), "bank-card"
    if "Insurance" in text or "NI" in text or letter:
        yield from ((*found.span(), "identity") for found in _INSURANCE.finditer(text))
        yield from ((*found.span("value"), "identity") for found in _SAID_INSURANCE.finditer(text))
    if "SSN" in text or "ocial " in text:
        yield from ((*found.span("value"), "identity") for found in _SAID_SOCIAL.finditer(text))
    if "assport" in text:
        yield from ((*found.span("value"), "passport") for found in _PASSPORT.finditer(text))
    if letter:
        yield from _of_letter(text)


def _of_letter(text: str) -> Iterator[Hit]:
    yield from ((*found.span(), "telephone") for found in _TELEPHONE.finditer(text))
    yield from ((start, end, "address") for start, end in _homes(text))
    names = {
        found.span("name")
        for pattern in (_INTRODUCED, _BEHIND_I, _GREETED, _CLOSED)
        for found in pattern.finditer(text)
    }
    yield from ((start, end, "name") for start, end in sorted(names))
    known = sorted({text[start:end] for start, end in names}, key=len, reverse=True)
    if known:
        again = re.compile(r"\b(?:" + "|".join(map(re.escape, known)) + r")\b")
        yield from ((*one.span(), "name") for one in again.finditer(text))


def _homes(text: str) -> Iterator[tuple[int, int]]:
    """House and street up to the postcode behind them; a postcode alone with the places before it."""
    codes = sorted(found.span() for pattern in (_UK_CODE, _US_CODE) for found in pattern.finditer(text))
    taken: set[tuple[int, int]] = set()
    for house in _HOUSE.finditer(text):
        code = next((one for one in codes if 0 <= one[0] - house.end() <= _FAR), None)
        if code is not None:
            taken.add(code)
        yield house.start(), code[1] if code is not None else house.end()
    for code in codes:
        if code not in taken:
            low = max(0, code[0] - _FAR)
            towns = _BEFORE_CODE.search(text[low : code[0]])
            begin = (
                low + towns.start() + len(towns.group()) - len(towns.group().lstrip(" ,\n"))
                if towns
                else code[0]
            )
            yield begin, code[1]
