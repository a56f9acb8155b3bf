"""Told once: which documents are no reprint of something that is held from the issuing organ itself."""

from __future__ import annotations

# Document `d` is told by itself; warehouse/reprints.py sees to it that what it reprints was not withdrawn.
TOLD_ONCE = "d.reprint_of is null"
