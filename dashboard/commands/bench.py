"""`govbrief bench`: our own benchmarks, each beside its reference in the same run."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dashboard.commands.bench_warehouse import WORKS
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


def _pages(console: Console, args: argparse.Namespace) -> Any:
    """Passages, dates and speed of reading pages of unknown make, against trafilatura and resiliparse."""
    from crawlers.bench_pages import HALVES, bench_pages
    from crawlers.bench_pages_report import markdown

    parts = tuple(args.task or HALVES)
    wrong = [part for part in parts if part not in HALVES]
    if wrong:
        raise UserError(f"--task {wrong[0]}: the parts of bench pages are {', '.join(HALVES)}.")
    figures = bench_pages(Path(args.data), console.progress, parts=parts)
    if args.write:
        Path(args.write).write_text(markdown(figures), encoding="utf-8")
    return figures


def _lists(console: Console, args: argparse.Namespace) -> Any:
    """Recall, precision and days of reading lists of unknown make, beside a naive detector."""
    from crawlers.bench_lists import HALVES, bench_lists

    parts = tuple(args.task or HALVES)
    wrong = [part for part in parts if part not in HALVES]
    if wrong:
        raise UserError(f"--task {wrong[0]}: the parts of bench lists are {', '.join(HALVES)}.")
    return bench_lists(Path(args.data), console.progress, parts=parts)


def _files(console: Console, args: argparse.Namespace) -> Any:
    """Statuses and stated passages of the recorded PDF and office files."""
    from crawlers.bench_files import bench_files

    return bench_files(Path(args.data), progress=console.progress, size=_count(args))


def _anchoring(console: Console, args: argparse.Namespace) -> Any:
    """Passages of real documents found again after seven changed readers, none at a wrong place."""
    from crawlers.bench_anchoring import bench_anchoring

    return bench_anchoring(Path(args.data), progress=console.progress, size=_count(args))


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
    "pages": _pages,
    "lists": _lists,
    "files": _files,
    "anchoring": _anchoring,
    "networks": _networks,
    "classify": _classify,
}


def _arguments(parser: argparse.ArgumentParser) -> None:
    every = {**BENCHES, **WORKS}
    what = "; ".join(f"{name}: {(bench.__doc__ or '').rstrip('.')}" for name, bench in every.items())
    parser.add_argument("name", choices=tuple(every), metavar="NAME", help=what)
    parser.add_argument(
        "--size",
        help="pages, documents or (readers) publications to work on, or small for classify "
        "(default: the benchmark's own)",
    )
    parser.add_argument(
        "--task",
        action="append",
        metavar="TASK",
        help="one task or part of classify, or for pages a half (open, held, both); may be repeated",
    )
    parser.add_argument(
        "--data",
        default="../shared/data",
        help="labelled data of classify, files and anchoring (default: %(default)s)",
    )
    parser.add_argument("--no-annif", action="store_true", help="classify without Annif")
    parser.add_argument(
        "--results",
        metavar="FILE",
        help="keep the figures of classify and of the benchmarks of warehouse and search here; "
        "what stands there of classify is not run again",
    )
    parser.add_argument(
        "--write", metavar="FILE", help="write the page of all figures that --results keeps to this file"
    )
    parser.add_argument(
        "--home-folder",
        metavar="FOLDER",
        help="keep and use again homes of made and of real documents here (default: a temporary folder)",
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    if args.name in WORKS:
        return _warehouse(context.console, args)
    found = BENCHES[args.name](context.console, args)
    if args.name == "classify":
        return _show(context.console, found, as_json=args.json)
    figures: dict[str, Any] = plain(found)
    if args.json:
        context.console.json(figures)
    else:
        context.console.table(("figure", "value"), list(figures.items()))
    return 0


def _warehouse(console: Console, args: argparse.Namespace) -> int:
    """A benchmark of warehouse or search: run, kept beside those of former runs, shown, written as a page."""
    from warehouse.bench.across import across
    from warehouse.bench.figures import measured, read_parts, write_parts
    from warehouse.bench.report import BAR_HEADS, bar_rows, markdown, shown

    file = Path(args.results) if args.results else None
    parts = read_parts(file)
    part = measured(lambda: WORKS[args.name](console, args, _count(args)))
    parts[part.key] = part
    if file is not None:
        write_parts(file, parts)
    if args.write:
        own = part.name in ("dashboard", "quotations")
        page = _page_of_its_own(part) if own else markdown(parts)
        Path(args.write).write_text(page, encoding="utf-8")
    if args.json:
        console.json(part.as_json())
        return 0
    console.say(part.data)
    for sentence in part.said:
        console.say(sentence)
    for one in part.tables:
        if one.title:
            console.say(f"{one.title}:")
        console.table(one.heads, [tuple(map(shown, row)) for row in one.rows])
    bars = [*part.bars, *(bar for bar in across(parts).bars if bar.name.startswith(part.name))]
    console.table(BAR_HEADS, bar_rows(bars))
    return 0


def _page_of_its_own(part: Any) -> str:
    from dashboard.bench.report import markdown

    return markdown(part)


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
    note="It works in a temporary home and on loopback; it says how much room it needs, and refuses where "
    "there is less; classify installs Annif once, in a cache folder.",
)
