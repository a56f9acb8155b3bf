"""Summaries are made when somebody first asks for one, and kept beside the home's other derived files.

Only places are kept, never words: what a reader sees is read from the (masked) body at that moment. `cache/`
may be deleted at any time.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

from warehouse.files import write_whole
from warehouse.home import Home
from warehouse.identity import digest
from warehouse.summaries.summary import VERSION, Passage, Summary, summarise

_LOG = logging.getLogger("govbrief.summaries")
_NAME = re.compile(r"^[\w-]{1,80}$")


def summary_of(home: Home, reading_id: str, paragraphs: Sequence[str], language: str) -> Summary:
    """The summary of one reading as it is shown; another text (a corrected one) or version is done anew."""
    made_of = digest(VERSION, language, *paragraphs)
    file = _file(home, reading_id)
    kept = _read(file, made_of) if file is not None else None
    if kept is not None:
        return kept
    made = summarise(paragraphs, language)
    if file is not None:
        _keep(file, made_of, made)
    return made


def _file(home: Home, reading_id: str) -> Path | None:
    if not _NAME.match(reading_id):
        return None
    return home.root / "cache" / "summaries" / reading_id[-2:] / f"{reading_id}.json"


def _read(file: Path, made_of: str) -> Summary | None:
    """The kept summary, or None when there is none of this text that can be read."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["made_of"] != made_of:
            return None
        return Summary(kept["kind"], tuple(Passage(*map(int, places)) for places in kept["passages"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(file: Path, made_of: str, made: Summary) -> None:
    """A home that cannot be written to (full, read-only) costs speed, not the page."""
    kept = {"made_of": made_of, "kind": made.kind, "passages": [astuple(one) for one in made.passages]}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, json.dumps(kept))
    except OSError as error:
        _LOG.info("The summary %s is not kept: %s", file.name, error.strerror)
