"""Every query that a page of the dashboards runs on a publication, with what a reader would ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from warehouse.bench.pages_board import board_queries
from warehouse.bench.pages_briefing import briefing_parts, completeness
from warehouse.bench.pages_compare import compare_queries
from warehouse.bench.pages_other import other_queries
from warehouse.bench.pages_today import today_queries
from warehouse.publication import Publication
from warehouse.queries import (
    briefing,
    cascades,
    duty_calendar,
    duty_evidence,
    ego,
    lineage,
    networks,
    pages_archive,
    pages_citing,
    pages_document,
    pages_listing,
    pages_overview,
    pages_runs,
    policy_line,
    routing,
    teaching,
)
from warehouse.queries.classes import class_paths
from warehouse.queries.duty_calendar import DutyChoice
from warehouse.queries.issuers import issuer_names
from warehouse.queries.pages_listing import Selection
from warehouse.queries.routing import InboxChoice
from warehouse.recurring_days import next_days

_PERIOD, _DUE_DAYS, _WEEKS = 30, 60, 12
Ask = Callable[[], object]


@dataclass(frozen=True, slots=True)
class PageQuery:
    """One query of one page."""

    page: str
    name: str
    ask: Ask


@dataclass(frozen=True, slots=True)
class Usual:
    """What readers ask for: the busiest theme, class, body, region and source, and some documents."""

    today: date
    seen: datetime  # what was observed after this instant is new to the reader
    theme: str
    topic: str
    topic2: str
    department: str
    local: str  # a body below the national level: it belongs to classes of bodies
    region: str
    source: str
    run: str
    document: str
    cited: str
    capture: str
    hits: tuple[str, ...]


def dashboard_queries(publication: Publication) -> list[PageQuery]:
    """The queries of all pages, each to be run as often as a bench likes; nothing is remembered between runs.

    `today` is the day after the latest published document, so that periods hold what they hold in use.
    """
    usual = usual_of(publication)
    made = (
        _today,
        _listing,
        _document,
        _indexes,
        _runs,
        _search,
        _briefings,
        _deadlines,
        briefing_parts,
        completeness,
        _routing,
        _cascades,
        today_queries,
        board_queries,
        other_queries,
        compare_queries,
    )
    return [PageQuery(*one) for part in made for one in part(publication, usual)]


def usual_of(publication: Publication) -> Usual:
    """Typical parameters out of the publication itself; where it holds none, an empty name finds nothing."""

    def one(sql: str) -> Any:
        rows = publication.rows(sql)
        return next(iter(rows[0].values())) if rows else None

    latest = one(
        "select max(published) from document where published <= (select max(data_until) from publication)"
    )
    until = one("select max(data_until) from publication") or datetime.now(UTC)
    hits = publication.rows("select document_id from document order by hash(document_id) limit 10")
    return Usual(
        today=(latest or date.today()) + timedelta(days=1),
        seen=until - timedelta(days=1),
        theme=one(_BUSIEST.format(column="theme_id", table="theme_member", where="true")) or "",
        topic=one(_BUSIEST.format(column="topic1_code", table="document", where="topic1_code is not null"))
        or "",
        topic2=one(_BUSIEST.format(column="topic_code", table="document", where=_SECOND)) or "",
        department=one(_BUSIEST.format(column="department_code", table="document", where=_BODY)) or "",
        local=one(_BUSIEST.format(column="department_code", table="document", where=_LOCAL)) or "",
        region=one(_BUSIEST.format(column="region", table="document", where="region is not null")) or "",
        source=one(_BUSIEST.format(column="source_id", table="document", where="true")) or "",
        run=one("select run_id from crawl_run order by started_at desc limit 1") or "",
        document=hits[0]["document_id"] if hits else "",
        cited=one(_BUSIEST.format(column="target_document_id", table="citation", where=_HELD)) or "",
        capture=one("select capture_id from document order by hash(document_id) limit 1") or "",
        hits=tuple(row["document_id"] for row in hits),
    )


_BUSIEST = "select {column} from {table} where {where} group by 1 order by count(*) desc, 1 limit 1"
_SECOND = "topic_code <> topic1_code"
_BODY = "department_code is not null"
_LOCAL = f"{_BODY} and level <> 'national'"
_HELD = "target_document_id is not null"
_Made = Iterator[tuple[str, str, Ask]]


def _today(publication: Publication, usual: Usual) -> _Made:
    """What the first page asks for a period of days and since a visit."""
    day, instant = usual.today - timedelta(days=_PERIOD), usual.seen
    selections = {
        "published": Selection("documents", published_from=day, told_once=True),
        "changed of days": Selection("changed", seen_after=instant, unless_published_from=day),
        "repealed of days": Selection("repealed", ended_from=day),
        "withdrawn": Selection("withdrawn", seen_after=instant),
        "new since a visit": Selection("new", seen_after=instant, told_once=True),
        "changed since a visit": Selection("changed", seen_after=instant),
        "repealed since a visit": Selection("repealed", seen_after=instant),
        "latest": Selection(),
    }
    for name, selection in selections.items():
        yield from _selected(publication, "today", name, selection, 8)
    ahead = usual.today + timedelta(days=_PERIOD)
    yield "today", "due: count", lambda: pages_listing.count_due(publication, usual.today, ahead)
    yield "today", "due: list", lambda: pages_listing.list_due(publication, usual.today, ahead, None, 6)
    yield "today", "themes", lambda: pages_overview.themes(publication, day)
    yield "today", "themes of documents", lambda: pages_overview.themes_of(publication, usual.hits)
    yield "today", "overview", lambda: pages_overview.overview(publication)


def _listing(publication: Publication, usual: Usual) -> _Made:
    """The documents behind a number, by each of its filters."""
    day = usual.today - timedelta(days=_PERIOD)
    selections = {
        "all": Selection(),
        "theme": Selection(theme=usual.theme),
        "topic": Selection(topic=usual.topic),
        "second-level topic": Selection(topic=usual.topic2),
        "department": Selection(department=usual.department),
        "source": Selection(source=usual.source),
        "region": Selection(region=usual.region),
        "week": Selection(week=day - timedelta(days=day.weekday())),
        "run": Selection("new", run=usual.run),
        "topic of days": Selection(topic=usual.topic, published_from=day, told_once=True),
    }
    for name, selection in selections.items():
        yield from _selected(publication, "listing", name, selection, 50)
    deep = Selection(source=usual.source)
    due = (publication, usual.today, usual.today + timedelta(days=_PERIOD), Selection(topic=usual.topic))
    yield "listing", "due of a topic: count", lambda: pages_listing.count_due(*due)
    yield "listing", "due of a topic: list", lambda: pages_listing.list_due(*due, 50)
    yield "listing", "page 100", lambda: pages_listing.list_documents(publication, deep, 50, 4950)


def _selected(publication: Publication, page: str, name: str, selection: Selection, most: int) -> _Made:
    yield page, f"{name}: count", lambda: pages_listing.count_documents(publication, selection)
    yield page, f"{name}: sources", lambda: pages_listing.count_sources(publication, selection)
    yield page, f"{name}: list", lambda: pages_listing.list_documents(publication, selection, most)


def _document(publication: Publication, usual: Usual) -> _Made:
    """What the page of a document asks, of one like others and of the most cited one."""
    for kind, name in (("", usual.document), ("most cited ", usual.cited)):
        for query in (
            pages_document.document,
            pages_document.labels,
            pages_document.origins,
            pages_document.citations_out,
            pages_document.citations_in,
            pages_document.duties,
            pages_document.facts,
            pages_document.versions,
            pages_document.version_changes,
            pages_document.told_changes,
            pages_document.told_withdrawal,
            pages_document.attachments,
            pages_document.copies,
            pages_citing.cited,
            networks.ranks_of,
            networks.community_of,
            networks.followed,
            networks.followers,
            networks.not_acted,
        ):
            yield "doc", f"{kind}{query.__name__}", _asked(query, publication, name)
    yield "doc", "body", _asked(Publication.body, publication, usual.document)
    yield "doc", "body_choices", _asked(pages_overview.body_choices, publication)
    yield "doc", "kind_choices", _asked(pages_overview.kind_choices, publication)
    yield "doc", "topic_choices", _asked(pages_overview.topic_choices, publication)
    yield "archive", "archived_capture", _asked(pages_document.archived_capture, publication, usual.capture)
    yield "archive", "captures_beside", _asked(pages_archive.captures_beside, publication, usual.capture)


def _indexes(publication: Publication, usual: Usual) -> _Made:
    for page, query in (
        ("topics", pages_overview.topics),
        ("departments", pages_overview.departments),
        ("about", pages_overview.sources),
        ("about", pages_runs.quality),
        ("about", pages_runs.evaluations),
        ("about", pages_runs.classifiers),
        ("every page", pages_overview.topic_names),
        ("every page", pages_overview.body_names),
        ("teach", teaching.label_counts),
        ("teach", teaching.classifiers),
    ):
        yield page, query.__name__, _asked(query, publication)
    yield "teach", "shown_documents", _asked(teaching.shown_documents, publication, usual.hits[:5])
    yield "teach", "other_classes", _asked(teaching.other_classes, publication, usual.hits[:5])


def _runs(publication: Publication, usual: Usual) -> _Made:
    yield "runs", "runs", _asked(pages_runs.runs, publication)
    yield "runs", "run_events", _asked(pages_runs.run_events, publication)
    yield "runs", "run_health", _asked(pages_runs.run_health, publication, usual.run)
    yield "runs", "problems", _asked(pages_runs.problems, publication)


def _search(publication: Publication, usual: Usual) -> _Made:
    """What stands beside the index on the search page and in saved searches."""
    yield "docs", "states_of", _asked(pages_listing.states_of, publication, usual.hits)
    yield "docs", "documents_of", _asked(pages_listing.documents_of, publication, usual.hits)
    yield "docs", "issuer_names", _asked(issuer_names, publication, usual.hits)
    yield "docs", "class_paths", _asked(class_paths, publication, usual.hits)
    yield "docs", "family_of", _asked(lineage.family_of, publication, usual.department)


def _briefings(publication: Publication, usual: Usual) -> _Made:
    """A briefing of each kind of subject, as topics and departments show it."""
    since = usual.today - timedelta(days=_PERIOD)
    last = usual.today + timedelta(days=_DUE_DAYS)
    first_week = usual.today - timedelta(weeks=_WEEKS)
    for kind, key in (("theme", usual.theme), ("topic", usual.topic), ("department", usual.department)):
        subject = (publication, kind, key)
        page = "departments" if kind == "department" else "topics"
        for query, *given in (
            (briefing.count_members,),
            (briefing.count_new, since, usual.today),
            (briefing.new_documents, since, usual.today),
            (briefing.changed_documents, since),
            (briefing.ended_documents, since),
            (briefing.due, usual.today, last),
            (briefing.elsewhere, since, usual.region),
            (briefing.follow_ups, since),
            (briefing.actors, since, usual.today),
            (briefing.weeks, first_week, usual.today),
        ):
            yield page, f"{kind}: {query.__name__}", _asked(query, *subject, *given)
    yield "topics", "coverage", _asked(briefing.coverage, publication)
    yield "departments", "joint_with", _asked(networks.joint_with, publication, usual.department)
    yield "departments", "steps_of", _asked(lineage.steps_of, publication, usual.department)


def _deadlines(publication: Publication, usual: Usual) -> _Made:
    """The duty calendar: what is due in a season, what is past in a year with evidence, limits."""
    today, home = usual.today, usual.region
    ahead, year = today + timedelta(days=90), today - timedelta(days=365)
    yesterday = today - timedelta(days=1)
    choices = {
        "due": DutyChoice(today, ahead, home=home),
        "past of a year": DutyChoice(year, yesterday, "past", home=home),
        "ended of a year": DutyChoice(year, yesterday, "ended", home=home),
        "past of a bearer": DutyChoice(year, yesterday, "past", bearer=usual.department, home=home),
        "past of a topic": DutyChoice(year, yesterday, "past", topic=usual.topic, home=home),
        "past of a theme": DutyChoice(year, yesterday, "past", theme=usual.theme, home=home),
        "past of an issuer": DutyChoice(year, yesterday, "past", issuer=usual.department, home=home),
        "past of a region": DutyChoice(year, yesterday, "past", region=usual.region, home=home),
    }
    for name, choice in choices.items():
        asked = (publication, choice)
        yield "deadlines", f"{name}: count", _asked(duty_calendar.count_duties, *asked)
        yield "deadlines", f"{name}: list", _asked(duty_calendar.list_duties, *asked, 30)
        yield "deadlines", f"{name}: with evidence", _asked(duty_evidence.proven_duties, *asked, today, 30)
        yield "deadlines", f"{name}: days", _asked(duty_calendar.days_of_duties, *asked)
    past = (publication, choices["past of a year"], today)
    yield "deadlines", "overdue: page 2", _asked(duty_evidence.proven_duties, *past, 50, 50, False)
    yield "deadlines", "evidence: page 2", _asked(duty_evidence.proven_duties, *past, 200, 200, True)
    yield "deadlines", "limits_printed", _asked(duty_calendar.limits_printed, publication)
    yield "deadlines", "regions_held", _asked(duty_calendar.regions_held, publication)
    found = next_days(duty_calendar.limits_printed(publication), today)
    days = {printed: one.day for printed, one in found.items()}
    limits = {
        "all": choices["due"],
        "of a bearer": DutyChoice(today, ahead, bearer=usual.local, home=home),
        "of a theme": DutyChoice(today, ahead, theme=usual.theme, home=home),
        "of a topic": DutyChoice(today, ahead, topic=usual.topic, home=home),
        "of an issuer": DutyChoice(today, ahead, issuer=usual.department, home=home),
    }
    for returning in (True, False):
        told = "returning" if returning else "without a day"
        for name, query, place in (("count", duty_calendar.count_limits, ()),
                                   ("list", duty_calendar.list_limits, (30, 0))):  # fmt: skip
            for whose, choice in limits.items():
                ask = partial(query, publication, choice, days, *place, returning=returning)
                yield "deadlines", f"limits {told}, {whose}: {name}", ask


def _routing(publication: Publication, usual: Usual) -> _Made:
    """Inboxes of a body and of an analyst with some decisions, and the queue of what went to nobody."""
    season, year = usual.today - timedelta(days=90), usual.today - timedelta(days=365)
    choices = {
        "unseen of a season": InboxChoice(usual.department, season, but=usual.hits),
        "all of a year by reason": InboxChoice(usual.department, year, "duty"),
        "all": InboxChoice(usual.department, also=usual.hits),
        "unseen of a local body": InboxChoice(usual.local, season, but=usual.hits),
        "all of a local body": InboxChoice(usual.local),
        "taken": InboxChoice(usual.department, only=usual.hits),
        "a theme": InboxChoice(f"{routing.THEME}{usual.theme}", season, but=usual.hits),
    }
    for name, choice in choices.items():
        yield "departments", f"inbox, {name}: count", _asked(routing.count_inbox, publication, choice)
        yield "departments", f"inbox, {name}: list", _asked(routing.list_inbox, publication, choice, 10)
    asked = (publication, season, routing.WAITING, usual.hits, usual.hits, 10)
    yield "routing", "queue: count", _asked(routing.count_unrouted, publication, season, usual.hits)
    yield "routing", "queue: list", _asked(routing.list_unrouted, *asked)
    yield "routing", "queue of all time", _asked(routing.list_unrouted, publication)
    yield "routing", "assignable", _asked(routing.assignable, publication, usual.region)
    yield "routing", "theme_analysts", _asked(routing.theme_analysts, publication)
    yield "routing", "routes_of", _asked(routing.routes_of, publication, usual.hits)


def _cascades(publication: Publication, usual: Usual) -> _Made:
    """The tracker's index; cascade, network and timeline of a document like others and of the most cited."""
    since, day = usual.today - 24 * timedelta(days=_PERIOD), timedelta(days=_PERIOD)
    waiting = (since, usual.today - 6 * day, usual.today + 24 * day, usual.today)
    yield "cascade", "most_followed", _asked(cascades.most_followed, publication, since)
    yield "cascade", "open_ones", _asked(cascades.open_ones, publication, *waiting)
    held = publication.rows(
        "select level, jurisdiction from document where document_id = ?", [usual.cited or usual.document]
    )
    for row in held:
        place = (row["level"], row["jurisdiction"])
        yield "cascade", "expected", _asked(cascades.expected, publication, *place)
    for kind, name in (("", usual.document), ("most cited ", usual.cited)):
        yield "cascade", f"{kind}cascade", _asked(cascades.cascade, publication, name)
        yield "cascade", f"{kind}duties_below", _asked(cascades.duties_below, publication, name)
        yield "cascade", f"{kind}clause_places", _asked(cascades.clause_places, publication, (name,))
        yield "network", f"{kind}ego", _asked(ego.ego, publication, name)
        yield "network", f"{kind}policy_line", _asked(policy_line.policy_line, publication, name)
    pair = (usual.cited, usual.document)
    yield "cascade", "side_by_side", _asked(cascades.side_by_side, publication, *pair)


def _asked(query: Callable[..., object], *given: object) -> Ask:
    return lambda: query(*given)
