"""What a benchmark tells: each bar with its verdict, kept from run to run, and written as a page."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dashboard.commands.main import main
from tests.commands.test_json import differences, documented
from warehouse.bench.across import across
from warehouse.bench.figures import Bar, Part, measured, read_parts, table, write_parts
from warehouse.bench.memory import MemoryWatch
from warehouse.bench.report import bar_rows, markdown
from warehouse.bench.timing import in_turns, ratio, spread
from warehouse.errors import UserError


def part(name: str, size: int, seconds: float, *bars: Bar) -> Part:
    shown = table("Times", ("what", "ms"), [("one | two", seconds)])
    figures = {"adding 1,000 and publishing, seconds": seconds}
    return Part(name, size, "Made documents.", (shown,), bars, ("One thing was left out.",), figures)


def test_a_bar_says_whether_it_is_reached_and_when_nothing_was_measured() -> None:
    assert Bar("speed", 0.8, 0.7, at_most=False).verdict == "met"
    assert Bar("milliseconds", 101.0, 100.0).verdict == "NOT MET"
    assert Bar("milliseconds", None, 100.0).verdict == "not measured"


def test_a_missed_bar_stands_on_the_page_and_what_was_not_run_is_named() -> None:
    page = markdown({"search 1": part("search", 1, 2.0, Bar("search: p95", 5.0, 3.0))})
    assert "| search: p95 | 5 | at most 3 | NOT MET |  |" in page
    assert "Not run, so nothing is claimed of them here: index, publish," in page
    assert "One thing was left out." in page
    assert "| one \\| two | 2 |" in page


def test_parts_are_kept_and_a_later_run_of_the_same_size_takes_the_place(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    kept = measured(lambda: part("search", 10, 1.0, Bar("a", 1.0, 2.0)))
    write_parts(file, {kept.key: kept})
    assert read_parts(file) == {"search 10": kept}
    assert kept.ended
    file.write_text("[1]", encoding="utf-8")
    with pytest.raises(UserError, match="holds no results"):
        read_parts(file)


def test_two_sizes_tell_how_publishing_grows() -> None:
    parts = [part("publish", 100_000, 10.0), part("publish", 1_000_000, 40.0), part("search", 5, 1.0)]
    found = across({one.key: one for one in parts})
    assert [(bar.value, bar.verdict) for bar in found.bars] == [(4.0, "NOT MET")]
    assert found.tables[0].rows == (("adding 1,000 and publishing, seconds", 10.0, 40.0, 4.0),)
    assert bar_rows(found.bars)[0][2] == "at most 3"


def test_both_sides_are_called_in_turns_and_the_quickest_of_each_counts() -> None:
    calls: list[str] = []
    slow = iter([0.0, 0.02, 0.0])

    def ours() -> None:
        calls.append("ours")
        time.sleep(next(slow))

    times = in_turns([(ours, lambda: calls.append("bare"))], rounds=2)
    assert calls == ["ours", "bare"] * 3
    assert times[0][0] < 15
    assert spread([1.0, 2.0, 3.0, 100.0]).late == 100.0
    assert ratio(3.0, 2.0) == 1.5


def test_memory_of_started_processes_is_counted_too() -> None:
    hold = (
        "held = bytearray(60_000_000); held[::4096] = b'x' * len(held[::4096]); import time; time.sleep(1.5)"
    )
    with MemoryWatch() as alone:
        pass
    with MemoryWatch() as watch:
        subprocess.run([sys.executable, "-c", hold], check=True)
    assert watch.peak_mb > alone.peak_mb + 40


def test_a_benchmark_refuses_where_there_is_no_room(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["bench", "search", "--size", "99000000000", "--home-folder", str(tmp_path)])
    assert code == 5
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert "bench search needs" in said
    assert "--size" in said


@pytest.mark.slow
def test_a_search_benchmark_is_shown_kept_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results, page = tmp_path / "results.json", tmp_path / "page.md"
    words = ["bench", "search", "--size", "60", "--home-folder", str(tmp_path / "homes"), "--json", "--quiet"]
    assert main([*words, "--results", str(results), "--write", str(page)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert differences(documented("bench search --json"), told) == []
    assert told["size"] == 60
    assert len(told["tables"][0]["rows"]) == 7
    assert "## search, 60 documents" in page.read_text(encoding="utf-8")
    assert list(read_parts(results)) == ["search 60"]
