"""Citations make ranks by relation, named communities and cascades, and nothing is made twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest

from classify.network import update_networks
from classify.networks import communities as community_module
from classify.networks.cascades import Link, cascades
from classify.networks.communities import Part, communities, modularity, parts
from classify.networks.moving import History, moved
from classify.networks.naming import Member, name_communities
from classify.networks.rank import pagerank, rank
from tests.warehouse.make import (
    CLASSIFIER,
    citation,
    classification,
    copy_of,
    document,
    label,
    later,
    read,
)
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.ingest import ingest_reads
from warehouse.labelling import store_classifications
from warehouse.publication import Publication
from warehouse.publish import PublishSummary, publish
from warehouse.queries import networks
from warehouse.records import Citation, Document

PLAN = document(
    1, "mca", title="民政部关于加快发展养老服务的意见", doc_number=None, published=date(2025, 1, 10)
)
PROVINCE = document(
    2, title="云河省关于加快发展养老服务的实施意见", doc_number=None, published=date(2025, 5, 10)
)
CITY = document(3, "city", title="青川市养老服务工作方案", doc_number=None, published=date(2025, 8, 18))
LAW = document(4, "mca", title="中华人民共和国养老法", doc_number=None, published=date(2015, 1, 1))


@pytest.fixture
def home(places: Home, tmp_path: Path) -> Home:
    return copy_of(places, tmp_path)


@pytest.fixture(scope="module")
def chained(places: Home, tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The publication of a home that holds the chain; only read."""
    made = copy_of(places, tmp_path_factory.mktemp("chained"))
    chain(made)
    return published(made)[1]


def add(home: Home, one: Document, *citations: Citation, **found: Any) -> None:
    """The document in the warehouse, read and classified under welfare."""
    found.setdefault("topics", (label("13-02", "民政、扶贫、救灾\\社会福利"),))
    with Warehouse.open(home) as w:
        ingest_reads(w, [read(one)])
        done = classification(w, one, citations=citations, **found)
        store_classifications(w, CLASSIFIER, [done])


def cited(one: Document, kind: Any, target: Document) -> Citation:
    return citation(one, f"{kind}《{target.title}》", kind, title=target.title)


def published(home: Home) -> tuple[PublishSummary, Publication]:
    summary = publish(home, networks=update_networks)
    publication = Publication.current(home)
    assert publication is not None
    return summary, publication


def chain(home: Home) -> None:
    """A plan of the ministry that a province and, through it, a city follow; all rest on one law."""
    add(home, LAW)
    add(home, PLAN, cited(PLAN, "basis", LAW))
    add(home, PROVINCE, cited(PROVINCE, "implements", PLAN), cited(PROVINCE, "basis", LAW))
    add(home, CITY, cited(CITY, "implements", PROVINCE), cited(CITY, "implements", PLAN))


def test_each_relation_has_its_own_ranking(chained: Publication) -> None:
    rows = chained.rows(
        "select relation, document_id, place, cited_by from citation_rank order by relation, place"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("basis", LAW.document_id, 1, 2),
        ("implements", PLAN.document_id, 1, 2),
        ("implements", PROVINCE.document_id, 2, 1),
    ]


def test_a_cascade_goes_down_level_by_level_with_its_delays(chained: Publication) -> None:
    rows = chained.rows(
        "select root_document_id, parent_document_id, document_id, step, relation, lag_days, days_after_root,"
        " confidence from follow_up order by step"
    )
    assert [tuple(row.values())[:7] for row in rows] == [
        (PLAN.document_id, PLAN.document_id, PROVINCE.document_id, 1, "implements", 120, 120),
        (PLAN.document_id, PROVINCE.document_id, CITY.document_id, 2, "implements", 100, 220),
    ]
    assert 0.6 < rows[1]["confidence"] < rows[0]["confidence"] < 1


def test_regions_of_whose_sources_none_followed_are_named_and_others_are_not_asked(
    chained: Publication,
) -> None:
    assert networks.not_acted(chained, PLAN.document_id) == []  # the one province did
    assert networks.not_acted(chained, PROVINCE.document_id) == ["白水市"]
    assert [row["document_id"] for row in networks.followed(chained, CITY.document_id)] == [
        PROVINCE.document_id
    ]


def test_the_listing_holds_ranks_communities_cascades_and_joint_issues(home: Home) -> None:
    chain(home)
    both = (
        label("xs-10-mzt", "云河省民政厅", field="department"),
        label("xs-mca", "民政部", field="department", basis="published"),
    )
    add(home, OLD_RULES, departments=both)
    _, publication = published(home)
    lines = list(networks.network_lines(publication))
    kinds = [line["kind"] for line in lines]
    assert [kinds.count(kind) for kind in ("rank", "community", "cascade", "joint-issue")] == [3, 1, 1, 1]
    assert [step["step"] for step in lines[4]["follow_ups"]] == [1, 2]
    assert networks.joint_with(publication, "xs-mca")[0]["name"] == "云河省民政厅"


