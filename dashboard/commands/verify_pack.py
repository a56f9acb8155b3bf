"""`govbrief verify-pack`: whether an evidence pack is as it was made; needs no home and no network."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import NothingUsable, UserError

if TYPE_CHECKING:
    from dashboard.evidence.verify import PackVerdict


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("pack", type=Path, metavar="FILE", help="the evidence pack, a .zip file")
    parser.add_argument(
        "--key",
        type=Path,
        metavar="PUBLIC_KEY",
        help="ask for the signature of the home whose keys/bundle-key.pub.pem this is",
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    from dashboard.evidence.container import PackDamaged
    from dashboard.evidence.verify import verified

    data = _read(args.pack)
    wanted = _fingerprint(args.key) if args.key else None
    try:
        verdict = verified(data)
        if wanted and verdict.signed_by != wanted:
            signer = verdict.signed_by or "nobody"
            raise PackDamaged(f"The pack is signed by {signer}, not by {wanted} as --key asks.")
    except PackDamaged as error:
        if args.json:
            context.console.json({"whole": False, "problem": str(error)})
        raise NothingUsable(f"{args.pack}: {error}") from error
    if args.json:
        context.console.json(_json(verdict))
    else:
        for line in _lines(verdict):
            context.console.result(line)
    return 0


def _read(file: Path) -> bytes:
    """The file's bytes; one that is larger than any pack is not read."""
    from dashboard.evidence.container import LARGEST

    try:
        if file.stat().st_size > LARGEST:
            raise NothingUsable(f"{file}: this is no evidence pack; it is larger than any.")
        return file.read_bytes()
    except OSError as error:
        raise UserError(f"{file} cannot be read ({error.strerror}); name an evidence pack.") from error


def _fingerprint(file: Path) -> str:
    from warehouse.signing import fingerprint, read_public_key

    return fingerprint(read_public_key(file))


def _json(verdict: PackVerdict) -> dict[str, object]:
    """The shape of docs/json.md."""
    return {
        "whole": True,
        "problem": None,
        "issue": dict(verdict.issue),
        "publication_id": verdict.publication_id,
        "members": verdict.members,
        "bytes": verdict.size,
        "quotations": verdict.quotations,
        "withheld": verdict.withheld,
        "references": verdict.references,
        "originals": verdict.originals,
        "outside": verdict.outside,
        "signed_by": verdict.signed_by,
    }


def _lines(verdict: PackVerdict) -> list[str]:
    issue = verdict.issue
    named = " ".join(str(issue[name]) for name in ("series", "number", "title") if issue[name])
    return [
        f"{named}, signed {issue['signed_at']}, on publication {verdict.publication_id}.",
        f"{verdict.members} members, {verdict.size:,} bytes: all as they were made.",
        f"{verdict.quotations - verdict.withheld} of {verdict.quotations} passages stand at their places in"
        f" the texts, {verdict.withheld} are withheld by the terms of their sources.",
        f"{verdict.references} references, each in every form.",
        f"{verdict.originals} originals inside, {verdict.outside} not (their cards say why).",
        f"Signed by {verdict.signed_by}; compare it with the maker, or give --key."
        if verdict.signed_by
        else "Not signed: the pack agrees with itself, but nobody vouches for who made it.",
    ]


VERB = Verb(
    name="verify-pack",
    help="Check an evidence pack that came with a report.",
    run=_run,
    arguments=_arguments,
    note="Needs no home and no network. Ends with 4 when one byte of the file is not as it was made.",
)
