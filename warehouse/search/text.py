"""How text becomes index tokens, so that a phrase of tokens is exactly a substring of characters.

Two views of the same text are indexed:

* **characters** (`characters`): a token starts at every character and carries the next one, and inside a
  run of ASCII letters, digits and inner blanks the next two ("act 5。" gives `act`, `ct_`, `t_5`, `_5` and
  `5。`, the blank shown as `_`; 养老服务 gives 养老, 老服, 服务 and 务 with the boundary). Posting lists are
  short so, two Chinese characters are one term, and every position is kept. Between two lines stands a
  boundary, so no phrase crosses one.
* **words** (`words`): rjieba's words for Chinese in simplified form, whole runs of letters and digits for the
  rest; for ranking, and for a bare Latin word.

Folding, the only liberty the exact search takes: upper case equals lower case, full-width letters,
digits and the signs ＋－％＆＠＃／＝ equal their ASCII forms, radicals that stand for characters (⽼ of
U+2F00, which some programs write into PDF files) equal these, and blanks count only between two narrow
characters (so `第一条 为了` holds `条为`, while `of the` does not hold `ofthe`). Other punctuation, such as
，。；：？！（）, is never folded here, nor are simplified and traditional characters; `variants` serves bare
words, which forgive both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import numpy as np
import rjieba

from warehouse.search.scripts import forms, simplified

BLANK = "\x01"  # stands for white space between narrow characters
BOUNDARY = "\x02"  # stands between lines and between parts of a document

Codes = np.ndarray[Any, np.dtype[Any]]
Piece = tuple[int, str]  # a token and its place in a phrase

_SIGNS = "+-%&@#/="  # signs whose full-width forms are the same sign
_WIDE_ALNUM = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
_WIDE = (*_WIDE_ALNUM, *(ord(sign) + 0xFEE0 for sign in _SIGNS))
_RADICALS = {
    chr(code): character
    for code in range(0x2E80, 0x2FE0)
    if (character := unicodedata.normalize("NFKC", chr(code))) != chr(code)
}
_RADICALS_OF = {character: radical for radical, character in _RADICALS.items()}
_FOLDING = {chr(code): chr(code - 0xFEE0) for code in _WIDE} | {"İ": "i", "Σ": "σ", "ς": "σ"} | _RADICALS
_TO_FOLD = re.compile("[０-９Ａ-Ｚａ-ｚ＋－％＆＠＃／＝İΣς⺟⻳\u2f00-\u2fd5\ud800-\udfff\x01\x02]")
_LINES = re.compile("[\n\r\u2028\u2029]+")
_LATIN_WORD = re.compile(r"[0-9a-z\u00c0-\u024f\u0370-\u1fff]+")

_VARIANTS = (
    ",，", ";；", ":：", "!！", "?？", "(（[［〔【〈﹝﹙❲〘〖⟨{｛", ")）]］〕】〉﹞﹚❳〙〗⟩}｝",
    '"“”＂', "'‘’＇", "-－–—‐", ".．", "~～〜", "·•・‧",
)  # fmt: skip
_VARIANTS_OF = {character: group for group in _VARIANTS for character in group}


def fold(text: str) -> str:
    """Case and some widths folded, see above, one code point for one, so offsets stay the same."""
    if text.isascii():
        return text.lower().replace(BLANK, " ").replace(BOUNDARY, " ")
    return _TO_FOLD.sub(_folded, text).lower()


def is_narrow(character: str) -> bool:
    """Whether blanks beside this character mean something."""
    return "\x21" <= character <= "\x7e" or "\u00a1" <= character <= "\u1fff"


def lines(text: str) -> list[str]:
    """The lines of a text, inner white space single, empty lines left out."""
    return [line for part in _LINES.split(text) if (line := " ".join(part.split()))]


def characters(parts: Iterable[str]) -> str:
    """The character view of several paragraphs or texts, its tokens separated by blanks."""
    return _spread(BOUNDARY.join(line for part in parts for line in lines(fold(part))))


def words(text: str) -> str:
    """The word view of a text: rjieba's Chinese words and Latin words, separated by blanks."""
    folded = fold(text)
    latin = _LATIN_WORD.findall(folded)
    if folded.isascii():
        return " ".join(latin)
    cut = rjieba.cut(simplified(folded))
    latin += [word for word in cut if "\u3400" <= word < "\ua000" or word >= "\U00020000"]
    return " ".join(latin)


def phrase(text: str) -> tuple[list[Piece], bool]:
    """Tokens that cover `text` with their places in it; True if the last one is only a token's beginning."""
    return cover(marked(text))


