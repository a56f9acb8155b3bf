"""Time limits in English sentences that oblige: dates, periods from an event, days of every year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from classify.components.dates import ENGLISH_DATE, MONTH, after, end_of, english_date
from classify.components.sentence import english_bounds

_LED = (
    r"(?:by|before|no later than|not later than|on or before|on or by|(?:have|has|open"
    r"|accepted) until|prior to|ahead of|closes on|(?<=consultation )close on|due on|due by"
    r"|deadline (?:is|of|for \w+ is))"
)
_LIMIT = re.compile(
    rf"\b{_LED}"
    r"(?: (?:midnight|noon|close of business"
    r"|\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\.?)(?: \([^)]{1,12}\))?,?(?: on)?)?"
    r" (?:(?:the )?(?:end|beginning|close|start) of |(?:mon|tues|wednes|thurs|fri|satur"
    r"|sun)day,? |(?:the )?(?:fiscal|calendar|school|academic) years? |FY ?|spring |summer "
    r"|autumn |winter |every |each |the (?=\d))?"
    rf"(?=\d{{1,2}}(?:st|nd|rd|th)? [A-Z]|\d{{1,2}}(?:st|nd|rd|th) of [A-Z]|{MONTH}\b|(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
_PART_OF = re.compile(
    r"\b(?:by|before|no later than|not later than|on or before) (?:the end of (?:the|this"
    r"|each|every) (?:calendar |fiscal |financial |school )?(?:year|month|week|quarter"
    r"|Parliament)\b|the end of (?:spring|summer|autumn|winter)\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?P<y>(?:19|20)\d\d)(?:[-/]\d{2,4})?\b(?!,\d)")
_YEARLESS = re.compile(
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m1>{MONTH})"
    rf"|(?P<m2>{MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?|(?P<m3>{MONTH}))\b"
    rf"(?P<more>(?:,? and {MONTH} \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? (?:of )?(?:each"
    rf"|every) (?:calendar |fiscal )?year(?: thereafter)?| thereafter)?)"
)
_NUMBER = (
    r"(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen"
    r"|eighteen|twenty|twenty-one|thirty|forty-five|forty|sixty|ninety"
    r"|(?:one|two|three) hundred(?: (?:and )?(?:ten|twenty|eighty|fifty|sixty|sixty-five))?|a|an)"
)
_UNIT = (
    r"(?:(?:business|working|calendar|consecutive|school|legislative)[ -])?(?:day|week|month"
    r"|year|hour|minute)s?"
)
_WITHIN = re.compile(
    r"\b(?P<led>[Ww]ithin|(?:[Nn]o|[Nn]ot) later than|(?:[Nn]o|[Nn]ot) more than|[Aa]t least"
    r"|(?:[Nn]o|[Nn]ot) less than|(?:[Nn]o|[Nn]ot) fewer than|[Ii]n the first)"
    rf"(?: (?:the )?(?:first|next|a period of|a maximum of|about|approximately|a))?"
    rf" (?P<n>{_NUMBER})(?: ?\(\d{{1,4}}\))?[ -](?P<unit>{_UNIT})(?P<run> (?:of|after|from"
    rf"|following|before|prior to|in advance of"
    rf"|thereafter)\b(?: (?P<event>[^.,;:()\n]{{0,80}}))?)?"
)
_NEEDS_RUN = ("no more", "not more", "at least", "no less", "not less", "no fewe", "not fewe")
_OBLIGED = re.compile(
    r"\b(?:must|shall|should|is to|are to|required|requires?|requiring|directs?|directing"
    r"|deadline|due|closes?"
    r"|submit|apply|complete|prohibits?|mandates?|need to|needs to|has to|have to|target"
    r"|commit\w*|aim\w*|expected|deadline)\b",
    re.IGNORECASE,
)
_PROMISED = re.compile(
    r"\b(?:[Ww]e|[Gg]overnment|[Dd]epartment|[Aa]genc(?:y|ies)|[Cc]ouncils?|[Aa]uthorit(?:y"
    r"|ies)|[Mm]inisters?|Secretary|[Cc]ommission(?:er)?|[Bb]oard|Administration"
    r"|Office) will\b"
)
_IMPERATIVE = re.compile(
    r"(?:Please )?(?:Order|Send|Submit|Apply|Reply|Return|Complete|Register|Check|Contact|Report|Respond|Tell"
    r"|Make|Pay|Book|Email|Comment|RSVP|Sign up|Enter)\b"
)
_PUBLISHED = re.compile(
    r"^(?:the )?(?:date of )?(?:the )?(?:publication|issue|issuance)(?: of this \w+)?$"
    r"|^(?:the )?(?:date of )?(?:the (?:publication|issue|issuance) of )?this (?:notice|order"
    r"|guidance|circular|letter|memorandum|policy|document|executive order)\b(?!'s eff)",
    re.IGNORECASE,
)
_NO_DAY = ("fiscal", "fy", "spring", "summer", "autumn", "winter", "school", "academic", "start", "beginning")
_PAST = re.compile(
    r"(?:born|made|issued|granted|enacted|built|published|existing|begun|filed|convicted"
    r"|employed|served|occurr\w+|acquired|received|placed in service|constructed"
    r"|entered into)(?: (?:on or|in|at))? $"
)
_CONDITION = re.compile(
    r"(?:the |a |an |such |any |his |her |their )?(?:first|prior|previous|last|initial"
    r"|preceding|immediately preceding)? ?(?:violation|offen[sc]e|conviction|discharge|birth"
    r"|death|occurrence)"
)
_SPAN = re.compile(r"^[Ww]ithin (?:the |a )")
_EVENT_END = re.compile(
    r"(?<! on)(?<! upon) (?:which|who|shall|must|to|unless|if|and (?:shall|must)|or (?:shall"
    r"|must)|by|for|with|in a|in an|as) "
)
_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "fourteen": 14, "fifteen": 15, "eighteen": 18, "twenty": 20, "twenty-one": 21,
    "thirty": 30,
    "forty": 40, "forty-five": 45, "sixty": 60, "ninety": 90,
    "one hundred twenty": 120, "one hundred eighty": 180, "one hundred and eighty": 180,
    "one hundred and twenty": 120, "one hundred fifty": 150,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EnglishLimit:
    """A time limit with its place, and the day it ends when its start is known."""

    start: int
    end: int
    printed: str
    due: date | None


def english_limits(text: str, issued: date | None) -> Iterator[EnglishLimit]:
    """Limits of sentences that oblige; a day before the document itself is history, not a limit."""
    for lead in _LIMIT.finditer(text):
        found = _dated(text, lead, issued)
        if found is not None and not (found.due and issued and found.due < issued) and _obliges(text, found):
            yield found
    for part in _PART_OF.finditer(text):
        found = EnglishLimit(part.start(), part.end(), part.group(), None)
        if _obliges(text, found):
            yield found
    for period in _WITHIN.finditer(text):
        found = _period(period, issued)
        if found is not None and _obliges(text, found):
            yield found


def _dated(text: str, lead: re.Match[str], issued: date | None) -> EnglishLimit | None:
    if _PAST.search(text, max(0, lead.start() - 24), lead.start()):
        return None
    whole = ENGLISH_DATE.match(text, lead.end(), lead.end() + 40)
    if whole is not None:
        return EnglishLimit(lead.start(), whole.end(), text[lead.start() : whole.end()], english_date(whole))
    year = _YEAR.match(text, lead.end())
    if year is not None:
        return EnglishLimit(
            lead.start(), year.end(), text[lead.start() : year.end()], _year_end(lead.group(), int(year["y"]))
        )
    day = _YEARLESS.match(text, lead.end(), lead.end() + 70)
    if day is None or (day["m3"] and not day["more"]):
        return None
    return EnglishLimit(lead.start(), day.end(), text[lead.start() : day.end()], None)


def _year_end(led: str, year: int) -> date | None:
    """The last day by which 'by 2020' or 'before 2020' is kept; seasons and fiscal years have none."""
    said = led.lower()
    if any(word in said for word in _NO_DAY):
        return None
    return end_of(
        year - 1 if said.startswith(("before", "prior", "ahead")) and "end of" not in said else year
    )


def _period(found: re.Match[str], issued: date | None) -> EnglishLimit | None:
    led, run = found["led"].lower(), (found["run"] or "").strip()
    event = (found["event"] or "").strip()
    if _CONDITION.match(event) or found["unit"].startswith("minute"):
        return None
    early = ("before", "prior", "in advance")
    late = (*early, "after", "following", "from") if led.endswith("more than") else early
    if led.startswith(_NEEDS_RUN) and not run.startswith(late):
        return None
    if led.startswith(("no later", "not later")) and not run:
        return None
    if (found["n"] in ("a", "an") or _SPAN.search(found.group())) and not run:
        return None
    count = _WORDS.get(found["n"].lower()) or (int(found["n"]) if found["n"].isdigit() else None)
    unit = found["unit"].lower().removeprefix("calendar ")
    runs = led.startswith(("within", "no later", "not later")) and run.startswith(
        ("of", "after", "from", "following")
    )
    due = after(issued, count, unit) if runs and count and _PUBLISHED.match(event) else None
    end = found.end() if len(event) < 80 else found.start("event") + event.rfind(" ")
    if event and (stop := _EVENT_END.search(found["event"])) is not None:
        end = min(end, found.start("event") + stop.start())
    return EnglishLimit(found.start(), end, found.group()[: end - found.start()].rstrip(), due)


def _obliges(text: str, limit: EnglishLimit) -> bool:
    left, right = english_bounds(text, limit.start, limit.end)
    return any(
        found is not None
        for found in (
            _OBLIGED.search(text, left, right),
            _PROMISED.search(text, left, right),
            _IMPERATIVE.match(text, left),
        )
    )
