"""Starting the fetching process and listening to it; it ends with us, whatever ends us."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import crawlers
from crawlers.job import Job
from warehouse.crawl_state.store import CrawlState
from warehouse.errors import EnvironmentProblem, GovbriefError, UserError

Progress = Callable[[str, int, int], None]  # source, pages fetched, requests made
_PATIENCE = 15.0  # seconds a process may take to end after it was asked to
_ERRORS: dict[int, type[GovbriefError]] = {2: UserError, 5: EnvironmentProblem}


@dataclass(frozen=True, slots=True)
class Fetching:
    """How a fetching process ended."""

    code: int  # 0: by itself
    seconds: float  # from its first request to its last commit


def fetch(state: CrawlState, job: Job, progress: Progress) -> Fetching:
    """Let a process carry the job out, and say how it ended; errors it names are raised here."""
    process = subprocess.Popen(
        [sys.executable, "-m", "crawlers.spiders.process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=module_environment(),
        pass_fds=(state.run_table.lock_handle(job.run_id),),  # the run lives as long as either of us
        text=True,
        encoding="utf-8",
    )
    said: dict[str, Any] = {}
    try:
        said = _converse(process, job, progress)
    finally:
        _end(process)
    if "error" in said:
        raise _ERRORS.get(said["code"], GovbriefError)(said["error"])
    return Fetching(process.returncode, float(said.get("seconds", 0.0)))


def _converse(process: subprocess.Popen[str], job: Job, progress: Progress) -> dict[str, Any]:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(job.to_json() + "\n")
        process.stdin.flush()
    except BrokenPipeError:
        return {}
    for line in process.stdout:
        said = json.loads(line)
        if "source" not in said:
            process.wait()
            return dict(said)
        progress(said["source"], said["fetched"], said["requests"])
    process.wait()
    return {}


def _end(process: subprocess.Popen[str]) -> None:
    """Closing its standard input tells it that we are gone."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except BrokenPipeError:
                continue
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def module_environment() -> dict[str, str]:
    """The environment in which another process finds our modules, installed or not."""
    root = str(Path(crawlers.__file__).resolve().parent.parent)
    before = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{before}" if before else root}
