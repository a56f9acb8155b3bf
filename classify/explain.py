"""The words of a document that spoke for its class: a model's hashed weights read back off the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from classify.components.state import Findings
from classify.linear.features import FIELDS, Sample, Shape, grams_in
from classify.linear.model import LinearModel, votes_block
from classify.teaching.mixed import MixedModel
from warehouse.records import Evidence, Label

WORDS = 6  # at most so many of a document
LEAST = 0.03  # of all that spoke for the class; less is not worth a reader's time
HEAD = 400  # characters of a text that are read for words; what a person sees first
PLACED = ("title", "body")  # fields whose words stand somewhere in the document
_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u1fff\u2070-\u2fff\u3041-\U0010ffff]+")
_BREAK = re.compile(r"[\s《》（）()“”、，。；：,.;:！？!?—\d关于的和与及]")
_LONGEST = 10  # characters of a Chinese passage shown as one word

Floats = NDArray[np.float64]


@dataclass(slots=True)
class _Asked:
    """One document with the class it is asked about, and what spoke for that."""

    state: Findings
    sample: Sample
    place: int  # of the label among the document's
    label: Label
    units: dict[str, tuple[list[tuple[int, int]], Floats]]  # where each unit of a field stands, what it gave
    issuer: float = 0.0
    other: float = 0.0  # what the terms' votes and the number's organ gave


def explain(states: Sequence[Findings], samples: Sequence[Sample], model: LinearModel) -> None:
    """Put the words that spoke for it into the evidence of the first class, where this model gave that.

    Each has its share of all that spoke for the class; classes that a site published need no words.
    """
    asked = [
        _Asked(state, sample, place, label, {})
        for state, sample in zip(states, samples, strict=True)
        for place, label in _first(state, str(model.card["scheme"]))
    ]
    if not asked:
        return
    for part, share in model.parts() if isinstance(model, MixedModel) else ((model, 1.0),):
        if share > 0:
            _weigh(asked, part, share)
    for one in asked:
        words = _evidences(one)
        one.state.topics[one.place] = replace(one.label, evidence=_merged(one.label.evidence, words))


def _first(state: Findings, scheme: str) -> Iterator[tuple[int, Label]]:
    own = ((place, label) for place, label in enumerate(state.topics) if label.scheme == scheme)
    for place, label in own:
        if label.basis == "model":
            yield place, label
        return


def _weigh(asked: list[_Asked], model: LinearModel, share: float) -> None:
    """Add what this model says of every field of every document, all documents at once."""
    codes = {code: place for place, (code, _) in reversed(list(enumerate(model.classes)))}
    columns = np.array(
        [codes.get(one.label.code.split("-")[0], codes.get(one.label.code, -1)) for one in asked]
    )
    shape = Shape.of(model.card)
    for name in FIELDS:
        values = [_value(one.sample, name) for one in asked]
        if not any(values) or not shape.weights[name]:
            continue
        found = grams_in(values, shape, name)
        rows = found.owners()
        given = _given(model, rows, found.buckets, columns) * (share * shape.weights[name])
        if name in PLACED:
            _place(asked, values, shape, name, rows, given)
        else:
            for one, weight in zip(asked, np.bincount(rows, given, len(asked)), strict=True):
                if name == "issuer":
                    one.issuer += float(weight)
                else:
                    one.other += float(weight)
    for one, gave in zip(asked, _votes(model, [one.sample for one in asked], columns).tolist(), strict=True):
        one.other += gave * share


def _value(sample: Sample, name: str) -> str:
    """A field as the model reads it; nothing where that would move the places of its words."""
    value = str(getattr(sample, name))[: HEAD if name == "body" else None]
    plain = unicodedata.normalize("NFKC", value).lower()
    return plain if name not in PLACED or len(plain) == len(value) else ""


def _given(
    model: LinearModel, rows: NDArray[np.int64], buckets: NDArray[np.int64], columns: NDArray[np.int64]
) -> Floats:
    """What each n-gram gave to its document's class; every occurrence counts alike."""
    if not len(model.buckets) or not len(rows):
        return np.zeros(len(rows))
    norms = np.sqrt(np.bincount(rows, minlength=len(columns)).astype(np.float64))
    at = np.minimum(np.searchsorted(model.buckets, buckets), len(model.buckets) - 1)
    known = (model.buckets[at] == buckets) & (columns[rows] >= 0)
    given = np.zeros(len(rows))
    places, owners = at[known], rows[known]
    given[known] = model.idf[places] * model.weights[places, columns[owners]] / norms[owners]
    return given


