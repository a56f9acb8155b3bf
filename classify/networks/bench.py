"""`govbrief bench networks`: a million votes ranked and grouped, and PageRank beside networkx's."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from classify.network import update_networks
from classify.networks.communities import Numbers, communities, modularity, parts, weights
from classify.networks.rank import pagerank
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.rows import sql

SIZE = 1_000_000  # votes
PER_DOCUMENT = 10 / 3  # votes a document gives
SUBJECTS = 1_500
RELATIONS = ("basis", "implements", "amends", "repeals", "forwards", "prints", "mentions")
SHARES = (0.3, 0.15, 0.05, 0.05, 0.03, 0.07, 0.35)
Progress = Callable[[str, int, int], None]


def bench_networks(progress: Progress | None = None, size: int = SIZE) -> dict[str, Any]:
    """PageRank beside networkx on a tenth of the votes, Louvain there, then all votes in a warehouse."""
    report = progress or (lambda stage, done, total: None)
    figures: dict[str, Any] = {"votes": size}
    figures |= _beside_networkx(size // 10)
    report("networkx", 1, 3)
    figures |= _communities(size // 10)
    report("communities", 2, 3)
    figures |= _in_a_warehouse(size)
    report("warehouse", 3, 3)
    figures["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return figures


def made_votes(size: int, seed: int = 5) -> tuple[Numbers, Numbers, Numbers]:
    """Citing document, cited older document and place of the relation in RELATIONS; like real ones in shape.

    A document cites mostly within its subject, and what was cited early is cited often.
    """
    dice = np.random.default_rng(seed)
    count = max(10, round(size / PER_DOCUMENT))
    subject = dice.integers(0, max(2, min(SUBJECTS, count // 100)), count)
    order = np.argsort(subject, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(subject))])
    within = np.empty(count, dtype=np.int64)
    within[order] = np.arange(count) - starts[subject[order]]
    source = np.sort(dice.integers(1, count, round(size * 1.2)))
    early = dice.random(len(source)) ** 2
    near = order[starts[subject[source]] + (within[source] * early).astype(np.int64)]
    far = (source * early).astype(np.int64)
    target = np.where(dice.random(len(source)) < 0.8, near, far)
    relation = dice.choice(len(RELATIONS), len(source), p=SHARES)
    votes = np.unique(np.stack([source, target, relation])[:, source != target], axis=1)
    chosen = np.sort(dice.permutation(votes.shape[1])[:size])
    return votes[0, chosen], votes[1, chosen], votes[2, chosen]


def _beside_networkx(size: int) -> dict[str, Any]:
    """Both sides begin with the arrays of votes and end with a score a document."""
    source, target, _ = made_votes(size)
    pairs = np.unique(np.stack([source, target]), axis=1)
    count = int(pairs.max()) + 1
    began = time.process_time()
    graph: Any = nx.DiGraph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(zip(pairs[0].tolist(), pairs[1].tolist(), strict=True))
    reference = nx.pagerank(graph, max_iter=500, tol=1e-9 / count)
    theirs = time.process_time() - began
    began = time.process_time()
    scores = pagerank(pairs[0], pairs[1], count)
    ours = time.process_time() - began
    apart = float(np.abs(scores - np.fromiter((reference[n] for n in range(count)), float, count)).max())
    return {
        "pagerank_votes": size, "pagerank_cpu_seconds": round(ours, 3),
        "networkx_pagerank_cpu_seconds": round(theirs, 2), "times_as_fast": round(theirs / ours, 1),
        "largest_difference": apart,
    }  # fmt: skip


def _communities(size: int) -> dict[str, Any]:
    """Louvain on one tenth alone, with the modularity of what it found."""
    source, target, relation = made_votes(size)
    weight = weights(np.array(RELATIONS)[relation])
    first, second = np.minimum(source, target), np.maximum(source, target)
    count = int(second.max()) + 1
    key, where = np.unique(first * count + second, return_inverse=True)
    part = max(
        parts(
            key // count, key % count, np.bincount(where, weight), np.arange(len(key), dtype=np.uint64), count
        ),
        key=lambda one: len(one.nodes),
    )
    began = time.process_time()
    found = communities(part)
    spent = time.process_time() - began
    place = {int(node): at for at, node in enumerate(part.nodes)}
    groups = {place[int(node)]: number for number, group in enumerate(found) for node in group}
    return {
        "communities_votes": size, "communities_cpu_seconds": round(spent, 1),
        "communities_found": len(found), "modularity": round(modularity(part, groups), 3),
    }  # fmt: skip


def _in_a_warehouse(size: int) -> dict[str, Any]:
    """The whole step as `publish` runs it: all new, nothing new, one document's votes new."""
    with tempfile.TemporaryDirectory(prefix="govbrief-bench-") as folder:
        home = Home.create(Path(folder) / "home", "")
        with Warehouse.open(home) as w:
            documents = _fill(w, size)
            figures: dict[str, Any] = {"documents": documents}
            for name in ("first", "unchanged", "one_more"):
                if name == "one_more":
                    w.connection.execute(
                        "insert into network_edge values ('doc-0000001', 'doc-0000002', 'basis', false, 1)"
                    )
                began, spent = time.perf_counter(), time.process_time()
                summary = update_networks(w)
                figures[f"{name}_seconds"] = round(time.perf_counter() - began, 1)
                figures[f"{name}_cpu_seconds"] = round(time.process_time() - spent, 1)
                if name == "first":
                    figures |= {f"in_all_{key}": value for key, value in asdict(summary).items()}
    return figures


def _fill(w: Warehouse, size: int) -> int:
    """Made documents with titles, topics, levels and dates, and the votes among them."""
    source, target, relation = made_votes(size)
    connection = w.connection
    connection.execute("attach ':memory:' as pub")
    connection.execute("use pub")
    connection.execute(sql("views", "publication_schema"))
    connection.execute("use warehouse")
    connection.execute(sql("views", "macros"))
    connection.register("made_votes", {"source": source, "target": target, "relation": relation})
    connection.execute(
        """
        insert into network_edge
        select printf('doc-%07d', source), printf('doc-%07d', target), $1[relation + 1], false, 1.0
        from made_votes
        """,
        [list(RELATIONS)],
    )
    connection.unregister("made_votes")
    connection.execute(
        """
        insert into pub.document by name
        select printf('doc-%07d', n) as document_id, '关于第' || n % 1500 || '项事务的规定' as title,
            'rea-' || n as reading_id, 'active' as status, 'document' as unit, 'CN' as jurisdiction,
            ['national', 'provincial', 'municipal'][1 + n % 3] as level,
            date '2000-01-01' + (n // 40)::integer as published,
            printf('%02d', n % 22) as topic1_code, printf('%02d', n % 22) as topic_code
        from range($1) made(n)
        """,
        [int(source.max()) + 1],
    )
    connection.execute(
        """
        insert into reading by name
        select reading_id, document_id, 1 as version_no, '' as capture_id, '' as extractor_version,
            '' as path, title, [] as departments, [] as topics, 'zh' as language, unit, '[]' as origins,
            '' as content_hash, '' as text_hash, title as title_key
        from pub.document
        """
    )
    return int(source.max()) + 1
