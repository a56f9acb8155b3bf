"""Why a model gave a class: words, seed words, issuer and number prefix that spoke for it, and how much."""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from classify.linear.features import FIELDS, Sample, Shape, grams_in
from classify.linear.grams import Grams
from classify.linear.mixing import SMOOTHING
from classify.linear.model import LinearModel, votes_block
from classify.speaking import Seed, Word, speaking_words, word_spans
from warehouse.records import Evidence, Label

if TYPE_CHECKING:  # components, of which one asks here
    from classify.components.rerank import Ranker
    from classify.components.state import Findings, Spoken

SIGNS = 6  # at most so many of a label
LEAST = 0.03  # of all that spoke for the class; what is less is told together, as other signs
HARDLY = 0.05  # a candidate less likely than this is explained to nobody
HEAD = 400  # characters of a text that are read for words; what a person sees first
PLACED = ("title", "body")  # fields whose words stand somewhere in the document

Floats = NDArray[np.float64]
Sign = tuple[float, str, Word | str]  # what it gave, where it stands, and the word or name itself


@dataclass(slots=True)
class _Asked:
    """One label of one document, and what spoke for it."""

    state: Findings
    sample: Sample
    place: int  # of the label among the document's
    label: Label
    top: str  # the first-level class that the words are weighed for
    values: dict[str, str]  # of each field as the model reads it
    gave: dict[str, Floats] = field(default_factory=dict)  # of each field what its signs or words gave
    issuer: float = 0.0
    organ: float = 0.0
    seeds: float = 0.0
    other: float = 0.0  # terms of other classes: nothing that a reader could look up


def explain(
    states: Sequence[Findings], samples: Sequence[Sample], ranker: Ranker, first: Sequence[str],
    every: bool = False,
) -> None:  # fmt: skip
    """Put what spoke for it into the evidence of each class that this model gave; `every`: of candidates too.

    Every sign has its share of all that spoke for the class; the rest of the whole is what other signs gave.
    `first` names the columns of the votes. Classes that a site published need no words.
    """
    asked = list(_asked(states, samples, ranker, every))
    if not asked:
        return
    model = ranker.model
    words = bool(model.card.get("words"))
    for part, share in model.parts():
        if share > 0:
            _weigh(asked, part, share * _slope(part), first)
    for one in asked:
        old = one.label
        found = tuple(_evidence(one, ranker, words)) or ranker.by_terms(one.state, old.code)
        one.state.topics[one.place] = Label(
            old.field, old.scheme, old.code, old.name, old.score, old.basis, found,
            old.classifier_id, old.given,
        )  # fmt: skip


def _asked(
    states: Sequence[Findings], samples: Sequence[Sample], ranker: Ranker, every: bool
) -> Iterator[_Asked]:
    for state, sample in zip(states, samples, strict=True):
        values: dict[str, str] = {}
        for place, label in enumerate(state.topics):
            if label.scheme != ranker.scheme or label.basis != "model":
                continue
            if label.given or (every and label.score >= HARDLY):
                values = values or {name: _value(sample, name) for name in FIELDS}
                yield _Asked(state, sample, place, label, ranker.top_of(label.code), values)


def _slope(model: LinearModel) -> float:
    """How much one point of score moves the logarithm of a probability."""
    if model.multi:
        return float(model.card.get("sigmoid", (1.0,))[0])
    return 1.0 / float(model.card["temperatures"][0])


def _weigh(asked: list[_Asked], model: LinearModel, share: float, first: Sequence[str]) -> None:
    """Add what this model says of every field of every document, all documents at once."""
    codes = {code: place for place, (code, _) in reversed(list(enumerate(model.classes)))}
    columns = np.array([codes.get(one.top, codes.get(one.label.code, -1)) for one in asked])
    shape = Shape.of(model.card)
    for name in FIELDS:
        values = [one.values[name] for one in asked]
        if not any(values) or not shape.weights[name]:
            continue
        found = grams_in(values, shape, name)
        rows = found.owners()
        given = _given(model, rows, found.buckets, columns) * (share * shape.weights[name])
        if name in PLACED:
            _place(asked, values, shape, name, found, given)
            continue
        for one, weight in zip(asked, np.bincount(rows, given, len(asked)).tolist(), strict=True):
            setattr(one, name, getattr(one, name) + weight)
    _weigh_votes(asked, model, columns, share, first)


def _value(sample: Sample, name: str) -> str:
    """A field as the model reads it; nothing where that would move the places of its words."""
    value = str(getattr(sample, name))[: HEAD if name == "body" else None]
    if value.isascii():
        return value.lower()
    plain = value if unicodedata.is_normalized("NFKC", value) else unicodedata.normalize("NFKC", value)
    plain = plain.lower()
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
    asked: list[_Asked], values: list[str], shape: Shape, name: str, found: Grams, given: Floats
) -> None:
    """Spread what the n-grams gave over the characters (or words) they consist of."""
    lengths = np.array([len(word_spans(value)) if shape.words else len(value) for value in values])
    starts = np.concatenate(([0], np.cumsum(lengths)))
    sizes = shape.grams[name]
    total, ends = np.zeros(int(starts[-1])), np.cumsum(found.counts.sum(axis=1))
    for block, counts in enumerate(found.counts):
        size = sizes[block % len(sizes)]
        if not size or (counts != np.maximum(lengths - size + 1, 0)).any():
            continue  # no run of units: the value as a whole, or marks that stand as words
        owners = np.repeat(np.arange(len(values)), counts)
        inside = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
        gave = given[ends[block] - len(owners) : ends[block]] / size
        for step in range(size):
            total += np.bincount(starts[owners] + inside + step, gave, len(total))[: len(total)]
    for index, one in enumerate(asked):
        gave = total[starts[index] : starts[index + 1]]
        held = one.gave.get(name)
        one.gave[name] = gave if held is None or len(held) != len(gave) else held + gave


