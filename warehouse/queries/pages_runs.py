"""Runs, the health of sources and the difficulties met, as the publication knows them."""

from __future__ import annotations

from typing import Any

from warehouse.publication import Publication


def runs(publication: Publication, limit: int = 20) -> list[dict[str, Any]]:
    """The last runs with their totals over all sources, latest first."""
    return publication.rows(_RUNS, [limit])


def run_events(publication: Publication) -> dict[tuple[str, str], dict[str, int]]:
    """Documents new, changed and withdrawn by (run, source) of the last runs, as the events tell.

    The source is "" for a run over all its sources.
    """
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in publication.rows(_EVENTS):
        found.setdefault((row["run_id"], row["source_id"] or ""), {})[row["kind"]] = row["documents"]
    return found


def run_names(publication: Publication) -> frozenset[str]:
    """Every run that the publication knows of."""
    return frozenset(row["run_id"] for row in publication.rows(_NAMES) if row["run_id"])


def run_health(publication: Publication, run_id: str) -> list[dict[str, Any]]:
    """How each source fared in one run."""
    return publication.rows(_HEALTH, [run_id])


def problems(publication: Publication, limit: int = 50) -> list[dict[str, Any]]:
    """Named difficulties, counted by source and kind, with the latest example of each."""
    return publication.rows(_PROBLEMS, [limit])


def source_terms(publication: Publication, source_id: str) -> dict[str, Any]:
    """What may be shown of a source, and whether it is sample data; of an unknown one nothing but a link."""
    rows = publication.rows("select reuse, sample from source where source_id = ?", [source_id])
    return rows[0] if rows else {"reuse": "link", "sample": False}


def quality(publication: Publication) -> list[dict[str, Any]]:
    """Measured quality figures with their sample; empty when nothing was measured."""
    return publication.rows("select name, value, sample, data, measured_on, note from quality order by name")


def evaluations(publication: Publication) -> list[dict[str, Any]]:
    """What was measured class by class, each report as JSON; empty when nothing was."""
    return publication.rows("select name, data, measured_on, note, report from evaluation order by name desc")


def classifiers(publication: Publication) -> list[dict[str, Any]]:
    """The classifiers whose labels the publication holds."""
    return publication.rows(_CLASSIFIERS)


_CLASSIFIERS = """
select classifier_id, model, taxonomy, authority, code_version from classifier order by classifier_id
"""
_RUNS = """
select r.run_id, r.kind, r.started_at, r.ended_at, r.outcome, len(r.sources) as sources,
       coalesce(sum(h.requests), 0) as requests, coalesce(sum(h.fetched), 0) as fetched,
       coalesce(sum(h.not_modified), 0) as not_modified,
       coalesce(sum(h.new_documents), 0) as new_documents, coalesce(sum(h.changed), 0) as changed,
       coalesce(sum(h.withdrawn), 0) as withdrawn, coalesce(sum(h.failures), 0) as failures
from crawl_run r left join source_health h on h.run_id = r.run_id
group by r.run_id, r.kind, r.started_at, r.ended_at, r.outcome, r.sources
order by r.started_at desc, r.run_id desc
limit ?
"""
_NAMES = "select run_id from crawl_run union select distinct run_id from event"
_EVENTS = """
select e.run_id, d.source_id, e.kind, count(distinct e.document_id) as documents
from event e join document d on d.document_id = e.document_id
where e.kind in ('new', 'changed', 'withdrawn')
    and e.run_id in (select run_id from crawl_run order by started_at desc, run_id desc limit 20)
group by grouping sets ((e.run_id, d.source_id, e.kind), (e.run_id, e.kind))
"""
_HEALTH = """
select h.source_id, s.name_zh, s.name_en, h.verdict, h.detail, h.requests, h.fetched, h.not_modified,
       h.new_documents, h.changed, h.withdrawn, h.failures, h.bytes, h.at
from source_health h left join source s on s.source_id = h.source_id
where h.run_id = ?
order by h.verdict = 'ok', h.source_id
"""
_PROBLEMS = """
select p.source_id, s.name_zh, s.name_en, p.code, count(*) as captures, max_by(p.detail, p.at) as detail,
       max_by(p.url, p.at) as url, max(p.at) as at
from problem p left join source s on s.source_id = p.source_id
group by p.source_id, s.name_zh, s.name_en, p.code
order by captures desc, p.code
limit ?
"""
