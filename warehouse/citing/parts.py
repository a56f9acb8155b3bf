"""What every style asks of a record: its title, its year, its day, the revision that is not in the title."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from warehouse.citing.style import is_chinese
from warehouse.exchange.reference_record import ReferenceRecord

_ENDS_IN_YEAR = re.compile(r"[—–:\-]\s*((?:19|20)\d{2})$")
_BLANK = re.compile(r"[\s年月日]")
_WORDS = {
    "zh": {"paragraph": "第{}段", "article": "第{}条", "section": "第{}节", "page": "{}"},
    "en": {"paragraph": "para. {}", "article": "art. {}", "section": "sec. {}", "page": "{}"},
    "apa": {"paragraph": "para. {}", "article": "art. {}", "section": "sec. {}", "page": "p. {}"},
}


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """The place in a work that a mention means: page 12, pages 12-15, paragraph 3, article 12."""

    kind: Literal["page", "paragraph", "article", "section"]
    value: str

    def gb(self, record: ReferenceRecord) -> str:
        """Pages as figures alone, as the standard has them; other places named in the document's language."""
        return _WORDS["zh" if is_chinese(record) else "en"][self.kind].format(self.value)

    def apa(self) -> str:
        """With its abbreviation: p. 12, pp. 12–15, para. 3."""
        if self.kind == "page" and "-" in self.value:
            return f"pp. {self.value.replace('-', '–')}"
        return _WORDS["apa"][self.kind].format(self.value)


def title_of(record: ReferenceRecord) -> str:
    """The title as printed; a document without one is described in square brackets by its kind."""
    if record.title != record.document_id:
        return record.title
    return f"[{record.doc_type or ('无题名文件' if is_chinese(record) else 'Untitled document')}]"


def number_of(record: ReferenceRecord) -> str | None:
    """The document's number, unless the title says it already (…公告2024年第21号)."""
    told = record.number is not None and _folded(record.number) in _folded(record.title)
    return None if told else record.number


def edition_of(record: ReferenceRecord) -> str | None:
    """The edition or revision, unless the title says it already (…法（2018年修正）)."""
    if record.edition is None:
        return None
    said = _BLANK.sub("", record.title)
    year = str(record.version_date.year) if record.version_date else None
    word = record.edition[-2:]
    told = _BLANK.sub("", record.edition) in said or (year is not None and f"{year}{word}" in said)
    return None if told else record.edition


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def year_of(record: ReferenceRecord) -> int | None:
    """The year of issue; of a standard without a day, the year that ends its number."""
    if record.issued:
        return record.issued.year
    ends = _ENDS_IN_YEAR.search(record.number or "") if record.kind.name == "standard" else None
    return record.year or (int(ends[1]) if ends else None)


def year_with_letter(record: ReferenceRecord, letter: str) -> str:
    """2024a; the year of access in brackets where none is known ([2026a]), else 无日期-a or n.d.-a.

    GB/T 7714 has an estimated year in square brackets; when a page was seen is the nearest that is known.
    """
    if (year := year_of(record)) is not None:
        return f"{year}{letter}"
    if record.url and record.accessed:
        return f"[{record.accessed.year}{letter}]"
    word = "无日期" if is_chinese(record) else "n.d."
    return f"{word}-{letter}" if letter else word
