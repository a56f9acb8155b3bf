"""The writer's search index: one tantivy folder, replaced document by document, linked into publications."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

import tantivy

from warehouse.copying import link_or_copy
from warehouse.errors import EnvironmentProblem, GovbriefError, LockHeld
from warehouse.search.fields import IndexedDocument, indexed_fields
from warehouse.suspicion import first_line, way_back

FIELDS_VERSION = "7"  # raised when fields or tokens change; an index of another version is made anew
_VERSION_FILE = "fields-version"
_META = "meta.json"
_SPACED = "spaced"  # our tokenizer: what stands between blanks
_OWN_FILE = re.compile(
    r"[0-9a-f]{32}\..+|meta\.json|fields-version|\.managed\.json|\.tantivy-.+\.lock|\.tmp.*"
)
_FACETS = (
    "department",
    "topic",
    "topic1",
    "level",
    "region",
    "source",
    "doc_type",
    "year",
    "validity",
    "language",
    "attachment",
)


def schema() -> Any:
    """Characters and words of title (`tc`, `t`), body (`c`, `w`) and attachments (`ac`, `aw`, names `an`).

    `n` and `number`: the document number as characters and as normal keys; `title`: whole titles and short
    names; `copy`: whether it is a reprint; raw fields for facets; days as ordinals; `prior` weighs the order;
    `card` is what a hit shows.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("c", "tc", "ac", "an", "n"):
        builder.add_text_field(name, tokenizer_name=_SPACED, index_option="position")
    for name in ("w", "t", "aw"):
        builder.add_text_field(name, tokenizer_name=_SPACED, index_option="freq")
    for name in ("number", "title", "group", "copy"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in _FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("day", "from_day", "until_day"):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_float_field("prior", fast=True)
    builder.add_bytes_field("card", stored=True, indexed=False)
    return builder.build()


def open_index(folder: Path) -> Any:
    """An index opened for reading with its tokenizer, which tantivy does not keep with the files.

    EnvironmentProblem with the way back when files are missing, cut, or of other fields than this version's.
    """
    with readable(folder):
        index = _with_tokenizer(tantivy.Index.open(str(folder)))
        index.searcher()
        if index.schema != schema():
            raise EnvironmentProblem(
                f"{folder}: another version of govbrief made the search index; run 'govbrief publish'."
            )
        return index


@contextmanager
def readable(folder: Path) -> Iterator[None]:
    """What is read inside comes from this index: its damage becomes an EnvironmentProblem in one sentence.

    Tantivy raises ValueError for what it sees, and panics, as no Exception, over what it did not expect.
    """
    try:
        yield
    except GovbriefError:
        raise
    except (OSError, ValueError) as error:
        raise _damaged(folder, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(folder, error) from error


def _damaged(folder: Path, error: BaseException) -> EnvironmentProblem:
    return EnvironmentProblem(
        f"{folder}: the search index cannot be read ({first_line(error)}); run {way_back(folder)} to make it"
        " anew."
    )


@lru_cache(maxsize=4)
def published_index(folder: Path) -> Any:
    """A publication's index; it never changes, so one opening serves every thread of the process."""
    return open_index(folder)


class IndexWriter:
    """The one writer of an index folder: put and delete take effect at `commit`, all or nothing.

    A killed writer leaves the last commit. `created` says that the index holds no document yet (it is new, or
    was of another version of these fields), so everything must be put. LockHeld when another process writes.
    """

    def __init__(self, folder: Path, heap_bytes: int = 200_000_000, threads: int = 2) -> None:
        self.folder = folder
        try:
            self._index = _own_index(folder)
            self._writer = self._index.writer(heap_bytes, threads)
            self.created = self._index.searcher().num_docs == 0
        except (OSError, ValueError) as error:
            raise _named(error, folder) from error
        self._schema = self._index.schema
        self._put_before_first_commit: set[str] = set()

    def put(self, documents: Iterable[IndexedDocument]) -> None:
        """Add documents, each replacing the one of the same id; EnvironmentProblem when the disk refuses."""
        for document in documents:
            fields = tantivy.Document.from_dict(indexed_fields(document), self._schema)
            if not self.created or document.document_id in self._put_before_first_commit:
                self._writer.delete_documents_by_term("id", document.document_id)
            if self.created:
                self._put_before_first_commit.add(document.document_id)
            try:
                self._writer.add_document(fields)
            except (OSError, ValueError) as error:
                raise _named(error, self.folder) from error

    def delete(self, document_ids: Iterable[str]) -> None:
        """Remove documents; unknown ids do nothing."""
        for document_id in document_ids:
            self._writer.delete_documents_by_term("id", document_id)

    def commit(self) -> None:
        """Make all that was put and deleted durable and visible."""
        try:
            self._writer.commit()
        except (OSError, ValueError) as error:
            if not isinstance(_named(error, self.folder), GovbriefError):
                (self.folder / _VERSION_FILE).unlink(missing_ok=True)  # damaged inside: made anew next time
            raise _named(error, self.folder) from error
        self.created = False
        self._put_before_first_commit.clear()

    def document_count(self) -> int:
        """How many documents the last commit holds."""
        self._index.reload()
        return int(self._index.searcher().num_docs)

    def document_ids(self) -> Iterator[str]:
        """The ids of the last commit, for comparing the index with the warehouse."""
        self._index.reload()
        yield from all_ids(self._index)

    def close(self) -> None:
        """Wait for merges and give the lock back; what was not committed is dropped."""
        try:
            self._writer.rollback()
            self._writer.wait_merging_threads()
        except (OSError, ValueError) as error:
            raise _named(error, self.folder) from error

    def __enter__(self) -> IndexWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def all_ids(index: Any) -> Iterator[str]:
    """Every document id of an opened index."""
    searcher = index.searcher()
    if searcher.num_docs:
        for _, address in searcher.search(
            tantivy.Query.all_query(), limit=searcher.num_docs, count=False
        ).hits:
            yield searcher.doc(address)["id"][0]


def link_segments(source: Path, target: Path) -> None:
    """Give `target` the last commit of `source`: segment files hard-linked, its own copy of `meta.json`.

    The target is only ever read, so the writer may go on merging in its own folder; files it drops stay here.
    """
    target.mkdir(parents=True, exist_ok=True)
    meta = _read_meta(source)
    names: list[str] = []
    while True:
        live = {segment["segment_id"].replace("-", "") for segment in meta["segments"]}
        names = sorted(file.name for file in source.iterdir() if file.name.split(".")[0] in live)
        names = [name for name in names if _linked(source / name, target / name)]
        now = _read_meta(source)
        if now == meta:
            break
        meta = now  # a merge ended meanwhile and may have taken files away
    (target / ".managed.json").write_text(json.dumps([*names, _META]), encoding="utf-8")
    with (target / _META).open("w", encoding="utf-8") as copy:
        json.dump(meta, copy)
        copy.flush()
        os.fsync(copy.fileno())


def _linked(source: Path, target: Path) -> bool:
    """Link one file; False when it is gone since it was listed: left of an earlier commit, or merged."""
    target.unlink(missing_ok=True)
    try:
        link_or_copy(source, target)
    except FileNotFoundError:
        return False
    return True


def _read_meta(folder: Path) -> dict[str, Any]:
    meta: dict[str, Any] = json.loads((folder / _META).read_text(encoding="utf-8"))
    return meta


def _usable(folder: Path) -> bool:
    version = folder / _VERSION_FILE
    return (
        version.is_file()
        and version.read_text(encoding="utf-8") == FIELDS_VERSION
        and (folder / _META).is_file()
    )


def _named(error: Exception, folder: Path) -> Exception:
    """A busy lock or a refusing disk as the sentence a person needs; anything else unchanged."""
    said = str(error)
    if "LockBusy" in said:
        return LockHeld(f"{folder}: another process writes the search index; wait for it to end.")
    if isinstance(error, OSError) or "os error" in said or "worker was killed" in said:
        return EnvironmentProblem(
            f"{folder}: the search index cannot be written ({said}); free space on that disk and publish."
        )
    return error


def _own_index(folder: Path) -> Any:
    """The writer's index; one that is missing, damaged or of other fields is made anew."""
    if not _usable(folder):
        return _new_index(folder)
    try:
        return open_index(folder)
    except EnvironmentProblem:
        return _new_index(folder)


def _new_index(folder: Path) -> Any:
    folder.mkdir(parents=True, exist_ok=True)
    strangers = [file.name for file in folder.iterdir() if not _OWN_FILE.match(file.name)]
    if strangers:
        raise EnvironmentProblem(
            f"{folder}: holds {strangers[0]}, which is no part of an index; move it elsewhere."
        )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    index = _with_tokenizer(tantivy.Index(schema(), str(folder)))
    (folder / _VERSION_FILE).write_text(FIELDS_VERSION, encoding="utf-8")
    return index


def _with_tokenizer(index: Any) -> Any:
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_SPACED, analyzer)
    return index
