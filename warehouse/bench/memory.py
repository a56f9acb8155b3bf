"""How much memory a process and all that it started hold together, looked at again and again."""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from pathlib import Path
from types import TracebackType

_EVERY = 0.5  # seconds


class MemoryWatch:
    """Keeps the peak while its block runs; shared pages count once (PSS), 0 where /proc tells nothing."""

    def __init__(self, proc: Path = Path("/proc")) -> None:
        self.peak_mb = 0
        self._proc = proc
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> MemoryWatch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            held = sum(self._held(one) for one in self._family())
            self.peak_mb = max(self.peak_mb, held // 1024)
            if self._ended.wait(_EVERY):
                return

    def _family(self) -> list[int]:
        """This process and its descendants."""
        children: dict[int, list[int]] = defaultdict(list)
        for entry in self._proc.glob("[0-9]*"):
            parent = self._parent(entry)
            if parent is not None:
                children[parent].append(int(entry.name))
        found = [os.getpid()]
        for one in found:
            found += children[one]
        return found

    def _parent(self, entry: Path) -> int | None:
        try:
            stat = (entry / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None  # it ended meanwhile
        return int(stat.rsplit(")", 1)[1].split()[1])

    def _held(self, process: int) -> int:
        """Kilobytes."""
        try:
            text = (self._proc / str(process) / "smaps_rollup").read_text(encoding="ascii")
        except OSError:
            return 0  # it ended meanwhile
        return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)
