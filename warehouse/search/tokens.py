"""A query cut into its pieces: parentheses, operators, names of fields, and what is looked for."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from warehouse.invisible import INVISIBLE
from warehouse.search.language import DATED_FIELDS, FIELD_OF, TYPED_SPAN
from warehouse.search.nodes import Number, Phrase, Prefix, Term, Word
from warehouse.search.problems import SearchProblem
from warehouse.search.scripts import simplified
from warehouse.search.spellings import LEADING
from warehouse.search.text import fold

_CLOSING = {'"': '"', "＂": "＂", "“": "”", "”": "”", "「": "」", "『": "』", "‘": "’"}
_OPERATORS = {"AND": "AND", "且": "AND", "OR": "OR", "或": "OR", "NOT": "NOT", "非": "NOT"}
_FIELD = re.compile(r"([a-z][a-z_-]{1,19}|[\u4e00-\u9fff]{1,6})(\s*)[:：](?!//)\s*")
_ALIKE = 0.75  # how near a name must be to a field's to be taken for a slip
_NUMBER = re.compile(
    r"(?P<organ>[\u3400-\u9fff]{1,16})\s*(?:(?P<usual>[〔［\[(（【〈<])|[﹝{｛《〖⟨﹙〘❲「‹])\s*(?P<year>[12]\d{3})"
    r"\s*年?\s*(?(usual)[〕］\])）】〉>]|[﹞}｝》〗⟩﹚〙❳」›])\s*第?\s*0*(?P<serial>\d{1,6})\s*"
    r"(?(usual)(?P<end>号)?|(?P<sure>号))(?:(?<=号)文件?(?![^\s、，,;；)）]))?"
)  # brackets that numbers seldom have make one only before a whole number with its 号

_BETWEEN = re.compile(r"[、，,;；]\s*(?=[\u3400-\u9fff《])")  # A号、B号 are two numbers
_TITLE = re.compile(r"《([^《》\n]*[^《》\s][^《》\n]*)》(?=[\s)）《、，,;；]|$)")


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a query."""

    kind: str  # open | close | AND | OR | NOT | field | term
    place: int  # from 1, for people
    node: Term | None = None
    field: str = ""


def tokens(query: str) -> list[Token]:
    """The pieces of a query; a SearchProblem names the place that cannot be read.

    Characters that nobody sees are passed over, as texts are read without them; places count them still.
    """
    return list(_Reading(query).tokens())


