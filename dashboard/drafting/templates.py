"""Templates of reports: one TOML file each, ours beside those of the home, checked when they are read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from warehouse.errors import UserError
from warehouse.home import Home

Period = Literal["", "day", "week", "month", "quarter", "year"]
PERIODS: tuple[Period, ...] = ("", "day", "week", "month", "quarter", "year")
# What a section may be filled with; `searches` are those chosen when the draft is begun.
PARTS = (
    "summary", "new", "changed", "ended", "due", "carried", "open-points", "disputed", "problems", "measures",
    "key-documents", "elsewhere", "texts", "basket", "searches", "trend", "matrix", "actors", "targets",
    "due-table",
)  # fmt: skip
_KEYS = {"zh", "en", "series", "language", "title", "period", "least", "most", "shape", "section"}
_SECTION_KEYS = {"id", "heading", "guidance", "fill"}
_FILL_KEYS = {"part", "search", "most"}
_MOST_FILLED = 50


@dataclass(frozen=True, slots=True)
class Fill:
    """What is put into a section: a part of the theme's briefing, or the hits of a saved search."""

    part: str  # of PARTS, "" for a saved search
    search: str  # name or number of a saved search, "" for a part
    most: int  # lines


@dataclass(frozen=True, slots=True)
class Section:
    """One section in the order of the report."""

    key: str
    heading: str
    guidance: tuple[str, str]  # what belongs here, Chinese and English
    fills: tuple[Fill, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """How a kind of report is built; lengths count Chinese characters, or words of an English one."""

    name: str
    zh: str
    en: str
    series: str  # the name over the issue number
    language: str  # zh | en
    title: str  # of a draft that is begun; {theme} stands for the theme's name
    period: Period
    least: int
    most: int  # 0: no limit
    shape: tuple[str, str]  # what it is for, Chinese and English
    sections: tuple[Section, ...]
    own: bool = False  # of this home

    def called(self, language: str) -> str:
        """The template's name for a reader of that language."""
        return self.en if language == "en" else self.zh


def templates(home: Home | None) -> dict[str, Template]:
    """All templates by name; one of the home stands in the place of ours of the same name."""
    found = {file.stem: file for file in _ours()}
    ours = {name: read_template(name, file.read_text("utf-8")) for name, file in sorted(found.items())}
    return {**ours, **_of_home(home)} if home else ours


def template_of(home: Home | None, name: str) -> Template:
    """One template; a UserError that names those there are."""
    known = templates(home)
    if name not in known:
        raise UserError(f"There is no template '{name}'; choose one of {', '.join(known)}.")
    return known[name]


def read_template(name: str, text: str, own: bool = False) -> Template:
    """A template out of its TOML; a UserError of one sentence says which part is wrong and what it takes."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"templates/{name}.toml: this is no TOML ({error}).") from error
    try:
        return _template(name, told, own)
    except _Wrong as wrong:
        raise UserError(f"templates/{name}.toml: {wrong}") from wrong


class _Wrong(Exception):
    """What is wrong with a template, as the end of a sentence."""


def _ours() -> list[Path]:
    folder = Path(str(resources.files("dashboard").joinpath("templates")))
    return sorted(folder.glob("*.toml"))


def _of_home(home: Home) -> dict[str, Template]:
    found = {}
    for file in sorted((home.root / "templates").glob("*.toml")):
        try:
            text = file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(f"templates/{file.name}: the file cannot be read as UTF-8.") from error
        found[file.stem] = read_template(file.stem, text, own=True)
    return found


def _template(name: str, told: Mapping[str, Any], own: bool) -> Template:
    _only(told, _KEYS, "")
    language = _text(told, "language", "")
    if language not in ("zh", "en"):
        raise _Wrong(f"language is '{language}'; write zh or en.")
    period = told.get("period", "")
    if period not in PERIODS:
        raise _Wrong(f"period is '{period}'; write {', '.join(PERIODS[1:])} or leave it out.")
    least, most = _count(told, "least", ""), _count(told, "most", "")
    if most and least > most:
        raise _Wrong(f"least is {least} and most is {most}; the least may not be the greater one.")
    sections = told.get("section")
    if not isinstance(sections, list) or not sections:
        raise _Wrong("there is no [[section]]; a report has at least one.")
    read = tuple(_section(one, number) for number, one in enumerate(sections, 1))
    for told_of, given in (("id", [one.key for one in read]), ("heading", [one.heading for one in read])):
        twice = next((one for one in given if given.count(one) > 1), None)
        if twice is not None:
            raise _Wrong(f"two sections have the {told_of} '{twice}'; each needs one of its own.")
    shape = _pair(told, "shape", "")
    zh, en, series, title = (_text(told, key, "") for key in ("zh", "en", "series", "title"))
    if set(re.findall(r"[{}][^{}]*[{}]?", title)) - {"{theme}"}:
        raise _Wrong(f"title is '{title}'; it takes {{theme}} and no other braces.")
    return Template(name, zh, en, series, language, title, period, least, most, shape, read, own)


def _section(told: Any, number: int) -> Section:
    where = f"section {number}: "
    if not isinstance(told, dict):
        raise _Wrong(f"{where}this is no table; write [[section]].")
    _only(told, _SECTION_KEYS, where)
    heading = _text(told, "heading", where)
    if "\n" in heading or heading.startswith("#"):
        raise _Wrong(f"{where}heading is one line without #.")
    fills = told.get("fill", [])
    if not isinstance(fills, list):
        raise _Wrong(f'{where}fill is a list, as in fill = [{{ part = "new" }}].')
    return Section(
        _text(told, "id", where), heading, _pair(told, "guidance", where),
        tuple(_fill(one, where) for one in fills),
    )  # fmt: skip


def _fill(told: Any, where: str) -> Fill:
    if not isinstance(told, dict):
        raise _Wrong(f'{where}fill is a list of tables, as in fill = [{{ part = "new" }}].')
    _only(told, _FILL_KEYS, where)
    part, search = str(told.get("part", "")), str(told.get("search", ""))
    if bool(part) == bool(search):
        raise _Wrong(f"{where}a fill names either a part or a search.")
    if part and part not in PARTS:
        raise _Wrong(f"{where}part '{part}' is unknown; choose one of {', '.join(PARTS)}.")
    most = told.get("most", 8)
    if not isinstance(most, int) or isinstance(most, bool) or not 0 < most <= _MOST_FILLED:
        raise _Wrong(f"{where}most is a number from 1 to {_MOST_FILLED}.")
    return Fill(part, search, most)


def _only(told: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = next((key for key in told if key not in known), None)
    if unknown is not None:
        raise _Wrong(f"{where}there is no key '{unknown}'; known are {', '.join(sorted(known))}.")


def _text(told: Mapping[str, Any], key: str, where: str) -> str:
    value = told.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _Wrong(f"{where}{key} is missing; write a text.")
    return value.strip()


def _pair(told: Mapping[str, Any], key: str, where: str) -> tuple[str, str]:
    value = told.get(key)
    if not isinstance(value, dict) or set(value) != {"zh", "en"}:
        raise _Wrong(f"{where}{key} has a Chinese and an English text: {key} = {{ zh = …, en = … }}.")
    return _text(value, "zh", f"{where}{key}."), _text(value, "en", f"{where}{key}.")


def _count(told: Mapping[str, Any], key: str, where: str) -> int:
    value = told.get(key, 0)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _Wrong(f"{where}{key} is a number, 0 for none.")
    return value
