"""Facts of English texts beside citations and duties: paper numbers, sums typed by verb, targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.english_deadline import english_limits
from classify.components.english_number import english_numbers
from classify.components.english_places import within
from classify.components.sentence import english_bounds
from classify.components.state import MINED_CHARACTERS, MOST_FACTS, Component, findings, mark
from warehouse.identity import fact_id as name_fact
from warehouse.records import Fact

RULE = "english-1"
_SUM = re.compile(  # each sign begins with a plain letter, to which re skips; no letter may stand before it
    r"(?P<sign>\$|£|€|₹|U(?<!\wU)S\$|H(?<!\wH)K\$|A(?<!\wA)\$|C(?<!\wC)\$|R(?<!\wR)s\.? ?|I(?<!\wI)NR ?"
    r"|E(?<!\wE)UR ?|G(?<!\wG)BP ?|U(?<!\wU)SD ?)"
    r"(?P<n>\d{1,3}(?:,\d{2,3}){1,5}(?:\.\d{1,2})?|\d{1,12}(?:\.\d{1,3})?)"
    r"(?:[ -]?(?P<unit>million|billion|trillion|thousand|crores?|lakhs?|bn|m|k)\b)?"
)
_UP_TO = re.compile(r"(?: to | and | or |[-–])[$£€]?\d[\d.]{0,6} (?P<unit>million|billion|trillion)\b")
_VIOLATION = re.compile(r" (?:for|per) (?:the |each |a |any )?(?:\w+ )?(?:violation|offen[sc]e)")
_CURRENCY = {
    "$": "USD",
    "US$": "USD",
    "£": "GBP",
    "€": "EUR",
    "₹": "INR",
    "Rs": "INR",
    "HK$": "HKD",
    "A$": "AUD",
    "C$": "CAD",
}
_UNIT = {
    "thousand": 10**3, "k": 10**3, "lakh": 10**5, "lakhs": 10**5, "million": 10**6,
    "m": 10**6, "crore": 10**7, "crores": 10**7,
    "billion": 10**9, "bn": 10**9, "trillion": 10**12,
}  # fmt: skip
_VERBS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("fine", re.compile(r"\b(?:[Ff]ine[ds]?|[Pp]enalt\w+|punish\w+|forfeit\w*|damages)\b")),
    ("limit", re.compile(
        r"(?:\b(?:[Nn]ot (?:to )?exceed(?:ing)?|[Nn]o more than|[Nn]ot more than|at most|up to"
        r"|maximum|cap(?:ped)?|[Ll]imit(?:s|ed)?|[Aa]t least|less than|more than|in excess of"
        r"|minimum|threshold)) (?:of )?$")),
    ("funding", re.compile(
        r"\b(?:[Aa]ppropriat\w+|[Gg]rant(?:s|ed)?|[Ff]und(?:s|ed|ing)?|[Aa]ward\w*|invest\w*|allocat\w+"
        r"|subsid\w+|earmark\w*|loans?|budget\w*|receive[sd]?|provid\w+|support)\b")),
    ("fee", re.compile(
        r"\b(?:[Ff]ees?|charge[sd]?|pay(?:s|able|ment)?|price[sd]?|fares?|rent|tax\w*|wages?"
        r"|salar\w+|credits?|deduction|compensation|benefits?|insurance|deposits?)\b")),
    ("cost", re.compile(
        r"\b(?:cost\w*|spen[dt]\w*|expen\w+|worth|value[ds]?|contract|sav(?:e|es|ed|ing|ings))\b")),
)  # fmt: skip
_TARGET = re.compile(
    r"\b(?P<verb>at least|no (?:less|fewer|more) than|not (?:less|fewer|more) than|(?:increas"
    r"|reduc|cut|rais|lower|decreas|improv|expand|limit)\w* (?:[\w'’-]+ ){0,8}?(?:by|to)"
    r"|up to|a minimum of|a target of|target of|reach(?:es|ing)?|achiev\w+|(?:deliver|build"
    r"|creat|provid|train|recruit|support)\w* (?:up to |at least |around |an additional "
    r"|another )?)"
    r" ?(?P<value>\d{1,3}(?:,\d{3})*(?:\.\d{1,2})?(?: (?:million|billion|thousand))? ?(?:%"
    r"|percent|per cent|percentage points|[a-z]{3,20}))"
)
_AIMS = re.compile(
    r"\b(?:shall|must|requir\w+|direct\w*|will|target\w*|goals?|aim\w*|commit\w*|by 20\d\d|pledg\w+)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<= )\d")
_LEADS = ("reach", "achiev", "deliver", "build", "creat", "provid", "train", "recruit", "support")
_LEADING = frozenset({"least", "than", "by", "to", "of", "around", "additional", "another"})
_FAR = 200  # characters that a verb may stand ahead of its value
_NO_MEASURE = re.compile(
    r"(?:days?|weeks?|months?|years?|hours?|minutes?|of|and|or|to|the|in|for|on|at|is|as|by"
    r"|million|billion|thousand)$"
)


def english_sums(text: str) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, type, value) of each sum; the nearest telling word before it gives the type."""
    for found in _SUM.finditer(text):
        left, right = english_bounds(text, found.start(), found.end())
        low = max(left, found.start() - 120)
        kind = (
            "fine"
            if _VIOLATION.match(text, found.end())
            else _type(text[low : found.start()])
            or _type_behind(text[found.end() : min(right, found.end() + 60)])
        )
        sign = found["sign"].strip(" .")
        unit = found["unit"] or _shared_unit(text, found)
        amount = float(found["n"].replace(",", "")) * _UNIT.get(unit, 1)
        yield (
            found.start(),
            found.end(),
            kind,
            f"{_CURRENCY.get(sign, sign)} {amount:.2f}".removesuffix(".00"),
        )


