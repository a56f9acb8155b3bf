"""The main text of a page of unknown make: what is left when its furniture is taken away.

Four steps over the blocks of the page: names, roles and shape take away navigation, notices of consent and
cards (page_furniture); the smallest block that still holds nearly all sentences is the text's place; in it
lists of links, lines of tools and sections that lead elsewhere go (text_cleaning); what stays is rendered as
every container is, tables as rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawlers.extraction.blocks import paragraphs_of_markup, text_of_markup
from crawlers.extraction.page_blocks import HEADINGS, Element, PageTree, Run
from crawlers.extraction.page_furniture import drop_furniture
from crawlers.extraction.page_tree import page_tree
from crawlers.extraction.page_words import is_furniture_line, kinds_of, names_page, plain_words
from crawlers.extraction.plain import is_chinese
from crawlers.extraction.text_cleaning import clean

ENOUGH = 200  # characters of main text that need no second opinion
_SHORTEST = 40  # characters of the text of a page that says next to nothing
_MUCH = 0.4  # of a page's words beside links: what a block around the heading holds to be the text's place
_NEARLY_ALL = 0.9  # of a block's sentences: when its one child holds them, the child is the text's place
_WITH_HEADING = 0.8  # ... when the page's heading stands in the child too: what is beside it are columns
_OWN_PART = 250  # characters of sentences that make the child's neighbour a part of the text
_NO_FRAMES = frozenset(
    [*HEADINGS, "p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "a", "figure"]
)
_NAME = 12  # characters of a title that are repeated by chance, as a site's name is
_LEAD = 80  # characters of a lead that does not end like a sentence
_LEADS = 3  # lines between heading and text that may be its lead
_BEFORE, _AFTER = 8, 16  # lines around the heading in which date, number and author stand
_TAG = re.compile(r"<[^>]*>")  # day, month and year may stand in elements of their own
_CLOSE = 3  # lines from the heading: there even a block with many links is no card
_DATED = 600  # characters of markup of an element with a date
_FAR = frozenset(["furniture", "consent", "teaser", "picture"])  # whose days are not the page's


@dataclass(frozen=True, slots=True)
class MainText:
    """The text of a page, and the lines around its beginning, which say when it was published and by whom."""

    paragraphs: tuple[str, ...]
    heading: str | None
    head: tuple[str, ...]  # lines from a little before the heading to the first sentence
    near: tuple[str, ...]  # all lines that are not menus, cards or notices
    beside: tuple[str, ...]  # lines of menus, columns and footers, not those of cards and notices
    lines: tuple[str, ...]  # all lines of the page, furniture too
    said: int  # characters of `near` outside of links
    rows: frozenset[str]  # lines of which a part leads elsewhere: often those of a list
    dated: tuple[str, ...]  # what stands in elements that are named after dates, outside of cards

    @property
    def length(self) -> int:
        """Characters of text; a Chinese one says as much as two letters."""
        letters = sum(map(len, self.paragraphs))
        return 2 * letters if is_chinese("".join(self.paragraphs[:5])) else letters

    @property
    def enough(self) -> bool:
        """Whether no second reader is needed: there is much text, or the page says little else."""
        if self.length >= ENOUGH:
            return True
        text = sum(map(len, self.paragraphs))
        return text >= _SHORTEST and self.said - len(self.heading or "") <= 2 * text


def main_text(markup: str, titles: Sequence[str] = ()) -> MainText:
    """Read serialised markup; `titles` are what window and meta tags call the page."""
    names = tuple(name for title in titles if (name := plain_words(title)))
    found = _read(markup, names, strict=True)
    if found.enough:
        return found
    return max(found, _read(markup, names, strict=False), key=lambda one: one.length)


def _read(markup: str, names: Sequence[str], *, strict: bool) -> MainText:
    """One reading; without `strict` for a page of few sentences, where links and cells are the text."""
    tree = page_tree(markup)
    drop_furniture(tree, names)
    place = _place(tree)
    heading = _heading(tree, place, names)
    if not strict:
        place = _place_around(tree.root, heading)
    lead = _lead(tree, place, heading)
    head = tuple(_head(tree, place, heading))
    clean(tree, place, heading, names, links=not strict)
    paragraphs = tuple(run.text for run in lead) + paragraphs_of_markup(_kept_markup(tree.markup, place))
    return MainText(
        paragraphs,
        heading.text if heading else None,
        head,
        tuple(run.text for run in tree.runs if run.dropped not in _FAR),
        tuple(run.text for run in tree.runs if run.dropped == "furniture"),
        tuple(run.text for run in tree.runs),
        sum(run.chars - run.linked for run in tree.runs if run.dropped not in _FAR),
        frozenset(run.text for run in tree.runs if run.linked and not run.is_link),
        tuple(_dated(tree)),
    )


def _place(tree: PageTree) -> Element:
    """The smallest block with nearly all sentences; where the page marks its text, within what it marks."""
    at = _marked(tree)
    marked = at is not None
    at = at or tree.root
    if "body" in kinds_of(at.tag, at.attributes):
        return at
    while at.prose:
        child = max((one for one in at.children if not one.dropped), key=lambda one: one.prose, default=None)
        if child is None or child.tag in _NO_FRAMES:
            break
        if child.prose < (_WITH_HEADING if _has_heading(tree, child) else _NEARLY_ALL) * at.prose:
            break
        if any(_is_part(one, marked) for one in at.children if one is not child and not one.dropped):
            break
        at = child
    return at


def _has_heading(tree: PageTree, element: Element) -> bool:
    """Whether the first heading of the first level that is left stands in the element."""
    first = next((run for run in tree.runs if run.level == 1 and not run.dropped), None)
    return first is not None and element.begin <= first.begin < element.end


def _place_around(root: Element, heading: Run | None) -> Element:
    """The block around the heading with much of what the page says beside its links, else all of it."""
    around = heading.block.ancestors() if heading else ()
    return next((one for one in around if one.free >= _MUCH * root.free > 0), root)


def _is_part(element: Element, marked: bool) -> bool:
    """Whether a neighbour of the text is text too; in a marked place also what has no sentences: a table."""
    said = max(element.prose, element.free) if marked else element.prose
    return said >= _OWN_PART and element.linked * 5 < element.chars


def _marked(tree: PageTree) -> Element | None:
    found: dict[str, Element] = {}
    root = tree.root
    for element in tree.elements:
        if element.dropped or 2 * element.prose < root.prose:
            continue
        for kind in kinds_of(element.tag, element.attributes) & {"body", "article", "main"}:
            if root.prose and (kind not in found or element.prose >= _NEARLY_ALL * found[kind].prose):
                found[kind] = element
    return found.get("body") or found.get("article") or found.get("main")


def _heading(tree: PageTree, place: Element, names: Sequence[str]) -> Run | None:
    """The page's title on the page: what window or meta tags repeat most of, else the h1 next to the text."""
    best: tuple[tuple[int, bool, int], Run] | None = None
    for number, run in enumerate(tree.runs):
        if not run.level or run.dropped in _FAR or run.begin >= place.end:
            continue
        said = likeness(run.text, names)
        if said < _NAME and run.level == 1:
            said = _NAME if run.begin >= place.begin else 1
        if not said or (run.level > 1 and said <= _NAME):
            continue
        rank = (said, run.level == 1, number if run.begin < place.begin else -number)
        if best is None or rank > best[0]:
            best = (rank, run)
    return best[1] if best else _untagged_heading(tree, place, names)


