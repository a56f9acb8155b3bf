"""What the sites of the second set share: drawn texts, days in words, a store of pages."""

import datetime
import html
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from tests.unknown_sites.common import Answer, day

__all__ = ["day"]
MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
}
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
SITEMAP = b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'
Block = tuple[str, Any]  # the kind; a text, the items of a list or the rows of a table
Vocabulary = Mapping[str, list[str] | Callable[[random.Random], str]]


def esc(text: str, quote: bool = True) -> str:
    """The text as HTML, with or without its quotation marks escaped."""
    return html.escape(text, quote)


def in_english(date: datetime.date) -> str:
    """3 July 2025."""
    return f"{date.day} {MONTHS['en'][date.month - 1]} {date.year}"


def in_american(date: datetime.date) -> str:
    """July 3, 2025."""
    return f"{MONTHS['en'][date.month - 1]} {date.day}, {date.year}"


def in_french(date: datetime.date) -> str:
    """3 juillet 2025, and 1er juillet 2025."""
    return f"{'1er' if date.day == 1 else date.day} {MONTHS['fr'][date.month - 1]} {date.year}"


def in_spanish(date: datetime.date) -> str:
    """3 de julio de 2025."""
    return f"{date.day} de {MONTHS['es'][date.month - 1]} de {date.year}"


def in_chinese(date: datetime.date) -> str:
    """2025年7月3日."""
    return f"{date.year}年{date.month}月{date.day}日"


@dataclass(eq=False)
class Doc:
    """One document of a site, its text in blocks, its files with their names."""

    path: str
    title: str
    date: datetime.date
    number: str | None = None
    blocks: list[Block] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)

    def first(self, most: int = 140) -> str:
        """The beginning of the first paragraph, ended at a space."""
        text: str = next(value for kind, value in self.blocks if kind == "p")
        return text if len(text) <= most else text[:most].rsplit(" ", 1)[0]


class _Fill(dict[str, str]):
    """Slots of a sentence, each drawn anew from the vocabulary."""

    def __init__(self, rng: random.Random, vocabulary: Vocabulary, subject: str) -> None:
        super().__init__(S=subject)
        self.rng, self.vocabulary = rng, vocabulary

    def __missing__(self, name: str) -> str:
        words = self.vocabulary[name]
        return words(self.rng) if callable(words) else self.rng.choice(words)


def compose(
    seed: str,
    lead: str,
    bank: Sequence[str],
    vocabulary: Vocabulary,
    subject: str,
    paragraphs: int,
    heads: Sequence[str] = (),
    items: Sequence[str] = (),
    joiner: str = " ",
    quotes: Sequence[str] = (),
    most: int = 4,
    intro: str | None = None,
) -> list[Block]:
    """The lead, then paragraphs of drawn sentences with some headings, a list and a quotation."""
    rng = random.Random(seed)
    fill = _Fill(rng, vocabulary, subject)
    pool = list(bank)
    rng.shuffle(pool)

    def sentence() -> str:
        if not pool:
            pool.extend(bank)
            rng.shuffle(pool)
        text = pool.pop().format_map(fill)
        if "ó" in text or "ñ" in text or " el " in text:
            text = text.replace(" de el ", " del ").replace(" a el ", " al ")
        text = text.replace(" de le ", " du ")
        return text[0].upper() + text[1:]

    blocks: list[Block] = [("p", lead)]
    rest = list(heads)
    rng.shuffle(rest)
    listed = rng.randrange(2, paragraphs + 1) if items and paragraphs > 3 else 0
    for at in range(2, paragraphs + 1):
        if rest and paragraphs > 4 and at > 2 and at % 3 == 0:
            blocks.append(("h2", rest.pop().format_map(fill)))
        if quotes and at == 3:
            blocks.append(("q", rng.choice(quotes).format_map(fill)))
        text = joiner.join(sentence() for _ in range(rng.randint(2, most)))
        blocks.append(("p", text))
        if at == listed:
            count = min(len(items), rng.randint(3, 5))
            if intro:
                blocks[-1] = ("p", text + joiner + intro)
            blocks.append(("ul", [item.format_map(fill) for item in rng.sample(items, count)]))
    return blocks


def render(blocks: list[Block], heading: str = "h2", indent: str = "") -> str:
    """The blocks as HTML."""
    return "\n".join(_rendered(kind, value, heading, indent) for kind, value in blocks)


