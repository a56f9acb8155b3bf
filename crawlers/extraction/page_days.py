"""Days in the lines of a page in many languages: printed or behind labels, told from days of other things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise

from crawlers.extraction.dates import find_dates
from crawlers.extraction.page_words import words

LINE = 130  # characters of a line that may be about a date
_BEFORE = 60  # characters before a date in which its label stands
_WORD = re.compile(r"[^\W\d_]+")
_WIDE = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")
_LITTLE = frozenset(["am", "on", "le", "el", "em", "op", "der", "vom", "of", "de"])  # stand before any date
_NOTE = 30  # characters behind a date that may say what the date is of
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "enero ene gennaio janeiro januari stycznia ledna janv jän",
            "febrero febbraio fevereiro februari lutego února févr",
            "marzo março maart mars marca března marts mär",
            "abril abr aprile kwietnia dubna avr",
            "mayo maggio maio mei maj maja května",
            "junio giugno junho juni czerwca června",
            "julio luglio julho juli lipca července juil",
            "agosto ago augustus augusti sierpnia srpna",
            "septiembre setiembre settembre setembro september września září",
            "octubre ottobre outubro oktober października října",
            "noviembre novembre novembro listopada listopadu",
            "diciembre dic dicembre dezembro grudnia prosince déc",
        ),
        start=1,
    )
    for name in names.split()
}
_OTHER_TONGUES = re.compile(
    r"(?<!\d)(\d{1,2})[.º°]?\s+(?:de\s+)?"
    rf"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?\s+(?:de\s+|del\s+)?(\d{{4}})\b",
    re.I,
)
_SPACED = re.compile(r"(?<!\d)(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{1,2})\.?\s+([^\W\d_]{3,10})\.?\s+['’](\d\d)(?!\d)")
_FIGURE = re.compile(r"\d(?:(?<=1)[89]\d\d|(?<=2)0\d\d| ?[./-] ?\d|(?<=[ '’]\d)\d\b)")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag"
    r"|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves"
    r"|viernes|sábado|domingo|mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)\.?,?"
)
ON = r"(?:am|on|le|el|den|der|vom|the|em|il|op|dne)"
_BETWEEN = re.compile(rf"\s*[:：]?\s*(?:{ON}\s+)?(?:{WEEKDAY}\s+)?(?:(?:den|dem|the)\s+)?", re.I)
_HOUR = r"\d{1,2}(?:[:.h]\d\d)?\s*(?:[ap]\.?m\.?|uhr|h)?"
_HOURS = re.compile(rf"{_HOUR}\s*(?:-|–|—|to|bis|à|until)\s*{_HOUR}", re.I)
_TO = re.compile(
    rf"[\s,]*(?:{_HOUR})?\s*(?:-|–|—|~|/|to|until|through|and|bis|und|à|au|et|hasta|y|al|至|到)\s*(?:{ON}\s+)?(?:{WEEKDAY}\s+)?",
    re.I,
)
_HOURS_SAID = re.compile(r"\b[ap]\.?m\b|\buhr\b|\d[:h]\d\d", re.I)


@dataclass(frozen=True, slots=True)
class Day:
    """A date in a line: as printed, or in figures where the composer does not know its month's name."""

    text: str
    begin: int
    end: int


@lru_cache(maxsize=4096)
def days_in(line: str) -> tuple[Day, ...]:
    """The dates of a line in order."""
    if not (_FIGURE.search(line) and _DAY.search(line)) and "年" not in line:
        return ()
    found = [Day(line[begin:end], begin, end) for _, begin, end in find_dates(line)]
    for match in (*_OTHER_TONGUES.finditer(line), *_SPACED.finditer(line)):
        if any(one.begin < match.end() and match.start() < one.end for one in found):
            continue
        try:
            month = int(match[2]) if match[2].isdigit() else _MONTHS[match[2].lower()]
            value = date(int(match[3]), month, int(match[1]))
        except ValueError:
            continue
        found.append(Day(value.isoformat(), *match.span()))
    if not found and ("'" in line or "’" in line):
        for match in _SHORT_YEAR.finditer(line):
            for value, _, _ in find_dates(f"{match[1]}. {match[2]} 20{match[3]}")[:1]:
                found.append(Day(value.isoformat(), *match.span()))
    return tuple(sorted(found, key=lambda one: one.begin))


def labelled_days(lines: Sequence[str], labels: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Label and date where a date stands right behind a label, in its line or in the next one."""
    pattern = _label_pattern(tuple(labels))
    for line, following in zip(lines, (*lines[1:], ""), strict=False):
        if not _may_hold(line, following, _last_words(tuple(labels))):
            continue
        for match in pattern.finditer(line):
            rest = line[match.end() :]
            rest = rest if rest.strip(" :：") else following
            found = days_in(rest[:80])
            if found and _BETWEEN.fullmatch(rest[: found[0].begin]) and not is_stretch(rest):
                yield match[1] or match[2], found[0].text


def _may_hold(line: str, following: str, last: frozenset[str]) -> bool:
    """Whether one of the words before a date ends a label; asked first, as most dates have none."""
    days = days_in(line)
    before = [line[max(0, day.begin - _BEFORE) : day.begin] for day in days[:4]]
    if not days and len(line) <= _BEFORE and days_in(following):
        before = [line]
    return any(_WIDE.search(one) or not last.isdisjoint(_WORD.findall(one.casefold())[-6:]) for one in before)


@cache
def _last_words(labels: tuple[str, ...]) -> frozenset[str]:
    told = ([one for one in _WORD.findall(label.casefold()) if one not in _LITTLE] for label in labels)
    return frozenset(found[-1] for found in told if found)


@cache
def _label_pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in sorted(labels, key=len, reverse=True))
    said = "|".join(one for one in names.split("|") if r"\s" in one) or names  # may stand in a sentence
    first = rf"(?:^|[|•·,;()（–—\-/\t\]】]\s*|\d\s+)({names})|(?<!\w)({said})"
    return re.compile(rf"(?:{first})(?=[\s:：]|\d|$)", re.I)


def is_stretch(line: str) -> bool:
    """Whether a line tells from when to when, in days or hours, as of a meeting."""
    found = days_in(line)
    if any(_TO.fullmatch(line[one.end : other.begin]) for one, other in pairwise(found)):
        return True
    rest = list(line)
    for one in found:
        rest[one.begin : one.end] = " " * (one.end - one.begin)
    hours = "".join(rest)
    return bool(_HOURS_SAID.search(hours) and _HOURS.search(hours))


def is_of_another(line: str, day: Day) -> bool:
    """Whether a line's date is that of an event, law, deadline or change; brackets behind it do not count."""
    behind = re.split(r"[(|;•·]", line[day.end :])[0]
    behind = behind if len(behind) <= _NOTE else ""  # longer ones are headlines
    return any(_other_pattern().search(part) for part in (line[: day.begin], behind))


@cache
def _other_pattern() -> re.Pattern[str]:
    names = {*words()["dates"]["other"], *words()["dates"]["modified"]}
    joined = "|".join(re.escape(one) for one in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)|截止|施行|实施|生效", re.I)


def own_day(line: str) -> Day | None:
    """The first date of a short line, unless it is another's or begins a stretch."""
    found = days_in(line) if len(line) <= LINE else []
    if not found or is_stretch(line) or is_of_another(line, found[0]):
        return None
    return found[0]


def is_labelled(line: str, day: Day, above: str) -> bool:
    """Whether a label stands before a date; were it one of publication, it had been read as such."""
    return (line[: day.begin].strip() or above).endswith((":", "："))
