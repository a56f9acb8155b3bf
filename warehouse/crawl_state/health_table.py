"""What runs measured and found of sources: observations, findings, canaries, and the alarms that last."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from warehouse.crawl_state.cards import epoch, instant, moment
from warehouse.crawl_state.tables import alarm, canary, finding, observation, source_run
from warehouse.run_records import STANDING, Alarm, Canary, Finding, Observation
from warehouse.sqlite_file import reading, writing

GOOD = ("ok", "quiet")
# Findings after which the rest of a source could not be looked at.
OUTAGES = frozenset({"blocked", "robots-failed", "robots-forbids", "no-answer", "site-failing"})


class HealthTable:
    """Rows by run and source; writing the same run twice changes nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    # observations

    def observe(self, observations: Iterable[Observation]) -> None:
        """Keep what a run measured; a second time replaces the first."""
        with writing(self._engine) as connection:
            for one in observations:
                values = {
                    "at": epoch(one.at),
                    "measures": json.dumps(dict(one.measures), ensure_ascii=False, sort_keys=True),
                    "sound": one.sound,
                }
                connection.execute(
                    insert(observation)
                    .values(run_id=one.run_id, source_id=one.source_id, **values)
                    .on_conflict_do_update(index_elements=["run_id", "source_id"], set_=values)
                )

    def observations(self, source_id: str, limit: int = 60, *, sound: bool = True) -> list[Observation]:
        """The latest observations of a source, newest first; only sound ones unless asked otherwise."""
        query = select(observation).where(observation.c.source_id == source_id)
        if sound:
            query = query.where(observation.c.sound.is_(True))
        query = query.order_by(observation.c.at.desc(), observation.c.run_id.desc()).limit(limit)
        with reading(self._engine) as connection:
            return [_observation(row) for row in connection.execute(query).mappings()]

    # findings

    def set_findings(self, run_id: str, source_id: str, findings: Sequence[Finding]) -> None:
        """What a run found wrong with a source, in place of what it had found before."""
        with writing(self._engine) as connection:
            connection.execute(
                delete(finding).where(finding.c.run_id == run_id, finding.c.source_id == source_id)
            )
            for one in findings:
                connection.execute(insert(finding).values(**_finding_row(one)).on_conflict_do_nothing())

    def findings(self, run_id: str, source_id: str | None = None) -> list[Finding]:
        """What a run found, of one source or of all."""
        query = select(finding).where(finding.c.run_id == run_id).order_by(finding.c.finding_no)
        if source_id is not None:
            query = query.where(finding.c.source_id == source_id)
        with reading(self._engine) as connection:
            return [_finding(row) for row in connection.execute(query).mappings()]

    def finding_of(self, held: Alarm) -> Finding | None:
        """The finding that an alarm rests on: values of the last run that found it, the alarm's evidence."""
        found = self.findings(held.last_run, held.source_id)
        latest = next((one for one in found if one.code == held.code), None)
        return latest and replace(latest, good_capture=held.good_capture, bad_capture=held.bad_capture)

    # canaries

    def canaries(self, source_id: str) -> list[Canary]:
        """The canary documents of a source."""
        query = select(canary).where(canary.c.source_id == source_id).order_by(canary.c.url)
        with reading(self._engine) as connection:
            return [_canary(row) for row in connection.execute(query).mappings()]

    def set_canaries(self, source_id: str, canaries: Sequence[Canary]) -> None:
        """The canary documents of a source from now on."""
        with writing(self._engine) as connection:
            connection.execute(delete(canary).where(canary.c.source_id == source_id))
            for one in canaries:
                row = {
                    "source_id": source_id,
                    "url": one.url,
                    "capture_id": one.capture_id,
                    "reading": json.dumps(dict(one.reading), ensure_ascii=False, sort_keys=True),
                    "chosen_at": epoch(one.chosen_at),
                    "missed": one.missed,
                }
                connection.execute(insert(canary).values(**row))

    # alarms

    def settle_alarms(self, run_id: str, sources: Collection[str], at: datetime) -> None:
        """Open, continue and close the alarms of the run's sources by its findings.

        An alarm closes where the run could judge the source and did not find it: a site that refuses or does
        not answer closes none but the alarms about that. Standing alarms are settled by `settle_standing`.
        """
        told = {
            (one.source_id, one.code): one for one in self.findings(run_id) if one.source_id in set(sources)
        }
        down = {source for source, code in told if code in OUTAGES}
        judged = self._examined(run_id) & set(sources)
        over = [
            one
            for one in self.alarms(open_only=True)
            if one.code not in STANDING
            and (one.source_id, one.code) not in told
            and (one.source_id in judged - down or (one.source_id in down and one.code in OUTAGES))
        ]
        self._settle(run_id, list(told.values()), over, at)

    def settle_standing(self, run_id: str, found: Sequence[Finding], at: datetime) -> None:
        """Open, continue and close the alarms that no visit finds (codes STANDING) by what holds now."""
        with writing(self._engine) as connection:
            for one in found:
                connection.execute(insert(finding).values(**_finding_row(one)).on_conflict_do_nothing())
        told = {(one.source_id, one.code) for one in found}
        held = [one for one in self.alarms() if one.code in STANDING]
        self._settle(run_id, found, [one for one in held if (one.source_id, one.code) not in told], at)

    def _examined(self, run_id: str) -> set[str]:
        """Sources of a run whose health could be judged: something was measured, or all was well."""
        measured = select(observation.c.source_id).where(observation.c.run_id == run_id)
        well = select(source_run.c.source_id).where(
            source_run.c.run_id == run_id, source_run.c.verdict.in_(GOOD), source_run.c.requests > 0
        )
        with reading(self._engine) as connection:
            return {*connection.execute(measured).scalars(), *connection.execute(well).scalars()}

    def _settle(self, run_id: str, told: Sequence[Finding], over: Sequence[Alarm], at: datetime) -> None:
        """Open or continue an alarm for each finding, and close those that are over."""
        open_now = {(one.source_id, one.code): one for one in self.alarms(open_only=True)}
        latest = {"last_run": run_id, "last_at": epoch(at)}
        with writing(self._engine) as connection:
            for one in told:
                values = {"verdict": one.verdict, "sentence": one.sentence, **latest}
                held = open_now.get((one.source_id, one.code))
                if held is not None:
                    values |= _evidence(one) if _shows_as_much(one, held) else {}
                    connection.execute(
                        update(alarm).where(alarm.c.alarm_no == held.alarm_no).values(**values)
                    )
                    continue
                row = {"source_id": one.source_id, "code": one.code, **values, **_evidence(one)}
                row |= {"opened_run": run_id, "opened_at": epoch(at)}
                connection.execute(insert(alarm).values(**row))
        self.close_alarms([one.alarm_no for one in over], run_id, at)

    def alarms(
        self, *, open_only: bool = True, since: datetime | None = None, limit: int = 1000
    ) -> list[Alarm]:
        """Alarms, newest first; with `since` those opened from that instant on."""
        query = select(alarm).order_by(alarm.c.opened_at.desc(), alarm.c.alarm_no.desc()).limit(limit)
        if since is not None:
            query = query.where(alarm.c.opened_at >= epoch(since))
        if open_only:
            query = query.where(alarm.c.closed_at.is_(None))
        with reading(self._engine) as connection:
            return [_alarm(row) for row in connection.execute(query).mappings()]

    def close_alarms(self, numbers: Collection[int], run_id: str, at: datetime) -> None:
        """Close open alarms that no run will find again, such as those of a source switched off since."""
        with writing(self._engine) as connection:
            connection.execute(
                update(alarm)
                .where(alarm.c.alarm_no.in_(list(numbers)), alarm.c.closed_at.is_(None))
                .values(closed_run=run_id, closed_at=epoch(at))
            )

    def mark_told(self, numbers: Collection[int], at: datetime) -> None:
        """Remember which alarms were sent out."""
        with writing(self._engine) as connection:
            connection.execute(
                update(alarm).where(alarm.c.alarm_no.in_(list(numbers))).values(told_at=epoch(at))
            )


