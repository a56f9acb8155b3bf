"""Whether a body is meant by the words that a duty names its bearer with: by name or as one of many.

Texts say 省民政厅 for the one of their own province, and 各市（州）人民政府 or 县级民政部门 for a whole
kind of bodies. What does not fit plainly is not taken: an official must not be told that somebody acted who
was not meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Fit = Literal["name", "short", "group", "below"]  # below: of a kind, in places below the document's

_LEVEL_WORDS = (  # longest first: 自治区 is a province, 自治州 a city
    ("自治区", "provincial"), ("直辖市", "provincial"), ("自治县", "county"), ("自治州", "municipal"),
    ("地级以上市", "municipal"), ("设区的市", "municipal"), ("设区市", "municipal"),
    ("县级市", "county"), ("地区", "municipal"), ("省份", "provincial"), ("省", "provincial"),
    ("市", "municipal"), ("州", "municipal"), ("盟", "municipal"), ("县", "county"), ("区", "county"),
    ("旗", "county"),
)  # fmt: skip
_ALL_LEVELS = ("national", "provincial", "municipal", "county")
_PLACES = "|".join(word for word, _ in _LEVEL_WORDS).replace("|市|", "|市(?!场)|")
_LIST = rf"(?:{_PLACES})(?:级)?(?:[、和及或（(）)，]*(?:{_PLACES})(?:级)?)*[）)]?(?:级|两级|三级)?"
_EVERY = re.compile(
    rf"(?:全[国省市县区]|我[省市县区]|本[省市县区])?各(?P<at>级地?方?|地方?|{_LIST})?(?P<who>.*)"
)
_UPWARDS = re.compile(rf"(?P<at>{_PLACES})级以上(?:地方)?(?:各级)?(?P<who>.*)")
_SEVERAL = re.compile(rf"(?P<at>{_LIST})(?P<who>.*)")
_KIND = re.compile(r"(?:有关|相关|主管|行政)*(?:部门|单位|机关|机构)$")
_ALL_BODIES = ("部门", "单位", "机关", "级部门", "直部门")
_OFFICE = re.compile(r"(?<=[府会厅局部委院署])(?:办公厅|办公室|综合司|秘书局)$")
_GOVERNMENT = ("人民政府", "政府")
_LINKS = re.compile("[和与及]|的")
_ENDS = re.compile("(?:委员会|委|厅|局|部|办公室|办|署|处|行政主管部门|主管部门|行政部门|部门)$")


@dataclass(frozen=True, slots=True)
class BodyNames:
    """A body as the authority file knows it; `place` is its jurisdiction such as CN-44."""

    code: str
    name: str
    name_en: str = ""
    short: str = ""
    place: str = ""
    region: str = ""
    level: str = ""


def fit(printed: str, body: BodyNames) -> Fit | None:
    """How the printed words mean the body, if they do; where that holds says `in_reach`."""
    words = printed.strip()
    if len(words) < 2:
        return None
    own = _OFFICE.sub("", body.name)  # the office of a body signs for it
    if words in (body.name, own) or (words.isascii() and _english(words) == _english(body.name_en)):
        return "name"
    if (body.short and words in (body.short, _OFFICE.sub("", body.short))) or _in_short(words, own, body):
        return "short"
    group = _group(words)
    if not group or body.level not in group[0] or not _kind_fits(group[1], own, body):
        return None
    return "below" if words.startswith("各地") else "group"


def printed_names(body: BodyNames) -> frozenset[str]:
    """Name and short name, and those of the body that an office signs for: what `fit` takes word by word."""
    called = {name for name in (body.name, body.short) if name}
    return frozenset(called | {_OFFICE.sub("", name) for name in called})


def in_reach(how: Fit, place: str | None, body: BodyNames) -> bool:
    """Whether words of this kind in a document of the place mean the body: a full name does everywhere, a
    short one in its own place and below it, a whole kind of bodies at or below the place of the document.
    """
    if how == "name":
        return True
    if not place or not body.place:
        return False
    if how == "short":
        return place.startswith(body.place)
    return body.place.startswith(place) and (how == "group" or body.place != place)


def _in_short(words: str, own: str, body: BodyNames) -> bool:
    """省发展改革委 for 云河省发展和改革委员会: the mark of the level, then the same kind."""
    mark = {"provincial": "省", "municipal": "市", "county": "县区"}.get(body.level, "")
    if not mark or words[0] not in mark or not own.startswith(body.region):
        return False
    return bool(body.region) and words[1:] != "" and _core(words[1:]) == _core(own[len(body.region) :])


@lru_cache(maxsize=4096)
def _group(words: str) -> tuple[frozenset[str], str] | None:
    """Levels and kind of bodies that the words mean: 各市（州）民政局 is (municipal, 民政局)."""
    upwards = _UPWARDS.fullmatch(words)
    if upwards:
        lowest = _levels(upwards["at"])
        at = max((_ALL_LEVELS.index(one) for one in lowest), default=3)
        return frozenset(_ALL_LEVELS[: at + 1]), upwards["who"]
    every = _EVERY.fullmatch(words)
    if every:
        at_words = every["at"] or ""
        levels = _levels(at_words) if re.match(_PLACES, at_words) and at_words != "地方" else frozenset()
        return levels or frozenset(_ALL_LEVELS), every["who"]
    several = _SEVERAL.fullmatch(words)
    if several and (len(_levels(several["at"])) > 1 or "级" in several["at"] or "（" in several["at"]):
        return _levels(several["at"]), several["who"]
    if words.endswith("部门") and len(_KIND.sub("", words)) > 1:  # 民政部门, not 有关部门
        return frozenset(_ALL_LEVELS), words
    return None


def _levels(words: str) -> frozenset[str]:
    found, rest = set(), words
    for word, level in _LEVEL_WORDS:
        if word in rest:
            found.add(level)
            rest = rest.replace(word, "")
    if re.match("各?省.*[（(、]区、市", words):  # 各省（区、市）: autonomous regions and municipalities
        return frozenset({"provincial"})
    return frozenset(found)


def _kind_fits(kind: str, own: str, body: BodyNames) -> bool:
    """民政局, 民政部门 and 民政厅（局） mean bodies of civil affairs; 人民政府 and nothing governments."""
    if kind in ("", *_GOVERNMENT):
        return own.endswith(_GOVERNMENT)
    rest = re.sub("^人民政府(?=.)", "", kind)
    rest = re.sub("[（(].*[）)]$", "", rest)
    if _KIND.fullmatch(rest):  # 各部门, but not 各有关部门: which those are, nobody can tell
        return rest in _ALL_BODIES and not own.endswith(_GOVERNMENT)
    bare = own.removeprefix(body.region) if body.region else own
    return len(_core(rest)) > 1 and _core(rest) == _core(bare)


@lru_cache(maxsize=8192)
def _core(words: str) -> str:
    """发展改革 for 发展和改革委员会, 市场监管 for 市场监督管理局."""
    kept = _LINKS.sub("", words).replace("监督管理", "监管")
    return _GOVERNMENT[0] if kept in _GOVERNMENT else _ENDS.sub("", kept)


def _english(name: str) -> str:
    return name.lower().strip().removeprefix("the ")
