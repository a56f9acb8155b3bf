"""Characters that nobody sees: texts are read without them, and so is what is searched for."""

from __future__ import annotations

import re

# Control, direction-changing and zero-width characters; they hide or reorder what a person reads.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
