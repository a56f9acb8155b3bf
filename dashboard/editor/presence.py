"""Who has a draft open: told by each look of an open editor, forgotten half a minute after the last."""

from __future__ import annotations

import threading
import time
from collections import defaultdict

_SECONDS = 30.0


class Presence:
    """The open editors of this process; nothing of it is kept."""

    def __init__(self) -> None:
        self._seen: dict[int, dict[tuple[str, str], float]] = defaultdict(dict)
        self._lock = threading.Lock()

    def seen(self, draft_id: int, account: str, session: str) -> tuple[str, ...]:
        """Note that a session looks, and name the other accounts that write in the draft."""
        now = time.monotonic()
        with self._lock:
            here = self._seen[draft_id]
            here[account, session] = now
            for gone in [one for one, at in here.items() if now - at > _SECONDS]:
                del here[gone]
            return tuple(sorted({name for name, _ in here} - {account}))

    def left(self, draft_id: int, account: str, session: str) -> None:
        """A page was closed."""
        with self._lock:
            self._seen[draft_id].pop((account, session), None)
