"""The command line called in-process, and one sample home published once for all tests that only read it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dashboard.commands.main import main


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
    """The sample province at day 0, crawled and published; tests must not write into it."""
    folder = tmp_path_factory.mktemp("sample") / "home"
    assert main(["demo", "--no-serve", "--quiet", "--home", str(folder)]) == 0
    return folder