def _shared_unit(text: str, found: re.Match[str]) -> str:
    """The unit of the second sum in 'from $10 to $30 million', when the first is a plain small number."""
    joined = _UP_TO.match(text, found.end())
    return joined["unit"] if joined is not None and "," not in found["n"] and len(found["n"]) < 4 else ""


def _type(before: str) -> str:
    """penalty and limit outrank; else the word nearest to the sum."""
    places = []
    for name, pattern in _VERBS:
        hits = list(pattern.finditer(before))
        if hits and name in ("fine", "limit"):
            return name
        if hits:
            places.append((hits[-1].start(), name))
    return max(places)[1] if places else ""


def _type_behind(behind: str) -> str:
    hits = [(found.start(), name) for name, pattern in _VERBS if (found := pattern.search(behind))]
    return min(hits)[1] if hits else "sum"


def english_targets(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, value) of each quantity that a sentence with an aim or an obligation sets."""
    for found in within(_TARGET, text, _values(text), _FAR, 40):
        value = found["value"]
        if _NO_MEASURE.search(value):
            continue
        left, right = english_bounds(text, found.start(), found.end())
        if _AIMS.search(text, left, right):
            yield found.start(), found.end(), " ".join(value.split())


def _values(text: str) -> Iterator[int]:
    """Where digits stand behind a word that can lead to a target: at least 25, by 25, recruit 25."""
    for found in _DIGITS.finditer(text):
        at = found.start() - 1
        led = text[text.rfind(" ", max(0, at - 30), at) + 1 : at] if at > 0 else ""
        led = led.rpartition("\n")[2].lower()
        if led in _LEADING or led.startswith(_LEADS):
            yield found.start()


@Language.factory("gov_english")
class EnglishFactReader(Component):
    """Adds facts `number`, `deadline`, `money:<type>` and `target` to English documents alone."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name, self.language = name, nlp.lang

    def __call__(self, doc: Doc) -> Doc:
        if self.language != "en":
            return doc
        state = findings(doc)
        text = state.text[:MINED_CHARACTERS]
        places = []
        issued = state.document.written or state.document.published
        for start, end, kind, value in _facts(text, issued):
            left, right = english_bounds(text, start, end)
            sentence = text[left:right].strip()
            paragraph, inside = state.place(start)
            known = name_fact(state.document.document_id, f"{kind}:{value}", sentence)
            state.facts.append(
                Fact(known, kind, value, sentence, paragraph, inside, inside + end - start, RULE)
            )
            places.append((start, end, kind))
        mark(doc, places)
        return doc


def _facts(text: str, issued: date | None) -> Iterator[tuple[int, int, str, str]]:
    numbers = ((start, end, "number", value) for start, end, value in english_numbers(text))
    sums = ((start, end, f"money:{kind}", value) for start, end, kind, value in english_sums(text))
    targets = ((start, end, "target", value) for start, end, value in english_targets(text))
    limits = (
        (one.start, one.end, "deadline", one.due.isoformat() if one.due else one.printed)
        for one in english_limits(text, issued)
    )
    for one in (numbers, limits, sums, targets):
        yield from islice(one, MOST_FACTS)
