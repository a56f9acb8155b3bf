"""The run report: numbers, findings, alarms, the disk; in the reader's language, and not for ever."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawlers.disk_forecast import forecast
from crawlers.report import write_report
from dashboard.run_report import render, size
from tests.commands.nightly import FIRST, home_of_night, night
from tests.commands.test_json import MANUAL, differences
from warehouse.crawl_state.figures import RunBytes
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home

GB = 10**9


def report_of(home: Home, run_id: str, code: int = 3) -> dict[str, Any]:
    with CrawlState.open(home) as state:
        run = next(one for one in state.runs() if one.run_id == run_id)
        file = write_report(home, state, run, state.health(run_id), code)
    report: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return report


def test_the_report_tells_failures_by_class_fill_rates_findings_and_alarms(tmp_path: Path) -> None:
    home = home_of_night(tmp_path / "home")
    report = report_of(home, night(home, ["empty-list"]))
    (source,) = report["sources"]
    assert report["errors"] == source["errors"] == {"robots": 1, "timeout": 1}
    assert source["fill"] == {"published": 0.25, "title": 1.0}
    assert [one["code"] for one in source["findings"]] == ["empty-list"]
    assert source["findings"][0]["good_capture"] == "cap-good"
    assert [one["code"] for one in report["alarms"]["opened"]] == ["empty-list"]
    later = home_of_night(tmp_path / "home", 1)
    second = report_of(later, night(later, ["empty-list", "silent"]))
    assert [one["code"] for one in second["alarms"]["opened"]] == ["silent"]
    assert [one["code"] for one in second["alarms"]["continuing"]] == ["empty-list"]
    last = home_of_night(tmp_path / "home", 2)
    third = report_of(last, night(last, source="sample-hsb"), 0)
    assert {one["code"] for one in third["alarms"]["elsewhere"]} == {"empty-list", "silent"}
    fourth = report_of(last, night(last), 0)
    assert {one["code"] for one in fourth["alarms"]["closed"]} == {"empty-list", "silent"}


def test_the_report_has_the_keys_of_the_manual(tmp_path: Path) -> None:
    home = home_of_night(tmp_path / "home")
    report = report_of(home, night(home, ["empty-list"]))
    section = MANUAL.read_text(encoding="utf-8").split("\n## run-reports/ID.json\n")[1]
    said = json.loads(section.split("```json\n")[1].split("```")[0])
    assert differences(said, {**report, "told": {"alarms": [], "remarks": []}}) == []


def test_the_markdown_begins_with_what_needs_a_look_in_the_reader_s_language(tmp_path: Path) -> None:
    home = home_of_night(tmp_path / "home")
    report = report_of(home, night(home, ["empty-list"]))
    report["remark"] = "None of 9 sites could be reached: our own connection seems to be down."
    named = {"sample-lanjiang": "澜江市人民政府"}
    zh = render(report, "zh", "Asia/Shanghai", named, "http://127.0.0.1:8501")
    assert "1 个来源中有 1 个需要看一眼" in zh.splitlines()[2]
    first = zh.split("## ")[1]
    assert first.startswith("先看这里")
    assert "4 个列表中有 3 个没有一条内容" in first
    assert "新警报" in first
    place = "http://127.0.0.1:8501/archive/compare/cap-good/cap-run-20260601-000000-001"
    assert f"（在仪表板中打开）: {place}" in first
    assert "**9 个网站没有一个连得上" in zh.split("## ")[0]
    assert "超时，没有收到完整回应: 1" in zh
    assert "| 澜江市人民政府 | 25% | 100% |" in zh
    en = render(report, "en", "Asia/Shanghai", {})
    assert en.split("## ")[1].startswith("Look here first")
    assert "lists hold no entry" in en


def test_crawled_words_mean_nothing_in_the_markdown(tmp_path: Path) -> None:
    home = home_of_night(tmp_path / "home")
    report = report_of(home, night(home))
    report["sources"][0] |= {"detail": "<b>x</b> | [y](http://z.example)\n# z", "verdict": "broken"}
    told = render(report, "en", "Asia/Shanghai", {})
    assert "\\<b\\>x\\</b\\> \\| \\[y\\](http://z.example) \\# z" in told


def test_old_reports_go_and_watch_reports_lie_apart(tmp_path: Path) -> None:
    home = home_of_night(tmp_path / "home", 0, "[reports]\nkeep = 40\n")
    report_of(home, night(home))
    report_of(home, night(home, kind="watch"))
    (home.reports / "notes.md").write_text("a person's own", encoding="utf-8")
    names = sorted(file.relative_to(home.reports).as_posix() for file in home.reports.rglob("*.json"))
    assert names == ["run-20260601-000000-001.json", "watch/run-20260601-000000-002.json"]
    later = home_of_night(tmp_path / "home", 32, "[reports]\nkeep = 40\n")
    report_of(later, night(later))
    assert not (home.reports / "watch" / "run-20260601-000000-002.json").exists()
    assert (home.reports / "run-20260601-000000-001.json").exists()
    last = home_of_night(tmp_path / "home", 41, "[reports]\nkeep = 40\n")
    report_of(last, night(last))
    assert sorted(file.name for file in home.reports.glob("*.*")) == [
        "notes.md",
        "run-20260703-000000-001.json",
        "run-20260712-000000-001.json",
    ]


def runs(sizes: list[int], watch: int = 0) -> list[RunBytes]:
    """Nightly runs of these sizes, newest first, and a watch run of some bytes between each two."""
    nights = [RunBytes(f"r{n}", "crawl", FIRST + timedelta(days=n), size) for n, size in enumerate(sizes)]
    watched = [
        RunBytes(f"w{n}", "watch", FIRST + timedelta(days=n, hours=9), watch) for n in range(len(sizes) - 1)
    ]
    return sorted([*nights, *(watched if watch else [])], key=lambda one: one.started_at, reverse=True)


@pytest.mark.parametrize(
    ("sizes", "watch", "free", "days", "short"),
    [
        ([GB] * 14, 0, 100 * GB, 100, False),
        ([GB] * 14, 0, 20 * GB, 20, True),
        ([50 * GB] + [GB] * 13, 0, 100 * GB, 100, False),  # a first harvest
        ([GB] * 13 + [50 * GB], 0, 100 * GB, 100, False),  # one huge night
        ([GB] * 14, GB, 20 * GB, 10, True),  # watch runs count too
        ([1000] * 14, 0, 100 * GB, None, False),  # for ten years and more
        ([GB, GB], 0, GB, None, False),  # too few runs
    ],
)
def test_the_disk_forecast_follows_the_pace_of_the_last_runs(
    sizes: list[int], watch: int, free: int, days: int | None, short: bool
) -> None:
    told = forecast(runs(sizes, watch), free)
    assert (told.days_left, told.short) == (days, short)


def test_runs_that_grow_fill_the_disk_sooner() -> None:
    growing = forecast(runs([n * GB for n in range(1, 15)]), 100 * GB)
    assert growing.growth_a_run == GB
    assert growing.bytes_a_run == 15 * GB
    assert growing.days_left == 5  # 15 + 16 + 17 + 18 + 19 are 85 of 100


def test_bytes_are_told_in_round_numbers() -> None:
    assert [size(n) for n in (0, 999, 12_345, 2_400_000, 3 * 10**12)] == [
        "0 B",
        "999 B",
        "12 KB",
        "2 MB",
        "3.0 TB",
    ]
