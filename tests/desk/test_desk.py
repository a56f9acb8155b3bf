"""What people write is kept, shown at once, can be undone, and is logged."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from warehouse.clock import FixedClock
from warehouse.desk import Desk
from warehouse.desk.engine import open_engine
from warehouse.errors import EnvironmentProblem, UserError
from warehouse.home import Home

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
WELFARE = {"code": "17-03", "name": "民政、扶贫、救灾\\社会福利"}
HEALTH = {"code": "13-01", "name": "卫生、体育\\卫生"}
ROW = {
    "document_id": "doc-1", "title": "关于养老的通知", "topic_code": "10-01", "topic_path": "城乡\\规划",
    "topic1_code": "10", "topic1_name": "城乡", "department_code": None, "published": date(2026, 5, 1),
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.create(tmp_path / "home", '[clock]\nnow = "2026-06-01T12:00:00+08:00"\n')


@pytest.fixture
def desk(home: Home) -> Desk:
    return Desk.open(home)


def test_single_user_is_local_admin(desk: Desk) -> None:
    account = desk.current_user()
    assert (account.name, account.role, account.created_at) == ("local", "administrator", NOON)


def test_correction_shows_at_once_over_document_rows(desk: Desk) -> None:
    desk.correct("doc-1", "topic", WELFARE, {"code": "10-01", "name": "城乡\\规划"}, "养老属民政", "local")
    desk.correct("doc-1", "published", "2026-05-02", "2026-05-01", "", "local")
    shown, other = desk.overlay([ROW, {**ROW, "document_id": "doc-2"}])
    assert (shown["topic_code"], shown["topic1_code"], shown["topic1_name"]) == (
        "17-03",
        "17",
        "民政、扶贫、救灾",
    )
    assert shown["published"] == date(2026, 5, 2)
    assert shown["corrected"] == ("published", "topic")
    assert other == {**ROW, "document_id": "doc-2", "corrected": ()}
    assert "corrected" not in ROW


def test_columns_a_row_does_not_have_are_not_added(desk: Desk) -> None:
    desk.correct("doc-1", "topic", WELFARE, None, "", "local")
    assert desk.overlay([{"document_id": "doc-1", "title": "x"}]) == [
        {"document_id": "doc-1", "title": "x", "corrected": ("topic",)}
    ]


def test_undo_shows_the_correction_before_it(desk: Desk) -> None:
    desk.correct("doc-1", "topic", WELFARE, None, "", "local")
    second = desk.correct("doc-1", "topic", HEALTH, WELFARE, "", "local")
    assert [one.value for one in desk.corrections()] == [HEALTH]
    undone = desk.undo(second.correction_id, "local")
    assert undone.undone_by == "local"
    assert [one.value for one in desk.corrections("doc-1")] == [WELFARE]
    assert len(desk.corrections("doc-1", active=False)) == 2


def test_undo_after_publication_shows_the_value_before(home: Home) -> None:
    clock = {"now": NOON}

    class Moving:
        def now(self) -> datetime:
            return clock["now"]

    Desk.open(home)
    desk = Desk(open_engine(home.desk_file), Moving())
    made = desk.correct("doc-1", "topic", WELFARE, {"code": "10-01", "name": "城乡\\规划"}, "", "local")
    published_at = NOON + timedelta(hours=1)
    baked = {**ROW, "topic_code": "17-03", "topic_path": WELFARE["name"]}
    clock["now"] = NOON + timedelta(hours=2)
    desk.undo(made.correction_id, "local")
    assert desk.overlay([baked], published_at)[0]["topic_code"] == "10-01"
    assert desk.overlay([ROW], NOON + timedelta(hours=3))[0]["corrected"] == ()


def test_undoing_twice_is_refused(desk: Desk) -> None:
    made = desk.correct("doc-1", "title", "新题目", "旧题目", "", "local")
    desk.undo(made.correction_id, "local")
    with pytest.raises(UserError, match="already undone by local"):
        desk.undo(made.correction_id, "local")
    with pytest.raises(UserError, match="no correction 99"):
        desk.undo(99, "local")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("colour", "red", "Field 'colour' cannot be corrected"),
        ("topic", "17-03", "give a code and a name"),
        ("topic", {"code": "", "name": "x"}, "nothing was written"),
        ("title", "  ", "nothing was written"),
        ("title", "a\x00b", "control characters"),
        ("title", "长" * 501, "at most 500"),
        ("published", "1 May", "is no date"),
        ("title", "同样", "already says this"),
    ],
)
def test_unfit_correction_is_explained(desk: Desk, field: str, value: object, message: str) -> None:
    with pytest.raises(UserError, match=message):
        desk.correct("doc-1", field, value, "同样", "", "local")
    assert desk.corrections(active=False) == []


def test_judgement_is_kept_replaced_and_taken_back(desk: Desk) -> None:
    desk.judge("doc-1", "fac-1", "confirmed", "local")
    desk.judge("doc-1", "fac-2", "confirmed", "local")
    desk.judge("doc-1", "fac-1", "rejected", "local")
    desk.judge("doc-1", "fac-2", None, "local")
    assert desk.judgements(["doc-1", "doc-2"]) == {("doc-1", "fac-1"): "rejected"}


def test_last_visit_is_the_latest(desk: Desk) -> None:
    assert desk.last_visit("local", "today", "") is None
    desk.record_visit("local", "today", "", "p2", NOON)
    desk.record_visit("local", "today", "", "p1", NOON - timedelta(days=1))
    visit = desk.last_visit("local", "today", "")
    assert visit is not None
    assert (visit.publication_id, visit.at) == ("p2", NOON)


def test_jobs_are_done_oldest_first_and_listed_newest_first(desk: Desk) -> None:
    desk.queue.add("train", {"field": "topic"}, "local")
    desk.queue.add("preview", {}, "local")
    again = desk.queue.add("preview", {}, "local")
    assert again.job_id == 2
    job = desk.queue.take()
    assert job is not None
    assert [(one.kind, one.state) for one in desk.queue.listed()] == [
        ("preview", "queued"),
        ("train", "running"),
    ]
    desk.queue.end(job, "one model was made")
    assert [one.outcome for one in desk.queue.listed("done")] == ["one model was made"]


def test_a_job_whose_worker_died_waits_again(desk: Desk) -> None:
    desk.queue.add("train", {}, "local")
    desk.queue.take()
    assert (desk.queue.waiting(), desk.queue.give_back(), desk.queue.waiting()) == (False, 1, True)


def test_a_confirmed_class_is_kept_as_a_persons_word_and_is_no_change(desk: Desk) -> None:
    value = {"code": "17", "name": "民政"}
    desk.confirm("doc-1", "topic", value, "", "local")
    row = {"document_id": "doc-1", "topic_code": "17", "topic_path": "民政", "topic_basis": "model"}
    (shown,) = desk.overlay([row])
    assert (shown["topic_basis"], shown["corrected"]) == ("librarian", ())
    assert [event.action for event in desk.audit_events("doc-1")] == ["confirm"]


def test_every_change_is_in_the_audit_log(desk: Desk) -> None:
    made = desk.correct("doc-1", "title", "新", "旧", "", "local")
    desk.undo(made.correction_id, "local")
    desk.judge("doc-1", "fac-1", "rejected", "local")
    desk.queue.add("crawl", {}, "local")
    desk.audit("backup", "local", "home", {"to": "/tmp/x"})
    actions = [event.action for event in desk.audit_events()]
    assert actions == ["backup", "add-job", "judge", "undo", "correct", "add-account"]
    assert desk.audit_events("doc-1")[-1].detail["value"] == "新"


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_event set action = 'x'",
        "delete from audit_event",
        "delete from correction",
        "update correction set value = '\"y\"'",
        "insert into correction (document_id, field, value, previous, note, account, created_at)"
        " values ('d', 'title', '1', '1', '', 'nobody', 0)",
    ],
)
def test_the_logs_cannot_be_rewritten(desk: Desk, home: Home, statement: str) -> None:
    desk.correct("doc-1", "title", "新", "旧", "", "local")
    with sqlite3.connect(home.desk_file) as connection:
        connection.execute("pragma foreign_keys = on")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)


def test_a_full_commit_reaches_the_disk(desk: Desk, home: Home) -> None:
    with desk._engine.connect() as connection:
        assert connection.exec_driver_sql("pragma synchronous").scalar_one() == 2
        assert connection.exec_driver_sql("pragma journal_mode").scalar_one() == "wal"


def test_threads_and_processes_write_together(home: Home) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from warehouse.home import Home; from warehouse.desk import Desk\n"
        "desk = Desk.open(Home.open(Path(sys.argv[1])))\n"
        "for n in range(25): desk.judge('doc-' + sys.argv[2], f'fac-{n}', 'confirmed', 'local')\n"
    )
    root = Path(__file__).parents[2]
    processes = [
        subprocess.Popen([sys.executable, "-c", script, str(home.root), str(number)], cwd=root)
        for number in range(3)
    ]
    desk = Desk.open(home)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda n: desk.judge("doc-t", f"fac-{n}", "rejected", "local"), range(25)))
    assert [process.wait(timeout=60) for process in processes] == [0, 0, 0]
    assert len(desk.judgements(["doc-0", "doc-1", "doc-2", "doc-t"])) == 100
    assert [event.action for event in desk.audit_events(limit=500)].count("add-account") == 1


def test_migrations_run_once_in_order_and_keep_a_copy(tmp_path: Path) -> None:
    steps = tmp_path / "steps"
    steps.mkdir()
    (steps / "0001_a.sql").write_text("create table a (x);\n")
    file = tmp_path / "desk.sqlite"
    open_engine(file, steps).dispose()
    (steps / "0002_b.sql").write_text(
        "create table b (x);\ncreate trigger t after insert on a\nbegin delete from b; end;\n"
    )
    open_engine(file, steps).dispose()
    open_engine(file, steps).dispose()
    with sqlite3.connect(file) as connection:
        assert connection.execute("pragma user_version").fetchone() == (2,)
    with sqlite3.connect(f"{file}.schema-1") as connection:
        assert connection.execute("select name from sqlite_master").fetchall() == [("a",)]


def test_a_failed_migration_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    steps = tmp_path / "steps"
    steps.mkdir()
    (steps / "0001_a.sql").write_text("create table a (x);\ncreate table a (y);\n")
    with pytest.raises(Exception, match="already exists"):
        open_engine(tmp_path / "desk.sqlite", steps)
    with sqlite3.connect(tmp_path / "desk.sqlite") as connection:
        assert connection.execute("select count(*) from sqlite_master").fetchone() == (0,)


def test_a_newer_desk_is_refused(home: Home) -> None:
    Desk.open(home).close()
    with sqlite3.connect(home.desk_file) as connection:
        connection.execute("pragma user_version = 99")
    with pytest.raises(EnvironmentProblem, match="newer govbrief"):
        Desk.open(home)


def test_a_damaged_desk_is_named(home: Home) -> None:
    home.desk_file.write_bytes(b"not a database at all, only some text" * 40)
    with pytest.raises(EnvironmentProblem, match="the desk is damaged"):
        Desk.open(home)


def test_fixed_clock_gives_the_sample_time(desk: Desk) -> None:
    assert desk.correct("d", "title", "新", "旧", "", "local").created_at == FixedClock(NOON).now()
