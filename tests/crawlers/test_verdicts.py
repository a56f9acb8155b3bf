"""Claims about verdicts, exit codes and what is due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawlers.catalogue import read_source
from crawlers.health import exit_code, judge, silence
from crawlers.politeness.breaker import Breaker
from crawlers.politeness.challenge import is_challenge, retry_after
from crawlers.schedule import is_due, resting
from crawlers.source import SourceFile
from tests.crawlers.loopback import source_toml
from warehouse.home import Home

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)  # twelve o'clock in Shanghai


def counts(**given: Any) -> dict[str, Any]:
    names = [
        "requests",
        "fetched",
        "not_modified",
        "new_documents",
        "changed",
        "withdrawn",
        "failures",
        "lists",
        "entries",
    ]
    return {**dict.fromkeys(names, 0), "detail": "", **given}


def a_source(folder: Path, extra: str = "") -> SourceFile:
    file = folder / "prueba.toml"
    file.write_text(source_toml(extra=extra), encoding="utf-8")
    return read_source(file)


@pytest.mark.parametrize(
    ("given", "breaker", "verdict"),
    [
        (counts(requests=9, fetched=9, lists=1, entries=8, new_documents=8), "closed", "ok"),
        (counts(requests=1, not_modified=1, lists=1, entries=1), "closed", "quiet"),
        (counts(), "closed", "quiet"),
        (counts(requests=9, fetched=8, lists=1, entries=8, new_documents=7, failures=1), "closed", "partial"),
        (counts(requests=1, fetched=1, lists=1), "closed", "broken"),
        (counts(requests=5, failures=5), "closed", "broken"),
        (counts(requests=9, fetched=4, lists=1, entries=8, failures=5), "open", "broken"),
        (counts(requests=2, fetched=1, lists=1, entries=8, failures=1), "blocked", "blocked"),
        (counts(requests=1, failures=1, detail="forbidden (robots)"), "closed", "blocked"),
    ],
)
def test_counters_become_a_verdict(given: dict[str, Any], breaker: str, verdict: str) -> None:
    assert judge(given, breaker)[0] == verdict


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [([], 0), (["ok", "quiet"], 0), (["ok", "blocked"], 3), (["partial"], 3), (["broken", "blocked"], 4)],
)
def test_verdicts_become_an_exit_code(verdicts: list[str], code: int) -> None:
    assert exit_code(verdicts) == code


def test_a_source_is_due_by_its_cadence(tmp_path: Path) -> None:
    source = a_source(tmp_path, "cadence_hours = 24\n")
    assert is_due(source, {"last_started_at": None}, NOON)
    assert not is_due(source, {"last_started_at": (NOON - timedelta(hours=20)).timestamp()}, NOON)
    assert is_due(source, {"last_started_at": (NOON - timedelta(hours=23, minutes=30)).timestamp()}, NOON)


def test_real_sources_rest_in_working_hours(tmp_path: Path) -> None:
    home = Home.create(tmp_path / "home", "")
    source = a_source(tmp_path, '[impact]\nwindow = "20:00-06:00"\n')
    night = NOON + timedelta(hours=11)
    assert "quiet hours 08:30-18:00" in str(resting(source, home, NOON))
    assert "outside its window" in str(resting(source, home, NOON + timedelta(hours=7)))
    assert resting(source, home, night) is None
    assert resting(source.model_copy(update={"sample": True}), home, NOON) is None


def test_the_breaker_waits_longer_each_time_and_tries_once() -> None:
    breaker = Breaker()
    opened = [breaker.failed(NOON, "http-500") for _ in range(5)]
    assert opened == [False, False, False, False, True]
    assert breaker.until == NOON + timedelta(hours=6)
    breaker.half_open()
    assert breaker.failed(NOON, "http-500")
    breaker.succeeded()
    assert (breaker.state, breaker.failures) == ("closed", 0)
    breaker.refused(NOON, "403")
    assert breaker.closed_to(NOON + timedelta(hours=23))
    assert not breaker.closed_to(NOON + timedelta(hours=25))


def test_challenges_are_known_and_short_pages_are_not_mistaken() -> None:
    assert is_challenge(
        "text/html", b"<html><script>document.cookie='x=1'; location.reload()</script></html>"
    )
    assert is_challenge("text/html", b"<html><title>Probe</title></html>")
    assert not is_challenge("text/html", "<html><script>var a=1</script><p>通知</p></html>".encode())
    moved = "<script>location.href='/x'</script>" + "<p>本页内容为通知全文，请各单位遵照执行。</p>" * 9
    assert not is_challenge("text/html", moved.encode())
    assert not is_challenge("application/json", b'{"a": "document.cookie <script>"}')


def test_retry_after_is_read_in_both_forms() -> None:
    assert retry_after("120", NOON) == timedelta(minutes=2)
    assert retry_after("Mon, 01 Jun 2026 05:00:00 GMT", NOON) == timedelta(hours=1)
    assert retry_after("Mon, 01 Jun 2026 03:00:00 GMT", NOON) == timedelta()
    assert retry_after("soon", NOON) is None


@pytest.mark.parametrize(
    ("verdict", "newest", "patience", "silent"),
    [
        ("quiet", date(2026, 5, 10), 21, True),
        ("quiet", date(2026, 5, 11), 21, False),
        ("ok", date(2025, 1, 1), 21, False),
        ("broken", date(2025, 1, 1), 21, False),
        ("quiet", None, 21, False),
        ("quiet", date(2025, 1, 1), None, False),
    ],
)
def test_a_quiet_source_is_silent_after_longer_than_its_file_finds_plausible(
    verdict: str, newest: date | None, patience: int | None, silent: bool
) -> None:
    said = silence(verdict, newest, date(2026, 6, 1), patience)
    assert (said is not None) == silent
    assert said is None or "nothing new for 22 days (since 2026-05-10), 21 are usual" in said
