"""`govbrief bench`: our own benchmarks, each beside its reference in the same run."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from dashboard.commands.console import Console, plain
from dashboard.commands.verb import Context, Verb, add_json


def _crawl(console: Console, size: int | None) -> Any:
    """Pages a second of our crawl against bare Scrapy on the same loopback pages."""
    from crawlers.bench_crawl import run

    console.say("Crawling the same loopback pages with bare Scrapy and with govbrief, in turns ...")
    return run(pages=size) if size else run()


def _extract(console: Console, size: int | None) -> Any:
    """Pages a second of reading known containers against trafilatura."""
    from crawlers.bench_extract import bench_extract

    return bench_extract(progress=console.progress, size=size)


def _import(console: Console, size: int | None) -> Any:
    """Documents a second of each stage from JSONL to publication, and peak memory."""
    from dashboard.commands.bench_import import SIZE, bench_import

    return bench_import(progress=console.progress, size=size or SIZE)


def _networks(console: Console, size: int | None) -> Any:
    """PageRank beside networkx, and a million votes through ranks, communities and cascades."""
    from classify.networks.bench import SIZE, bench_networks

    return bench_networks(progress=console.progress, size=size or SIZE)


BENCHES: dict[str, Callable[[Console, int | None], Any]] = {
    "crawl": _crawl,
    "extract": _extract,
    "import": _import,
    "networks": _networks,
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    what = "; ".join(f"{name}: {(bench.__doc__ or '').rstrip('.')}" for name, bench in BENCHES.items())
    parser.add_argument("name", choices=tuple(BENCHES), metavar="NAME", help=what)
    parser.add_argument(
        "--size", type=int, help="pages or documents to work on (default: the benchmark's own)"
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    figures: dict[str, Any] = plain(BENCHES[args.name](context.console, args.size))
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
