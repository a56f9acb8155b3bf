"""Searching former versions: which documents held the words once, since which version and until which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur

from warehouse.bodies import BodyPlace
from warehouse.queries.reading import Published, placeholders
from warehouse.records import Appearance
from warehouse.search import snippets
from warehouse.search.characters import Reader
from warehouse.search.conditions import Condition, OneOf, condition_query
from warehouse.search.index import open_index
from warehouse.search.matching import found_query
from warehouse.search.nodes import Either, Every, Field, Node, Without
from warehouse.search.passages import Wanted, look

PAST_INDEX = "past-index"  # of a publication and of the home
_SCORE = 0.01  # of a document that only a former version of it holds: behind those that say it today


def past_name(document_id: str, version_no: int) -> str:
    """The name of one version in the index."""
    return f"{document_id}/{version_no}"


def with_past(publication: Published, reader: Reader, node: Node, current: Any) -> Any:
    """The `current` query of the main index, or a former version of the document holds what is asked."""
    past = past_reader(publication)
    if past is None:
        return current
    asked = found_query(past, _as_today(publication, reader, node))
    names = sorted({document for document, _ in _versions(past, asked)})
    if not names:
        return current
    among = tantivy.Query.const_score_query(tantivy.Query.term_set_query(reader.schema, "id", names), _SCORE)
    return tantivy.Query.boolean_query([(Occur.Should, current), (Occur.Should, among)])


def appearances(
    publication: Published, reader: Reader, node: Node, document_ids: Sequence[str]
) -> dict[str, Appearance]:
    """When the words first appeared in each of the documents (of one page of hits), and whether they went.

    Each version is asked whether it holds what the query asks; attached files are known of the present
    version only.
    """
    if not document_ids:
        return {}
    shown = _current(reader, node, document_ids)
    holding: dict[str, set[int]] = {}
    past = past_reader(publication)
    if past is not None:
        own = tantivy.Query.term_set_query(past.schema, "group", list(document_ids))
        asked = found_query(past, _as_today(publication, reader, node))
        for document, number in _versions(past, _both(asked, own)):
            holding.setdefault(document, set()).add(number)
    found: dict[str, Appearance] = {}
    for document, versions in _observed(publication, document_ids).items():
        present = max(versions, default=0)
        numbers = sorted(holding.get(document, set()) | ({present} if document in shown else set()))
        if numbers and all(number in versions for number in numbers):
            found[document] = _appearance(numbers, versions, present)
    return found


def past_passage(
    publication: Published, document_id: str, version_no: int, wanted: Wanted
) -> snippets.Passage | None:
    """The best passage of a former version, its paragraph counted in that version; None without one."""
    paragraphs = past_text(publication, document_id, version_no)
    found = look("\n".join(paragraphs), wanted)
    cut = snippets.passage([found.line], wanted) if found.shown else None
    return snippets.Passage(cut.snippet, cut.marks, found.number) if cut else None


def past_text(publication: Published, document_id: str, version_no: int) -> tuple[str, ...]:
    """The masked paragraphs of a version that is no longer shown; empty for an unknown one."""
    rows = publication.rows(_PLACE, [document_id, version_no])
    return publication.body_at(BodyPlace(**rows[0])) if rows else ()


def past_reader(publication: Published) -> Reader | None:
    """The index of former versions; None where no document ever changed."""
    return _reader(publication.index_folder.parent / PAST_INDEX)


@lru_cache(maxsize=4)
def _reader(folder: Path) -> Reader | None:
    return Reader.of(open_index(folder)) if folder.is_dir() else None


def _versions(past: Reader, query: Any) -> Iterable[tuple[str, int]]:
    count = past.searcher.num_docs
    for _, address in past.searcher.search(query, limit=count, count=False).hits if count else ():
        document, _, number = past.searcher.doc(address)["id"][0].rpartition("/")
        yield document, int(number)


def _current(reader: Reader, node: Node, document_ids: Sequence[str]) -> set[str]:
    """The documents whose present version holds what the query asks."""
    own = tantivy.Query.term_set_query(reader.schema, "id", list(document_ids))
    answer = reader.searcher.search(
        _both(found_query(reader, node), own), limit=len(document_ids), count=False
    )
    return {reader.searcher.doc(address)["id"][0] for _, address in answer.hits}


def _both(one: Any, other: Any) -> Any:
    return tantivy.Query.boolean_query([(Occur.Must, one), (Occur.Must, other)])


def _as_today(publication: Published, reader: Reader, node: Node) -> Node:
    """The tree with the documents that meet a condition today in its place, wherever it stands.

    A former version has words of its own; what a document is, and which files it has, is known of today.
    """
    match node:
        case Every(parts):
            return Every(tuple(_as_today(publication, reader, part) for part in parts))
        case Either(parts):
            return Either(tuple(_as_today(publication, reader, part) for part in parts))
        case Without(part):
            return Without(_as_today(publication, reader, part))
        case Field("attachment"):
            return _meeting(publication, reader, found_query(reader, node))
        case _ if isinstance(node, Condition):
            return _meeting(publication, reader, condition_query(reader.schema, node))
    return node


def _meeting(publication: Published, reader: Reader, asked: Any) -> OneOf:
    """The documents with former versions that meet what is asked, as the past index names them."""
    changed = [row["document_id"] for row in publication.rows(_CHANGED)]
    own = tantivy.Query.term_set_query(reader.schema, "id", changed)
    answer = reader.searcher.search(_both(asked, own), limit=max(1, len(changed)), count=False)
    met = tuple(reader.searcher.doc(address)["id"][0] for _, address in answer.hits)
    return OneOf(("group",), met or (_NOBODY,))


def _observed(publication: Published, document_ids: Sequence[str]) -> dict[str, dict[int, dict[str, Any]]]:
    found: dict[str, dict[int, dict[str, Any]]] = {}
    for row in publication.rows(_VERSIONS.format(ids=placeholders(document_ids)), list(document_ids)):
        found.setdefault(row["document_id"], {})[row["version_no"]] = row
    return found


def _appearance(
    numbers: Sequence[int], versions: Mapping[int, Mapping[str, Any]], present: int
) -> Appearance:
    first, last = numbers[0], numbers[-1]
    after = min((number for number in versions if number > last), default=None) if last != present else None
    return Appearance(
        version_no=first,
        observed_at=versions[first]["observed_at"],
        capture_id=versions[first]["capture_id"],
        versions=tuple(numbers),
        gone_version=after,
        gone_at=versions[after]["observed_at"] if after is not None else None,
    )


_CHANGED = "select distinct document_id from past_body"
_NOBODY = "-"  # no document is called so
_PLACE = """
select segment, start_at as start, length from past_body where document_id = ? and version_no = ?
"""
_VERSIONS = """
select version.document_id, version.version_no, version.observed_at, version.capture_id
from version
join document using (document_id)
where version.document_id in ({ids}) and version.version_no <= document.version_no
"""
