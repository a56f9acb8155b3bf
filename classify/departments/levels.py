"""Words for places of a level in official texts: 各市（州）, 县（市、区）, 县级以上, 乡镇（街道）."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from classify.departments.classes import ANY

_TOKENS = {  # by level, longest first
    "provincial": "省、自治区、直辖市|省（自治区、直辖市）|省（区、市）|省区市|省级|省",
    "county": "县（市、区）|区县（自治县）|区县（市）|县（自治县）|区（县级市）|县级市|市辖区"
    "|市（县、区）|区（市、县）|县（市区）|县（区）|县（市）|区（县）|市（县）|市（区）"
    "|县市区|县区|区县|县级|县|区|旗",
    "municipal": "市（地、州、盟）|市（州）|地（市、州）|州（市）|设区的?市|地级市|市州|州市|地市|市级|市|州",
    "township": "乡镇（街道）|镇（街道）|街道（乡镇）|乡（镇）|镇（乡）|镇街|乡镇街道|乡镇|街道|乡|镇",
}  # fmt: skip
TOKEN = re.compile("|".join(f"(?P<{level}>{words})" for level, words in _TOKENS.items()))
_BOTH = re.compile(r"市县(?!级|委)")  # 各市县: cities and counties
EACH = re.compile(
    r"(?:[本全][省市州县区]|地方|沿江|沿线|有关|相关|其他|其余)?各级?|有关|相关|其他|沿江|沿线|其余"
)
_AND = re.compile(r"(?:或者|[、和与及或])各?")
_UP = re.compile(r"级?(?:及以上|以上)(?:的)?(?:地方)?(?:各级)?|地方各级|地方")


class Scope(NamedTuple):
    """The levels that a word for places means, and how they are said."""

    levels: tuple[str, ...]
    each: bool  # with 各, 有关 or the like before it
    up: bool  # 县级以上, 各级
    end: int
    levelled: bool  # 县级, 乡镇: words that may stand for the governments


def scope_at(text: str, at: int, is_name: Callable[[int], bool]) -> Scope | None:
    """The levels named at a place of the text; `is_name` tells whether a body's name begins at a place."""
    each = EACH.match(text, at)
    begin = each.end() if each is not None else at
    if each is not None and each[0].endswith("各级"):
        up = _UP.match(text, begin)
        return Scope((ANY,), True, True, up.end() if up else begin, False)
    both, token = _BOTH.match(text, begin), TOKEN.match(text, begin)
    if both is None and token is None:
        return None
    levels, end, levelled = _first(both, token)
    while more := _AND.match(text, end):
        another = TOKEN.match(text, more.end())
        if another is None or is_name(more.end()):
            break
        levels.append(str(another.lastgroup))
        end = another.end()
    up = _UP.match(text, end)
    if up is not None:
        end = up.end()
    elif text.startswith("级", end):
        levelled, end = True, end + 1
    every = (ANY,) if up is not None else tuple(dict.fromkeys(levels))
    return Scope(every, each is not None, up is not None, end, levelled)


def _first(both: re.Match[str] | None, token: re.Match[str] | None) -> tuple[list[str], int, bool]:
    """Levels of the first word, where it ends, and whether it may stand for governments."""
    if both is not None:
        return ["municipal", "county"], both.end(), True
    assert token is not None
    return [str(token.lastgroup)], token.end(), len(token[0]) > 1
