"""What pages ask for, carried out where spaCy may be loaded: by `run` and by a worker beside `serve`."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from dashboard.commands.console import Console
from dashboard.commands.handing_in import take_accession
from dashboard.commands.teaching import effect_sentence, learnt_sentence
from warehouse.desk import Desk, Job
from warehouse.desk.accessions import JOB as ACCESSION
from warehouse.errors import GovbriefError, LockHeld
from warehouse.home import Home
from warehouse.locks import jobs_lock
from warehouse.models import roll_back, use_model

LOOK_EVERY = 2.0  # seconds between looks at the queue


def carry_out_jobs(home: Home, console: Console) -> list[dict[str, Any]]:
    """Do every job that waits, oldest first; a failed one says why and the rest goes on.

    LockHeld when another process does them already; a job that meets a held warehouse waits again.
    """
    done = []
    with jobs_lock(home), Desk.open(home) as desk:
        desk.queue.give_back()
        while (job := desk.queue.take()) is not None:
            try:
                outcome, failed = _do(home, console, job), False
            except LockHeld:
                desk.queue.give_back()
                break
            except GovbriefError as error:
                outcome, failed = str(error), True
            except Exception as error:
                desk.queue.end(job, f"internal error: {error}", failed=True)
                raise
            desk.queue.end(job, outcome, failed)
            console.say(f"{job.kind}: {outcome}")
            done.append({"job": job.job_id, "kind": job.kind, "failed": failed, "outcome": outcome})
    return done


def _do(home: Home, console: Console, job: Job) -> str:
    if job.kind not in _KINDS:
        raise GovbriefError(f"no worker of this version does '{job.kind}'.")
    return _KINDS[job.kind](home, console, job.arguments)


def _train(home: Home, console: Console, arguments: dict[str, Any]) -> str:
    """Learn, and count the effect at once: nobody applies a model unseen."""
    from classify.teaching.effect import preview
    from classify.teaching.learn import teach

    card = teach(home, arguments.get("scheme"), progress=console.progress)
    effect = preview(home, card["name"], progress=console.progress)
    return f"{learnt_sentence(card)} {effect_sentence(effect)}"


def _preview(home: Home, console: Console, arguments: dict[str, Any]) -> str:
    from classify.teaching.effect import preview

    return effect_sentence(preview(home, str(arguments.get("name")), progress=console.progress))


def _apply(home: Home, _console: Console, arguments: dict[str, Any]) -> str:
    kind, before = use_model(home, str(arguments.get("name")))
    return f"in use for {kind}: {arguments.get('name')}; before: {before}"


def _roll_back(home: Home, _console: Console, arguments: dict[str, Any]) -> str:
    before, now = roll_back(home, str(arguments.get("kind", "topic")))
    return f"in use: {now}; before: {before}"


_KINDS: dict[str, Callable[[Home, Console, dict[str, Any]], str]] = {
    "train": _train,
    "preview-model": _preview,
    "apply-model": _apply,
    "roll-back-model": _roll_back,
    ACCESSION: take_accession,
}


@contextmanager
def worker(home: Home) -> Iterator[None]:
    """Beside a server: look for jobs and have a process of its own do them, until the server ends."""
    ended = threading.Event()
    thread = threading.Thread(target=_watch, args=(home, ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=10)


def _watch(home: Home, ended: threading.Event) -> None:
    order = [
        sys.executable,
        "-m",
        "dashboard.commands.main",
        "run",
        "--jobs",
        "--quiet",
        "--home",
        str(home.root),
    ]
    with Desk.open(home) as desk:
        while not ended.wait(LOOK_EVERY):
            if not desk.queue.waiting():
                continue
            process = subprocess.Popen(order, stdout=subprocess.DEVNULL)
            while process.poll() is None:
                if ended.wait(0.2):
                    process.terminate()  # a job that was under way waits again
                    process.wait()
