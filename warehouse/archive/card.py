"""What we know of a capture, as fields of its WARC record, so that another home can take it up again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from warehouse.crawl_state.cards import entry_text, read_entry
from warehouse.records import Capture, Entry

_ID = re.compile(r"cap-[0-9a-f]{16}$")
_SOURCE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*$")
_KINDS = frozenset({"fetched", "imported", "replayed", "handed-in"})
_ROLES = frozenset({"list", "detail", "attachment", "feed", "api", "unknown"})


@dataclass(frozen=True, slots=True)
class Card:
    """The `Govbrief-` fields of a record, checked; what is absent or odd is None."""

    capture_id: str
    source_id: str
    kind: str
    role: str
    url: str | None  # what was asked for, where the answer came from another address
    final_url: str | None
    media_type: str | None
    parent_url: str | None
    entry: Entry | None
    sample: bool


def card_fields(capture: Capture, sample: bool) -> dict[str, str]:
    """The fields that an export adds to the capture's record; docs/formats.md explains them."""
    fields = {
        "Govbrief-Capture": capture.capture_id,
        "Govbrief-Source": capture.source_id,
        "Govbrief-Kind": capture.kind,
        "Govbrief-Role": capture.role,
        "Govbrief-Media-Type": capture.media_type,
    }
    if capture.final_url != capture.url:
        fields |= {"Govbrief-Url": capture.url, "Govbrief-Final-Url": capture.final_url}
    if capture.parent_url:
        fields["Govbrief-Parent-Url"] = capture.parent_url
    if capture.entry is not None:
        fields["Govbrief-Entry"] = json.dumps(json.loads(entry_text(capture.entry) or "{}"))
    if sample:
        fields["Govbrief-Sample"] = "true"
    return fields


def read_card(fields: Mapping[str, str]) -> Card | None:
    """The card of a record (field names in lower case); None when it is not one of ours."""
    name, source = fields.get("govbrief-capture", ""), fields.get("govbrief-source", "")
    kind, role = fields.get("govbrief-kind", ""), fields.get("govbrief-role", "")
    if not _ID.match(name) or not _SOURCE.match(source) or kind not in _KINDS or role not in _ROLES:
        return None
    return Card(
        name,
        source,
        kind,
        role,
        fields.get("govbrief-url") or None,
        fields.get("govbrief-final-url") or None,
        fields.get("govbrief-media-type"),
        fields.get("govbrief-parent-url") or None,
        _entry(fields.get("govbrief-entry")),
        fields.get("govbrief-sample") == "true",
    )


def _entry(text: str | None) -> Entry | None:
    try:
        return read_entry(text)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return None
