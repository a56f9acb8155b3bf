"""Communities of a large part that changed a little: documents move to where they are tied.

The first phase of Louvain, begun from the communities that were there: much faster than a search, and
clusters stay steady from night to night. A search follows when the part has grown by a twentieth or was moved
often.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from classify.networks.communities import SMALLEST, Numbers, Part

LARGE = 20_000  # ties; a smaller part is always sought anew, its answer has no history
GROWN = 0.05  # share of ties more or less since the last search
OFTEN = 60  # times moved since the last search
ROUNDS = 6
_LEAST_GAIN = 1e-9


@dataclass(frozen=True, slots=True)
class History:
    """When the communities of a part were last sought: with how many ties, and how often moved since."""

    ties: int
    moved: int = 0

    @classmethod
    def read(cls, text: str) -> History:
        """From the text that `str` gives."""
        ties, moved = text.split(".")
        return cls(int(ties), int(moved))

    def __str__(self) -> str:
        return f"{self.ties}.{self.moved}"

    def allows(self, part: Part) -> bool:
        """Whether the part is still much the one that was searched."""
        ties = len(part.first)
        return ties >= LARGE and self.moved < OFTEN and abs(ties - self.ties) <= GROWN * self.ties


def moved(part: Part, before: Numbers) -> list[Numbers]:
    """The communities of the part, begun from `before`: each node's old community, -1 for a new one."""
    count = len(part.nodes)
    label = np.where(before < 0, int(before.max()) + 1 + np.arange(count), before)
    _, label = np.unique(label, return_inverse=True)
    ends = np.concatenate([part.first, part.second])
    order = np.argsort(ends, kind="stable")
    ends = ends[order]
    other = np.concatenate([part.second, part.first])[order]
    weight = np.concatenate([part.weight, part.weight])[order]
    degree = np.bincount(ends, weight, count)
    for _ in range(ROUNDS):
        wishing = _wishing(ends, other, weight, degree, label)
        if not len(wishing) or not _move(wishing, ends, other, weight, degree, label):
            break
    return _groups(part, label)


def _wishing(ends: Numbers, other: Numbers, weight: Numbers, degree: Numbers, label: Numbers) -> Numbers:
    """The nodes that would be better placed in a neighbour's community, all seen at once."""
    size = int(label.max()) + 1
    keys, where = np.unique(ends * size + label[other], return_inverse=True)
    tied = np.bincount(where, weight)
    node, community = keys // size, keys % size
    strength = np.bincount(label, degree, size)
    total = float(degree.sum())
    own = community == label[node]
    gain = tied - degree[node] * (strength[community] - own * degree[node]) / total
    stay = -degree * (strength[label] - degree) / total  # of a node without a tie to its own community
    stay[node[own]] = gain[own]
    best = np.full(len(degree), -np.inf)
    np.maximum.at(best, node, gain)
    return np.asarray(np.flatnonzero(best > stay + _LEAST_GAIN))


def _move(
    wishing: Numbers, ends: Numbers, other: Numbers, weight: Numbers, degree: Numbers, label: Numbers
) -> int:
    """Move them one after the other, as far as it is still better then; changes `label`, returns how many."""
    begin = np.searchsorted(ends, wishing, side="left")
    end = np.searchsorted(ends, wishing, side="right")
    strength = np.bincount(label, degree)
    total = float(degree.sum())
    times = 0
    for node, first, last in zip(wishing.tolist(), begin.tolist(), end.tolist(), strict=True):
        own = int(label[node])
        strength[own] -= degree[node]
        tied: dict[int, float] = {own: 0.0}
        for community, tie in zip(
            label[other[first:last]].tolist(), weight[first:last].tolist(), strict=True
        ):
            tied[community] = tied.get(community, 0.0) + tie
        gains = {one: tie - degree[node] * strength[one] / total for one, tie in tied.items()}
        best = max(sorted(gains), key=gains.__getitem__)
        if gains[best] <= gains[own] + _LEAST_GAIN:
            best = own
        strength[best] += degree[node]
        times += best != own
        label[node] = best
    return times


def _groups(part: Part, label: Numbers) -> list[Numbers]:
    order = np.argsort(label, kind="stable")
    ends = np.cumsum(np.bincount(label))
    found = (part.nodes[group] for group in np.split(order, ends[:-1]))
    return sorted((group for group in found if len(group) >= SMALLEST), key=lambda group: int(group[0]))
