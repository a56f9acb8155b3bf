"""Made documents: what a crawl would have read and what classification would have said of it.

Counts per document are the means of the 45,417 real documents: 1.1 citations (28 % of them of documents held
here), 3.1 labels; three of a hundred have an attached file; `mined.py` says what else. Of real citations 50 %
only mention, 24 % amend, 22 % are a basis and 1.3 % each implement and repeal: these are laws and papers of
ministries; of made ones more implement, print and forward, as documents of provinces and cities do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from random import Random

import numpy as np

from warehouse.bench import mined
from warehouse.bench.mined import some
from warehouse.bench.places import SCHEME, Office, Topic, portal, topics
from warehouse.bench.plan import BLOCK, Plan, printed
from warehouse.bench.prose import Prose
from warehouse.identity import capture_id, digest, document_id, fact_id, reading_id
from warehouse.records import (
    ArchivePlace,
    AttachmentLink,
    AttachmentText,
    Capture,
    Citation,
    CitationKind,
    Classification,
    Classifier,
    Document,
    Evidence,
    Extraction,
    Fact,
    FieldOrigin,
    Label,
    ParsedNumber,
    ReadCapture,
)

EXTRACTOR = "scale-1"
CLASSIFIER = Classifier("cls-scale", "scale", SCHEME, "scale", "1")
CITATIONS, HELD = 1.14, 0.28
_KINDS = ("通知", "意见", "办法", "公告", "批复", "方案")
_RELATIONS: dict[CitationKind, float] = {
    "mentions": 44, "basis": 22, "amends": 18, "implements": 8, "prints": 5, "repeals": 2, "forwards": 1,
}  # fmt: skip
_ATTACHED_EVERY, _PERSONAL_EVERY = 33, 997


@dataclass(frozen=True, slots=True)
class Made:
    """One document with everything the warehouse would be given of it."""

    place: int
    read: ReadCapture
    said: Classification
    attached: ReadCapture | None = None  # its file, fetched by itself

    @property
    def document(self) -> Document:
        """What was read."""
        return self.read.extraction.documents[0]


def made_documents(plan: Plan, first: int, count: int) -> Iterator[Made]:
    """The documents of these places, in order; the same plan always makes the same."""
    for number in range(first // BLOCK, (first + count + BLOCK - 1) // BLOCK):
        for one in _block(plan, number):
            if first <= one.place < first + count:
                yield one


def run_name(day: date, later: bool) -> str:
    """The crawl run of a day."""
    return f"run-{day:%Y%m%d}-{'200000' if later else '020000'}-001"


@lru_cache(maxsize=2)
def _prose(language: str) -> Prose:
    return Prose(language)


_Cited = tuple[CitationKind, str | None, str | None]  # relation, title, number


@dataclass(frozen=True, slots=True)
class _Draft:
    """What copies share: title, text, classes, what it cites."""

    title: str
    paragraphs: tuple[str, ...]
    topics: tuple[Topic, ...]
    cited: tuple[_Cited, ...]


def _block(plan: Plan, number: int) -> Iterator[Made]:
    dice = np.random.default_rng([plan.seed, 3, number])
    texts = {}
    for language in ("zh", "en"):
        own = sum(plan.is_own(at) and plan.office(at).language == language for at in range(BLOCK))
        texts[language] = iter(_prose(language).bodies(dice, own))
    chance = Random(f"{plan.seed}:{number}")
    drafts: list[_Draft] = []
    for at in range(BLOCK):
        place = number * BLOCK + at
        if plan.original(at) != at:
            drafts.append(drafts[plan.original(at)])
        elif plan.near(at) != at:
            drafts.append(_edited(drafts[plan.near(at)], drafts[-1]))
        else:
            drafts.append(_draft(plan, chance, place, next(texts[plan.office(at).language])))
        yield _made(plan, chance, place, drafts[at])


def _draft(plan: Plan, chance: Random, place: int, text: str) -> _Draft:
    office = plan.office(place)
    given = tuple(chance.sample(topics(), 2 if chance.random() < 0.25 else 1))
    words = _prose(office.language).words(chance, 3)
    if office.language == "en":
        title = f"{office.name}: guidance on {' '.join(words)}"
    else:
        title = f"{office.name}关于{given[0].name}{''.join(words)}的{chance.choice(_KINDS)}"
    cited = tuple(_cited(plan, chance, place) for _ in range(min(4, some(chance, CITATIONS))))
    return _Draft(title, tuple(text.split("\n")), given, cited)


def _edited(draft: _Draft, other: _Draft) -> _Draft:
    """Nearly the same: its first paragraph is another's, as a covering note is."""
    return _Draft(draft.title, (other.paragraphs[0], *draft.paragraphs[1:]), draft.topics, draft.cited)


