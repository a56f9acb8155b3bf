"""`govbrief report pack`: the evidence pack of a signed issue as a file."""

from __future__ import annotations

import argparse

from dashboard.commands.reading import current_publication
from dashboard.commands.report_drafts import Action
from dashboard.commands.verb import Context
from warehouse.desk import Desk


def _pack(context: Context, desk: Desk, args: argparse.Namespace) -> int:
    """Write the pack, whole or not at all; it is checked before it is told."""
    from dashboard.evidence.from_issue import pack_of
    from dashboard.evidence.verify import verified
    from warehouse.files import in_place_of

    data = pack_of(context.home, current_publication(context), desk, args.issue)
    verdict = verified(data)
    with in_place_of(args.output) as part:
        part.write_bytes(data)
    signed = f"signed by {verdict.signed_by}" if verdict.signed_by else "not signed: this home has no key"
    context.console.result(
        f"{args.output}: {verdict.size:,} bytes, {verdict.quotations} passages, {verdict.originals} originals"
        f" inside, {verdict.outside} not; {signed}."
    )
    return 0


ACTIONS: dict[str, Action] = {"pack": _pack}
