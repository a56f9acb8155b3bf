"""The words of the interface: two catalogues with the same keys, one per language."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

LANGUAGES = ("zh", "en")
_SAMPLE_MARK = re.compile(r"（示例数据）$| \(sample(?: data)?\)$")


@cache
def catalogue(language: str) -> dict[str, str]:
    """All sentences of one language under dotted keys such as `search.none`.

    `text/<language>.toml` holds what all pages share, `text/<language>/<page>.toml` what one page says.
    """
    folder = resources.files("dashboard").joinpath("text")
    own = sorted((one for one in folder.joinpath(language).iterdir()), key=lambda one: one.name)
    return {
        f"{section}.{key}": value
        for file in (folder.joinpath(f"{language}.toml"), *own)
        for section, entries in tomllib.loads(file.read_text(encoding="utf-8")).items()
        for key, value in entries.items()
    }


def say(language: str, key: str, **values: object) -> str:
    """The sentence under `key` with its placeholders filled; an unknown key is a programming error."""
    sentence = catalogue(language)[key]
    if str(values.get("n")) == "1":
        sentence = catalogue(language).get(f"{key}-one", sentence)
    return sentence.format(**values) if values else sentence


def known(language: str, key: str, otherwise: str) -> str:
    """The sentence under `key`, or the given text when the catalogue has none (codes that others define)."""
    return catalogue(language).get(key, otherwise)


def without_sample_mark(name: str) -> str:
    """A name without "(sample)": pages and papers of sample data say it once, at their head."""
    return _SAMPLE_MARK.sub("", name)


def chosen_language(asked: str | None, saved: str | None, home: str) -> str:
    """The language to speak: the address, then the reader's earlier choice, then the home's setting."""
    return next((language for language in (asked, saved, home) if language in LANGUAGES), "zh")
