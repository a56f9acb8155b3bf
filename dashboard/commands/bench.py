"""`govbrief bench`: our own benchmarks, each beside its reference in the same run."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Any

from dashboard.commands.console import plain
from dashboard.commands.verb import Context, Verb, add_json

# name -> (module, function, what is compared); a function takes the progress callback and returns figures.
BENCHES = {
    "crawl": (
        "crawlers.bench_crawl",
        "bench_crawl",
        "our crawl against bare Scrapy on the same loopback pages",
    ),
    "extract": ("crawlers.bench_extract", "bench_extract", "known containers against trafilatura"),
    "import": ("dashboard.commands.bench_import", "bench_import", "documents a second by stage, peak memory"),
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    what = "; ".join(f"{name}: {entry[2]}" for name, entry in BENCHES.items())
    parser.add_argument("name", choices=tuple(BENCHES), metavar="NAME", help=what)
    parser.add_argument(
        "--size", type=int, help="pages or documents to work on (default: the benchmark's own)"
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    module, function, _ = BENCHES[args.name]
    measure = getattr(import_module(module), function)
    sized = {"size": args.size} if args.size else {}
    figures: dict[str, Any] = plain(measure(progress=context.console.progress, **sized))
    if args.json:
        context.console.json(figures)
    else:
        context.console.table(("figure", "value"), list(figures.items()))
    return 0


VERB = Verb(
    name="bench",
    help="Run a benchmark of ours beside its reference on this machine.",
    run=_run,
    arguments=_arguments,
    note="It works in a temporary home and on loopback only.",
)
