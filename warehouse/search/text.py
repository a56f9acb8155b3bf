"""How text becomes index tokens, so that a phrase of tokens is exactly a substring of characters.

Two views of the same text are indexed:

* **characters** (`characters`): every character is a token. Inside a run of ASCII letters, digits and
  inner blanks a token also carries the character that follows it ("act 5" gives `ac`, `ct`, `t_`, `_5`,
  `5`, the blank shown as `_`), which keeps English posting lists short without losing a position. Between
  two lines stands a boundary token, so no phrase crosses one.
* **words** (`words`): rjieba's words for Chinese, whole runs of letters and digits for the rest; for
  ranking, and for a bare Latin word.

Folding, the only liberty the exact search takes: upper case equals lower case, full-width letters,
digits and the signs ＋－％＆＠＃／＝ equal their ASCII forms, and blanks count only between two narrow
characters (so `第一条 为了` holds `条为`, while `of the` does not hold `ofthe`). Other punctuation, such as
，。；：？！（）, is never folded here; `variants` serves bare words, which forgive it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import rjieba

BLANK = "\x01"  # stands for white space between narrow characters
BOUNDARY = "\x02"  # stands between lines and between parts of a document
CHARACTER_PATTERN = f"[a-z0-9{BLANK}]{{1,2}}|\\S"  # for tantivy's tokenizer, over the output of `characters`
WORD_PATTERN = r"\S+"

Codes = np.ndarray[Any, np.dtype[np.uint32]]

_SIGNS = "+-%&@#/="  # signs whose full-width forms are the same sign
_WIDE_ALNUM = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
_WIDE = (*_WIDE_ALNUM, *(ord(sign) + 0xFEE0 for sign in _SIGNS))
_FOLDING = {chr(code): chr(code - 0xFEE0) for code in _WIDE} | {"İ": "i", "Σ": "σ", "ς": "σ"}
_TO_FOLD = re.compile("[０-９Ａ-Ｚａ-ｚ＋－％＆＠＃／＝İΣς\ud800-\udfff\x01\x02]")
_TOKEN = re.compile(CHARACTER_PATTERN)
_LINES = re.compile("[\n\r\u2028\u2029]+")
_HAN = re.compile("[^\u3400-\u9fff\U00020000-\U0003ffff]+")
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
    """The character view of several parts (title, paragraphs, attachment text) ready for the index."""
    return _paired(BOUNDARY.join(line for part in parts for line in lines(fold(part))))


def words(text: str) -> str:
    """The word view of a text: rjieba's Chinese words and Latin words, separated by blanks."""
    folded = fold(text)
    latin = _LATIN_WORD.findall(folded)
    if folded.isascii():
        return " ".join(latin)
    chinese = [word for word in rjieba.cut(_HAN.sub("\n", folded)) if word != "\n"]
    return " ".join(chinese + latin)


def phrase(text: str) -> tuple[list[str], bool]:
    """Tokens that must follow each other for `text` to stand there; True if the last is only a beginning."""
    tokens = _TOKEN.findall(_paired(fold(" ".join(lines(text)))))
    if not tokens or not _in_run(tokens[-1]):
        return tokens, False
    if len(tokens) > 1 and len(tokens[-2]) == 2:
        return tokens[:-1], False  # the pair before already holds the last character
    return tokens, True


def variants(character: str) -> str:
    """All characters that a bare word takes for this one: widths of punctuation, shapes of brackets."""
    return _VARIANTS_OF.get(character, character)


def widths(character: str) -> str:
    """The forms that folding makes this character: itself and, if that is folded, its full-width form."""
    wide = chr(ord(character) + 0xFEE0) if character.isascii() else ""
    return character + wide if wide in _FOLDING else character


def has_variants(text: str) -> bool:
    """Whether any character of the text is punctuation with several shapes."""
    return any(character in _VARIANTS_OF for character in text)


def is_latin_word(text: str) -> bool:
    """Whether the text is one run of letters and digits, to be found as a whole word."""
    return _LATIN_WORD.fullmatch(fold(text)) is not None


def _folded(character: re.Match[str]) -> str:
    found = character.group()
    if found in (BLANK, BOUNDARY):
        return " "
    return _FOLDING.get(found, "\ufffd")  # half of a surrogate pair cannot be stored


def _in_run(token: str) -> bool:
    return all(character.isascii() and (character.isalnum() or character == BLANK) for character in token)


def _paired(folded: str) -> str:
    """The text with each character of a run joined to the next one, as `ab bc c`; single blanks inside lines.

    One pass of array operations: this is the inner loop of every import.
    """
    if not folded:
        return ""
    codes = np.frombuffer(folded.encode("utf-32-le"), dtype=np.uint32)
    codes = _with_inner_blanks(codes)
    run = _RUN_TABLE[np.minimum(codes, 128)]
    pair = run.copy()
    pair[-1:] = False
    pair[:-1] &= run[1:]
    spread = np.empty((len(codes), 3), dtype=np.uint32)
    spread[:, 0] = codes
    spread[:-1, 1] = codes[1:]
    spread[:, 2] = ord(" ")
    kept = np.empty((len(codes), 3), dtype=bool)
    kept[:, 0], kept[:, 1], kept[:, 2] = True, pair, run
    return spread[kept].tobytes().decode("utf-32-le")


def _with_inner_blanks(codes: Codes) -> Codes:
    """Blanks between narrow characters marked as such, the others dropped."""
    blank = codes == ord(" ")
    if not blank.any():
        return codes
    narrow = ((codes > 0x20) & (codes < 0x7F)) | ((codes > 0xA0) & (codes < 0x2000))
    inner = blank.copy()
    inner[0] = inner[-1] = False
    inner[1:-1] &= narrow[:-2] & narrow[2:]
    marked: Codes = np.where(inner, np.uint32(ord(BLANK)), codes)[inner | ~blank]
    return marked


_RUN_TABLE = np.array([chr(code).isalnum() or chr(code) == BLANK for code in range(128)] + [False])
