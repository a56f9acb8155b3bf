"""Programs of other people on a hostile file: no shell, no network, a folder of their own, and bounds."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from crawlers.extraction.limits import MAX_UNPACKED_BYTES, PROGRAM_MEMORY, PROGRAM_SECONDS
from crawlers.extraction.plain import one_line

_KEPT = ("PATH", "TESSDATA_PREFIX", "ANTIWORDHOME")


class ProgramFailed(Exception):
    """An outside program took too long, answered too much, or said that it cannot read the file."""


def find(*names: str) -> str | None:
    """The full path of the first of these programs that this machine has."""
    return next((path for name in names if (path := shutil.which(name))), None)


def run(command: Sequence[str], folder: Path, seconds: float = PROGRAM_SECONDS) -> bytes:
    """What the program writes to its output; ProgramFailed when it does not end well in time."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment = {
        **kept,
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LC_ALL": "C.UTF-8",
        "OMP_THREAD_LIMIT": "1",
    }
    output, complaint = folder / "output", folder / "complaint"
    with output.open("wb") as out, complaint.open("wb") as err:
        process = subprocess.Popen(
            [*_alone(), *command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        try:
            _bound(process.pid, seconds)
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise ProgramFailed(f"{Path(command[0]).name} took more than {seconds:.0f} seconds") from None
        finally:
            _end(process)
    if process.returncode:
        last = complaint.read_bytes()[-2_000:].decode("utf-8", "replace").strip().rpartition("\n")[2]
        said = one_line(last, 120)
        raise ProgramFailed(f"{Path(command[0]).name} gave up: {said or f'code {process.returncode}'}")
    return output.read_bytes()


def _bound(process_id: int, seconds: float) -> None:
    """Limits on memory, processor time and written files, on systems that can set them."""
    limits = (
        (resource.RLIMIT_AS, PROGRAM_MEMORY),
        (resource.RLIMIT_CPU, int(seconds) + 1),
        (resource.RLIMIT_FSIZE, MAX_UNPACKED_BYTES),
        (resource.RLIMIT_CORE, 0),
    )
    if not hasattr(resource, "prlimit"):
        return
    for kind, most in limits:
        try:
            resource.prlimit(process_id, kind, (most, most))
        except (ProcessLookupError, PermissionError):  # already ended, or a stricter limit stands
            continue


def _end(process: subprocess.Popen[bytes]) -> None:
    """Nothing that the program started outlives it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@cache
def _alone() -> tuple[str, ...]:
    """The command that cuts a program off from every network, where the kernel lets us."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    prefix = (unshare, "--user", "--map-root-user", "--net", "--")
    tried = subprocess.run([*prefix, "true"], capture_output=True, check=False, timeout=10)
    return prefix if tried.returncode == 0 else ()
