"""Verbs of the stable command line whose rooms are not built yet: they say so and end with code 69."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from dashboard.commands.verb import Context, Verb, not_built


def _rest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="not read in this version")


def _ends_with(what: str, instead: str) -> Callable[[Context, argparse.Namespace], int]:
    def run(context: Context, args: argparse.Namespace) -> int:
        not_built(what, instead)

    return run


REPORT = Verb(
    name="report",
    help="Draft, check and issue reports (not in this version).",
    run=_ends_with("'report'", "'govbrief brief SUBJECT --format md -o FILE' writes a briefing"),
    arguments=_rest,
)
