"""`govbrief status`: publication, runs, sources and alarms of the home."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from dashboard.commands.state import state_of
from dashboard.commands.verb import Context, Verb, add_json
from dashboard.findings import shortened

_NAMED = 12  # sources that one line names
_COLUMNS = {  # head: key; the crawl counts addresses, not documents
    "source_id": "source_id",
    "verdict": "verdict",
    "at": "at",
    "new_pages": "new_documents",
    "changed": "changed",
    "failures": "failures",
    "detail": "detail",
}


def _run(context: Context, args: argparse.Namespace) -> int:
    state = state_of(context.home)
    if args.json:
        context.console.json(state)
        return 0
    held = state["publication"]
    if held:
        context.console.result(
            f"Publication {held['publication_id']} of {held['created_at']}: {held['documents']:,} documents."
        )
        networks = held["networks_as_of"]
        context.console.result(
            f"Citation ranks, clusters and follow-ups as of {networks}."
            if networks
            else "Citation ranks, clusters and follow-ups are not worked out yet."
        )
    else:
        context.console.result("Nothing is published yet; type 'govbrief run'.")
    for run in state["runs"][:5]:
        context.console.result(
            f"Run {run['run_id']} ({run['kind']}): {run['outcome']}, started {run['started_at']}."
        )
    if state["sources"]:
        context.console.table(list(_COLUMNS), [_cells(row) for row in state["sources"]])
    for line in _waiting(state):
        context.console.result(line)
    for alarm in state["alarms"]:
        context.console.result(f"{'!' if alarm['counts'] else '-'} {shortened(alarm['sentence'])}")
    return 0


def _cells(row: dict[str, Any]) -> list[Any]:
    values = (row.get(column) for column in _COLUMNS.values())
    return [shortened(value) if isinstance(value, str) else value for value in values]


def _waiting(state: dict[str, Any]) -> Iterator[str]:
    """Sources without a visit, sources that wait for their time, and captures that wait for a look."""
    never, later = state["never_crawled"], [row["source_id"] for row in state["not_due"]]
    if never:
        yield f"Never crawled: {_named(never)}."
    if later:
        first = min(row["due_at"] for row in state["not_due"])
        yield f"Not due: {_named(later)}; the first at {first}."
    for source, count in state["held"].items():
        yield (
            f"Held back: {count} captures of {source}, until its pages are read as before, or"
            f" 'govbrief health --release {source}' lets them in."
        )


def _named(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


VERB = Verb(
    name="status",
    help="Show publication, last runs, every source's last visit, what is not due, and what needs a look.",
    run=_run,
    arguments=add_json,
)
