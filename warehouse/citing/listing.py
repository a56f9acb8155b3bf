"""A list of references as text, for `export --format references`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from warehouse.citing.entry import entry_text
from warehouse.citing.numbering import arranged
from warehouse.citing.style import Style
from warehouse.exchange.reference_record import ReferenceRecord

SAMPLE = "【示例数据 sample data】"


def write_references(records: Iterable[ReferenceRecord], style: Style) -> Iterator[str]:
    """One line a reference: numbered as they come, or sorted by name and year with each work once.

    A numbered list passes through; an author-date list has to be held to be sorted.
    """
    if style.numeric:
        for number, record in enumerate(records, start=1):
            yield f"[{number}] {entry_text(record, style)}{_sample(record)}\n"
        return
    works = arranged(records, style)
    for record, letter in zip(works.records, works.letters, strict=True):
        yield f"{entry_text(record, style, letter)}{_sample(record)}\n"


def _sample(record: ReferenceRecord) -> str:
    return f" {SAMPLE}" if record.sample else ""
