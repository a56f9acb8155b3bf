"""Words of a source that may not be shown, taken over without quotation marks.

A source that allows a link alone, or excerpts, does so whether or not its words stand in quotation marks.
Looked for are runs of a source's text in the draft's own sentences; shorter ones are how things are called.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from dashboard.checking.held import CitedDocument
from dashboard.checking.model import Finding
from dashboard.checking.plain import plain
from dashboard.checking.quoted import Quoted, quoted
from dashboard.checking.units import Looked, Unit, finding
from warehouse.passages import MOST_OF_EXCERPT

LEAST = {"zh": 30, "en": 90}  # letters that stand together in both, about a clause of a sentence
Spans = dict[int, list[tuple[int, int]]]


def check_copied(looked: Looked) -> Iterator[Finding]:
    """Sentences that hold words of such a source; where excerpts are allowed, those beyond the allowance."""
    restricted = [one for one in looked.library if one.reuse != "full"]
    if not restricted:
        return
    said = _quoted_spans(looked)
    for document in restricted:
        letters = LEAST["en" if str(document.row["language"] or "").startswith("en") else "zh"]
        runs = frozenset(run for held in document.texts() if held.where != "title"
                         for run in _runs(held.plain, letters))  # fmt: skip
        title = plain(document.title)
        left = MOST_OF_EXCERPT if document.reuse == "excerpt" else 0
        for unit, start, end, own in _sentences(looked, said):
            taken = _taken(own.replace(title, "\0"), runs, letters)
            if not taken:
                continue
            left -= taken
            if left < 0:
                yield _copied(document, unit, start, end, taken)


def _copied(document: CitedDocument, unit: Unit, start: int, end: int, taken: int) -> Finding:
    return finding(
        f"copied-{document.reuse}", unit, start, end, title=document.title, n=taken,
        most=MOST_OF_EXCERPT, document_id=document.document_id,
    )  # fmt: skip


def _quoted_spans(looked: Looked) -> Spans:
    found: Spans = defaultdict(list)
    for one in quoted(looked.units):
        if isinstance(one, Quoted):
            found[id(one.unit)].append((one.start, one.end))
    return found


def _sentences(looked: Looked, said: Spans) -> Iterator[tuple[Unit, int, int, str]]:
    """Every sentence with its own words as they are compared; a quotation in it ends a run."""
    for unit in looked.units:
        text = unit.text.text
        for start, end in unit.sentences:
            own = list(text[start:end])
            for first, last in said[id(unit)]:
                for at in range(max(first, start), min(last, end)):
                    own[at - start] = "\0"
            yield unit, start, end, plain("".join(own))


def _runs(text: str, letters: int) -> Iterator[str]:
    return (text[at : at + letters] for at in range(len(text) - letters + 1))


def _taken(own: str, runs: frozenset[str], letters: int) -> int:
    """How many letters of a sentence stand in runs that the source has too."""
    covered = until = 0
    for at, run in enumerate(_runs(own, letters)):
        if run in runs:
            covered += at + letters - max(at, until)
            until = at + letters
    return covered
