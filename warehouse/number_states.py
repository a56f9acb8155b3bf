"""What is known of a number that no held document bears, and what a person may say of it."""

from __future__ import annotations

GAP_STATES = ("seen-cited", "not-crawled", "known-non-public", "cancelled", "unknown")
MARK_STATES = ("known-non-public", "cancelled", "none")  # none takes a mark back
BY = ("organ", "year", "source")  # what totals of series may be told by
