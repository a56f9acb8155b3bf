"""The blocks and lines of a page with what they weigh, and how one is taken out of the text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

# fmt: off
INLINE = frozenset([
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "img", "wbr", "input", "picture", "source",
])
# fmt: on
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


@dataclass(slots=True, eq=False)
class Element:
    """An element of the page; the weights are those of everything in it that is not dropped."""

    tag: str
    attributes: str
    parent: Element | None
    begin: int
    end: int = 0
    children: list[Element] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)  # the element's own, not its children's
    chars: int = 0
    linked: int = 0  # characters that stand in links
    prose: int = 0  # characters of sentences outside of links
    headings: int = 0
    dropped: str = ""  # why it is no part of the text

    @property
    def free(self) -> int:
        """Characters outside of links."""
        return self.chars - self.linked

    def drop(self, why: str) -> None:
        """Take the element with all in it out of the text and out of the weights of what is around it."""
        if self.dropped:
            return
        chars, linked, prose, headings = self.chars, self.linked, self.prose, self.headings
        for around in self.ancestors():
            around.chars -= chars
            around.linked -= linked
            around.prose -= prose
            around.headings -= headings
        for element in self.walk(lambda one: not one.dropped):
            element.dropped = why
            for run in element.runs:
                run.dropped = run.dropped or why

    def ancestors(self) -> Iterator[Element]:
        """The elements around it, from the inside out."""
        at = self.parent
        while at is not None:
            yield at
            at = at.parent

    def walk(self, enter: Callable[[Element], bool] = lambda one: True) -> Iterator[Element]:
        """The element and what is in it, in document order; nothing of one that is not to be entered."""
        stack = [self]
        while stack:
            at = stack.pop()
            if enter(at):
                yield at
                stack.extend(reversed(at.children))


@dataclass(slots=True, eq=False)
class Run:
    """A line of text between two borders of blocks."""

    owner: Element
    begin: int
    end: int
    text: str
    chars: int
    linked: int
    prose: int
    outside: int = 0  # letters and digits outside of links
    level: int = 0  # 1 to 6 in a heading
    href: str = ""  # where its first link leads
    dropped: str = ""

    @property
    def block(self) -> Element:
        """The block in which the line stands."""
        at = self.owner
        while at.tag in INLINE and at.parent is not None:
            at = at.parent
        return at

    def drop(self, why: str) -> None:
        """Take the line alone out of the text."""
        if self.dropped:
            return
        self.dropped = why
        at: Element | None = self.owner
        while at is not None:
            at.chars -= self.chars
            at.linked -= self.linked
            at.prose -= self.prose
            at = at.parent

    @property
    def is_link(self) -> bool:
        """Whether next to nothing of the line stands outside of links."""
        return self.linked > 0 and self.outside * 10 <= self.chars


@dataclass(frozen=True, slots=True)
class PageTree:
    """The blocks of one page and its lines in document order."""

    markup: str
    root: Element
    elements: tuple[Element, ...]  # in document order
    runs: tuple[Run, ...]
