"""Reading themes: the packaged ones, and those of the home, which change packaged ones of the same id.

A theme is one TOML file; its name without `.toml` is the id. Keys: `name_zh`, `name_en`, `note`, `topics`
(codes of the topic scheme; a first-level code covers its children), `terms` (exact strings), `organs`
(authority codes that narrow it), `exclude` (longer expressions whose parts do not count, such as 养老保险 for
养老, and which put a document out when its title holds one and no term), `weak` (terms that say the theme
only in company, such as 专项资金 of public finance), `names` (of bodies and papers, whose parts do not count:
生态环境部 is no 生态环境) and `analyst` (the account whose inbox its new documents come into).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.records import Theme

_TEXTS = ("name_zh", "name_en", "note", "analyst")
_LISTS = ("topics", "terms", "organs", "exclude", "weak", "names")
_ID = re.compile(r"[\w-]{1,60}")
_MOST, _LONGEST, _SHORTEST_TERM = 500, 100, 2


def load_themes(home: Home | None = None) -> tuple[Theme, ...]:
    """All themes by id; a UserError names the file, the key and the remedy when one cannot be used."""
    themes = {theme.theme_id: theme for theme in _read_folder(files("warehouse.themes"), {})}
    if home is not None and home.themes.is_dir():
        themes.update({theme.theme_id: theme for theme in _read_folder(home.themes, themes)})
    return tuple(themes[theme_id] for theme_id in sorted(themes))


def read_theme(file: Traversable, packaged: Theme | None = None) -> Theme:
    """One theme out of its file; a key it does not give stays as the packaged theme of its id has it."""
    name = file.name
    theme_id = name.removesuffix(".toml")
    if not _ID.fullmatch(theme_id):
        raise UserError(
            f"{name}: a theme file is named by letters, digits and hyphens; rename it,"
            " as in elderly-care.toml."
        )
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{name}: not readable as TOML ({error}); mend that line.") from error
    except OSError as error:
        raise UserError(f"{name}: cannot be read ({error.strerror}); check its permissions.") from error
    unknown = sorted(set(raw) - {*_TEXTS, *_LISTS})
    if unknown:
        raise UserError(f"{name}: unknown key '{unknown[0]}'; known are {', '.join((*_TEXTS, *_LISTS))}.")
    return _theme(name, theme_id, _inherited(packaged) | raw)


def check_organs(themes: Iterable[Theme], known: Collection[str]) -> None:
    """Refuse a theme naming an organ that nobody knows, so that it is not silently empty."""
    for theme in themes:
        for code in theme.organs:
            if code not in known:
                raise UserError(
                    f"{theme.theme_id}.toml: organs names '{code}', which is the code of no issuing body;"
                    " a search with --json shows the codes of bodies in its department facet."
                )


def check_topics(themes: Iterable[Theme], known: Collection[str]) -> None:
    """Refuse a theme naming a topic code the scheme does not have, so that it is not silently empty."""
    for theme in themes:
        for code in theme.topics:
            if code not in known:
                raise UserError(
                    f"{theme.theme_id}.toml: topics names '{code}', which the topic scheme does not have;"
                    " 'govbrief taxonomy' lists the codes."
                )


def _inherited(packaged: Theme | None) -> dict[str, Any]:
    if packaged is None:
        return {}
    lists: dict[str, Any] = {key: list(getattr(packaged, key)) for key in _LISTS}
    return lists | {key: getattr(packaged, key) for key in _TEXTS}


def _read_folder(folder: Traversable, packaged: Mapping[str, Theme]) -> list[Theme]:
    found = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return [
        read_theme(file, packaged.get(file.name.removesuffix(".toml")))
        for file in sorted(found, key=lambda file: file.name)
    ]


def _theme(name: str, theme_id: str, raw: dict[str, Any]) -> Theme:
    texts = {key: _text(name, key, raw.get(key, "")) for key in _TEXTS}
    lists = {key: _list(name, key, raw.get(key, [])) for key in _LISTS}
    if not texts["name_zh"] and not texts["name_en"]:
        raise UserError(f"{name}: the theme has no name; write name_zh or name_en.")
    if not lists["topics"] and not lists["terms"]:
        raise UserError(f"{name}: the theme finds nothing; give topics, terms or both.")
    for term in (*lists["terms"], *lists["exclude"], *lists["weak"], *lists["names"]):
        if len(term) < _SHORTEST_TERM:
            raise UserError(
                f"{name}: the term '{term}' is a single character and would match everywhere;"
                " write a longer one."
            )
    return Theme(
        theme_id=theme_id,
        name_zh=texts["name_zh"],
        name_en=texts["name_en"],
        note=texts["note"],
        topics=lists["topics"],
        terms=lists["terms"],
        organs=lists["organs"],
        exclude=lists["exclude"],
        weak=lists["weak"],
        names=lists["names"],
        analyst=texts["analyst"],
    )


def _text(name: str, key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise UserError(f"{name}: {key} must be text in quotes, not {value!r}.")
    return value.strip()


def _list(name: str, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
        raise UserError(f'{name}: {key} must be a list of texts, as in {key} = ["…"].')
    if len(value) > _MOST or any(len(one) > _LONGEST for one in value):
        raise UserError(
            f"{name}: {key} takes at most {_MOST} entries of {_LONGEST} characters; split the theme."
        )
    return tuple(dict.fromkeys(one.strip() for one in value))
