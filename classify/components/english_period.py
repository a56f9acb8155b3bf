"""Periods and events that limit an act in English: within 60 days of enactment, before issuing a permit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from classify.components.dates import after

_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
NUMBER = (
    r"(?:\d{1,4}|(?:(?:one|two|three) hundred(?: and|,)? )?"
    rf"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -]{_ONES}\b)?|{_ONES}(?! hundred)"
    r"|ten|eleven|twelve|fourteen|fifteen|eighteen)|(?:one|two|three) hundred|a|an)"
)
_RANGE = rf"(?:(?:{NUMBER} to|\d{{1,3}} ?[-–]|between {NUMBER} and) ?)?"
UNIT = (
    r"(?:(?:business|working|calendar|consecutive|school|legislative)[ -])?(?:day|week|month"
    r"|year|hour|minute)s?"
)
_WITHIN = re.compile(
    r"(?P<led>[Ww]ithin|(?:[Nn]o|[Nn]ot) later than|(?:[Nn]o|[Nn]ot) more than|[Aa]t least"
    r"|(?:[Nn]o|[Nn]ot) less than|(?:[Nn]o|[Nn]ot) fewer than|[Ii]n the first|[Oo]n or before|[Bb]y)"
    rf"(?: (?:the )?(?:first|next|a period of|a maximum of|about|approximately|a|date (?:that|which) is))?"
    rf" (?:\[[^\]\n]{{1,20}}\] ?)?{_RANGE}(?P<n>{NUMBER})(?: ?\(\d{{1,4}}\))?[ -](?P<unit>{UNIT})"
    rf"(?P<run>['’]? (?:of|after|from|following|before|prior to|in advance of|in advance|thereafter"
    rf"|(?:prior |advance |written ){{0,2}}notice|prior)\b(?: (?P<event>[^.,;:()\n]{{0,80}}))?)?"
)
_GIVEN = re.compile(  # the board shall have 60 days from the notice to comment
    rf"(?P<all>(?:shall|will|must|you) have (?:up to |at least )?{NUMBER}(?: ?\(\d{{1,4}}\))?"
    r" (?:(?:business|working|calendar) )?(?:days|weeks|months)"
    r"(?: (?:from|after|of)[^.,;:()\n]{0,50}?)?)(?: in which)? to (?!\d)",
    re.IGNORECASE,
)
_FAILED = re.compile(r"\b(?:has|have|had|was|were|is|are|if) not (?:been )?\w+ $")
_NEEDS_RUN = ("no more", "not more", "at least", "no less", "not less", "no fewe", "not fewe")
_EARLY = ("before", "prior", "in advance", "advance", "written", "notice")
_PUBLISHED = re.compile(
    r"^(?:the )?(?:date of )?(?:the )?(?:publication|issue|issuance)(?: of this \w+)?$"
    r"|^(?:the )?(?:date of )?(?:the (?:publication|issue|issuance) of )?this (?:notice|order"
    r"|guidance|circular|letter|memorandum|policy|document|executive order)\b(?!'s eff)",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"(?:the )?(?:date of )?(?:the |a |an |such |any |his |her |their )?(?:first|prior|previous|last|initial"
    r"|preceding|immediately preceding)? ?(?:violation|offen[sc]e|conviction|discharge|birth"
    r"|death|occurrence)"
)
_SPAN = re.compile(r"^[Ww]ithin (?:the |a )")
EVENT_END = re.compile(
    r"(?<! on)(?<! upon) (?:which|who|that (?:would|will|shall|must)|shall|must|to|unless|if"
    r"|and (?:shall|must)|or (?:shall|must)|by|for|with|in a|in an|as) "
)
_SMALL = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "fourteen": 14, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_BEFORE = re.compile(
    r"(?:before|prior to)(?: (?:the|any|such|each|an?|its|his or her|their))?"
    r" (?:(?!being|going|coming|hearing|meeting|sitting|during|morning|evening|building|housing)\w{2,}ing\b"
    r"|(?:[\w-]+ ){0,2}?(?:issuance|commencement|expiration|submission|adoption|completion|start|beginning"
    r"|sale|installation|implementation|approval|transfer|termination|award|renewal|delivery|execution|purchase"
    r"|occupancy|demolition|disclosure|effective date)\b)[^.,;:()\n]{0,60}",
    re.IGNORECASE,
)
_BOUND = re.compile(r"\b(?:shall|must|requir(?:e|es|ed|ing)|directs|is to|are to)\b")
FORBIDDEN = re.compile(
    r"\b(?:not|no (?:person|employer|owner)|prohibit\w*|unlawful|cannot|may|nothing|bars?)\b", re.IGNORECASE
)
_LOOKS_BACK = re.compile(
    r"(?:immediately|existed|existing|in effect|days?|weeks?|months?|years?|hours?|time|not|than|even|ever"
    r"|made|issued|employed|occurring|occurred|incurred|enacted|filed|or|as) $"
)


@dataclass(frozen=True, slots=True)
class EnglishLimit:
    """A time limit with its place, and the day it ends when its start is known."""

    start: int
    end: int
    printed: str
    due: date | None


def period(text: str, start: int, issued: date | None) -> EnglishLimit | None:
    """The period that begins at this place: within 30 days after …, at least 14 days' notice."""
    found = _WITHIN.match(text, start, start + 240)
    if found is None:
        given = _GIVEN.match(text, start, start + 120)
        return EnglishLimit(start, given.end("all"), given["all"], None) if given is not None else None
    led, run = found["led"].lower(), (found["run"] or "").strip("'’ ")
    event = (found["event"] or "").strip()
    if led.startswith(_NEEDS_RUN) and text[max(0, start - 4) : start] == "for ":
        return None  # admitted for at least ten years prior to election: no limit
    if CONDITION.match(event) or found["unit"].startswith("minute") or not _runs(found, led, run):
        return None
    if _FAILED.search(text, max(0, start - 40), start) is not None:
        return None  # a payment that has not been received within 30 days: what happens, no limit
    count = _counted(found["n"].lower())
    unit = found["unit"].lower().removeprefix("calendar ")
    runs = led.startswith(("within", "no later", "not later")) and run.startswith(
        ("of", "after", "from", "following")
    )
    due = after(issued, count, unit) if runs and count and _PUBLISHED.match(event) else None
    end = found.end() if len(event) < 80 else found.start("event") + event.rfind(" ")
    if event and (stop := EVENT_END.search(found["event"])) is not None:
        end = min(end, found.start("event") + stop.start())
    return EnglishLimit(found.start(), end, found.group()[: end - found.start()].rstrip(), due)


