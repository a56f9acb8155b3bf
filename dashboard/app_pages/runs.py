"""运行: is the data whole? Sources, runs, difficulties, and the crawl that is going on now."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.alarm_panel import alarm_panel, evidence, told
from dashboard.crawl_watch import findings_of, running_now
from dashboard.findings import problem_sentence, remark_sentence, shortened
from dashboard.frame import Frame, close, open_frame, refuse, show
from dashboard.markup import Child, Markup, element
from dashboard.pieces import basis_line, number, quiet, section, table
from dashboard.words import known
from warehouse.queries import pages_overview, pages_runs
from warehouse.queries.pages_listing import Selection
from warehouse.run_records import Finding, SourceHealth

_EVERY_SECONDS = 3
_COUNTS = ("requests", "fetched", "not_modified", "new_documents", "changed", "withdrawn", "failures")
_EVENTS = {"new_documents": "new", "changed": "changed", "withdrawn": "withdrawn"}


def page() -> None:
    """Draw the page."""
    frame = open_frame("runs")
    runs = frame.read(pages_runs.runs)
    asked = frame.parameters.get("run") or (runs[0]["run_id"] if runs else None)
    if asked and asked not in {run["run_id"] for run in runs}:
        refuse(frame, "unknown.run", asked)
    show(
        element("h1", frame.say("nav.runs")),
        element("p", frame.say("runs.lead"), cls="gb-coverage"),
    )
    _now(frame)
    alarm_panel(frame)
    show(
        section(frame.say("runs.sources"), _sources(frame), basis_line(frame)),
        section(frame.say("runs.runs"), _runs(frame, runs, asked), note=frame.say("runs.counted")),
        section(
            frame.say("runs.of-run", run=asked.removeprefix("run-")),
            _health(frame, asked),
            note=frame.say("runs.counted"),
        )
        if asked
        else None,
        section(frame.say("runs.problems"), _problems(frame)),
    )
    close(frame)


def _now(frame: Frame) -> None:
    """The crawl that is running: this part looks again every few seconds, so that it sees one begin."""

    @st.fragment(run_every=_EVERY_SECONDS)
    def watch() -> None:
        now = running_now(frame.home)
        if now is None:
            return
        run, health = now
        lines = [_live(frame, one) for one in health]
        heads = [
            frame.say("table.source"),
            frame.say("table.verdict"),
            *(frame.say(f"table.{name}") for name in _COUNTS),
        ]
        show(
            section(
                frame.say("runs.now"),
                table(heads, lines, frame.say("runs.now"), frozenset(range(2, 9))) if lines else None,
                note=frame.say("runs.now-since", run=run.run_id, at=frame.local(run.started_at)),
                cls="gb-now",
            )
        )

    watch()


def _counts(frame: Frame, row: dict[str, Any], source: str = "") -> list[Child]:
    """Requests as counted by the crawl; documents as the events of the publication, each with its list."""
    events = frame.read(pages_runs.run_events).get((row["run_id"], source), {})
    told: list[Child] = []
    for name in _COUNTS:
        kind = _EVENTS.get(name)
        if kind is None:
            told.append(row[name])
        else:
            selection = Selection(kind, run=row["run_id"], source=source or None)
            count = events.get(kind, 0)
            told.append(number(frame, selection, count) if count else "0")
    return told


def _live(frame: Frame, one: SourceHealth) -> list[Child]:
    names = {
        row["source_id"]: frame.named(row["name_zh"], row["name_en"])
        for row in frame.read(pages_overview.sources)
    }
    return [
        names.get(one.source_id, one.source_id),
        _verdict(frame, one.verdict),
        *(getattr(one, name) for name in _COUNTS),
    ]


def _sources(frame: Frame) -> Markup:
    rows = frame.read(pages_overview.sources)
    if not rows:
        return quiet(frame.say("runs.no-sources"))
    heads = [
        frame.say(f"table.{name}")
        for name in ("source", "region", "documents", "latest", "verdict", "last_success")
    ]
    lines: list[list[Child]] = [
        [
            frame.named(row["name_zh"], row["name_en"]),
            frame.region_name(row["region"]),
            number(frame, Selection(source=row["source_id"]), row["documents"]),
            str(row["latest"] or ""),
            _verdict(frame, row["verdict"])
            if row["enabled"]
            else row["disabled_reason"] or frame.say("runs.disabled"),
            frame.local(row["last_success"]) if row["last_success"] else frame.say("runs.never"),
        ]
        for row in rows
    ]
    return table(heads, lines, frame.say("runs.sources"), frozenset({2}))


def _runs(frame: Frame, rows: list[dict[str, Any]], asked: str | None) -> Markup:
    if not rows:
        return quiet(frame.say("runs.no-runs"))
    heads = [frame.say(f"table.{name}") for name in ("run", "kind", "started", "outcome", *_COUNTS)]
    lines: list[list[Child]] = [
        [
            element(
                "a",
                row["run_id"].removeprefix("run-"),
                href=frame.to("runs", run=row["run_id"]),
                data_go=True,
                aria_current="true" if row["run_id"] == asked else None,
            ),
            known(frame.language, f"origin.{row['kind']}", row["kind"]),
            frame.local(row["started_at"]),
            known(frame.language, f"outcome.{row['outcome']}", row["outcome"]),
            *_counts(frame, row),
        ]
        for row in rows
    ]
    return table(heads, lines, frame.say("runs.runs"), frozenset(range(4, 11)))


def _health(frame: Frame, run_id: str) -> Markup:
    rows = frame.read(pages_runs.run_health, run_id)
    found = findings_of(frame.home, run_id)
    if not rows:
        return quiet(frame.say("runs.no-health"))
    heads = [
        frame.say("table.source"),
        frame.say("table.verdict"),
        *(frame.say(f"table.{name}") for name in _COUNTS),
    ]
    lines: list[list[Child]] = [
        [
            _source_and_detail(frame, row, found.get(row["source_id"], [])),
            _verdict(frame, row["verdict"]),
            *_counts(frame, {**row, "run_id": run_id}, row["source_id"]),
        ]
        for row in rows
    ]
    return table(heads, lines, frame.say("runs.of-run", run=run_id), frozenset(range(2, 9)))


def _source_and_detail(frame: Frame, row: dict[str, Any], found: list[Finding]) -> Markup:
    """The source, and below it in small what was found wrong, else what the crawl remarked.

    That there was nothing new the verdict says already.
    """
    name = frame.named(row["name_zh"], row["name_en"]) if row["name_zh"] else row["source_id"]
    if found:
        lines = [told(frame, one, one.sentence, one.code) for one in found]
        shown = [(line, evidence(frame, one)) for line, one in zip(lines, found, strict=True)]
        return element(
            "span", name, *(element("small", line, " ", proof, cls="gb-remark") for line, proof in shown)
        )
    said = remark_sentence(frame.language, row["detail"])
    remark = element("small", said, cls="gb-remark") if said and row["detail"] != "nothing new" else None
    return element("span", name, remark)


def _problems(frame: Frame) -> Markup:
    rows = frame.read(pages_runs.problems)
    if not rows:
        return quiet(frame.say("runs.no-problems"))
    heads = [frame.say(f"table.{name}") for name in ("source", "problem", "captures", "detail")]
    lines: list[list[Child]] = [
        [
            frame.named(row["name_zh"], row["name_en"]) if row["name_zh"] else row["source_id"],
            known(frame.language, f"problem.{row['code']}", row["code"]),
            row["captures"],
            element(
                "span",
                problem_sentence(frame.language, row["code"], row["detail"]),
                element("small", shortened(row["url"]), cls="gb-remark"),
            ),
        ]
        for row in rows
    ]
    return table(heads, lines, frame.say("runs.problems"), frozenset({2}))


def _verdict(frame: Frame, verdict: str | None) -> Markup:
    name = verdict or "never"
    return element("span", known(frame.language, f"verdict.{name}", name), cls=f"gb-badge gb-verdict-{name}")


page()