def test_without_a_citation_the_same_subject_at_a_lower_level_is_a_weaker_candidate(home: Home) -> None:
    add(home, PLAN)
    add(home, PROVINCE)
    _, publication = published(home)
    rows = publication.rows("select document_id, relation, confidence from follow_up")
    assert [tuple(row.values()) for row in rows] == [(PROVINCE.document_id, "title", 0.5)]


def test_a_citation_of_a_younger_text_is_marked_and_starts_no_cascade(home: Home) -> None:
    add(home, replace(PLAN, published=date(2026, 1, 1)))
    add(home, PROVINCE, cited(PROVINCE, "implements", PLAN))
    _, publication = published(home)
    assert publication.rows("select target_version, target_is_later from citation") == [
        {"target_version": 1, "target_is_later": True}
    ]
    assert not publication.rows("select 1 from follow_up where relation <> 'title'")


def test_a_version_put_up_after_the_citing_document_is_a_later_one(home: Home) -> None:
    citing = document(5, title="新的通知", doc_number=None, published=date(2026, 6, 2))
    add(home, OLD_RULES)
    add(home, citing, cited(citing, "basis", OLD_RULES))
    with Warehouse.open(home) as w:
        ingest_reads(w, [read(replace(OLD_RULES, paragraphs=("改过的条文。",)), at=later(5))])
    _, publication = published(home)
    assert publication.rows("select target_version, target_is_later from citation") == [
        {"target_version": 1, "target_is_later": True}
    ]


OLD_RULES = document(6, title="云河省养老机构管理办法", doc_number=None, published=date(2020, 1, 1))


def test_bodies_that_issue_together_are_counted(home: Home) -> None:
    both = (
        label("xs-10-mzt", "云河省民政厅", field="department"),
        label("xs-mca", "民政部", field="department", basis="published"),
    )
    add(home, PLAN, departments=both)
    add(home, PROVINCE, departments=both)
    _, publication = published(home)
    rows = publication.rows("select one_name, other_name, documents, first_issued from joint_issue")
    assert [tuple(row.values()) for row in rows] == [("云河省民政厅", "民政部", 2, date(2025, 1, 10))]


def test_unchanged_input_changes_nothing_and_a_new_paper_touches_only_its_part(home: Home) -> None:
    chain(home)
    published(home)
    assert published(home)[0].unchanged
    other = [document(n, title=f"云河省第{n}号渔业办法", doc_number=None) for n in range(11, 15)]
    for one in other:
        add(home, one, *(cited(one, "mentions", two) for two in other if two is not one))
    touched: list[Any] = []
    publish(home, networks=lambda w: touched.append(update_networks(w)))
    assert [(one.relations, one.components, one.communities) for one in touched] == [(1, 1, 2)]
    with Warehouse.open(home) as w:
        votes = w.connection.execute("select count(*) from network_edge").fetchone()
    assert votes == (5 + 12,)


def test_a_community_is_named_after_topics_and_telling_words(chained: Publication) -> None:
    rows = chained.rows("select name_zh, name_en, topics, documents, head_document_id from community")
    assert rows[0]["name_zh"].startswith("社会福利：养老")
    assert rows[0]["name_en"].startswith("Welfare: ")
    assert (rows[0]["topics"], rows[0]["documents"]) == (["13-02"], 4)
    assert rows[0]["head_document_id"] in (PLAN.document_id, LAW.document_id)


def test_words_alone_name_a_community_without_topics() -> None:
    group = [Member(f"海事局关于船舶登记的第{n}号规定", None, None) for n in range(4)]
    other = [Member(f"Notice of airworthiness directives {n}", None, None) for n in range(4)]
    names = name_communities([group, other])
    assert names[0].topics == ()
    assert "船舶" in names[0].text({}, "；", "、", "：")
    assert "airworthiness" in names[1].text({}, "; ", ", ", ": ")


def test_rank_is_the_pagerank_of_networkx() -> None:
    dice = np.random.default_rng(7)
    edges = np.unique(dice.integers(0, 200, size=(900, 2)), axis=0)
    edges = edges[edges[:, 0] != edges[:, 1]]
    graph = nx.DiGraph()
    graph.add_nodes_from(range(200))
    graph.add_edges_from(edges.tolist())
    reference = nx.pagerank(graph, tol=1e-12, max_iter=500)
    ours = pagerank(edges[:, 0], edges[:, 1], 200)
    assert np.abs(ours - np.array([reference[node] for node in range(200)])).max() < 1e-8


