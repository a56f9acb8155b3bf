"""`govbrief receive`: take in a signed bundle on an isolated network, and say whose bundles are taken in."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.commands.chain import check_evidence, log_shown, recheck_reports
from dashboard.commands.console import plain
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="what 'publish --bundle' wrote")
    parser.add_argument(
        "--trust",
        type=Path,
        metavar="KEYFILE",
        help="take in what is signed with this public key from now on",
    )
    parser.add_argument(
        "--have", action="store_true", help="print what is held here, for 'publish --for' on the other side"
    )
    parser.add_argument(
        "--replace", action="store_true", help="take it in although this home publishes by itself"
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    if sum(map(bool, (args.file, args.trust, args.have))) != 1:
        raise UserError("Name a bundle, or --trust KEYFILE, or --have; one of them.")
    if args.trust:
        return _trust(context, args)
    if args.have:
        from warehouse.bundle import what_is_held

        context.console.json(what_is_held(context.home))
        return 0
    return _receive(context, args)


def _trust(context: Context, args: argparse.Namespace) -> int:
    from warehouse.signing import trust

    kept, mark, new = trust(context.home, args.trust)
    if args.json:
        context.console.json({"public_key": kept, "fingerprint": mark, "new": new})
        return 0
    context.console.result(f"{mark}\n  {kept}" + ("" if new else " (trusted before)"))
    context.console.say(
        "Compare the fingerprint with the publisher by another way; remove the file when it differs, or to"
        " trust the key no longer."
    )
    return 0


def _receive(context: Context, args: argparse.Namespace) -> int:
    from warehouse.receive import receive

    answer = receive(context.home, args.file, context.console.progress, replace=args.replace)
    log_shown(context.home, context.console)
    check_evidence(context.home, context.console)
    recheck_reports(context.home, context.console)
    if args.json:
        context.console.json(plain(answer))
        return 0
    said = "is current already" if answer.unchanged else "is current now"
    context.console.result(
        f"{answer.publication_id} {said}: {answer.documents:,} documents;"
        f" {answer.carried} of {answer.files} files came with the bundle"
    )
    context.console.result(f"  signed with {answer.key}")
    return 0


VERB = Verb(
    name="receive",
    help="Take in a signed bundle on an isolated network.",
    run=_run,
    arguments=_arguments,
    note="Only bundles signed with a trusted key are taken in; whatever is wrong with one ends with 4, and"
    " what was current stays. Archived copies are not in a bundle.",
)
