"""The query language, read into a tree.

    query   = either*              words side by side must all be found
    either  = every { (OR | 或) every }
    every   = part { [AND | 且] part }
    part    = [NOT | 非 | -] ( term | "(" query ")" )
    term    = [field ":"] ( phrase | number | word | word* )      field: "(" query ")" also
    phrase  = "…" or “…” or 「…」 or 『…』 or ‘…’
    number  = a document number with brackets of any kind: 国办发〔2021〕11号, 国办发{2021}11号
    word    = also 《…》, which asks for what stands between the marks, and a span of days in a field of days
    field   = a name of `language.FIELDS`, in Chinese or English, before a colon of either width

Parentheses are of either width. One inside a word belongs to the word, so 货币(含外汇) may be typed as it is
printed; so does a colon behind what is no field's name.
"""

from __future__ import annotations

from warehouse.search.nodes import Either, Every, Field, Node, Without
from warehouse.search.problems import SearchProblem
from warehouse.search.tokens import Token, tokens

MAX_LENGTH = 1000
MAX_DEPTH = 20


def parse(query: str) -> Node | None:
    """The tree of a query, None when it is empty; a UserError names the place that cannot be read."""
    if len(query) > MAX_LENGTH:
        raise SearchProblem(
            f"The query has {len(query)} characters; at most {MAX_LENGTH} are read, shorten it.",
            "too-long",
            length=len(query),
            most=MAX_LENGTH,
        )
    read = tokens(query)
    return _Parser(read, len(query)).whole() if read else None


class _Parser:
    """Reads the tokens once, left to right."""

    def __init__(self, tokens: list[Token], length: int) -> None:
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
        return self._tokens[self._at].place if self._at < len(self._tokens) else self._end

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
