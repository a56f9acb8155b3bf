"""`govbrief publish`: checks, index and a new publication."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.chain import publish_step, summary_lines
from dashboard.commands.console import plain
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError

if TYPE_CHECKING:
    from warehouse.bundle import Bundle


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--replayed", action="store_true", help="publish documents from replayed captures too"
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="publish although fewer than half of the last publication's documents are there",
    )
    parser.add_argument(
        "--whole",
        action="store_true",
        help="write every document anew, not only what changed; for a damaged publication or index",
    )
    parser.add_argument(
        "--replace-received",
        action="store_true",
        help="publish although what is current here came as a bundle from another home",
    )
    bundle = parser.add_argument_group("a signed bundle for an isolated network")
    bundle.add_argument(
        "--bundle", type=Path, metavar="FILE", help="then write the current publication to FILE, signed"
    )
    held = bundle.add_mutually_exclusive_group()
    held.add_argument(
        "--since",
        metavar="PUBLICATION_ID",
        help="leave out what that publication holds; both sides have it",
    )
    held.add_argument(
        "--for",
        dest="have",
        type=Path,
        metavar="HAVE.json",
        help="leave out what the receiver holds, by what 'receive --have' wrote there",
    )
    bundle.add_argument(
        "--new-key",
        action="store_true",
        help="make this home's signing key, print its fingerprint, stop",
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    home = context.home
    if args.new_key:
        return _new_key(context, args)
    if (args.since or args.have) and not args.bundle:
        raise UserError("--since and --for say what a bundle leaves out; add --bundle FILE.")
    if args.bundle:
        from warehouse.signing import signing_key

        signing_key(home)  # a missing key is said before the work
    summary = publish_step(
        home, context.console, replayed=args.replayed, force=args.force, whole=args.whole,
        over_received=args.replace_received,
    )  # fmt: skip
    bundle = _bundle(context, args) if args.bundle else None
    if args.json:
        context.console.json({**plain(summary), **({"bundle": plain(bundle)} if bundle else {})})
    else:
        for line in (*summary_lines({"publish": summary}), *(_bundle_lines(bundle) if bundle else ())):
            context.console.result(line)
    return 0


def _bundle(context: Context, args: argparse.Namespace) -> Bundle:
    from warehouse.bundle import write_bundle

    progress = context.console.progress
    return write_bundle(context.home, args.bundle, since=args.since, have=args.have, progress=progress)


def _bundle_lines(bundle: Bundle) -> list[str]:
    return [
        f"{bundle.file}: publication {bundle.publication_id}, {bundle.bytes:,} bytes,"
        f" {bundle.files - bundle.left_out} of {bundle.files} files",
        f"  signed with {bundle.key}",
    ]


def _new_key(context: Context, args: argparse.Namespace) -> int:
    from warehouse.signing import new_key

    file, mark = new_key(context.home)
    if args.json:
        context.console.json({"public_key": file, "fingerprint": mark})
        return 0
    context.console.result(f"{file}\n  {mark}")
    context.console.say(
        "Carry that file to the receiving home, compare the fingerprint there by another way, and type"
        " 'govbrief receive --trust FILE'. The private key beside it stays here, readable by you alone."
    )
    return 0


VERB = Verb(
    name="publish",
    help="Check the warehouse, bring the index up to date and put a new publication before the readers.",
    run=_run,
    arguments=_arguments,
    note="Readers move to it by themselves; when a check refuses it, the last good publication stays.",
)
