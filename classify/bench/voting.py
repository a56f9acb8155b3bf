"""What the terms of a task's own scheme say of an example, for tasks of several labels.

The terms are those that the product's schemes hold (classify/taxonomy); they meet masked texts as all do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from classify.components.scan import TermScanner
from classify.linear.features import Sample
from classify.taxonomy.load import load_taxonomy

SCHEMES = {"us-tags": "digital-gov-tags", "uk-policies": "gov-uk-policies"}
TITLE = 2.0  # a term in a title counts so often, and once more where the title is part of the text


class Voting:
    """Counts the terms of each label in titles and texts."""

    def __init__(self, scheme: str, labels: Sequence[str]) -> None:
        taxonomy = load_taxonomy(scheme)
        owners: dict[str, list[int]] = {}
        for place, label in enumerate(labels):
            code = taxonomy.code_of(label)
            for term, _ in taxonomy.by_code[code].english if code else ():
                owners.setdefault(term, []).append(place)
        self._scanner, self._width = TermScanner(owners), len(labels)
        self._owners = [owners[term] for term in self._scanner.terms]

    def __call__(self, sample: Sample) -> Sample:
        """The sample with a vote for each label."""
        votes = [0.0] * self._width
        for text, weight in ((sample.title, TITLE), (sample.body, 1.0)):
            for number in self._whole_words(text):
                for place in self._owners[number]:
                    votes[place] += weight
        return replace(sample, votes=tuple(votes))

    def _whole_words(self, text: str) -> Iterator[int]:
        """The terms that stand in a text as words of their own, by number, as often as they do."""
        plain = f" {text} ".lower().replace("\n", " ")
        for number, start, end in self._scanner.numbers(plain):
            if not plain[start - 1].isalnum() and not plain[end].isalnum():
                yield number


@lru_cache(maxsize=4)
def voting_of(task: str, labels: tuple[str, ...]) -> Voting | None:
    """The voting of a task whose classes are a scheme of the product; None for any other."""
    return Voting(SCHEMES[task], labels) if task in SCHEMES else None


def voted(task: str, labels: tuple[str, ...], samples: Sequence[Sample]) -> list[Sample]:
    """These samples with the votes of the task's scheme, unchanged where it has none."""
    voting = voting_of(task, labels)
    return [voting(sample) for sample in samples] if voting is not None else list(samples)
