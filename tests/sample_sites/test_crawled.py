"""Sites of the sample are crawled and read: every document, its printed values, its text and its files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from crawlers.catalogue import load_catalogue
from crawlers.extract import extract_pending
from crawlers.extraction.ocr import tesseract
from crawlers.extraction.programs import find
from crawlers.run import crawl
from crawlers.sample_sites import SampleServer, sample_settings
from crawlers.sample_sites.library import Present, present, sites
from crawlers.sample_sites.model import SampleAttachment
from crawlers.sample_sites.settings import LAST_DAY
from crawlers.sample_sites.sites import open_site
from warehouse.database import Warehouse
from warehouse.home import Home

SOURCES = (
    *("sample-hsb", "sample-shiqiao", "sample-yunhe-rd", "sample-yunhe-sjj"),
    *("sample-msb", "sample-yunhe-gov", "sample-yunhe-sthjt", "sample-yunhe-sjt", "sample-qinghe"),
)
FIELDS = ("title", "doc_number", "index_number", "published", "written", "validity")
CARDS = [card for card in sites() if card.source_id in SOURCES]
pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Held:
    """What the warehouse holds of one document."""

    values: dict[str, Any]
    text: str
    files: dict[str, tuple[str, str]]  # address -> status, text


@dataclass(frozen=True)
class Site:
    """One site after a crawl: what it shows by address, what we hold by address."""

    source_id: str
    shown: dict[str, Present]
    held: dict[str, Held]


@pytest.fixture(scope="module", params=CARDS, ids=[card.source_id for card in CARDS])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of the sample on its last day, crawled into an empty home."""
    card = request.param
    root: Path = tmp_path_factory.mktemp("home")
    (root / "govbrief.toml").write_text(sample_settings(LAST_DAY), encoding="utf-8")
    home = Home.open(root)
    with SampleServer(LAST_DAY) as server:
        crawl(home, [card.source_id], resolve=server.addresses)
    extract_pending(home, load_catalogue(home, sample=True))
    own = open_site(card, LAST_DAY)
    shown = {own.url(item): item for item in present(card.folder, LAST_DAY)}
    with Warehouse.open(home) as warehouse:
        return Site(card.source_id, shown, dict(_held(warehouse)))


def _held(warehouse: Warehouse) -> Iterator[tuple[str, Held]]:
    read = warehouse.connection.execute(
        f"select d.url, d.document_id, t.text, {', '.join(f'r.{name}' for name in FIELDS)} from document d"
        " join reading r using (reading_id) join reading_text t using (reading_id)"
    ).fetchall()
    for url, document_id, text, *values in read:
        rows = warehouse.connection.execute(
            "select url, status, text from attachment where document_id = $1", [document_id]
        ).fetchall()
        files = {address: (status, words or "") for address, status, words in rows}
        yield url, Held(dict(zip(FIELDS, values, strict=True)), text, files)


def test_every_document_is_found_and_nothing_else(site: Site) -> None:
    assert set(site.held) == set(site.shown)


def test_printed_values_are_right(site: Site) -> None:
    wrong, asked = [], 0
    for url, item in site.shown.items():
        for field in FIELDS:
            wanted = getattr(item.document, field)
            if wanted is not None and not _is_untidy(item, field):
                asked += 1
                if site.held[url].values[field] != wanted:
                    wrong.append(f"{url} {field}: {site.held[url].values[field]} is not {wanted}")
    print(f"{site.source_id}: {asked - len(wrong)} of {asked} printed values are right")
    assert wrong == []


def test_the_text_is_whole(site: Site) -> None:
    for url, item in site.shown.items():
        wanted, read = _letters("".join(item.document.paragraphs)), _letters(site.held[url].text)
        assert SequenceMatcher(None, read, wanted, autojunk=False).ratio() > 0.99, url


def test_attached_files_come_with_their_text(site: Site) -> None:
    own = open_site(next(card for card in CARDS if card.source_id == site.source_id), LAST_DAY)
    for url, item in site.shown.items():
        assert set(site.held[url].files) == {own.attachment_url(item, a) for a in item.document.attachments}
        for attachment in item.document.attachments:
            status, text = site.held[url].files[own.attachment_url(item, attachment)]
            if _readable(attachment):
                assert (attachment.file, status) == (attachment.file, "text")
                wanted = _letters("".join(attachment.paragraphs))
                share = SequenceMatcher(None, _letters(text), wanted, autojunk=False).ratio()
                assert share > (0.85 if attachment.kind == "scan" else 0.9), attachment.file


def _is_untidy(item: Present, field: str) -> bool:
    """Whether the page leaves the value out or prints another one on purpose."""
    habits = item.document.habits
    if field in ("index_number", "written", "validity", "doc_number") and habits.table == "none":
        return True
    names = {"title": ("标题", "ArticleTitle"), "doc_number": ("发文字号",), "index_number": ("索引号",)}
    names |= {"written": ("成文日期",), "validity": ("有效性",), "published": ("发布日期", "PubDate")}
    touched = (*habits.omit, *(name for name, _ in habits.override))
    return any(name.endswith(names[field]) for name in touched)


def _readable(attachment: SampleAttachment) -> bool:
    """Whether this machine has the program that the file needs."""
    if attachment.kind == "doc":
        return find("antiword", "catdoc", "soffice", "libreoffice") is not None
    return attachment.kind != "scan" or tesseract() is not None


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
