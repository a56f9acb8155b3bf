"""Time limits in English sentences that oblige: dates, periods from an event, days of every year.

Every limit hangs on a fixed word (by, before, within, later than …); these are looked up as plain strings,
and only around them is anything matched. Several readers ask for the same text, which is read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import islice

from classify.components.dates import ENGLISH_DATE, MONTH, end_of, english_date
from classify.components.english_bare import bare_periods
from classify.components.english_period import EnglishLimit, event_before, period
from classify.components.english_places import KEPT
from classify.components.english_recurring import recurring
from classify.components.state import MOST_FACTS

__all__ = ["EnglishLimit", "english_limits"]

_LEFT, _RIGHT, _STEP, _INITIALS = 1_500, 320, 256, 6  # summaries of bills list long duties in one sentence
_OPEN = (
    "!have |has |open |accepted |runs |run |comments |applications |submissions |entries |nominations "
    "|responses |invited |apply |respond |extended |up "
)
_LEADS: tuple[tuple[str, str], ...] = (  # a word, and what may (or with ! must) stand before it
    ("by ", "on or |due "), ("before ", "on or "), ("later than ", "!no |not "),
    ("until ", _OPEN), ("through ", _OPEN), ("prior to ", ""), ("ahead of ", ""),
    ("closes on ", ""), ("closes at ", ""), ("deadline", ""), ("closing date", ""), ("due ", ""),
    ("ends on ", "!consultation |period "), ("end on ", "!will |shall |must "),
    ("close on ", "!consultation |consultations |applications |nominations |registration |bids "),
    ("within ", ""), ("more than ", "!no |not "), ("at least ", ""), ("less than ", "!no |not "),
    ("fewer than ", "!no |not "), ("in the first ", ""), ("have ", "!shall |will |you |must "),
)  # fmt: skip
_LED = tuple(
    (word, tuple(before.lstrip("!").split("|")) if before else (), before.startswith("!"))
    for word, before in _LEADS
)
_DATED = re.compile(
    r"(?:by|before|no later than|not later than|on or before|on or by|\w+ (?:until|through)"
    r"|prior to|ahead of|closes on|closes(?= at \d)|(?:\w+ )?(?:close|ends?) on|due(?: on| by)?"
    r"|(?:deadline|closing date)(?: (?:for|to)(?: [\w'’-]+){1,8}?)?(?: is| was| of| will be"
    r"| has been extended to|:)(?: now)?|on(?= [A-Z][a-z]{2,8} \d{1,2},? of each year))"
    r"(?: (?:midnight|noon|close of business"
    r"|(?:at )?\d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\.?)(?: \([^)]{1,12}\))?,?(?: on)?)?"
    r" \*{0,2}(?:\[[^\]\n]{1,24}\] ?)?(?:the (?:earlier|later|sooner) of )?"
    r"(?:(?:the )?(?:end|beginning|close|start|middle) of |(?:early|mid|late)[- ])?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur"
    r"|sun)day,? |(?:the )?(?:fiscal|calendar|school|academic) years? |FY ?|spring |summer "
    r"|autumn |winter |every |each |the (?=\d))?"
    rf"(?=\d{{1,2}}(?:st|nd|rd|th)? [A-Z]|\d{{1,2}}(?:st|nd|rd|th) of [A-Z]|{MONTH}\b|(?:19|20)\d\d\b"
    r"|\d{1,2}/\d{1,2}/20\d\d\b)",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(\d{1,2})/(\d{1,2})/(20\d\d)")
_PART_OF = re.compile(
    r"(?:by|before|no later than|not later than|on or before) (?:the (?:end|close|last "
    r"(?:working |business |calendar |school )?day) of (?:"
    r"(?:(?:the|this|each|every|that|any|such) )?(?:following |same |current |next )?"
    r"(?:calendar |fiscal |financial |school |academic )?(?:year|month|week|quarter)\b"
    r"(?: following each (?:calendar |fiscal )?(?:month|quarter|year))?"
    rf"|{MONTH}\b(?!,? \d)|(?:(?:the|this|that|each) )?Parliament\b|(?:spring|summer|autumn|winter)\b"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day (?:of )?every week"
    r"|business (?:on )?(?:the )?(?:following|next|same|each|every) (?:business |working )?day)"
    r"|the (?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|tenth|fifteenth|twentieth)"
    r" (?:working |business |calendar )?day of "
    rf"(?:(?:each|every|the following) (?:calendar )?(?:month|quarter)|{MONTH}\b(?! \d)))",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?P<y>(?:19|20)\d\d)(?:[-/]\d{2,4})?\b(?!,\d)")
_YEARLESS = re.compile(
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m1>{MONTH})"
    rf"|(?P<m2>{MONTH}) (?P<d2>\d{{1,2}}(?:st|nd|rd|th)?|first|fifteenth|thirtieth|thirty-first)"
    rf"|(?P<m3>{MONTH}))\b"
    rf"(?P<more>(?:,? and {MONTH} \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? (?:of )?(?:each"
    rf"|every|any|that|the (?:following|same|next)) (?:calendar |fiscal )?year(?: thereafter)?| thereafter)?)"
)
_OBLIGED = re.compile(
    r"\b(?:must|shall|should|is to|are to|required|requires?|requiring|requirements?|directs?|directing"
    r"|deadline|due|closes?|closing date|(?:have|has|runs) until"
    r"|submit|apply|complete|respond|comments|invited?|prohibits?|mandates?|needs? to|has to|have to|target"
    r"|commit\w*|aim\w*|expected|achiev\w+|ambition|pledge\w*|in place by|in order to"
    r"|(?:cut|cutting|reduc(?:e|ing)|increas(?:e|ing)|lower(?:ing)?)"
    r"\b[^.;\n]{0,60}\bby \d[\d.,]{0,5} ?(?:%|per ?cent)(?=.))(?:\b|(?<=%))",
    re.IGNORECASE,
)
_RULES = re.compile(r"\b(?:shall|must|should)\b(?! have\b)")
_DIRECTS = re.compile(r"\b(?:[Rr]equires|[Dd]irects|[Ii]nstructs|[Mm]andates)\b(?! that\b)")
_EARLIER = ("before", "prior to", "ahead of")
_PROMISED = re.compile(
    r"\b(?:[Ww]e(?! would)|[Gg]overnment|[Dd]epartment|[Aa]genc(?:y|ies)|[Cc]ouncils?|[Aa]uthorit(?:y"
    r"|ies)|[Mm]inisters?|Secretary|[Dd]irector|[Cc]ommission(?:er)?|[Bb]oard|Administration"
    r"|Office|[A-Z]{3,6}) (?:will|would|wants?)\b"
    r"|\bwill be (?:announced|made|taken|published|completed|delivered|issued|launched|introduced)\b"
)
_IMPERATIVE = re.compile(
    r"(?:Please )?(?:Order|Send|Submit|Apply|Reply|Return|Complete|Register|Check|Contact|Report|Respond|Tell"
    r"|Make|Pay|Book|Email|Comment|RSVP|Sign up|Enter)\b"
)
_NO_DAY = (
    "early",
    "mid",
    "late",
    "fiscal",
    "fy",
    "spring",
    "summer",
    "autumn",
    "winter",
    "school",
    "academic",
    "start",
    "beginning",
)
_PAST = re.compile(
    r"(?<!\bbe )(?:born|made|issued|granted|enacted|built|published|existing|begun|filed|convicted"
    r"|employed|served|occurr\w+|acquired|received|since|began|begins|in default|residing"
    r"|placed in service|constructed|manufactured|damaged|flooding|flooded"
    r"|entered into)(?: (?:on or|in|at))? $"
)


def english_limits(text: str, issued: date | None) -> Iterator[EnglishLimit]:
    """Limits of sentences that oblige; a day before the document itself is history, not a limit."""
    yield from _limits(text, issued)


@lru_cache(maxsize=KEPT)
def _limits(text: str, issued: date | None) -> tuple[EnglishLimit, ...]:
    found = (_read(text, start, issued) for start in _starts(text))
    known: dict[tuple[int, int], bool] = {}  # several limits of one sentence are asked about once
    kept = list(islice((one for one in found if one is not None and _obliges(text, one, known)), MOST_FACTS))
    reached = [(one.start, one.end) for one in kept]
    rest = (*bare_periods(text), *recurring(text))
    kept += [one for one in rest if not any(a < one.end and one.start < b for a, b in reached)]
    return tuple(sorted(kept[:MOST_FACTS], key=lambda one: (one.start, one.end)))


def _starts(text: str) -> list[int]:
    """Where a leading word begins, its own leading words included."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = text
    found: set[int] = set()
    for word, led, must in _LED:
        place = lowered.find(word)
        while place >= 0:
            if not led or not lowered.endswith(led, 0, place):
                if not must and not (place and lowered[place - 1].isalnum()):
                    found.add(place)
            elif not lowered[place - 1].isalnum():
                found.add(place - len(next(one for one in led if lowered.endswith(one, 0, place))))
            place = lowered.find(word, place + len(word))
    place = lowered.find(" of each year")
    while place >= 0:
        if (on := lowered.rfind(" on ", max(0, place - 24), place)) >= 0:
            found.add(on + 1)
        place = lowered.find(" of each year", place + 9)
    return sorted(found)[: 4 * MOST_FACTS]


