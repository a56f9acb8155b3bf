"""The review queue: what a person's word teaches or settles most, first, and why each stands there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from warehouse.desk.bulk.reviews import FACT
from warehouse.desk.desk import Desk
from warehouse.publication import Publication
from warehouse.queries.review import Field, OpenFact, OpenLabel, open_facts, open_labels

MOST = 400  # of each kind that are kept in order; nobody answers more before the next publication
FEW = 5  # examples from which on a class is no longer rare
BRAKE = 2  # of one class in each round: doubtful documents come in clusters and teach alike
SOON = 30  # days: a duty that falls due within them is asked about first
_CITED = 8  # citations from which on a document counts as shown much, however many more there are

Reason = tuple[str, str]  # its key in the catalogue under [review], and what stands in its place


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to confirm or reject."""

    document_id: str
    subject: str  # topic | department | fact:<fact_id>
    kind: str  # topic | department | problem | measure | duty
    code: str | None  # of a label: the class it has
    name: str | None
    reasons: tuple[Reason, ...]  # the weightiest first; never empty
    sentence: str = ""
    paragraph: int = 0
    due: date | None = None


def waiting(publication: Publication, today: date) -> list[Waiting]:
    """Everything that waits in this publication, in the queue's order, before anybody's answers.

    Topics, mined sentences and bodies take turns; topics come twice, since only they teach the model.
    """
    topics = iter(_labels(open_labels(publication, "topic"), "topic"))
    bodies = iter(_labels(open_labels(publication, "department"), "department"))
    facts = iter(_facts(open_facts(publication, today), today))
    rounds = zip_longest(topics, facts, *_twice(topics), bodies)
    return [one for some in rounds for one in some if one is not None]


def unanswered(found: Iterable[Waiting], desk: Desk, account: str) -> list[Waiting]:
    """The queue without what people have said of it since, and without what this account passed over."""
    said = {(one.document_id, one.field) for one in desk.corrections()}
    passed = desk.reviews.skipped_by(account)
    left = [one for one in found if (one.document_id, one.subject) not in said | passed]
    judged = desk.judgements(one.document_id for one in left if one.subject.startswith(FACT))
    facts = {(document_id, FACT + fact_id) for document_id, fact_id in judged}
    return [one for one in left if (one.document_id, one.subject) not in facts]


def worth(margin: float, examples: int, disagree: bool, cited: int) -> float:
    """How much the answer of a person is worth: doubt counts most, then rare classes, disagreement, use."""
    doubt = 1.0 - min(max(margin, 0.0), 1.0)
    rare = max(FEW - examples, 0) / FEW
    return doubt + 0.25 * rare + 0.25 * disagree + 0.25 * min(cited, _CITED) / _CITED


def spread(classes: Sequence[str], brake: int = BRAKE) -> list[int]:
    """Places of things in the order of worth, each round holding at most `brake` of a class."""
    met: Counter[str] = Counter()
    rounds: list[int] = []
    for name in classes:
        rounds.append(met[name] // brake)
        met[name] += 1
    return sorted(range(len(classes)), key=lambda place: (rounds[place], place))


def _labels(found: Sequence[OpenLabel], field: Field) -> list[Waiting]:
    def value(one: OpenLabel) -> float:
        return worth(one.margin, one.examples, one.rule is not None, one.cited)

    best = sorted(found, key=lambda one: (-value(one), one.document_id))
    order = spread([(one.name or "").split("\\")[0] for one in best])[:MOST]
    return [
        Waiting(
            best[place].document_id, field, field, best[place].code, best[place].name,
            _why(best[place], field),
        )
        for place in order
    ]  # fmt: skip


def _why(one: OpenLabel, field: Field) -> tuple[Reason, ...]:
    told: list[Reason] = []
    if one.code is None:
        told.append(("no-class", ""))
    elif one.margin < 0.5:
        told.append(("close", f"{one.margin:.2f}"))
    if one.rule is not None:
        told.append(("disagree", one.rule))
    if field == "topic" and one.code is not None and one.examples < FEW:
        told.append(("few", str(one.examples)))
    if one.cited:
        told.append(("cited", str(one.cited)))
    return tuple(told) or (("score", f"{one.score or 0:.2f}"),)


def _facts(found: Sequence[OpenFact], today: date) -> list[Waiting]:
    def value(one: OpenFact) -> tuple[float, str, str]:
        if one.due is not None:
            days = (one.due - today).days
            return (0.0 if days <= SOON else 1.0) + days / 10_000, one.document_id, one.fact_id
        return (one.confidence if one.confidence is not None else 0.5), one.document_id, one.fact_id

    best = sorted(found, key=value)
    order = spread([one.kind for one in best], 1)[:MOST]
    return [_fact(best[place]) for place in order]


def _fact(one: OpenFact) -> Waiting:
    why = ("due", str(one.due)) if one.due is not None else ("unsure", f"{one.confidence or 0.5:.2f}")
    return Waiting(
        one.document_id, FACT + one.fact_id, one.kind, None, None, (why,), one.sentence, one.paragraph,
        one.due,
    )  # fmt: skip


def _twice(found: Iterator[Waiting]) -> tuple[Iterator[Waiting]]:
    """The same iterator once more: a round takes two from it."""
    return (found,)
