"""The day of a page that states none, told by what its text says; the origin says so (`inferred:...`).

A sentence that something was published that day; author or body with a day below the text; place and day of a
signature; six figures that begin the address; a report that begins with the day on which it happened. What a
law, an event, a deadline or a cited paper ties a day to is never taken, and days deep in a text are not
either: most of them are of what the page tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache

from crawlers.extraction.dates import find_date
from crawlers.extraction.gathered import Value
from crawlers.extraction.main_text import MainText
from crawlers.extraction.page import Page
from crawlers.extraction.page_days import (
    LINE,
    ON,
    WEEKDAY,
    Day,
    days_in,
    is_labelled,
    is_of_another,
    is_stretch,
)
from crawlers.extraction.page_words import plain_words, words
from crawlers.extraction.plain import is_chinese, one_line

_SENTENCE = 200  # characters of a line that says when it was published
_FOOT_LINES, _FOOT_LINE = 12, 80  # lines below the text with author and day, and their characters
_LEAD, _LEADS = 500, 2  # characters of a paragraph, and paragraphs, in which a report names its day
_TITLE, _BESIDE_TITLE = 16, 40  # letters of a title that is not repeated by chance; characters beside it
_BEHIND = 12  # characters behind a date that ends a line: an hour, a bracket
_END = re.compile(r"(?<![\d\s(])[.!?][\"“”»]?\s+(?=[^\W\d_a-zà-ÿ\"„“«])")  # of a sentence, not of "3. Mai"
_CITED = re.compile(r"(?:^|\s)(?:vom|dated|of|du|del|dal|van)\s+$", re.I)
_ON = re.compile(rf"(?:^|\s){ON}\s+$", re.I)
_ON_WEEKDAY = re.compile(rf"(?:^|[\s(]){WEEKDAY}\s*(?:\(|(?:den|dem|le)\s+)?(?:\(\s*)?$", re.I)
_BY = re.compile(r"[,|·•–—/-]\s*$")  # between a name and its day
IS_FILE = re.compile(r"\b(?:pdf|docx?|xlsx?|zip|[km]i?b)\b", re.I)
_SIX = re.compile(r"/(?:(\d{4})/(\d{1,2})/)?(\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[-_][^\W\d_]")
_FIRST = 16  # characters before a day with which a sentence begins
_EARLIEST = date(1994, 1, 1)  # before this day nothing was published on a page
_HOUR = re.compile(r"\b\d{1,2}(?:[:.]\d\d)?\s*(?:uhr|[ap]\.?m\b)|\d[:h]\d\d", re.I)
_SIGNED = re.compile(r"^[^\W\d_][\w .\-/]{1,40},\s*(?:(?:den|am|le|el)\s+)?$", re.I)
_PAST = re.compile(
    r"\b(?:hat|haben|hatte|ist|sind|war|waren|sprach|gab|traf|\w{3,}ten?|has|have|said|\w{3,}ed"
    r"|a|ont|est|sont|était|ha|han|fue|hanno|è)\b",
    re.I,
)
_PASSIVE = re.compile(r"\b(?:wurden?|was|were)\b", re.I)  # as often long ago as not


def inferred_stated(main: MainText, near: Sequence[str]) -> Iterator[Value]:
    """A day that a sentence or the foot of the text tells in words of its own; it goes before a change."""
    if is_chinese("".join(main.paragraphs[:5])):
        return
    found = _one("sentence", _published((*main.near, *main.beside)))
    found = found or _one("foot", _below(near)) or _one("listed", _beside_title(main))
    yield from found or _one("signed", (value.value for value in signed_date(main.paragraphs)))


def inferred_last(page: Page, main: MainText, near: Sequence[str]) -> Iterator[Value]:
    """What is left where no line speaks of publication or change: the address, and what the text reports."""
    in_address = _SIX.search(re.split(r"[?#]", page.url)[0])
    if in_address:
        year, month, *short = in_address.groups()
        if year is None or (year[2:], int(month)) == (short[0], int(short[1])):
            yield Value("published", f"20{short[0]}-{short[1]}-{short[2]}", "inferred:address")
            return
    if is_chinese("".join(main.paragraphs[:5])):
        return
    found = _one("changed", _changed(main.lines)) or _one("time", _marked_up(page, near))
    yield from found or _one("report", _reported(main.paragraphs))


def _one(origin: str, days: Iterable[str]) -> list[Value]:
    """The day, if all that speak of it agree."""
    found = [day for day in dict.fromkeys(days) if (find_date(day, "dmy") or _EARLIEST) > _EARLIEST]
    return [Value("published", found[0], f"inferred:{origin}")] if len(found) == 1 else []


def _published(lines: Sequence[str]) -> Iterator[str]:
    """Lines such as: This post was published in News on 3 May 2021 by the editor."""
    for line in lines:
        days = days_in(line) if len(line) <= _SENTENCE else ()
        if len(days) == 1 and _verb("publishing").search(line) and not is_tied(line, days[0]):
            yield days[0].text


def _changed(lines: Sequence[str]) -> Iterator[str]:
    """Lines such as: This page was last updated by the editor on 3 May 2021."""
    for line in lines:
        days = days_in(line) if len(line) <= _SENTENCE else ()
        if len(days) == 1 and _verb("changing").search(line) and not is_stretch(line):
            yield days[0].text


@cache
def _verb(name: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, words()["dates"][name]))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.I)


def _marked_up(page: Page, near: Sequence[str]) -> Iterator[str]:
    """What is marked up as a time anywhere in the text whose line prints no date: published on Friday."""
    for tag in page.tree.css("time[datetime]")[:20]:
        text = one_line(tag.text(deep=True)) or ""
        when = one_line(tag.attributes.get("datetime")) or ""
        if days_in(when) and any(text in line and not days_in(line) for line in near if len(line) <= LINE):
            yield days_in(when)[0].text


def _below(near: Sequence[str]) -> Iterator[str]:
    """Author, body or source with a day at the very end of what the page says."""
    lines = near[-_FOOT_LINES:]
    last = max((n for n, line in enumerate(lines) if len(line) > LINE), default=-1)
    for line in lines[last + 1 :]:
        days = days_in(line) if len(line) <= _FOOT_LINE and not IS_FILE.search(line) else ()
        if len(days) != 1 or line.startswith(("©", "Foto", "Bild", "Photo")):
            continue
        before, behind = line[: days[0].begin], line[days[0].end :]
        named = _BY.search(before) and not _PAST.search(before)
        if named and len(behind) <= _BEHIND and not is_tied(line, days[0]) and not is_stretch(line):
            yield days[0].text


def _beside_title(main: MainText) -> Iterator[str]:
    """A line of a menu, path or list that repeats the page's whole title with a day."""
    if not main.heading or len(main.heading) < _TITLE:
        return
    for line in main.lines:
        days = (
            days_in(line) if main.heading in line and line != main.heading and len(line) <= _SENTENCE else ()
        )
        rest = line.replace(main.heading, "")
        if (
            len(days) == 1
            and len(rest) <= _BESIDE_TITLE
            and all(not is_tied(rest, day) for day in days_in(rest))
        ):
            yield days[0].text


