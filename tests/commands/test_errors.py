"""Wrong use and a hostile machine: one sentence, the right exit code, no traceback, nothing lost."""

from __future__ import annotations

import errno
import json
import os
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dashboard.commands import status
from dashboard.commands.failures import explain
from tests.commands.conftest import Govbrief
from warehouse.crawl_state.store import CrawlState
from warehouse.errors import LockHeld, UserError
from warehouse.home import Home
from warehouse.locks import run_lock

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "words",
    [[], ["fly"], ["crawl", "--fly"], ["crawl", "--max-documents", "0"], ["brief", "x", "--format", "rtf"]],
)
def test_wrong_words_end_with_2_and_one_sentence(govbrief: Govbrief, words: list[str]) -> None:
    outcome = govbrief(*words)
    assert outcome.code == 2
    assert len(outcome.err.splitlines()) == 1
    assert "--help" in outcome.err


def test_without_a_home_the_ways_to_name_one_are_told(
    govbrief: Govbrief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = govbrief("status")
    assert outcome.code == 2
    assert all(word in outcome.err for word in ("--home", "GOVBRIEF_HOME", "govbrief init"))


def test_the_home_is_the_folder_of_the_nearest_settings_file(
    govbrief: Govbrief, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = home.root / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert f"Home: {home.root}" in govbrief("status").err


def test_the_environment_names_the_home_and_the_option_wins(
    govbrief: Govbrief, home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Home.create(tmp_path / "other", "")
    monkeypatch.setenv("GOVBRIEF_HOME", str(other.root))
    assert f"Home: {other.root}" in govbrief("status").err
    assert f"Home: {home.root}" in govbrief("status", "--home", home.root).err


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ("[place\n", "not readable as TOML"),
        ("[crawl]\nspeed = 1\n", "'speed'"),
        ("[places]\n", "[places]"),
        ("[serving]\nport = 'x'\n", "port"),
    ],
)
def test_bad_settings_are_named_with_file_and_key(
    govbrief: Govbrief, home: Home, settings: str, named: str
) -> None:
    (home.root / "govbrief.toml").write_text(settings, encoding="utf-8")
    outcome = govbrief("status", "--home", home.root)
    assert outcome.code == 2
    assert named in outcome.err
    assert "govbrief.toml" in outcome.err


def test_a_second_run_under_lock_ends_with_75(govbrief: Govbrief, home: Home) -> None:
    with run_lock(home):
        outcome = govbrief("run", "--home", home.root)
    assert outcome.code == 75
    assert f"process {os.getpid()}" in outcome.err


def test_a_port_in_use_ends_with_5_before_anything_is_done(govbrief: Govbrief, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        outcome = govbrief("demo", "--home", tmp_path / "demo", "--port", str(taken.getsockname()[1]))
    assert outcome.code == 5
    assert "choose another port with --port" in outcome.err
    assert not (tmp_path / "demo" / "archive").exists()


def test_nothing_published_names_the_next_command(govbrief: Govbrief, home: Home) -> None:
    for words in (["search", "养老"], ["brief", "养老服务"], ["export"]):
        outcome = govbrief(*words, "--home", home.root)
        assert outcome.code == 4
        assert "govbrief run" in outcome.err


def test_an_unforeseen_error_ends_with_1_and_leaves_its_traceback_in_the_home(
    govbrief: Govbrief, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall_over(_home: Home) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(status, "state_of", fall_over)
    outcome = govbrief("status", "--home", home.root)
    assert outcome.code == 1
    assert "Traceback" not in outcome.err
    (log,) = (home.root / "logs").glob("*.log")
    assert str(log) in outcome.err
    assert "ZeroDivisionError: a fault of ours" in log.read_text(encoding="utf-8")


def test_debug_shows_the_traceback(govbrief: Govbrief, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall_over(_home: Home) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(status, "state_of", fall_over)
    assert "Traceback" in govbrief("status", "--home", home.root, "--debug").err


def test_interruption_ends_quietly_with_130(
    govbrief: Govbrief, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_home: Home) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(status, "state_of", interrupted)
    outcome = govbrief("status", "--home", home.root)
    assert (outcome.code, outcome.sentences) == (130, [])


def test_a_reader_that_leaves_is_no_failure() -> None:
    command = f"{sys.executable} -m dashboard.commands.main taxonomy --json"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} | head -1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[\n", "")


def _caused(outer: Exception, cause: BaseException) -> Exception:
    outer.__cause__ = cause
    return outer


FULL = OSError(errno.ENOSPC, "No space left on device", "/x/warehouse.duckdb")


@pytest.mark.parametrize(
    ("error", "code", "word"),
    [
        (FULL, 5, "disk is full"),
        (_caused(RuntimeError("commit failed"), FULL), 5, "disk is full"),
        (RuntimeError("(sqlite3.OperationalError) database or disk is full"), 5, "disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), 5, "/x"),
        (OSError(errno.EADDRINUSE, "Address already in use"), 5, "--port"),
        (_caused(RuntimeError("batch failed"), LockHeld("another one writes")), 75, "another one writes"),
        (UserError("no such theme"), 2, "no such theme"),
    ],
)
def test_a_failure_of_the_machine_is_told_apart_from_ours(error: Exception, code: int, word: str) -> None:
    found = explain(error)
    assert found is not None
    assert found[0] == code
    assert word in found[1]


def test_a_fault_of_ours_is_not_explained_away() -> None:
    assert explain(KeyError("x")) is None


@pytest.mark.parametrize("word", ["--help", "--version"])
def test_help_and_version_end_with_0(govbrief: Govbrief, word: str) -> None:
    assert govbrief(word).code == 0


def test_wrong_options_for_a_file_are_told(govbrief: Govbrief, home: Home) -> None:
    assert govbrief("extract", "--url", "http://x.example/", "--home", home.root).code == 2
    assert govbrief("classify", "--hide-published", "--home", home.root).code == 2
    assert govbrief("crawl", "one", "--all", "--home", home.root).code == 2


def test_since_after_today_is_refused(govbrief: Govbrief, home: Home) -> None:
    from dashboard.commands.reading import home_today, parse_since

    now = home_today(home)
    assert str(parse_since("7d", now)) == "2026-05-25"
    assert str(parse_since("4w", now)) == "2026-05-04"
    assert str(parse_since("2026-01-31", now)) == "2026-01-31"
    for wrong in ("soon", "7", "7x", "2026-13-01", "99999y"):
        with pytest.raises(UserError, match="write 7d"):
            parse_since(wrong, now)


def test_json_lines_of_a_broken_file_are_named_by_number(govbrief: Govbrief, tmp_path: Path) -> None:
    file = tmp_path / "docs.jsonl"
    file.write_text(
        '{"id": "1", "title": "通知"}\n\n{"id": 2,\n{"title": 7}\n{"title": "公告"}\n', encoding="utf-8"
    )
    outcome = govbrief("classify", "--file", file)
    assert outcome.code == 3
    assert [json.loads(line)["id"] for line in outcome.out.splitlines()] == ["1", "row-5"]
    assert f"{file}: line 3: it is not JSON at column 10; mend or remove that line." in outcome.sentences
    assert f"{file}: line 4: 'title' must be text or null; mend or remove that line." in outcome.sentences


@pytest.mark.parametrize(
    "words", [["evaluate", "--gold"], ["train", "--field", "topic", "--out", "m", "--data"]]
)
def test_bytes_that_are_not_utf8_are_named_with_the_remedy(
    govbrief: Govbrief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "gold.jsonl"
    file.write_bytes('{"title": "通知"}\n{"title": "'.encode() + b"\xff\xfe" + b'"}\n')
    outcome = govbrief(*words, file)
    assert outcome.code == 2
    assert outcome.sentences == [f"{file}: line 2: it is not UTF-8 at byte 12; save the file as UTF-8."]


FULL_DISK = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # no file may grow, as on a full disk
from dashboard.commands.main import main
sys.exit(main(sys.argv[1:]))
"""


def _on_a_full_disk(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", FULL_DISK, *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_full_disk_leaves_no_torn_source_file(home: Home) -> None:
    home.sources.mkdir()
    done = _on_a_full_disk("sources", "new", "zz", "--home", home.root)
    assert (done.returncode, list(home.sources.iterdir())) == (5, [])
    assert "Traceback" not in done.stderr


def test_status_only_reads_and_so_works_on_a_full_disk(home: Home) -> None:
    with CrawlState.open(home) as state:
        state.end_run(state.new_run("crawl", ["one"]), "done")
    before = home.crawl_state_file.stat().st_mtime_ns
    done = _on_a_full_disk("status", "--home", home.root)
    assert (done.returncode, home.crawl_state_file.stat().st_mtime_ns) == (0, before)
    assert "(crawl): done" in done.stdout


def test_a_broken_source_file_is_named_and_stops_no_other_source(govbrief: Govbrief, home: Home) -> None:
    home.sources.mkdir()
    (home.sources / "zz.toml").write_text("", encoding="utf-8")
    for words in (["sources", "list"], ["crawl", "--all", "--dry-run", "--json"]):
        outcome = govbrief(*words, "--home", home.root)
        assert outcome.code == 3
        assert "sample-lanjiang" in outcome.out
        assert outcome.sentences[0].startswith("sources/zz.toml: ")
    for words in (["sources", "show", "zz"], ["crawl", "zz"], ["sources", "enable", "zz"]):
        outcome = govbrief(*words, "--home", home.root)
        assert outcome.code == 2
        assert outcome.sentences[0].startswith("sources/zz.toml: ")
    assert govbrief("sources", "disable", "sample-lanjiang", "--home", home.root).code == 0


def test_a_damaged_crawl_state_is_named_with_the_remedy(govbrief: Govbrief, home: Home) -> None:
    home.crawl_state_file.write_bytes(b"no database at all" * 100)
    for words in (["status"], ["extract"]):
        outcome = govbrief(*words, "--home", home.root)
        assert outcome.code == 5
        assert f"{home.crawl_state_file}: the crawl state is damaged" in outcome.err
        assert "govbrief restore" in outcome.err


def test_a_damaged_publication_is_named_and_publish_makes_a_new_one(
    govbrief: Govbrief, tmp_path: Path
) -> None:
    home = Home.create(tmp_path / "real", "")
    file = tmp_path / "docs.jsonl"
    file.write_text('{"id": "1", "title": "关于养老服务的通知"}\n', encoding="utf-8")
    assert govbrief("import", file, "--home", home.root).code == 0
    assert govbrief("publish", "--home", home.root).code == 0
    (facts,) = home.published.glob("*/facts.duckdb")
    facts.unlink()
    facts.write_bytes(b"torn" * 5000)
    outcome = govbrief("search", "养老", "--home", home.root)
    assert outcome.code == 4
    assert f"{facts.parent.name} in {home.root} is damaged" in outcome.err
    assert govbrief("publish", "--home", home.root).code == 0
    assert "关于养老服务的通知" in govbrief("search", "养老", "--home", home.root).out


def test_a_quiet_error_still_names_its_home(govbrief: Govbrief, home: Home) -> None:
    outcome = govbrief("search", "养老", "--quiet", "--home", home.root)
    assert outcome.code == 4
    assert f"Home: {home.root}" in outcome.err


def test_a_folder_is_named_as_one(govbrief: Govbrief, home: Home, tmp_path: Path) -> None:
    outcome = govbrief("import", tmp_path, "--home", home.root)
    assert (outcome.code, outcome.err) == (2, f"{tmp_path} is a folder; name a JSONL or WARC file in it.\n")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (b"", "its container is torn or damaged"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "a part declares entities"),
        (b"<a><b></a>", "a part of it is not well-formed"),
    ],
)
def test_a_broken_word_file_is_told_without_a_librarys_words(
    govbrief: Govbrief, tmp_path: Path, part: bytes, said: str
) -> None:
    file = tmp_path / "a.docx"
    if part:
        with zipfile.ZipFile(file, "w") as container:
            container.writestr("word/document.xml", part)
    else:
        file.write_bytes(b"PK\x03\x04garbage")
    (problem,) = govbrief("extract", "--file", file, "--url", "http://a.example/a.docx").json["problems"]
    assert problem["code"] == "damaged-file"
    assert said in problem["detail"]
