"""Ranks, communities and cascades of all resolved citations, brought up to date when a publication is made.

Everything rests on `network_edge`: one vote a document, target and relation. A part whose input did not
change is left alone: a relation keeps its ranks, a connected part of the graph its communities. Unchanged
votes give unchanged results; only the communities of a large part remember where they began (moving.py).
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np

from classify.networks.cascades import Link, cascades
from classify.networks.communities import MENTION, Numbers, Part, communities, parts
from classify.networks.moving import History, moved
from classify.networks.naming import Member, name_communities
from classify.networks.overlap import overlapping
from classify.networks.rank import rank
from warehouse import network_store as store
from warehouse.database import Warehouse
from warehouse.identity import digest

VERSION = "2"  # raise it when the same votes give other results
CASCADES = "3"  # the same for follow-ups alone


@dataclass(frozen=True, slots=True)
class NetworkSummary:
    """What one update did; a part that nothing changed is not counted."""

    documents: int  # that cite or are cited
    relations: int  # ranked anew
    components: int  # connected parts whose communities were sought anew
    communities: int  # in all
    follow_ups: int  # in all, 0 when they stayed as they were


def update_networks(w: Warehouse) -> NetworkSummary:
    """Bring every part up to date with the votes; to be called while a publication is being made."""
    known = store.known_state(w)
    count = store.number_documents(w)
    relations = _update_ranks(w, known)
    components, total = _update_communities(w, known, count)
    return NetworkSummary(count, relations, components, total, _update_cascades(w, known))


def _update_ranks(w: Warehouse, known: dict[str, str]) -> int:
    marks = {relation: f"{VERSION}:{mark}" for relation, mark in store.relation_hashes(w).items()}
    due = [relation for relation, mark in marks.items() if known.get(f"rank:{relation}") != mark]
    for relation in due:
        found = rank(*store.relation_votes(w, relation))
        columns = {
            "node": found.node, "place": found.place, "score": found.score, "cited_by": found.cited_by
        }  # fmt: skip
        store.store_ranks(w, relation, marks[relation], columns)
    gone = [part.removeprefix("rank:") for part in known if part.startswith("rank:")]
    store.drop_ranks(w, [relation for relation in gone if relation not in marks])
    return len(due)


def _update_communities(w: Warehouse, known: dict[str, str], count: int) -> tuple[int, int]:
    """How many connected parts were looked at again, and how many communities there are."""
    tied = store.ties(w, {"mentions": MENTION}, 1.0)
    found = list(parts(tied["first"], tied["second"], tied["weight"], tied["mark"], count))
    mark = digest(VERSION, *sorted(part.name for part in found))
    sought = 0
    if known.get("communities") != mark:
        kept = _Kept(store.known_groups(w), count) if known.get("communities") else _Kept({}, count)
        groups = dict(kept.of_part(part) for part in found)
        sought = sum(name not in kept.groups for name in groups)
        _store_groups(w, mark, groups, store.citing_documents(w, count))
    return sought, _update_names(w, known)


class _Kept:
    """The communities of the last time, for parts that did not change or changed a little."""

    def __init__(self, groups: dict[str, list[Numbers]], count: int) -> None:
        self.groups = groups
        self._names = {name.split("@")[0]: name for name in groups}
        self._label = np.full(count, -1, dtype=np.int64)
        self._component = np.full(count, -1, dtype=np.int64)
        numbered = ((at, group) for at, name in enumerate(groups) for group in groups[name])
        for label, (at, group) in enumerate(numbered):
            self._label[group] = label
            self._component[group] = at

    def of_part(self, part: Part) -> tuple[str, list[Numbers]]:
        """The part's communities under the name they are kept by: its hash and when they were sought."""
        if part.name in self._names:
            name = self._names[part.name]
            return name, self.groups[name]
        history = self._history(part)
        if history is not None and history.allows(part):
            after = History(history.ties, history.moved + 1)
            return f"{part.name}@{after}", moved(part, self._label[part.nodes])
        return f"{part.name}@{History(len(part.first))}", communities(part)

    def _history(self, part: Part) -> History | None:
        """That of the kept part which shares most documents with this one."""
        before = self._component[part.nodes]
        if not (before >= 0).any():
            return None
        name = list(self.groups)[int(np.bincount(before[before >= 0]).argmax())]
        return History.read(name.split("@")[1])


def _store_groups(w: Warehouse, mark: str, groups: dict[str, list[Numbers]], cited: Numbers) -> None:
    """A community is called after its most cited document, so its name lasts while that one leads."""
    node: list[int] = []
    head: list[int] = []
    component: list[str] = []
    for name in sorted(groups):
        for group in groups[name]:
            first = int(group[np.argmax(cited[group])])  # the first of equals: nodes ascend
            node += group.tolist()
            head += [first] * len(group)
            component += [name] * len(group)
    columns = {
        "node": np.array(node, dtype=np.int64), "head": np.array(head, dtype=np.int64),
        "component": np.array(component, dtype=object),
    }  # fmt: skip
    store.store_groups(w, mark, columns)


def _update_names(w: Warehouse, known: dict[str, str]) -> int:
    papers = store.community_papers(w)
    zh, en = store.topic_names(w)
    mark = digest(VERSION, repr(papers), repr(sorted(zh.items())), repr(sorted(en.items())))
    if known.get("names") != mark:
        members = [[Member(**paper) for paper in listed] for _, _, _, listed in papers]
        names = name_communities(members)
        rows = [
            (community, name.text(zh, "；", "、", "："), name.text(en, "; ", ", ", ": "), list(name.topics),
             list(name.terms), documents, head)
            for (community, documents, head, _), name in zip(papers, names, strict=True)
        ]  # fmt: skip
        store.store_communities(w, mark, rows)
    return len(papers)


def _update_cascades(w: Warehouse, known: dict[str, str]) -> int:
    hashed, links = store.cascade_links(w)
    alike = store.alike_pairs(w)
    mark = f"{VERSION}:{CASCADES}:{hashed}:{digest(repr(alike))}"
    if known.get("follow-ups") == mark:
        return 0
    by_text = overlapping(alike, store.texts_of(w, alike))
    found = cascades([*(Link(*link) for link in links), *by_text])
    store.store_follow_ups(w, mark, (astuple(one) for one in found))
    return len(found)
