"""`viewer.html`: the whole pack as one page without script, for a browser that is not connected to anything.

Nothing of a source becomes markup: every text passes `element`, which escapes it, and the page's own policy
forbids scripts, pictures, frames and connections, so that even a mistake could run or fetch nothing.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib import resources
from itertools import pairwise
from typing import Any

from dashboard.drafting.grammar import parse
from dashboard.drafting.model import Figure, Heading, Item, Mark, Quotation, Table, Text
from dashboard.evidence.model import PackedOriginal
from dashboard.evidence.originals import SHOWN, text_of
from dashboard.evidence.readme import why_in_words
from dashboard.markup import Child, Markup, element, join
from dashboard.words import LANGUAGES, say

Row = Mapping[str, Any]
_TAGS = {"zh": "zh-CN", "en": "en"}


def viewer_page(
    facts: Row,
    text: str,
    sources: Sequence[Row],
    pins: Sequence[Row],
    texts: Sequence[Row],
    originals: Sequence[PackedOriginal],
) -> str:
    """The page; it says in both languages what it says itself, and shows the language of the report first."""
    numbers = {str(one["document_id"]): int(one["source"]) for one in sources}
    main = element(
        "main",
        _head(facts, any(one["sample"] for one in sources)),
        _part("report", *_report(text, pins, numbers)),
        _part("references", element("ol", *(_reference(one) for one in sources))),
        _part("passages", *(_passage(pin, numbers, text) for pin in pins)) if pins else None,
        _part("texts", *(_source_text(one, numbers, pins) for one in texts)),
        _part("originals", *map(_original, sources, originals)),
    )
    title = " ".join(str(facts[name]) for name in ("series", "number", "title") if facts[name])
    return _without_controls(_document(str(facts["language"]), title, main))


def _document(language: str, title: str, main: Markup) -> str:
    style = _style()
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    choices = (
        join(
            (
                element("input", type="radio", name="ui", id=f"ui-{one}", checked=one == language),
                element("label", say(one, "site.language"), for_=f"ui-{one}", lang=_TAGS[one]),
            )
        )
        for one in LANGUAGES
    )
    return (
        f'<!doctype html>\n<html lang="{_TAGS[language]}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta http-equiv="x-dns-prefetch-control" content="off">'
        f"{_element_title(title)}<style>{style}</style></head><body>{join(choices)}{main}</body></html>\n"
    )


def _element_title(title: str) -> str:
    return f"<title>{join((title,))}</title>"


@cache
def _style() -> str:
    return resources.files("dashboard.evidence").joinpath("viewer.css").read_text(encoding="utf-8")


def _both(key: str, /, **values: object) -> Markup:
    """Our own words in both languages; the page shows one of them."""
    return join(
        element("span", say(one, f"pack.{key}", **values), cls=one, lang=_TAGS[one]) for one in LANGUAGES
    )


def _part(key: str, *parts: Child) -> Markup:
    return element("section", element("h2", _both(key)), *parts)


def _head(facts: Row, sample: bool) -> Markup:
    issue = " ".join(str(facts[name]) for name in ("series", "number") if facts[name])
    return element(
        "header",
        element("p", element("strong", _both("sample-pack"))) if sample else None,
        element("p", _both("title"), " · ", issue),
        element("h1", facts["title"]),
        element("p", _both("signed", at=facts["signed_local"]), cls="note"),
        element("p", _both(f"issue-{facts['state']}")) if facts["state"] != "signed" else None,
        element("p", _both("viewer-lead"), cls="note"),
        element("p", _both("check"), cls="note"),
    )


# the report


def _report(text: str, pins: Sequence[Row], numbers: Mapping[str, int]) -> Iterator[Markup]:
    documents = {str(pin["key"]): numbers[str(pin["document_id"])] for pin in pins}
    places = [(*pin["place"], str(pin["key"])) for pin in pins if pin["place"]]
    met: set[str] = set()

    def letters(of: Text, number: int = -1) -> Markup:
        quoted = sorted((start, end, key) for block, start, end, key in places if block == number)
        marks = [(mark.at, _mark(mark, documents, numbers, met)) for mark in of.marks]
        return _linked(of.text, quoted, marks)

    for number, block in enumerate(parse(text).blocks):
        if isinstance(block, Heading):
            yield element("h3" if block.level < 2 else "h4", letters(block.text, number))
        elif isinstance(block, Quotation):
            yield element("blockquote", letters(block.text, number))
        elif isinstance(block, Item):
            sign = "• " if block.number is None else f"{block.number}. "
            yield element("p", sign, letters(block.text, number))
        elif isinstance(block, Table):
            heads = element("tr", *(element("th", letters(cell), scope="col") for cell in block.heads))
            rows = (element("tr", *(element("td", letters(cell)) for cell in row)) for row in block.rows)
            yield element("table", element("thead", heads), element("tbody", *rows))
        elif isinstance(block, Figure):
            yield element("p", _both("figure"), cls="note")
        else:
            yield element("p", letters(block.text, number))


def _linked(text: str, quoted: Sequence[tuple[int, int, str]], marks: Sequence[tuple[int, Markup]]) -> Markup:
    """The text with its quotations as links to their passages and its references in their places."""
    parts: list[Child] = []
    at = 0
    for start, end, key in quoted:
        if start < at:
            continue  # a quotation within another
        parts += [_between(text, at, start, marks), *_quoted(text, start, end, key, marks)]
        at = end
    return join([*parts, _between(text, at, len(text), marks)])


def _quoted(
    text: str, start: int, end: int, key: str, marks: Sequence[tuple[int, Markup]]
) -> Iterator[Markup]:
    """A quotation as a link, parted where a reference stands in it: no link stands in another."""
    inside = [one for one in marks if start < one[0] < end]
    cuts = [start, *(place for place, _ in inside), end]
    for number, (first, until) in enumerate(pairwise(cuts)):
        place = None if number else f"r-{key}"
        yield element("a", text[first:until], href=f"#p-{key}", id=place, cls="q")
        if number < len(inside):
            yield inside[number][1]


def _between(text: str, start: int, end: int, marks: Sequence[tuple[int, Markup]]) -> Markup:
    """Plain letters with the references that stand among them and at their ends."""
    parts: list[Child] = []
    at = start
    for place, mark in marks:
        if start <= place <= end:
            parts += [text[at:place], mark]
            at = place
    return join([*parts, text[at:end]])


def _mark(mark: Mark, documents: Mapping[str, int], numbers: Mapping[str, int], met: set[str]) -> Markup:
    """The number of the source, leading to its passage where one is pinned."""
    key = f"{'e' if mark.kind == 'evidence' else 'd'}{mark.key}"
    number = documents.get(key) if mark.kind == "evidence" else numbers.get(mark.key)
    place = f"r-{key}" if key not in met else None
    met.add(key)
    target = f"#p-{key}" if mark.kind == "evidence" else f"#s-{number}"
    return element("a", f"[{number}]", href=target, id=place, cls="ref")


# what it rests on


def _reference(source: Row) -> Markup:
    state = source["validity"] if source["validity"] in ("amended", "repealed", "expired") else None
    return element(
        "li",
        source["reference"],
        element("p", _both(f"state-{state}"), cls="note") if state else None,
        element("p", _both("sample"), cls="note") if source["sample"] else None,
        id=f"s-{source['source']}",
    )


def _passage(pin: Row, numbers: Mapping[str, int], text: str) -> Markup:
    key, number = str(pin["key"]), numbers[str(pin["document_id"])]
    quoted = str(pin["quoted"])
    named = f"[^{key}]" in text or pin["place"] is not None
    return element(
        "div",
        element("h3", _both("passage" if key.startswith("e") else "quotation", mark=key)),
        element(
            "blockquote",
            element("span", pin["before"], cls="context"),
            element("mark", pin["text"]),
            element("span", pin["after"], cls="context"),
        )
        if not pin["withheld"]
        else element("p", _both("withheld", hash=pin["text_sha256"]), cls="note"),
        element("p", _both("as-quoted", text=quoted), cls="note")
        if quoted not in ("", pin["text"])
        else None,
        element(
            "p",
            element("a", _both("source", n=number), href=f"#s-{number}"),
            " · ",
            pin["title"],
            " · ",
            _both("version", n=pin["version_no"]),
            " · ",
            _both("paragraph", n=int(pin["paragraph"]) + 1),
            *(() if pin["withheld"] else (" · ", element("a", _both("in-text"), href=f"#t-{key}"))),
            *((" · ", element("a", _both("in-report"), href=f"#r-{key}")) if named else ()),
            cls="note",
        ),
        id=f"p-{key}",
    )


def _source_text(text: Row, numbers: Mapping[str, int], pins: Sequence[Row]) -> Markup:
    own = [
        pin
        for pin in pins
        if not pin["withheld"]
        and (pin["document_id"], pin["version_no"]) == (text["document_id"], text["version_no"])
    ]
    lines = (
        element(
            "p",
            element("span", _both("paragraph", n=int(piece["paragraph"]) + 1), cls="note"),
            " ",
            _marked(piece, [pin for pin in own if pin["paragraph"] == piece["paragraph"]]),
        )
        for piece in text["pieces"]
    )
    return element(
        "div",
        element(
            "h3",
            _both("source", n=numbers[text["document_id"]]),
            " · ",
            _both("version", n=text["version_no"]),
        ),
        element("p", _both(_extent(text)), cls="note"),
        *lines,
    )


def _extent(text: Row) -> str:
    """What is said of how much of the text is here."""
    here = text["found"] or text["extent"] == "nothing"
    return f"extent-{text['extent']}" if here else "not-found"


def _marked(piece: Row, pins: Sequence[Row]) -> Markup:
    """A piece of text with its passages marked, also where they overlap."""
    letters, first = str(piece["text"]), int(piece["start"])
    spans = sorted((int(pin["start"]) - first, int(pin["end"]) - first, str(pin["key"])) for pin in pins)
    spans = [one for one in spans if one[0] >= 0 and one[1] <= len(letters)]
    cuts = sorted({0, len(letters), *(at for start, end, _ in spans for at in (start, end))})
    parts: list[Child] = []
    for start, end in pairwise(cuts):
        parts += [element("span", id=f"t-{key}") for at, _, key in spans if at == start]
        within = any(one[0] <= start and end <= one[1] for one in spans)
        parts.append(element("mark", letters[start:end]) if within else letters[start:end])
    return join(parts)


def _original(source: Row, original: PackedOriginal) -> Markup:
    head = element("h3", _both("card", n=source["source"]))
    where = original.card.get("url") or source["url"]
    facts = [str(one) for one in (where, original.card.get("fetched_at")) if one]
    told = element("p", " · ".join(facts), cls="note")
    if not original.file:
        why = (
            element("span", why_in_words(one, str(original.why)), cls=one, lang=_TAGS[one])
            for one in LANGUAGES
        )
        return element("div", head, element("p", *why), told)
    inside = _both("original-inside", file=original.file, hash=original.card["body_sha256"])
    letters = text_of(original.data, original.card)
    return element("div", head, element("p", inside), told, *(_letters(letters) if letters else ()))


def _letters(letters: str) -> tuple[Markup, ...]:
    cut = element("p", _both("original-cut", n=f"{SHOWN:,}"), cls="note") if len(letters) > SHOWN else None
    shown = element("div", letters[:SHOWN], cls="letters", tabindex="0", role="region", aria_label="text")
    return (element("details", element("summary", _both("original-text")), shown, cut),)


def _without_controls(page: str) -> str:
    """The page without signs that no HTML may hold; each leaves U+FFFD in its place."""
    return "".join(
        sign if sign in "\n\t" or not (ord(sign) < 32 or 127 <= ord(sign) < 160) else "�" for sign in page
    )
