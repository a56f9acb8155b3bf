"""The catalogue: every source's TOML file, packaged or the home's own, checked and matched to addresses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import ValidationError

from crawlers.source import SourceFile, bare_address, describe, host_names
from crawlers.source_tables import tables_fault
from warehouse.errors import UserError
from warehouse.home import Home

SAMPLE_FOLDER = "sample"
HOME_FOLDER = "sources"
_ID_LINE = re.compile(r"""^\s*id\s*=\s*["']([^"'\n]+)["']""", re.M)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Real sources or the sample's, never both, by id."""

    sources: dict[str, SourceFile]
    sample: bool
    faults: dict[str, str] = field(default_factory=dict)  # id of a home's file that does not fit -> why
    # host -> (address, id), longest address first
    _addresses: dict[str, list[tuple[str, str]]] = field(default_factory=dict, repr=False)

    def match(self, url: str) -> SourceFile | None:
        """The source with the longest address that the given one begins with; None when none holds it."""
        host, _, path = bare_address(url).partition("/")
        for name in host_names(host):
            for address, source_id in self._addresses.get(name, ()):
                if f"{name}/{path}".startswith(address):
                    return self.sources[source_id]
        return None

    def select(self, ids: Sequence[str] | None) -> list[SourceFile]:
        """The named sources, or all; an unknown id is a UserError that lists what is near."""
        if not ids:
            return list(self.sources.values())
        for source_id in ids:
            if source_id in self.faults:
                raise UserError(self.faults[source_id])
            if source_id not in self.sources:
                near = ", ".join(sorted(self.sources)[:8])
                raise UserError(
                    f"No source is called '{source_id}'; 'govbrief sources list' shows all ({near}, ...)."
                )
        return [self.sources[source_id] for source_id in ids]


def load_catalogue(home: Home | None, *, sample: bool) -> Catalogue:
    """Packaged sources of the asked kind and the home's own beside them (an equal id: the home's wins).

    A home's file that does not fit is told in `faults`, naming file and key; the source it speaks of is left
    out, a packaged one of that id too, and every other one stays.
    """
    packaged = resources.files("crawlers") / "sources"
    read = (read_source(file, sample=sample) for file in _packaged_files(packaged, sample))
    by_id = {source.id: source for source in read}
    faults: dict[str, str] = {}
    if home is not None and home.sources.is_dir():
        own, faults = _read_home(home.sources, sample)
        by_id.update(own)
    kept = (source for source in by_id.values() if source.id not in faults)
    return build_catalogue(kept, sample=sample, faults=faults)


def build_catalogue(
    sources: Iterable[SourceFile], *, sample: bool, faults: Mapping[str, str] | None = None
) -> Catalogue:
    """A catalogue of given sources, with the table that `match` looks into."""
    by_id = {source.id: source for source in sorted(sources, key=lambda s: s.id)}
    addresses: dict[str, list[tuple[str, str]]] = {}
    for source in by_id.values():
        for address in _addresses_of(source):
            addresses.setdefault(address.split("/", 1)[0], []).append((address, source.id))
    for entries in addresses.values():
        entries.sort(key=lambda entry: (-len(entry[0]), not by_id[entry[1]].enabled, entry[1]))
    return Catalogue(by_id, sample, dict(faults or {}), addresses)


def read_source(file: Path | Traversable, *, sample: bool = False) -> SourceFile:
    """One TOML file as a source; a UserError says in one sentence what to mend."""
    in_home = isinstance(file, Path) and file.parent.name == HOME_FOLDER
    named = f"{HOME_FOLDER}/{file.name}" if in_home else file.name
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{named}: not readable as TOML ({error}); mend that line.") from error
    except OSError as error:
        raise UserError(
            f"{named}: cannot be opened ({error.strerror}); check the path and its permissions."
        ) from error
    if "sample" in raw:
        raise UserError(
            f"{named}: unknown key 'sample'; the folder a file lies in says whether it is a sample."
        )
    try:
        source = SourceFile(**raw, sample=sample)
    except ValidationError as error:
        raise UserError(f"{named}: {describe(error)}.") from error
    fault = tables_fault(source.platform, source.list, source.fields, source.options)
    if fault:
        raise UserError(f"{named}: {fault}.")
    return source


def check_start(source: SourceFile, named: str) -> None:
    """UserError unless a crawl of the source can begin: a known platform, fitting options, own addresses.

    Imports the source's platform; packaged files are checked by the tests, only a home's at each load.
    """
    from crawlers.platforms import PLATFORMS
    from crawlers.spiders.requests import start_requests

    if source.platform not in PLATFORMS:
        raise UserError(
            f"{named}: the platform '{source.platform}' is not known; write one of {', '.join(PLATFORMS)}."
        )
    if source.platform == "manual" and not source.enabled:
        return  # it has no start: people hand its documents in
    try:
        PLATFORMS[source.platform].start(source.hints())  # also where [[start]] comes before the options
        asked = start_requests(source)
    except UserError as error:
        raise UserError(f"{named}: {error}") from error
    except (ValueError, TypeError) as error:
        raise UserError(f"{named}: the [options] do not fit ({error}); correct them.") from error
    outside = next(
        (item for item in asked if not source.covers(str(item.request.get("url", item.url)))), None
    )
    if outside is not None:
        raise UserError(
            f"{named}: the start {outside.url} lies outside the source's own [scope]; add its host there."
        )


def _read_home(folder: Path, sample: bool) -> tuple[dict[str, SourceFile], dict[str, str]]:
    """The home's own sources by id, and by the same ids why a file does not fit."""
    own: dict[str, SourceFile] = {}
    names: dict[str, str] = {}
    faults: dict[str, str] = {}
    for file in sorted(folder.rglob("*")):
        if file.suffix.lower() != ".toml":
            continue
        if file.suffix != ".toml":
            faults[file.name] = (
                f"{HOME_FOLDER}/{file.name}: not read for its name's ending; call it {file.stem}.toml."
            )
            continue
        try:
            source = read_source(file, sample=sample)
            check_start(source, f"{HOME_FOLDER}/{file.name}")
        except UserError as error:
            faults[_meant_id(file)] = str(error)
            continue
        if source.id in names:
            faults[source.id] = (
                f"{HOME_FOLDER}/{file.name}: id '{source.id}' is taken by {names[source.id]};"
                " choose another id."
            )
        names[source.id] = file.name
        own[source.id] = source
    return own, faults


def _meant_id(file: Path) -> str:
    """The id that a broken file still tells, else its name."""
    try:
        told = _ID_LINE.search(file.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        told = None
    return told[1] if told else file.stem


def _packaged_files(folder: Traversable, sample: bool) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir() and entry.name != "__pycache__":
            if (entry.name == SAMPLE_FOLDER) == sample:
                yield from _toml_below(entry)
        elif entry.name.endswith(".toml") and not sample:
            yield entry


def _toml_below(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir():
            yield from _toml_below(entry)
        elif entry.name.endswith(".toml"):
            yield entry


def _addresses_of(source: SourceFile) -> set[str]:
    """Every address the source answers for; home and start folders are longer than its hosts."""
    own = set(source.own_addresses()) | {bare_address(source.home)}
    if not source.scope.prefixes:
        own |= {bare_address(start.url).split("?", 1)[0].rpartition("/")[0] + "/" for start in source.start}
    elif bare_address(source.home).endswith("/") and bare_address(source.home).count("/") == 1:
        own.discard(bare_address(source.home))
    return own
