"""Who stands above a body: derived for local offices from kind, place and name, checked for every body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from classify.departments.places import Kind, Place
from warehouse.errors import UserError

NATIONAL = "cn-"  # how the codes of national bodies begin
PARTY = "中共"


def stem_above(place: Place) -> str | None:
    """How codes of the place around this one begin; None for a province."""
    if place.parent is None:
        return None
    return place.parent.lower() if place.country == "XS" else f"cn-{place.parent}"


def above_office(kind: Kind, place: Place) -> str | None:
    """The code of who stands above a usual office: its government, another office, or its line's next."""
    if kind.above is None:
        return f"{place.stem}-government"
    if not kind.above.startswith(NATIONAL):
        return f"{place.stem}-{kind.above}" if kind.above else None
    upper = stem_above(place)
    if upper is not None:
        return f"{upper}-{kind.key}"
    return kind.above if place.country == "CN" else None


def above_written(name: str, place: Place, kind: Kind | None, heads: Mapping[str, str]) -> str | None:
    """The same for an office that a file writes out: by kind, Party name or the national name it begins with.

    `heads`: codes of national bodies by their names. What tells nothing stands below the place's government.
    """
    if kind is not None:
        return above_office(kind, place)
    if name.startswith(PARTY):
        return f"{place.stem}-party-committee"
    begins = [head for head in heads if name.startswith(head)]
    return heads[max(begins, key=len)] if begins else f"{place.stem}-government"


def check_parents(
    parents: Mapping[str, str | None], usual: frozenset[str] = frozenset(), where: str = "authority file"
) -> None:
    """A UserError when a parent is nobody or a body stands above itself; `usual`: codes made when met."""
    for code, parent in parents.items():
        if parent and parent not in parents and parent not in usual:
            raise UserError(f"{where}: '{code}' names '{parent}', which no body has as its code.")
        seen = {code}
        while parent is not None:
            if parent in seen:
                raise UserError(f"{where}: '{code}' stands above itself; mend the parent of '{parent}'.")
            seen.add(parent)
            parent = parents.get(parent)


def check_kinds(kinds: Iterable[Kind], codes: frozenset[str]) -> None:
    """A UserError names the kind whose `above` is no kind and no national body, or leads in a circle."""
    known = {kind.key: kind.above for kind in kinds}
    for key, above in known.items():
        seen = {key}
        while above and not above.startswith(NATIONAL):
            if above not in known or above in seen:
                raise UserError(
                    f"kinds.toml: kind {key}: 'above' leads to '{above}', no other kind of the file."
                )
            seen.add(above)
            above = known[above]
        if above and above not in codes:
            raise UserError(f"kinds.toml: kind {key}: 'above' is '{above}', the code of no national body.")
