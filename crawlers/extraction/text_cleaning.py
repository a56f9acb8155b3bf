"""What goes within the text's own place: repeated title, lists of links, tools, what leads elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crawlers.extraction.dates import find_dates
from crawlers.extraction.page_blocks import Element, PageTree, Run
from crawlers.extraction.page_days import labelled_days
from crawlers.extraction.page_words import (
    is_boiler_heading,
    is_furniture_line,
    names_annex,
    names_page,
    plain_words,
    words,
)

_LINK_LIST = 0.6  # share of links in a list or table that only leads elsewhere
_SECTION = 300  # characters of sentences that keep a section under a heading such as "More information"
_SENTENCES = 140
_SENTENCE = 60  # ... and of the first sentence of a text
_LINK_LINE = 200  # characters of a line of links at most
_CELL = 600  # characters of a cell of data; what is longer places text
_HEAD_LINES = 30  # lines in which title and tools of a text stand
_END_LINES = 12  # lines in which the day of the last change stands
_HEAD_PART = 0.1  # of the sentences may stand before the heading and go
_BESIDE_DATE = 40  # characters beside a date in a line that only says when and what kind
_LISTS = frozenset(["ul", "ol", "dl", "table", "div", "section", "details"])
_FILE_INFO = re.compile(
    r"\b(?:pdf|docx?|xlsx?|pptx?|odt|ods|zip|csv|rtf)\b[^\w.]{0,6}[\d.,]*\s*(?:[kmg]i?[bo]\b|bytes|seiten|pages|页)"
    r"|\b[\d.,]+\s*[kmg]i?[bo]\b[^\w]{0,4}(?:pdf|docx?|xlsx?)\b|\b(?:pdf|docx?|xlsx?)\b[^\w]{0,6}$",
    re.I,
)


def clean(
    tree: PageTree, place: Element, heading: Run | None, names: Sequence[str], *, links: bool = False
) -> None:
    """Mark what is no text in the text's place; `names` are what window and meta tags call the page.

    `links`: the page says little else, so lists and lines of links stay.
    """
    runs = [run for run in tree.runs if place.begin <= run.begin < place.end and not run.dropped]
    _drop_beginning(runs, place, heading, names)
    if not links:
        _drop_sections([run for run in runs if not run.dropped])
        _drop_link_lists(place, runs)
    last = max((n for n, run in enumerate(runs) if run.prose and not run.dropped), default=0)
    for number, run in enumerate(runs):
        leads_on = not links and _only_leads_on(run, place, below=number > last)
        at_end = number > max(last, len(runs) - _END_LINES)
        leads_on = leads_on or (at_end and _labels_a_day(run.text))
        if not run.dropped and (leads_on or is_furniture_line(run.text)):
            run.drop("tool")
    _drop_empty_headings([run for run in runs if not run.dropped])


def _drop_beginning(runs: Sequence[Run], place: Element, heading: Run | None, names: Sequence[str]) -> None:
    """The title, what stands above it, and the lines of date and kind between it and the first sentence."""
    if heading is not None and heading in runs:
        above = runs[: runs.index(heading)]
        if sum(run.prose for run in above) <= _HEAD_PART * place.prose:
            for run in above:
                run.drop("above the heading")
    plain = plain_words(heading.text) if heading else None
    for run in runs[:_HEAD_LINES]:
        level = run.level
        own = plain_words(run.text)
        named = own == plain or names_page(own, names)
        if run.prose >= _SENTENCE or (level > 1 and not named):
            break
        if level == 1 or named or _says_only_when(run.text):
            run.drop("title" if level else "head line")
    if heading is not None:
        heading.drop("title")


def _says_only_when(text: str) -> bool:
    if len(text) > 120 or text[-1] in ".。;；":
        return False
    dates = find_dates(text)
    return bool(dates) and len(text) - sum(end - begin for _, begin, end in dates) <= _BESIDE_DATE


def _drop_sections(runs: Sequence[Run]) -> None:
    """Sections under headings of what leads elsewhere, and the links under a bold line of that kind."""
    for place, run in enumerate(runs):
        if run.dropped or not is_boiler_heading(run.text):
            continue
        level = run.level
        section = _section(runs[place + 1 :], level)
        if level and sum(one.prose for one in section) >= _SECTION:
            continue
        for one in (run, *section):
            one.drop("section")


def _section(runs: Iterable[Run], level: int) -> list[Run]:
    found = []
    for run in runs:
        own = run.level
        if (own and own <= (level or 6)) or (not level and run.prose >= _SENTENCES):
            break
        found.append(run)
    return found


def _drop_link_lists(place: Element, runs: Sequence[Run]) -> None:
    before = {id(run): runs[n - 1] if n else None for n, run in enumerate(runs)}
    for element in place.walk(lambda one: not one.dropped):
        if element is place or element.tag not in _LISTS or not element.chars:
            continue
        if element.linked < _LINK_LIST * element.chars or element.prose >= _SENTENCES:
            continue
        first = next((run for one in element.walk() for run in one.runs), None)
        last = before.get(id(first)) if first else None
        if not any(run is not None and names_annex(run.text) for run in (first, last)):
            element.drop("links")


def _labels_a_day(text: str) -> bool:
    """Whether a line below the text only says when the page was published or changed."""
    if len(text) > 80:
        return False
    said = words()["dates"]
    return any(True for labels in ("published", "modified") for _ in labelled_days([text], said[labels]))


def _only_leads_on(run: Run, place: Element, *, below: bool) -> bool:
    """Whether a line is a download or nothing but links; among lines of text only in a block of its own."""
    if not run.linked or run.chars > _LINK_LINE or names_annex(run.text) or _in_data(run, place):
        return False
    if run.is_link:
        block = run.block
        return below or (block is not place and 10 * block.linked >= 9 * block.chars)
    return 2 * run.linked > run.chars / 2 and _FILE_INFO.search(run.text) is not None


def _in_data(run: Run, place: Element) -> bool:
    for element in (run.block, *run.block.ancestors()):
        if element is place:
            return False
        if element.tag in ("td", "th"):
            return element.chars < _CELL
    return False


def _drop_empty_headings(runs: Sequence[Run]) -> None:
    """Headings under which nothing is left."""
    empty_from = 0  # seen from behind: the level from which on a heading has nothing beneath it
    for run in reversed(runs):
        level = run.level
        if not level:
            empty_from = 7
        elif level >= empty_from:
            run.drop("empty heading")
        else:
            empty_from = level
