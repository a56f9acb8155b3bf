"""Names of communities: the topics of their members, and title words that tell one from the others."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import log

import rjieba

NARROW, BROAD, SECOND = 0.5, 0.25, 0.2  # shares of the members with a topic that name a community
MOST_TOPICS, MOST_TERMS = 2, 3
_ENGLISH = re.compile(r"[a-z][a-z-]{3,}")
_CHINESE = re.compile(r"[一-鿿]{2,}")


@dataclass(frozen=True, slots=True)
class Member:
    """What naming looks at."""

    title: str
    topic: str | None  # code of the best class
    first_topic: str | None  # code of its first-level class


@dataclass(frozen=True, slots=True)
class CommunityName:
    """Codes and words; the sentence a person reads is made of them."""

    topics: tuple[str, ...]
    terms: tuple[str, ...]

    def text(self, names: Mapping[str, str], apart: str, comma: str, colon: str) -> str:
        """Topics, then words: 环境保护：排污、核安全; words alone where no topic is known."""
        told = apart.join(dict.fromkeys(names[code] for code in self.topics if code in names))
        words = comma.join(self.terms)
        return colon.join(part for part in (told, words) if part)


def name_communities(groups: Sequence[Sequence[Member]]) -> list[CommunityName]:
    """One name a group, in order; words are weighed against the titles of all groups."""
    counted = [Counter(word for one in group for word in set(words(one.title))) for group in groups]
    known: Counter[str] = Counter()
    for words_of_group in counted:
        known.update(words_of_group)
    total = sum(len(group) for group in groups)
    names = [
        CommunityName(_topics(group), _terms(found, known, len(group), total))
        for group, found in zip(groups, counted, strict=True)
    ]
    return [
        name if name.topics or name.terms else CommunityName((), _any_words(group, found))
        for name, group, found in zip(names, groups, counted, strict=True)
    ]


def words(title: str) -> list[str]:
    """The words of a title that may tell what it is about."""
    chinese = [word for run in _CHINESE.findall(title) for word in rjieba.cut(run) if len(word) > 1]
    plain = plain_words()
    return [word for word in (*chinese, *_ENGLISH.findall(title.lower())) if word not in plain]


@cache
def plain_words() -> frozenset[str]:
    """Words of titles that say what kind of paper it is, not what it is about (plain_words.toml)."""
    text = (resources.files("classify.networks") / "plain_words.toml").read_text(encoding="utf-8")
    return frozenset(" ".join(tomllib.loads(text).values()).split())


def _topics(group: Iterable[Member]) -> tuple[str, ...]:
    """One narrow class that half of the members share, else the broad ones that a quarter does."""
    narrow = Counter(one.topic for one in group if one.topic)
    broad = Counter(one.first_topic for one in group if one.first_topic)
    labelled = sum(broad.values())
    if not labelled:
        return ()
    best, support = _most(narrow)[0] if narrow else ("", 0)
    if support >= NARROW * labelled:
        return (best,)
    leading = [code for code, times in _most(broad)[:1] if times >= BROAD * labelled]
    others = [code for code, times in _most(broad)[1:MOST_TOPICS] if times >= SECOND * labelled]
    return (*leading, *others) if leading else ()


def _terms(found: Counter[str], known: Counter[str], size: int, total: int) -> tuple[str, ...]:
    """Words that stand in at least a tenth of the titles, the more telling first."""
    least = max(2, size // 10)
    weighed = [
        (times * log(1 + total / known[word]) * len(word) ** 0.3, word)
        for word, times in found.items()
        if times >= least
    ]
    weighed.sort(key=lambda one: (-one[0], one[1]))
    chosen: list[str] = []
    for _, word in weighed:
        if not any(word in other or other in word for other in chosen):
            chosen.append(word)
        if len(chosen) == MOST_TERMS:
            break
    return tuple(chosen)


def _any_words(group: Sequence[Member], found: Counter[str]) -> tuple[str, ...]:
    """For a group whose titles share nothing: words of any of them, else its shortest title."""
    words_of_any = tuple(word for word, _ in _most(found)[:MOST_TERMS])
    titles = sorted((one.title for one in group if one.title), key=lambda title: (len(title), title))
    return words_of_any or tuple(titles[:1])


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))
