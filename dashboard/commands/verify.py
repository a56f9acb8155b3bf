"""`govbrief verify`: whether every archived capture still is what was fetched."""

from __future__ import annotations

import argparse

from dashboard.commands.verb import Context, Verb, add_json


def _run(context: Context, args: argparse.Namespace) -> int:
    from warehouse.archive.verify import verify_archive

    answer = verify_archive(context.home, context.console.progress)
    if args.json:
        context.console.json(answer)
    else:
        context.console.result(f"{answer.checked:,} captures checked, {len(answer.faults)} faults.")
    for fault in answer.faults:
        context.console.error(f"{fault.capture_id} ({fault.url}): {fault.detail}")
    return 3 if answer.faults else 0


VERB = Verb(
    name="verify",
    help="Read every archived capture and compare its hash with the card kept when it was fetched.",
    run=_run,
    arguments=add_json,
    note="Ends with 3 when a capture is missing or differs.",
)
