"""Cellar, the store of the Publications Office of the EU: works by SPARQL, their texts by address.

A work (a regulation) has an expression in each language, an expression manifestations (XHTML, PDF), a
manifestation its files. One document is a work in one language; its lasting number is the work's Cellar
number with the language. The list is read month by month (see `cellar_query`); with `days` the
notifications are read too, which tell what was changed and what was taken away (see `cellar_feed`).

Options: `types` (codes of resource types: "REG DIR DEC"), `languages` ("ENG DEU"), `since` (a month,
2026-01; two months back when left out), `days` (of notifications, 0 when left out), `celex` (a pattern of
the numbers that notifications are looked up for), `control` (the number of a work that surely stands, by
which answers about deleted ones are tried), `size` (works of one answer), `endpoint`, `feed`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from crawlers.extraction.charset import decode
from crawlers.extraction.dates import instant_date
from crawlers.extraction.gathered import Gathered
from crawlers.extraction.plain import one_line, title_line
from crawlers.extraction.sniff import sniff
from crawlers.platforms import generic
from crawlers.platforms.base import ListPage, PageRequest
from crawlers.platforms.cellar_deleted import TWO, number_of, withdrawn_by
from crawlers.platforms.cellar_query import (
    DAYS,
    FORMATS,
    MONTHS,
    SORTED,
    STILL,
    VARIABLES,
    ask_clock,
    ask_feed,
    ask_month,
    months,
    place_of,
    query_of,
    turned,
    wanted,
    works_named,
)
from crawlers.platforms.hints import Hints
from crawlers.platforms.json_rows import MISSING, at, held_back, keys_of, open_answer
from crawlers.platforms.paging import LOST
from warehouse.records import Entry, Problem

name = "cellar"

KINDS = ("DELETE", "UPDATE", "CREATE")
_TYPES = {  # what the codes of the most frequent resource types stand for
    **{"REG": "Regulation", "DIR": "Directive", "DEC": "Decision", "RECO": "Recommendation"},
    **{"REG_IMPL": "Implementing regulation", "REG_DEL": "Delegated regulation"},
    **{"DIR_IMPL": "Implementing directive", "DIR_DEL": "Delegated directive"},
    **{"DEC_IMPL": "Implementing decision", "DEC_DEL": "Delegated decision"},
    **{"OPIN": "Opinion", "JUDG": "Judgment", "RES": "Resolution"},
}
_FIRST = "European Parliament"  # stands before the Council in acts of both
_FAULT = re.compile(r"Virtuoso\s+\w{5}\s+Error|SPARQL (?:compiler|query)", re.I)
_TOO_LONG = re.compile(r"S1T00|timed? ?out|estimated execution time|time limit", re.I)
_PAGE = "https://eur-lex.europa.eu/legal-content/{language}/TXT/?uri=CELEX:{celex}"
_ASKED = ", ".join(VARIABLES)
_DOC = re.compile(r"/DOC_(\d+)$")


@dataclass(slots=True)
class _Text:
    """A work in one language, as its rows tell it."""

    work: str
    language: str
    said: dict[str, str]
    types: list[str] = field(default_factory=list)
    issuers: list[str] = field(default_factory=list)
    items: list[tuple[int, int, str]] = field(default_factory=list)  # rank of the format, number, address


def start(hints: Hints) -> Sequence[PageRequest]:
    """What month it is at the endpoint; with `days` also what day, for the notifications."""
    follows = (ask_clock(DAYS, hints),) if wanted(hints, 0).days else ()
    return (ask_clock(MONTHS, hints), *follows)


def parse_list(body: bytes, url: str, hints: Hints) -> ListPage:
    """An answer of the endpoint, or a page of notifications."""
    return read_answer(body, url, hints, days=0)


def read_answer(body: bytes, url: str, hints: Hints, days: int) -> ListPage:
    """The same for a source that reads `days` of notifications when its file does not say how many."""
    if sniff(body, "", url) in ("feed", "xml"):
        from crawlers.platforms.cellar_feed import read_notifications

        return read_notifications(body, url, hints)
    if fault := _fault(body):
        return ListPage(problems=(fault,))
    data, problems = open_answer(body)
    if data is MISSING:
        return ListPage(problems=problems)
    named, rows = at(data, "head.vars"), at(data, "results.bindings")
    if not isinstance(named, list) or not isinstance(rows, list):
        said = f"The answer holds no variables and bindings; it has {keys_of(data)}."
        return ListPage(problems=(Problem("unknown-answer", said),))
    held = [_plain(row) if isinstance(row, dict) else {} for row in rows]
    if named in ([MONTHS], [DAYS]):
        return _of_clock(str(named[0]), held, hints, days)
    if named == [STILL]:
        return withdrawn_by(held, url, hints)
    unnamed = [one for one in VARIABLES if one not in named]
    if unnamed or (held and not any(row.get("work") for row in held)):
        said = f"The answer's variables are {', '.join(map(str, named))[:200]}, or its rows name no work"
        return ListPage(problems=(Problem("unknown-answer", f"{said}; asked for were {_ASKED}."),))
    return _of_rows(held, url, hints)


def parse_detail(body: bytes, url: str, hints: Hints, entry: Entry | None) -> Gathered | None:
    """The text of a work in one language; people are led to its page on EUR-Lex."""
    gathered = generic.parse_detail(body, url, hints, entry)
    if gathered is None or entry is None:
        return gathered
    said = dict(entry.fields)
    return replace(
        gathered,
        site_id=entry.site_id,
        url=said.get("page") or gathered.url,
        language=said.get("language") or gathered.language,
    )


def _fault(body: bytes) -> Problem | None:
    """What the endpoint says in plain text instead of an answer."""
    said = decode(body[:2000])
    if said.lstrip()[:1] in ("{", "<") or not _FAULT.search(said):
        return None
    first = one_line(said, 160) or ""
    if _TOO_LONG.search(said):
        return held_back(f"The question took the endpoint too long: {first}")
    return Problem("query-refused", f"The endpoint refuses the question: {first}")


def _of_clock(what: str, rows: list[dict[str, str]], hints: Hints, days: int) -> ListPage:
    """The lists that follow from the endpoint's own day."""
    today = instant_date(rows[0].get(what, ""), hints.timezone) if rows else None
    if today is None:
        return ListPage(problems=(Problem("no-clock", "The endpoint does not tell what day it is."),))
    want = wanted(hints, days)
    if what == MONTHS:
        return ListPage((), tuple(ask_month(hints, one) for one in months(want.since, today)))
    since = today - timedelta(days=want.days)
    # no index of lists, but the first page of one: what a notification says of a work is compared with
    # what earlier ones said
    return ListPage((), tuple(ask_feed(hints, kind, since) for kind in KINDS), ordered=False)


