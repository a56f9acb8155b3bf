"""`govbrief export --warc`: the archived pages themselves, as a WARC file that stands for itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dashboard.commands.reading import current_publication, home_today, parse_since
from dashboard.commands.verb import Context
from warehouse.errors import NothingUsable, UserError
from warehouse.home import Home

if TYPE_CHECKING:
    from warehouse.archive.choice import Choice
    from warehouse.publication import Publication

_WHY = {
    "terms": "whose source does not allow copies to be handed on",
    "personal": "with personal data that the publication masks",
    "secrecy": "with a secrecy mark",
    "unread": "that no reader has looked at ('govbrief extract' does)",
    "unpublished": "that the current publication does not rest on",
}
_OWN_USE = frozenset({"terms", "personal", "unpublished"})


@dataclass(frozen=True, slots=True)
class WarcExport:
    """What an export to WARC wrote, and what it left out for which reason."""

    file: Path
    captures: int
    bytes: int
    sources: tuple[str, ...]
    left_out: Mapping[str, int]
    damaged: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """3 when records of the archive could not be read, else 0."""
        return 3 if self.damaged else 0


def export_warc(
    context: Context, args: argparse.Namespace, captures: list[str], documents: Iterator[str] | None
) -> int:
    """Choose, write, and say what was left out and why; NothingUsable when nothing is left to write."""
    from warehouse.archive.choice import Wish, choose, chosen
    from warehouse.archive.pack import write_pack
    from warehouse.crawl_state.shelf import CaptureShelf

    home = context.home
    needs_publication = documents is not None or not args.own_use
    publication = current_publication(context) if needs_publication else None
    if not home.crawl_state_file.is_file():
        raise NothingUsable(f"{home.root} has no archive yet; 'govbrief crawl' or 'import' makes one.")
    since, until = _span(home, args)
    wish = Wish(documents, captures, args.source, since, until, args.own_use)
    with CaptureShelf.look(home) as shelf:
        choice = choose(shelf, publication, wish)
        if not choice.captures:
            raise NothingUsable(f"No capture to export{_reasons(choice.left_out)}.")
        packed = write_pack(
            args.warc,
            home.archive,
            chosen(shelf, choice),
            bool(home.settings.clock.now),
            _said(home, publication, choice, args.own_use),
            home.clock.now(),
            lambda done: context.console.progress("export", done, len(choice.captures)),
        )
    if not packed.captures:
        args.warc.unlink()
        raise NothingUsable("Not one of the chosen records can be read; 'govbrief verify' names the damage.")
    answer = WarcExport(
        args.warc, packed.captures, packed.bytes, choice.sources, choice.left_out, packed.damaged
    )
    _tell(context, args, answer)
    return answer.exit_code


def _tell(context: Context, args: argparse.Namespace, answer: WarcExport) -> None:
    if args.json:
        context.console.json(answer)
    else:
        context.console.result(
            f"{answer.captures:,} captures of {len(answer.sources):,} sources in {answer.file}, "
            f"{answer.bytes:,} bytes."
        )
    for reason, number in answer.left_out.items():
        hint = "; --own-use takes them, not to be handed on" if reason in _OWN_USE else ""
        context.console.say(f"Left out: {number:,} captures {_WHY[reason]}{hint}.")
    for sentence in answer.damaged:
        context.console.error(sentence)


def _span(home: Home, args: argparse.Namespace) -> tuple[datetime | None, datetime | None]:
    """The days of --since and --until as instants of capture."""
    today, zone = home_today(home), ZoneInfo(home.settings.place.timezone)

    def start(day: date) -> datetime:
        return datetime.combine(day, time(), zone)

    since = start(parse_since(args.since, today)) if args.since else None
    until = start(parse_since(args.until, today) + timedelta(days=1)) if args.until else None
    if since and until and since >= until:
        raise UserError("--since lies after --until; no day is left.")
    return since, until


def _said(
    home: Home, publication: Publication | None, choice: Choice, own_use: bool
) -> list[tuple[str, str]]:
    """What the head of the file says: where it comes from, for whom it is, and every source in it."""
    rows = publication.rows("select source_id, name_zh, home_url, reuse from source") if publication else []
    known = {row["source_id"]: row for row in rows}
    said = [
        ("description", f"Captures exported from the govbrief home {home.root.name}"),
        ("isPartOf", publication.publication_id if publication else home.root.name),
        ("robots", "obey"),
    ]
    if home.settings.clock.now:
        said.append(("govbrief-sample", "true (示例数据, a fictional province)"))
    if own_use:
        said.append(("govbrief-use", "own use of the library only; not to be handed on"))
    for name in choice.sources:
        row = known.get(name)
        about = f" | {row['name_zh']} | {row['home_url']} | reuse {row['reuse']}" if row else ""
        said.append(("govbrief-source", name + about))
    return said


def _reasons(left_out: Mapping[str, int]) -> str:
    told = ", ".join(f"{number:,} {_WHY[reason]}" for reason, number in left_out.items())
    return f"; left out: {told}" if told else ": none fits what was asked for"
