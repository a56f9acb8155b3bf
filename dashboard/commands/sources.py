"""`govbrief sources`: the catalogue, listed, shown, checked and switched."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from dashboard.commands.chain import catalogue_of, tell_faults
from dashboard.commands.console import plain
from dashboard.commands.extract import home_or_none
from dashboard.commands.source_files import new_source_file, switch_source
from dashboard.commands.verb import Context, Verb, add_actions, add_json, not_built
from warehouse.errors import UserError


def _arguments(parser: argparse.ArgumentParser) -> None:
    action = add_actions(parser)
    listed = action("list", help="every source with its state")
    listed.add_argument("--enabled", action="store_true", help="only those a run visits")
    shown = action("show", help="one source with all its settings")
    shown.add_argument("source", metavar="ID")
    made = action("new", help="write a commented file for a new source into the home")
    made.add_argument("source", metavar="ID", help="small letters, digits and hyphens")
    checked = action("check", help="read the catalogue, or the files named, and say what does not fit")
    checked.add_argument("file", nargs="*", type=Path, metavar="FILE.toml")
    probed = action("probe", help="find out what platform an address runs on (not in this version)")
    probed.add_argument("url", metavar="URL")
    for name, sentence in (
        ("enable", "visit this source from now on"),
        ("disable", "do not visit this source any more"),
    ):
        switched = action(name, help=sentence)
        switched.add_argument("source", metavar="ID")
        if name == "disable":
            switched.add_argument(
                "--reason", default="switched off by the operator", help="why, kept in the file"
            )
    for listing in (listed, shown, checked):
        add_json(listing)


def _run(context: Context, args: argparse.Namespace) -> int:
    actions = {
        "list": _list,
        "show": _show,
        "new": _new,
        "check": _check,
        "probe": _probe,
        "enable": _switch,
        "disable": _switch,
    }
    return actions[args.action](context, args)


def _list(context: Context, args: argparse.Namespace) -> int:
    home = home_or_none(context)
    catalogue = catalogue_of(home)
    broken = tell_faults(home, context.console)
    sources = [source for source in catalogue.sources.values() if source.enabled or not args.enabled]
    if args.json:
        context.console.json([_record(source) for source in sources])
        return broken
    rows = [
        (s.id, "on" if s.enabled else "off", s.region, s.platform, s.name_zh, s.disabled_reason or "")
        for s in sources
    ]
    context.console.table(("id", "state", "region", "platform", "name", "why off"), rows)
    return broken


def _show(context: Context, args: argparse.Namespace) -> int:
    source = catalogue_of(home_or_none(context)).select([args.source])[0]
    if args.json:
        context.console.json(source.model_dump(mode="json"))
        return 0
    for key, value in source.model_dump(mode="json").items():
        context.console.result(f"{key}: {value}")
    return 0


def _new(context: Context, args: argparse.Namespace) -> int:
    file = new_source_file(context.home, args.source)
    context.console.result(f"Wrote {file}; fill it in and type 'govbrief sources check'.")
    return 0


def _check(context: Context, args: argparse.Namespace) -> int:
    from crawlers.catalogue import read_source

    if not args.file:
        catalogue = catalogue_of(home_or_none(context))
        told = list(catalogue.faults.values())
        answer: dict[str, Any] = {"sources": len(catalogue.sources), "faults": told}
    else:
        faults = []
        for file in args.file:
            try:
                read_source(file)
            except UserError as error:
                faults.append(str(error))
        answer = {"sources": len(args.file) - len(faults), "faults": faults}
    if args.json:
        context.console.json(answer)
    else:
        context.console.result(f"{answer['sources']} sources are sound.")
    for fault in answer["faults"]:
        context.console.error(fault)
    return 2 if answer["faults"] else 0


def _probe(context: Context, args: argparse.Namespace) -> int:
    not_built(
        "'sources probe'",
        "save the page and look at 'path' in the answer of 'govbrief extract --file PAGE --url URL'",
    )


def _switch(context: Context, args: argparse.Namespace) -> int:
    home = context.home
    source = catalogue_of(home).select([args.source])[0]
    enabled = args.action == "enable"
    file = switch_source(home, source.id, enabled=enabled, reason=getattr(args, "reason", ""))
    context.console.result(f"{source.id} is {'on' if enabled else 'off'}; written to {file}.")
    return 0


def _record(source: Any) -> dict[str, Any]:
    record = plain(source.to_record())
    record["cadence_hours"] = source.cadence_hours
    return dict(record)


VERB = Verb(
    name="sources",
    help="List, show, check and switch the sources of the catalogue.",
    run=_run,
    arguments=_arguments,
    note="Packaged sources and the home's own sources/*.toml; an equal id in the home wins.",
)
