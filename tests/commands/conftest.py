"""The command line called in-process, and one sample home published once for all tests that only read it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dashboard.commands.main import main
from tests.copying import copied


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one call of govbrief left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def sentences(self) -> list[str]:
        """Lines of standard error without the name of the home and progress."""
        return [line for line in self.err.splitlines() if not line.startswith("Home: ")]


Govbrief = Callable[..., Outcome]


@pytest.fixture
def govbrief(capfd: pytest.CaptureFixture[str]) -> Govbrief:
    """Call the command line with words as a person types them."""

    def call(*words: str | Path) -> Outcome:
        capfd.readouterr()
        code = main([str(word) for word in words])
        captured = capfd.readouterr()
        return Outcome(code, captured.out, captured.err)

    return call


@pytest.fixture(scope="session")
def published_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample province at day 0, crawled and published; tests must not write into it.

    It is made once a run: the first worker that needs it makes it, the others wait and copy it.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base if os.environ.get("PYTEST_XDIST_WORKER") is None else base.parent) / "shared-sample"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            shutil.rmtree(folder / "home", ignore_errors=True)  # of a worker that failed at it
            assert main(["demo", "--no-serve", "--quiet", "--home", str(folder / "home")]) == 0
            (folder / "made").touch()
    return copied(folder / "home", tmp_path_factory.mktemp("sample") / "home")
