"""From the tree of a query to tantivy queries: one that decides what is found, one that decides the order."""

from __future__ import annotations

import re
from typing import Any

import tantivy
from tantivy import Occur

from warehouse.search import text
from warehouse.search.grammar import Either, Every, Node, Number, Phrase, Without, Word, normal_number, terms

_NUMBER, _TITLE_PHRASE, _TITLE_WORD, _BODY_WORD, _FOUND = 100.0, 3.0, 2.0, 1.0, 0.3


def found_query(schema: Any, node: Node) -> Any:
    """Exactly the documents the tree asks for; scores say nothing."""
    match node:
        case Phrase(written):
            return _phrase(schema, written)
        case Word(written):
            return _word(schema, written)
        case Number(_, normal):
            return _any([tantivy.Query.term_query(schema, "number", normal), *_forgiving(schema, normal)])
        case Every(parts):
            return _every(schema, parts)
        case Either(parts):
            return _any([found_query(schema, part) for part in parts])
        case Without(part):
            return _every(schema, (Without(part),))


def ranked_query(schema: Any, node: Node) -> Any:
    """The found documents scored: a number, words and phrases in the title before words in the body."""
    found = tantivy.Query.boost_query(found_query(schema, node), _FOUND)
    scoring = [(Occur.Should, query) for term in terms(node) for query in _scores(schema, term)]
    return tantivy.Query.boolean_query([(Occur.Must, found), *scoring])


def characters_query(schema: Any, field: str, written: str) -> Any:
    """Documents whose field holds `written` as a substring."""
    found, beginning = text.phrase(written)
    tokens: list[Any] = [*found]
    query = tantivy.Query
    if not tokens:
        return query.empty_query()
    if beginning:
        return (
            query.phrase_prefix_query(schema, field, tokens)
            if len(tokens) > 1
            else _starting(schema, field, tokens[0])
        )
    return (
        query.phrase_query(schema, field, tokens)
        if len(tokens) > 1
        else query.term_query(schema, field, tokens[0])
    )


def _phrase(schema: Any, written: str) -> Any:
    found = characters_query(schema, "c", written)
    normal = normal_number(written)
    return _any([found, tantivy.Query.term_query(schema, "number", normal)]) if normal else found


def _word(schema: Any, written: str) -> Any:
    if text.is_latin_word(written):
        by_word = tantivy.Query.term_query(schema, "w", text.fold(written))
        return _any([by_word, tantivy.Query.term_query(schema, "number", written)])
    return _any(_forgiving(schema, written))


def _forgiving(schema: Any, written: str) -> list[Any]:
    """The characters in text or number, punctuation in any width and brackets of any shape."""
    if not text.has_variants(written):
        return [characters_query(schema, field, written) for field in ("c", "n")]
    tokens, beginning = text.phrase(written)
    patterns: list[Any] = [_pattern(token) for token in tokens]
    if beginning:
        patterns[-1] += ".?"
    if len(patterns) == 1:
        return [tantivy.Query.regex_query(schema, "c", patterns[0])]
    return [tantivy.Query.regex_phrase_query(schema, field, patterns) for field in ("c", "n")]


def _pattern(token: str) -> str:
    if len(token) > 1:
        return token
    return "[" + "".join(re.escape(character) for character in text.variants(token)) + "]"


def _starting(schema: Any, field: str, character: str) -> Any:
    return tantivy.Query.regex_query(schema, field, f"{character}.?")


def _every(schema: Any, parts: tuple[Node, ...]) -> Any:
    clauses = [
        (Occur.MustNot, found_query(schema, part.part))
        if isinstance(part, Without)
        else (Occur.Must, found_query(schema, part))
        for part in parts
    ]
    if all(isinstance(part, Without) for part in parts):
        clauses.append((Occur.Must, tantivy.Query.all_query()))
    return tantivy.Query.boolean_query(clauses)


def _any(queries: list[Any]) -> Any:
    return tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])


def _scores(schema: Any, term: Phrase | Word | Number) -> list[Any]:
    query = tantivy.Query
    scores = [(characters_query(schema, "tc", term.text), _TITLE_PHRASE)]
    for word in dict.fromkeys(text.words(term.text).split()):
        scores.append((query.term_query(schema, "t", word), _TITLE_WORD))
        scores.append((query.term_query(schema, "w", word), _BODY_WORD))
    if isinstance(term, Number):
        scores.append((query.term_query(schema, "number", term.normal), _NUMBER))
    return [query.boost_query(scored, boost) for scored, boost in scores]