def _read(text: str, start: int, issued: date | None) -> EnglishLimit | None:
    """The limit that begins at this place, or None."""
    lead = _DATED.match(text, start, start + 120)
    found = _dated(text, lead, issued) if lead is not None else None
    if found is not None:
        bygone = found.due is not None and issued is not None and found.due < issued
        return None if bygone and not _rules(text, found) else found
    part = _PART_OF.match(text, start, start + 80)
    if part is not None:
        return EnglishLimit(start, part.end(), part.group(), None)
    return period(text, start, issued) or event_before(text, start)


def _rules(text: str, found: EnglishLimit) -> bool:
    """A law that is amended years later still says what shall be done by a day, a bill whom it directs to."""
    left, right = _sentence(text, found.start, found.end)
    if _RULES.search(text, left, right) is not None:
        return True
    return (
        not found.printed.lower().startswith(_EARLIER)
        and _DIRECTS.search(text, left, found.start) is not None
    )


def _dated(text: str, lead: re.Match[str], issued: date | None) -> EnglishLimit | None:
    if _PAST.search(text, max(0, lead.start() - 24), lead.start()):
        return None
    whole = ENGLISH_DATE.match(text, lead.end(), lead.end() + 40)
    if whole is not None:
        return EnglishLimit(lead.start(), whole.end(), text[lead.start() : whole.end()], english_date(whole))
    short = _NUMERIC.match(text, lead.end())
    if short is not None:
        return EnglishLimit(
            lead.start(), short.end(), text[lead.start() : short.end()], _numeric_day(*short.groups())
        )
    year = _YEAR.match(text, lead.end())
    if year is not None:
        return EnglishLimit(
            lead.start(), year.end(), text[lead.start() : year.end()], _year_end(lead.group(), int(year["y"]))
        )
    day = _YEARLESS.match(text, lead.end(), lead.end() + 70)
    if day is None or (day["m3"] and not day["more"]):
        return None
    return EnglishLimit(lead.start(), day.end(), text[lead.start() : day.end()], None)