def _of_rows(rows: list[dict[str, str]], url: str, hints: Hints) -> ListPage:
    query = query_of(url)
    offset, limit = place_of(query)
    works = {row["work"] for row in rows if row.get("work")}
    texts = list(_texts(rows))
    scheme = urlsplit(url).scheme  # files are named by http, and answer by https too
    entries = tuple(entry for text in texts if (entry := _entry(text, scheme)))
    strange = len([row for row in rows if not number_of(row.get("work", ""))])
    problems: list[Problem] = []
    if strange:
        said = f"{strange} of {len(rows)} rows name no work by its Cellar number."
        problems.append(Problem("rows-left-out", said))
    if works_named(query):  # works that notifications named
        return ListPage(entries, problems=tuple(problems), ordered=False)
    following: tuple[PageRequest, ...] = ()
    if len(works) >= limit and offset + 2 * limit <= SORTED:
        following = (turned(url, hints, offset + limit),)
    elif len(works) >= limit:
        said = f"The month holds more than the {offset + limit} works that the endpoint sorts."
        problems.append(Problem(LOST, said))
    if works and not entries:
        said = f"None of {len(works)} works has a text in the languages of [options] languages."
        problems.append(Problem("rows-left-out", said))
    return ListPage(entries, following, None, tuple(problems))


def _texts(rows: Iterable[Mapping[str, str]]) -> Iterator[_Text]:
    """Rows put together by work and language, in their order."""
    found: dict[tuple[str, str], _Text] = {}
    for row in rows:
        work, language = number_of(row.get("work", "")), row.get("language", "").rpartition("/")[2].upper()
        if not work or not language:
            continue
        text = found.setdefault((work, language), _Text(work, language, dict(row)))
        kind, issuer = row.get("type", "").rpartition("/")[2], row.get("issuer", "")
        if kind and kind not in text.types:
            text.types.append(kind)
        if issuer and issuer not in text.issuers:
            text.issuers.append(issuer)
        address, form = row.get("item", ""), row.get("format", "")
        if address and form in FORMATS:
            number = _DOC.search(urlsplit(address).path)
            text.items.append((FORMATS.index(form), int(number[1]) if number else 0, address))
    yield from found.values()


def _entry(text: _Text, scheme: str) -> Entry | None:
    """The line of a work in one language; the best of its files is its document."""
    title = title_line((text.said.get("title") or text.said.get("celex") or "").replace("#", " "))
    if not text.items or not title:
        return None
    _, _, address = min(text.items)
    celex, language = text.said.get("celex"), TWO.get(text.language, text.language.lower())
    page = _PAGE.format(language=language.upper(), celex=quote(celex)) if celex else ""
    said = (
        ("doc_type", "; ".join(_TYPES.get(one, one) for one in text.types)),
        ("issuer", "; ".join(sorted(text.issuers, key=lambda one: (one != _FIRST, one)))),
        ("language", language),
        ("page", page),
        ("updated", text.said.get("changed", "")),
    )
    return Entry(
        f"{scheme}://{address.split('://', 1)[-1]}",
        title,
        _day(text.said.get("date", "")),
        celex,
        f"{text.work}:{language}",
        tuple((key, value) for key, value in said if value),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _plain(row: Mapping[str, Any]) -> dict[str, str]:
    """A binding's values without their types."""
    return {
        key: one_line(str(value.get("value") or ""), 2000) or ""
        for key, value in row.items()
        if isinstance(value, dict)
    }
