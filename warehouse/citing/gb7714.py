"""GB/T 7714: the entry of a work and its mark in the text, after the 2025 and the 2015 edition.

The text of the standard of 2025 is not openly readable; which rule rests on what is in
docs/decisions/0040-citations.md.
"""

from __future__ import annotations

from warehouse.citing.addresses import stable_address
from warehouse.citing.names import anonymous, gb_creators, gb_label
from warehouse.citing.parts import edition_of, number_of, title_of, year_of, year_with_letter
from warehouse.citing.runs import Runs, sentences, upright
from warehouse.citing.style import Style, is_chinese
from warehouse.exchange.reference_record import ReferenceRecord


def entry(record: ReferenceRecord, style: Style, letter: str = "") -> Runs:
    """The entry in the list, without its number; `letter` tells works of one name and year apart."""
    parts = (
        _responsible(record, style, letter),
        _titled(record, style),
        edition_of(record),
        _published(record, style),
        stable_address(record.url),
        _identifier(record),
    )
    return sentences(upright(part) for part in parts)


def label(record: ReferenceRecord, style: Style, letter: str) -> Runs:
    """Name and year in the text, without the brackets."""
    comma = style.signs(record).comma
    return upright(f"{gb_label(record, style)}{comma}{year_with_letter(record, letter)}")


def name_in_text(record: ReferenceRecord, style: Style) -> str:
    """What two works must share to need letters, beside the year."""
    return gb_label(record, style)


def _responsible(record: ReferenceRecord, style: Style, letter: str) -> str:
    """Who issued it; numbered lists leave out nobody's name, and a standard under its number has none."""
    named = gb_creators(record, style)
    if not style.numeric:
        comma = style.signs(record).comma
        return f"{named or anonymous(record)}{comma}{year_with_letter(record, letter)}"
    return "" if _number_leads(record, style) else named


def _titled(record: ReferenceRecord, style: Style) -> str:
    mark = f"[{style.mark(record)}]"
    number = number_of(record)
    if number is None:
        return title_of(record) + mark
    if _number_leads(record, style):
        return f"{number} {title_of(record)}{mark}"
    return f"{title_of(record)}{style.signs(record).colon}{number}{mark}"


def _number_leads(record: ReferenceRecord, style: Style) -> bool:
    return style.number_first and record.kind.name == "standard" and record.number is not None


def _published(record: ReferenceRecord, style: Style) -> str:
    """Place, publisher, day and the day of access, in the brackets that the kind of work has."""
    signs, kind = style.signs(record), record.kind.name
    made = _made(record, style)
    if kind == "standard" and style.number_first:
        return made
    day = _day(record, style)
    seen = f"[{record.accessed}]" if record.url and record.accessed and kind in style.access else ""
    if record.url and kind not in style.dated:
        if made:
            year = "" if not style.numeric or not (at := year_of(record)) else f"{signs.comma}{at}"
            return f"{made}{year}{seen}"
        platform = record.site or "" if kind == "dataset" and style.dated else ""
        return platform + (f"{signs.opened}{day}{signs.closed}" if day else "") + seen
    return signs.comma.join(part for part in (made, day) if part) + seen


def _made(record: ReferenceRecord, style: Style) -> str:
    """Place and publisher; of what lies on paper the missing one of the two is said to be missing."""
    place, publisher = record.place, record.publisher
    if not (place or publisher):
        return ""
    if record.url and not (place and publisher):
        return place or publisher or ""
    chinese = is_chinese(record)
    place = place or ("[出版地不详]" if chinese else "[S.l.]")
    publisher = publisher or ("[出版者不详]" if chinese else "[s.n.]")
    return f"{place}{style.signs(record).colon}{publisher}"


def _day(record: ReferenceRecord, style: Style) -> str:
    """The full day; a bare year only where the list does not begin with it."""
    if record.issued:
        return record.issued.isoformat()
    return str(record.year) if record.year and style.numeric else ""


def _identifier(record: ReferenceRecord) -> str | None:
    """The lasting identifier, unless the address holds it."""
    if record.identifier is None:
        return None
    bare = record.identifier.partition(":")[2] or record.identifier
    return None if bare in (record.url or "") else record.identifier