def _place(
    asked: list[_Asked], values: list[str], shape: Shape, name: str, rows: NDArray[np.int64], given: Floats
) -> None:
    """Spread what the n-grams gave over the characters (or words) they consist of."""
    spans = [_units(value, shape) for value in values]
    lengths = np.array([len(one) for one in spans])
    starts = np.concatenate(([0], np.cumsum(lengths)))
    total, at = np.zeros(int(starts[-1])), 0
    sizes = [size for size in shape.grams[name] if starts[-1] >= size]
    counts = [int(np.maximum(lengths - size + 1, 0).sum()) for size in sizes]
    while sum(counts) and at + sum(counts) <= len(rows):
        for size, count in zip(sizes, counts, strict=True):
            owners = rows[at : at + count]
            first = np.searchsorted(owners, np.arange(len(values)))
            places = starts[owners] + np.arange(count) - first[owners]
            for step in range(size):
                total += np.bincount(places + step, given[at : at + count] / size, len(total))[: len(total)]
            at += count
    if at != len(rows):
        return  # the model reads more than characters or words; its terms still explain it
    for index, one in enumerate(asked):
        gave = total[starts[index] : starts[index + 1]]
        held = one.units.get(name)
        one.units[name] = (
            spans[index],
            gave if held is None or len(held[1]) != len(gave) else held[1] + gave,
        )


def _units(value: str, shape: Shape) -> list[tuple[int, int]]:
    if shape.words:
        return [found.span() for found in _WORD.finditer(value)]
    return [(at, at + 1) for at in range(len(value))]


def _votes(model: LinearModel, samples: Sequence[Sample], columns: NDArray[np.int64]) -> Floats:
    """What the terms' votes gave to each document's class; their words stand in the evidence already."""
    votes = int(model.card["votes"])
    if not votes:
        return np.zeros(len(samples))
    block = votes_block(samples, votes, float(model.card["vote_weight"]))
    given = (block * model.weights[len(model.buckets) :].T[columns]).sum(axis=1)
    return np.where(columns >= 0, given, 0.0).astype(np.float64)


def _evidences(one: _Asked) -> list[Evidence]:
    """The passages that gave most, as places in the document, with their share of all that was given."""
    total = max(one.issuer, 0.0) + max(one.other, 0.0)
    total += sum(float(np.maximum(gave, 0.0).sum()) for _, gave in one.units.values())
    if total <= 0:
        return []
    found = [
        (weight / total, name, start, end)
        for name, (spans, gave) in one.units.items()
        for start, end, weight in _passages(_value(one.sample, name), spans, gave)
        if weight / total >= LEAST
    ]
    found.sort(key=lambda passage: (-passage[0], passage[1:]))
    told = [_evidence(one, name, start, end, weight) for weight, name, start, end in found[:WORDS]]
    if one.issuer / total >= LEAST and one.state.departments:
        told.append(Evidence("issuer", one.state.departments[0].name, weight=round(one.issuer / total, 3)))
    return told


def _passages(value: str, spans: list[tuple[int, int]], gave: Floats) -> Iterator[tuple[int, int, float]]:
    """Neighbouring units that speak for the class, joined; single Chinese characters say nothing."""
    speaking = gave > 0
    floor = float(gave[speaking].mean()) / 20 if speaking.any() else 0.0
    run: list[int] = []
    for at in np.flatnonzero(gave > floor).tolist():
        start, end = spans[at]
        if _BREAK.match(value, start):
            continue
        near = run and (end - start > 1 or start - spans[run[0]][0] < _LONGEST)
        if run and not (near and run[-1] == at - 1):
            yield from _run(spans, gave, run)
            run = []
        run.append(at)
    yield from _run(spans, gave, run)


def _run(spans: list[tuple[int, int]], gave: Floats, run: list[int]) -> Iterator[tuple[int, int, float]]:
    if run and spans[run[-1]][1] - spans[run[0]][0] > 1:
        yield spans[run[0]][0], spans[run[-1]][1], float(gave[run[0] : run[-1] + 1].sum())


def _evidence(one: _Asked, name: str, start: int, end: int, weight: float) -> Evidence:
    """The passage where it stands in the document, personal data masked."""
    if name == "title":
        title = one.state.document.title
        first = max(title.find(one.sample.title), 0)
        return Evidence("title", title[first + start : first + end], None, first + start, first + end,
                        round(weight, 3))  # fmt: skip
    whole = one.state.text or "\n".join(one.state.document.paragraphs)
    paragraph, inside = one.state.place(start)
    return Evidence("paragraph", whole[start:end], paragraph, inside, inside + end - start, round(weight, 3))


def _merged(terms: tuple[Evidence, ...], words: list[Evidence]) -> tuple[Evidence, ...]:
    """Words by their share, then the terms that no word holds."""
    told = [
        term
        for term in terms
        if term.where != "model"
        and term.text
        and not any(w.where == term.where and term.text in w.text for w in words)
    ]
    ranked = sorted(words, key=lambda one: -(one.weight or 0.0))
    return (*ranked, *told) or tuple(term for term in terms if term.text)
