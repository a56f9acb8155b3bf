"""`govbrief import`: documents from JSONL, CSV and Parquet files, captures from WARC files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.chain import catalogue_of, summary_lines
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError

if TYPE_CHECKING:
    from crawlers.intake import ImportSummary
    from crawlers.warc_intake import WarcSummary


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="JSONL files in the schema of docs/json.md or CSV files with its columns, plain or .gz; Parquet"
        " files; or WARC files of any tool",
    )
    parser.add_argument(
        "--source",
        metavar="ID",
        help="WARC only: take every record as this source's (else the catalogue row with the longest "
        "matching address)",
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    if _are_warc(args.file):
        return _run_warc(context, args)
    if args.source:
        raise UserError("--source belongs to WARC files; a JSONL line names its source itself.")
    return _run_jsonl(context, args)


def _are_warc(files: list[Path]) -> bool:
    from warehouse.archive.stream import is_warc

    for file in files:
        if file.is_dir():
            raise UserError(f"{file} is a folder; name a JSONL or WARC file in it.")
        if not file.is_file():
            raise UserError(f"{file}: there is no such file.")
    found = [is_warc(file) for file in files]
    if len(set(found)) > 1:
        raise UserError("Some of the files are WARC and some are not; import them in two calls.")
    return found[0]


def _run_jsonl(context: Context, args: argparse.Namespace) -> int:
    from crawlers.intake import import_jsonl
    from dashboard.commands.import_lines import LineReports

    with LineReports(context.console, args.json) as reports:
        summary = import_jsonl(context.home, args.file, context.console.progress, reports.tell)
        reports.end(summary)
    if not args.json:
        _answer(context, args, summary)
    _name_wrong(context, summary.wrong, summary.wrong_lines, "lines")
    return int(summary.exit_code)


def _run_warc(context: Context, args: argparse.Namespace) -> int:
    from crawlers.warc_intake import hosts_told, import_warc

    home = context.home
    summary = import_warc(home, args.file, catalogue_of(home), args.source, context.console.progress)
    _answer(context, args, summary)
    _name_wrong(context, summary.wrong, summary.wrong_records, "records")
    if summary.unmatched:
        context.console.error(
            f"{sum(summary.unmatched.values()):,} records belong to hosts that no source holds: "
            f"{hosts_told(summary.unmatched)}; add a source or name one with --source."
        )
    return int(summary.exit_code)


def _answer(context: Context, args: argparse.Namespace, summary: ImportSummary | WarcSummary) -> None:
    if args.json:
        context.console.json(summary)
    else:
        for line in summary_lines({"import": summary}):
            context.console.result(line)


def _name_wrong(context: Context, named: tuple[str, ...], number: int, what: str) -> None:
    for sentence in named:
        context.console.error(sentence)
    if number > len(named):
        context.console.error(f"{number - len(named)} more {what} were left out.")


VERB = Verb(
    name="import",
    help="Take documents from JSONL, CSV or Parquet files, or captures from WARC files, into the archive.",
    run=_run,
    arguments=_arguments,
    note="A second import of the same file changes nothing; a wrong line or record is named by its place and "
    "the rest is kept. After JSONL follow with 'classify' and 'publish', after WARC with 'extract' too, or "
    "with 'run'.",
)
