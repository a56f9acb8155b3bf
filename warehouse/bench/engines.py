"""The engines that our index writer is measured against: each takes the same documents and makes its index.

Characters and words go in as two fields, segmented by rjieba within the time that is measured.
"""

from __future__ import annotations

import importlib.util
import re
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import rjieba
import tantivy

from warehouse.search import text
from warehouse.search.fields import IndexedDocument
from warehouse.search.index import IndexWriter

HEAP, THREADS = 200_000_000, 2
_CHARACTERS = r"[a-z0-9]+|\S"  # a character is a token, a Latin word too
_BATCH = 500
_EXTENSION = "duckdb_extension_fts"
_BOUND = re.compile(r"\s+")
Build = Callable[[Path, Sequence[IndexedDocument]], None]


def ours(folder: Path, documents: Sequence[IndexedDocument]) -> None:
    """The product's own writer with all its fields."""
    with IndexWriter(folder, HEAP, THREADS) as writer:
        for start in range(0, len(documents), _BATCH):
            writer.put(documents[start : start + _BATCH])
        writer.commit()


def bare(folder: Path, documents: Sequence[IndexedDocument]) -> None:
    """tantivy with two fields: each character of the text a token, and rjieba's words."""
    index = _index(folder, _CHARACTERS)
    writer = index.writer(HEAP, THREADS)
    for one in documents:
        whole = _whole(one).lower()
        writer.add_document(tantivy.Document(c=[whole], w=[_segmented(whole)]))
    writer.commit()
    writer.wait_merging_threads()


def bare_same(folder: Path, documents: Sequence[IndexedDocument]) -> None:
    """tantivy with two fields that hold the tokens of ours: its characters and its words."""
    index = _index(folder, r"\S+")
    writer = index.writer(HEAP, THREADS)
    for one in documents:
        whole = _whole(one)
        fields = tantivy.Document(c=[text.characters((whole,))], w=[text.words(whole)])
        writer.add_document(fields)
    writer.commit()
    writer.wait_merging_threads()


def sqlite_fts(folder: Path, documents: Sequence[IndexedDocument]) -> None:
    """SQLite's FTS5 over rjieba's words, each character of the text as a second column."""
    folder.mkdir(parents=True)
    connection = sqlite3.connect(folder / "fts.sqlite")
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute("create virtual table found using fts5 (c, w, tokenize = 'unicode61')")
        rows = ((" ".join(_whole(one)), _segmented(_whole(one))) for one in documents)
        connection.executemany("insert into found values (?, ?)", rows)
        connection.commit()
    finally:
        connection.close()


def duckdb_fts(folder: Path, documents: Sequence[IndexedDocument]) -> None:
    """DuckDB's fts extension over rjieba's words; it knows no phrases, so there are no characters."""
    file = extension()
    assert file is not None
    folder.mkdir(parents=True)
    connection = duckdb.connect(str(folder / "fts.duckdb"), config={"autoinstall_known_extensions": "false"})
    try:
        escaped = str(file).replace("'", "''")
        connection.execute(f"load '{escaped}'")
        connection.execute("create table held (id integer primary key, w varchar)")
        rows = [[number, _segmented(_whole(one))] for number, one in enumerate(documents)]
        for start in range(0, len(rows), _BATCH):
            connection.executemany("insert into held values (?, ?)", rows[start : start + _BATCH])
        connection.execute(
            r"pragma create_fts_index('held', 'id', 'w', stemmer = 'none', stopwords = 'none',"
            r" ignore = '[\s，。]+', strip_accents = 0, lower = 0)"
        )
    finally:
        connection.close()


def extension() -> Path | None:
    """The file of DuckDB's fts extension out of the wheel `duckdb-extension-fts`; None when not installed."""
    found = importlib.util.find_spec(_EXTENSION)
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent / "extensions"
    return next(iter(sorted(folder.glob(f"v{duckdb.__version__}/*.duckdb_extension"))), None)


def folder_bytes(folder: Path) -> int:
    """What a folder holds on the disk."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _index(folder: Path, characters: str) -> tantivy.Index:
    folder.mkdir(parents=True)
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("c", tokenizer_name="characters", index_option="position")
    builder.add_text_field("w", tokenizer_name="spaced", index_option="freq")
    index = tantivy.Index(builder.build(), str(folder))
    for name, pattern in (("characters", characters), ("spaced", r"\S+")):
        index.register_tokenizer(name, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(pattern)).build())
    return index


def _whole(one: IndexedDocument) -> str:
    return f"{one.title}\n{one.body}"


def _segmented(whole: str) -> str:
    return _BOUND.sub(" ", " ".join(rjieba.cut(whole)))
