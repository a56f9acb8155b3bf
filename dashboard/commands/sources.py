"""`govbrief sources`: the catalogue, listed, shown, checked and switched."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dashboard.commands.chain import catalogue_of, tell_faults
from dashboard.commands.console import plain
from dashboard.commands.extract import home_or_none
from dashboard.commands.source_check import check_sources, is_file, soundness
from dashboard.commands.source_files import new_source_file, switch_source
from dashboard.commands.source_new import is_address, new_source_from
from dashboard.commands.source_probe import probe_sources
from dashboard.commands.verb import Context, Verb, add_actions, add_json
from warehouse.errors import UserError

REASON = 60  # characters of a reason in the list


def _arguments(parser: argparse.ArgumentParser) -> None:
    action = add_actions(parser)
    listed = action("list", help="every source with its state")
    listed.add_argument("--enabled", action="store_true", help="only those a run visits")
    shown = action("show", help="one source with all its settings")
    shown.add_argument("source", metavar="ID")
    _new_arguments(action("new", help="look at a site and write a commented source file into the home"))
    checked = action("check", help="read the catalogue, or say field by field what sources would store")
    checked.add_argument(
        "what",
        nargs="*",
        metavar="ID|FILE.toml",
        help="sources to read a list and documents of; or files to read; none: is the whole catalogue sound?",
    )
    checked.add_argument("--samples", action="store_true", help="read saved pages only, ask no site")
    probed = action("probe", help="look at many sources with at most three requests each; switches nothing")
    probed.add_argument("sources", nargs="*", metavar="ID", help="sources to look at")
    probed.add_argument("--all", action="store_true", help="every source of the catalogue")
    probed.add_argument("--disabled", action="store_true", help="those that are switched off")
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
    for listing in (listed, shown, checked, probed):
        add_json(listing)


def _new_arguments(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "address",
        metavar="URL|ID",
        help="a list or the home page of a site; or an id for an empty template",
    )
    made.add_argument("--id", metavar="ID", help="small letters, digits and hyphens; else made from the host")
    made.add_argument(
        "--page",
        action="append",
        default=[],
        metavar="FILE",
        help="read this saved page instead of asking the site; again, as ADDRESS=FILE, for further pages",
    )


def _run(context: Context, args: argparse.Namespace) -> int:
    actions = {
        "list": _list,
        "show": _show,
        "new": _new,
        "check": _check,
        "probe": probe_sources,
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
    in_order = sorted(sources, key=lambda s: (s.jurisdiction, s.id))
    rows = [
        (s.id, "on" if s.enabled else "off", s.region, s.platform, s.name_zh, _short(s.disabled_reason or ""))
        for s in in_order
    ]
    context.console.table(("id", "state", "region", "platform", "name", "why off"), rows)
    visited = sum(source.enabled for source in sources)
    context.console.say(f"{len(sources)} sources, {visited} on; 'govbrief sources show ID' tells all of one.")
    return broken


def _short(reason: str) -> str:
    return reason if len(reason) <= REASON else reason[: REASON - 1].rsplit(" ", 1)[0] + "…"


def _show(context: Context, args: argparse.Namespace) -> int:
    source = catalogue_of(home_or_none(context)).select([args.source])[0]
    if args.json:
        context.console.json(source.model_dump(mode="json"))
        return 0
    for line in _lines(source.model_dump(mode="json")):
        context.console.result(line)
    return 0


def _lines(values: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """One line a setting, as the source's file would name it; what nobody stated is said to be so."""
    for key, value in values.items():
        if isinstance(value, dict) and value:
            yield from _lines(value, f"{prefix}{key}.")
        elif key == "start":
            yield from (f"start: {one['method']} {one['url']} ({one['role']})" for one in value)
        elif isinstance(value, list):
            yield f"{prefix}{key}: {', '.join(map(str, value)) or '-'}"
        elif key == "contact" and not value:
            yield f"{prefix}{key}: not known"
        else:
            yield f"{prefix}{key}: {'-' if value in (None, '', {}) else value}"


def _new(context: Context, args: argparse.Namespace) -> int:
    if is_address(args.address):
        return new_source_from(context, args.address, args.id, args.page)
    if args.page or args.id:
        raise UserError("--page and --id belong to an address; write 'govbrief sources new URL'.")
    file = new_source_file(context.home, args.address)
    context.console.result(f"Wrote {file}; fill it in and type 'govbrief sources check'.")
    return 0


def _check(context: Context, args: argparse.Namespace) -> int:
    ids = [word for word in args.what if not is_file(word)]
    if ids and len(ids) < len(args.what):
        raise UserError("Name either sources or files to check, not both.")
    if ids:
        return check_sources(context, ids, samples_only=args.samples, as_json=args.json)
    answer = soundness(context, [Path(word) for word in args.what])
    if args.json:
        context.console.json(answer)
    else:
        context.console.result(f"{answer['sources']} sources are sound.")
    for fault in answer["faults"]:
        context.console.error(fault)
    return 2 if answer["faults"] else 0


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
