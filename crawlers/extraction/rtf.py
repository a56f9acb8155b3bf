"""Rich Text (RTF) by a reader of our own: paragraphs, rows of tables, every code page, no pictures."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from crawlers.extraction.file_reading import FileReading, damaged, failed
from crawlers.extraction.limits import MAX_DEPTH, MAX_SHEET_CHARACTERS
from crawlers.extraction.placed import PlacedLines
from crawlers.extraction.plain import row_line
from crawlers.extraction.sheets import head_row
from warehouse.places import NOWHERE, Spot
from warehouse.records import AttachmentText, Problem

RTF = "application/rtf"
_TOKEN = re.compile(
    rb"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    rb"|'(?P<hex>[0-9a-fA-F]{2})|(?P<sign>[^a-zA-Z']))"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)",
    re.S,
)
# Character sets of fonts, as Windows numbers them (fcharset), and the code page of each.
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5hkscs",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256",
    186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 255: "cp437",
}  # fmt: skip
_PAGES = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 65001: "utf-8", 10000: "mac_roman"}
# fmt: off
_UNREAD = frozenset([
    "colortbl", "stylesheet", "info", "pict", "objdata", "header", "headerl", "headerr", "headerf", "footer",
    "footerl", "footerr", "footerf", "fldinst", "upr", "nonesttables", "themedata", "datastore", "generator",
    "listtable", "listoverridetable", "rsidtbl", "xe", "tc", "bkmkstart", "bkmkend", "annotation", "atnid",
    "atnauthor",
    "atrfstart", "atrfend", "revtbl", "filetbl", "passwordhash", "latentstyles", "xmlnstbl", "mmathPr",
    "panose", "falt", "pgptbl",
])
# fmt: on
_READ = frozenset(("ud", "shptxt", "nesttableprops", "shpinst"))  # starred groups whose words are shown
_CHARACTERS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "tab": " ", "emspace": " ", "enspace": " ", "qmspace": " ",
    "nestcell": " ", "nestrow": " ",
}  # fmt: skip
_BREAKS = frozenset(("par", "line", "sect", "page", "column", "softline"))


def read_rtf(body: bytes) -> FileReading:
    """The words in reading order; a file that ends within a group is read as far as it goes."""
    reader = _Reader()
    try:
        ended = reader.read(body)
    except _TooDeep:
        return damaged(RTF, "The RTF file does not open: its groups are nested deeper than any real one.")
    if reader.size > MAX_SHEET_CHARACTERS:
        return failed("too_large", RTF, "too-large", "The RTF file holds more than is read of any file.")
    read = reader.finished()
    problems = () if ended else (Problem("damaged-file", "The RTF file ends in the middle of its text."),)
    if not read.lines and not ended:
        return FileReading(AttachmentText("damaged", RTF, ""), problems)
    status = "text" if read.lines else "empty"
    return FileReading(AttachmentText(status, RTF, read.text, places=read.places), problems)


class _TooDeep(Exception):
    """More groups inside each other than are followed."""


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits from the one around it."""

    unread: bool = False
    hidden: bool = False
    font: int | None = None
    fallback: int = 1  # characters behind a \\u that stand for it in old programs
    fonts: bool = False  # within the table of fonts
    note: bool = False


