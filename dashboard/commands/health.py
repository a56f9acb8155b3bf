"""`govbrief health`: what needs a look, for a person and for a monitor; and what people answer to it."""

from __future__ import annotations

import argparse
from typing import Any

from dashboard.commands.open_alarms import share_of
from dashboard.commands.state import state_of
from dashboard.commands.verb import Context, Verb, add_json
from dashboard.findings import shortened
from warehouse.errors import UserError
from warehouse.home import Home

_LATER = "say later with --acted or --no-action what came of it"


def _arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--acknowledge", type=int, metavar="N", help="say that you have seen alarm N; it no longer counts"
    )
    what.add_argument(
        "--release", metavar="SOURCE", help="let in what was held back of a source, after you looked at it"
    )
    led = parser.add_mutually_exclusive_group()
    led.add_argument("--acted", action="store_true", help="with --acknowledge: something was done about it")
    led.add_argument("--no-action", action="store_true", help="with --acknowledge: nothing was needed")
    parser.add_argument(
        "--note", default="", metavar="TEXT", help="with --acknowledge: what for others to know"
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    if args.acknowledge is None and (args.acted or args.no_action or args.note):
        raise UserError("--acted, --no-action and --note speak of an alarm; name it with --acknowledge N.")
    if args.acknowledge is not None:
        return _acknowledge(context, args)
    if args.release is not None:
        return _release(context, args)
    return _tell(context, args)


def _tell(context: Context, args: argparse.Namespace) -> int:
    """List what needs a look; the exit code is the answer for a monitor."""
    state, share = state_of(context.home), share_of(context.home)
    alarms = state["alarms"]
    counting = [alarm for alarm in alarms if alarm["counts"]]
    if args.json:
        context.console.json({"ok": not counting, "alarms": alarms, "share": share})
    else:
        for alarm in alarms:
            context.console.result(_line(alarm))
        if not alarms:
            context.console.result("Fine: a publication is up and no source needs a look.")
            if state["never_crawled"]:
                context.console.result(
                    f"{len(state['never_crawled'])} sources were never visited; 'govbrief status' names them."
                )
        if share["alarms"]:
            context.console.result(
                f"Of {share['alarms']} alarms in {share['days']} days, {share['acknowledged']} were"
                f" acknowledged and {share['acted']} led to an action."
            )
    if state["publication"] is None:
        return 4
    return 3 if counting else 0


def _line(alarm: dict[str, Any]) -> str:
    """An alarm on one line: number, sentence, verdict and since when, who has seen it."""
    sentence = shortened(str(alarm["sentence"]))
    if alarm["number"] is None:
        return sentence
    seen = alarm["acknowledged"]
    told = f" Acknowledged by {seen['by']}, {seen['at'][:10]}{_what_came(seen)}." if seen else ""
    if seen and alarm["counts"]:
        told += f" It is {alarm['verdict']} since; look again."
    return f"[{alarm['number']}] {sentence} ({alarm['verdict']} since {alarm['since'][:10]}.){told}"


def _what_came(seen: dict[str, Any]) -> str:
    said = {True: ", led to an action", False: ", needed no action", None: ""}[seen["acted"]]
    return said + (f": {seen['note']}" if seen["note"] else "")


def _acknowledge(context: Context, args: argparse.Namespace) -> int:
    home = context.home
    from warehouse.desk import Desk

    alarm = _alarm(home, args.acknowledge)
    acted = True if args.acted else False if args.no_action else None
    with Desk.open(home) as desk:
        answer = desk.alarm_answers.give(alarm, desk.current_user().name, acted=acted, note=args.note)
    if args.json:
        context.console.json(
            {"number": alarm.alarm_no, "source_id": alarm.source_id, "code": alarm.code, **_said(answer)}
        )
        return 0
    came = {True: "it led to an action", False: "it needed no action", None: _LATER}[answer.acted]
    seen = f"Alarm {alarm.alarm_no} of {alarm.source_id} is acknowledged by {answer.account}"
    context.console.result(f"{seen}; {came}.")
    return 0


def _said(answer: Any) -> dict[str, Any]:
    return {"by": answer.account, "at": answer.at, "acted": answer.acted, "note": answer.note}


def _alarm(home: Home, number: int) -> Any:
    """The alarm of that number, open or closed; a UserError when there is none."""
    if home.crawl_state_file.is_file():
        from warehouse.crawl_state.store import CrawlState

        with CrawlState.look(home) as state:
            for one in state.health_table.alarms(open_only=False, limit=100_000):
                if one.alarm_no == number:
                    return one
    raise UserError(f"There is no alarm {number}; 'govbrief health' lists those that are open.")


def _release(context: Context, args: argparse.Namespace) -> int:
    """Let held captures in; the next extraction reads them."""
    home, source = context.home, args.release
    from crawlers.health.holding import release
    from dashboard.commands.chain import catalogue_of
    from warehouse.crawl_state.store import CrawlState

    catalogue = catalogue_of(home)
    catalogue.select([source])
    with CrawlState.open(home) as state:
        count = release(home, state, catalogue, source)
    if args.json:
        context.console.json({"source_id": source, "released": count})
    elif count:
        context.console.result(
            f"{count} captures of {source} are let in; 'govbrief run' takes them to readers (or 'govbrief"
            " extract', 'classify' and 'publish')."
        )
    else:
        context.console.result(f"Nothing of {source} is held back.")
    return 0


VERB = Verb(
    name="health",
    help="Say what needs a look; 0 when nothing does, 3 when something does, 4 when nothing is published.",
    run=_run,
    arguments=_arguments,
    note="An alarm that was acknowledged stays listed and no longer counts until its verdict changes.",
)