def test_ranks_do_not_depend_on_the_order_of_edges_and_equals_share_a_place() -> None:
    source, target = np.array([5, 6, 7, 8]), np.array([1, 1, 2, 3])
    one, other = rank(source, target), rank(source[::-1], target[::-1])
    assert one.node.tolist() == other.node.tolist() == [1, 2, 3]
    assert one.place.tolist() == [1, 2, 2]
    assert one.cited_by.tolist() == [2, 1, 1]


def two_rings(size: int = 8) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Two dense groups with one edge between them."""
    pairs = [(base + a, base + b) for base in (0, size) for a in range(size) for b in range(a + 1, size)] + [
        (0, size)
    ]
    return np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])


def part_of(first: np.ndarray[Any, Any], second: np.ndarray[Any, Any]) -> Part:
    weight = np.ones(len(first))
    mark = np.arange(len(first), dtype=np.uint64)
    return next(parts(first, second, weight, mark, int(max(first.max(), second.max())) + 1))


def test_two_dense_groups_are_two_communities_whatever_the_order_of_edges() -> None:
    first, second = two_rings()
    part, turned = part_of(first, second), part_of(first[::-1], second[::-1])
    found = [group.tolist() for group in communities(part)]
    assert found == [list(range(8)), list(range(8, 16))]
    assert found == [group.tolist() for group in communities(turned)]
    assert modularity(part, {node: int(node >= 8) for node in range(16)}) > 0.4


def test_small_parts_and_pairs_are_no_communities() -> None:
    first, second = np.array([0, 2, 3]), np.array([1, 3, 4])
    found = list(parts(first, second, np.ones(3), np.arange(3, dtype=np.uint64), 5))
    assert [part.nodes.tolist() for part in found] == [[2, 3, 4]]
    assert community_module.SMALLEST == 3


def test_a_city_that_follows_both_ministry_and_province_is_told_once_below_the_province() -> None:
    days = [date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)]
    links = [
        Link("nation", "province", "implements", days[0], days[1], 0.9),
        Link("province", "city", "implements", days[1], days[2], 0.8),
        Link("nation", "city", "basis", days[0], days[2], 0.95),
        Link("nation", "village", "basis", days[0], days[2], 0.2),
    ]
    found = cascades(reversed(links))
    assert [(one.document, one.parent, one.step, one.confidence) for one in found] == [
        ("province", "nation", 1, 0.9),
        ("city", "province", 2, 0.72),
    ]


def test_a_sure_link_is_told_where_the_way_round_is_too_weak_to_be_told() -> None:
    days = [date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)]
    links = [
        Link("nation", "city", "implements", days[0], days[2], 0.9),
        Link("nation", "province", "title", days[0], days[1], 0.4),
        Link("province", "city", "title", days[1], days[2], 0.4),
    ]
    assert [(one.document, one.parent, one.confidence) for one in cascades(links)] == [
        ("province", "nation", 0.4),
        ("city", "nation", 0.9),
    ]


def test_one_paper_printed_on_two_levels_does_not_follow_itself(home: Home) -> None:
    title = "民政部关于加强殡葬服务收费管理的通知"
    add(home, replace(PLAN, title=title))
    add(home, replace(PROVINCE, title=title))
    _, publication = published(home)
    assert publication.rows("select document_id from follow_up") == []


def test_a_community_whose_titles_share_nothing_has_a_name_all_the_same() -> None:
    group = [Member("船舶登记规定", None, None), Member("航道养护办法", None, None)]
    plain = [Member("通知", None, None), Member("关于公告的决定", None, None)]
    names = [name.text({}, "；", "、", "：") for name in name_communities([group, plain])]
    assert all(names)
    assert names[1] == "通知"


def test_a_little_changed_part_is_moved_and_not_sought_anew() -> None:
    first, second = two_rings()
    bridges = [(0, 16), (1, 16), (2, 16)]  # a new document, tied to the first ring
    part = part_of(
        np.concatenate([first, [a for a, _ in bridges]]), np.concatenate([second, [b for _, b in bridges]])
    )
    before = np.array([0] * 7 + [1] + [1] * 8 + [-1])  # number 7 stands in the wrong ring
    found = [group.tolist() for group in moved(part, before)]
    assert found == [[*range(8), 16], list(range(8, 16))]


def test_a_part_is_sought_anew_when_it_is_small_has_grown_or_was_moved_often() -> None:
    size = 25_000
    chain_of = np.arange(size)
    part = part_of(chain_of, chain_of + 1)
    assert History(size - 100, 3).allows(part)
    assert not History(size - 2_000, 3).allows(part)
    assert not History(size, 60).allows(part)
    assert not History(52).allows(part_of(*two_rings()))
    assert History.read(str(History(7, 2))) == History(7, 2)
