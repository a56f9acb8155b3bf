"""`health` and `status`: what needs a look, what counts, what people answered, a schedule standing still."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawlers.choosing import record_skipped
from crawlers.report import write_report
from crawlers.run import CrawlSummary
from dashboard.commands.chain import summary_lines
from dashboard.commands.console import Console
from dashboard.commands.state import asks_for_a_look
from dashboard.commands.telling import after_crawl, code_of, settle_code
from dashboard.run_report import render
from tests.commands.conftest import Govbrief
from tests.commands.nightly import FIRST, home_of_night, night
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home


@pytest.fixture
def published_copy(published_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published_home, tmp_path / "copy"))


def codes(govbrief: Govbrief, home: Home) -> list[str]:
    return [alarm["code"] for alarm in govbrief("health", "--json", "--home", home.root).json["alarms"]]


def test_an_acknowledged_alarm_stays_listed_and_no_longer_counts(tmp_path: Path, govbrief: Govbrief) -> None:
    home = home_of_night(tmp_path / "home")
    night(home, ["empty-list"])
    listed = govbrief("health", "--home", home.root)
    assert "[1] Source sample-lanjiang: 3 of 4 lists hold no entry" in listed.out
    assert "(drifting since 2026-06-01.)" in listed.out
    said = govbrief("health", "--acknowledge", "1", "--acted", "--note", "called them", "--home", home.root)
    assert said.code == 0
    assert "it led to an action" in said.out
    (alarm,) = [one for one in answer(govbrief, home)["alarms"] if one["number"]]
    assert alarm["acknowledged"] == {
        "by": "local",
        "at": FIRST.isoformat(),
        "acted": True,
        "note": "called them",
    }
    assert not alarm["counts"]
    assert answer(govbrief, home)["share"] == {"days": 90, "alarms": 1, "acknowledged": 1, "acted": 1}
    shown = govbrief("health", "--home", home.root).out
    assert "Acknowledged by local, 2026-06-01, led to an action: called them." in shown
    assert "Of 1 alarms in 90 days, 1 were acknowledged and 1 led to an action." in shown


def answer(govbrief: Govbrief, home: Home) -> dict[str, Any]:
    found: dict[str, Any] = govbrief("health", "--json", "--home", home.root).json
    return found


def test_an_acknowledged_alarm_counts_again_when_its_verdict_changes(
    tmp_path: Path, govbrief: Govbrief
) -> None:
    home = home_of_night(tmp_path / "home")
    night(home, ["list-failed"])
    govbrief("health", "--acknowledge", "1", "--home", home.root)
    night(home, ["list-failed"], verdict="broken")
    (alarm,) = [one for one in answer(govbrief, home)["alarms"] if one["number"]]
    assert alarm["counts"]
    assert "It is broken since; look again." in govbrief("health", "--home", home.root).out


def test_a_sound_run_closes_the_alarm(tmp_path: Path, govbrief: Govbrief) -> None:
    home = home_of_night(tmp_path / "home")
    night(home, ["empty-list"])
    night(home)
    assert codes(govbrief, home) == ["nothing-published"]


def test_answers_need_an_alarm(tmp_path: Path, govbrief: Govbrief) -> None:
    home = home_of_night(tmp_path / "home")
    unknown = govbrief("health", "--acknowledge", "9", "--home", home.root)
    assert (unknown.code, unknown.sentences) == (
        2,
        ["There is no alarm 9; 'govbrief health' lists those that are open."],
    )
    loose = govbrief("health", "--acted", "--home", home.root)
    assert loose.code == 2
    assert "name it with --acknowledge N" in loose.err


def test_a_bad_visit_without_an_alarm_is_told_too(tmp_path: Path, govbrief: Govbrief) -> None:
    home = home_of_night(tmp_path / "home")
    night(home, verdict="blocked")
    assert codes(govbrief, home) == ["nothing-published", "source-blocked"]


def test_the_exit_code_says_whether_somebody_must_look(published_copy: Path, govbrief: Govbrief) -> None:
    assert govbrief("health", "--home", published_copy).code == 0
    home = Home.open(published_copy)
    night(home, ["empty-list"])
    assert govbrief("health", "--home", published_copy).code == 3
    govbrief("health", "--acknowledge", "1", "--no-action", "--home", published_copy)
    assert govbrief("health", "--home", published_copy).code == 0


def test_a_schedule_that_stands_still_is_an_alarm(tmp_path: Path, govbrief: Govbrief) -> None:
    night(home_of_night(tmp_path / "home"))
    assert "no-run" not in codes(govbrief, home_of_night(tmp_path / "home", 2))
    late = home_of_night(tmp_path / "home", 3)
    assert "no-run" in codes(govbrief, late)
    said = govbrief("health", "--home", late.root).out
    assert f"No run has come since {FIRST.isoformat()}" in said
    assert "sources are due every 24 hours" in said


def test_status_names_what_was_never_crawled_what_is_not_due_and_what_is_held(
    tmp_path: Path, govbrief: Govbrief
) -> None:
    home = home_of_night(tmp_path / "home")
    run_id = night(home, ["empty-list"])
    with CrawlState.open(home) as state:
        state.set_standing([f"cap-{run_id}"], "held")
    told = govbrief("status", "--json", "--home", home.root).json
    due = (FIRST + timedelta(days=1)).isoformat()
    assert told["not_due"] == [{"source_id": "sample-lanjiang", "due_at": due}]
    assert "sample-hsb" in told["never_crawled"]
    assert "sample-lanjiang" not in told["never_crawled"]
    assert told["held"] == {"sample-lanjiang": 1}
    said = govbrief("status", "--home", home.root).out
    assert "Never crawled: sample-hsb" in said
    assert "Held back: 1 captures of sample-lanjiang" in said


def test_a_source_stays_in_the_status_however_many_runs_came_since(
    tmp_path: Path, govbrief: Govbrief
) -> None:
    home = home_of_night(tmp_path / "home")
    night(home, ["empty-list"])
    for _ in range(25):
        night(home, source="sample-hsb")
    night(home, kind="watch")  # looks at lists and judges nothing
    told = govbrief("status", "--json", "--home", home.root).json
    visits = [(one["source_id"], one["verdict"]) for one in told["sources"]]
    assert visits == [("sample-hsb", "ok"), ("sample-lanjiang", "drifting")]


def test_what_was_held_back_is_let_in_by_name(tmp_path: Path, govbrief: Govbrief) -> None:
    home = home_of_night(tmp_path / "home")
    run_id = night(home, ["empty-list"])
    with CrawlState.open(home) as state:
        state.set_standing([f"cap-{run_id}"], "held")
    said = govbrief("health", "--release", "sample-lanjiang", "--home", home.root)
    assert (said.code, said.out.split(";")[0]) == (0, "1 captures of sample-lanjiang are let in")
    again = govbrief("health", "--release", "sample-lanjiang", "--home", home.root)
    assert again.out == "Nothing of sample-lanjiang is held back.\n"
    unknown = govbrief("health", "--release", "sample-nowhere", "--home", home.root)
    assert unknown.code == 2


def skipped(home: Home, days: int = 0) -> Home:
    """A night in which every source was left alone, some days later."""
    home = home_of_night(home.root, days)
    with CrawlState.open(home) as state:
        run_id = state.new_run("crawl", [])
        why = "quiet hours 00:00-23:59 (Asia/Shanghai); it is asked after them"
        record_skipped(state, run_id, {"sample-lanjiang": why}, home.clock.now())
        state.set_counts(
            [{"run_id": run_id, "source_id": "sample-lanjiang", "at": 0, "verdict": "quiet", "detail": why}]
        )
        state.end_run(run_id, "done")
        run = state.runs(limit=1)[0]
        file = write_report(home, state, run, state.health(run_id), 0)
    told = json.loads(file.read_text(encoding="utf-8"))
    text = render(told, "zh", "Asia/Shanghai", {}, "http://127.0.0.1:8501")
    assert "一切正常" not in text
    assert "| sample-lanjiang | 未访问 | 0 |" in text or days > 3  # then its alarm tells
    assert ("先看这里" in text) == (days > 3)
    return home


@pytest.mark.parametrize("visited", [True, False])
def test_a_source_that_every_night_leaves_alone_is_an_alarm(
    tmp_path: Path, govbrief: Govbrief, visited: bool
) -> None:
    home = home_of_night(tmp_path / "home")
    night(home) if visited else skipped(home)
    assert "not-visited" not in codes(govbrief, skipped(home, 3))
    late = skipped(home, 4)
    assert codes(govbrief, late).count("not-visited") == 1
    said = govbrief("health", "--home", late.root).out
    assert "Source sample-lanjiang: No visit was answered" in said
    assert "not-visited" in {
        one["code"] for one in govbrief("status", "--json", "--home", home.root).json["alarms"]
    }
    assert govbrief("health", "--acknowledge", "1", "--home", late.root).code == 0
    assert not asks_for_a_look(late)
    night(home_of_night(home.root, 5))
    assert "not-visited" not in codes(govbrief, home_of_night(home.root, 5))


def test_a_source_file_that_does_not_fit_is_an_alarm_and_hides_none(
    tmp_path: Path, govbrief: Govbrief
) -> None:
    home = home_of_night(tmp_path / "home")
    night(home, ["empty-list"])
    home.sources.mkdir()
    (home.sources / "sample-lanjiang.toml").write_text('id = "sample-lanjiang"\nwrong', encoding="utf-8")
    assert codes(govbrief, home) == ["nothing-published", "empty-list", "source-file"]
    run_id = night(home, source="sample-hsb")
    with CrawlState.open(home) as state:
        run = state.runs(limit=1)[0]
        file = write_report(home, state, run, state.health(run_id), 0)
    after_crawl(home, Console(quiet=True), file)
    settle_code(home, file, 3, "The publication was refused.")
    assert codes(govbrief, home) == ["nothing-published", "empty-list", "source-file"]
    told = file.with_suffix(".md").read_text(encoding="utf-8")
    assert "来源文件有误" in told.split("## ")[1]
    assert "退出码 3" in told
    assert "The publication was refused." in told.split("## ")[-1]
    (home.sources / "sample-lanjiang.toml").unlink()
    assert codes(govbrief, home) == ["nothing-published", "empty-list"]


def test_a_file_that_does_not_fit_is_told_before_the_first_run(tmp_path: Path, govbrief: Govbrief) -> None:
    home = home_of_night(tmp_path / "home")
    home.sources.mkdir()
    (home.sources / "mine.toml").write_text("id = ", encoding="utf-8")
    assert codes(govbrief, home) == ["nothing-published", "source-file"]


def test_a_watch_is_no_full_run(tmp_path: Path, govbrief: Govbrief) -> None:
    night(home_of_night(tmp_path / "home"))
    late = home_of_night(tmp_path / "home", 3)
    night(late, kind="watch")
    assert "no-run" in codes(govbrief, late)


def test_a_run_whose_process_is_gone_was_interrupted(tmp_path: Path, govbrief: Govbrief) -> None:
    home = home_of_night(tmp_path / "home")
    with CrawlState.open(home) as state:
        run_id = state.new_run("crawl", [])
        assert "run-interrupted" not in codes(govbrief, home)
    assert f"The last run, {run_id}, was interrupted; the next" in govbrief("health", "--home", home.root).out
    assert f"Run {run_id} (crawl): interrupted" in govbrief("status", "--home", home.root).out


def test_what_was_acknowledged_is_no_failure_of_the_run(tmp_path: Path, govbrief: Govbrief) -> None:
    home = home_of_night(tmp_path / "home")
    run_id = night(home, ["blocked"], verdict="blocked")
    with CrawlState.open(home) as state:
        state.end_run(run_id, "failed")  # none of its sources was well
        health = {one.source_id: one for one in state.health(run_id)}
    assert codes(govbrief, home) == ["nothing-published", "blocked"]
    summary = CrawlSummary(run_id, health, 4, "failed")
    assert code_of(home, summary) == 4
    govbrief("health", "--acknowledge", "1", "--home", home.root)
    assert code_of(home, summary) == 0
    with CrawlState.open(home) as state:
        file = write_report(home, state, state.runs(limit=1)[0], health.values(), 0)
    told = render(json.loads(file.read_text(encoding="utf-8")), "zh", "Asia/Shanghai", {})
    assert "先看这里" not in told
    assert "有 1 个来源的警报已有人查看" in told
    assert ", 已有人查看: " in told.split("## ")[1]


def test_an_address_longer_than_a_line_is_cut_at_the_terminal(tmp_path: Path, govbrief: Govbrief) -> None:
    home = home_of_night(tmp_path / "home")
    address = "http://a.example/search?" + "x" * 300
    run_id = night(home, verdict="broken")
    with CrawlState.open(home) as state:
        row = {"run_id": run_id, "source_id": "sample-lanjiang", "at": 0, "detail": f"{address} answers 500"}
        state.set_counts([row])
        health = {one.source_id: one for one in state.health(run_id)}
    (line,) = summary_lines({"crawl": {"sources": {}}})
    assert line == "crawl: nothing to do"
    lines = summary_lines({"crawl": CrawlSummary(run_id, health)})
    said = [govbrief(verb, "--home", home.root).out for verb in ("health", "status")]
    for text in (*said, "\n".join(lines)):
        assert "http://a.example/search?xxx" in text
        assert address not in text
    assert "new pages 2" in lines[1]
    assert "new_pages" in said[1]
