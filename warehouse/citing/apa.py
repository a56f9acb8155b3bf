"""APA, 7th edition: an English author-date style of policy briefs; law after its chapter on legal works.

Titles stand as printed: which words of a title are names, no program knows, so nothing is put in lower case.
"""

from __future__ import annotations

from datetime import date

from warehouse.citing.addresses import stable_address
from warehouse.citing.names import apa_creators, apa_label, creators
from warehouse.citing.parts import edition_of, number_of, title_of, year_of
from warehouse.citing.runs import Run, Runs, joined, sentences, upright
from warehouse.citing.style import Style
from warehouse.exchange.reference_record import ReferenceRecord

_LEGAL = frozenset({"law", "regulation", "bill", "hearing"})
_BY_YEAR = frozenset({"report", "standard", "dataset"})  # others by their day
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def entry(record: ReferenceRecord, style: Style, letter: str = "") -> Runs:
    """The entry in the list; `letter` tells works of one name and year apart."""
    if record.kind.name in _LEGAL:
        told = sentences((_legal(record, letter),))
    elif creators(record):
        told = sentences((upright(apa_creators(record)), upright(_dated(record, letter)), _titled(record)))
    else:
        told = sentences((_titled(record), upright(_dated(record, letter))))
    house = sentences((upright(_house(record)),)) if record.kind.name not in _LEGAL else ()
    return joined(told, _behind(house), _behind(upright(_address(record))))


def label(record: ReferenceRecord, style: Style, letter: str) -> Runs:
    """Name and year in the text, without the brackets; what has no author goes by its title."""
    year = _year(record, letter)
    if record.kind.name not in _LEGAL and creators(record):
        return upright(f"{apa_label(record)}, {year}")
    title = Run(title_of(record), italic=record.kind.name not in _LEGAL - {"hearing"})
    if _has_year(record):
        return (title,)
    return joined((title,), upright(f", {year}"))


def name_in_text(record: ReferenceRecord, style: Style) -> str:
    """What two works must share to need letters, beside the year."""
    named = record.kind.name not in _LEGAL and creators(record)
    return apa_label(record) if named else title_of(record)


def _legal(record: ReferenceRecord, letter: str) -> Runs:
    """Title, number (year): no author. A regulation has its day, a hearing the committee in its title."""
    title = upright(title_of(record))
    if record.kind.name == "hearing":
        before = "" if "hearing" in record.title.lower() or not record.authors else ": Hearing before the "
        title = (Run(f"{record.title}{before}{record.authors[0] if before else ''}", italic=True),)
    year = (
        _long(record.issued) if record.kind.name == "regulation" and record.issued else _year(record, letter)
    )
    inside = [one for one in ("" if _has_year(record) else year, edition_of(record)) if one]
    number = upright(f", {named}" if (named := number_of(record)) else "")
    return joined(title, number, upright(f" ({', '.join(inside)})" if inside else ""))


def _has_year(record: ReferenceRecord) -> bool:
    """An act of Parliament bears its year in its title, and it is not said twice."""
    return (
        record.kind.name == "law"
        and (year := year_of(record)) is not None
        and title_of(record).endswith(str(year))
    )


def _titled(record: ReferenceRecord) -> Runs:
    inside = [one for one in (number_of(record), edition_of(record)) if one]
    told = f" ({', '.join(inside)})" if inside else ""
    form = " [Data set]" if record.kind.name == "dataset" else ""
    return joined((Run(title_of(record), italic=True),), upright(told + form))


def _dated(record: ReferenceRecord, letter: str) -> str:
    year = _year(record, letter)
    if record.issued is None or record.kind.name in _BY_YEAR:
        return f"({year})"
    return f"({year}, {_MONTHS[record.issued.month - 1]} {record.issued.day})"


def _year(record: ReferenceRecord, letter: str) -> str:
    if (year := year_of(record)) is not None:
        return f"{year}{letter}"
    return f"n.d.-{letter}" if letter else "n.d."


def _house(record: ReferenceRecord) -> str | None:
    """Who published it, or the site, unless it is the author; bodies that persons wrote for published it."""
    made = record.publisher or (", ".join(record.authors) if record.people else None) or record.site
    return None if made in creators(record) else made


def _address(record: ReferenceRecord) -> str | None:
    """No full stop behind it. The day of access only for what has no date: such a page may change."""
    address = stable_address(record.url) or _identifier(record)
    if address and record.url and record.accessed and year_of(record) is None:
        return f"Retrieved {_long(record.accessed)}, from {address}"
    return address


def _identifier(record: ReferenceRecord) -> str | None:
    kind, _, value = (record.identifier or "").partition(":")
    return f"https://doi.org/{value}" if kind.upper() == "DOI" and value else record.identifier


def _behind(part: Runs) -> Runs:
    return joined(upright(" "), part) if part else ()


def _long(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