def _finding_row(one: Finding) -> dict[str, Any]:
    found = json.dumps(dict(one.found), ensure_ascii=False, sort_keys=True)
    named = {"run_id": one.run_id, "source_id": one.source_id, "code": one.code, "verdict": one.verdict}
    return {**named, "sentence": one.sentence, "found": found, "at": epoch(one.at), **_evidence(one)}


def _evidence(one: Finding | Alarm) -> dict[str, str | None]:
    return {"good_capture": one.good_capture, "bad_capture": one.bad_capture}


def _shows_as_much(one: Finding, held: Alarm) -> bool:
    """Whether a later finding has at least as many pages to show as the alarm keeps, and any at all."""
    now = sum(page is not None for page in _evidence(one).values())
    return now >= max(1, sum(page is not None for page in _evidence(held).values()))


def _observation(row: Any) -> Observation:
    return Observation(
        row["run_id"], row["source_id"], instant(row["at"]), json.loads(row["measures"]), row["sound"]
    )


def _finding(row: Any) -> Finding:
    return Finding(
        run_id=row["run_id"],
        source_id=row["source_id"],
        code=row["code"],
        verdict=row["verdict"],
        sentence=row["sentence"],
        found=json.loads(row["found"]),
        at=instant(row["at"]),
        good_capture=row["good_capture"],
        bad_capture=row["bad_capture"],
    )


def _canary(row: Any) -> Canary:
    return Canary(
        source_id=row["source_id"],
        url=row["url"],
        capture_id=row["capture_id"],
        reading=json.loads(row["reading"]),
        chosen_at=instant(row["chosen_at"]),
        missed=row["missed"],
    )


def _alarm(row: Any) -> Alarm:
    return Alarm(
        alarm_no=row["alarm_no"],
        source_id=row["source_id"],
        code=row["code"],
        verdict=row["verdict"],
        sentence=row["sentence"],
        opened_run=row["opened_run"],
        opened_at=instant(row["opened_at"]),
        last_run=row["last_run"],
        last_at=instant(row["last_at"]),
        closed_at=moment(row["closed_at"]),
        told_at=moment(row["told_at"]),
        closed_run=row["closed_run"],
        good_capture=row["good_capture"],
        bad_capture=row["bad_capture"],
    )
