"""Characters that must stand in a field: exactly as written, or in any width, bracket and script.

Every builder answers None when the index holds nothing of the kind; the query around it then leaves it out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

import tantivy
from tantivy import Occur

from warehouse.search import text
from warehouse.search.scripts import forms
from warehouse.search.spellings import Spelling

_AFTER_NUMBER = (*",.;:)]!?，。；：）、》”", text.BOUNDARY)  # behind a single digit that ends a number
_MOST_PHRASES = 12  # more ways to write a phrase than this become one query of alternatives


@dataclass(frozen=True, slots=True)
class Reader:
    """An opened index: its schema, and a searcher that knows which terms there are."""

    schema: Any
    searcher: Any

    @classmethod
    def of(cls, index: Any) -> Reader:
        """The reader of an index's last commit."""
        return cls(index.schema, index.searcher())

    def holds(self, field: str, token: str) -> bool:
        """Whether any document has the term."""
        return bool(self.searcher.doc_freq(field, token))

    def term(self, field: str, token: str) -> Any | None:
        """The documents that have the term."""
        return tantivy.Query.term_query(self.schema, field, token) if self.holds(field, token) else None


def exact(reader: Reader, field: str, written: str) -> Any | None:
    """Documents whose field holds `written` as a substring."""
    pieces, beginning = text.phrase(written)
    return _phrase(reader, field, pieces, beginning)


def forgiving(reader: Reader, field: str, written: str) -> Any | None:
    """The same with punctuation of any width, brackets of any shape and characters of either script."""
    pieces, beginning = text.phrase(written)
    if not pieces:
        return None
    whole = pieces[:-1] if beginning else pieces
    ways = [_ways(reader, field, token) for _, token in whole]
    if not all(ways):
        return None
    places = [place for place, _ in pieces]
    if beginning and not whole:
        return _starting(reader, field, [text.variants(character) for character in pieces[0][1]])
    if math.prod(map(len, ways)) > _MOST_PHRASES:
        patterns = ["(" + "|".join(map(re.escape, way)) + ")" for way in ways]
        patterns += [re.escape(pieces[-1][1]) + ".*"] if beginning else []
        return _alternatives(reader, field, list(zip(places, patterns, strict=True)))
    last = [[pieces[-1][1]]] if beginning else []
    phrases = (list(zip(places, tokens, strict=True)) for tokens in product(*ways, *last))
    return any_of([_phrase(reader, field, one, beginning) for one in phrases])


def spelled(reader: Reader, field: str, ways: Iterable[Spelling]) -> Any | None:
    """Documents whose field holds one of the spellings of a number, in either script."""
    held: dict[str, list[str]] = {}
    found: list[Any | None] = []
    for way in ways:
        for pieces, beginning in _ended(way):
            whole = pieces[:-1] if beginning else pieces
            for _, token in whole:
                if token not in held:
                    held[token] = _scripts(reader, field, token)
                if not held[token]:
                    break
            else:
                last = [[pieces[-1][1]]] if beginning else []
                places = [place for place, _ in pieces]
                for tokens in product(*(held[token] for _, token in whole), *last):
                    found.append(_phrase(reader, field, list(zip(places, tokens, strict=True)), beginning))
    return any_of(found)


def any_of(queries: Sequence[Any | None]) -> Any | None:
    """The documents of any of the queries."""
    given = [query for query in queries if query is not None]
    if len(given) < 2:
        return given[0] if given else None
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in given])


def all_of(queries: Sequence[Any | None], unwanted: Sequence[Any | None] = ()) -> Any | None:
    """The documents of all of the queries and of none of the unwanted ones."""
    if any(query is None for query in queries):
        return None
    excluded = [(Occur.MustNot, query) for query in unwanted if query is not None]
    if len(queries) == 1 and not excluded:
        return queries[0]
    wanted = [(Occur.Must, query) for query in queries if query is not None]
    return tantivy.Query.boolean_query([*wanted, *excluded])


def _phrase(reader: Reader, field: str, pieces: Sequence[text.Piece], beginning: bool) -> Any | None:
    if not pieces or not all(
        reader.holds(field, token) for _, token in (pieces[:-1] if beginning else pieces)
    ):
        return None
    if len(pieces) == 1:
        token = pieces[0][1]
        return (
            _starting(reader, field, list(token))
            if beginning
            else tantivy.Query.term_query(reader.schema, field, token)
        )
    build = tantivy.Query.phrase_prefix_query if beginning else tantivy.Query.phrase_query
    return build(reader.schema, field, list(pieces))


@lru_cache(maxsize=4096)
def _ended(way: Spelling) -> tuple[tuple[tuple[text.Piece, ...], bool], ...]:
    """The tokens of a spelling, in several ways where its last digit must be the last of the number."""
    pieces, beginning = text.cover(way.written)
    if not way.ends:
        return ((tuple(pieces), beginning),)
    end = len(way.written) - 2
    if text.in_run(way.written[end:]):  # a token of two is one before what is neither letter nor digit
        closed = (*(one for one in pieces if one[0] < end), (end, way.written[end:]))
        spaced, open_end = text.cover(way.written + text.BLANK)
        return ((closed, False), (tuple(spaced), open_end))
    return tuple((tuple(text.cover(way.written + sign)[0]), False) for sign in _AFTER_NUMBER)


def _scripts(reader: Reader, field: str, token: str) -> list[str]:
    """The ways to write a token in either script that the field holds."""
    if token.isascii():
        return [token] if reader.holds(field, token) else []
    written = map("".join, product(*(forms(one) if one >= "\u3400" else one for one in token)))
    return [way for way in written if reader.holds(field, way)]


def _ways(reader: Reader, field: str, token: str) -> list[str]:
    """The ways to write a token that the field holds."""
    written = map("".join, product(*map(text.variants, token)))
    return [way for way in written if reader.holds(field, way)]


def _starting(reader: Reader, field: str, characters: Sequence[str]) -> Any:
    pattern = "".join("[" + "".join(map(re.escape, shapes)) + "]" for shapes in characters)
    return tantivy.Query.regex_query(reader.schema, field, pattern + ".*")


def _alternatives(reader: Reader, field: str, patterns: list[text.Piece]) -> Any:
    if len(patterns) == 1:
        return tantivy.Query.regex_query(reader.schema, field, patterns[0][1])
    return tantivy.Query.regex_phrase_query(reader.schema, field, list(patterns))