def _untagged_heading(tree: PageTree, place: Element, names: Sequence[str]) -> Run | None:
    """A line that the window title repeats, on pages that mark up no heading."""
    for run in tree.runs:
        if run.begin >= place.end:
            return None
        if not run.dropped and not run.linked and not run.prose and names_page(plain_words(run.text), names):
            return run
    return None


def likeness(text: str, names: Sequence[str]) -> int:
    """How many characters of a heading the page's other titles repeat, or it of them."""
    plain = plain_words(text)
    if len(plain) < 4:
        return 0
    return max((min(len(plain), len(name)) for name in names if plain in name or name in plain), default=0)


def _lead(tree: PageTree, place: Element, heading: Run | None) -> list[Run]:
    """Sentences between the heading and the text's place."""
    if heading is None or heading.begin >= place.begin:
        return []
    between = [
        run
        for run in tree.runs
        if heading.end <= run.begin < place.begin and not run.dropped and run.prose and not run.linked
    ]
    told = [run for run in between if not is_furniture_line(run.text) and not run.level]
    return [run for run in told if len(run.text) >= _LEAD or run.text[-1] in ".!?。！？"][:_LEADS]


def _head(tree: PageTree, place: Element, heading: Run | None) -> Iterator[str]:
    """The lines around the heading and the beginning of the text, to its first sentences; no menus."""
    close = tree.runs.index(heading) if heading else -2 * _CLOSE
    runs = [
        run
        for number, run in enumerate(tree.runs)
        if run.dropped not in _FAR or (run.dropped == "teaser" and abs(number - close) <= _CLOSE)
    ]
    at = next((n for n, run in enumerate(runs) if run.begin >= place.begin), 0)
    title = runs.index(heading) if heading in runs else at
    near = {*range(title - _BEFORE, title + _AFTER), *range(at - _BEFORE, at + _AFTER)}
    for number, run in enumerate(runs):
        if number in near:
            yield run.text
        if number >= max(at, title) and run.prose >= _OWN_PART:
            return


def _dated(tree: PageTree) -> Iterator[str]:
    for element in tree.elements:
        if element.tag == "a" or element.end - element.begin > _DATED:
            continue
        if element.dropped in ("teaser", "consent"):
            continue
        if "dated" in kinds_of(element.tag, element.attributes):
            yield " ".join(text_of_markup(_TAG.sub(" ", tree.markup[element.begin : element.end])).split())


def _kept_markup(markup: str, place: Element) -> str:
    """The markup of the place without what was dropped in it."""
    cuts = []
    for element in place.walk():
        if element.dropped:
            cuts.append((element.begin, element.end))
        else:
            cuts += [(run.begin, run.end) for run in element.runs if run.dropped]
    pieces, at = [], place.begin
    for begin, end in sorted(cuts):
        if begin >= at:
            pieces.append(markup[at:begin])
        at = max(at, end)
    pieces.append(markup[at : place.end])
    return "".join(pieces)
