"""The records that cross a folder: frozen, built once and complete; collections inside are tuples."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from warehouse.quick_records import quickly_made

CaptureKind = Literal["fetched", "imported", "replayed", "handed-in"]
ExtractionKind = Literal["document", "list", "feed", "attachment", "challenge", "unreadable"]
Basis = Literal["published", "rule", "model", "librarian"]
LabelField = Literal["department", "topic"]
CitationKind = Literal["basis", "forwards", "prints", "amends", "repeals", "implements", "mentions"]


@dataclass(frozen=True, slots=True)
class Source:
    """One publisher's site or section that we gather from; a row of the catalogue."""

    source_id: str
    name_zh: str
    name_en: str
    jurisdiction: str  # "CN", "CN-44", "GB"; samples use "XS" (a code no country holds)
    region: str  # as people print it: 全国, 广东省, United Kingdom
    level: str  # national | provincial | municipal | county | international | unknown
    language: str  # zh | en
    platform: str  # name of a module in crawlers/platforms
    home_url: str
    department_code: str | None  # authority-file code of the publishing body, if the site speaks for one body
    timezone: str
    reuse: str  # full | excerpt | link: how much of the text may be shown
    sample: bool  # fictional sample data, marked 示例数据 wherever it shows
    enabled: bool
    disabled_reason: str | None


@dataclass(frozen=True, slots=True)
class ArchivePlace:
    """Where a record lies in the archive: file name below the archive folder, byte offset and length."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list, feed or search answer: what the site says of a document before we open it."""

    url: str
    title: str | None = None
    published: date | None = None
    doc_number: str | None = None
    site_id: str | None = None  # the site's own lasting identifier
    fields: tuple[tuple[str, str], ...] = ()  # further published values (issuer, topic, index_number, ...)


@dataclass(frozen=True, slots=True)
class Capture:
    """One observation of one address: the bytes are in the archive, this is the card."""

    capture_id: str
    source_id: str
    run_id: str
    url: str
    final_url: str  # after redirects
    fetched_at: datetime
    status: int
    media_type: str
    sha256: str
    length: int
    place: ArchivePlace
    kind: CaptureKind
    role: str  # list | detail | attachment | feed | api | unknown: what the crawler asked for
    entry: Entry | None = None  # what the list said, when a list led here
    parent_url: str | None = None  # the document an attachment belongs to


@dataclass(frozen=True, slots=True)
class Problem:
    """A named difficulty: a short code for programs, a sentence for people."""

    code: str  # empty-page, challenge, encrypted-pdf, no-text-layer, zip-bomb, robots-file, ...
    detail: str


@dataclass(frozen=True, slots=True)
class AttachmentLink:
    """A file that a document's page offers."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class AttachmentText:
    """What was read from an attached file."""

    status: str  # text | no_text_layer | encrypted | damaged | empty | unsupported | too_large
    media_type: str
    text: str  # paragraphs separated by newlines
    pages: int | None = None
    quality: float | None = None  # 0 to 1, how sure the recognition was; None where nothing was recognised
    method: str = ""  # who read it when not we ourselves: "tesseract 5.3.0", "antiword", "librarian"
    places: str = ""  # page, sheet, table and row of its lines, see warehouse/places.py; empty: not known


@dataclass(frozen=True, slots=True)
class FieldOrigin:
    """Where a printed value was found; values that disagree are all kept."""

    field: str  # title, issuer, published, ...
    value: str
    origin: str  # meta:PubDate, table:发布日期, list, api:puborg, body, url, import
    chosen: bool = True


@quickly_made
@dataclass(frozen=True, slots=True)
class Document:
    """What one reading of one capture says; the published values stay as printed."""

    document_id: str
    source_id: str
    url: str | None
    site_id: str | None
    title: str
    paragraphs: tuple[str, ...]  # numbered from 1 for people, from 0 here
    doc_number: str | None = None
    index_number: str | None = None
    issuer: str | None = None  # as printed, joint issuers joined as the site joins them
    departments: tuple[str, ...] = ()  # published names, lead first
    topics: tuple[str, ...] = ()  # published classes, full path where the site has two levels
    topic_scheme: str | None = None
    published: date | None = None
    written: date | None = None
    effective: date | None = None
    doc_type: str | None = None
    validity: str | None = None  # as printed: 有效, 失效, 废止, 已修改
    jurisdiction: str | None = None
    language: str = "zh"
    unit: str = "document"  # document | service item | letter | title
    attachments: tuple[AttachmentLink, ...] = ()
    origins: tuple[FieldOrigin, ...] = ()
    path: str = ""  # extraction path: container:#UCAP-CONTENT, api:gkmlpt, resiliparse, trafilatura, import
    quality: float | None = None  # of a file's own text, as in AttachmentText
    method: str = ""
    places: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything one capture turned out to be."""

    kind: ExtractionKind
    path: str  # which reader did it
    documents: tuple[Document, ...] = ()
    entries: tuple[Entry, ...] = ()
    next_url: str | None = None
    attachment: AttachmentText | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadCapture:
    """A capture together with what was read from it, the unit that ingestion takes."""

    capture: Capture
    extraction: Extraction
    extractor_version: str


