"""What of a page is no text by its names, roles and shape: navigation, consent, cards, captions, tools."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawlers.extraction.page_blocks import HEADINGS, Element, PageTree, Run
from crawlers.extraction.page_words import kinds_of, names_figure, names_imprint, plain_words

_MOST_PROSE, _MOST_FREE = 0.35, 0.6  # shares of the page that make a block its text, whatever its name
_MOST_AT_ALL = 0.7  # ... and that keep even a block that is called consent: the name stands on a frame
_SHORT = 220  # characters of a line of tools or of something hidden
_SENTENCE = 140  # characters of sentences that are more than tools
_CAPTION, _FIGURE = 200, 500  # characters beside a picture by name, and in a figure
_LINKY = 0.25  # share of links in a block of cards
_ALL = 0.9  # of the page's words beside links: a frame of the whole page
_FOOT = 400  # ... and of a page's foot
_TEXT = 150  # characters of sentences that may be a page's text
_TITLE = 12  # characters of a heading that names the page
_BETWEEN_LINKS = re.compile("[|·•]")
_CARD = 400  # characters of sentences of a card at most


def drop_furniture(tree: PageTree, names: Sequence[str] = ()) -> None:
    """Mark in the tree what is no text; nothing that holds most of the page's sentences is.

    `names` are what window and meta tags call the page, in plain words.
    """
    judge = _Judge(tree, names)
    for element in tree.elements:
        why = "" if element.dropped else judge.of(element)
        if why:
            element.drop(why)
    for run in tree.runs:
        if run.dropped or not run.linked:
            continue
        if run.level > 1 and run.is_link:
            _drop_card(run, judge)
        elif any(map(names_imprint, _BETWEEN_LINKS.split(run.text))):
            _drop_foot(run, tree)


class _Judge:
    """Decides for single elements, knowing the whole page."""

    def __init__(self, tree: PageTree, names: Sequence[str]) -> None:
        self.markup = tree.markup
        self.prose, self.free = tree.root.prose, tree.root.free
        self.frames = {
            id(around)
            for element in tree.elements
            if 2 * element.prose > self.prose and kinds_of(element.tag, element.attributes) & {"main", "body"}
            for around in element.ancestors()
        }
        self.titled = {
            id(around)
            for run in tree.runs
            if run.level == 1 and len(run.text) >= _TITLE and _is_named(run, names)
            for around in (run.block, *run.block.ancestors())
        }

    def of(self, element: Element) -> str:
        """Why the element is no text, or nothing."""
        if not element.chars or element.parent is None or element.tag in ("html", "body", "main", "a"):
            return ""  # links are judged by where they stand; each has attributes of its own
        kinds = kinds_of(element.tag, element.attributes)
        if not kinds or id(element) in self.frames:
            return ""
        if "consent" in kinds and not self._frames_the_page(element):
            return "consent"
        if self.is_text(element):
            return ""
        if "furniture" in kinds and not kinds & {"main", "body"}:
            return "furniture"
        return self._weaker(element, kinds)

    def _weaker(self, element: Element, kinds: frozenset[str]) -> str:
        """What names only say together with the shape of the block."""
        if id(element) in self.titled:
            return ""
        linky = element.linked >= _LINKY * element.chars
        if "hidden" in kinds and (element.chars <= _SHORT or 2 * element.linked > element.chars):
            return "hidden"
        if "teaser" in kinds and linky:
            return "teaser"
        if "picture" in kinds and self._is_picture(element):
            return "picture"
        if "short" in kinds and element.chars <= _SHORT:
            most = _SENTENCE // 2 if element.headings else _SENTENCE
            return "short" if element.prose < most else ""
        return ""

    def is_text(self, element: Element) -> bool:
        """Whether so much of the page stands in the element that it must be its text."""
        return self._holds(element, _MOST_PROSE) or element.free > _MOST_FREE * self.free

    def _frames_the_page(self, element: Element) -> bool:
        """Whether a block called consent holds the page: even a long notice leaves a text beside itself."""
        if not self._holds(element, _MOST_AT_ALL):
            return False
        return "<h1" in self.markup[element.begin : element.end] or self.prose - element.prose < _TEXT

    def _holds(self, element: Element, share: float) -> bool:
        return element.prose > share * self.prose > 0

    def _is_picture(self, element: Element) -> bool:
        limit = _FIGURE if element.tag in ("figure", "figcaption") else _CAPTION
        if element.chars > limit or element.headings:
            return False
        first = next((run.text for one in element.walk() for run in one.runs), "")
        if names_figure(first) or "<table" in self.markup[element.begin : element.end]:
            return False
        return element.tag == "figcaption" or "<img" in self.markup[element.begin : element.end]


def _drop_foot(run: Run, tree: PageTree) -> None:
    """What stands around the link to the imprint is the page's foot, as far as it has no h1."""
    foot = run.block
    for around in run.block.ancestors():
        frame = around.tag in ("html", "body", "main", "article", "form") or around.parent is None
        if frame or around.prose > _FOOT or "<h1" in tree.markup[around.begin : around.end]:
            break
        if around.free > _ALL * tree.root.free:
            break
        foot = around
    foot.drop("furniture")


def _is_named(run: Run, names: Sequence[str]) -> bool:
    plain = plain_words(run.text)
    return any(plain in name or name in plain for name in names)


def _drop_card(run: Run, judge: _Judge) -> None:
    """A heading that is a link stands over a card: it goes with what is said beneath it."""
    heading = next((one for one in (run.owner, *run.owner.ancestors()) if one.tag in HEADINGS), None)
    if heading is None or heading.dropped or 'href="#' in run.href:
        return
    card = heading
    for around in heading.ancestors():
        if (
            around.headings > 1
            or around.prose > _CARD
            or judge.is_text(around)
            or around.tag in ("body", "main")
        ):
            break
        card = around
    card.drop("teaser")
