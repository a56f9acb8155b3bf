"""Traces outside the stores: logs, reports and samples that repeat a purged document's words or address."""

from __future__ import annotations

import glob
import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from warehouse.database import reading_warehouse
from warehouse.files import write_bytes_whole
from warehouse.home import Home
from warehouse.purge_plan import Plan
from warehouse.purge_sqlite import Counts
from warehouse.rows import stage

BLANK = b"[purged]"
_REWRITTEN = ("logs", "run-reports")  # the words are taken out, the rest stays
_REMOVED = ("samples", "tmp", "letters")  # files with them go
_OWN = ("models", "themes", "taxonomies", "authority", "sources")  # a person's: named, not touched
_PARAGRAPHS = 40
_SHORTEST = 12  # characters from which words tell a document


def telling_words(home: Home, plan: Plan, *, lock: bool = True) -> tuple[str, ...]:
    """Titles, addresses and longest paragraphs of the plan's documents; () once the warehouse forgot them."""
    if not home.warehouse_file.is_file():
        return ()
    with reading_warehouse(home, lock) as connection:
        stage(connection, "doomed", "name varchar", ((one,) for one in plan.documents))
        titles = connection.execute(_TITLES).fetchall()
        texts = connection.execute(_TEXTS).fetchall()
    lines = [line.strip() for (text,) in texts for line in str(text).split("\n")]
    longest = sorted({line for line in lines if len(line) >= _SHORTEST}, key=len, reverse=True)[:_PARAGRAPHS]
    told = {str(row[0]) for row in titles if row[0] and len(row[0]) >= _SHORTEST}
    return tuple(sorted({*told, *longest}, key=len, reverse=True))


def purge_traces(home: Home, plan: Plan, words: Sequence[str]) -> tuple[Counts, tuple[str, ...]]:
    """Blank the words in logs and reports, remove samples and summaries, blank them in alarms of the crawl;
    and the names of files that hold them and are a person's own.
    """
    counts = {"summaries": _drop_summaries(home, plan.readings)}
    forms = _forms(words)
    left: list[str] = []
    for folder in (*_REWRITTEN, *_REMOVED, *_OWN):
        for file in _holding(home.root / folder, forms):
            if folder in _OWN:
                left.append(file.relative_to(home.root).as_posix())
            elif folder in _REMOVED:
                file.unlink()
            else:
                _blank(file, forms)
            counts[folder] = counts.get(folder, 0) + (folder not in _OWN)
    for file in _log_files(home, forms):
        _blank(file, forms)
        counts["logs"] = counts.get("logs", 0) + 1
    counts["alarms"] = _blank_alarms(home, words)
    return {name: count for name, count in counts.items() if count}, tuple(left)


def desk_quotes(home: Home, plan: Plan, words: Sequence[str]) -> int:
    """How many corrections of other documents hold the words; they are people's work and stay."""
    if not home.desk_file.is_file() or not words:
        return 0
    with closing(sqlite3.connect(home.desk_file, timeout=30)) as desk:
        rows = desk.execute("select document_id, value, previous, note from correction").fetchall()
    own = set(plan.documents)
    escaped = [json.dumps(word)[1:-1] for word in words]
    said = (" ".join(map(str, row[1:])) for row in rows if row[0] not in own)
    return sum(any(word in text for word in (*words, *escaped)) for text in said)


def _log_files(home: Home, forms: Sequence[bytes]) -> list[Path]:
    """The log that the settings name, wherever it lies, and its older parts; those that hold the words."""
    named = home.settings.log.file
    if not named:
        return []
    file = home.root / named
    files = [file, *sorted(file.parent.glob(f"{glob.escape(file.name)}.*"))]
    return [one for one in files if one.is_file() and not one.is_symlink() and _holds(one, forms)]


def _forms(words: Iterable[str]) -> list[bytes]:
    """How the words may stand in a file: UTF-8, GB 18030, or escaped as JSON."""
    forms: dict[bytes, None] = {}
    for word in words:
        for form in (word.encode(), word.encode("gb18030", "ignore"), json.dumps(word)[1:-1].encode()):
            if len(form) >= _SHORTEST:
                forms[form] = None
    return list(forms)


def _holding(folder: Path, forms: Sequence[bytes]) -> list[Path]:
    if not folder.is_dir() or not forms:
        return []
    files = sorted(file for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return [file for file in files if _holds(file, forms)]


def _holds(file: Path, forms: Sequence[bytes]) -> bool:
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return False
    return any(form in content for form in forms)


def _blank(file: Path, forms: Sequence[bytes]) -> None:
    content = file.read_bytes()
    for form in forms:
        content = content.replace(form, BLANK)
    write_bytes_whole(file, content)


def _drop_summaries(home: Home, readings: Sequence[str]) -> int:
    """Summaries keep places only, but of a text that is gone."""
    dropped = 0
    for name in readings:
        file = home.root / "cache" / "summaries" / name[-2:] / f"{name}.json"
        if file.is_file():
            os.unlink(file)
            dropped += 1
    return dropped


def _blank_alarms(home: Home, words: Sequence[str]) -> int:
    if not home.crawl_state_file.is_file():
        return 0
    changed = 0
    forms = {*words, *(json.dumps(word)[1:-1] for word in words)}
    with closing(sqlite3.connect(home.crawl_state_file, timeout=30)) as state, state:
        for table, columns in (("finding", ("sentence", "found")), ("alarm", ("sentence",))):
            for column in columns:
                blank = f"update {table} set {column} = replace({column}, ?, ?) where instr({column}, ?)"
                for form in forms:
                    changed += state.execute(blank, [form, BLANK.decode(), form]).rowcount
    return changed


_TITLES = """
select title from reading where document_id in (select name from doomed)
union
select url from document where document_id in (select name from doomed)
union
select url from attachment where document_id in (select name from doomed)
"""
_TEXTS = """
select text from reading_text
where reading_id in (select reading_id from reading where document_id in (select name from doomed))
union
select text from attachment where document_id in (select name from doomed) and text is not null
"""