def marked(text: str) -> str:
    """One line folded as the index folds it, blanks that count as `BLANK` and the others dropped."""
    return _text(_codes(fold(" ".join(lines(text)))))


def cover(written: str) -> tuple[list[Piece], bool]:
    """The same for characters that are folded and marked already."""
    pieces: list[Piece] = []
    covered, end = 0, len(written)
    while covered < end:
        nearest = range(covered, max(-1, covered - 3), -1)
        at = next((at for at in nearest if _reach(written, at) > covered), -1)
        if at < 0:
            start = end - 2 if end > 1 and in_run(written[end - 2 :]) else end - 1
            return [*pieces, (start, written[start:])], True
        covered = _reach(written, at)
        pieces.append((at, written[at:covered]))
    return pieces, False


def variants(character: str) -> str:
    """What a bare word takes for this character: widths of punctuation, shapes of brackets, either script."""
    group = _VARIANTS_OF.get(character)
    if group is not None:
        return group
    return forms(character) if character >= "\u3400" else character


def widths(character: str) -> str:
    """The forms that folding makes this character: itself and its full-width form or its radical, if any."""
    wide = chr(ord(character) + 0xFEE0) if character.isascii() else _RADICALS_OF.get(character, "")
    return character + wide if wide in _FOLDING else character


def is_latin_word(text: str) -> bool:
    """Whether the text is one run of letters and digits, to be found as a whole word."""
    return _LATIN_WORD.fullmatch(fold(text)) is not None


def _folded(character: re.Match[str]) -> str:
    found = character.group()
    if found in (BLANK, BOUNDARY):
        return " "
    return _FOLDING.get(found, "\ufffd")  # half of a surrogate pair cannot be stored


def in_run(written: str) -> bool:
    """Whether these are ASCII letters, digits and inner blanks alone, of which a token takes three."""
    return all(character.isascii() and (character.isalnum() or character == BLANK) for character in written)


def _reach(written: str, at: int) -> int:
    """Where the token that starts at `at` ends, or `at` when that depends on what follows the phrase."""
    here = written[at : at + 3]
    if len(here) == 3 and in_run(here):
        return at + 3
    if len(here) == 3 or (len(here) == 2 and not in_run(here)):
        return at + 2
    return at


def _codes(folded: str) -> Codes:
    """Code points as numbers, one byte each where the text is ASCII; inner blanks marked, others dropped."""
    if folded.isascii():
        codes: Codes = np.frombuffer(folded.encode("ascii"), dtype=np.uint8)
    else:
        codes = np.frombuffer(folded.encode("utf-32-le"), dtype=np.uint32)
    return _with_inner_blanks(codes)


def _text(codes: Codes) -> str:
    return codes.tobytes().decode("ascii" if codes.dtype == np.uint8 else "utf-32-le")


def _spread(folded: str) -> str:
    """Each character joined to the next or the next two, as `act ct5 t5。 5。`, blanks between the tokens.

    One pass of array operations: this is the inner loop of every import.
    """
    codes = _codes(folded)
    if not len(codes):
        return ""
    after = np.append(codes[1:], codes.dtype.type(ord(BOUNDARY)))
    run = _RUN_TABLE[np.minimum(codes, 128)]
    triple = run.copy()
    triple[-2:] = False
    triple[:-2] &= run[1:-1] & run[2:]
    if not triple.any():
        spread = np.full((len(codes), 3), ord(" "), dtype=codes.dtype)
    else:
        spread = np.full((len(codes), 4), ord(" "), dtype=codes.dtype)
        np.copyto(spread[:-2, 2], codes[2:], where=triple[:-2])
    spread[:, 0] = codes
    spread[:, 1] = after
    return _text(spread)


def _with_inner_blanks(codes: Codes) -> Codes:
    """Blanks between narrow characters marked as such, the others dropped."""
    blank = codes == ord(" ")
    if not blank.any():
        return codes
    narrow = (codes > 0x20) & (codes < 0x7F)
    if codes.dtype != np.uint8:
        narrow |= (codes > 0xA0) & (codes < 0x2000)
    inner = blank.copy()
    inner[0] = inner[-1] = False
    inner[1:-1] &= narrow[:-2] & narrow[2:]
    marked: Codes = np.where(inner, codes.dtype.type(ord(BLANK)), codes)[inner | ~blank]
    return marked


_RUN_TABLE = np.array([chr(code).isalnum() or chr(code) == BLANK for code in range(128)] + [False])
