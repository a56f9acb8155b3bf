"""Where a librarian's text stands in place of a recognised one: how readings say so, and which do not yet.

A correction belongs to the bytes of a file. A reading with a corrected text is named after the extractor and
the correction, "1+7"; it is another reading of the same version, so it is never news.
"""

from __future__ import annotations

from collections.abc import Mapping

from warehouse.database import Warehouse
from warehouse.rows import sql, stage

_JOINT = "+"


def corrected_version(extractor_version: str, correction_id: int) -> str:
    """The name under which a reading with this correction is kept."""
    return f"{extractor_version}{_JOINT}{correction_id}"


def plain_version(extractor_version: str) -> str:
    """The extractor alone."""
    return extractor_version.split(_JOINT)[0]


def applied_correction(extractor_version: str) -> int | None:
    """The desk's number of the correction that a reading holds, or None."""
    number = extractor_version.partition(_JOINT)[2]
    return int(number) if number.isdecimal() else None


def outdated_texts(w: Warehouse, wanted: Mapping[str, int]) -> list[str]:
    """Captures whose stored text is not what the desk asks for: `wanted`, correction by SHA-256 of a file."""
    stage(w.connection, "wanted_text", "sha256 varchar, correction_id bigint", wanted.items())
    return [row[0] for row in w.connection.execute(sql("views", "outdated_texts")).fetchall()]
