"""`govbrief demo`: the embedded sample province from crawl to briefing, then the dashboard."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dashboard.commands.chain import run_chain, summary_lines
from dashboard.commands.sample_home import day_of, open_sample_home, remove_sample_home
from dashboard.commands.serve import check_port, serve_home
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.home import Home
from warehouse.locks import run_lock

FOLDER = "govbrief-demo"


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-serve", action="store_true", help="stop after publishing and print the counts")
    parser.add_argument(
        "--host", help="address the dashboard listens on (default: the home's setting, 127.0.0.1)"
    )
    parser.add_argument("--port", type=int, help="port of the dashboard (default: the home's setting, 8501)")
    parser.add_argument(
        "--day",
        type=int,
        help="the sample province's day, from 0; later days bring new, changed and withdrawn documents",
    )
    parser.add_argument(
        "--remove", action="store_true", help="delete the sample's home and everything in it, then stop"
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    if args.remove:
        return _remove(context, args)
    home = context.use(_sample_home(Path(context.home_option or FOLDER), args.day))
    host, port = (
        args.host or home.settings.serving.host,
        home.settings.serving.port if args.port is None else args.port,
    )
    if not args.no_serve:
        check_port(host, port)
    context.console.say(
        f"示例数据 / sample data: a fictional province on loopback, day {day_of(home)} of their clock."
    )
    with run_lock(home):
        result = run_chain(home, context.console, due=False)
    _print_counts(context, home, result.steps, args.json)
    if args.no_serve:
        return result.exit_code
    return serve_home(context, home, host, port)


def _remove(context: Context, args: argparse.Namespace) -> int:
    removed = remove_sample_home(context.use(Home.open(Path(context.home_option or FOLDER))))
    if args.json:
        context.console.json(asdict(removed))
        return 0
    context.console.result(
        f"Removed the sample province from {removed.root}: {removed.bytes / 1e6:.1f} MB,"
        f" {removed.corrections} corrections made in it."
    )
    if removed.kept:
        context.console.result(f"Kept, because govbrief did not make it: {', '.join(removed.kept)}.")
    return 0


def _sample_home(folder: Path, day: int | None) -> Home:
    from crawlers.sample_sites import sample_settings

    return open_sample_home(Home.create(folder, sample_settings(day or 0)), day)


def _print_counts(context: Context, home: Home, steps: dict[str, Any], as_json: bool) -> None:
    if as_json:
        context.console.json({"home": home.root, "day": day_of(home), **steps})
        return
    for line in summary_lines(steps):
        context.console.result(line)


VERB = Verb(
    name="demo",
    help="Take the embedded sample province from crawl to briefing and open the dashboard on it.",
    run=_run,
    arguments=_arguments,
    note="It makes ./govbrief-demo (or --home); a second run changes only what changed on the sites.",
)
