"""A home of the fictional sample province: its day, and the loopback sites a crawl of it talks to."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from warehouse.clock import today
from warehouse.errors import UserError
from warehouse.files import write_whole
from warehouse.home import SETTINGS_FILE, Home
from warehouse.locks import run_lock, work_lock

DAY_ZERO = date(2026, 6, 1)  # the sample province's first morning
# What govbrief writes into a home; sources, themes, taxonomies and models in it are a person's and stay.
_FOLDERS = frozenset(
    {
        "archive",
        "published",
        "index",
        "past-index",
        "bodies",
        "shown",
        "locks",
        "run-reports",
        "letters",
        "logs",
        "tmp",
        "backups",
    }
)
_STORES = ("crawl_state.sqlite", "warehouse.duckdb", "desk.sqlite")
FURTHER_HOSTS = "GOVBRIEF_SAMPLE_HOSTS"  # trying a source file on a site of one's own making
CLOCK_LINE = re.compile(r'^now\s*=\s*"[^"]*"', re.MULTILINE)


def is_sample(home: Home) -> bool:
    """True when the home belongs to the sample province, which has a clock of its own."""
    return bool(home.settings.clock.now)


def day_of(home: Home) -> int:
    """On which day of the sample province the home stands."""
    return (today(home.clock, home.settings.place.timezone) - DAY_ZERO).days


def open_sample_home(home: Home, day: int | None) -> Home:
    """The sample home at the asked day; the day may move forward only, as days do."""
    if not is_sample(home):
        raise UserError(
            f"{home.root} is a real home and stays one; give the demo another folder with --home."
        )
    present = day_of(home)
    if day is None or day == present:
        return home
    if day < present:
        raise UserError(
            f"{home.root} already stands at day {present}; ask for that or a later --day, or another --home."
        )
    from crawlers.sample_sites import sample_settings

    file = home.root / SETTINGS_FILE
    moved = CLOCK_LINE.search(sample_settings(day))
    now = datetime.fromisoformat(moved.group(0).split('"')[1]).isoformat() if moved else ""
    write_whole(file, CLOCK_LINE.sub(f'now = "{now}"', file.read_text(encoding="utf-8")))
    return Home.open(home.root)


@dataclass(frozen=True, slots=True)
class Removed:
    """What `remove_sample_home` took away and what of other people's it left."""

    root: Path
    bytes: int
    corrections: int  # made by a person in this home; gone with it
    kept: tuple[str, ...]  # names in the folder that govbrief did not make


def remove_sample_home(home: Home) -> Removed:
    """Delete everything govbrief keeps in a sample home; a real home is refused, foreign files stay."""
    from warehouse.desk.desk import Desk

    if not is_sample(home):
        raise UserError(f"{home.root} is a real home; nothing was removed.")
    with run_lock(home), work_lock(home):
        with Desk.open(home) as desk:
            corrections = len(desk.corrections())
        own = [path for path in home.root.iterdir() if _is_ours(path.name)]
        size = sum(file.stat().st_size for path in own for file in (path, *path.rglob("*")) if file.is_file())
        for path in own:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    kept = tuple(sorted(path.name for path in home.root.iterdir()))
    if not kept:
        home.root.rmdir()
    return Removed(home.root, size, corrections, kept)


def _is_ours(name: str) -> bool:
    return name in _FOLDERS or name == SETTINGS_FILE or name.startswith(_STORES)


@contextmanager
def site_addresses(home: Home) -> Iterator[Mapping[str, tuple[str, int]] | None]:
    """Where the hosts of this home answer: the sample's loopback servers, or None for the network."""
    if not is_sample(home):
        yield None
        return
    from crawlers.sample_sites import SampleServer

    with SampleServer(day_of(home)) as server:
        yield {**server.addresses, **_further_hosts(os.environ.get(FURTHER_HOSTS, ""))}


def _further_hosts(said: str) -> dict[str, tuple[str, int]]:
    """`www.a.example=8123 www.b.example=8124`: sites on this machine's loopback, for a sample home only."""
    pairs = [word.partition("=") for word in said.split()]
    wrong = next((word for word in pairs if not word[0] or not word[2].isdigit()), None)
    if wrong:
        raise UserError(f"{FURTHER_HOSTS}: '{''.join(wrong)}' is no host and port; write www.a.example=8123.")
    return {host.lower(): ("127.0.0.1", int(port)) for host, _, port in pairs}
