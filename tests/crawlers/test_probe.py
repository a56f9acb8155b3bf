"""Claims about looking at many sources: few requests, hosts in turns, the trouble named."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from typing import Any

import pytest

from crawlers.platforms import ListPage, trs
from crawlers.platforms.hints import Hints
from crawlers.probing.client import Client
from crawlers.probing.probe import ProbeRow, probe
from crawlers.probing.probe_report import probe_markdown
from crawlers.settings import request_headers
from crawlers.source import SourceFile
from tests.crawlers.loopback import HOST, Answer, Site, source_toml
from tests.crawlers.polite import Ticking, client

TODAY = date(2026, 5, 31)


def sources(*pairs: tuple[str, str]) -> list[SourceFile]:
    return [SourceFile(**tomllib.loads(source_toml(name, host))) for name, host in pairs]


def probed(site: Site, listed: list[SourceFile], **changes: Any) -> list[ProbeRow]:
    return list(probe(listed, client(site), TODAY, **changes))


def test_a_probe_tells_what_a_source_shows_with_few_requests() -> None:
    with Site() as site:
        (row,) = probed(site, sources(("prueba", HOST)))
    assert (row.status, row.robots, row.detected, row.entries, row.next_page) == (
        "ok",
        "allowed",
        "trs",
        10,
        True,
    )
    assert row.newest == date(2026, 5, 12)
    assert row.fine
    assert row.requests == 2 == len(site.paths())


@pytest.mark.parametrize(
    ("path", "answer", "status", "robots"),
    [
        ("/wj/index.html", Answer(403), "refused", "allowed"),
        ("/wj/index.html", Answer(200, b"<html><body><p>\xe6\x97\xa0</p></body></html>"), "empty", "allowed"),
        ("/robots.txt", Answer(503), "robots-unknown", "unknown"),
        ("/robots.txt", Answer(200, b"User-agent: *\nDisallow: /\n"), "robots-forbids", "forbidden"),
    ],
)
def test_a_probe_names_the_trouble(path: str, answer: Answer, status: str, robots: str) -> None:
    with Site() as site:
        site.faults[path] = answer
        (row,) = probed(site, sources(("prueba", HOST)))
    assert (row.status, row.robots, row.fine) == (status, robots, False)
    assert row.detail
    assert row.requests <= 3


def test_a_reader_that_fails_costs_its_own_source_only(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = trs.parse_list

    def faulty(body: bytes, url: str, hints: Hints) -> ListPage:
        return sound(body, url, hints) if hints.source_id != "uno" else sound(None, url, hints)  # type: ignore[arg-type]

    monkeypatch.setattr(trs, "parse_list", faulty)
    with Site() as site:
        rows = {row.source: row for row in probed(site, sources(("uno", HOST), ("dos", HOST)))}
    assert {name: row.status for name, row in rows.items()} == {"uno": "reader-failed", "dos": "ok"}
    assert "the trs reader failed" in rows["uno"].detail.lower()
    wrong = sources(("tres", HOST))[0].model_copy(
        update={"start": (), "platform": "flk", "options": {"size": "x"}}
    )
    with Site() as site:
        (row,) = probed(site, [wrong])
    assert (row.status, row.fine, row.requests) == ("reader-failed", False, 0)


def test_hosts_take_turns_and_a_resting_source_is_not_asked() -> None:
    clock = Ticking()
    with Site() as site:
        port = site.resolve[HOST]
        asker = Client(
            request_headers("x"),
            5.0,
            {"a.example": port, "b.example": port},
            now=clock.now,
            sleep=clock.sleep,
        )
        listed = sources(("a", "a.example"), ("b", "b.example"), ("c", "a.example"))
        rows = list(probe(listed, asker, TODAY, resting=lambda s: "quiet hours" if s.id == "c" else None))
    assert [row.status for row in rows] == ["resting", "ok", "ok"]
    hosts = [url.split("/")[2] for url in asker.asked]
    assert (hosts[:2], sorted(hosts[2:])) == (["a.example", "b.example"], ["a.example", "b.example"])
    assert clock.at < 10  # one wait for both hosts, not one for each


def test_the_paper_names_what_a_person_must_look_at_first() -> None:
    good = ProbeRow("a", True, "ok", platform="trs", detected="trs", entries=9, latency="fast")
    bad = ProbeRow("b", False, "refused", "<b>no</b> | said", platform="trs")
    text = probe_markdown([good, bad], datetime(2026, 6, 1, tzinfo=UTC), 3, complete=False)
    assert "2 of 3 sources" in text
    assert "interrupted" in text
    assert "- `b` refused: \\<b\\>no\\</b\\> \\| said" in text
