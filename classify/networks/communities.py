"""Communities of documents that cite one another: Louvain on each connected part, seeded.

Blondel, Guillaume, Lambiotte and Lefebvre, Fast unfolding of communities in large networks (2008). A part is
named by a hash of its edges, so a part without a change keeps its communities without another look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

SEED = 20261121
MENTION = 0.5  # a mere mention ties half as much as a relation that was said
SMALLEST = 3  # documents; a pair is no community
Numbers = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One connected part of the graph."""

    name: str  # hash of its edges
    nodes: Numbers  # ascending
    first: Numbers  # ends of its edges, as places in `nodes`
    second: Numbers
    weight: Numbers


def parts(first: Numbers, second: Numbers, weight: Numbers, mark: Numbers, count: int) -> Iterator[Part]:
    """The connected parts of SMALLEST or more nodes; `mark` is a 64-bit hash of each edge.

    Edges are undirected, each pair once; nodes are numbers below `count`.
    """
    if not len(first):
        return
    graph = coo_array((np.ones(len(first), dtype=np.int8), (first, second)), shape=(count, count))
    number, part_of = connected_components(graph, directed=False)
    sizes = np.bincount(part_of, minlength=number)
    node_order = np.argsort(part_of, kind="stable")
    node_ends = np.cumsum(sizes)
    edge_order = np.argsort(part_of[first], kind="stable")
    edge_ends = np.cumsum(np.bincount(part_of[first], minlength=number))
    for part in np.flatnonzero(sizes >= SMALLEST):
        nodes = node_order[node_ends[part] - sizes[part] : node_ends[part]]
        edges = edge_order[edge_ends[part - 1] if part else 0 : edge_ends[part]]
        total = int(mark[edges].astype(np.uint64).sum(dtype=np.uint64))
        yield Part(
            f"{len(nodes)}-{len(edges)}-{total:016x}",
            nodes,
            np.searchsorted(nodes, first[edges]),
            np.searchsorted(nodes, second[edges]),
            weight[edges],
        )


def communities(part: Part) -> list[Numbers]:
    """The communities of one part as sorted arrays of nodes, those under SMALLEST left out.

    The answer depends on the part alone: nodes and edges enter the graph in their order.
    """
    if len(part.nodes) == SMALLEST:
        return [part.nodes]
    graph: Any = nx.Graph()
    graph.add_nodes_from(range(len(part.nodes)))
    order = np.lexsort((part.second, part.first))
    graph.add_weighted_edges_from(
        zip(part.first[order].tolist(), part.second[order].tolist(), part.weight[order].tolist(), strict=True)
    )
    found = nx.community.louvain_communities(graph, seed=SEED)
    groups = [np.sort(part.nodes[sorted(group)]) for group in found if len(group) >= SMALLEST]
    return sorted(groups, key=lambda group: int(group[0]))


def weights(relations: Numbers) -> Numbers:
    """How much each edge ties, by its relation."""
    return np.where(relations == "mentions", MENTION, 1.0)


def modularity(part: Part, groups: Mapping[int, int]) -> float:
    """Newman's modularity of a division, `groups` giving the community of each place in `part.nodes`."""
    total = float(part.weight.sum())
    label = np.array([groups.get(at, -1 - at) for at in range(len(part.nodes))])
    inside = float(part.weight[label[part.first] == label[part.second]].sum())
    ends = np.concatenate([part.first, part.second])
    degree = np.bincount(ends, np.concatenate([part.weight, part.weight]), len(label))
    _, group = np.unique(label, return_inverse=True)
    strength = np.bincount(group, degree)
    return inside / total - float((strength**2).sum()) / (4 * total * total)
