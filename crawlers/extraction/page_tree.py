"""A page's blocks with what they weigh: text, links, sentences, and where in the markup they stand.

It reads the markup that the HTML parser serialises (every attribute value in double quotes, `<` in text
escaped, tags balanced), in one pass: asking the parser's own tree node by node takes several times as long.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from crawlers.extraction.page_blocks import HEADINGS, INLINE, Element, PageTree, Run
from crawlers.extraction.plain import one_line

_TOKEN = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9:\-]*+)([^">]*+(?:"[^"]*+"[^">]*+)*+)>([^<]*+)""")
_COMMENT = re.compile(r"<!--.*?(?:-->|$)|<![^>]*(?:>|$)", re.S)
_UNSEEN_MARKUP = re.compile(
    r"<(?=[nsthixp])(script|style|template|noscript|svg|select|textarea|iframe|title|head|xmp|noembed|noframes"
    r"|plaintext)\b[^>]*>.*?</\1\s*>",
    re.S,
)
# fmt: off
_VOID = frozenset([
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
])
# fmt: on
_SENTENCE = re.compile(r"[.!?:;…](?:[\"'”“»)\]]*)(?:\s|$)|[。！？；：]")
_WIDE = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")
_SHORT = 30  # letters of a line that may be a sentence
_LONG = 140  # ... and of one that is text without a full stop
_LETTERS = re.compile(r"\w")
_LINK_LINE = 40  # characters outside of links that may be no more than marks between them
_NEAR = 50  # open elements among which one that is closed is looked for
_MAX_ELEMENTS = 200_000


def page_tree(markup: str) -> PageTree:
    """The blocks of serialised markup, without what a reader never sees: scripts, fields, comments."""
    markup = markup[max(markup.find("</head>"), 0) :]
    if "<!" in markup:
        markup = _COMMENT.sub("", markup)
    markup = _UNSEEN_MARKUP.sub("", markup)
    builder = _Builder(markup)
    builder.build()
    return PageTree(markup, builder.root, tuple(builder.elements), tuple(builder.runs))


class _Builder:
    """One pass over the tags; the loop is long because every call in it is paid for at each tag."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.root = Element("document", "", None, 0, len(markup))
        self.elements = [self.root]
        self.runs: list[Run] = []
        self._level = 0  # of the open heading
        self._stack: list[tuple[str, Element | None]] = []  # what is open, with its element if it has one
        self._open = self.root
        self._pieces: list[str] = []
        self._begin = self._last = 0  # where the line's first and last piece of text stand
        self._owner = self.root
        self._links = 0  # open links
        self._linked = 0  # characters in links
        self._outside: list[str] = []  # text outside of them
        self._href = ""

    def build(self) -> None:
        """Read every tag with the text behind it."""
        stack, elements, size = self._stack, self.elements, len(self.markup)
        for match in _TOKEN.finditer(self.markup):
            closing, tag, attributes, text = match.groups()
            inline = tag in INLINE
            if self._pieces and not inline:
                self._end_run(match.start())
            if closing:
                if stack and stack[-1][0] == tag:
                    element = stack.pop()[1]
                    if element is not None:
                        self._leave(element, match.end(3) + 1)
                else:
                    self._close(tag, match.end(3) + 1)
            elif inline and not attributes:
                if tag not in _VOID:
                    stack.append((tag, None))  # says nothing of the text in it
            elif tag not in _VOID:
                if len(elements) >= _MAX_ELEMENTS:
                    stack.append((tag, None))
                else:
                    element = Element(tag, attributes, self._open, match.start(), size)
                    self._open.children.append(element)
                    elements.append(element)
                    stack.append((tag, element))
                    self._open = element
                    if tag == "a":
                        self._links += 1
                    elif tag in HEADINGS:
                        self._level = int(tag[1])
            if text and not text.isspace():
                self._add(text, match.end(3) + 1)
        self._end_run(size)
        _sum_up(elements)

    def _leave(self, element: Element, end: int) -> None:
        element.end = end
        self._open = element.parent or self.root
        if element.tag == "a":
            self._links -= 1
        elif element.tag in HEADINGS:
            self._level = 0

    def _close(self, tag: str, end: int) -> None:
        """Close a tag that is not the last opened; those of a serialised page balance, but for raw text."""
        if all(one[0] != tag for one in self._stack[-_NEAR:]):
            return
        while True:
            last, element = self._stack.pop()
            if element is not None:
                self._leave(element, end)
            if last == tag:
                return

    def _add(self, text: str, begin: int) -> None:
        if not self._pieces:
            self._begin, self._owner, self._linked, self._href = begin, self._open, 0, ""
            self._outside = []
        self._pieces.append(text)
        self._last = begin
        if not self._links:
            self._outside.append(text)
        else:
            self._linked += len(text.strip())
            if not self._href:
                self._href = self._open.attributes

    def _end_run(self, end: int) -> None:
        if not self._pieces:
            return
        text = "".join(self._pieces)
        self._pieces = []
        text = " ".join((html.unescape(text) if "&" in text else text).split())
        if not text.isprintable():
            text = one_line(text, 100_000) or ""
        if not text:
            return
        owner = self._owner
        while owner.tag in INLINE and owner.end <= self._last and owner.parent is not None:
            owner = owner.parent  # the line goes on behind it
        linked = min(self._linked, len(text))
        run = Run(
            owner,
            self._begin,
            end,
            text,
            len(text),
            linked,
            _prose(text, linked),
            sum(map(_letters, self._outside)) if linked else len(text),
            self._level,
            self._href,
        )
        owner.runs.append(run)
        self.runs.append(run)


def _letters(text: str) -> int:
    return len(_LETTERS.findall(text)) if len(text) <= _LINK_LINE else len(text)


def _prose(text: str, linked: int) -> int:
    """How many characters of a line are running text; a Chinese character says as much as two letters."""
    free = len(text) - 2 * linked
    if free < _SHORT // 2:
        return 0
    weight = 2 * free if not text.isascii() and _WIDE.search(text) else free
    return weight if weight >= _LONG or (weight >= _SHORT and _SENTENCE.search(text)) else 0


def _sum_up(elements: Sequence[Element]) -> None:
    for element in reversed(elements):
        element.headings += element.tag in HEADINGS
        for run in element.runs:
            element.chars += run.chars
            element.linked += run.linked
            element.prose += run.prose
        if element.parent is not None:
            element.parent.chars += element.chars
            element.parent.linked += element.linked
            element.parent.prose += element.prose
            element.parent.headings += element.headings
