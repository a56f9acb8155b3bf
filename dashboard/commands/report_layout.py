"""`govbrief report layout FILE`: a written report measured against GB/T 9704-2012."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from dashboard.commands.verb import Context
from warehouse.desk import Desk
from warehouse.errors import UserError

DIFFERS = 4  # the file is no report as the standard and the settings want it
_MOST_BYTES = 100_000_000


def _layout(context: Context, _desk: Desk, args: argparse.Namespace) -> int:
    from dashboard.report.layout import layout_dict, layout_of

    data = _read(args.file)
    layout = layout_of(data, _fonts(context, data))
    if args.json:
        context.console.json(layout_dict(layout))
        return 0 if layout.ok else DIFFERS
    said = {True: "yes", False: "NO", None: "-"}
    rows = [(said[one.ok], one.name, one.wanted, one.found) for one in layout.measures]
    context.console.table(("keeps", "measure", "wanted", "found"), rows)
    return 0 if layout.ok else DIFFERS


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise UserError(
                f"{file} is larger than {_MOST_BYTES // 1_000_000} MB; that is no report of ours."
            )
        return file.read_bytes()
    except OSError as error:
        raise UserError(f"{file} cannot be read ({error.strerror}); name a PDF or DOCX.") from error


def _fonts(context: Context, data: bytes) -> frozenset[str]:
    """The faces that this home's settings let stand in such a file."""
    look = context.home.settings.report
    if data.startswith(b"PK"):
        from dashboard.report.word import named_faces

        return named_faces(look)
    from dashboard.report.fonts import faces_of

    return faces_of(context.home, look).postscript_names()


ACTIONS: dict[str, Callable[[Context, Desk, argparse.Namespace], int]] = {"layout": _layout}
