"""The scheduler's files are sound, start at low priority, and watch only where a source asks for it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dashboard.commands import schedule_units as units
from dashboard.commands.schedule_units import Watching
from tests.commands.conftest import Govbrief
from tests.commands.nightly import home_of_night

WATCH = [Watching(8, 17, 30, "Asia/Shanghai"), Watching(9, 16, 60, "Europe/London")]


def test_the_night_run_comes_at_its_hour_gently_and_is_made_up_for(
    tmp_path: Path, govbrief: Govbrief
) -> None:
    home = home_of_night(tmp_path / "a home")
    told = govbrief("schedule", "--at", "01:05", "--json", "--home", home.root).json
    assert told["cron"].startswith("CRON_TZ=Asia/Shanghai\n5 1 * * * nice -n 10 ")
    assert told["warnings"] == []
    assert f"run --due --home '{home.root}' --quiet >/dev/null" in told["cron"]
    assert "OnCalendar=*-*-* 01:05:00 Asia/Shanghai\n" in told["timer"]
    assert "RandomizedDelaySec=" in told["timer"]
    assert "Persistent=true" in told["timer"]
    for line in ("Type=oneshot", "SuccessExitStatus=3 75", "Nice=10", "IOSchedulingClass=idle"):
        assert line in told["service"]
    assert told["watch"] is None
    assert "govbrief-watch" not in govbrief("schedule", "--home", home.root).out


def test_sources_that_are_watched_get_a_timer_of_their_own(tmp_path: Path, govbrief: Govbrief) -> None:
    home = home_of_night(tmp_path / "home")
    home.sources.mkdir()
    packaged = Path("crawlers/sources/sample/sample-lanjiang.toml").read_text(encoding="utf-8")
    watched = packaged + '\n[watch]\nevery_minutes = 30\nhours = "08:30-18:00"\n'
    (home.sources / "sample-lanjiang.toml").write_text(watched, encoding="utf-8")
    watch = govbrief("schedule", "--json", "--home", home.root).json["watch"]
    assert watch["cron"].startswith("CRON_TZ=Asia/Shanghai\n*/30 8-17 * * * nice -n 10 ")
    assert "run --watch --home" in watch["cron"]
    assert "OnCalendar=*-*-* 08..17:00,30:00 Asia/Shanghai" in watch["timer"]
    assert "Persistent=false" in watch["timer"]
    assert "govbrief-watch.timer" in govbrief("schedule", "--home", home.root).out


def test_watched_sources_of_two_time_zones_get_the_hours_of_each(tmp_path: Path, govbrief: Govbrief) -> None:
    home = home_of_night(tmp_path / "home")
    home.sources.mkdir()
    packaged = Path("crawlers/sources/sample/sample-lanjiang.toml").read_text(encoding="utf-8")
    for name, zone in (("sample-lanjiang", "Asia/Shanghai"), ("sample-thames", "Europe/London")):
        text = packaged.replace("sample-lanjiang", name).replace("Asia/Shanghai", zone)
        (home.sources / f"{name}.toml").write_text(text + "\n[watch]\nevery_minutes = 60\n", encoding="utf-8")
    watch = govbrief("schedule", "--json", "--home", home.root).json["watch"]
    for zone in ("Asia/Shanghai", "Europe/London"):
        assert f"CRON_TZ={zone}\n0 8-17 * * * " in watch["cron"]
        assert f"OnCalendar=*-*-* 08..17:00:00 {zone}\n" in watch["timer"]


def test_an_hour_at_which_no_source_may_be_asked_is_warned_of(tmp_path: Path, govbrief: Govbrief) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "govbrief.toml").write_text('[crawl]\nquiet_hours = "02:00-03:00"\n', encoding="utf-8")
    late = govbrief("schedule", "--at", "02:30", "--home", home)
    assert late.code == 0
    assert "quiet hours 02:00-03:00 (Asia/Shanghai). Choose another --at" in late.err
    told = govbrief("schedule", "--at", "04:30", "--json", "--home", home).json
    assert not [one for one in told["warnings"] if "quiet hours" in one]


@pytest.mark.parametrize("at", ["25:00", "2:30", "noon"])
def test_a_time_that_is_none_is_refused(tmp_path: Path, govbrief: Govbrief, at: str) -> None:
    outcome = govbrief("schedule", "--at", at, "--home", home_of_night(tmp_path / "home").root)
    assert (outcome.code, outcome.sentences) == (
        2,
        [f"--at {at} is no time; write hours and minutes such as 02:30."],
    )


def test_a_percent_sign_in_the_home_means_nothing_to_cron_or_systemd(tmp_path: Path) -> None:
    command = units.command_of("/bin/true", tmp_path / "100%", "run --due")
    assert "100\\%" in units.cron_night((2, 30), "Asia/Shanghai", command)
    assert "100%%" in units.service(command, "x")


def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze on this machine")
    files = {
        "govbrief.service": units.service(units.command_of("/bin/true", tmp_path / "a b", "run"), "night"),
        "govbrief.timer": units.night_timer("02:30", "Asia/Shanghai"),
        "govbrief-watch.service": units.service("/bin/true run --watch", "watch"),
        "govbrief-watch.timer": units.watch_timer(WATCH),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in files)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = [line for line in found.stderr.splitlines() if str(tmp_path) in line]
    assert said == []
    for text in files.values():
        for calendar in re.findall(r"^OnCalendar=(.*)$", text, re.MULTILINE):
            subprocess.run(
                ["systemd-analyze", "calendar", calendar], check=True, capture_output=True, timeout=60
            )
