"""Which faces a report is set in, in the order institution, Fandol, LXGW WenKai and Noto, and what they lack.

A report names families; which are there is asked of Typst, which characters they hold of their own tables.
Nothing falls back unseen: a wanted face that is missing and a character without a glyph are both told.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

from warehouse.home import Home, ReportLook

# Where TeX Live keeps Fandol, which fontconfig is not told of.
_TEX_TREES = (
    "/usr/share/texlive/texmf-dist",
    "/usr/share/texmf",
    "/usr/local/share/texmf",
    "/usr/local/texlive/texmf-local",
)
_FANDOL = "fonts/opentype/public/fandol"

FACES = ("fangsong", "hei", "kai", "song", "title", "latin", "mono")
# Faces as officials' machines have them (GB/T 9704-2012, 5.2.2), then free ones, then whatever has the signs.
_USUAL = {
    "fangsong": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "STFangsong", "FandolFang R"),
    "hei": ("SimHei", "STHeiti", "FandolHei"),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "STKaiti", "FandolKai"),
    "song": ("SimSun", "STSong", "FandolSong"),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "STZhongsong", "FandolSong"),
    "latin": ("Libertinus Serif",),
    # addresses and hashes: every sign half as wide as a Chinese one, so that they too stand on the grid
    "mono": ("LXGW WenKai Mono", "Noto Sans Mono CJK SC", "DejaVu Sans Mono"),
}
_SUBSTITUTES = {
    "fangsong": ("LXGW WenKai", "Noto Serif CJK SC"),
    "hei": ("Noto Sans CJK SC", "LXGW WenKai"),
    "kai": ("LXGW WenKai", "Noto Serif CJK SC"),
    "song": ("Noto Serif CJK SC",),
    "title": ("Noto Serif CJK SC",),
    "latin": ("Noto Serif CJK SC",),
    "mono": ("FandolSong",),
}
_LAST = ("Noto Serif CJK SC", "Noto Sans CJK SC", "LXGW WenKai", "Libertinus Serif", "DejaVu Sans")
# Typst carries these inside itself and gives no file to read; PDF/A refuses what they should lack after all.
_CARRIED = {
    "Libertinus Serif": frozenset({*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, "–—‘’“”…")}),
    "DejaVu Sans Mono": frozenset(range(0x20, 0x7F)),
}
_CUTS = ("", "-Regular", "-Bold", "-Italic", "-BoldItalic", "-Oblique", "-BoldOblique")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The fonts of this machine and home: what Typst found and, by family, the files of its fonts."""

    fonts: typst.Fonts
    files: dict[str, tuple[tuple[str, int], ...]]


@dataclass(frozen=True, slots=True)
class Faces:
    """For each use the families in the order they are tried, and what had to stand in for another."""

    families: dict[str, tuple[str, ...]]
    shelf: Shelf
    substituted: dict[str, str] = field(default_factory=dict)  # use -> family that stands in

    def missing(self, text: str) -> tuple[str, ...]:
        """Characters of `text` that none of the families holds, in the order of their codes."""
        left = {sign for sign in text if not sign.isspace()}
        for family in dict.fromkeys(name for use in FACES for name in self.families[use]):
            if not left:
                break
            left -= {sign for sign in left if ord(sign) in _signs_of(self.shelf, family)}
        return tuple(sorted(left))

    def for_typst(self) -> dict[str, list[str | dict[str, str]]]:
        """The families as Typst takes them; FandolFang's figures are a sans serif, so FandolSong's serve."""
        told: dict[str, list[str | dict[str, str]]] = {use: [*names] for use, names in self.families.items()}
        if self.families["fangsong"][:1] == ("FandolFang R",) and "FandolSong" in self.shelf.files:
            told["fangsong"].insert(0, {"name": "FandolSong", "covers": "latin-in-cjk"})
        return told

    def postscript_names(self) -> frozenset[str]:
        """What the fonts of these families are called inside a PDF."""
        families = {name for use in FACES for name in self.families[use]}
        carried = {f"{name.replace(' ', '')}{cut}" for name in families & set(_CARRIED) for cut in _CUTS}
        return frozenset(carried) | frozenset(
            name for family in families for name in _postscript(self.shelf.files.get(family, ()))
        )


def faces_of(home: Home | None, look: ReportLook) -> Faces:
    """The faces for this home's reports; every chain ends in whatever else of ours is installed."""
    shelf = shelf_of(str((home.root / look.fonts_folder).resolve()) if home else "")
    families, substituted = {}, {}
    everything = [name for use in FACES for name in (*_USUAL[use], *_SUBSTITUTES[use])]
    for use in FACES:
        wanted = (*getattr(look, use, ()), *_USUAL[use])
        chain = _there(shelf, (*wanted, *_SUBSTITUTES[use], *_LAST, *everything))
        if not chain or chain[0] not in wanted:
            substituted[use] = chain[0] if chain else ""
        families[use] = chain
    return Faces(families, shelf, substituted)


@lru_cache(maxsize=4)
def shelf_of(folder: str) -> Shelf:
    """All fonts Typst can use, those of a folder first; read once in a process."""
    folders = [folder, *(f"{tree}/{_FANDOL}" for tree in _TEX_TREES)]
    fonts = typst.Fonts(font_paths=[one for one in folders if one and Path(one).is_dir()])
    files: dict[str, list[tuple[str, int]]] = {}
    for font in fonts.fonts():
        files.setdefault(font.family, [])
        if font.path:
            files[font.family].append((font.path, font.index))
    return Shelf(fonts, {family: tuple(found) for family, found in files.items()})


def _there(shelf: Shelf, names: Iterable[str]) -> tuple[str, ...]:
    known = {family.casefold(): family for family in shelf.files}
    return tuple(dict.fromkeys(known[name.casefold()] for name in names if name.casefold() in known))


_READING = threading.Lock()


def _signs_of(shelf: Shelf, family: str) -> frozenset[int]:
    """Codes that every font of the family holds: its bold may lack what its regular has."""
    carried = _CARRIED.get(family)
    if carried is not None:
        return carried
    tables = [_table(path, index) for path, index in shelf.files.get(family, ())]
    return frozenset.intersection(*tables) if tables else frozenset()


def _table(path: str, index: int) -> frozenset[int]:
    with _READING:
        return _codes(path, index)


@cache
def _codes(path: str, index: int) -> frozenset[int]:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())


def _postscript(files: Sequence[tuple[str, int]]) -> set[str]:
    names = set()
    for path, index in files:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            names.add(str(font["name"].getDebugName(6)))
    return names
