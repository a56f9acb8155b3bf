"""`govbrief export`: published documents as rows or references, or archived pages as WARC."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.commands.reading import add_filters, current_publication, filters
from dashboard.commands.verb import Context, Verb
from warehouse.errors import UserError

if TYPE_CHECKING:
    from warehouse.publication import Publication

PAGE = 1000
FORMATS = ("jsonl", "csv", "parquet", "ris", "bibtex", "csl-json", "dublin-core", "references")
STYLES = (
    *("gb7714-2025-numeric", "gb7714-2025-author-date", "gb7714-2015-numeric", "gb7714-2015-author-date"),
    "apa-7",
)
_ALSO = {
    **{"bib": "bibtex", "csl": "csl-json", "dc": "dublin-core", "oai_dc": "dublin-core", "json": "csl-json"},
    "txt": "references",
}
_DOCUMENT_FILTERS = (
    "department", "topic", "level", "region", "doc_type", "in_force", "validity", "has_attachment", "year",
    "in_force_on",
)  # fmt: skip


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "query",
        nargs="*",
        metavar="QUERY",
        help="as in 'search', or names of documents (doc-…), with --warc of captures (cap-…) too; "
        "none and no filter: everything",
    )
    add_filters(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="write there instead of printing; FILE is there when all of it is, and .gz at the end packs it",
    )
    parser.add_argument(
        "--format",
        type=_format,
        choices=FORMATS,
        help="else the ending of FILE says it (.jsonl .csv .parquet .ris .bib .json .xml .txt), else jsonl",
    )
    parser.add_argument(
        "--style",
        choices=STYLES,
        help=f"of --format references, a printed list of references: how they read (default {STYLES[0]})",
    )
    parser.add_argument("--no-text", action="store_true", help="leave the text out")
    parser.add_argument(
        "--warc",
        type=Path,
        metavar="FILE",
        help="write the archived captures there as WARC instead; --since and --until mean the day of capture",
    )
    parser.add_argument(
        "--own-use",
        action="store_true",
        help="with --warc: the whole archive, also what may not be handed on; for a home of your own",
    )
    parser.add_argument(
        "--networks",
        action="store_true",
        help="write what citations make of the documents instead: ranks by relation, communities, cascades "
        "and bodies that issue together, as JSONL",
    )
    parser.add_argument("--json", action="store_true", help="with --warc: print the summary as JSON")


def _format(name: str) -> str:
    return _ALSO.get(name.lower(), name.lower())


def _run(context: Context, args: argparse.Namespace) -> int:
    if args.warc:
        return _run_warc(context, args)
    if args.style and args.networks:
        raise UserError("--style belongs to --format references; leave it out with --networks.")
    if args.own_use or args.json:
        raise UserError("--own-use and --json belong to --warc FILE; without it --format names the form.")
    return _run_networks(context, args) if args.networks else _run_documents(context, args)


def _run_documents(context: Context, args: argparse.Namespace) -> int:
    from dashboard.commands.export_file import Export, write_export
    from warehouse.exchange.formats import format_of

    form = format_of(args.format, args.output)
    if args.style and form != "references":
        raise UserError(f"--style belongs to --format references, not to {form}; leave one of the two out.")
    publication = current_publication(context)
    wanted = _wanted(context, publication, args)
    total = int(publication.manifest["documents"]) if wanted is None else 0
    export = Export(form, args.output, not args.no_text, total, args.style or STYLES[0])
    number, long = write_export(context.console, publication, wanted, export)
    context.console.say(f"Exported {number:,} documents of publication {publication.publication_id}.")
    if long:
        context.console.say(
            f"{long:,} texts are longer than the 32,767 characters that a cell of Excel holds; --no-text"
            " leaves texts out, Parquet and JSONL keep them in any program."
        )
    return 0


def _run_networks(context: Context, args: argparse.Namespace) -> int:
    from dashboard.commands.export_file import write_lines
    from warehouse.queries.networks import network_lines

    if args.query or any(_is_given(args, name) for name in (*_DOCUMENT_FILTERS, "source", "since", "until")):
        raise UserError("--networks speaks of all documents; leave query and filters out.")
    if args.format not in (None, "jsonl"):
        raise UserError(f"--networks is written as JSONL; leave --format {args.format} out.")
    publication = current_publication(context)
    number = write_lines(context.console, network_lines(publication), args.output)
    context.console.say(f"Exported {number:,} lines of publication {publication.publication_id}.")
    return 0


def _run_warc(context: Context, args: argparse.Namespace) -> int:
    from dashboard.commands.export_warc import export_warc

    if args.output or args.no_text or args.networks or args.format or args.style:
        raise UserError(
            "--output, --format, --style, --no-text and --networks belong to JSONL and its sisters; --warc"
            " FILE names its own file."
        )
    captures = [word for word in args.query if word.startswith("cap-")]
    rest = argparse.Namespace(**{**vars(args), "since": None, "until": None, "source": None})
    rest.query = [word for word in args.query if word not in captures]
    asked = rest.query or any(_is_given(rest, name) for name in _DOCUMENT_FILTERS)
    documents = _wanted(context, current_publication(context), rest) if asked else None
    return export_warc(context, args, captures, documents)


def _wanted(context: Context, publication: Publication, args: argparse.Namespace) -> Iterator[str] | None:
    """The documents named or searched for; None for all."""
    if args.query and all(word.startswith("doc-") for word in args.query):
        return iter(_named(publication, args))
    chosen = filters(publication, context.home, args)
    query = " ".join(args.query)
    if not query and not any(value for key, value in chosen.items() if key != "order"):
        return None
    return _found(publication, query, chosen)


def _named(publication: Publication, args: argparse.Namespace) -> list[str]:
    """The documents named, each of which must be published; a filter beside names is refused."""
    from warehouse.queries.by_name import documents_by_name

    given = [name for name in (*_DOCUMENT_FILTERS, "source", "since", "until") if _is_given(args, name)]
    if given:
        raise UserError(
            f"Documents named one by one take no filter; leave --{given[0].replace('_', '-')} out."
        )
    names = list(dict.fromkeys(args.query))
    unknown = sorted(set(names) - documents_by_name(publication, "d.status", names).keys())
    if unknown:
        raise UserError(
            f"{', '.join(unknown[:5])}: not in publication {publication.publication_id}; 'govbrief search'"
            " tells the names of documents."
        )
    return names


def _is_given(args: argparse.Namespace, name: str) -> bool:
    return getattr(args, name) not in (None, False, "", [])


def _found(publication: Publication, query: str, chosen: dict[str, Any]) -> Iterator[str]:
    """Every document that the search finds: in its order up to a page, else in the order of their names."""
    from warehouse.search.every_hit import count_hits, every_hit
    from warehouse.search.query import search

    narrowing = {name: value for name, value in chosen.items() if name != "order"}
    if count_hits(publication, query, **narrowing) > PAGE:
        yield from sorted(every_hit(publication, query, **narrowing))
        return
    answer = search(publication, query, limit=PAGE, fold=False, facets=False, with_snippets=False, **chosen)
    yield from (hit.document_id for hit in answer.hits)


VERB = Verb(
    name="export",
    help="Write published documents or archived pages for other programs: all, or those a search finds.",
    run=_run,
    arguments=_arguments,
    note="Text and pages are what the source's reuse terms allow; JSONL, CSV, Parquet and WARC can be"
    " imported again.",
)
