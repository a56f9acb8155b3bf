"""Whose paper a title without a name is, by what national bodies are competent for: the weakest rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from classify.components.state import Findings
from classify.departments.authority import Authority
from classify.departments.load import FOLDER
from classify.strict import check_keys, read_toml
from warehouse.errors import UserError
from warehouse.records import Body, Evidence

_BRACKET = re.compile(r"（[^（）]{0,40}）$")
_LOCAL_NUMBER = re.compile(r"(?!国)[一-鿿]{1,3}(?:政|府)(?:办|规|发|字|函|告|令)")  # 海政发, 穗府办规
_FORWARDED = re.compile(r"(?:关于)?转发《")
LONGEST = 400  # characters of a title that are read
HINT = 0.4  # points of a hint; a term has 1 and a quarter more for each character beyond two
FORM = 4.0  # points of a kind of paper that one body alone adopts
LEAST = 1.0  # fewer points are no answer
NATIONAL = (None, "CN")  # homes that are asked; a local paper's competence lies with a local office


@dataclass(frozen=True, slots=True)
class Subject:
    """What one body is competent for."""

    code: str
    terms: tuple[str, ...]
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of paper, by how its title ends, that one body adopts."""

    code: str
    ends: tuple[str, ...]
    without: str


def by_competence(state: Findings, known: Authority) -> list[tuple[Body, Evidence]]:
    """The national body that most words of the title belong to; nobody when two have as many points."""
    title = state.document.title[:LONGEST]
    if state.number is not None and _LOCAL_NUMBER.match(state.number.organ):
        return []  # a government's own number that no file knows: some local office's paper
    if _FORWARDED.match(title):
        return []  # who forwards another's paper is not told by what that paper is about
    if state.home not in NATIONAL or not title or not state.document.language.startswith("zh"):
        return []
    ranked = ranking(title)[:2]
    if not ranked or ranked[0][0] < LEAST or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return []
    _, code, words = ranked[0]
    body = known.body(code)
    at = title.find(words)
    return [(body, Evidence("competence", words, None, at, at + len(words)))] if body else []


def ranking(title: str) -> list[tuple[float, str, str]]:
    """Points, body and longest word of each body that the title speaks of, most points first."""
    subjects, forms = competences()
    found: list[tuple[float, str, str]] = []
    said: dict[int, set[str]] = {}
    for at, sign in enumerate(title):
        for number, words in _by_sign().get(sign, ()):
            if title.startswith(words, at):
                said.setdefault(number, set()).add(words)
    for number, known in sorted(said.items()):
        subject = subjects[number]
        terms = [term for term in subject.terms if term in known]
        hints = [hint for hint in subject.hints if hint in known]
        points = sum(1 + (len(term) - 2) / 4 for term in terms) + HINT * len(hints)
        found.append((points, subject.code, max((*terms, *hints), key=len)))
    ending = _BRACKET.sub("", title).rstrip("》")
    for form in forms:
        if form.without not in title and ending.endswith(form.ends):
            found.append((FORM, form.code, next(end for end in form.ends if ending.endswith(end))))
    return sorted(found, key=lambda item: -item[0])


@lru_cache(maxsize=1)
def _by_sign() -> dict[str, list[tuple[int, str]]]:
    """All terms and hints by their first sign, each with the number of its subject."""
    index: dict[str, list[tuple[int, str]]] = {}
    for number, subject in enumerate(competences()[0]):
        for words in (*subject.terms, *subject.hints):
            index.setdefault(words[0], []).append((number, words))
    return index


@lru_cache(maxsize=1)
def competences() -> tuple[tuple[Subject, ...], tuple[Form, ...]]:
    """The packaged list; a UserError names the entry that does not fit."""
    raw = read_toml(FOLDER / "competence.toml")
    check_keys("competence.toml", raw, {"subject": list, "form": list}, {})
    for one in raw["subject"]:
        check_keys(f"competence.toml: {one!r}", one, {"code": str, "terms": list}, {"hints": list})
        if min(map(len, one["terms"]), default=0) < 2:
            raise UserError(f"competence.toml: {one['code']}: a term has two characters or more.")
    for one in raw["form"]:
        check_keys(f"competence.toml: {one!r}", one, {"code": str, "ends": list, "without": str}, {})
    subjects = tuple(
        Subject(one["code"], tuple(one["terms"]), tuple(one.get("hints", ()))) for one in raw["subject"]
    )
    return subjects, tuple(Form(one["code"], tuple(one["ends"]), one["without"]) for one in raw["form"])
