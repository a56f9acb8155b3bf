"""The query language, read into a tree.

    query   = either*              words side by side must all be found
    either  = every { (OR | 或) every }
    every   = part { [AND | 且] part }
    part    = [NOT | 非 | -] ( term | "(" query ")" )
    term    = [field ":"] ( phrase | number | word | word* )      field: "(" query ")" also
    phrase  = "…" or “…” or 「…」 or 『…』
    number  = a document number with brackets of any kind: 国办发〔2021〕11号, 国办发{2021}11号
    field   = a name of `language.FIELDS`, in Chinese or English, before a colon of either width

A parenthesis inside a word belongs to the word, so 货币(含外汇) may be typed as it is printed; so does a
colon behind what is no field's name.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from warehouse.search.conditions import Condition
from warehouse.search.language import FIELD_OF, TEXT_FIELDS
from warehouse.search.problems import SearchProblem
from warehouse.search.spellings import LEADING
from warehouse.search.text import fold

MAX_LENGTH = 1000
MAX_DEPTH = 20

_CLOSING = {'"': '"', "＂": "＂", "“": "”", "”": "”", "「": "」", "『": "』"}
_OPERATORS = {"AND": "AND", "且": "AND", "OR": "OR", "或": "OR", "NOT": "NOT", "非": "NOT"}
_FIELD = re.compile(r"([A-Za-z][A-Za-z-]{1,19}|[\u4e00-\u9fff]{1,6})[:：](?!//)\s*")
_ALIKE = 0.75  # how near a name must be to a field's to be taken for a slip
_NUMBER = re.compile(
    r"(?P<organ>[\u3400-\u9fff]{1,16})\s*(?:(?P<usual>[〔［\[(（【〈<])|[﹝{｛《〖⟨﹙〘❲「‹])\s*(?P<year>[12]\d{3})"
    r"\s*年?\s*(?(usual)[〕］\])）】〉>]|[﹞}｝》〗⟩﹚〙❳」›])\s*第?\s*0*(?P<serial>\d{1,6})\s*"
    r"(?(usual)(?P<end>号)?|(?P<sure>号))(?:(?<=号)文件?(?![^\s、，,;；)）]))?"
)  # brackets that numbers seldom have make one only before a whole number with its 号

_BETWEEN_NUMBERS = re.compile(r"[、，,;；]\s*(?=[\u3400-\u9fff])")  # A号、B号 are two numbers


@dataclass(frozen=True, slots=True)
class Phrase:
    """Characters that must stand in the text as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Word:
    """A bare word: Latin as a whole word, anything else as characters, punctuation in any width."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """The beginning of a word: pharm* finds pharmacy; of other characters, what follows is free anyway."""

    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """A document number in any brackets."""

    text: str
    normal: str


@dataclass(frozen=True, slots=True)
class Field:
    """A part that is meant for one field."""

    name: str  # as in `language.FIELDS`
    part: Node
    place: int  # of the value, from 1


@dataclass(frozen=True, slots=True)
class Every:
    """All parts must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The part must not hold."""

    part: Node


Term = Phrase | Word | Prefix | Number
Node = Term | Field | Every | Either | Without | Condition  # conditions take the place of fields


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # open | close | AND | OR | NOT | field | term
    position: int  # from 1, for people
    node: Node | None = None
    field: str = ""


def parse(query: str) -> Node | None:
    """The tree of a query, None when it is empty; a UserError names the place that cannot be read."""
    if len(query) > MAX_LENGTH:
        raise SearchProblem(
            f"The query has {len(query)} characters; at most {MAX_LENGTH} are read, shorten it.",
            "too-long",
            length=len(query),
            most=MAX_LENGTH,
        )
    tokens = _tokens(query)
    if not tokens:
        return None
    return _Parser(tokens, len(query)).whole()


def terms(node: Node | None) -> list[Term]:
    """What may be highlighted: every term that is not excluded, in the order written."""
    match node:
        case Phrase() | Word() | Prefix() | Number():
            return [node]
        case Every(parts) | Either(parts):
            return [term for part in parts for term in terms(part)]
        case Field(name, part) if name in TEXT_FIELDS:
            return terms(part)
        case _:
            return []


def _normal(found: re.Match[str]) -> str:
    organ = LEADING.sub("", found["organ"])
    return f"{organ}〔{found['year']}〕{found['serial']}号"


def _tokens(query: str) -> list[_Token]:
    folded = fold(query)
    tokens: list[_Token] = []
    at = 0
    while at < len(query):
        if query[at].isspace():
            at += 1
            continue
        token, at = _next(query, folded, at)
        tokens.append(token)
    return tokens


def _next(query: str, folded: str, at: int) -> tuple[_Token, int]:
    character, place = query[at], at + 1
    if character in _CLOSING:
        return _quoted(query, at)
    if character == "(":
        return _Token("open", place), at + 1
    if character == ")":
        return _Token("close", place), at + 1
    if character in "-－" and at + 1 < len(query) and not query[at + 1].isspace():
        return _Token("NOT", place), at + 1
    field = _field(query, at)
    if field:
        return field
    number = _NUMBER.match(folded, at)
    if number:
        behind = _BETWEEN_NUMBERS.match(folded, number.end())
        end = behind.end() if behind else number.end()
        return _Token("term", place, Number(query[at : number.end()].strip(), _normal(number))), end
    end = _word_end(query, at)
    word = query[at:end]
    if word in _OPERATORS:
        return _Token(_OPERATORS[word], place), end
    if len(word) > 1 and word.endswith("*"):
        return _Token("term", place, Prefix(word.rstrip("*") or word)), end
    return _Token("term", place, Word(word)), end


def _field(query: str, at: int) -> tuple[_Token, int] | None:
    """The field that is named here; a name that nearly is one's is a slip and says so."""
    found = _FIELD.match(query, at)
    if not found:
        return None
    written = found[1]
    name = FIELD_OF.get(written.lower())
    if name is None:
        near = difflib.get_close_matches(written.lower(), FIELD_OF, n=1, cutoff=_ALIKE)
        if not near or len(written) < 2:
            return None
        raise SearchProblem(
            f"'{written}' at character {at + 1} is no field; did you mean {near[0]}:? "
            f"Put the words in quotation marks to search for them as they stand.",
            "unknown-field",
            place=at + 1,
            name=written,
            near=near[0],
        )
    if found.end() >= len(query):
        raise SearchProblem(
            f"Nothing stands after {written}: at character {at + 1}; write a word, phrase or number there.",
            "empty-field",
            place=at + 1,
            name=written,
        )
    return _Token("field", at + 1, field=name), found.end()