def _weigh_votes(
    asked: list[_Asked], model: LinearModel, columns: NDArray[np.int64], share: float, first: Sequence[str]
) -> None:
    """What the terms' votes gave: those of the class itself are its seed words, all others other signs."""
    points = model.points([one.sample for one in asked])
    if model.second is not None and points is not None:
        spoken = model.second.spoken(points) * (share / _slope(model))
        for one, own, column in zip(asked, spoken, columns.tolist(), strict=True):
            one.seeds += float(own[column]) if column >= 0 else 0.0
        return
    votes = int(model.card["votes"])
    if not votes:
        return
    block = votes_block([one.sample for one in asked], votes, float(model.card["vote_weight"]))
    given = block * model.weights[len(model.buckets) :].T[columns] * share
    place = {code: number for number, code in enumerate(first[:votes])}
    for one, row, column in zip(asked, given, columns.tolist(), strict=True):
        if column >= 0:
            own = float(row[place[one.top]]) if one.top in place else 0.0
            one.seeds += own
            one.other += float(row.sum()) - own


def _evidence(one: _Asked, ranker: Ranker, words: bool) -> list[Evidence]:
    """The strongest signs with their shares, strongest first; at least one where anything spoke."""
    seeds, organs = _seeds(one, ranker)
    if one.issuer > 0 and one.state.departments:
        lead = one.state.departments[0].name
        organs[lead] = organs.get(lead, 0.0) + one.issuer
    found: list[Sign] = [(gave, "issuer", name) for name, gave in organs.items()]
    found += [(seed.gave, "attachment", seed.term) for seed in seeds.get("attachment", ())]
    if one.organ > 0:
        found.append((one.organ, "number", one.sample.organ))
    total = sum(gave for gave, _, _ in found) + max(one.other, 0.0)
    spoken: dict[str, Sign] = {}
    for name in PLACED:
        own, whole = speaking_words(one.values[name], one.gave.get(name), words, seeds.get(name, ()))
        total += whole
        for word in own:
            _take(spoken, name, word)
    found += spoken.values()
    found.sort(key=lambda sign: -sign[0])
    if total <= 0:
        return []
    kept = [sign for sign in found[:SIGNS] if sign[0] >= LEAST * total] or found[:1]
    return [_told(one, where, what, round(gave / total, 3)) for gave, where, what in kept]


def _take(spoken: dict[str, Sign], name: str, word: Word) -> None:
    """Keep a word that stands in several places once, where it spoke loudest, with what all of them gave."""
    held = spoken.get(word.text)
    if held is None:
        spoken[word.text] = word.gave, name, word
        return
    gave, where, first = held
    assert isinstance(first, Word)
    seed = first.seed or word.seed
    if word.gave > first.gave:
        where, first = name, word
    spoken[word.text] = gave + word.gave, where, Word(first.start, first.text, first.gave, seed)


def _seeds(one: _Asked, ranker: Ranker) -> tuple[dict[str, list[Seed]], dict[str, float]]:
    """The class's seed words by the field they stand in, and bodies whose field it is, with what each gave.

    Terms speak twice: as votes that the model weighs, and beside the model (classify.linear.mixing).
    """
    seeds: dict[str, list[Seed]] = defaultdict(list)
    organs: dict[str, float] = {}
    votes = one.state.votes_of.get(ranker.scheme)
    points: dict[Spoken, float] = {}
    for code, factor in ranker.family(one.top) if votes is not None else ():
        if code in votes.spoke:  # type: ignore[union-attr]
            for given, spoken in votes.spoke[code]:  # type: ignore[union-attr]
                points[spoken] = points.get(spoken, 0.0) + factor * given
    if not points:
        return seeds, organs
    whole = sum(points.values())
    spoke = max(one.seeds, 0.0) + ranker.term_weight(one.state) * math.log1p(whole / SMOOTHING)
    skipped, each = _skipped(one), spoke / whole
    body = seeds["body"]
    for (where, term, start), given in points.items():
        if where == "text":
            body.append(Seed(start, term, given * each))
        elif where == "issuer":
            organs[term] = given * each
        elif where == "title":
            seeds["title"].append(Seed(start - skipped, term, given * each))
        else:
            seeds[where].append(Seed(start, term, given * each))
    return seeds, organs


def _skipped(one: _Asked) -> int:
    """How many characters of the title, its issuers' names, the model does not read."""
    return len(one.state.document.title[:400]) - len(one.sample.title) if one.sample.title else 0


def _told(one: _Asked, where: str, what: Word | str, share: float) -> Evidence:
    """The sign as evidence; a word where it stands in the document, personal data masked."""
    if isinstance(what, str):
        return Evidence(where, what, weight=share, kind="seed" if where == "attachment" else None)
    kind = "seed" if what.seed else "word"
    if where == "title":
        start = _skipped(one) + what.start
        end = start + len(what.text)
        return Evidence("title", one.state.document.title[start:end], None, start, end, share, kind)
    whole = one.state.text or "\n".join(one.state.document.paragraphs)
    paragraph, inside = one.state.place(what.start)
    end = what.start + len(what.text)
    return Evidence(
        "paragraph", whole[what.start : end], paragraph, inside, inside + len(what.text), share, kind
    )
