"""The tables `[list]`, `[fields]` and `[options]` of a source file: known names, sound selectors, patterns.

A name that no reader asks for would be passed over in silence, and a selector that cannot be read would stop
every reading of the source; both are refused when the file is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from crawlers.extraction.link_template import fault_of
from crawlers.platforms.options import EVERYWHERE, OPTIONS, PATTERNS, WHOLE_NUMBERS

LIST_KEYS: tuple[str, ...] = ("item", "link", "title", "date", "next", "link_template")
FIELD_KEYS: tuple[str, ...] = (
    *("title", "body", "published", "issuer", "doc_number", "index_number", "topic", "topic_scheme"),
    *("written", "effective", "expires", "doc_type", "validity", "keywords", "site_code", "site_name"),
    *("column", "jurisdiction", "description", "updated", "change_note", "withdrawn"),
    *("docket", "rin", "cfr", "comments_close"),
)


def tables_fault(
    platform: str,
    listed: Mapping[str, str],
    fields: Mapping[str, str],
    options: Mapping[str, str | int],
) -> str | None:
    """The first fault as a sentence without its full stop; None when the three tables are sound.

    Options of an unknown platform are not judged; that the platform is unknown is told elsewhere.
    """
    for table, given, known in (("list", listed, LIST_KEYS), ("fields", fields, FIELD_KEYS)):
        selectors = {key: value for key, value in given.items() if key != "link_template"}
        fault = _unknown(table, given, known, f"[{table}]") or _selectors(table, selectors)
        if fault:
            return fault
    template = fault_of(listed["link_template"]) if "link_template" in listed else None
    if template:
        return f"[list] {template}"
    lonely = next((key for key in ("link", "title", "date") if key in listed and "item" not in listed), None)
    if lonely:
        return f"[list] {lonely} is looked for inside a row; write item too, a CSS selector of one row"
    if platform not in OPTIONS:
        return None
    known = (*OPTIONS[platform], *EVERYWHERE)
    return _unknown("options", options, known, platform) or _values(options)


def _unknown(table: str, given: Iterable[str], known: tuple[str, ...], owner: str) -> str | None:
    for key in given:
        if key not in known:
            near = get_close_matches(key, known, 1)
            meant = f"did you mean '{near[0]}'? " if near else ""
            return f"[{table}] {key} is not known; {meant}{owner} has {', '.join(sorted(known))}"
    return None


def _selectors(table: str, given: Mapping[str, str]) -> str | None:
    """A selector that the readers' parser refuses."""
    if not given:
        return None
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    empty = LexborHTMLParser("<p></p>")
    for key, selector in given.items():
        try:
            empty.css(selector)
        except SelectolaxError:
            return f"[{table}] {key} is no CSS selector ('{selector}'); write one such as 'ul.list li'"
    return None


def _values(options: Mapping[str, str | int]) -> str | None:
    for key, value in options.items():
        if key in WHOLE_NUMBERS and not str(value).isdigit():
            return f"the [options] do not fit ({key} is '{value}', no whole number); correct it"
        if key in PATTERNS:
            try:
                re.compile(str(value))
            except re.error as error:
                return f"the [options] do not fit ({key} is no pattern: {error}); correct it"
    return None
