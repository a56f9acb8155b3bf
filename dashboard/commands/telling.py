"""After a crawl: new alarms are told to people, the report to its reader, metrics to a monitor."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.alarms.delivery import NotDelivered, ways
from dashboard.alarms.digest import digest, untold
from dashboard.alarms.metrics import write_metrics
from dashboard.commands.console import Console
from dashboard.commands.open_alarms import visited
from dashboard.run_report import render
from warehouse.crawl_state.store import CrawlState
from warehouse.errors import EnvironmentProblem
from warehouse.files import write_whole
from warehouse.home import Home
from warehouse.run_records import CrawlRun

if TYPE_CHECKING:
    from crawlers.catalogue import Catalogue
    from crawlers.run import CrawlSummary


def after_crawl(home: Home, console: Console, report: Path | None) -> None:
    """Tell new alarms, write the report's Markdown and the metrics; what cannot be delivered is said."""
    if report is None:
        return
    from dashboard.commands.chain import catalogue_of

    catalogue = catalogue_of(home)
    names = _names(home, catalogue)
    with CrawlState.open(home) as state:
        run = next((one for one in state.runs() if one.run_id == report.stem), None)
        _close_switched_off(home, state, report.stem, catalogue)
        told, remarks = _tell(home, state, run, names) if run else ([], [])
    for remark in remarks:
        console.error(remark)
    _complete(home, report, {"told": {"alarms": told, "remarks": remarks}}, names)
    measure(home, console)


def measure(home: Home, console: Console) -> None:
    """Write the metrics; a folder that cannot be written is said and ends nothing."""
    try:
        write_metrics(home)
    except EnvironmentProblem as error:
        console.error(str(error))


def settle_code(home: Home, report: Path | None, code: int, problem: str = "") -> None:
    """Let the report of a run tell the exit code that the whole command ended with, and what ended it."""
    if report is None:
        return
    from dashboard.commands.chain import catalogue_of

    before = json.loads(report.read_text(encoding="utf-8"))
    more: dict[str, Any] = {"exit_code": code}
    if problem:
        told = before.get("told") or {"alarms": [], "remarks": []}
        more["told"] = {**told, "remarks": [*told["remarks"], problem]}
    if before["exit_code"] != code or problem:
        _complete(home, report, more, _names(home, catalogue_of(home)))


def code_of(home: Home, summary: CrawlSummary) -> int:
    """The exit code of a crawl, in which sources count as well whose alarms somebody has seen as they are."""
    from crawlers.acknowledged import seen_sources
    from crawlers.health import exit_code

    rows = summary.sources.values()
    code = summary.exit_code
    if summary.run_id is None or not code or exit_code(row.verdict for row in rows) != code:
        return code
    with CrawlState.look(home) as state:
        seen = seen_sources(home, state, summary.run_id, rows)
    code = exit_code("quiet" if row.source_id in seen else row.verdict for row in rows)
    return code or (3 if summary.outcome == "interrupted" else 0)


def _names(home: Home, catalogue: Catalogue) -> dict[str, str]:
    """Names of all sources in the home's language, by id."""
    zh = home.settings.place.language == "zh"
    return {one.id: one.name_zh if zh else one.name_en for one in catalogue.sources.values()}


def _close_switched_off(home: Home, state: CrawlState, run_id: str, catalogue: Catalogue) -> None:
    """No run visits a source that was switched off, so none would ever close its alarms.

    One whose file does not fit was not switched off: its alarms stay.
    """
    on = visited(catalogue)
    off = [one.alarm_no for one in state.health_table.alarms() if one.source_id not in on]
    if off:
        state.health_table.close_alarms(off, run_id, home.clock.now())


def _tell(home: Home, state: CrawlState, run: CrawlRun, names: dict[str, str]) -> tuple[list[int], list[str]]:
    """Numbers of the alarms that were told, and why others were not.

    They count as told once every way took them: where one of two ways fails, both are tried again next time.
    """
    new, open_ways = untold(state), ways(home.settings.alarms)
    if not new or not open_ways:
        return [], []
    message = digest(home, state, run, new, names)
    remarks = []
    for send in open_ways.values():
        try:
            send(home, message)
        except NotDelivered as error:
            remarks.append(f"{error} It is tried again after the next run.")
    if remarks:
        return [], remarks
    state.health_table.mark_told(message.alarms, home.clock.now())
    return list(message.alarms), []


def _complete(home: Home, file: Path, more: dict[str, Any], names: dict[str, str]) -> None:
    """Add something to the report, and put its Markdown beside it."""
    report = {**json.loads(file.read_text(encoding="utf-8")), **more}
    place = home.settings.place
    try:
        write_whole(file, json.dumps(report, ensure_ascii=False, indent=2) + "\n")
        write_whole(
            file.with_suffix(".md"), render(report, place.language, place.timezone, names, _address(home))
        )
    except OSError as error:
        raise EnvironmentProblem(f"{file}: the run report cannot be written ({error.strerror}).") from error


def _address(home: Home) -> str:
    """Where the dashboard answers, by the settings; empty when they leave the port to chance."""
    host, port = home.settings.serving.host, home.settings.serving.port
    if not port:
        return ""
    named = socket.gethostname() if host in ("0.0.0.0", "::", "") else host
    return f"http://[{named}]:{port}" if ":" in named else f"http://{named}:{port}"
