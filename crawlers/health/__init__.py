"""Whether a source is well: what a run measured, the contract it is held to, what was found, the verdict."""

from __future__ import annotations

from crawlers.health.verdicts import GOOD, exit_code

__all__ = ["GOOD", "exit_code"]
