"""`govbrief sources probe`: look at many sources with few requests, report, switch nothing."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from dashboard.commands.chain import catalogue_of
from dashboard.commands.console import plain
from dashboard.commands.source_client import left_alone, polite_client
from dashboard.commands.verb import Context
from warehouse.clock import today
from warehouse.errors import UserError
from warehouse.home import Home

if TYPE_CHECKING:
    from crawlers.probing.probe import ProbeRow
    from crawlers.source import SourceFile

_REQUESTS = 8  # of one source at the very most: robots.txt and two pages, each perhaps redirected


def probe_sources(context: Context, args: argparse.Namespace) -> int:
    """Print a table or JSON, write the Markdown paper; 0 when all are fine, 3 some, 4 none."""
    from crawlers.probing.probe_report import HEAD, cells, write_probe

    home = context.home
    chosen = _chosen(home, args)
    rows, complete = _rows(context, home, chosen)
    paper = write_probe(home, rows, home.clock.now(), len(chosen), complete=complete)
    if args.json:
        answer = {"complete": complete, "asked": len(chosen), "report": str(paper)}
        context.console.json({**answer, "sources": [_record(row) for row in rows]})
    else:
        context.console.table(HEAD, [cells(row) for row in rows])
        for row in rows:
            if not row.fine:
                context.console.result(f"{row.source}: {row.detail}")
        context.console.result(f"Report: {paper}")
    fine = sum(row.fine for row in rows)
    return 0 if fine == len(chosen) else 3 if fine else 4


def _chosen(home: Home, args: argparse.Namespace) -> list[SourceFile]:
    """The sources named, or all, or those that are off; a probe of everything must be asked for in words."""
    if sum((bool(args.sources), args.all, args.disabled)) != 1:
        raise UserError("Name the sources to probe, or give --all or --disabled.")
    chosen: list[SourceFile] = catalogue_of(home).select(args.sources or None)
    return [source for source in chosen if not args.disabled or not source.enabled]


def _rows(context: Context, home: Home, chosen: list[SourceFile]) -> tuple[list[ProbeRow], bool]:
    """Rows in the order of the catalogue; Ctrl-C keeps what was learned so far."""
    from crawlers.probing.probe import probe

    rows: list[ProbeRow] = []
    day = today(home.clock, home.settings.place.timezone)
    complete = True
    with polite_client(home, most=_REQUESTS * len(chosen)) as client:
        try:
            for row in probe(
                chosen,
                client,
                day,
                resting=lambda source: _resting(home, source),
                progress=lambda done, total: context.console.progress("probed", done, total),
            ):
                rows.append(row)
        except KeyboardInterrupt:
            complete = False
            context.console.say("Interrupted; the report holds what was learned so far.")
    order = {source.id: number for number, source in enumerate(chosen)}
    return sorted(rows, key=lambda row: order[row.source]), complete


def _resting(home: Home, source: SourceFile) -> str | None:
    """A site that asked to be left alone, quiet hours, or the source's own window."""
    from crawlers.schedule import resting

    return left_alone(home, source.id) or resting(source, home, home.clock.now())


def _record(row: ProbeRow) -> dict[str, Any]:
    return {**plain(row), "fine": row.fine}
