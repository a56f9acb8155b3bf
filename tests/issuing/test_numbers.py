"""Numbers of issues: one after the other in each series and year, whoever signs at the same moment."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.issuing.desk_of_drafts import SERIES, approval, in_review, signed, written
from warehouse.desk import Desk
from warehouse.desk.issues.sign_off import Written
from warehouse.desk.issues.signed import Numbered
from warehouse.errors import UserError
from warehouse.home import Home

ROOT = Path(__file__).resolve().parents[2]
EACH = 12


@pytest.fixture
def desk(home: Home) -> Desk:
    return Desk.open(home)


def numbers(desk: Desk) -> list[tuple[int, int]]:
    return sorted((one.number, one.total) for one in desk.issues.all(SERIES))


def test_numbers_begin_anew_each_year_and_the_total_goes_on(desk: Desk) -> None:
    found = [signed(desk, year=year) for year in (2025, 2025, 2026)] + [signed(desk, series="另一种")]
    assert [(one.year, one.number, one.total) for one in found] == [
        (2025, 1, 1), (2025, 2, 2), (2026, 1, 3), (2026, 1, 1),
    ]  # fmt: skip


def test_two_processes_approving_at_once_leave_neither_gap_nor_double(home: Home, desk: Desk) -> None:
    drafts = [in_review(desk) for _ in range(2 * EACH)]
    command = [sys.executable, "-m", "tests.issuing.desk_of_drafts", str(home.root)]
    halves = [
        subprocess.Popen(
            [*command, *map(str, drafts[part::2])], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for part in (0, 1)
    ]
    for one in halves:
        assert one.stdout is not None
        assert one.stdout.readline() == b"ready\n"
    for one in halves:
        one.communicate(b"\n", timeout=60)
        assert one.returncode == 0
    assert numbers(desk) == [(n, n) for n in range(1, 2 * EACH + 1)]
    for issue in desk.issues.all(SERIES):
        told = f"第{issue.number}期（总第{issue.total}期）"
        assert desk.issues.data(issue.issue_id, "md").decode("utf-8") == told


def test_threads_approving_at_once_leave_neither_gap_nor_double(desk: Desk) -> None:
    asked = [approval(desk, in_review(desk)) for _ in range(EACH)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda one: desk.issues.sign_off.approve(one, written), asked))
    assert numbers(desk) == [(n, n) for n in range(1, EACH + 1)]


def test_one_draft_approved_twice_at_once_becomes_one_issue(desk: Desk) -> None:
    asked = approval(desk, in_review(desk))

    def sign(_: int) -> bool:
        try:
            desk.issues.sign_off.approve(asked, written)
        except UserError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(sign, range(4))) == 1
    assert numbers(desk) == [(1, 1)]


def test_an_approval_that_fails_uses_no_number(desk: Desk) -> None:
    asked = approval(desk, in_review(desk))

    def fails(given: Numbered) -> Written:
        raise UserError("no font")

    with pytest.raises(UserError, match="no font"):
        desk.issues.sign_off.approve(asked, fails)
    assert desk.drafts.get(asked.draft_id).state == "review"
    assert signed(desk).number == 1
    assert desk.issues.sign_off.approve(asked, written).number == 2


def test_an_approval_overtaken_while_files_are_written_writes_them_for_its_own_number(desk: Desk) -> None:
    asked = approval(desk, in_review(desk))
    given: list[int] = []

    def overtaken(place: Numbered) -> Written:
        given.append(place.number)
        if len(given) == 1:
            signed(desk)
        return written(place)

    issue = desk.issues.sign_off.approve(asked, overtaken)
    assert (given, issue.number) == ([1, 2], 2)
    assert "第2期" in desk.issues.frozen(issue.issue_id)


# Ends itself with SIGKILL within the transaction, after the issue and before its files are kept.
_KILLED = """
import os, signal, sys
from pathlib import Path
from warehouse.desk.issues import sign_off
from tests.issuing import desk_of_drafts as drafts
from warehouse.desk import Desk
from warehouse.home import Home

def killed(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)

sign_off.keep_files = killed
desk = Desk.open(Home.open(Path(sys.argv[1])))
desk.issues.sign_off.approve(drafts.approval(desk, int(sys.argv[2])), drafts.written)
"""


def test_a_killed_approval_leaves_no_gap(home: Home, desk: Desk) -> None:
    draft_id = in_review(desk)
    command = [sys.executable, "-c", _KILLED, str(home.root), str(draft_id)]
    ended = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    assert desk.drafts.get(draft_id).state == "review"
    assert desk.issues.all() == []
    assert desk.issues.sign_off.approve(approval(desk, draft_id), written).number == 1


def test_a_withdrawn_issue_keeps_its_number(desk: Desk) -> None:
    first = signed(desk)
    gone = desk.issues.sign_off.withdraw(first.issue_id, "local", "数据有误")
    assert (gone.state, gone.number) == ("withdrawn", 1)
    assert signed(desk).number == 2
    with pytest.raises(UserError, match="only a signed issue is withdrawn"):
        desk.issues.sign_off.withdraw(first.issue_id, "local", "再撤一次")


def test_a_corrected_issue_names_the_one_in_its_place(desk: Desk) -> None:
    first = signed(desk)
    asked = approval(desk, in_review(desk), corrects=first.issue_id)
    second = desk.issues.sign_off.approve(asked, written)
    held = desk.issues.one(first.issue_id)
    assert (held.state, held.corrected_by, second.number) == ("corrected", second.issue_id, 2)


def test_correcting_an_issue_of_another_series_signs_nothing(desk: Desk) -> None:
    other = signed(desk, series="另一种")
    asked = approval(desk, in_review(desk), corrects=other.issue_id)
    with pytest.raises(UserError, match="of the series '另一种'"):
        desk.issues.sign_off.approve(asked, written)
    assert numbers(desk) == []


@pytest.mark.parametrize(
    "statement",
    [
        "update issue set title = '改'",
        "update issue set frozen = '{}'",
        "update issue set number = 9",
        "update issue set sha256 = replace(sha256, 'a', 'b'), approved_by = 'x'",
        "delete from issue",
        "update issue_file set data = x'00', size = 1",
        "delete from issue_file",
        "update sign_off_step set remark = ''",
        "delete from sign_off_step",
        "insert into issue_file values (1, 'pdf', x'0001', 1, '')",
    ],
)
def test_a_signed_issue_can_never_change(home: Home, desk: Desk, statement: str) -> None:
    signed(desk)
    with sqlite3.connect(home.desk_file) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)


def test_an_ended_issue_is_not_signed_again(home: Home, desk: Desk) -> None:
    desk.issues.sign_off.withdraw(signed(desk).issue_id, "local", "数据有误")
    with sqlite3.connect(home.desk_file) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("update issue set state = 'signed', state_at = null")
