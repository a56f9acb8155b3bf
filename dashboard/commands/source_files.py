"""Source files of a home: a commented new one, and copies that switch a packaged source on or off."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from warehouse.errors import UserError
from warehouse.files import write_whole
from warehouse.home import Home

SOURCE_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
SWITCH_LINE = re.compile(r"^\s*(enabled|disabled_reason)\s*=")
TEMPLATE = """\
# A source of our own; docs/add-a-source.md leads through it. Delete what you do not need.
id = "{source_id}"
name_zh = "发布单位全称"
name_en = "Full name of the publisher"
jurisdiction = "CN"            # CN, CN-44, GB, ...
region = "全国"                # as people print it
level = "provincial"           # national | provincial | municipal | county | international
language = "zh"                # zh | en
platform = "generic"           # a module of crawlers/platforms
home = "https://www.example.gov.cn/"
reuse = "excerpt"              # full | excerpt | link: how much of the text may be shown
cadence_hours = 24             # how often a scheduled run comes
enabled = false
disabled_reason = "not tried yet"

[[start]]
url = "https://www.example.gov.cn/zwgk/"

[impact]
requests_per_day = 200         # a ceiling, kept by the crawler

[list]
item = "ul.list li"            # CSS selector of one row
link = "a"                     # of the document's link in it

[fields]
title = "h1"
body = ".article"
"""


def new_source_file(home: Home, source_id: str) -> Path:
    """Write the template into the home's folder of sources; an existing file is never overwritten."""
    if not SOURCE_ID.match(source_id):
        raise UserError(
            f"'{source_id}' is no source id; use small letters, digits and single hyphens, such as gd-mzt."
        )
    file = new_file_of(home, source_id)
    home.sources.mkdir(parents=True, exist_ok=True)
    write_whole(file, TEMPLATE.format(source_id=source_id))
    return file


def new_file_of(home: Home, source_id: str) -> Path:
    """Where a new source's file goes; UserError when one is there already."""
    file = home.sources / f"{source_id}.toml"
    if file.exists():
        raise UserError(f"{file} is already there; edit it, or choose another id.")
    return file


def switch_source(home: Home, source_id: str, *, enabled: bool, reason: str) -> Path:
    """Write `enabled` into the home's file of the source, copied from the packaged one if need be."""
    own = _file_with_id(home.sources, source_id) if home.sources.is_dir() else None
    file = Path(str(own)) if own else home.sources / f"{source_id}.toml"
    origin = own or _file_with_id(resources.files("crawlers") / "sources", source_id)
    if origin is None:
        raise UserError(f"No source is called '{source_id}'; 'govbrief sources list' shows all of them.")
    text = origin.read_text(encoding="utf-8")
    if enabled and tomllib.loads(text).get("platform") == "manual":
        raise UserError(
            f"{source_id} is not crawled: people hand its documents in,"
            f" 'govbrief add FILE --source {source_id}'."
        )
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, _switched(text, enabled, reason))
    return file


def _switched(text: str, enabled: bool, reason: str) -> str:
    lines = text.splitlines()
    first_table = next((i for i, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    head = [line for line in lines[:first_table] if not SWITCH_LINE.match(line)]
    while head and not head[-1].strip():
        head.pop()
    switch = (
        ["enabled = true"]
        if enabled
        else ["enabled = false", f"disabled_reason = {json.dumps(reason, ensure_ascii=False)}"]
    )
    return "\n".join([*head, *switch, "", *lines[first_table:]]).rstrip() + "\n"


def _file_with_id(folder: Path | Traversable, source_id: str) -> Path | Traversable | None:
    for file in _toml_below(folder):
        try:
            found = tomllib.loads(file.read_text(encoding="utf-8")).get("id")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            continue  # the catalogue names this file; it keeps no other source from being switched
        if found == source_id:
            return file
    return None


def _toml_below(folder: Path | Traversable) -> Iterator[Path | Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _toml_below(entry)
        elif entry.name.endswith(".toml"):
            yield entry