@quickly_made
@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a value was given: a place in the text, or a published field."""

    # title | paragraph | number | issuer | published | metadata | site | competence | mapping | seed | like
    where: str
    text: str  # the words themselves
    paragraph: int | None = None
    start: int | None = None  # code points within the paragraph (or title)
    end: int | None = None
    weight: float | None = None  # its share of all that spoke for the class, when a model weighed it
    kind: str | None = None  # seed: a seed word of the class; word: one that a model learnt; None: no word


@quickly_made
@dataclass(frozen=True, slots=True)
class Label:
    """One class given to one document; ranked lists hold the best first."""

    field: LabelField
    scheme: str  # authority file or taxonomy id
    code: str
    name: str  # topic: full path joined by a backslash; department: full official name
    score: float  # 0 to 1
    basis: Basis
    evidence: tuple[Evidence, ...] = ()
    classifier_id: str = ""
    given: bool = True  # an answer; False: a less likely class, kept for a librarian to choose from


@quickly_made
@dataclass(frozen=True, slots=True)
class Citation:
    """One document naming another."""

    fact_id: str
    kind: CitationKind
    sentence: str
    paragraph: int
    start: int
    end: int
    target_title: str | None
    target_number: str | None  # normalised with 〔〕


@quickly_made
@dataclass(frozen=True, slots=True)
class Duty:
    """Who must do what by when, as the sentence says it."""

    fact_id: str
    sentence: str
    paragraph: int
    start: int
    end: int
    who: tuple[str, ...]
    what: str
    due: date | None
    due_printed: str | None
    value: str | None = None
    strength: str = (
        "deadline"  # deadline | assigned (bodies in brackets) | rule (a modal word or an imperative)
    )


@quickly_made
@dataclass(frozen=True, slots=True)
class Fact:
    """Another mined value with its place: effective, expiry, personal data, ..."""

    fact_id: str
    kind: str  # effective | expiry | personal:mobile | personal:identity | ...
    value: str
    sentence: str
    paragraph: int
    start: int
    end: int
    rule: str  # rule id and version


@quickly_made
@dataclass(frozen=True, slots=True)
class Route:
    """A body or class of bodies that a document gives work to and why; or why nobody was found."""

    fact_id: str
    code: str | None  # a body, or a class of bodies: all:KIND:LEVEL:PLACE; None: nobody was found
    name: str | None  # what it is called in Chinese
    reason: str  # addressee | responsible | duty | topic; of nobody: nobody | unknown | own | tells
    paragraph: int
    start: int
    end: int  # where the text names it; the same as `start`: nowhere
    rule: str  # rule id and version


@dataclass(frozen=True, slots=True)
class ParsedNumber:
    """A document number taken apart: 国办发〔2021〕11号 is organ 国办发, year 2021, serial 11."""

    printed: str
    normal: str  # organ + 〔year〕 + serial + 号
    organ: str
    year: int | None
    serial: int | None


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the warehouse hands it to classification: the current reading and its surroundings."""

    document: Document
    reading_id: str
    source: Source | None
    attachment_texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Classification:
    """All that classification says of one reading."""

    document_id: str
    reading_id: str
    departments: tuple[Label, ...] = ()
    topics: tuple[Label, ...] = ()
    number: ParsedNumber | None = None
    doc_type: str | None = None
    citations: tuple[Citation, ...] = ()
    duties: tuple[Duty, ...] = ()
    facts: tuple[Fact, ...] = ()
    reasons: tuple[str, ...] = ()  # why a field was left open
    routes: tuple[Route, ...] = ()  # to whom it gives work; one without a code where nobody was found


@dataclass(frozen=True, slots=True)
class Classifier:
    """Which model, taxonomy, authority file and code gave labels; named by the labels it gave."""

    classifier_id: str
    model: str
    taxonomy: str
    authority: str
    code_version: str


@dataclass(frozen=True, slots=True)
class TopicClass:
    """One class of a topic scheme, carried into the publication for filters and names."""

    scheme: str
    code: str  # "02", "02-01"
    parent: str | None
    level: int
    name_zh: str
    name_en: str
    path: str  # names joined by a backslash


