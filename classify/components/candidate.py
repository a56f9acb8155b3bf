"""Sentences that seem to name a problem, a measure or a requirement: candidates with a confidence.

The value of the fact is the confidence, 0 to 1: how much speaks for it beyond what is needed. A fact is
known by its sentence alone, so that what a person says of it holds when the rules weigh it anew. Outside
laws the sums of the rules are judged by weights learnt from marked sentences (`learnt_sentences.py`); the
rule of a fact tells whether the words alone would have found it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from math import exp

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.anchors import Anchors
from classify.components.english_told import english_told
from classify.components.findings_told import LEAST, SPEAKS, Manner, Told, sentences_told
from classify.components.learnt_sentences import Judged, kind_of, sentence_weights, word_weights
from classify.components.mined import anchors_of
from classify.components.rule_measures import rule_measures
from classify.components.state import MINED_CHARACTERS, Component, Findings, findings, mark
from warehouse.identity import fact_id as name_fact
from warehouse.records import Fact

RULE = "candidate-4"
LEARNT = "candidate-4-learnt"  # the rules alone would not have found it
MOST = 1_000  # of one kind in one document
SHORTEST = 8  # signs of a sentence that tells something
_LAW = 3000  # where a law's first article begins at the latest
_REQUIRED = frozenset(("条件", "标准", "资格", "资质"))
_STRENGTHENS = re.compile(
    r"应当?(?:具备|符合|满足|达到)|必须(?:具备|符合|达到)|须(?:具备|符合|达到)|具备下列"
    r"|符合下列|具备以下|符合以下|不得低于|应当取得|应具有|应当具有|不符合|达标"
)
_AGAINST = re.compile(r"标准化|标准的制定|制定[^，。]{0,10}标准|附条件|条件成熟|《[^》]{0,40}标准")

Candidate = tuple[int, int, str, str, str]  # start, end, kind, confidence, rule


def candidates(text: str, anchors: Anchors, letter: bool = False, title: str = "") -> Iterator[Candidate]:
    """Sentences of a Chinese text, at most MOST of a kind, requirements last; a letter commits nobody."""
    if not letter and is_law(text):
        yield from _limited(map(_by_rules, rule_measures(text, anchors)), text)
    else:
        told = sentences_told(text, anchors, manner_of(letter))
        judged = sentence_weights().judge(told, text, kind_of(title), letter)
        yield from _limited(judged, text, measures=not letter)
    if not letter:
        yield from islice(_requirements(text, anchors), MOST)


def is_law(text: str) -> bool:
    """Whether a Chinese text is read as a law: what it tells everybody is no measure."""
    return "第一条" in text[:_LAW]


def manner_of(letter: bool) -> Manner:
    """How a document speaks: a citizen's letter or any other."""
    return Manner(measures=False, asks=True) if letter else SPEAKS


def english_candidates(text: str) -> Iterator[Candidate]:
    """Problems and measures of an English text, at most MOST of a kind."""
    return _limited(word_weights().judge(english_told(text), text), text)


def confidence(beyond: float) -> float:
    """Half for what is just enough; what speaks for it beyond that takes a part of the doubt."""
    return 1 - 0.5 * exp(-beyond)


def _by_rules(one: Told) -> Judged:
    return Judged(one.start, one.end, one.problem - LEAST, one.measure - LEAST, (True, True))


def _limited(sentences: Iterable[Judged], text: str, measures: bool = True) -> Iterator[Candidate]:
    left = {"problem": MOST, "measure": MOST if measures else 0}
    for one in sentences:
        for kind, beyond, plain in zip(left, (one.problem, one.measure), one.rules, strict=True):
            if beyond >= 0 and left[kind] and one.end - one.start >= SHORTEST:
                left[kind] -= 1
                end = one.end - 1 if text[one.end - 1] in "。；;！？!?.\n" else one.end
                yield one.start, end, kind, f"{confidence(beyond):.2f}", RULE if plain else LEARNT


def _requirements(text: str, anchors: Anchors) -> Iterator[Candidate]:
    last = -1
    for place in anchors.at("standard"):
        if place < last or not (
            text[place - 1 : place + 1] in _REQUIRED or text[place : place + 2] in _REQUIRED
        ):
            continue
        left, right = anchors.sentence(place, place + 1)
        last = right
        signs = set(_STRENGTHENS.findall(text, left, right)[:4])
        if not signs or right - left < SHORTEST:
            continue
        score = 1 - 0.7 * 0.65 ** len(signs) - (0.35 if _AGAINST.search(text, left, right) else 0)
        if score >= 0.5:
            end = right - 1 if text[right - 1] in "。；;！？!?\n" else right
            yield left, end, "requirement", f"{score:.2f}", RULE


@Language.factory("gov_candidate")
class CandidateReader(Component):
    """Adds facts `problem`, `measure` and, in Chinese texts, `requirement` with their confidence."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name, self.language = name, nlp.lang

    def __call__(self, doc: Doc) -> Doc:
        state = findings(doc)
        unit = state.document.unit
        if unit not in ("document", "letter"):  # a description of a service tells neither
            return doc
        if self.language == "en":
            _keep(doc, state, english_candidates(state.text[:MINED_CHARACTERS]))
        else:
            anchors = anchors_of(state)
            _keep(doc, state, candidates(anchors.text, anchors, unit == "letter", state.document.title))
        return doc


def _keep(doc: Doc, state: Findings, found: Iterable[Candidate]) -> None:
    """Add them to the findings, a sentence that stands twice once."""
    text, document, places = state.text, state.document.document_id, []
    kept: set[tuple[str, str]] = set()
    for start, end, kind, value, rule in found:
        sentence = text[start : end + 1].strip()
        if (kind, sentence) in kept:
            continue
        kept.add((kind, sentence))
        paragraph, inside = state.place(start)
        known = name_fact(document, kind, sentence)
        state.facts.append(Fact(known, kind, value, sentence, paragraph, inside, inside + end - start, rule))
        places.append((start, end, kind))
    mark(doc, places)