def signed_date(paragraphs: Sequence[str]) -> Iterator[Value]:
    """Place and day under a text: Berlin, den 3. Mai 2021."""
    for line in paragraphs[-8:]:
        found = days_in(line) if len(line) <= 80 else []
        alone = len(found) == 1 and not plain_words(line[found[0].end :])
        if alone and _SIGNED.match(line[: found[0].begin]):
            yield Value("written", found[0].text, "body")
            return


def _reported(paragraphs: Sequence[str]) -> Iterator[str]:
    """The day with which a report begins: on a weekday that is named, else in its very first sentence."""
    by_weekday: dict[str, None] = {}
    first: dict[str, None] = {}
    for number, line in enumerate(paragraphs[:_LEADS]):
        text = line[:_LEAD]
        for begin, end in _sentences(text):
            sentence = text[begin:end]
            for day in days_in(sentence):
                if is_tied(sentence, day) or is_stretch(sentence) or _HOUR.search(sentence):
                    continue
                if _ON_WEEKDAY.search(sentence[: day.begin]):
                    by_weekday[day.text] = None
                elif number == begin == 0 and _is_told(sentence, day):
                    first[day.text] = None
    yield from by_weekday or first


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for match in _END.finditer(text):
        yield begin, match.end()
        begin = match.end()
    yield begin, len(text)


def _is_told(sentence: str, day: Day) -> bool:
    """Whether something is said to have happened on the day: "on" stands before it, and the tense is past."""
    if not _ON.search(sentence[: day.begin]):
        return False
    passive = _PASSIVE.search(sentence) is not None
    return day.begin <= _FIRST if passive else _PAST.search(sentence) is not None


def is_tied(sentence: str, day: Day) -> bool:
    """Whether a sentence gives its day to a law, an event to come, a deadline, a cited paper or long ago."""
    before = sentence[: day.begin]
    if _CITED.search(before) or is_labelled(sentence, day, "") or is_of_another(sentence, day):
        return True
    return bool(_verb("tying").search(sentence))
