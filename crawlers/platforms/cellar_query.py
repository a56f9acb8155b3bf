"""The questions that are put to Cellar in SPARQL, each small enough to be answered far within its minute.

A list is cut into the months of the documents' dates; which months there are follows from the endpoint's
own clock, so addresses of lists stay the same from night to night. Works are counted off inside a month
(LIMIT and OFFSET over works, not over their languages and files); the endpoint sorts 10,000 rows at most.
Names are those of the Common Data Model (prefix cdm).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from crawlers.platforms.asked import FORM, Asked
from crawlers.platforms.base import PageRequest
from crawlers.platforms.hints import Hints
from warehouse.errors import UserError

ENDPOINT = "https://publications.europa.eu/webapi/rdf/sparql"
FEED = "https://publications.europa.eu/webapi/notification/ingestion"
JSON = "application/sparql-results+json"
MONTHS, DAYS, STILL = "months", "days", "still"  # names by which an answer tells what was asked
SORTED = 10_000  # rows that the endpoint sorts
BATCH = 50  # works that one question names
# The General Data Protection Regulation, which nobody takes away: an answer that does not know it is none
CONTROL = "3e485e15-11bd-11e6-ba9a-01aa75ed71a1"
VARIABLES = ("work", "date", "celex", "type", "changed", "issuer", "language", "title", "format", "item")
_SIZE = 100
_TYPES = "REG DIR DEC REG_IMPL REG_DEL DIR_DEL DEC_IMPL RECO"
_OFFSET = re.compile(r"\bOFFSET (\d{1,6})\b")
_LIMIT = re.compile(r"\bLIMIT (\d{1,5})\b")
_WORK = re.compile(r"/resource/cellar/([0-9a-f\-]{36})>")
_NUMBER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,30}")
_LANGUAGE = re.compile(r"[A-Z]{3}")
_PREFIXES = """PREFIX cdm: <http://publications.europa.eu/ontology/cdm#>
PREFIX cmr: <http://publications.europa.eu/ontology/cdm/cmr#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX type: <http://publications.europa.eu/resource/authority/resource-type/>
PREFIX lang: <http://publications.europa.eu/resource/authority/language/>
"""
FORMATS = ("xhtml", "html", "xhtml_simpl", "html_simpl", "pdfa2a", "pdfa1a", "pdfa1b", "pdfx", "pdf")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a source takes of Cellar."""

    types: tuple[str, ...]  # codes of resource types: REG, DIR
    languages: tuple[str, ...]  # ENG, DEU
    since: date | None
    size: int
    days: int  # how far back the notifications are read; 0: not at all


def wanted(hints: Hints, days: int) -> Wanted:
    """The source's options; UserError for words that are no codes, so that none of them reaches a query."""
    since = str(hints.options.get("since") or "")
    if since and day_named(since) is None:
        raise UserError(f"{hints.source_id}: [options] since is '{since}'; write a month such as 2026-01.")
    control = control_of(hints)
    if not _NUMBER.fullmatch(control):
        raise UserError(
            f"{hints.source_id}: [options] control is '{control}'; write a number like {CONTROL}."
        )
    return Wanted(
        _codes(hints, "types", _TYPES, _CODE, "REG DIR DEC"),
        _codes(hints, "languages", "ENG", _LANGUAGE, "ENG DEU"),
        day_named(since),
        max(1, min(int(hints.options.get("size") or _SIZE), 200)),
        max(0, min(int(hints.options.get("days", days)), 60)),
    )


def _codes(hints: Hints, option: str, otherwise: str, form: re.Pattern[str], such: str) -> tuple[str, ...]:
    words = str(hints.options.get(option) or otherwise).upper().split()
    strange = next((word for word in words if not form.fullmatch(word)), None)
    if strange:
        raise UserError(
            f"{hints.source_id}: [options] {option} names '{strange}'; write codes such as {such}."
        )
    return tuple(words)


def ask_clock(what: str, hints: Hints) -> PageRequest:
    """The question what day it is at the endpoint; `what` is MONTHS or DAYS and names the answer."""
    return _get(hints, f"SELECT (NOW() AS ?{what}) WHERE {{}}")


def ask_month(hints: Hints, first: date, offset: int = 0) -> PageRequest:
    """The works dated in a month, newest first, from the one after `offset` others."""
    want = wanted(hints, 0)
    types = " ".join(f"type:{one}" for one in want.types)
    until = next_month(first)
    chosen = f"""  {{ SELECT DISTINCT ?work ?date WHERE {{
    VALUES ?kind {{ {types} }}
    ?work cdm:work_has_resource-type ?kind ; cdm:work_date_document ?date .
    FILTER(?date >= "{first}"^^xsd:date && ?date < "{until}"^^xsd:date)
    FILTER NOT EXISTS {{ ?work cdm:do_not_index "true"^^xsd:boolean }}
  }} ORDER BY DESC(?date) ?work LIMIT {want.size} OFFSET {offset} }}
"""
    return _get(hints, _rows(chosen, want))


def ask_works(hints: Hints, numbers: Iterable[str]) -> Iterator[PageRequest]:
    """The works of these Cellar numbers that are of the source's types, some at a time."""
    want = wanted(hints, 0)
    types = " ".join(f"type:{one}" for one in want.types)
    for values in _batches(numbers):
        chosen = f"""  VALUES ?work {{ {values} }}
  VALUES ?kind {{ {types} }}
  ?work cdm:work_has_resource-type ?kind ; cdm:work_date_document ?date .
"""
        yield _post(hints, _rows(chosen, want))


