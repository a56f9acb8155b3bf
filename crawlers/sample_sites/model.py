"""The sample's own records: documents as their TOML files state them, and sites that publish them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

FileKind = Literal["pdf", "scan", "docx", "xlsx", "ofd", "doc"]


@dataclass(frozen=True, slots=True)
class Column:
    """A section of a site with its own list."""

    key: str
    name: str
    path: str  # folder of the list, or number of the category or column; each style says which
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outage:
    """Days on which the whole site gives trouble, first and last included."""

    first: int
    last: int
    kind: str  # status | slow | cut | challenge
    status: int = 503
    retry_after: str | None = None
    seconds: float = 0.2  # slow: how late every answer comes


@dataclass(frozen=True, slots=True)
class Redesign:
    """From this day on the site is published in another style, or in the same with new markup."""

    day: int
    style: str
    look: str = ""  # name of a second set of templates of the same style
    redirects: bool = True  # old document addresses answer 301 to the new ones; else 404


@dataclass(frozen=True, slots=True)
class SiteCard:
    """`site.toml`: who publishes, in which style, under which host."""

    folder: str
    source_id: str
    style: str
    host: str
    name: str
    site_code: str
    page_size: int
    robots: str | None  # None: the site has no robots.txt and answers 404
    columns: tuple[Column, ...]
    outages: tuple[Outage, ...] = ()
    redesigns: tuple[Redesign, ...] = ()
    look: str = ""  # which templates of its style; set by a redesign
    silent_from: int | None = None  # the first day of a silence that nobody announced

    def on_day(self, day: int) -> SiteCard:
        """The card with the style and look of that day."""
        done = [redesign for redesign in self.redesigns if redesign.day <= day]
        return replace(self, style=done[-1].style, look=done[-1].look) if done else self

    def outage_on(self, day: int) -> Outage | None:
        """The trouble the site gives on that day, None on a good day."""
        return next((outage for outage in self.outages if outage.first <= day <= outage.last), None)

    def column(self, key: str) -> Column:
        """The column called `key`."""
        return next(column for column in self.columns if column.key == key)


@dataclass(frozen=True, slots=True)
class SampleAttachment:
    """A file offered with a document; its bytes are made from these paragraphs."""

    name: str
    file: str
    kind: FileKind
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SampleCitation:
    """One document named in the text of another."""

    relation: str  # basis | forwards | prints | amends | repeals | implements | mentions
    number: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class SampleDuty:
    """Who must do what by when; `due` is None where the text sets no date."""

    who: tuple[str, ...]
    what: str
    due: date | None
    rule: str = ""  # the words of a period ("自印发之日起30日内") where the text prints no date


@dataclass(frozen=True, slots=True)
class SampleTarget:
    """A figure to be reached, as printed ("75%"), by a date, in a place."""

    what: str
    value: str
    by: date | None
    place: str


@dataclass(frozen=True, slots=True)
class SampleFinding:
    """A problem found somewhere, or a measure taken somewhere against it; `tag` ties the two together."""

    tag: str
    where: str
    passage: str  # the words of the text


@dataclass(frozen=True, slots=True)
class SampleFollowing:
    """What this document does with the upper-level one it implements."""

    number: str
    added: tuple[str, ...]  # words of this text
    dropped: tuple[str, ...]  # words of the upper text that this one leaves out


@dataclass(frozen=True, slots=True)
class Change:
    """What the site alters on a later day: words in the text, or the validity mark, with a public note."""

    day: int
    replace: tuple[tuple[str, str], ...]
    note: str
    validity: str | None


@dataclass(frozen=True, slots=True)
class PageHabits:
    """How untidy this document's page is; the defaults are a tidy page."""

    labels: str = "plain"  # plain | nbsp | wide: how the labels of the disclosure table are padded
    table: str = "table"  # table | dl | none: how the disclosure block is marked up
    charset: str = "utf-8"  # the bytes; the page always claims utf-8
    omit: tuple[str, ...] = ()  # "meta:PubDate", "table:主题分类", ... left out
    override: tuple[tuple[str, str], ...] = ()  # printed differently from the truth
    noise: bool = False  # a line outside the text that changes every day
    markup: str = "tidy"  # tidy | br | word | unclosed | nested: how the body is marked up


@dataclass(frozen=True, slots=True)
class SampleDocument:
    """One document of the sample, complete."""

    key: str  # source_id/site_id
    site: str  # folder of its site
    site_id: str
    column: str
    title: str
    kind: str
    departments: tuple[str, ...]  # full official names, lead first
    topic: str  # class of the State Council scheme, levels joined by a backslash
    published: date
    written: date | None
    doc_number: str | None
    index_number: str | None
    validity: str | None
    source_line: str | None  # printed as 来源 when it is not the issuer
    summary: str
    paragraphs: tuple[str, ...]
    attachments: tuple[SampleAttachment, ...]
    citations: tuple[SampleCitation, ...]
    duties: tuple[SampleDuty, ...]
    personal: tuple[tuple[str, str], ...]  # (kind, the characters to be masked)
    effective: date | None
    expires: date | None
    reprint_of: str | None  # document number or title of the original
    interprets: str | None
    appears: int
    withdrawn: int | None
    restored: int | None
    moves: tuple[tuple[int, str], ...]  # (day, new column)
    changes: tuple[Change, ...]
    habits: PageHabits
    targets: tuple[SampleTarget, ...] = ()
    problems: tuple[SampleFinding, ...] = ()
    measures: tuple[SampleFinding, ...] = ()
    follows: tuple[SampleFollowing, ...] = ()
    lapses: tuple[str, ...] = ()  # numbers it declares 失效 rather than 废止, cited as repealed
    notes: tuple[tuple[date, str], ...] = ()  # public change notes, oldest first (English pages)
