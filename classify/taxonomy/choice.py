"""Which topic schemes a home uses: its setting, its own files and the packaged ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from classify.taxonomy.load import (
    DEFAULT,
    LEAD_SCHEME,
    NOT_SCHEMES,
    Taxonomy,
    load_taxonomy,
    packaged_schemes,
)
from classify.taxonomy.mapping import FILE
from warehouse.errors import UserError
from warehouse.home import SETTINGS_FILE, Home

MAPPINGS = "mappings.toml"


@dataclass(frozen=True, slots=True)
class Schemes:
    """The chosen schemes, the leading one first, each as a packaged name or the path of a home's file."""

    chosen: tuple[str, ...] = (LEAD_SCHEME,)
    lead: str = LEAD_SCHEME  # where the State Council scheme is read, chosen or not
    mappings: tuple[str, ...] = ()  # the home's own, beside the packaged file

    @property
    def taxonomies(self) -> tuple[Taxonomy, ...]:
        return tuple(load_taxonomy(what) for what in self.chosen)

    @property
    def has_lead(self) -> bool:
        """Whether documents get classes of the State Council scheme."""
        return self.lead in self.chosen

    @property
    def others(self) -> tuple[str, ...]:
        return tuple(what for what in self.chosen if what != self.lead)


DEFAULT_SCHEMES = Schemes()


def chosen_schemes(home: Home | None) -> Schemes:
    """What `[classify] schemes` names; without it the State Council scheme, then every scheme of the home.

    A home's file with the name of a packaged scheme takes its place. A UserError names a scheme nobody knows.
    """
    if home is None:
        return DEFAULT_SCHEMES
    own = home_schemes(home)
    known = {**{name: name for name in packaged_schemes()}, **{name: str(own[name]) for name in own}}
    wanted = home.settings.classify.schemes or tuple(dict.fromkeys((LEAD_SCHEME, *own)))
    for name in wanted:
        if name not in known:
            raise UserError(
                f"{home.root / SETTINGS_FILE}: [classify] schemes names '{name}', which is neither packaged"
                f" nor in taxonomies/; known are {', '.join(known)}."
            )
    mappings = tuple(str(file) for file in mapping_files(home)[1:])
    return Schemes(tuple(known[name] for name in wanted), known[LEAD_SCHEME], mappings)


def named_schemes(names: Sequence[str], home: Home | None = None) -> Schemes:
    """These schemes of the home, packaged ones or TOML files, the leading one first, and its mappings.

    A UserError names an unknown one.
    """
    own = home_schemes(home) if home is not None else {}
    taxonomies = {what: load_taxonomy(what) for what in (str(own.get(name, name)) for name in names)}
    lead = next(
        (name for name, taxonomy in taxonomies.items() if taxonomy.scheme == LEAD_SCHEME), LEAD_SCHEME
    )
    return Schemes(tuple(taxonomies), lead, tuple(str(file) for file in mapping_files(home)[1:]))


def mapping_files(home: Home | None) -> tuple[Path, ...]:
    """The packaged mappings, then the home's own."""
    own = home.taxonomies / MAPPINGS if home is not None else None
    return (FILE, own) if own is not None and own.is_file() else (FILE,)


def home_schemes(home: Home) -> dict[str, Path]:
    """The home's own schemes (`taxonomies/*.toml`) by their names; two files of one name are a UserError."""
    found: dict[str, Path] = {}
    for file in sorted(home.taxonomies.glob("*.toml")):
        if file.name in NOT_SCHEMES:
            continue
        scheme = load_taxonomy(file).scheme
        if scheme in found:
            raise UserError(
                f"{file}: the scheme '{scheme}' stands in {found[scheme].name} too; give one another name."
            )
        found[scheme] = file
    return found


def scheme_file(home: Home | None, scheme: str) -> Path:
    """Where this scheme is read: the home's file, else the packaged one; a UserError when there is none."""
    own = home_schemes(home) if home is not None else {}
    packaged = packaged_schemes()
    if scheme not in own and scheme not in packaged:
        raise UserError(f"the scheme '{scheme}' is unknown; known are {', '.join({**packaged, **own})}.")
    return own.get(scheme) or packaged.get(scheme, DEFAULT)
