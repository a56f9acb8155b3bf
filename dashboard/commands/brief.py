"""`govbrief brief`: a briefing on one subject, or the morning set of all themes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.reading import current_publication, home_today, parse_since
from dashboard.commands.set_in import tell_faces
from dashboard.commands.verb import Context, Verb
from warehouse.errors import EnvironmentProblem, UserError

if TYPE_CHECKING:
    from dashboard.briefing.model import Briefing, Subject
    from dashboard.report.files import ReportFile
    from warehouse.publication import Publication

FORMATS = ("md", "json", "docx", "pdf")
BINARY = ("docx", "pdf")


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "subject",
        nargs="?",
        metavar="THEME|TOPIC",
        help="a theme, topic class or department, by id, code or name",
    )
    parser.add_argument(
        "--topic", metavar="NAME", help="a topic class, by code, name or path, instead of the subject"
    )
    parser.add_argument(
        "--department", metavar="NAME", help="an issuing body, by code or name, instead of the subject"
    )
    parser.add_argument(
        "--since",
        default="7d",
        metavar="WHEN",
        help="7d, 4w, 6m, 1y or a day such as 2026-05-01 (default: %(default)s)",
    )
    parser.add_argument(
        "--format",
        type=_formats,
        default=("md",),
        metavar="{md,json,docx,pdf}",
        help="docx and pdf need -o; --all takes several, such as md,docx,pdf (default: md)",
    )
    parser.add_argument("--language", choices=("zh", "en"), help="language of headings (default: the home's)")
    parser.add_argument("--issue", default="", metavar="N", help="number of the issue, for the masthead")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write there instead of printing")
    parser.add_argument(
        "--all", action="store_true", help="a briefing of every theme, one file each; needs --out"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder for --all; index.md in it names all")


def _formats(text: str) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    unknown = [part for part in asked if part not in FORMATS]
    if unknown:
        raise argparse.ArgumentTypeError(f"'{unknown[0]}' is none of {', '.join(FORMATS)}")
    return asked


def _run(context: Context, args: argparse.Namespace) -> int:
    from dashboard.briefing.subjects import ALL_KINDS, find_subject

    asked = [
        (name, kinds)
        for name, kinds in (
            (args.subject, ALL_KINDS),
            (args.topic, ("topic",)),
            (args.department, ("department",)),
        )
        if name
    ]
    if args.all != (args.out is not None) or len(asked) != (0 if args.all else 1):
        raise UserError("Name one theme, topic or department, or say --all --out DIR.")
    if not args.all:
        _one_format(args)
    publication = current_publication(context)
    if args.all:
        return _all(context, args, publication)
    subject = find_subject(publication, *asked[0])
    made = _made(context, args, publication, _briefing(context, args, publication, subject), args.format[0])
    if args.output:
        _write(args.output, made.data)
        context.console.say(f"Wrote {args.output}.")
        tell_faces(context.console, made)
    else:
        context.console.write(made.data.decode("utf-8"))
    return 0


def _one_format(args: argparse.Namespace) -> None:
    if len(args.format) > 1:
        raise UserError("One briefing is written in one format; several go with --all --out DIR.")
    if args.format[0] in BINARY and not args.output:
        raise UserError(f"A {args.format[0].upper()} is a file; say where with -o FILE.{args.format[0]}.")


def _all(context: Context, args: argparse.Namespace, publication: Publication) -> int:
    """One file a theme and format, and an index that names them; the files are told on stdout."""
    from dashboard.briefing.subjects import theme_subjects
    from dashboard.report.index import Line, index_text

    lines: list[Line] = []
    remarked: set[tuple[object, ...]] = set()
    for subject in theme_subjects(publication):
        briefing = _briefing(context, args, publication, subject)
        files = []
        for format in args.format:
            file = args.out / f"{subject.key}.{format}"
            made = _made(context, args, publication, briefing, format)
            _write(file, made.data)
            files.append(file.name)
            context.console.result(str(file))
            told = (made.substituted, made.missing)
            if told not in remarked:
                remarked.add(told)
                tell_faces(context.console, made)
        lines.append(Line(briefing, tuple(files)))
    _write(args.out / "index.md", index_text(lines, _language(context, args)).encode("utf-8"))
    context.console.say(f"Wrote {args.out / 'index.md'}, which names all {len(lines)} briefings.")
    return 0


def _briefing(
    context: Context, args: argparse.Namespace, publication: Publication, subject: Subject
) -> Briefing:
    from dashboard.report.files import briefing_of

    day = home_today(context.home)
    since = parse_since(args.since, day)
    if since > day:
        raise UserError(f"--since {args.since} lies after today, {day}; name an earlier day.")
    return briefing_of(context.home, publication, subject, since, day, _language(context, args))


def _made(
    context: Context, args: argparse.Namespace, publication: Publication, briefing: Briefing, format: str
) -> ReportFile:
    from dashboard.report.files import written

    return written(context.home, publication, briefing, format, _language(context, args), args.issue)


def _language(context: Context, args: argparse.Namespace) -> str:
    return str(args.language or context.home.settings.place.language)


def _write(file: Path, data: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError as error:
        raise EnvironmentProblem(
            f"{file}: cannot be written ({error.strerror}); choose another place."
        ) from error


VERB = Verb(
    name="brief",
    help="Write a briefing: what is new, changed, repealed and due on a theme, topic or department.",
    run=_run,
    arguments=_arguments,
    note="Every line names its document and publication; 'brief --all --out DIR' writes the morning set.",
)
