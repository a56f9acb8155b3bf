"""The pace at one host: one connection, a delay with some chance on top, Crawl-delay, Retry-After."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

JITTER = 0.6  # of the delay at most, and always on top: owners are told that we never come sooner
MAX_CRAWL_DELAY = 120.0  # a robots.txt asking for more is obeyed at this pace, and the run's remark says so


@dataclass(slots=True)
class Pace:
    """When a host may be asked again; instants are seconds of the monotonic clock."""

    delay: float
    connections: int = 1
    busy: int = 0
    not_before: float = 0.0
    crawl_delay: float = 0.0
    sent_at: float | None = None  # when the latest request left
    chance: random.Random = field(default_factory=random.Random, repr=False)

    def ready(self, now: float) -> bool:
        """Whether a request may leave now."""
        return self.busy < self.connections and now >= self.not_before

    def leave(self, now: float) -> None:
        """A request leaves: the connection is taken and the next one waits its turn."""
        self.busy += 1
        self.sent(now)

    def sent(self, now: float) -> None:
        """A request leaves on a connection already taken (robots.txt, then the page that waited for it)."""
        self.sent_at = now
        self.not_before = max(self.not_before, now + self._gap())

    def back(self) -> None:
        """A request came back, in whatever state."""
        self.busy = max(0, self.busy - 1)

    def wait(self, now: float, seconds: float) -> None:
        """The host asked for a pause."""
        self.not_before = max(self.not_before, now + seconds)

    def obey(self, crawl_delay: float | None) -> None:
        """Take a Crawl-delay of robots.txt as the floor of our own delay, from the latest request on."""
        if crawl_delay:
            self.crawl_delay = max(self.crawl_delay, min(float(crawl_delay), MAX_CRAWL_DELAY))
            if self.sent_at is not None:
                self.not_before = max(self.not_before, self.sent_at + self.crawl_delay)

    def _gap(self) -> float:
        return max(self.delay * (1 + self.chance.uniform(0, JITTER)), self.crawl_delay)