def ask_still(hints: Hints, numbers: Iterable[str]) -> Iterator[PageRequest]:
    """Which of these works Cellar still knows, each time with one more that it surely does."""
    control = next(_batches([control_of(hints)]), "")
    for values in _batches(one for one in numbers if one != control_of(hints)):
        named = f"VALUES ?{STILL} {{ {values} {control} }}"
        query = f"SELECT DISTINCT ?{STILL} WHERE {{ {named} ?{STILL} ?says ?what }}"
        yield _post(hints, f"{query} ORDER BY ?{STILL} LIMIT {BATCH + 1}")


def control_of(hints: Hints) -> str:
    """The Cellar number of a work that is known to stand (`[options] control`)."""
    return str(hints.options.get("control") or CONTROL)


def ask_feed(hints: Hints, kind: str, since: date) -> PageRequest:
    """The first page of notifications of a kind (CREATE, UPDATE, DELETE) about works since a day."""
    asked = {"startDate": since.isoformat(), "type": kind, "wemiClasses": "work", "page": "1"}
    address = str(hints.options.get("feed") or FEED)
    return PageRequest(f"{address}?{urlencode(asked)}", "feed", headers={"Accept": "application/atom+xml"})


def query_of(url: str) -> str:
    """The query that an answer's address carries."""
    return Asked.of(url).value("query")


def place_of(query: str) -> tuple[int, int]:
    """OFFSET and LIMIT of a query."""
    offset, limit = _OFFSET.search(query), _LIMIT.search(query)
    return (int(offset[1]) if offset else 0), (int(limit[1]) if limit else _SIZE)


def turned(url: str, hints: Hints, offset: int) -> PageRequest:
    """The same question from another place on."""
    return _get(hints, _OFFSET.sub(f"OFFSET {offset}", query_of(url)))


def works_named(query: str) -> tuple[str, ...]:
    """The Cellar numbers that a question names."""
    return tuple(dict.fromkeys(_WORK.findall(query)))


def months(since: date | None, today: date) -> Sequence[date]:
    """The first days of the months from `since` (two months before today's when left out), newest first."""
    month = today.replace(day=1)
    last = (since or (month - timedelta(days=50))).replace(day=1)
    found: list[date] = []
    while month >= last and len(found) < 600:
        found.append(month)
        month = (month - timedelta(days=1)).replace(day=1)
    return found


def next_month(first: date) -> date:
    """The first day of the month behind."""
    return (first + timedelta(days=31)).replace(day=1)


def day_named(text: str) -> date | None:
    """`2026-05` or `2026-05-06` as a day."""
    padded = f"{text}-01" if len(text) == 7 else text
    try:
        return date.fromisoformat(padded[:10])
    except ValueError:
        return None


def _rows(chosen: str, want: Wanted) -> str:
    """A row for each file of a chosen work in a wanted language; a work without one still gives a row."""
    languages = " ".join(f"lang:{one}" for one in want.languages)
    formats = ", ".join(f'"{one}"' for one in FORMATS)
    return f"""{_PREFIXES}SELECT DISTINCT
  {" ".join(f"?{one}" for one in VARIABLES)}
WHERE {{
{chosen}  ?work cdm:work_has_resource-type ?type .
  OPTIONAL {{ ?work cdm:resource_legal_id_celex ?celex }}
  OPTIONAL {{ ?work cmr:lastModificationDate ?changed }}
  OPTIONAL {{ ?work cdm:work_created_by_agent ?agent . ?agent skos:prefLabel ?issuer
    FILTER(LANG(?issuer) = "en") }}
  OPTIONAL {{
    VALUES ?language {{ {languages} }}
    ?expression cdm:expression_belongs_to_work ?work ; cdm:expression_uses_language ?language .
    OPTIONAL {{ ?expression cdm:expression_title ?title }}
    ?manifestation cdm:manifestation_manifests_expression ?expression ; cdm:manifestation_type ?format .
    ?item cdm:item_belongs_to_manifestation ?manifestation .
    FILTER(STR(?format) IN ({formats}))
  }}
}} ORDER BY DESC(?date) ?work ?language ?item"""


def _batches(numbers: Iterable[str]) -> Iterator[str]:
    kept = [one for one in dict.fromkeys(numbers) if re.fullmatch(r"[0-9a-f\-]{36}", one)]
    for place in range(0, len(kept), BATCH):
        names = kept[place : place + BATCH]
        yield " ".join(f"<http://publications.europa.eu/resource/cellar/{one}>" for one in names)


def _get(hints: Hints, query: str) -> PageRequest:
    asked = urlencode({"query": query, "format": JSON})
    return PageRequest(f"{_endpoint(hints)}?{asked}", "api", headers={"Accept": JSON})


def _post(hints: Hints, query: str) -> PageRequest:
    body = urlencode({"query": query, "format": JSON}).encode()
    return PageRequest(_endpoint(hints), "api", "POST", body, {**FORM, "Accept": JSON})


def _endpoint(hints: Hints) -> str:
    return str(hints.options.get("endpoint") or ENDPOINT)
