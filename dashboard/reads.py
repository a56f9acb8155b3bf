"""How parts of a page or a paper ask a publication, without knowing who remembers the answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from warehouse.publication import Publication


class Reads(Protocol):
    """Asks a publication, maybe remembering the answer; `Frame.read` is one."""

    def __call__(self, query: Callable[..., Any], *arguments: object) -> Any:
        """What the query says of the publication."""


def reads_of(publication: Publication) -> Reads:
    """Asks this publication each time anew: for a paper, which is written once."""

    def read(query: Callable[..., Any], *arguments: object) -> Any:
        return query(publication, *arguments)

    return read
