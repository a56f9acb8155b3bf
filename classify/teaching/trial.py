"""How much the seed should count beside the labels: tried on labelled documents that neither had seen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from classify.components.linear_cats import LinearCats
from classify.components.state import Findings, blank
from classify.linear.model import LinearModel
from classify.linear.sample import sample_of
from classify.seen import Marks, knows, marks_of
from classify.taxonomy.load import Taxonomy
from classify.teaching.labels import FOLDS, Lesson
from classify.teaching.mixed import MixedModel

WEIGHTS = (1.0, 0.9, 0.8, 0.6, 0.4, 0.2, 0.1)
MOST_TRIED = 1500  # documents kept aside in turn, the newest

FEWEST = 30  # documents new to the seed on which a trial may rest alone
UNSEEN, CORRECTIONS = "unseen", "corrections"  # what a trial rests on
TRUSTED_FROM = 0.5  # least seed weight from which every issuer may be trusted to the labels

ModelOf = Callable[[Sequence[int], float, bool, LinearModel | None], MixedModel]
Hits = dict[tuple[float, bool], dict[int, tuple[bool, bool]]]  # by way and document
Way = tuple[float, bool]  # the seed's weight, and whether terms decide for issuers that the seed never met


@dataclass(frozen=True, slots=True)
class Score:
    """How often the first class was right at its first level."""

    documents: int
    right: int
    right_before: int  # of the seed alone


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Which labelled documents may judge a seed."""

    places: tuple[int, ...]  # among the lessons, oldest first
    basis: str  # unseen | corrections: people's classes of documents that the seed had learnt from count too
    left_out: int  # the seed had learnt from them
    news: int  # labels that tell the seed anything: of documents new to it, and people's of any


@dataclass(frozen=True, slots=True)
class Trial:
    """The weight that did best, and what it did on the witnesses, each kept aside in its turn."""

    weight: float
    cautious: bool  # whether terms decide for issuers that the seed never met
    every: Score
    random: Score  # those drawn by chance in sittings: an unbiased witness
    witnesses: Witnesses


def witnesses(lessons: Sequence[Lesson], seen: Marks | None) -> Witnesses:
    """The documents that the seed had not learnt from; where these are few, people's classes of others too.

    A class that a person gave is not the one the seed learnt, so it cannot be had by heart.
    """
    known = [
        knows(seen, marks_of(one.stored.document.title, one.stored.document.paragraphs)) for one in lessons
    ]
    said = [one.basis == "librarian" for one in lessons]
    new = [place for place, one in enumerate(known) if not one]
    told = [place for place, one in enumerate(known) if not one or said[place]]
    few = len(new) < FEWEST and len(told) > len(new)
    chosen = told if few else new
    return Witnesses(
        tuple(chosen[-MOST_TRIED:]), CORRECTIONS if few else UNSEEN, len(lessons) - len(chosen), len(told)
    )


def try_weights(
    what: str, taxonomy: Taxonomy, lessons: Sequence[Lesson], states: Sequence[Findings], model_of: ModelOf,
    least: float, judges: Witnesses,
) -> Trial:  # fmt: skip
    """Each third of the witnesses answered by a model of all others, in every way that `least` allows."""
    weights = sorted({round(max(weight, least), 4) for weight in WEIGHTS}, reverse=True)
    ways = [(weight, True) for weight in weights]
    ways += [(weight, False) for weight in weights] if least <= TRUSTED_FROM else []
    hits: Hits = {way: {} for way in ways}
    answering = Answering(what)
    for fold in range(FOLDS):
        others = [place for place in range(len(lessons)) if lessons[place].fold != fold]
        asked = [place for place in judges.places if lessons[place].fold == fold]
        if len({lessons[place].gold[0] for place in others}) < 2 or not asked:
            continue
        known = model_of(others, 1.0, True, None).labels
        for way in ways:
            model = model_of(others, *way, known)
            for place, code in zip(asked, answering.codes(model, [states[p] for p in asked]), strict=True):
                gold = lessons[place].gold
                hits[way][place] = (top_of(taxonomy, code) == gold[0], code == gold[-1])
    best = max(ways, key=lambda way: (*_sums(hits[way]), *way))
    every = hits[best].keys()
    random = {place for place in every if lessons[place].random}
    return Trial(*best, _score(hits, best, every), _score(hits, best, random), judges)


class Answering:
    """The component itself, so that what is judged is what documents will get, save their words."""

    def __init__(self, what: str) -> None:
        self.component = LinearCats(blank("zh"), "trial", None, what)

    def codes(self, model: LinearModel, states: Sequence[Findings]) -> list[str]:
        """The first class of each document; "" where none is likely enough."""
        self.component.take(model)
        voting, first, ranker = self.component.voting, self.component.first, self.component.ranker
        samples = [sample_of(state, voting, first, model.card["fields"]) for state in states]
        topics = ranker.topics(states, model.predict(samples)) if ranker else []
        return [labels[0].code if labels else "" for labels in topics]


def top_of(taxonomy: Taxonomy, code: str) -> str:
    """The first level of a class."""
    return taxonomy.parents.get(code) or code


def _sums(hits: dict[int, tuple[bool, bool]]) -> tuple[int, int]:
    return sum(first for first, _ in hits.values()), sum(both for _, both in hits.values())


def _score(hits: Hits, best: Way, places: Collection[int]) -> Score:
    chosen = [place for place in hits[best] if place in places]
    seed = hits[max(hits)]
    return Score(len(chosen), sum(hits[best][p][0] for p in chosen), sum(seed[p][0] for p in chosen))
