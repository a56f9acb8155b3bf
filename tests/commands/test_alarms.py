"""New alarms reach people by mail and webhook and a monitor by a file; what fails is said and tried again."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from crawlers.report import write_report
from dashboard.alarms.delivery import NotDelivered, post
from dashboard.alarms.digest import Digest
from dashboard.alarms.metrics import Metric, exposition
from dashboard.commands.console import Console
from dashboard.commands.telling import after_crawl
from tests.commands.listeners import mail_server, web_server
from tests.commands.nightly import home_of_night, night
from tests.commands.test_json import MANUAL, differences
from warehouse.crawl_state.store import CrawlState
from warehouse.errors import UserError
from warehouse.home import Home

SAMPLE = re.compile(r'^([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (-?[0-9.e+]+|NaN)$')


def mail_settings(port: int, tls: str = "none") -> str:
    return (
        '[alarms]\nmail_to = "a@library.example, b@library.example"\nmail_from = "govbrief@library.example"\n'
        f'smtp_host = "127.0.0.1"\nsmtp_port = {port}\nsmtp_tls = "{tls}"\n'
    )


def tell(home: Home, codes: list[str] | None = None) -> dict[str, Any]:
    """A night with these findings and what follows it; the report as it is then."""
    run_id = night(home, codes or [])
    with CrawlState.open(home) as state:
        run = next(one for one in state.runs() if one.run_id == run_id)
        file = write_report(home, state, run, state.health(run_id), 3)
    after_crawl(home, Console(quiet=True), file)
    report: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return report


def test_a_new_alarm_is_mailed_once_in_the_language_of_the_home(tmp_path: Path) -> None:
    with mail_server() as server:
        home = home_of_night(tmp_path / "home", 0, mail_settings(server.server_address[1]))
        assert tell(home, ["empty-list"])["told"] == {"alarms": [1], "remarks": []}
        tell(home, ["empty-list"])  # goes on: nothing new to tell
        assert tell(home, ["empty-list", "silent"])["told"]["alarms"] == [2]
    first, second = server.messages
    assert server.recipients == ["a@library.example", "b@library.example"] * 2
    assert first["Subject"] == "政务文献简报：1 条新警报"
    assert first["Auto-Submitted"] == "auto-generated"
    text = first.get_content()
    assert "[1] 澜江市人民政府（示例数据） (sample-lanjiang): 有偏差" in text
    assert "4 个列表中有 3 个没有一条内容" in text
    assert "另有 1 条此前的警报尚未解除" in second.get_content()


def test_an_alarm_that_closed_and_opens_again_is_told_again(tmp_path: Path) -> None:
    with mail_server() as server:
        home = home_of_night(tmp_path / "home", 0, mail_settings(server.server_address[1]))
        for codes in (["empty-list"], [], ["empty-list"]):
            tell(home, codes)
    assert len(server.messages) == 2


@pytest.mark.parametrize(
    ("refusing", "tls", "said"),
    [(True, "none", "no such person"), (False, "starttls", "STARTTLS"), (False, "tls", "127.0.0.1")],
)
def test_a_mail_server_that_fails_is_a_remark_and_the_alarm_is_told_next_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], refusing: bool, tls: str, said: str
) -> None:
    with mail_server(refusing) as server:
        home = home_of_night(tmp_path / "home", 0, mail_settings(server.server_address[1], tls))
        report = tell(home, ["empty-list"])
    assert report["told"]["alarms"] == []
    (remark,) = report["told"]["remarks"]
    assert remark.startswith("Mail was not sent")
    assert said in remark
    assert remark in capsys.readouterr().err
    assert "Mail was not sent" in next(home.reports.glob("*.md")).read_text(encoding="utf-8")
    with mail_server() as server:
        home = home_of_night(tmp_path / "home", 0, mail_settings(server.server_address[1]))
        assert tell(home, ["empty-list"])["told"]["alarms"] == [1]


def test_a_password_is_not_sent_unsealed_to_another_machine(tmp_path: Path) -> None:
    settings = mail_settings(1).replace("127.0.0.1", "mail.library.example") + 'smtp_user = "u"\n'
    report = tell(home_of_night(tmp_path / "home", 0, settings), ["empty-list"])
    assert "a password is not sent without TLS" in report["told"]["remarks"][0]


def test_the_webhook_gets_what_the_manual_says_with_its_secret(tmp_path: Path) -> None:
    with web_server(200) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/hook/token"
        settings = f'[alarms]\nwebhook = "{address}"\nwebhook_secret_file = "secret"\n'
        home = home_of_night(tmp_path / "home", 0, settings)
        (home.root / "secret").write_text("s3cret\nsecond line\n", encoding="utf-8")
        tell(home, ["empty-list"])
    (body,) = server.bodies
    assert server.secrets == ["s3cret"]
    section = MANUAL.read_text(encoding="utf-8").split("\n## POST to [alarms] webhook\n")[1]
    said = json.loads(section.split("```json\n")[1].split("```")[0])
    assert differences(said, body) == []
    assert [one["code"] for one in body["alarms"]] == ["empty-list"]


@pytest.mark.parametrize(
    ("statuses", "tries", "problem"),
    [
        ([503, 429, 200], 3, None),
        ([500], 3, "status 500"),
        ([403], 1, "status 403"),
        ([302], 1, "status 302"),  # not followed
    ],
)
def test_the_webhook_is_tried_again_within_bounds(
    tmp_path: Path, statuses: list[int], tries: int, problem: str | None
) -> None:
    waited: list[float] = []
    with web_server(*statuses) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}/hook/token"
        home = home_of_night(tmp_path / "home", 0, f'[alarms]\nwebhook = "{address}"\n')
        digest = Digest((1,), "", "", {"alarms": []})
        try:
            post(home, digest, sleep=waited.append)
            said = None
        except NotDelivered as error:
            said = str(error)
    assert len(server.bodies) == tries
    assert waited == [0.0, 2.0, 8.0][:tries]
    assert (said is None) == (problem is None)
    assert problem is None or (problem in str(said) and "token" not in str(said))


def test_when_one_of_two_ways_fails_both_are_tried_again(tmp_path: Path) -> None:
    with web_server(200) as web, mail_server(refusing=True) as mail:
        hook = f'webhook = "http://127.0.0.1:{web.server_address[1]}/"\n'
        home = home_of_night(tmp_path / "home", 0, mail_settings(mail.server_address[1]) + hook)
        assert tell(home, ["empty-list"])["told"]["alarms"] == []
        tell(home, ["empty-list"])
    assert [one["alarms"][0]["number"] for one in web.bodies] == [1, 1]


def test_alarms_of_a_source_switched_off_are_closed_after_the_next_run(tmp_path: Path) -> None:
    home = home_of_night(tmp_path / "home")
    night(home, ["empty-list"], source="sample-gone")
    tell(home)
    with CrawlState.look(home) as state:
        assert state.health_table.alarms() == []


def test_metrics_are_valid_exposition_text(tmp_path: Path) -> None:
    home = home_of_night(tmp_path / "home", 0, '[alarms]\nprometheus_file = "metrics/govbrief.prom"\n')
    tell(home, ["empty-list"])
    text = (home.root / "metrics" / "govbrief.prom").read_text(encoding="utf-8")
    samples = parsed(text)
    assert samples["govbrief_source_verdict", 'source="sample-lanjiang",verdict="drifting"'] == 1
    assert samples["govbrief_source_verdict", 'source="sample-lanjiang",verdict="ok"'] == 0
    assert samples["govbrief_source_requests", 'source="sample-lanjiang"'] == 5
    assert samples["govbrief_source_new", 'source="sample-lanjiang"'] == 2
    assert samples["govbrief_source_days_since_new", 'source="sample-lanjiang"'] == 0
    assert samples["govbrief_alarms_open", 'verdict="drifting"'] == 1
    assert samples["govbrief_run_start_timestamp_seconds", 'kind="crawl"'] == 1780272000
    assert samples["govbrief_disk_free_bytes", ""] > 0


def test_a_label_with_quotes_and_newlines_stays_one_line() -> None:
    text = exposition([Metric("x", "What it is.", [({"source": 'a"b\\c\nd'}, 1.5)]), Metric("y", "Empty.")])
    assert parsed(text) == {("x", 'source="a\\"b\\\\c\\nd"'): 1.5}


def test_a_metrics_folder_that_cannot_be_made_is_said_and_ends_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = home_of_night(tmp_path / "home", 0, '[alarms]\nprometheus_file = "govbrief.toml/x.prom"\n')
    tell(home)
    assert "see [alarms] prometheus_file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('webhook = "http://hooks.example/x"', "webhook must be https"),
        ('webhook = "http://127.0.0.1.hooks.example/x"', "webhook must be https"),
        ('mail_to = "a@b.example"', "mail_to needs mail_from"),
        ('smtp_tls = "ssl"', "none of starttls, tls, none"),
    ],
)
def test_settings_that_cannot_work_are_refused_by_name(tmp_path: Path, settings: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        home_of_night(tmp_path / "home", 0, f"[alarms]\n{settings}\n")


def parsed(text: str) -> dict[tuple[str, str], float]:
    """Samples by name and labels; fails where a line is no exposition format or a metric has no meaning."""
    told: set[str] = set()
    samples: dict[tuple[str, str], float] = {}
    for line in text.splitlines():
        if line.startswith("# HELP "):
            told.add(line.split(" ")[2])
        elif line.startswith("# TYPE "):
            assert line.split(" ")[2:] == [*(told & {line.split(" ")[2]}), "gauge"], line
        else:
            match = SAMPLE.match(line)
            assert match, line
            assert match[1] in told, line
            key = (match[1], match[2] or "")
            assert key not in samples, line
            samples[key] = float(match[3])
    assert text.endswith("\n")
    return samples
