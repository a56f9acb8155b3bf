"""The day a page of unknown make was published, from labels, lines around the heading, dateline and address.

Publication goes before modification. The day of an event, a law or a deadline is none: a line that names one
of these, tells a stretch of days or hours, or stands on a page about an event, says nothing of publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from crawlers.extraction.gathered import Value
from crawlers.extraction.main_text import MainText
from crawlers.extraction.page import Page
from crawlers.extraction.page_days import (
    LINE,
    days_in,
    is_labelled,
    is_of_another,
    is_stretch,
    labelled_days,
    own_day,
)
from crawlers.extraction.page_days_aside import address, in_scripts, told_by_address
from crawlers.extraction.page_days_inferred import IS_FILE, inferred_last, inferred_stated, is_tied
from crawlers.extraction.page_words import plain_words, words
from crawlers.extraction.plain import one_line

_BESIDE = 70  # characters beside the date in a line that says when something was published
_SENTENCE = 25  # characters of a line with a full stop that is a sentence
_DATED = 150  # lines with days from the beginning and from the end that are looked at
_LEAD = 2  # sentences of a lead
_FEW, _CLOSE = 2, 3  # more days near the heading are a chronicle, but for one as few lines from the heading
_LABELLED = 250  # characters of a line in which a label is looked for
_FIRST = 16  # characters before a date that begins a line, such as a weekday
_ALONE = 12  # ... and in a line of nothing else
_DESCRIPTION = 200  # characters of a description or line that names a paper with its day
_PLACE = r"[^\W\d_a-zà-ÿ][\w.\-]*(?:(?:[ /-]|, | / )[^\W\d_a-zà-ÿ(][\w.\-)]*){0,4}(?: \([a-z]{1,5}\))?"
_DATELINE = re.compile(rf"^{_PLACE}(?:\s*[,/:–—-]\s*(?:(?:den|am|le|el|on)\b)?)?$")
_DATELINE_END = re.compile(r"^\s*(?:\)?\s*[-–—―|:/]|\)?\.\s)")
_MARKED_UP = ", ".join(
    ('[itemprop="datePublished"]', *(f'[property~="dc:{one}"]' for one in ("date", "created", "issued")))
)
_EVENT = {"when", "wann", "event date", "date and time", "quand", "cuándo", "event details", "活动时间"}


def page_dates(page: Page, main: MainText) -> list[Value]:
    """Every day that may be the page's own, each with the place it stood; the order of trust is compose's."""
    brief = _with_days(main)
    found = list(_told(page, brief))
    if found or is_event(page, main):
        return found + list(_changed(page, brief))
    return (
        list(in_scripts(page))
        or list(told_by_address(page.url, main))
        or list(_alone(brief.beside, _ALONE, most=1))
        or list(inferred_stated(brief, main.near))
        or list(_changed(page, brief))
        or list(inferred_last(page, brief, main.near))
    )


def _with_days(main: MainText) -> MainText:
    """The same with only short lines that have a day, and those before them: no rule asks for others."""

    def kept(lines: Sequence[str]) -> tuple[str, ...]:
        places = set(islice(_dated_places(lines, range(len(lines))), _DATED))
        if len(places) == _DATED:  # a table or archive of days: what says the page's own stands at either end
            places |= set(islice(_dated_places(lines, range(len(lines) - 1, -1, -1)), _DATED))
        return tuple(lines[at] for at in sorted({*places, *(at - 1 for at in places if at)}))

    return replace(main, near=kept(main.near), beside=kept(main.beside), lines=kept(main.lines))


def _dated_places(lines: Sequence[str], order: Iterable[int]) -> Iterator[int]:
    return (at for at in order if len(lines[at]) <= _LABELLED and days_in(lines[at]))


def _told(page: Page, main: MainText) -> Iterator[Value]:
    for label, day in labelled_days(_short(main.head, _LABELLED), words()["dates"]["published"]):
        yield Value("published", day, f"label:{label}")
    yield from _labelled_elsewhere(main)
    if not is_event(page, main):
        found = [*_times(page, main), *_near(main), *_dateline(main)]
        yield from found or _elsewhere(page, main)
        yield from address(page.url)


def _elsewhere(page: Page, main: MainText) -> Iterator[Value]:
    """Days that stand farther from the heading, or in the midst of a line."""
    yield from _today(main)
    yield from _named_by_day(page, main)
    yield from _alone(main.dated, _BESIDE)
    yield from _alone([line for line in main.near if line not in main.rows], _ALONE)


def _changed(page: Page, main: MainText) -> Iterator[Value]:
    """Days of the last change, for pages that name no other."""
    for label, day in labelled_days(_short(main.lines, _LABELLED), words()["dates"]["modified"]):
        yield Value("published", day, f"modified:{label}")
    changed = page.meta("modified")
    if changed:
        yield Value("published", changed, "modified:meta")


def is_event(page: Page, main: MainText) -> bool:
    """Whether the page is about a meeting or event: what it says of days is when that takes place."""
    path = re.split(r"[/?#]", page.url.split("//", 1)[-1].lower())[1:-1]
    begins = [value for value in page.metadata if value.field == "begins"]  # several are a list beside a text
    if set(path) & set(words()["dates"]["event_paths"]) or len(begins) == 1:
        return True
    return any(plain_words(line) in _EVENT for line in main.head if len(line) <= 30)


def _short(lines: Sequence[str], most: int = LINE) -> list[str]:
    return [line for line in lines if len(line) <= most]


def _labelled_elsewhere(main: MainText) -> Iterator[Value]:
    """Labels below the text or in the column beside it; all must agree."""
    for lines in (main.near, main.beside):
        found = list(labelled_days(_short(lines), words()["dates"]["published"]))
        if len({day for _, day in found}) == 1:
            yield Value("published", found[0][1], f"label:{found[0][0]}")
            return


def _times(page: Page, main: MainText) -> Iterator[Value]:
    """Elements marked up as dates around the heading, where those of cards and menus do not stand."""
    for tag in page.tree.css(_MARKED_UP)[:20]:
        when = one_line(tag.attributes.get("content") or tag.attributes.get("datetime"))
        text = one_line(tag.text(deep=True)) or ""
        if (when or text) and (tag.tag == "meta" or any(text in line for line in _short(main.head))):
            yield Value("published", when or text, "time:published")
            break
    for tag in page.tree.css("time")[:20]:
        text = one_line(tag.text(deep=True)) or ""
        when = one_line(tag.attributes.get("datetime")) or text
        near = [line for line in _short(main.head) if text and text in line]
        days = [day for line in near for day in days_in(line)[:1] if is_of_another(line, day)]
        if near and not days and not any(map(is_stretch, near)):
            yield Value("published", when, "time")


def _near(main: MainText) -> Iterator[Value]:
    """A short line with a date of its own, below the heading before any above it; no line of a chronicle."""
    at = next((n for n, line in enumerate(main.head) if line == main.heading), 0)
    found = []
    for place in (*range(at + 1, _text_from(main.head, at)), *range(at - 1, -1, -1), at):
        line = main.head[place] if place < len(main.head) else ""
        day = own_day(line)
        if (
            day is None
            or IS_FILE.search(line)
            or (day.begin > _FIRST and len(line) - (day.end - day.begin) > _BESIDE)
        ):
            continue
        sentence = line[-1] == "." and len(line) > _SENTENCE
        if line[-1] in "!?。" or (sentence and (day.begin > _FIRST or is_tied(line, day))):
            continue
        if not is_labelled(line, day, main.head[place - 1] if place and place - 1 != at else ""):
            found.append((abs(place - at), day.text))
    chronicle = len({day for _, day in found}) > _FEW
    close = [day for distance, day in found if not chronicle or distance <= _CLOSE]
    if close:
        yield Value("published", close[0], "near")


def _text_from(lines: Sequence[str], heading: int) -> int:
    """The line where, behind a lead of two sentences, the text has begun; days below are told by its foot."""
    sentences = 0
    for place in range(heading + 1, len(lines)):
        sentences += len(lines[place]) >= _BESIDE and lines[place][-1] in ".!?"
        if sentences > _LEAD:
            return place
    return len(lines)


def _dateline(main: MainText) -> Iterator[Value]:
    """Place and day with which the text begins: Bern, 12.05.2021 - Der Bundesrat ..."""
    for line in main.paragraphs[:2]:
        found = days_in(line[:90])
        before = line[: found[0].begin].strip("( ") if found else ""
        if found and (not before or _DATELINE.match(before)) and _DATELINE_END.match(line[found[0].end :]):
            yield Value("published", found[0].text, "near:dateline")
            return


def _today(main: MainText) -> Iterator[Value]:
    """A text that says which day its "today" is: heute (12. Mai 2021)."""
    for line in main.paragraphs[:4]:
        for word in _today_pattern().finditer(line):
            found = days_in(line[word.end() : word.end() + 60])
            if found and found[0].begin <= 25:
                yield Value("published", found[0].text, "near:today")
                return


@cache
def _today_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words()['dates']['today']))})\b", re.I)


def _named_by_day(page: Page, main: MainText) -> Iterator[Value]:
    """Papers named with their day in description, window title or a short line: Meldung vom 3. Mai."""
    window = page.tree.css_first("title")
    described = (page.meta("description"), window.text(deep=True) if window else None)
    for line in [line for line in (*described, *main.near) if line and len(line) <= _DESCRIPTION]:
        found = days_in(line)
        if len(found) == 1 and _named_pattern().search(line[: found[0].begin]):
            yield Value("published", found[0].text, "near:name")
            return


@cache
def _named_pattern() -> re.Pattern[str]:
    names = "|".join(map(re.escape, words()["dates"]["named_by_day"]))
    number = r"(?:\s+(?:nr|no|n°)?\.?\s*[\d/]+)?"
    return re.compile(rf"(?:{names})\w*{number},?\s+(?:vom|am|of|dated|from|du|del)\s+$", re.I)


def _alone(lines: Sequence[str], beside: int, most: int = _FEW + 1) -> Iterator[Value]:
    """The day that lines with little else tell: the only one, or the first of very few."""
    days: dict[str, None] = {}
    for line, above in zip(lines, ("", *lines), strict=False):
        first = next(iter(days_in(line)), None) if len(line) <= LINE else None
        if first is None or len(line) - (first.end - first.begin) > beside:
            continue
        if own_day(line) and not is_labelled(line, first, above):
            days[first.text] = None
    if 0 < len(days) <= most:  # more are those of other pages
        yield Value("published", next(iter(days)), "near:alone")
