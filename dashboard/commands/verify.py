"""`govbrief verify`: whether a home, or a backup, still is whole, and what to do where it is not."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError
from warehouse.findings import Checked, Finding
from warehouse.home import Home

SAMPLE = 20
SHOWN = 50  # findings that are printed one by one; --json has all


@dataclass(frozen=True, slots=True)
class VerifyAnswer:
    """What was checked: captures, counts, findings, and readings drawn for being read again."""

    checked: Checked
    files: int | None  # of a backup, compared with their checksums
    sampled: int
    seed: int

    @property
    def exit_code(self) -> int:
        """0 whole, 3 something missing or different, 4 something that cannot be used."""
        return self.checked.exit_code

    def json(self) -> dict[str, object]:
        """The shape of docs/json.md."""
        one = self.checked
        return {
            "checked": one.checked,
            "bytes": one.bytes,
            "faults": one.faults,
            "files": self.files,
            "counts": one.counts,
            "sampled": self.sampled,
            "seed": self.seed,
            "findings": one.findings,
        }

    def lines(self) -> list[str]:
        """For a person."""
        one = self.checked
        counts = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in one.counts.items())
        compared = [f"{self.files:,} files compared with their checksums."] if self.files is not None else []
        return [
            *compared,
            f"{one.checked:,} captures checked, {len(one.faults)} faults.",
            *([f"Counts: {counts}."] if counts else []),
            f"{self.sampled} readings made again from the archive (seed {self.seed}).",
            f"{len(one.findings)} further findings." if one.findings else "Nothing else was found.",
        ]


def verify_folder(context: Context, folder: Path, sample: int = SAMPLE, seed: int = 0) -> VerifyAnswer:
    """Check a backup: its checksums, then all that is checked of a home; nothing in it is written."""
    from warehouse.backup_list import read_list
    from warehouse.copying import file_digest

    listed = read_list(folder)
    wrong = []
    for done, (name, expected) in enumerate(listed.files.items(), start=1):
        if file_digest(folder / name) != expected:
            told = "it differs from its checksum, or is missing"
            wrong.append(
                Finding("checksum", name, told, "do not restore from it; make another backup", False)
            )
        context.console.progress("checksums", done, len(listed.files))
    answer = _verify(context, Home.open(folder), sample, seed, lock=False)
    whole = answer.checked
    checked = Checked(whole.checked, whole.bytes, whole.faults, whole.counts, (*wrong, *whole.findings))
    return VerifyAnswer(checked, len(listed.files), answer.sampled, seed)


def _verify(context: Context, home: Home, sample: int, seed: int, *, lock: bool) -> VerifyAnswer:
    from warehouse.verify import verify_home

    checked = verify_home(home, context.console.progress, lock=lock)
    damaged = any(one.code == "damaged-store" for one in checked.findings)
    found, sampled = ([], 0) if damaged else _sampled(home, sample, seed, lock)
    merged = Checked(
        checked.checked, checked.bytes, checked.faults, checked.counts, (*checked.findings, *found)
    )
    return VerifyAnswer(merged, None, sampled, seed)


def _sampled(home: Home, sample: int, seed: int, lock: bool) -> tuple[list[Finding], int]:
    """Readings made again; damage on the way is a finding, so that what was found before is told."""
    from warehouse.unfinished import finished

    counted = [0]
    remedy = "see what else was found, else put it back from a backup"
    found = finished(_read_again(home, sample, seed, lock, counted), "archive", "the sample", remedy)
    return found, counted[0]


def _read_again(home: Home, sample: int, seed: int, lock: bool, counted: list[int]) -> Iterator[Finding]:
    from crawlers.extraction.version import EXTRACTOR_VERSION
    from crawlers.reading_pool import read_one
    from dashboard.commands.chain import catalogue_of
    from warehouse.crawl_state.shelf import CaptureShelf
    from warehouse.verify_sample import differs, draw_readings

    drawn = draw_readings(home, EXTRACTOR_VERSION, sample, seed, lock=lock)
    if not drawn or not home.crawl_state_file.is_file():
        return
    with CaptureShelf.look(home) as shelf:
        captures = {one.capture_id: one for one in shelf.some({one.capture_id for one in drawn})}
    sources = catalogue_of(home).sources
    for stored in drawn:
        capture = captures.get(stored.capture_id)
        if capture is None:
            continue  # told as a capture that the crawl state does not know
        read = read_one(home.archive, sources.get(capture.source_id), capture)
        counted[0] += 1
        finding = differs(stored, read.extraction.documents)
        if finding:
            yield finding


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "backup", nargs="?", type=Path, metavar="BACKUP_FOLDER", help="check this backup instead of the home"
    )
    parser.add_argument(
        "--sample",
        type=int,
        default=SAMPLE,
        metavar="N",
        help="read N documents once more from the archive and compare (default: %(default)s)",
    )
    parser.add_argument(
        "--seed", type=int, default=0, help="which N: one number draws the same (default: %(default)s)"
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    if args.sample < 0:
        raise UserError(f"--sample must be 0 or more, not {args.sample}.")
    if args.backup:
        answer = verify_folder(context, args.backup, args.sample, args.seed)
    else:
        answer = _verify(context, context.home, args.sample, args.seed, lock=True)
    if args.json:
        context.console.json(answer.json())
    else:
        for line in answer.lines():
            context.console.result(line)
    tell(context, answer.checked)
    return answer.exit_code


def tell(context: Context, checked: Checked) -> None:
    """Every fault and finding on stderr, each with what to do."""
    for fault in checked.faults[:SHOWN]:
        context.console.error(f"{fault.capture_id} ({fault.url}): {fault.detail}")
    for one in checked.findings[:SHOWN]:
        context.console.error(f"{one.code}: {one.subject}: {one.detail}; {one.remedy}.")
    more = max(len(checked.faults) - SHOWN, 0) + max(len(checked.findings) - SHOWN, 0)
    if more:
        context.console.error(f"{more} more; --json names all.")


VERB = Verb(
    name="verify",
    help="Check archive, stores and publication against one another, or a backup against its checksums.",
    run=_run,
    arguments=_arguments,
    note="Ends with 3 when something is missing or differs, with 4 when a store cannot be used.",
)
