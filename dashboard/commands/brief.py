"""`govbrief brief`: a briefing on one subject, or the morning set of all themes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.reading import current_publication, home_today, parse_since
from dashboard.commands.verb import Context, Verb, not_built
from warehouse.errors import EnvironmentProblem, UserError

if TYPE_CHECKING:
    from warehouse.publication import Publication

FORMATS = ("md", "json", "docx", "pdf")


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
        choices=FORMATS,
        default="md",
        help="docx and pdf are not in this version (default: %(default)s)",
    )
    parser.add_argument("--language", choices=("zh", "en"), help="language of headings (default: the home's)")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write there instead of printing")
    parser.add_argument(
        "--all", action="store_true", help="a briefing of every theme, one file each; needs --out"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder for --all")


def _run(context: Context, args: argparse.Namespace) -> int:
    from dashboard.briefing.subjects import ALL_KINDS, find_subject

    if args.format in ("docx", "pdf"):
        not_built(f"'brief --format {args.format}'", "take --format md or json")
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
    publication = current_publication(context)
    if args.all:
        return _all(context, args, publication)
    subject = find_subject(publication, *asked[0])
    text = _text(context, args, publication, subject)
    if args.output:
        _write(args.output, text)
        context.console.say(f"Wrote {args.output}.")
    else:
        context.console.write(text)
    return 0


def _all(context: Context, args: argparse.Namespace, publication: Publication) -> int:
    from dashboard.briefing.subjects import theme_subjects

    for subject in theme_subjects(publication):
        file = args.out / f"{subject.key}.{args.format}"
        _write(file, _text(context, args, publication, subject))
        context.console.result(str(file))
    return 0


def _text(context: Context, args: argparse.Namespace, publication: Publication, subject: object) -> str:
    from dashboard.briefing import assemble, render_json, render_md
    from dashboard.briefing.model import Subject

    assert isinstance(subject, Subject)
    home = context.home
    place, today = home.settings.place, home_today(home)
    since = parse_since(args.since, today)
    if since > today:
        raise UserError(f"--since {args.since} lies after today, {today}; name an earlier day.")
    briefing = assemble.assemble(
        publication, subject, since, today, home_region=place.region, timezone=place.timezone
    )
    if args.format == "json":
        return render_json.render(briefing)
    return render_md.render(briefing, args.language or place.language)


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
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
