"""What the corrections since the last model changed: the same documents answered with and without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from typing import Any

from classify.components.state import Findings
from classify.taxonomy.load import Taxonomy
from classify.teaching.labels import FOLDS, Lesson
from classify.teaching.trial import Answering, ModelOf, Trial, top_of

_NAMED = 20  # documents whose answer changed that are named
_Z = 1.959964  # of a 95 % interval


@dataclass(frozen=True, slots=True)
class Answer:
    """One document kept aside: what was said of it, and the first level of both models' answers."""

    place: int
    gold: str
    before: str
    after: str


def since_last(
    what: str, taxonomy: Taxonomy, lessons: Sequence[Lesson], states: Sequence[Findings], model_of: ModelOf,
    trial: Trial, last: datetime | None,
) -> dict[str, Any] | None:  # fmt: skip
    """Accuracy and macro F1 at the first level before and after people's labels given after `last`.

    Each third of the witnesses is answered by models of the others, once with and once without those labels,
    both at the weight that the trial chose. None where there are no such labels or nothing to ask.
    """
    news = {place for place, one in enumerate(lessons) if _is_new(one, last)}
    answers: list[Answer] = []
    answering = Answering(what)
    for fold in range(FOLDS):
        others = [place for place in range(len(lessons)) if lessons[place].fold != fold]
        asked = [place for place in trial.witnesses.places if lessons[place].fold == fold]
        old = [place for place in others if place not in news]
        if not news or not asked or len({lessons[place].gold[0] for place in others}) < 2:
            continue
        some = [states[place] for place in asked]
        now = answering.codes(model_of(others, trial.weight, trial.cautious, None), some)
        if len({lessons[place].gold[0] for place in old}) < 2:  # the seed alone, as weight 1 of any labels
            was = answering.codes(model_of(others, 1.0, True, None), some)
        else:
            was = answering.codes(model_of(old, trial.weight, trial.cautious, None), some)
        answers += [
            Answer(place, lessons[place].gold[0], top_of(taxonomy, one), top_of(taxonomy, other))
            for place, one, other in zip(asked, was, now, strict=True)
        ]
    return _told(answers, lessons, len(news), last) if answers else None


def _is_new(one: Lesson, last: datetime | None) -> bool:
    return one.said_at is not None and (last is None or one.said_at > last)


def _told(
    answers: Sequence[Answer], lessons: Sequence[Lesson], news: int, last: datetime | None
) -> dict[str, Any]:
    n = len(answers)
    gained = sum(one.after == one.gold != one.before for one in answers)
    lost = sum(one.before == one.gold != one.after for one in answers)
    low, high = difference(gained, lost, n)
    changed = [one for one in answers if one.before != one.after]
    return {
        "since": last.isoformat() if last else None,
        "corrections": news,
        "documents": n,
        "accuracy_before": round(sum(one.before == one.gold for one in answers) / n, 4),
        "accuracy_after": round(sum(one.after == one.gold for one in answers) / n, 4),
        "f1_before": round(macro_f1([(one.gold, one.before) for one in answers]), 4),
        "f1_after": round(macro_f1([(one.gold, one.after) for one in answers]), 4),
        "gained": gained,
        "lost": lost,
        "low": low,
        "high": high,
        "changed": len(changed),
        "examples": [
            {
                "document_id": lessons[one.place].stored.document.document_id,
                "title": lessons[one.place].stored.document.title,
                "said": one.gold,
                "before": one.before,
                "after": one.after,
            }
            for one in changed[:_NAMED]
        ],
    }


def difference(gained: int, lost: int, documents: int) -> tuple[float, float]:
    """The 95 % interval of the change in accuracy on the same documents (paired, after Wald)."""
    net = (gained - lost) / documents
    spread = _Z * sqrt(max(gained + lost - (gained - lost) ** 2 / documents, 0.0)) / documents
    return round(net - spread, 4), round(net + spread, 4)


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean F1 of the classes that are said of any document; pairs of what is said and what is given."""
    classes = {gold for gold, _ in pairs}
    total = 0.0
    for code in classes:
        right = sum(gold == given == code for gold, given in pairs)
        told = sum(gold == code for gold, _ in pairs) + sum(given == code for _, given in pairs)
        total += 2 * right / told
    return total / len(classes) if classes else 0.0
