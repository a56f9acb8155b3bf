"""Under which codes work comes to a body: its own, and those of the classes of bodies that it belongs to.

A class is written `all:KIND:LEVEL:PLACE`; the code of a usual office is its place's jurisdiction in lower
case with the key of its kind (xs-10-civil-affairs), so both are understood without the authority file.
"""

from __future__ import annotations

from typing import NamedTuple

from warehouse.publication import Publication

PREFIX = "all:"
NO_DEPARTMENT = frozenset(
    (
        "government",
        "congress",
        "congress-standing-committee",
        "party-committee",
        "court",
        "procuratorate",
        "cppcc",
    )
)


class ClassCode(NamedTuple):
    """The parts of a class's code."""

    kind: str
    level: str
    place: str


def class_parts(code: str) -> ClassCode | None:
    """The class that a code means; None for the code of a body."""
    parts = code.removeprefix(PREFIX).split(":")
    return ClassCode(*parts) if code.startswith(PREFIX) and len(parts) == 3 else None


def inbox_codes(publication: Publication, code: str) -> list[str]:
    """The body's own code, then those of the classes it belongs to, the widest last."""
    body = _body(publication, code)
    if body is None:
        return [code]
    kind, place, level = body
    wide = _around(place)
    found = [code]
    for level_said in (level, "any"):
        found += [f"{PREFIX}{kind}:{level_said}:{around}" for around in wide]
    if kind not in NO_DEPARTMENT:
        found.append(f"{PREFIX}department:{level}:{place}")
        found += [f"{PREFIX}department:{level}:{around}" for around in wide if around != place]
    return found


def _body(publication: Publication, code: str) -> ClassCode | None:
    """Kind, jurisdiction and level of a usual office; None for a body that is none."""
    rows = publication.rows("select jurisdiction, level, name_zh from body where code = ?", [code])
    if rows and rows[0]["level"] != "national":
        place, level = str(rows[0]["jurisdiction"]), str(rows[0]["level"])
        stem = f"{place.lower()}-"
        return ClassCode(code.removeprefix(stem), place, level) if code.startswith(stem) else None
    parts = code.split("-")
    for cut in range(len(parts) - 1, 1, -1):  # xs-100101-education: an office of a place that the files list
        place = "-".join(parts[:cut]).upper()
        if parts[cut - 1].isdigit():
            return ClassCode("-".join(parts[cut:]), place, _LEVELS.get(len(parts[cut - 1]), "county"))
    return None


_LEVELS = {2: "provincial", 4: "municipal", 6: "county"}


def _around(place: str) -> list[str]:
    """The place, its city, its province, its country: XS-100101, XS-1001, XS-10, XS."""
    country, _, digits = place.partition("-")
    steps = [digits[:end] for end in range(len(digits), 0, -2)]
    return [f"{country}-{step}" for step in steps if step] + [country]