class _Reading:
    """Reads a query once, left to right."""

    def __init__(self, query: str) -> None:
        seen = [(at, one) for at, one in enumerate(query, 1) if not INVISIBLE.match(one)]
        self._query = "".join(one for _, one in seen)
        self._folded = fold(self._query)
        self._places = [at for at, _ in seen]
        self._depth = 0
        self._dated: int | None = None  # the depth at which days are expected, behind 年: or in its group

    def tokens(self) -> Iterator[Token]:
        at = 0
        while at < len(self._query):
            if self._query[at].isspace():
                at += 1
                continue
            token, at = self._next(at)
            self._count(token)
            yield token

    def _count(self, token: Token) -> None:
        if token.kind == "open":
            self._depth += 1
        elif token.kind == "close":
            self._depth = max(0, self._depth - 1)
        if token.kind == "field":
            self._dated = self._depth if token.field in DATED_FIELDS else None
        elif self._dated is not None and self._depth <= self._dated:
            self._dated = None

    def _next(self, at: int) -> tuple[Token, int]:
        character, place = self._query[at], self._places[at]
        if self._quotes(at):
            return self._quoted(at)
        if character in "(（":
            return Token("open", place), at + 1
        if character == ")" or (character == "）" and self._depth > 0):
            return Token("close", place), at + 1
        if character in "-－" and at + 1 < len(self._query) and not self._query[at + 1].isspace():
            return Token("NOT", place), at + 1
        return self._field(at) or self._span(at) or self._title(at) or self._number(at) or self._word(at)

    def _quotes(self, at: int) -> bool:
        """Whether a phrase begins here; ‘ is a quotation mark only where ’ follows."""
        mark = self._query[at]
        return mark in _CLOSING and (mark != "‘" or self._query.find("’", at) > 0)

    def _quoted(self, at: int) -> tuple[Token, int]:
        mark, place = self._query[at], self._places[at]
        closing = _CLOSING[mark]
        end = self._query.find(closing, at + 1)
        if end < 0:
            raise SearchProblem(
                f"The quotation mark {mark} at character {place} is never closed;"
                f" add {closing} after the phrase.",
                "open-quote",
                place=place,
                mark=mark,
                closing=closing,
            )
        text = self._query[at + 1 : end]
        if not text.strip():
            raise SearchProblem(
                f"The quotation marks at character {place} hold nothing; write the phrase between them.",
                "empty-quote",
                place=place,
            )
        return Token("term", place, Phrase(text, place)), end + 1

    def _field(self, at: int) -> tuple[Token, int] | None:
        """The field that is named here; a name that nearly is one's is a slip and says so."""
        found = _FIELD.match(self._folded, at)
        if not found:
            return None
        written, place = self._query[at : found.end(1)], self._places[at]
        plain = simplified(found[1]).replace("_", "-")
        name = FIELD_OF.get(plain)
        if name is None:
            near = difflib.get_close_matches(plain, FIELD_OF, n=1, cutoff=_ALIKE)
            if not near or len(written) < 2 or found[2]:
                return None
            raise SearchProblem(
                f"'{written}' at character {place} is no field; did you mean {near[0]}:? "
                f"Put the words in quotation marks to search for them as they stand.",
                "unknown-field",
                place=place,
                name=written,
                near=near[0],
            )
        if found.end() >= len(self._query):
            raise SearchProblem(
                f"Nothing stands after {written}: at character {place};"
                f" write a word, phrase or number there.",
                "empty-field",
                place=place,
                name=written,
            )
        return Token("field", place, field=name), found.end()

    def _span(self, at: int) -> tuple[Token, int] | None:
        """Days with blanks between them, where a field asks for days: 2024-01 .. 2024-06, >= 2025."""
        found = TYPED_SPAN.match(self._folded, at) if self._dated is not None else None
        if not found:
            return None
        place = self._places[at]
        return Token("term", place, Word(found.group().strip(), place)), found.end()

    def _title(self, at: int) -> tuple[Token, int] | None:
        """A title in its marks asks for what stands between them, with them or without."""
        found = _TITLE.match(self._query, at)
        if not found:
            return None
        place = self._places[at]
        return Token("term", place, Word(found[1].strip(), place, titled=True)), self._behind(found.end())

    def _number(self, at: int) -> tuple[Token, int] | None:
        found = _NUMBER.match(self._folded, at)
        if not found:
            return None
        place = self._places[at]
        written, organ = self._query[at : found.end()].strip(), LEADING.sub("", found["organ"])
        normal = f"{organ}〔{found['year']}〕{found['serial']}号"
        return Token("term", place, Number(written, normal, place)), self._behind(found.end())

    def _behind(self, end: int) -> int:
        found = _BETWEEN.match(self._query, end)
        return found.end() if found else end

    def _word(self, at: int) -> tuple[Token, int]:
        end, place = self._word_end(at), self._places[at]
        word = self._query[at:end]
        if word in _OPERATORS:
            return Token(_OPERATORS[word], place), end
        if len(word) > 1 and word.endswith(("*", "＊")):
            return Token("term", place, Prefix(word.rstrip("*＊") or word, place)), end
        return Token("term", place, Word(word, place)), end

    def _word_end(self, at: int) -> int:
        depth = 0
        for end in range(at, len(self._query)):
            character = self._query[end]
            if character.isspace() or (end > at and self._quotes(end)):
                return end
            if character in "(（":
                depth += 1
            elif character == ")" or (character == "）" and (depth or self._depth > 0)):
                if depth == 0:
                    return end
                depth -= 1
        return len(self._query)
