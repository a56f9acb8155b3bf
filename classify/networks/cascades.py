"""Cascades: which document at a lower level follows which above it, step by step from where it began."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import networkx as nx

LEAST = 0.3  # confidence below which a chain is not told
MOST_OF_ROOT = 2_000  # documents told of one beginning, the surest first
CANDIDATES = frozenset({"mentions", "clauses"})  # relations that nothing further is built on


@dataclass(frozen=True, slots=True)
class Link:
    """One document that seems to follow another one directly above it."""

    parent: str
    child: str
    relation: str
    parent_day: date
    child_day: date
    confidence: float


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One document of a cascade, with the way back to where it began."""

    root: str
    document: str
    parent: str
    step: int
    relation: str
    lag_days: int
    days_after_root: int
    confidence: float


def cascades(links: Iterable[Link]) -> list[FollowUp]:
    """All follow-ups of all beginnings, by root, step and document.

    A link over the head of a document that stands between (national to city, where the province's document is
    followed too) is told only where the way through that document is not sure enough to be told. Of several
    ways from a root the surest one is told. A link of `CANDIDATES` stands by itself, one step below its own
    parent: no chain goes on over it, and it changes none.
    """
    given = list(links)
    graph = _graph(one for one in given if one.relation not in CANDIDATES)
    over = frozenset(_shortcuts(graph))
    roots = sorted(node for node, above in graph.in_degree() if not above)
    told = [one for root in roots for one in _of_root(graph, over, root)]
    return told + _alone((one for one in given if one.relation in CANDIDATES), told)


def _alone(links: Iterable[Link], told: Iterable[FollowUp]) -> list[FollowUp]:
    """The candidates whose two documents no chain tells already."""
    known = {pair for one in told for pair in ((one.root, one.document), (one.parent, one.document))}
    surest: dict[tuple[str, str], Link] = {}
    for link in sorted(links, key=lambda one: (-one.confidence, one.parent, one.child, one.relation)):
        fits = link.confidence >= LEAST and link.parent_day <= link.child_day and link.parent != link.child
        if fits and (link.parent, link.child) not in known:
            surest.setdefault((link.parent, link.child), link)
    return [_next(surest[pair], pair[0], surest[pair].parent_day, None) for pair in sorted(surest)]


def _graph(links: Iterable[Link]) -> Any:
    """The surest link of each pair; days and levels only go down, so there are no circles."""
    graph: Any = nx.DiGraph()
    for link in sorted(links, key=lambda one: (one.parent, one.child, one.confidence, one.relation)):
        if link.parent_day <= link.child_day and link.parent != link.child:
            graph.add_edge(link.parent, link.child, link=link)
    return graph


def _shortcuts(graph: Any) -> list[tuple[str, str]]:
    return [
        (parent, child)
        for parent, child in graph.edges
        if any(graph.has_edge(parent, between) for between in graph.predecessors(child) if between != parent)
    ]


def _of_root(graph: Any, over: frozenset[tuple[str, str]], root: str) -> Sequence[FollowUp]:
    found: dict[str, FollowUp] = {}
    _follow(graph, root, found, lambda edge: edge not in over)
    stepwise = frozenset(found)
    _follow(graph, root, found, lambda edge: edge[1] not in stepwise)
    surest = sorted(found.values(), key=lambda one: (-one.confidence, one.document))[:MOST_OF_ROOT]
    kept = {one.document for one in surest} | {root}
    told = [replace(one, confidence=round(one.confidence, 4)) for one in surest if one.parent in kept]
    return sorted(told, key=lambda one: (one.step, one.days_after_root, one.document))


def _follow(
    graph: Any, root: str, found: dict[str, FollowUp], may: Callable[[tuple[str, str]], bool]
) -> None:
    """Add what is reached from the root and from what was found, over links that may be gone."""
    begun = min((graph.edges[edge]["link"].parent_day for edge in graph.out_edges(root)), default=date.max)
    waiting = [root, *found]
    while waiting:
        above = waiting.pop()
        for child in graph.successors(above):
            if not may((above, child)):
                continue
            one = _next(graph.edges[above, child]["link"], root, begun, found.get(above))
            known = found.get(child)
            if one.confidence >= LEAST and (known is None or one.confidence > known.confidence):
                found[child] = one
                waiting.append(child)


def _next(link: Link, root: str, begun: date, before: FollowUp | None) -> FollowUp:
    return FollowUp(
        root, link.child, link.parent, before.step + 1 if before else 1, link.relation,
        (link.child_day - link.parent_day).days, (link.child_day - begun).days,
        link.confidence * (before.confidence if before else 1.0),
    )  # fmt: skip
