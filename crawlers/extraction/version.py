"""The version of all readers together; raise it whenever the same bytes would be read differently."""

from __future__ import annotations

EXTRACTOR_VERSION = "11"
