"""`govbrief bench`: our own benchmarks, each beside its reference in the same run."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dashboard.commands.console import Console, plain
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError

Work = Callable[[Console, argparse.Namespace], Any]


def _crawl(console: Console, args: argparse.Namespace) -> Any:
    """Pages a second of our crawl against bare Scrapy on the same loopback pages."""
    from crawlers.bench_crawl import run

    console.say("Crawling the same loopback pages with bare Scrapy and with govbrief, in turns ...")
    size = _count(args)
    return run(pages=size) if size else run()


def _extract(console: Console, args: argparse.Namespace) -> Any:
    """Pages a second of reading known containers against trafilatura."""
    from crawlers.bench_extract import bench_extract

    return bench_extract(progress=console.progress, size=_count(args))


def _import(console: Console, args: argparse.Namespace) -> Any:
    """Documents a second of each stage from JSONL to publication, and peak memory."""
    from dashboard.commands.bench_import import SIZE, bench_import

    return bench_import(progress=console.progress, size=_count(args) or SIZE)


def _networks(console: Console, args: argparse.Namespace) -> Any:
    """PageRank beside networkx, and a million votes through ranks, communities and cascades."""
    from classify.networks.bench import SIZE, bench_networks

    return bench_networks(progress=console.progress, size=_count(args) or SIZE)


def _classify(console: Console, args: argparse.Namespace) -> Any:
    """Departments and topics beside scikit-learn and Annif (in its own environment), with every bar."""
    from classify.bench.report import markdown
    from classify.bench.run import Result, bench_classify

    if args.size not in (None, "small"):
        raise UserError(f"--size {args.size}: bench classify knows 'small'; without it the run is complete.")

    def save(result: Any) -> None:
        if args.write:
            Path(args.write).write_text(markdown(result), encoding="utf-8")
        if args.results:
            Path(args.results).write_text(json.dumps(result.as_json(), ensure_ascii=False), encoding="utf-8")

    begun = None
    if args.results and Path(args.results).is_file():
        begun = Result.of_json(json.loads(Path(args.results).read_text(encoding="utf-8")))
    result = bench_classify(
        Path(args.data), size=args.size or "full", parts=args.task or (), annif=not args.no_annif,
        progress=console.progress, save=save, begun=begun,
    )  # fmt: skip
    save(result)  # also when nothing was left to measure
    return result


def _count(args: argparse.Namespace) -> int | None:
    if args.size is not None and not args.size.isdigit():
        raise UserError(f"--size {args.size}: give a number of pages or documents.")
    return int(args.size) if args.size else None


BENCHES: dict[str, Work] = {
    "crawl": _crawl,
    "extract": _extract,
    "import": _import,
    "networks": _networks,
    "classify": _classify,
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    what = "; ".join(f"{name}: {(bench.__doc__ or '').rstrip('.')}" for name, bench in BENCHES.items())
    parser.add_argument("name", choices=tuple(BENCHES), metavar="NAME", help=what)
    parser.add_argument(
        "--size", help="pages or documents to work on, or small for classify (default: the benchmark's own)"
    )
    parser.add_argument(
        "--task", action="append", metavar="TASK", help="one task or part of classify; may be repeated"
    )
    parser.add_argument(
        "--data", default="../shared/data", help="labelled data of classify (default: %(default)s)"
    )
    parser.add_argument("--no-annif", action="store_true", help="classify without Annif")
    parser.add_argument(
        "--results",
        metavar="FILE",
        help="keep the figures of classify here; what stands there is not run again",
    )
    parser.add_argument("--write", metavar="FILE", help="write the page of classify to this file")
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    found = BENCHES[args.name](context.console, args)
    if args.name == "classify":
        return _show(context.console, found, as_json=args.json)
    figures: dict[str, Any] = plain(found)
    if args.json:
        context.console.json(figures)
    else:
        context.console.table(("figure", "value"), list(figures.items()))
    return 0


def _show(console: Console, result: Any, *, as_json: bool) -> int:
    from classify.bench.report import BAR_HEADS, SIDE_HEADS, bar_rows, side_rows

    if as_json:
        console.json(plain(result.as_json()))
        return 0
    for sentence in result.said:
        console.say(sentence)
    console.table(SIDE_HEADS, side_rows(result))
    console.table(BAR_HEADS, bar_rows(result))
    return 0


VERB = Verb(
    name="bench",
    help="Run a benchmark of ours beside its reference on this machine.",
    run=_run,
    arguments=_arguments,
    note="It works in a temporary home and on loopback; classify installs Annif once, in a cache folder.",
)
