"""Annif in an environment of its own, made once under the cache folder and used offline afterwards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from classify.bench.clock import ROUNDS
from classify.bench.scores import Answer
from classify.bench.tasks import Task
from warehouse.identity import digest

HERE = Path(__file__).parent
REQUIREMENTS, WORKER = HERE / "annif-requirements.txt", HERE / "annif_worker.py"
BACKENDS = ("svc", "omikuji", "fasttext", "tfidf")
MULTI_BACKENDS = ("omikuji-parabel", "omikuji")
INSTALL_SECONDS, WORK_SECONDS = 900, 3600
SAID = 300  # characters of an error that are quoted


class AnnifMissing(Exception):
    """Annif cannot be run here; the sentence says why."""


def environment(cache: Path | None = None) -> Path:
    """The Python of Annif's environment, made when it is not there; AnnifMissing says why it cannot be."""
    folder = (cache or _cache()) / f"annif-{digest(REQUIREMENTS.read_text(encoding='utf-8'), length=12)}"
    python = folder / "bin" / "python"
    if (folder / ".ready").is_file():
        return python
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AnnifMissing(f"Annif: its environment cannot be made: {error}") from error
    _run(_maker(folder), "its environment cannot be made")
    _run(_installer(folder, python), "its packages cannot be installed (is a package registry reached?)")
    (folder / ".ready").write_text("", encoding="utf-8")
    return python


def answers(
    task: Task, python: Path, backends: Sequence[str] | None = None, count: int = ROUNDS
) -> tuple[dict[str, Answer], dict[str, str]]:
    """The answers of the backends that worked, and a sentence for each that did not."""
    chosen = backends or (MULTI_BACKENDS if task.multi else BACKENDS)
    job: dict[str, Any] = {
        "language": task.language,
        "classes": task.classes,
        "backends": list(chosen),
        "rounds": count,
        "train": [(one.text, one.labels) for one in task.train],
        "test": [one.text for one in task.test],
    }
    with tempfile.TemporaryDirectory(prefix="govbrief-annif-") as folder:
        file = Path(folder) / "job.json"
        file.write_text(json.dumps(job), encoding="utf-8")
        _run([str(python), "-I", str(WORKER), str(file)], f"{task.name}: its worker ended", WORK_SECONDS)
        said: dict[str, Any] = json.loads((Path(folder) / "answer.json").read_text(encoding="utf-8"))
    found = {name: _answer(name, said[name]) for name in chosen if "error" not in said[name]}
    faults = {name: str(said[name]["error"]) for name in chosen if "error" in said[name]}
    return found, faults


def _answer(name: str, said: dict[str, Any]) -> Answer:
    ranked = tuple(tuple((str(label), float(score)) for label, score in row) for row in said["ranked"])
    given = tuple(tuple(label for label, _ in row[:1]) for row in ranked)
    return Answer(
        f"annif-{name}", ranked, given, said["train_seconds"], tuple(said["seconds"]), int(said["bytes"])
    )


def _maker(folder: Path) -> list[str]:
    return [sys.executable, "-m", "venv", str(folder)]


def _installer(folder: Path, python: Path) -> list[str]:
    quiet = ["-qq", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    return [str(python), "-m", "pip", "install", *quiet, "-r", str(REQUIREMENTS)]


def _run(command: Sequence[str], fault: str, seconds: int = INSTALL_SECONDS) -> None:
    settings = {**os.environ, "ANNIF_CONFIG": "", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=seconds, check=False, env=settings
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise AnnifMissing(f"Annif: {fault}: {error}") from error
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        raise AnnifMissing(f"Annif: {fault}: {lines[-1][:SAID]}")


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "govbrief"
