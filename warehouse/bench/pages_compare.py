"""The queries of the compare page but its search for words, which the bench of searches measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from warehouse.publication import Publication
from warehouse.queries import compare
from warehouse.queries.compare import Kind

if TYPE_CHECKING:
    from warehouse.bench.pages import Usual


def compare_queries(
    publication: Publication, usual: Usual
) -> Iterator[tuple[str, str, Callable[[], object]]]:
    """The busiest region and body on the busiest theme, class, and on everything."""
    subjects = (("theme", usual.theme), ("topic", usual.topic), None)
    kinds: tuple[tuple[Kind, str], ...] = (("region", usual.region), ("department", usual.department))
    for kind, side in kinds:
        for about in subjects:
            told = f"{kind}, {about[0] if about else 'all'}: "
            documents = compare.documents_of_side(publication, kind, side, about)
            ids = [row["document_id"] for row in documents]
            asked: tuple[tuple[str, Callable[[], object]], ...] = (
                ("sides_holding", partial(compare.sides_holding, publication, kind, about)),
                ("documents_of_side", partial(compare.documents_of_side, publication, kind, side, about)),
                ("count_of_side", partial(compare.count_of_side, publication, kind, side, about)),
                ("targets_of", partial(compare.targets_of, publication, documents)),
                ("near_pairs", partial(compare.near_pairs, publication, ids)),
            )
            yield from (("compare", told + name, ask) for name, ask in asked)
