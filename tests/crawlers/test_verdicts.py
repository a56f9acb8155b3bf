"""Claims about verdicts, exit codes and what is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawlers.catalogue import read_source
from crawlers.health import exit_code
from crawlers.health.kinds import KINDS, tell
from crawlers.health.site_checks import check_site
from crawlers.health.verdicts import judge
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
    ]
    return {**dict.fromkeys(names, 0), "detail": "", **given}


def a_source(folder: Path, extra: str = "") -> SourceFile:
    file = folder / "prueba.toml"
    file.write_text(source_toml(extra=extra), encoding="utf-8")
    return read_source(file)


@pytest.mark.parametrize(
    ("given", "breaker", "verdict"),
    [
        (counts(requests=9, fetched=9, new_documents=8), "closed", "ok"),
        (counts(requests=1, not_modified=1), "closed", "quiet"),
        (counts(), "closed", "quiet"),
        (counts(requests=9, fetched=8, new_documents=7, failures=1), "closed", "ok"),
        (counts(requests=5, failures=5), "closed", "broken"),
        (counts(requests=9, fetched=4, failures=5), "open", "broken"),
        (counts(), "open", "broken"),
        (counts(requests=2, fetched=1, failures=1), "blocked", "blocked"),
        (counts(requests=1, failures=1, detail="forbidden (robots)"), "closed", "blocked"),
    ],
)
def test_counters_become_a_verdict(given: dict[str, Any], breaker: str, verdict: str) -> None:
    found = list(check_site(given, {"breaker": breaker, "detail": ""}))
    assert judge("prueba", given, found).verdict == verdict


def test_the_worst_finding_gives_verdict_and_reason() -> None:
    found = [tell("silent", days=9, since="x", patience=3), tell("no-text", bad=3, read=3, url="u")]
    judged = judge("prueba", counts(requests=1), found)
    assert (judged.verdict, [one.code for one in judged.findings]) == ("broken", ["no-text", "silent"])
    assert judged.detail.startswith("3 of 3 document pages show no text (u).")
    assert judged.detail.endswith("(no-text) 1 more findings.")


def test_a_few_failures_are_a_remark() -> None:
    judged = judge("prueba", counts(requests=9, not_modified=8, failures=1, detail="x answers 500"), [])
    assert (judged.verdict, judged.detail) == ("quiet", "1 of 9 requests failed; x answers 500")


def test_every_kind_of_finding_has_a_sentence_with_its_remedy() -> None:
    for code, kind in KINDS.items():
        sentence = tell(code).sentence("prueba")
        assert kind.verdict in ("blocked", "broken", "drifting")
        assert sentence.endswith(".")
        assert "{" not in sentence


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [([], 0), (["ok", "quiet"], 0), (["ok", "blocked"], 3), (["drifting"], 4), (["broken", "blocked"], 4)],
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
    for hours in (23, 71, 71):
        breaker.half_open()
        assert breaker.failed(NOON, "http-500")
        assert breaker.until == NOON + timedelta(hours=hours)
    breaker.succeeded()
    assert (breaker.state, breaker.failures) == ("closed", 0)
    breaker.refused(NOON, "403")
    assert breaker.closed_to(NOON + timedelta(hours=22))
    assert not breaker.closed_to(NOON + timedelta(hours=24))


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
    ("said", "hours"),
    [
        ("2.5", 3 / 3600),
        ("Mon Jun  1 05:00:00 2026", 1),  # asctime
        ("Mon, 01 Jun 2026 05:00:00 -0000", 1),
        ("Thu, 01 Jan 2099 00:00:00 GMT", 240),
        ("9" * 200, 240),
        ("\xb2", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_generously_and_bounded(said: str | None, hours: float | None) -> None:
    assert retry_after(said, NOON) == (None if hours is None else timedelta(hours=hours))
