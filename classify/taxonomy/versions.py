"""Brings drafts of topic schemes into force and takes them back: every version is kept.

`taxonomies/<scheme>.toml` is in force; `taxonomies/history/<scheme>/` holds the versions, and a line in
log.jsonl for each change.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from classify.taxonomy.choice import home_schemes
from classify.taxonomy.drafts import NAME, check_name, draft_change, in_force, obstacles
from classify.taxonomy.load import load_taxonomy, packaged_schemes
from classify.taxonomy.old_names import with_kept_names
from warehouse.errors import UserError
from warehouse.files import write_whole
from warehouse.home import Home

PACKAGED = "packaged"


@dataclass(frozen=True, slots=True)
class Version:
    """One line of a scheme's log: what came into force, when, by whom, instead of what."""

    name: str  # state-council-2, or "packaged"
    scheme: str
    action: str  # publish | rollback | found (edited by hand)
    at: str  # instant, ISO 8601
    by: str
    note: str
    version: str  # of the content
    classes: int
    before: str  # name of the version that was in force


def publish_draft(home: Home, file: Path, by: str, note: str = "") -> Version:
    """Bring the draft into force; the version before stays in the history. A UserError says what hinders.

    Old names of renamed and merged classes are written into the draft, which the version is.
    """
    new = load_taxonomy(file)
    check_name(new.scheme)
    change = draft_change(home, file)
    drafted = file.read_text(encoding="utf-8")
    text = with_kept_names(drafted, change.kept_names, str(file))
    current = in_force(home, new.scheme)
    if current is not None and current.read_text(encoding="utf-8") == text:
        raise UserError(f"{file}: this is {new.scheme} as it is in force; change the draft first.")
    if hinders := obstacles(home, change, new):
        raise UserError(f"{file}: {hinders[0]}")
    before = _keep_current(home, new.scheme, by)
    name = _next_name(home, new.scheme)
    version = _bring_into_force(home, new.scheme, text, name, "publish", by, note, before)
    if text != drafted:
        write_whole(file, text)  # or the next publication of this draft would lose the names again
    return version


def roll_back(home: Home, scheme: str, by: str, to: str | None = None) -> Version:
    """Bring the version before (or the one named) back into force, as a new line of the history."""
    log = history(home, scheme)
    if not log:
        raise UserError(f"'{scheme}' has no history; it was never published, there is nothing to go back to.")
    before = _keep_current(home, scheme, by)
    log = history(home, scheme)
    wanted = to or log[-1].before
    if not wanted:
        raise UserError(f"{before} is the first version of {scheme}; there is nothing to go back to.")
    if wanted == before:
        raise UserError(f"{wanted} is in force; 'govbrief taxonomy history {scheme}' lists the others.")
    if wanted == PACKAGED and scheme in packaged_schemes():
        text = packaged_schemes()[scheme].read_text(encoding="utf-8")
    else:
        kept = _folder(home, scheme) / f"{wanted}.toml"
        if not NAME.fullmatch(wanted) or not kept.is_file():
            raise UserError(
                f"'{wanted}' is no version of {scheme}; known are {', '.join(_names(home, scheme))}."
            )
        text = kept.read_text(encoding="utf-8")
    return _bring_into_force(home, scheme, text, wanted, "rollback", by, "", before)


def history(home: Home, scheme: str | None = None) -> list[Version]:
    """The log of one scheme, or of all, oldest first."""
    folder = home.taxonomies / "history"
    logs = [folder / scheme / "log.jsonl"] if scheme else sorted(folder.glob("*/log.jsonl"))
    versions = [one for log in logs if log.is_file() for one in _read_log(log)]
    return sorted(versions, key=lambda one: one.at)


def _read_log(log: Path) -> Iterator[Version]:
    for number, line in enumerate(log.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield Version(**json.loads(line))
        except (json.JSONDecodeError, TypeError) as error:
            raise UserError(f"{log}: line {number} is not what 'taxonomy publish' wrote; mend it.") from error


def _keep_current(home: Home, scheme: str, by: str) -> str:
    """The name of the version in force; a file edited by hand is first kept under a name of its own."""
    file = home_schemes(home).get(scheme)
    if file is None:
        return PACKAGED if scheme in packaged_schemes() else ""
    text = file.read_text(encoding="utf-8")
    log = history(home, scheme)
    if log and _text_of(home, log[-1]) == text:
        return log[-1].name
    name = _next_name(home, scheme)
    _write_kept(home, scheme, name, text)
    _log(home, scheme, name, "found", by, "edited by hand", log[-1].name if log else "")
    return name


def _bring_into_force(
    home: Home, scheme: str, text: str, name: str, action: str, by: str, note: str, before: str
) -> Version:
    """Write the text where the scheme is read, and its line into the log."""
    if name != PACKAGED:
        _write_kept(home, scheme, name, text)
    file = home_schemes(home).get(scheme, home.taxonomies / f"{scheme}.toml")
    if name == PACKAGED:
        file.unlink(missing_ok=True)
    else:
        write_whole(file, text)
    return _log(home, scheme, name, action, by, note, before)


def _log(home: Home, scheme: str, name: str, action: str, by: str, note: str, before: str) -> Version:
    file = in_force(home, scheme)
    taxonomy = load_taxonomy(file) if file else None
    version = Version(
        name, scheme, action, home.clock.now().isoformat(), by, note,
        taxonomy.version if taxonomy else "", len(taxonomy.nodes) if taxonomy else 0, before,
    )  # fmt: skip
    folder = _folder(home, scheme)
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "log.jsonl"
    earlier = log.read_text(encoding="utf-8") if log.is_file() else ""
    write_whole(log, earlier + json.dumps(asdict(version), ensure_ascii=False) + "\n")
    return version


def _text_of(home: Home, version: Version) -> str:
    kept = _folder(home, version.scheme) / f"{version.name}.toml"
    return kept.read_text(encoding="utf-8") if kept.is_file() else ""


def _write_kept(home: Home, scheme: str, name: str, text: str) -> None:
    folder = _folder(home, scheme)
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / f"{name}.toml", text)


def _names(home: Home, scheme: str) -> list[str]:
    kept = sorted(file.stem for file in _folder(home, scheme).glob("*.toml"))
    return [*([PACKAGED] if scheme in packaged_schemes() else []), *kept]


def _next_name(home: Home, scheme: str) -> str:
    """The first free name in the order of numbers."""
    taken = {file.stem for file in _folder(home, scheme).glob("*.toml")}
    number = 1
    while f"{scheme}-{number}" in taken:
        number += 1
    return f"{scheme}-{number}"


def _folder(home: Home, scheme: str) -> Path:
    return home.taxonomies / "history" / scheme
