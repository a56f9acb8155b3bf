"""The report of a run as Markdown for a librarian: two minutes, what needs a look first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.findings import failure_name, finding_sentence, remark_sentence
from dashboard.words import known, say

GOOD = ("ok", "quiet")
SHORT_DAYS = 30
_COUNTS = ("requests", "not_modified", "new_documents", "changed", "withdrawn", "failures")
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")
Report = Mapping[str, Any]


def render(report: Report, language: str, zone: str, names: Mapping[str, str], address: str = "") -> str:
    """The whole report; `names` are those of sources in the reader's language, by id.

    `address` is the dashboard's, http://host:port, which the links to archived pages begin with.
    """
    teller = _Teller(report, language, ZoneInfo(zone), names, address)
    parts = (
        teller.head,
        teller.first,
        teller.earlier,
        teller.letters,
        teller.disk,
        teller.closed,
        teller.table,
        teller.errors,
        teller.fill,
        teller.notices,
    )
    return "\n".join(line for part in parts for line in part()).rstrip() + "\n"


def size(count: float) -> str:
    """Bytes as people read them: 12 MB."""
    for unit in ("B", "KB", "MB", "GB"):
        if abs(count) < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"


class _Teller:
    """One report being told; each method gives the lines of one part, none where there is nothing to say."""

    def __init__(
        self, report: Report, language: str, zone: ZoneInfo, names: Mapping[str, str], address: str
    ) -> None:
        self._report, self._language, self._zone, self._names = report, language, zone, names
        self._address = address.rstrip("/")
        rows = [one for one in report["sources"] if one["verdict"] not in GOOD]
        self._bad = [one for one in rows if not one["acknowledged"]]
        self._seen = len(rows) - len(self._bad)
        spoken = {one["source_id"] for one in rows}
        alarms = [*report["alarms"]["opened"], *report["alarms"]["continuing"]]
        # told by no visit: its source was not visited, or its file does not fit
        self._standing = [one for one in alarms if one["source_id"] not in spoken and not one["acknowledged"]]

    def head(self) -> Iterator[str]:
        """Title, the run in one sentence, and when it was."""
        report, totals = self._report, self._report["totals"]
        yield f"# {self._words('title', run=report['run_id'].removeprefix('run-'))}"
        yield ""
        yield self._in_short()
        yield ""
        if report.get("remark"):
            yield f"**{_text(remark_sentence(self._language, report['remark']))}**"
            yield ""
        yield self._words(
            "when",
            kind=known(self._language, f"origin.{report['kind']}", report["kind"]),
            outcome=known(self._language, f"outcome.{report['outcome']}", report["outcome"]),
            code=report["exit_code"],
            at=self._local(report["started_at"]),
            seconds=round(report["seconds"] or 0),
        )
        yield ""
        yield self._words(
            "counts",
            requests=totals["requests"],
            unchanged=totals["not_modified"],
            failures=totals["failures"],
            bytes=size(totals["bytes"]),
        )

    def _in_short(self) -> str:
        """The run in one sentence: what needs a look, that nothing was asked, or that all is well."""
        totals, rows = self._report["totals"], self._report["sources"]
        bad = {one["source_id"] for one in (*self._bad, *self._standing)}
        counts = {
            "sources": len({one["source_id"] for one in rows} | bad),
            "new": totals["new_documents"],
            "changed": totals["changed"],
            "withdrawn": totals["withdrawn"],
        }
        said = []
        if bad:
            said.append(self._words("look", bad=len(bad), **counts))
        elif totals["requests"] == 0:
            said.append(self._words("unasked", sources=counts["sources"]))
        else:
            said.append(self._words("rest" if self._seen else "well", **counts))
        if self._seen:
            said.append(self._words("seen-sources", n=self._seen))
        held = sum(one["held"] for one in rows)
        if held:
            said.append(self._words("held", n=held))
        return (" " if self._language == "en" else "").join(said)

    def first(self) -> Iterator[str]:
        """Sources that are not well, those with a new alarm first, each with what shows it.

        Those whose alarms somebody has seen stand among the earlier alarms.
        """
        new = {(one["source_id"], one["code"]) for one in self._report["alarms"]["opened"]}
        fresh = {source for source, _ in new}
        if not self._bad and not self._standing:
            return
        yield from self._heading("first")
        for one in self._standing:
            mark = f" — {self._words('new-alarm')}" if (one["source_id"], one["code"]) in new else ""
            yield f"- **{self._name(one['source_id'])}** — {self._verdict(one['verdict'])}"
            yield f"  - {_text(self._found(one))}{mark}"
        for one in sorted(self._bad, key=lambda one: one["source_id"] not in fresh):
            yield f"- **{self._name(one['source_id'])}** — {self._verdict(one['verdict'])}"
            if not one["findings"] and one["detail"]:
                yield f"  - {_text(remark_sentence(self._language, one['detail']))}"
            for found in one["findings"]:
                mark = f" — {self._words('new-alarm')}" if (one["source_id"], found["code"]) in new else ""
                yield f"  - {_text(self._found(found))}{mark}"
                yield from self._evidence(found)
            if one["held"]:
                yield f"  - {say(self._language, 'alarm.held', n=one['held'])}"

    def earlier(self) -> Iterator[str]:
        """Alarms that were open before, of visited sources and of others."""
        told = {one["number"] for one in self._standing}
        alarms = self._report["alarms"]
        still = [one for one in alarms["opened"] if one["acknowledged"]]
        still += [one for one in alarms["continuing"] if one["number"] not in told]
        yield from self._alarms("still", still)
        yield from self._alarms("elsewhere", self._report["alarms"]["elsewhere"])

    def closed(self) -> Iterator[str]:
        """Alarms that this run could close."""
        yield from self._alarms("closed", self._report["alarms"]["closed"])

    def letters(self) -> Iterator[str]:
        """Letters to owners of sites that refuse us."""
        held = [one for one in self._report["sources"] if one["letter"]]
        if held:
            yield from self._heading("letters")
        for one in held:
            name, file = self._name(one["source_id"]), _text(one["letter"])
            yield f"- {self._words('letter-of', source=name, file=file)}"

    def disk(self) -> Iterator[str]:
        """How long the disk lasts; a warning when it is short."""
        disk = self._report["disk"]
        yield from self._heading("disk")
        said = [self._words("disk-line", a_run=size(disk["bytes_a_run"]), free=size(disk["free"]))]
        if disk["growth_a_run"]:
            said.append(self._words("disk-growth", growth=size(disk["growth_a_run"])))
        if disk["days_left"] is not None:
            said.append(self._words("disk-days", runs=disk["runs"], days=disk["days_left"]))
        elif disk["bytes_a_run"]:
            said.append(self._words("disk-long", runs=disk["runs"]))
        else:
            said = [self._words("disk-few")]
        if disk["short"]:
            said.append(f"**{self._words('disk-short', days=SHORT_DAYS)}**")
        yield (" " if self._language == "en" else "").join(said)

    def table(self) -> Iterator[str]:
        """Every source with its counts."""
        heads = [
            known(self._language, f"report.{name}", "") or known(self._language, f"table.{name}", name)
            for name in ("source", "verdict", *_COUNTS, "detail")
        ]
        yield from self._heading("all")
        yield f"| {' | '.join(heads)} |"
        yield "| --- | --- " + "| --: " * len(_COUNTS) + "| --- |"
        for one in self._report["sources"]:
            counts = [str(one[name]) for name in _COUNTS]
            detail = "" if one["findings"] else one["detail"]  # told above already
            remark = _text(remark_sentence(self._language, detail))
            cells = [self._name(one["source_id"]), self._fared(one), *counts, remark]
            yield f"| {' | '.join(cells)} |"

    def errors(self) -> Iterator[str]:
        """Failures by class, and the sources that had them."""
        counts: Mapping[str, int] = self._report["errors"]
        if counts:
            yield from self._heading("errors")
        for code, number in sorted(counts.items(), key=lambda item: -item[1]):
            among = [one["source_id"] for one in self._report["sources"] if code in one["errors"]]
            named = ", ".join(map(self._name, among[:5])) + (" …" if len(among) > 5 else "")
            yield f"- {_text(failure_name(self._language, code))}: {number} ({named})"

    def fill(self) -> Iterator[str]:
        """Which share of the documents read has each field."""
        rows = [one for one in self._report["sources"] if one["fill"]]
        fields = sorted({name for one in rows for name in one["fill"]})
        if not rows:
            return
        yield from self._heading("fill")
        heads = [known(self._language, f"measure.{name}", name) for name in fields]
        yield f"| {known(self._language, 'table.source', 'source')} | {' | '.join(heads)} |"
        yield "| --- " + "| --: " * len(fields) + "|"
        for one in rows:
            shares = [f"{one['fill'][name]:.0%}" if name in one["fill"] else "" for name in fields]
            yield f"| {self._name(one['source_id'])} | {' | '.join(shares)} |"

    def notices(self) -> Iterator[str]:
        """What became of telling people."""
        told = self._report.get("told")
        if not told or not (told["alarms"] or told["remarks"]):
            return
        yield from self._heading("remarks")
        if told["alarms"]:
            yield f"- {self._words('told', n=len(told['alarms']))}"
        for remark in told["remarks"]:
            yield f"- {_text(remark)}"

    def _alarms(self, key: str, alarms: Sequence[Mapping[str, Any]]) -> Iterator[str]:
        if alarms:
            yield from self._heading(key)
        for one in alarms:
            since = say(self._language, "alarm.since", at=self._local(one["since"]))
            seen = f", {self._words('seen')}" if one["acknowledged"] else ""
            number = say(self._language, "alarm.number", number=one["number"])
            yield f"- {number}, **{self._name(one['source_id'])}**, {since}{seen}: {_text(self._found(one))}"

    def _evidence(self, found: Mapping[str, Any]) -> Iterator[str]:
        """Where the dashboard shows the pages; it must be running for the link to open."""
        good, bad = found["good_capture"], found["bad_capture"]
        if not good and not bad:
            return
        place = f"compare/{good}/{bad}" if good and bad else bad or good
        what = say(self._language, "alarm.both" if good and bad else "alarm.bad" if bad else "alarm.good")
        yield f"    - {self._words('in-dashboard', what=what)}: {self._address}/archive/{place}"

    def _found(self, found: Mapping[str, Any]) -> str:
        return finding_sentence(self._language, found["code"], found.get("found", {}), found["sentence"])

    def _heading(self, key: str) -> Iterator[str]:
        yield ""
        yield f"## {self._words(key)}"
        yield ""

    def _name(self, source_id: str) -> str:
        return _text(self._names.get(source_id, source_id))

    def _fared(self, one: Mapping[str, Any]) -> str:
        """The verdict of a visit; a source without one is not called quiet."""
        asked = one["requests"] or one["verdict"] not in GOOD
        return self._verdict(one["verdict"]) if asked else self._words("not-asked")

    def _verdict(self, verdict: str) -> str:
        return known(self._language, f"verdict.{verdict}", verdict)

    def _local(self, instant: str) -> str:
        at = datetime.fromisoformat(instant.replace("Z", "+00:00"))
        return at.astimezone(self._zone).strftime("%Y-%m-%d %H:%M")

    @property
    def _words(self) -> Callable[..., str]:
        return lambda key, **values: say(self._language, f"report.{key}", **values)


def _text(text: str) -> str:
    """Foreign text on one line of Markdown, where none of its signs means anything."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
