"""From the tree of a query to tantivy queries: one that decides what is found, one that decides the order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import tantivy
from tantivy import Occur

from warehouse.search import text
from warehouse.search.characters import Reader, all_of, any_of, exact, forgiving, spelled
from warehouse.search.conditions import Condition, condition_query
from warehouse.search.fields import plain_title
from warehouse.search.nodes import (
    Either,
    Every,
    Field,
    Node,
    Number,
    Phrase,
    Prefix,
    Term,
    Without,
    Word,
    terms,
)
from warehouse.search.spellings import Spelling, asked_keys, quoted_spellings, spellings

_ISSUER = 8.0
_NUMBER, _WHOLE_TITLE, _TITLE_PHRASE, _TITLE_WORD, _BODY_WORD, _FOUND = 100.0, 40.0, 3.0, 2.0, 1.0, 0.3
_MOST_NUMBER_WORDS = 8
_FEW_DIGITS = re.compile(r"\d{1,4}")  # a year or a count rather than a number of its own


@dataclass(frozen=True, slots=True)
class Scope:
    """The fields a term is looked for in: characters, words, and whether document numbers count."""

    characters: tuple[str, ...]
    words: tuple[str, ...]
    numbers: bool = False
    names: tuple[
        str, ...
    ] = ()  # characters in which a bare Latin word may also stand within another: file names


EVERYWHERE = Scope(("c", "tc", "ac"), ("w", "t", "aw"), numbers=True)
_SCOPES = {
    "title": Scope(("tc",), ("t",)),
    "text": Scope(("c",), ("w",)),
    "attachment": Scope(("ac", "an"), ("aw",), names=("an",)),
    "number": Scope(("n",), (), numbers=True),
}


def found_query(reader: Reader, node: Node) -> Any:
    """Exactly the documents the tree asks for; scores say nothing."""
    found = _found(reader, node, EVERYWHERE)
    return tantivy.Query.empty_query() if found is None else found


def ranked_query(reader: Reader, node: Node, issuers: Sequence[str] = ()) -> Any:
    """The found documents scored: a number, words and phrases in the title before words in the body.

    What one of `issuers`, bodies that the query names, has issued comes before what only mentions it.
    """
    found = tantivy.Query.boost_query(found_query(reader, node), _FOUND)
    asked = terms(node)
    scoring = [query for term in asked for query in _scores(reader, term)]
    if isinstance(node, Every):
        bearing = (query for _, _, query in _numbers_together(reader, node.parts))
        scoring += [tantivy.Query.boost_query(query, _NUMBER) for query in bearing]
    titles = {term.text for term in asked if isinstance(term, Word) and term.titled}
    for title in sorted({" ".join(term.text for term in asked), *titles}):
        scoring += _whole_title(reader, title)
    if issuers:
        by_them = tantivy.Query.term_set_query(reader.schema, "department", list(issuers))
        scoring.append(tantivy.Query.const_score_query(by_them, _ISSUER))
    return tantivy.Query.boolean_query([(Occur.Must, found), *((Occur.Should, query) for query in scoring)])


def _found(reader: Reader, node: Node, scope: Scope) -> Any | None:
    match node:
        case Phrase(written):
            found = [exact(reader, field, written) for field in _with_numbers(scope)]
            said = _citing(reader, written, scope, quoted_spellings)
            return any_of([*found, _number(reader, written, scope), *said])
        case Word(written):
            found = _word(reader, written, scope)
            return any_of([*found, _number(reader, written, scope), *_citing(reader, written, scope)])
        case Prefix(written):
            return any_of(_prefix(reader, written, scope))
        case Number(written, normal):
            said = [forgiving(reader, field, normal) for field in _with_numbers(scope)]
            return any_of([*said, _number(reader, written, scope), *_citing(reader, written, scope)])
        case Every(parts):
            return _every(reader, parts, scope)
        case Either(parts):
            return any_of([_found(reader, part, scope) for part in parts])
        case Without():
            return _every(reader, (node,), scope)
        case Field(name, part):
            return _found(reader, part, _SCOPES[name])
        case _ if isinstance(node, Condition):
            return condition_query(reader.schema, node)
    raise AssertionError(node)


def _word(reader: Reader, written: str, scope: Scope) -> list[Any | None]:
    if text.is_latin_word(written) and scope.words:
        within = [exact(reader, field, written) for field in scope.names]
        return [*(reader.term(field, text.fold(written)) for field in scope.words), *within]
    return [forgiving(reader, field, written) for field in _with_numbers(scope)]


def _prefix(reader: Reader, written: str, scope: Scope) -> list[Any | None]:
    if not text.is_latin_word(written) or not scope.words:
        return [forgiving(reader, field, written) for field in _with_numbers(scope)]
    pattern = re.escape(text.fold(written)) + ".*"
    return [tantivy.Query.regex_query(reader.schema, field, pattern) for field in scope.words]


def _with_numbers(scope: Scope) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*scope.characters, "n"))) if scope.numbers else scope.characters


def _number(reader: Reader, written: str, scope: Scope) -> Any | None:
    """The documents that bear the number, if it is one; of the field 文号 alone also of a half-typed one."""
    only = not scope.words
    if not scope.numbers or (not only and _FEW_DIGITS.fullmatch(written)):
        return None
    keys = asked_keys(written)
    found = any_of([reader.term("number", key) for key in keys])
    if only and found is None and keys:
        return tantivy.Query.regex_query(reader.schema, "number", re.escape(keys[0]) + r"\|.*")
    return found


def _citing(
    reader: Reader, written: str, scope: Scope, spelling: Callable[[str], Sequence[Spelling]] = spellings
) -> list[Any | None]:
    """The documents whose text writes the number, in any spelling."""
    ways = spelling(written)
    return [spelled(reader, field, ways) for field in scope.characters] if ways else []


def _bearing_or_citing(reader: Reader, written: str, scope: Scope) -> Any | None:
    return any_of([_number(reader, written, scope), *_citing(reader, written, scope)])


def _numbers_together(
    reader: Reader,
    parts: Sequence[Node],
    scope: Scope = EVERYWHERE,
    sought: Callable[[Reader, str, Scope], Any | None] = _number,
) -> Iterator[tuple[int, int, Any]]:
    """Where words side by side make a known number (国办发 2021 11号), and what is `sought` for it."""
    at = 0
    while at < len(parts):
        for end in range(min(len(parts), at + _MOST_NUMBER_WORDS), at + 1, -1):
            written = _written(parts[at:end])
            known = sought(reader, written, scope) if written else None
            if known is not None:
                yield at, end, known
                at = end - 1
                break
        at += 1


def _written(parts: Sequence[Node]) -> str:
    """Words side by side as they were typed; empty when something else is among them."""
    written = [part.text for part in parts if isinstance(part, Word)]
    return " ".join(written) if len(written) == len(parts) else ""


def _every(reader: Reader, parts: Sequence[Node], scope: Scope) -> Any | None:
    wanted: list[Any | None] = []
    at = 0
    for start, end, known in _numbers_together(reader, parts, scope, _bearing_or_citing):
        wanted += [_found(reader, part, scope) for part in _positive(parts[at:start])]
        words = all_of([_found(reader, part, scope) for part in parts[start:end]])
        wanted.append(any_of([known, words]))
        at = end
    wanted += [_found(reader, part, scope) for part in _positive(parts[at:])]
    unwanted = [_found(reader, part.part, scope) for part in parts if isinstance(part, Without)]
    if not wanted:
        wanted.append(tantivy.Query.all_query())
    return all_of(wanted, unwanted)


def _positive(parts: Sequence[Node]) -> list[Node]:
    return [part for part in parts if not isinstance(part, Without)]


def _scores(reader: Reader, term: Term) -> list[Any]:
    scores = [(exact(reader, "tc", term.text), _TITLE_PHRASE)]
    for word in dict.fromkeys(text.words(term.text).split()):
        scores.append((reader.term("t", word), _TITLE_WORD))
        scores.append((reader.term("w", word), _BODY_WORD))
    scores.append((_number(reader, term.text, EVERYWHERE), _NUMBER))
    return [tantivy.Query.boost_query(query, boost) for query, boost in scores if query is not None]


def _whole_title(reader: Reader, asked: str) -> list[Any]:
    """What the query names by its whole title or short name."""
    named = reader.term("title", plain_title(asked))
    return [tantivy.Query.const_score_query(named, _WHOLE_TITLE)] if named is not None else []