def _quoted(query: str, at: int) -> tuple[_Token, int]:
    closing = _CLOSING[query[at]]
    end = query.find(closing, at + 1)
    if end < 0:
        raise SearchProblem(
            f"The quotation mark {query[at]} at character {at + 1} is never closed;"
            f" add {closing} after the phrase.",
            "open-quote",
            place=at + 1,
            mark=query[at],
            closing=closing,
        )
    text = query[at + 1 : end]
    if not text.strip():
        raise SearchProblem(
            f"The quotation marks at character {at + 1} hold nothing; write the phrase between them.",
            "empty-quote",
            place=at + 1,
        )
    return _Token("term", at + 1, Phrase(text)), end + 1


def _word_end(query: str, at: int) -> int:
    depth = 0
    for end in range(at, len(query)):
        character = query[end]
        if character.isspace() or character in _CLOSING:
            return end
        if character == "(":
            depth += 1
        elif character == ")":
            if depth == 0:
                return end
            depth -= 1
    return len(query)


class _Parser:
    """Reads the tokens once, left to right."""

    def __init__(self, tokens: list[_Token], length: int) -> None:
        self._tokens = tokens
        self._at = 0
        self._end = length + 1

    def whole(self) -> Node:
        node = self._either(0)
        if self._kind() is not None:
            raise SearchProblem(
                f"The parenthesis ) at character {self._place()} closes nothing; remove it or add ( before.",
                "close",
                place=self._place(),
            )
        return node

    def _kind(self) -> str | None:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else None

    def _place(self) -> int:
        return self._tokens[self._at].position if self._at < len(self._tokens) else self._end

    def _either(self, depth: int) -> Node:
        parts = [self._every(depth)]
        while self._kind() == "OR":
            self._at += 1
            parts.append(self._every(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _every(self, depth: int) -> Node:
        parts = [self._part(depth)]
        while self._kind() in ("AND", "NOT", "open", "field", "term"):
            if self._kind() == "AND":
                self._at += 1
            parts.append(self._part(depth))
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _part(self, depth: int) -> Node:
        negative = False
        while self._kind() == "NOT":
            negative = not negative
            self._at += 1
        node = self._fielded(depth) if self._kind() == "field" else self._value(depth)
        return Without(node) if negative else node

    def _fielded(self, depth: int) -> Node:
        name = self._tokens[self._at].field
        self._at += 1
        place = self._place()
        if self._kind() == "field":
            raise SearchProblem(
                f"A value is missing at character {place}; after a field's name comes what it should hold.",
                "missing",
                place=place,
            )
        return Field(name, self._value(depth), place)

    def _value(self, depth: int) -> Node:
        return self._group(depth) if self._kind() == "open" else self._term()

    def _group(self, depth: int) -> Node:
        opened = self._place()
        if depth >= MAX_DEPTH:
            raise SearchProblem(
                f"Parentheses are nested deeper than {MAX_DEPTH} at character {opened}; simplify the query.",
                "deep",
                place=opened,
                most=MAX_DEPTH,
            )
        self._at += 1
        node = self._either(depth + 1)
        if self._kind() != "close":
            raise SearchProblem(
                f"The parenthesis ( at character {opened} is never closed; add ) after the last word.",
                "open",
                place=opened,
            )
        self._at += 1
        return node

    def _term(self) -> Node:
        token = self._tokens[self._at] if self._at < len(self._tokens) else None
        if token is None or token.node is None:
            raise SearchProblem(
                f"A word or phrase is missing at character {self._place()}; AND, OR, NOT and - join words.",
                "missing",
                place=self._place(),
            )
        self._at += 1
        return token.node