def _rendered(kind: str, value: Any, heading: str, indent: str) -> str:
    if kind == "p":
        return f"<p>{indent}{esc(value, False)}</p>"
    if kind == "h2":
        return f"<{heading}>{esc(value, False)}</{heading}>"
    if kind == "q":
        return f"<blockquote><p>{esc(value, False)}</p></blockquote>"
    if kind == "table":
        head = "".join(f"<th>{esc(cell)}</th>" for cell in value[0])
        rows = "".join(
            "<tr>" + "".join(f"<td>{esc(cell)}</td>" for cell in row) + "</tr>" for row in value[1:]
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<{kind}>" + "".join(f"<li>{esc(item, False)}</li>" for item in value) + f"</{kind}>"


AnyDoc = TypeVar("AnyDoc", bound=Doc)


def truth(
    host: str,
    docs: Sequence[AnyDoc],
    dropped: list[str] | Callable[[AnyDoc], list[str]],
    chinese: bool = False,
) -> list[dict[str, object]]:
    """The documents as the site's TRUTH; `dropped` are words of a page that are none of its document's."""
    return [
        {
            "url": f"http://{host}{doc.path}",
            "title": doc.title,
            "date": doc.date.isoformat(),
            "number": doc.number,
            "passages_kept": _kept(doc, chinese),
            "passages_dropped": dropped(doc) if callable(dropped) else dropped,
            "attachments": [f"http://{host}{path}" for path, _ in doc.files],
        }
        for doc in docs
    ]


def _kept(doc: Doc, chinese: bool) -> list[str]:
    texts: list[str] = [value for kind, value in doc.blocks if kind == "p"]
    long = [text for text in texts if (len(text) >= 30 if chinese else len(text.split(" ")) >= 10)]
    rng = random.Random(doc.path)
    out: list[str] = []
    for at in sorted({0, len(long) // 2, len(long) - 1}):
        if chinese:
            size = rng.randint(18, 30)
            start = rng.randrange(0, max(1, len(long[at]) - size)) if at else 0
            out.append(long[at][start : start + size])
        else:
            words, size = long[at].split(" "), rng.randint(8, 14)
            start = rng.randrange(0, max(1, len(words) - size))
            out.append(" ".join(words[start : start + size]))
    return out


def slug(text: str, most: int = 60) -> str:
    """The text as a part of an address."""
    short = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return short if len(short) <= most else short[:most].rsplit("-", 1)[0]


def pdf(*lines: str) -> bytes:
    """A small valid PDF of one page, its lines in ASCII."""
    drawn: list[str] = []
    for at, line in enumerate(lines):
        text = line.encode("ascii", "replace").decode()
        text = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        drawn.append(f"BT /F1 12 Tf 60 {780 - 22 * at} Td ({text}) Tj ET")
    stream = "\n".join(drawn).encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + end


class _Links(HTMLParser):
    """The addresses of a page with their words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        target = named.get("href") or named.get("src")
        if tag == "a" and target:
            self.found.append([target, ""])
            self.inside = True
        elif tag in ("link", "script", "img") and target:
            self.found.append([target, ""])
        elif tag == "form" and (action := named.get("action")):
            self.found.append([action, "Search"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1][1] += data


class Site:
    """The pages of a site; what they link beside the documents gets a small page made by `stub`."""

    def __init__(
        self,
        host: str,
        stub: Callable[[str], str],
        kind: str = "text/html; charset=utf-8",
        encoding: str = "utf-8",
    ) -> None:
        self.host, self.kind, self.encoding, self.stub = host, kind, encoding, stub
        self.pages: dict[tuple[str, tuple[tuple[str, str], ...]], Answer] = {}
        self.texts: list[tuple[str, str]] = []

    def add(self, target: str, body: str | bytes, kind: str | None = None) -> None:
        """Keep a page under its address without the host."""
        if isinstance(body, str):
            self.texts.append((target, body))
            body = body.encode(self.encoding)
        self.pages[_key(*_parted(target))] = (200, kind or self.kind, body)

    def same(self, target: str, as_target: str) -> None:
        """Give the page of another address."""
        self.pages[_key(*_parted(target))] = self.pages[_key(*_parted(as_target))]

    def finish(self) -> None:
        """Everything linked gets an answer."""
        for target, text in self.texts:  # grows while it is read
            links = _Links()
            links.feed(text)
            for address, label in links.found:
                parts = urlsplit(urljoin(f"http://{self.host}{target}", address))
                ours = parts.scheme in ("http", "https") and parts.netloc == self.host
                if ours and _key(parts.path, parts.query) not in self.pages:
                    full = parts.path + ("?" + parts.query if parts.query else "")
                    self.add(full, *self._filler(parts.path.lower(), label.strip()))

    def _filler(self, path: str, label: str) -> tuple[str | bytes, str | None]:
        if path.endswith(".css"):
            return b"body{margin:0}", "text/css"
        if path.endswith(".js"):
            return b"/* */", "application/javascript"
        if path.endswith((".png", ".jpg", ".gif", ".ico", ".svg", ".webp")):
            return PICTURE, "image/png"
        if path.endswith((".xml", ".rss")):
            return SITEMAP, "text/xml"
        return self.stub(label or "Page"), None

    def answer(self, path: str, query: str) -> Answer | None:
        """What the site answers at an address."""
        return self.pages.get(_key(path, query))


def _parted(target: str) -> tuple[str, str]:
    path, _, query = target.partition("?")
    return path, query


def _key(path: str, query: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    return unquote(path), tuple(sorted(parse_qsl(query, keep_blank_values=True)))
