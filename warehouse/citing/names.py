"""Names in an entry and in the text: persons turned round, bodies as printed, many cut short.

Only `people` of a record are persons; a comma in the name of a body parts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from warehouse.citing.style import Style, is_chinese
from warehouse.exchange.reference_record import ReferenceRecord

_NAMED = 3  # GB/T 7714: so many names are printed, then 等 or et al.
_APA_NAMED = 20
_GIVEN = re.compile(r"[\s.]+")


def creators(record: ReferenceRecord) -> tuple[str, ...]:
    """Who answers for the work: the persons that are named, else the issuing bodies."""
    return record.people or record.authors


def gb_creators(record: ReferenceRecord, style: Style) -> str:
    """All names of an entry, from the fourth on as 等 or et al.; empty where nobody is named."""
    names = [_gb_person(name, style) for name in record.people] or list(record.authors)
    comma = style.signs(record).comma
    if len(names) > _NAMED:
        names = [*names[:_NAMED], _others(record)]
    return comma.join(names)


def gb_label(record: ReferenceRecord, style: Style) -> str:
    """The name in the text: one alone, the first of several with 等 or et al., 佚名 or Anon for nobody."""
    names = creators(record)
    if not names:
        return anonymous(record)
    first = _gb_family(names[0], style) if record.people else names[0]
    if len(names) == 1:
        return first
    return f"{first}{style.gap}等" if is_chinese(record) else f"{first} et al."


def anonymous(record: ReferenceRecord) -> str:
    """What author-date prints where nobody is named."""
    return "佚名" if is_chinese(record) else "Anon"


def apa_creators(record: ReferenceRecord) -> str:
    """All names up to twenty with an ampersand before the last; of more the first nineteen and the last."""
    names = [_apa_person(name) for name in record.people] or list(record.authors)
    if len(names) > _APA_NAMED:
        return f"{', '.join(names[: _APA_NAMED - 1])}, . . . {names[-1]}"
    return f"{', '.join(names[:-1])}, & {names[-1]}" if len(names) > 1 else "".join(names)


def apa_label(record: ReferenceRecord) -> str:
    """The names in the text: one, two with an ampersand, the first of more with et al."""
    names: Sequence[str] = creators(record)
    short = [_family(name) if record.people else name for name in names]
    return f"{short[0]} et al." if len(short) > 2 else " & ".join(short)


def _gb_person(name: str, style: Style) -> str:
    """Family name and initials without stops (Calkin D E); a Chinese name, which has no comma, as it is."""
    family, comma, given = name.partition(", ")
    return f"{_gb_family(name, style)} {' '.join(_initials(given))}" if comma else family


def _gb_family(name: str, style: Style) -> str:
    family, comma, _ = name.partition(", ")
    return family.upper() if style.capitals and comma else family


def _apa_person(name: str) -> str:
    family, comma, given = name.partition(", ")
    return f"{family}, {' '.join(f'{initial}.' for initial in _initials(given))}" if comma else name


def _initials(given: str) -> list[str]:
    return ["-".join(part[0] for part in word.split("-") if part) for word in _GIVEN.sub(" ", given).split()]


def _family(name: str) -> str:
    return name.partition(", ")[0]


def _others(record: ReferenceRecord) -> str:
    return "等" if is_chinese(record) else "et al."