def _made(plan: Plan, chance: Random, place: int, draft: _Draft) -> Made:
    office = plan.office(place)
    copied = plan.original(place) != place
    source = portal(place // 7) if copied else office.source_id
    url = f"https://{source}.example/doc/{place}.html"
    name = document_id(source, str(place), url)
    citations, opening = _citations(draft.cited, name)
    paragraphs = (opening + draft.paragraphs[0], *draft.paragraphs[1:])
    personal = place % _PERSONAL_EVERY == 0
    if personal:
        paragraphs = (*paragraphs, f"联系电话：1390000{place % 10_000:04d}。")
    link = (AttachmentLink(f"{url[:-5]}.docx", "附件.docx"),) if place % _ATTACHED_EVERY == 5 else ()
    document = _document(plan, place, office, draft, name, source, url, paragraphs, link)
    capture = _capture(plan, place, source, url, "detail", len("".join(paragraphs)))
    reading = reading_id(name, capture.capture_id, EXTRACTOR)
    read = ReadCapture(capture, Extraction("document", "made", (document,)), EXTRACTOR)
    said = _said(plan, chance, place, office, draft, document, reading, citations, personal)
    return Made(place, read, said, _file(plan, chance, place, source, url, office) if link else None)


def _document(
    plan: Plan, place: int, office: Office, draft: _Draft, name: str, source: str, url: str,
    paragraphs: tuple[str, ...], link: tuple[AttachmentLink, ...],
) -> Document:  # fmt: skip
    number, day = printed(plan.number(place)), plan.day(place)
    values = {"title": draft.title, "issuer": office.name, "doc_number": number or "",
              "published": day.isoformat(), "topic": draft.topics[0].path}  # fmt: skip
    return Document(
        name, source, url, str(place), draft.title, paragraphs, number, None, office.name, (office.name,),
        (draft.topics[0].path,), SCHEME, day, None, None, draft.title[-2:], None, "XS", office.language,
        "document", link, tuple(FieldOrigin(key, value, "made") for key, value in values.items() if value),
        "made",
    )  # fmt: skip


def _capture(plan: Plan, place: int, source: str, url: str, role: str, length: int) -> Capture:
    day, later = plan.day(place), place >= plan.total
    start = time(20 if later else 2, tzinfo=UTC)
    at = datetime.combine(day, start) + timedelta(seconds=place % BLOCK)
    sha = digest(url, str(plan.seed), length=64)
    run = run_name(day, later)
    return Capture(
        capture_id(source, url, at, sha), source, run, url, url, at, 200, "text/html", sha, length * 3,
        ArchivePlace(f"{day:%Y-%m}/{run}-0001.warc.gz", place % BLOCK * 4096, 4096), "fetched", role,
    )  # fmt: skip


def _file(plan: Plan, chance: Random, place: int, source: str, parent: str, office: Office) -> ReadCapture:
    """The attached file as a crawl would have read it."""
    text = " ".join(_prose(office.language).words(chance, 250))
    capture = _capture(plan, place, source, f"{parent[:-5]}.docx", "attachment", len(text))
    capture = Capture(**{key: getattr(capture, key) for key in capture.__slots__} | {"parent_url": parent})
    read = AttachmentText("text", "application/msword", text, 1)
    return ReadCapture(capture, Extraction("attachment", "made", attachment=read), EXTRACTOR)


def _citations(cited: tuple[_Cited, ...], name: str) -> tuple[tuple[Citation, ...], str]:
    """What a document cites, and the words at its beginning that do so."""
    found: list[Citation] = []
    opening = ""
    for kind, title, number in cited:
        opening += "，" if opening else "根据"
        sentence = f"{opening}《{title}》" if title else f"{opening}{number}"
        fact = fact_id(name, f"citation:{kind}", sentence)
        found.append(Citation(fact, kind, sentence, 0, len(opening), len(sentence), title, number))
        opening = sentence
    return tuple(found), f"{opening}，" if opening else ""


def _cited(plan: Plan, chance: Random, place: int) -> _Cited:
    """One that stands before, by its number, or one that is not held, by its title."""
    kind = chance.choices(tuple(_RELATIONS), tuple(_RELATIONS.values()))[0]
    if place > BLOCK and chance.random() < HELD * 2:  # about half of the places have a number
        number = printed(plan.number(int(place * chance.random() ** 0.5)))
        if number:
            return kind, None, number
    return kind, "".join(_prose("zh").words(chance, 3)) + "条例", None


def _said(
    plan: Plan, chance: Random, place: int, office: Office, draft: _Draft, document: Document, reading: str,
    citations: tuple[Citation, ...], personal: bool,
) -> Classification:  # fmt: skip
    number = plan.number(place)
    normal = printed(number)
    parsed = ParsedNumber(normal, normal, *number) if number and normal else None
    facts = tuple(mined.facts(document))
    if personal:
        facts += (_personal(document),)
    return Classification(
        document.document_id, reading, (_department(office),), tuple(_topic_labels(chance, draft)), parsed,
        document.doc_type, citations, tuple(mined.duties(document, office)), facts, (),
        tuple(mined.routes(document)),
    )  # fmt: skip


def _department(office: Office) -> Label:
    evidence = (Evidence("published", office.name),)
    return Label(
        "department", "scale", office.code, office.name, 1.0, "published", evidence, CLASSIFIER.classifier_id
    )


def _topic_labels(chance: Random, draft: _Draft) -> Iterator[Label]:
    for topic in draft.topics:
        evidence = (Evidence("title", topic.name, None, 2, 6, None, "seed"),)
        yield Label("topic", SCHEME, topic.code, topic.path, 0.8, "rule", evidence, CLASSIFIER.classifier_id)
    if chance.random() < 0.85:
        other = chance.choice(topics())
        if other not in draft.topics:
            evidence = (Evidence("model", "scale"),)
            yield Label(
                "topic", SCHEME, other.code, other.path, 0.1, "model", evidence, CLASSIFIER.classifier_id,
                False,
            )  # fmt: skip


def _personal(document: Document) -> Fact:
    """The telephone number in the last paragraph, which publication masks."""
    last = document.paragraphs[-1]
    return Fact(
        fact_id(document.document_id, "personal:mobile", last), "personal:mobile", last[5:16], last,
        len(document.paragraphs) - 1, 5, 16, "made-1",
    )  # fmt: skip
