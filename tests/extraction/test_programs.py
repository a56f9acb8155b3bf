"""Outside programs are bounded: in time, in what they write, and cut off from the network."""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path

import pytest

from crawlers.extraction import programs
from crawlers.extraction.programs import ProgramFailed, run


def python(code: str) -> list[str]:
    return [sys.executable, "-I", "-c", code]


def test_the_answer_is_what_the_program_writes(tmp_path: Path) -> None:
    assert run(
        python("import os; print(os.getcwd(), os.environ['HOME'], 'SECRET' in os.environ)"), tmp_path
    ) == (f"{tmp_path} {tmp_path} False\n".encode())


def test_the_environment_is_not_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "x")
    assert run(python("import os; print('SECRET' in os.environ)"), tmp_path) == b"False\n"


def test_a_program_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "open('child', 'w').write(str(child.pid))\n"
        "time.sleep(60)"
    )
    with pytest.raises(ProgramFailed, match="took more than"):
        run(python(code), tmp_path, 5)
    assert _ends(int((tmp_path / "child").read_text()))


def _ends(process_id: int) -> bool:
    """Whether the process is gone within a while; a killed one may need a moment on a busy machine."""
    state = Path(f"/proc/{process_id}/stat")
    for _ in range(200):
        try:
            if state.read_text().split()[2] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.05)
    return False


def test_a_program_that_complains_is_quoted(tmp_path: Path) -> None:
    with pytest.raises(ProgramFailed, match="gave up: this is no Word file"):
        run(python("import sys; sys.exit('this is no Word file')"), tmp_path)


@pytest.mark.skipif(not hasattr(os, "fork") or sys.platform != "linux", reason="limits are set on Linux only")
def test_a_program_that_writes_without_end_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "MAX_UNPACKED_BYTES", 100_000)
    endless = "import time; time.sleep(.2)\nwhile True: print('x' * 10000)"
    with pytest.raises(ProgramFailed, match="gave up"):
        run(python(endless), tmp_path)
    assert (tmp_path / "output").stat().st_size <= 100_000


def test_a_program_reaches_no_network(tmp_path: Path) -> None:
    if not programs._alone():
        pytest.skip("the kernel does not let us cut programs off (unshare of package util-linux)")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(ProgramFailed, match=r"unreachable|refused"):
            run(python(f"import socket; socket.create_connection(('127.0.0.1', {port}), 5)"), tmp_path)
