"""New alarms of a run in one message: for a mail as text in the home's language, for a webhook as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.findings import finding_sentence
from dashboard.words import known, say
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home
from warehouse.run_records import Alarm, CrawlRun, Finding


@dataclass(frozen=True, slots=True)
class Digest:
    """What is told of the alarms nobody was told of yet."""

    alarms: tuple[int, ...]
    subject: str
    text: str
    data: dict[str, Any]  # what the webhook gets; its keys are fixed in docs/json.md


def untold(state: CrawlState) -> list[Alarm]:
    """Open alarms that nobody was told of yet, oldest first."""
    return [one for one in reversed(state.health_table.alarms()) if one.told_at is None]


def digest(
    home: Home, state: CrawlState, run: CrawlRun, new: Sequence[Alarm], names: Mapping[str, str]
) -> Digest:
    """The message about `new` alarms; `names` are those of sources in the home's language."""
    language = home.settings.place.language
    found = {one.alarm_no: state.health_table.finding_of(one) for one in new}
    earlier = len(state.health_table.alarms()) - len(new)
    at = run.started_at.astimezone(ZoneInfo(home.settings.place.timezone)).strftime("%Y-%m-%d %H:%M")
    lines = [say(language, "mail.lead", run=run.run_id, at=at), ""]
    for one in new:
        lines += _lines(language, one, found[one.alarm_no], names)
    if earlier:
        lines += [say(language, "mail.still", n=earlier), ""]
    lines += [say(language, "mail.what-next"), say(language, "mail.home", home=home.root)]
    rows = [_row(one, found[one.alarm_no], names) for one in new]
    data = {"run_id": run.run_id, "home": str(home.root), "still_open": earlier, "alarms": rows}
    subject = say(language, "mail.subject", n=len(new))
    return Digest(tuple(one.alarm_no for one in new), subject, "\n".join(lines) + "\n", data)


def _lines(language: str, alarm: Alarm, found: Finding | None, names: Mapping[str, str]) -> list[str]:
    name = names.get(alarm.source_id, alarm.source_id)
    verdict = known(language, f"verdict.{alarm.verdict}", alarm.verdict)
    sentence = finding_sentence(language, alarm.code, found.found if found else {}, alarm.sentence)
    head = f"[{alarm.alarm_no}] {name} ({alarm.source_id}): {verdict}"
    lines = [_one_line(head), f"    {_one_line(sentence)}"]
    if found and found.good_capture and found.bad_capture:
        seen = say(language, "mail.evidence", good=found.good_capture, bad=found.bad_capture)
        lines.append(f"    {seen}")
    return [*lines, ""]


def _row(alarm: Alarm, found: Finding | None, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "number": alarm.alarm_no,
        "source_id": alarm.source_id,
        "source": names.get(alarm.source_id, alarm.source_id),
        "code": alarm.code,
        "verdict": alarm.verdict,
        "sentence": alarm.sentence,
        "found": dict(found.found) if found else {},
        "since": alarm.opened_at.isoformat(),
        "good_capture": found.good_capture if found else None,
        "bad_capture": found.bad_capture if found else None,
    }


def _one_line(text: str) -> str:
    """Crawled words cannot begin a line of ours or hold control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
