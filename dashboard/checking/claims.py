"""A sentence that names a source and has hardly a word in common with it: somebody looks at it.

What is said in one's own words cannot be proven; an invented sentence can be noticed. Compared are pairs of
Chinese signs, and beginnings of English words, with all texts of the documents the sentence names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dashboard.checking.held import CitedDocument
from dashboard.checking.model import Finding
from dashboard.checking.units import Looked, Unit, finding, short

LEAST_SHARED = {"zh": 0.2, "en": 0.2}  # docs/decisions/0044-checks.md says how they were measured
_LEAST_GRAMS = {"zh": 12, "en": 7}  # a shorter sentence says too little to compare
_HAN_RUN = re.compile(r"[一-鿿]+")
_WORD = re.compile(r"[a-z]{4,}")


def check_claims(looked: Looked) -> Iterator[Finding]:
    """Sentences that share less with all they name than sentences on the same subject do."""
    known: dict[str, frozenset[str]] = {}
    foreign = 0  # sentences whose sources are all in another language: nothing can be said of them
    for unit in looked.units:
        if unit.kind in ("heading", "caption", "quotation"):
            continue
        for start, end in unit.sentences:
            named = _documents(looked, unit, start, end)
            spoken = looked.language
            said = grams(unit.text.text[start:end], spoken)
            if not named or len(said) < _LEAST_GRAMS[spoken]:
                continue
            documents = [one for one in named if _speaks(one, spoken)]
            if not documents:
                foreign += 1
                continue
            held: set[str] = set()
            for one in documents:
                held |= known.setdefault(one.document_id, _grams_of(one, spoken))
            if len(said & held) < LEAST_SHARED[spoken] * len(said):
                sentence = short(unit.text.text[start:end])
                yield finding(
                    "claim-unlike", unit, start, end, sentence=sentence, title=documents[0].title,
                    document_id=documents[0].document_id,
                )  # fmt: skip
    if foreign:
        yield finding("claim-not-compared", None, n=foreign)


def grams(text: str, language: str) -> frozenset[str]:
    """What of a text is compared."""
    if language == "en":
        return frozenset(word[:6] for word in _WORD.findall(text.casefold()))
    runs = _HAN_RUN.findall(text)
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))


def _grams_of(document: CitedDocument, language: str) -> frozenset[str]:
    issuer = str(document.row["issuer"] or "")
    return grams("\n".join((issuer, *(one.text for one in document.texts()))), language)


def _speaks(document: CitedDocument, language: str) -> bool:
    return str(document.row["language"] or "").startswith(language)


def _documents(looked: Looked, unit: Unit, start: int, end: int) -> Sequence[CitedDocument]:
    """What a sentence names: the references in it, at the paragraph's end for its last one; a cell's row."""
    if unit.kind == "cell":
        return looked.documents(unit.bound)
    return looked.documents(tuple(mark for mark in unit.text.marks if start < mark.at <= end))
