"""`govbrief status`: publication, runs, sources and alarms of the home."""

from __future__ import annotations

import argparse

from dashboard.commands.state import state_of
from dashboard.commands.verb import Context, Verb, add_json


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
    else:
        context.console.result("Nothing is published yet; type 'govbrief run'.")
    for run in state["runs"][:5]:
        context.console.result(
            f"Run {run['run_id']} ({run['kind']}): {run['outcome']}, started {run['started_at']}."
        )
    columns = ("source_id", "verdict", "at", "new_documents", "changed", "failures", "detail")
    if state["sources"]:
        context.console.table(columns, [[row.get(column) for column in columns] for row in state["sources"]])
    for alarm in state["alarms"]:
        context.console.result(f"! {alarm['sentence']}")
    return 0


VERB = Verb(
    name="status",
    help="Show the current publication, the last runs, every source's last visit and what needs a look.",
    run=_run,
    arguments=add_json,
)
