"""How text becomes index tokens, so that a phrase of tokens is exactly a substring of characters.

Two views of the same text are indexed:

* **characters** (`characters`): every character is a token. Inside a run of ASCII letters, digits and inner blanks a
  token also carries the character that follows it ("act 5" gives `ac`, `ct`, `t␣`, `␣5`, `5`), which keeps English
  posting lists short without losing a position. Between two lines stands a boundary token, so no phrase crosses one.
* **words** (`words`): rjieba's words for Chinese, whole runs of letters and digits for the rest; for ranking, and for
  a bare Latin word.

Folding, the only liberty the exact search takes: upper case equals lower case, full-width letters and digits equal
their ASCII forms, and blanks count only between two narrow characters (so `第一条 为了` holds `条为`, while
`of the` does not hold `ofthe`). Punctuation is never folded here; `variants` serves bare words, which are forgiving.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from operator import add

import rjieba

BLANK = "\u2423"  # stands for white space between narrow characters
BOUNDARY = "\u241e"  # stands between lines and between parts of a document
CHARACTER_PATTERN = f"[a-z0-9{BLANK}]{{1,2}}|\\S"  # for tantivy's tokenizer, over the output of `characters`
WORD_PATTERN = r"\S+"

_WIDE_ALNUM = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_AWKWARD = {ord("İ"): "i", ord("Σ"): "σ", ord("ς"): "σ"}
_FOLDING = {**_WIDE_ALNUM, **_AWKWARD}
_SURROGATE = re.compile("[\ud800-\udfff]")
_NARROW = "\x21-\x7e\u00a1-\u1fff"
_INNER_BLANK = re.compile(f"(?<=[{_NARROW}])\\s+(?=[{_NARROW}])")
_RUN = re.compile(f"[a-z0-9{BLANK}]{{2,}}")
_IN_RUN = re.compile(f"[a-z0-9{BLANK}]")
_LINES = re.compile("[\n\r\u2028\u2029]+")
_HAN = re.compile("[^\u3400-\u9fff\U00020000-\U0003ffff]+")
_LATIN_WORD = re.compile(r"[0-9a-z\u00c0-\u024f\u0370-\u1fff]+")

_VARIANTS = (
    ",，", ";；", ":：", "!！", "?？", "(（[［〔【〈", ")）]］〕】〉", '"“”＂', "'‘’＇", "-－–—‐", "/／", "%％", ".．",
    "~～〜", "·•・‧", "&＆", "+＋",
)  # fmt: skip
_VARIANTS_OF = {character: group for group in _VARIANTS for character in group}


def fold(text: str) -> str:
    """Case and width of letters and digits folded, one code point for one, so offsets stay the same."""
    return _SURROGATE.sub("\ufffd", text).translate(_FOLDING).lower()


def is_narrow(character: str) -> bool:
    """Whether blanks beside this character mean something."""
    return "\x21" <= character <= "\x7e" or "\u00a1" <= character <= "\u1fff"


def lines(text: str) -> list[str]:
    """The lines of a text, blanks at their ends dropped, empty ones left out."""
    return [line for part in _LINES.split(text) if (line := part.strip())]


def characters(parts: Iterable[str]) -> str:
    """The character view of several parts (title, paragraphs, attachment text) ready for the index."""
    text = f" {BOUNDARY} ".join(line for part in parts for line in lines(part))
    return _RUN.sub(_pairs, _INNER_BLANK.sub(BLANK, fold(text)))


def words(text: str) -> str:
    """The word view of a text: rjieba's Chinese words and Latin words, separated by blanks."""
    folded = fold(text)
    chinese = _HAN.sub("\n", folded)
    found = [word for word in rjieba.cut(chinese) if word != "\n"] if chinese != "\n" else []
    return " ".join([*found, *_LATIN_WORD.findall(folded)])


def phrase(text: str) -> tuple[list[str], bool]:
    """Tokens that must follow each other for `text` to be a substring; True when the last is only a beginning."""
    folded = _INNER_BLANK.sub(BLANK, fold(" ".join(lines(text))).replace(BOUNDARY, " "))
    tokens = re.findall(CHARACTER_PATTERN, _RUN.sub(_pairs, folded))
    if not tokens or not _IN_RUN.fullmatch(tokens[-1]):
        return tokens, False
    if len(tokens) > 1 and len(tokens[-2]) == 2:
        return tokens[:-1], False  # the pair before already holds the last character
    return tokens, True


def variants(character: str) -> str:
    """All characters that a bare word takes for this one: widths of punctuation, shapes of brackets."""
    return _VARIANTS_OF.get(character, character)


def has_variants(text: str) -> bool:
    """Whether any character of the text is punctuation with several shapes."""
    return any(character in _VARIANTS_OF for character in text)


def is_latin_word(text: str) -> bool:
    """Whether the text is one run of letters and digits, to be found as a whole word."""
    return _LATIN_WORD.fullmatch(fold(text)) is not None


def _pairs(run: re.Match[str]) -> str:
    text = run.group()
    return f" {' '.join(map(add, text, text[1:]))} {text[-1]} "