def _numeric_day(first: str, second: str, year: str) -> date | None:
    """06/30/2025 and 30/06/2025; None where either number may be the month."""
    small, large = sorted((int(first), int(second)))
    return end_of(int(year), small, large) if large > 12 or small == large else None


def _year_end(led: str, year: int) -> date | None:
    """The last day by which 'by 2020' or 'before 2020' is kept; seasons and fiscal years have none."""
    said = led.lower()
    if any(word in said for word in _NO_DAY):
        return None
    return end_of(
        year - 1 if said.startswith(("before", "prior", "ahead")) and "end of" not in said else year
    )


def _obliges(text: str, limit: EnglishLimit, known: dict[tuple[int, int], bool]) -> bool:
    bounds = left, right = _sentence(text, limit.start, limit.end)
    if bounds not in known:
        known[bounds] = any(
            found is not None
            for found in (
                _OBLIGED.search(text, left, right),
                _PROMISED.search(text, left, right),
                _IMPERATIVE.match(text, left),
            )
        )
    return known[bounds]


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence begins and ends; the stop of U.S. ends none. Endless ones are cut in steps."""
    low, high = max(0, (start - _LEFT) // _STEP * _STEP), (end + _RIGHT) // _STEP * _STEP + _STEP
    low = max(low, text.rfind("\n", low, start) + 1)
    stop = text.rfind(". ", low, start)
    for _ in range(_INITIALS):
        if stop <= low + 1 or not text[stop - 1].isupper() or text[stop - 2].isalpha():
            break
        stop = text.rfind(". ", low, stop)
    left = stop + 2 if stop >= 0 else low
    rights = [at for at in (text.find(". ", end, high), text.find("\n", end, high)) if at >= 0]
    while left < start and text[left] in " \t\n":
        left += 1
    return left, min(rights) + 1 if rights else min(high, len(text))