@dataclass(slots=True)
class _Reader:
    """Goes through the tokens once; text is kept as bytes until its code page is known to end."""

    placed: PlacedLines = field(default_factory=PlacedLines)
    state: _State = _State()
    size: int = 0
    _stack: list[_State] = field(default_factory=list)
    _page: str = "cp1252"
    _fonts: dict[int, str] = field(default_factory=dict)
    _bytes: bytearray = field(default_factory=bytearray)
    _encoding: str = "cp1252"
    _words: list[str] = field(default_factory=list)  # of the paragraph or cell that is being read
    _cells: list[str] = field(default_factory=list)
    _rows: list[tuple[int, str]] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)
    _tables: int = 0
    _in_table: bool = False
    _skip: int = 0
    _starred: bool = False

    def read(self, body: bytes) -> bool:
        """Take the whole file; False when it ends before its outermost group does."""
        at, opened = 0, False
        while at < len(body) and self.size <= MAX_SHEET_CHARACTERS:
            token = _TOKEN.match(body, at)
            if token is None:  # a line end, or a lone backslash at the end
                at += 1
                continue
            at = token.end()
            if token["word"] == b"bin":
                at += max(0, int(token["number"] or b"0"))
            elif token["brace"] == b"{":
                self._open()
                opened = True
            elif token["brace"]:
                self._close()
                if opened and not self._stack:
                    return True
            else:
                self._take(token)
        return self.size > MAX_SHEET_CHARACTERS or not self._stack

    def finished(self) -> PlacedLines:
        """The lines with their places, notes at the end."""
        self._end_paragraph()
        self._end_table()
        self.placed.add("\n".join("".join(self._notes).split("\n")), NOWHERE)
        return self.placed

    def _open(self) -> None:
        self._flush()
        if len(self._stack) >= MAX_DEPTH:
            raise _TooDeep
        self._stack.append(self.state)
        self._skip, self._starred = 0, False

    def _close(self) -> None:
        self._flush()
        self._skip = 0
        if self._stack:
            before, self.state = self.state, self._stack.pop()
            if before.note and not self.state.note:
                self._notes.append("\n")

    def _take(self, token: re.Match[bytes]) -> None:
        if token["text"]:
            self._text(token["text"])
        elif token["hex"]:
            self._text(bytes((int(token["hex"], 16),)))
        elif token["word"]:
            number = int(token["number"]) if token["number"] else None
            self._word(token["word"].decode("ascii"), number)
        else:
            self._sign(token["sign"])

    def _text(self, data: bytes) -> None:
        self._starred = False
        if self._skip:
            skipped = min(self._skip, len(data))
            self._skip -= skipped
            data = data[skipped:]
        if not data or self.state.unread or self.state.hidden or self.state.fonts:
            return
        encoding = self._fonts.get(self.state.font or 0, "") if self.state.font is not None else ""
        encoding = encoding or self._page
        if encoding != self._encoding:
            self._flush()
            self._encoding = encoding
        self._bytes += data

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif self._skip:
            self._skip -= 1
        elif sign in (b"\n", b"\r"):
            self._word("par", None)
        elif sign in (b"\\", b"{", b"}"):
            self._text(sign)
        elif sign in (b"~", b"_"):
            self._add(" " if sign == b"~" else "-")

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if word == "u" and number is not None:
            self._add(chr(number & 0xFFFF))
            self._skip = self.state.fallback
        elif word in _BREAKS:
            self._break()
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word in ("cell", "row", "intbl", "pard", "trowd"):
            self._table_word(word)
        elif word in _READ:
            self.state = replace(self.state, unread=word == "shpinst")
        elif word in _UNREAD or starred:
            self.state = replace(self.state, unread=True)
        else:
            self._setting(word, number)

    def _setting(self, word: str, number: int | None) -> None:
        if word == "uc" and number is not None:
            self.state = replace(self.state, fallback=min(max(number, 0), 20))
        elif word == "fonttbl":
            self.state = replace(self.state, fonts=True)
        elif word == "f" and number is not None:
            self.state = replace(self.state, font=number)
        elif word == "fcharset" and number is not None and self.state.fonts and self.state.font is not None:
            self._fonts[self.state.font] = _CHARSETS.get(number, "")
        elif word == "ansicpg" and number is not None:
            self._page = _known(_PAGES.get(number, f"cp{number}"))
        elif word in ("mac", "pc", "pca"):
            self._page = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        elif word in ("v", "deleted"):
            self.state = replace(self.state, hidden=number != 0)
        elif word == "plain":
            self.state = replace(self.state, hidden=False, font=None)
        elif word == "footnote":
            self._flush()
            self.state = replace(self.state, note=True)

    def _add(self, words: str) -> None:
        self._flush()
        if not (self.state.unread or self.state.hidden or self.state.fonts):
            self._keep(words)

    def _flush(self) -> None:
        if self._bytes:
            self._keep(self._bytes.decode(self._encoding, "replace"))
            self._bytes = bytearray()

    def _keep(self, words: str) -> None:
        self.size += len(words)
        (self._notes if self.state.note else self._words).append(words)

    def _break(self) -> None:
        self._flush()
        if self.state.unread or self.state.hidden:
            return
        if self.state.note:
            self._notes.append(" ")
        elif self._in_table:
            self._words.append(" ")
        else:
            self._end_paragraph()

    def _table_word(self, word: str) -> None:
        if self.state.unread or self.state.note:
            return
        self._flush()
        if word == "intbl":
            self._in_table = True
        elif word == "pard":
            self._in_table = False
        elif word == "cell":
            self._cells.append(_paired("".join(self._words)).replace("\t", " "))
            self._words = []
        elif word == "row":
            self._rows.append((len(self._rows) + 1, row_line("\t".join(self._cells))))
            self._cells, self._words, self._in_table = [], [], False

    def _end_paragraph(self) -> None:
        self._flush()
        words = _paired("".join(self._words))
        self._words = []
        if words.strip():
            self._end_table()
            self.placed.add(words, NOWHERE)

    def _end_table(self) -> None:
        if self._cells:  # a row that nothing ended
            self._rows.append((len(self._rows) + 1, row_line("\t".join(self._cells))))
        if self._rows:
            self._tables += 1
            head = head_row(line for _, line in self._rows)
            self.placed.add_table(self._rows, Spot(table=self._tables), head)
        self._rows, self._cells = [], []


def _paired(text: str) -> str:
    """The text with its pairs of surrogates put together; what stands alone of one is dropped."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"
