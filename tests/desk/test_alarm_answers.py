"""Answers to alarms: who saw one, whether it led to an action, and what share of them does."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from warehouse.desk import Desk
from warehouse.desk.answers import Share, silences
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.run_records import Alarm

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
ALARM = Alarm(7, "a", "list-empty", "broken", "The list is empty.", "r1", NOON, "r1", NOON, None, None)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.open(Home.create(tmp_path / "home", '[clock]\nnow = "2026-06-01T12:00:00+08:00"\n'))


def test_an_alarm_is_acknowledged_first_and_told_to_have_led_to_an_action_later(desk: Desk) -> None:
    first = desk.alarm_answers.give(ALARM, "local", note="asked the office")
    assert (first.account, first.at, first.acted, first.note) == ("local", NOON, None, "asked the office")
    second = desk.alarm_answers.give(ALARM, "local", acted=True)
    assert (second.acted, second.note) == (True, "asked the office")
    assert desk.alarm_answers.of([ALARM]) == {7: second}
    actions = [(event.action, event.subject) for event in desk.audit_events(limit=2)]
    assert actions == [("answer-alarm", "alarm 7")] * 2


def test_an_answer_silences_the_verdict_it_was_given_for(desk: Desk) -> None:
    answer = desk.alarm_answers.give(ALARM, "local")
    assert silences(answer, ALARM)
    assert not silences(answer, replace(ALARM, verdict="blocked"))
    assert not silences(None, ALARM)


def test_an_alarm_of_a_crawl_state_made_anew_was_never_answered(desk: Desk) -> None:
    desk.alarm_answers.give(ALARM, "local")
    assert desk.alarm_answers.of([replace(ALARM, opened_at=NOON + timedelta(days=1))]) == {}


def test_the_share_that_led_to_an_action_is_counted(desk: Desk) -> None:
    alarms = [replace(ALARM, alarm_no=number) for number in range(1, 6)]
    for alarm, acted in zip(alarms, (True, False, None, None), strict=False):
        desk.alarm_answers.give(alarm, "local", acted=acted)
    desk.alarm_answers.give(alarms[2], "local", acted=True)
    assert desk.alarm_answers.share(alarms) == Share(5, 4, 2)


def test_answers_are_a_log(desk: Desk, tmp_path: Path) -> None:
    desk.alarm_answers.give(ALARM, "local")
    with sqlite3.connect(tmp_path / "home" / "desk.sqlite") as connection:
        for statement in ("delete from alarm_answer", "update alarm_answer set acted = 1"):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)


def test_a_note_is_text_of_a_bearable_length(desk: Desk) -> None:
    with pytest.raises(UserError, match="2001 characters are too many"):
        desk.alarm_answers.give(ALARM, "local", note="长" * 2001)
