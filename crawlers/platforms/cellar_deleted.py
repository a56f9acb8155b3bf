"""Which works that were told to be deleted Cellar does not know any more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from crawlers.platforms.base import ListPage
from crawlers.platforms.cellar_query import STILL, control_of, query_of, wanted, works_named
from crawlers.platforms.hints import Hints
from warehouse.records import Problem

TWO = {  # the languages of the Union by their codes of three and two letters
    **{"BUL": "bg", "CES": "cs", "DAN": "da", "DEU": "de", "ELL": "el", "ENG": "en", "EST": "et"},
    **{"FIN": "fi", "FRA": "fr", "GLE": "ga", "HRV": "hr", "HUN": "hu", "ITA": "it", "LAV": "lv"},
    **{"LIT": "lt", "MLT": "mt", "NLD": "nl", "POL": "pl", "POR": "pt", "RON": "ro", "SLK": "sk"},
    **{"SLV": "sl", "SPA": "es", "SWE": "sv"},
}


def withdrawn_by(rows: Sequence[Mapping[str, str]], url: str, hints: Hints) -> ListPage:
    """Of the works that were told to be deleted those that Cellar does not know any more.

    Silence about a work takes it away from readers, so an answer counts only where each of its rows names a
    work that was asked for and the work that surely stands is among them.
    """
    asked, still = works_named(query_of(url)), [number_of(row.get(STILL, "")) for row in rows]
    control = control_of(hints)
    said = ""
    if not asked:
        said = "The answer does not belong to a question for deleted works."
    elif any(one not in asked for one in still):
        said = "A row of the answer names none of the works that were asked for; nothing is withdrawn by it."
    elif control not in asked or control not in still:
        said = f"The answer does not know {control}, a work that stands; nothing is withdrawn by it."
    if said:
        return ListPage(problems=(Problem("unknown-answer", said),), ordered=False)
    gone = [one for one in asked if one not in still]
    return ListPage(withdrawn=numbers_of(gone, hints), ordered=False)


def numbers_of(works: Iterable[str], hints: Hints) -> tuple[str, ...]:
    """The lasting numbers of works in all languages of the source."""
    return tuple(
        f"{work}:{TWO.get(one, one.lower())}" for work in works for one in wanted(hints, 0).languages
    )


def number_of(address: str) -> str:
    """The Cellar number in a work's address; empty for another address."""
    found = re.search(r"/resource/cellar/([0-9a-f\-]{36})$", address)
    return found[1] if found else ""
