"""`govbrief verify-pack`: works without a home, says what it found, ends with 0 or 4."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.commands.main import main
from tests.commands.test_json import differences, documented
from tests.evidence.conftest import Signed
from warehouse.home import Home
from warehouse.signing import new_key

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def file(signed: Signed, tmp_path: Path) -> Path:
    file = tmp_path / "pack.zip"
    file.write_bytes(signed.pack())
    return file


def test_a_whole_pack_ends_with_0_on_a_clean_machine(file: Path) -> None:
    program = "import sys; from dashboard.commands.main import main; sys.exit(main(sys.argv[1:]))"
    surroundings = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program, "verify-pack", str(file), "--json"],
        cwd=file.parent, env=surroundings, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert (told["whole"], told["quotations"], told["signed_by"]) == (True, 4, None)
    assert differences(documented("verify-pack FILE --json"), told) == []


def test_one_altered_byte_ends_with_4(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    assert main(["verify-pack", str(file), "--json"]) == 4
    told = capsys.readouterr()
    assert json.loads(told.out)["whole"] is False
    assert told.err.count("\n") == 1
    assert "pack.zip" in told.err


def test_a_signature_can_be_asked_for(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    public, _ = new_key(Home.create(tmp_path / "home", ""))
    assert main(["verify-pack", str(file)]) == 0
    assert "Not signed" in capsys.readouterr().out
    assert main(["verify-pack", str(file), "--key", str(public)]) == 4
    assert "not by sha256:" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_a_wrong_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify-pack", str(tmp_path / "none.zip")]) == 2
    assert "cannot be read" in capsys.readouterr().err
