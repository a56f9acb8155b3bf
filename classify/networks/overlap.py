"""Follow-ups told by the text alone: clauses of a document above stand in one below that does not cite it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from classify.networks.cascades import Link
from warehouse.clauses import Pair, align
from warehouse.network_store import Alike, Texts

LEAST_CLAUSES = 3  # that both hold: one or two are a form's
_ALIKE = 0.5  # of a clause, nearly the same words
_LONG = 12  # characters of a clause that is more than a phrase of office
_LEAST_TAKEN = 0.15  # of the lower text's clauses
_LOWEST, _SPAN = 0.3, 0.3  # confidence of one that takes no clause, and what a text wholly taken over adds


def overlapping(pairs: Iterable[Alike], texts: Texts) -> Iterator[Link]:
    """The pairs of which enough clauses are shared, each as a link of the relation `clauses`.

    `texts` gives the text of a reading, None where it is not held. The confidence is 0.3 to 0.6: similar
    words may come from a third document, so a person has to look.
    """
    for one in pairs:
        above, below = texts(one.parent_reading), texts(one.child_reading)
        if above is None or below is None:
            continue
        found = align(above.split("\n"), below.split("\n"), alike=_ALIKE)
        shared = [pair for pair in found.pairs if _tells(pair)]
        if len(shared) >= LEAST_CLAUSES and found.taken >= _LEAST_TAKEN:
            sure = round(_LOWEST + _SPAN * found.taken, 4)
            yield Link(one.parent, one.child, "clauses", one.parent_day, one.child_day, sure)


def _tells(pair: Pair) -> bool:
    return min(len(pair.upper.text), len(pair.lower.text)) >= _LONG