@dataclass(frozen=True, slots=True)
class Body:
    """One issuing body of the authority file."""

    code: str
    name_zh: str
    name_en: str
    short: str
    jurisdiction: str
    region: str
    level: str
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """What a library briefs on: classes, terms and organs that make a document a member."""

    theme_id: str
    name_zh: str
    name_en: str
    note: str
    topics: tuple[str, ...] = ()  # topic codes; a first-level code covers its children
    terms: tuple[str, ...] = ()  # exact strings
    organs: tuple[str, ...] = ()  # authority codes; narrow, they never make a member alone
    exclude: tuple[str, ...] = ()  # no part of them counts, and in a title they put the document out
    analyst: str = ""  # the account that new documents of the theme are routed to; empty: the theme's queue
    weak: tuple[str, ...] = ()  # terms that count only in company of a class or of other terms
    names: tuple[str, ...] = ()  # of bodies and papers; no part of them counts


@dataclass(frozen=True, slots=True)
class Quality:
    """A measured quality figure with its sample, published inside the product."""

    name: str
    value: float
    sample: int
    data: str
    measured_on: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a classifier did class by class on labelled documents."""

    name: str
    data: str
    measured_on: str
    note: str
    report: str  # JSON, as `govbrief evaluate --json` prints it


@dataclass(frozen=True, slots=True)
class Copy:
    """A reprint that is folded under the issuing organ's copy."""

    document_id: str
    title: str
    url: str | None
    source_id: str
    source_name: str
    published: str | None  # YYYY-MM-DD


@dataclass(frozen=True, slots=True)
class HitPlace:
    """Where in a file the shown passage stands; a side that the file does not have is None.

    `url` and `name` are those of an attached file, and empty for a document that is a file itself.
    """

    url: str
    name: str
    sheet: str | None = None
    row: int | None = None
    page: int | None = None
    table: int | None = None
    line: int | None = None  # of the file's text, from 0; where a document's page can be opened
    slide: int | None = None
    member: str | None = None  # the file inside the archive or message, by its name there
    column: int | None = None  # of a row's cell, from 1
    heading: str | None = None  # what stands above that cell in its table's headings


@dataclass(frozen=True, slots=True)
class Appearance:
    """Since when a document's versions hold what a search through all of them asked, and until when."""

    version_no: int  # the first version that holds it
    observed_at: datetime  # when that version was first seen
    capture_id: str | None  # its archived copy
    versions: tuple[int, ...]  # all versions that hold it
    gone_version: int | None = None  # the first version without it after the last that had it
    gone_at: datetime | None = None
    paragraph: int | None = None  # of the shown passage, in that first version when it is a former one


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One found document with its first matching passage."""

    document_id: str
    title: str
    url: str | None
    source_id: str
    department: str | None
    topic: str | None
    doc_number: str | None
    published: str | None  # YYYY-MM-DD
    level: str | None
    score: float
    snippet: str  # plain text
    marks: tuple[tuple[int, int], ...]  # code-point ranges of the snippet to highlight
    paragraph: int | None
    sample: bool
    departments: tuple[str, ...] = ()  # names of all issuing bodies, lead first
    topics: tuple[str, ...] = ()  # paths of all its classes, lead first
    copies: tuple[Copy, ...] = ()  # reprints told with this hit
    place: HitPlace | None = None  # None: the passage stands in a page's body
    first_seen_version: int | None = None  # of a search through past versions: the first one that matches
    appearance: Appearance | None = None  # of the same: its day and place, and when the words went


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What a query found: hits of the asked page, exact total and facet counts over all hits."""

    query: str
    total: int
    hits: tuple[SearchHit, ...]
    facets: dict[str, tuple[tuple[str, str, int], ...]] = field(default_factory=dict)  # (code, name, count)
    publication_id: str = ""
    unknown: int | None = None  # of a search by day of force: documents of which it is not known
    lineage: dict[str, tuple[str, ...]] = field(default_factory=dict)  # body -> those counted with it
    next_offset: int | None = None  # where the next page begins, in hits before folding; None at the end


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's replacement of one value, kept with who and why; undo is another row."""

    correction_id: int
    document_id: str
    # department | topic | title | issuer | doc_number | doc_type | published | written
    # | text:<sha256 of a file>
    field: str
    value: Any  # a code with a name for department and topic: {"code", "name"}; else the string
    previous: Any
    note: str
    account: str
    created_at: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None

    @property
    def confirms(self) -> bool:
        """Whether the person said what was there already: the same class, by its code, or the same text."""
        before, now = (
            one.get("code") if isinstance(one, dict) else one for one in (self.previous, self.value)
        )
        return bool(before == now)
