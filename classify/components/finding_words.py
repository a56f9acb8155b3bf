"""The words of finding_words.toml with what each is worth, found in a text in one pass."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from classify.components.scan import Found, TermScanner

FILE = Path(__file__).with_name("finding_words.toml")


class Word(NamedTuple):
    """What one word is worth to a sentence, and the roles it plays in its clause."""

    problem: float  # how much it speaks for a problem
    measure: float  # for a measure, wherever it stands
    verb: float  # for a measure, at the head of a clause
    against: float  # against a measure
    lead: bool  # what follows in its paragraph tells problems
    handled: bool  # what follows in its clause is its object, no finding
    relieved: bool  # what stands before it in its clause is over
    leads_on: bool  # a clause may begin anew behind it: a doer or an adverb
    conditional: bool  # the clause speaks of a case, not of the world
    doer: bool  # somebody who acts
    purpose: bool  # what follows tells why, until a doer comes


class Words:
    """The words of one language; `find` names each by its number, `words` tells what that one is worth."""

    def __init__(self, groups: dict[str, dict[str, Any]]) -> None:
        roles: dict[str, dict[str, float]] = {}
        for group in groups.values():
            for term in group["words"]:
                roles.setdefault(term, {})[group["role"]] = float(group["weight"])
        self._scanner = TermScanner(roles)
        self.words = tuple(_word(roles[term]) for term in self._scanner.terms)

    def find(self, text: str) -> list[Found]:
        """(number, start, end) from left to right, the longest word at each place."""
        return self._scanner.numbers(text)


def _word(roles: dict[str, float]) -> Word:
    return Word(
        roles.get("problem", 0.0) + roles.get("lead", 0.0), roles.get("measure", 0.0), roles.get("verb", 0.0),
        roles.get("against", 0.0), "lead" in roles, "handled" in roles, "relieved" in roles,
        "doer" in roles or "strip" in roles, "if" in roles,
        "doer" in roles, "purpose" in roles,
    )  # fmt: skip


@cache
def words_of(language: str) -> Words:
    """The words of `zh` or `en`."""
    groups = tomllib.loads(FILE.read_text(encoding="utf-8"))[language]
    return Words(groups)
