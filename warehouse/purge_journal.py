"""The file that tells of a purge under way; light, so that `run` may look for it."""

from __future__ import annotations

JOURNAL = "purge.json"  # at the top of the home until the purge is done
