"""Two fixed halves of the recorded sites: one may be tuned for and have source files, the other never."""

from __future__ import annotations

import hashlib

_SEED = "govbrief sites 1"  # fixed before anything was measured; another seed would be another draw


def is_held(site: str) -> bool:
    """Whether a recorded site (its folder's name) belongs to the half without source file and tuning."""
    return hashlib.sha256(f"{_SEED}|{site}".encode()).digest()[0] % 2 == 1
