"""`govbrief themes`: what the library briefs on."""

from __future__ import annotations

import argparse

from dashboard.commands.console import plain
from dashboard.commands.extract import home_or_none
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError


def _run(context: Context, args: argparse.Namespace) -> int:
    from warehouse.publication import Publication
    from warehouse.queries.subjects import theme_counts
    from warehouse.themes.load import load_themes

    home = home_or_none(context)
    if home is None:
        raise UserError(
            "No home found: pass --home FOLDER, set GOVBRIEF_HOME, or make one here with 'govbrief init'."
        )
    publication = Publication.current(home)
    counts = theme_counts(publication) if publication else {}
    themes = [{**plain(theme), "documents": counts.get(theme.theme_id)} for theme in load_themes(home)]
    if args.json:
        context.console.json(themes)
        return 0
    rows = [
        (t["theme_id"], t["name_zh"], t["name_en"], "-" if t["documents"] is None else t["documents"])
        for t in themes
    ]
    context.console.table(("id", "中文", "English", "documents"), rows)
    return 0


VERB = Verb(
    name="themes",
    help="List the themes the library briefs on, with the documents each holds in the current publication.",
    run=_run,
    arguments=add_json,
    note="A theme is one TOML file; the home's themes/*.toml stand beside the packaged ones.",
)
