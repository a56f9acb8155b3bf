"""Simplified and traditional characters: one simplified form a character, and all the forms of one.

The pairs come from OpenCC's dictionaries (Apache-2.0), character by character, so that folding keeps places
and needs no context. Bare words are found in either script; quoted phrases and stored text stay as written.
"""

from __future__ import annotations

from functools import lru_cache

from opencc import OpenCC

# What OpenCC converts only within phrases, or takes for another character, though texts mix them.
_ALIKE = (
    "了瞭", "复復覆複", "借藉", "着著", "只衹祇隻", "值値", "清淸", "户戸戶", "卫衛衞", "郎郞", "妆妝粧",
    "略畧", "仿彷", "佑祐", "侄姪", "戏戲戯", "德徳", "村邨", "欢歡懽",
)  # fmt: skip
_RANGES = ((0x3400, 0xA000), (0xF900, 0xFB00))
_OTHERS = {character: family for family in _ALIKE for character in family}


def simplified(text: str) -> str:
    """The text with each traditional character in its simplified form, as long as before."""
    return text if text.isascii() else text.translate(_tables()[0])


def forms(character: str) -> str:
    """The character itself, then all of its simplified form (发發髮), that one first."""
    plain, families = _tables()
    simple = chr(plain.get(ord(character), ord(character)))
    others = families.get(simple, "") + _OTHERS.get(character, "")
    return "".join(dict.fromkeys(character + simple + others))


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[int, int], dict[str, str]]:
    """Traditional to simplified code points, and the traditional characters of each simplified one."""
    characters = [chr(code) for first, end in _RANGES for code in range(first, end)]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = {
        before: after
        for before, after in zip(characters, converted, strict=True)
        if before != after and len(after) == 1
    }
    families: dict[str, str] = {}
    for before, after in pairs.items():
        families[after] = families.get(after, "") + before
    return {ord(before): ord(after) for before, after in pairs.items()}, families