def _counted(said: str) -> int | None:
    """120 for 'one hundred twenty' or 'one hundred and twenty'; None for a word that is no number."""
    if said.isdigit():
        return int(said)
    hundreds, _, rest = said.rpartition("hundred")
    parts = [
        _SMALL.get(word) for word in re.split(r"[ -]", rest.replace(",", " ").replace("and ", " ")) if word
    ]
    whole = [part for part in parts if part is not None]
    if len(whole) < len(parts) or not (parts or hundreds):
        return None
    return 100 * _SMALL.get(hundreds.strip(), 0) + sum(whole)


def _runs(found: re.Match[str], led: str, run: str) -> bool:
    """Some leading words make a limit only with the event that the period runs from or up to."""
    late = (*_EARLY, "after", "following", "from") if led.endswith("more than") else _EARLY
    if led == "by" and "date " not in found.group()[:16]:
        return False
    if led.startswith(_NEEDS_RUN):
        return run.startswith(late)
    if led.startswith(("no later", "not later", "on or", "by")) and not run:
        return False
    return bool(run) or not (found["n"] in ("a", "an") or _SPAN.search(found.group()))


def event_before(text: str, start: int) -> EnglishLimit | None:
    """before issuing a permit, where the words in front of it oblige; a ban until then is none."""
    found = _BEFORE.match(text, start, start + 160)
    if found is None or _LOOKS_BACK.search(text, max(0, start - 14), start):
        return None
    low = max(0, start - 200)
    low = max(low, *(text.rfind(sign, low, start) + 1 for sign in (". ", "\n", ";")))
    if _BOUND.search(text, low, start) is None or FORBIDDEN.search(text, low, start) is not None:
        return None
    if "effective date" in found.group() and "necessary" not in text[low:start]:
        return None
    stop = EVENT_END.search(text, start + 8, found.end())
    end = stop.start() if stop is not None else start + len(found.group().rstrip())
    return EnglishLimit(found.start(), end, text[found.start() : end], None)
