"""The language of a text by its script, common words, endings and letters; a page's word is evidence only."""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("languages.toml")
LANGUAGES = (
    "zh-Hans", "zh-Hant", "en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "ar", "ja", "ko", "hi", "und",
)  # fmt: skip
SAMPLE = 4000  # characters looked at
LETTERS_OF_A_WORD = {  # so that scripts are compared by words, not by letters
    "han": 1.7, "kana": 2.0, "hangul": 2.2, "arabic": 4.5, "cyrillic": 6.0, "devanagari": 4.0, "latin": 5.2,
}  # fmt: skip
KANA = 0.06  # share of kana above which Han signs are Japanese; what is quoted stays below
DECLARED = 1.2  # points that the declared language has in advance: about two common words
CLEAR = 1.0  # points of lead below which the declared language decides
STOP, END, LETTER, PART = 1.0, 0.35, 0.5, 0.12  # points of a word, an ending, a letter, a part of words
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_RANGES = (
    ("latin", "A", "\u024f"), ("latin", "\u1e00", "\u1eff"), ("cyrillic", "\u0400", "\u052f"),
    ("arabic", "\u0600", "\u06ff"), ("devanagari", "\u0900", "\u097f"), ("kana", "\u3041", "\u30ff"),
    ("han", "\u3400", "\u9fff"), ("han", "\uf900", "\ufaff"), ("hangul", "\uac00", "\ud7af"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Language:
    """A language with what it was told by: `words`, `script`, `declared` or `nothing`."""

    code: str  # one of LANGUAGES
    by: str


def language_of(title: str, paragraphs: Iterable[str], declared: str | None, usual: str | None = None) -> str:
    """The language a document is stored with: `zh` for simplified Chinese, else one of LANGUAGES.

    `declared`: what the page says of itself. `usual`: the language of its source, where a text says nothing.
    """
    kept: list[str] = [title]
    length = len(title)
    for line in paragraphs:
        kept.append(line[: SAMPLE - length])
        length += len(kept[-1])
        if length >= SAMPLE:
            break
    found = detect("\n".join(kept), declared or usual)
    return stored(plain_code(usual) if found.by == "nothing" and usual else found.code)


def stored(code: str) -> str:
    """The language as documents are stored with it: `zh` for simplified Chinese, others as they are."""
    return "zh" if code == "zh-Hans" else code


def detect(text: str, declared: str | None = None) -> Language:
    """The language of a text; `und` where it has no letters or belongs to none of LANGUAGES."""
    scripts = _scripts(text[:SAMPLE])
    said = plain_code(declared)
    told = said if said != "und" else ""
    if not scripts:
        return Language(told, "declared") if told else Language("und", "nothing")
    words = {name: count / LETTERS_OF_A_WORD[name] for name, count in scripts.items()}
    asian = words.pop("han", 0.0) + words.pop("kana", 0.0)
    first = max(words, key=lambda name: words[name], default="")
    if asian and asian >= words.get(first, 0.0):
        return Language(_of_han(text[:SAMPLE], scripts, told), "script")
    if first == "latin":
        return _of_latin(text[:SAMPLE], told)
    return Language(_of_script(first, text[:SAMPLE]), "script")


def plain_code(declared: str | None) -> str:
    """One of LANGUAGES for a declared tag: zh-TW, en_GB, de-AT, pt-BR; `und` for none and others."""
    tag = (declared or "").strip().replace("_", "-").casefold()
    main, *rest = tag.split("-")
    if main in ("zh", "chi", "zho"):
        return "zh-Hant" if {"hant", "tw", "hk", "mo"} & set(rest) else "zh-Hans"
    return main if main in LANGUAGES else "und"


def _scripts(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for sign, count in Counter(text).items():
        if not sign.isalpha():
            continue
        for name, first, last in _RANGES:
            if first <= sign <= last:
                found[name] += count
                break
    return found


def _of_han(text: str, scripts: Mapping[str, int], said: str) -> str:
    kana, han = scripts.get("kana", 0), scripts.get("han", 0)
    if kana > KANA * (kana + han):
        return "ja"
    simple, old = _signs()
    plain, traditional = (sum(text.count(sign) for sign in signs) for signs in (simple, old))
    if plain != traditional:
        return "zh-Hans" if plain > traditional else "zh-Hant"
    if said == "ja" and kana:
        return "ja"
    return said if said.startswith("zh") else "zh-Hans"


def _of_script(name: str, text: str) -> str:
    other = _data()["other"]
    if name == "hangul":
        return "ko"
    if name == "devanagari":
        found = set(text.split())
        hindi, foreign = (len(found & set(other[key].split())) for key in ("hindi_words", "hindi_foreign"))
        return "hi" if hindi >= foreign else "und"
    signs = sum(text.count(sign) for sign in other[f"{name}_foreign"])
    letters = _scripts(text)[name]
    known = {"cyrillic": "ru", "arabic": "ar"}[name]
    return "und" if signs > 0.02 * letters else known


def _of_latin(text: str, said: str) -> Language:
    """The language of Latin letters with most points; a page's own word decides between near ones."""
    points = _points(text)
    ranked = sorted(points, key=lambda code: -points[code])
    if not ranked:
        return Language(said, "declared") if said in _latin() else Language("und", "nothing")
    first = points[ranked[0]]
    if said in points and points[said] + DECLARED >= first:
        return Language(said, "words" if said == ranked[0] else "declared")
    if len(ranked) > 1 and first - points[ranked[1]] < CLEAR and said in points:
        return Language(said, "declared")
    return Language(ranked[0], "words")


def _points(text: str) -> dict[str, float]:
    """Points of each Latin language, per word beyond a few so that long texts do not outrun a declaration."""
    points: dict[str, float] = defaultdict(float)
    found = Counter(_WORD.findall(text.casefold().replace("’", "'")))
    words, endings, letters, parts = _tables()
    for word, count in found.items():
        for code, weight in words.get(word, ()):
            points[code] += weight * count
        if len(word) < 4:
            continue
        for size in range(2, min(7, len(word) - 1)):
            for code, weight in endings.get(word[-size:], ()):
                points[code] += weight * count * size / 3
        for sign in set(word):
            for code, weight in letters.get(sign, ()):
                points[code] += weight * count
        for part in _pieces(word):
            for code, weight in parts.get(part, ()):
                points[code] += weight * count
    return {code: value for code, value in points.items() if value > 0}


def _pieces(word: str) -> set[str]:
    return {word[at : at + size] for size in (2, 3) for at in range(len(word) - size + 1)}


Table = dict[str, tuple[tuple[str, float], ...]]


@lru_cache(maxsize=1)
def _tables() -> tuple[Table, Table, Table, Table]:
    """Words, endings, letters and parts, each with the languages that have it and their points."""
    latin = _latin()
    words = _shared({code: set(one["words"].split()) for code, one in latin.items()}, STOP)
    endings = _shared({code: set(one["endings"].split()) for code, one in latin.items()}, END)
    letters = _shared({code: set(one["letters"]) for code, one in latin.items()}, LETTER)
    parts = _shared({code: set(one["parts"].split()) for code, one in latin.items()}, PART)
    return words, endings, letters, parts


def _shared(of: Mapping[str, set[str]], points: float) -> Table:
    """Each item with its languages; what n languages share counts for each by its n-th part."""
    holders: dict[str, list[str]] = defaultdict(list)
    for code, items in of.items():
        for item in items:
            holders[item].append(code)
    return {item: tuple((code, points / len(codes)) for code in codes) for item, codes in holders.items()}


@lru_cache(maxsize=1)
def _latin() -> Mapping[str, Mapping[str, str]]:
    latin: Mapping[str, Mapping[str, str]] = _data()["latin"]
    return latin


@lru_cache(maxsize=1)
def _signs() -> tuple[frozenset[str], frozenset[str]]:
    han = _data()["han"]
    simple, old = frozenset(han["simplified"]), frozenset(han["traditional"])
    return simple - old, old - simple


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
