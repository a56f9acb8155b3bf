"""From a librarian to the search: a corrected text goes through the whole chain, and back when undone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawlers.catalogue import Catalogue, build_catalogue
from crawlers.extract import extract_pending
from crawlers.extraction import ocr
from crawlers.sample_sites.files import file_bytes
from crawlers.sample_sites.library import documents
from crawlers.sample_sites.model import SampleAttachment
from tests.commands.conftest import Govbrief
from tests.extraction.helpers import source
from tests.extraction.recognition import PAGE, SCAN, page_with_scan, picture, shelve, stand_in
from warehouse.database import Warehouse
from warehouse.desk import Desk
from warehouse.desk.texts import correct_text, texts_of
from warehouse.home import Home
from warehouse.identity import sha256
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.records import Correction
from warehouse.search.query import search

READ = ("床位测箅表由各市民政局按月填报。", "每张床位补贴四百元整。")
RIGHT = "\n".join(READ).replace("测箅", "测算")


@dataclass
class Library:
    """A home and the chain that a run goes through."""

    home: Home
    catalogue: Catalogue

    def run(self, *, again: bool = False) -> None:
        """Extract, classify, publish."""
        from classify.run import classify_pending

        extract_pending(self.home, self.catalogue, again=again)
        classify_pending(self.home)
        publish(self.home)

    def finds(self, *words: str) -> list[int]:
        """How many documents each word finds."""
        publication = Publication.current(self.home)
        assert publication is not None
        return [search(publication, word).total for word in words]

    def rows(self, query: str) -> list[Any]:
        """An answer of the warehouse."""
        with Warehouse.open(self.home) as w:
            return w.connection.execute(query).fetchall()

    def correct(self, payload: bytes, value: str, shown: str) -> Correction:
        """What the page does when a librarian saves."""
        document_id = self.rows("select document_id from document")[0][0]
        with Desk.open(self.home) as desk:
            return correct_text(desk, document_id, sha256(payload), value, shown, "", "local")


@pytest.fixture
def library(home: Home) -> Library:
    return Library(home, build_catalogue([source("trs", sample=True)], sample=True))


def test_a_corrected_word_is_found_and_the_wrong_one_no_longer_until_it_is_undone(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{stand_in(tmp_path / 'bin', READ)}:/usr/bin:/bin")
    page_with_scan(library.home)
    library.run()
    assert library.finds("测箅表由", "测算表由") == [1, 0]
    made = library.correct(picture(), RIGHT, "\n".join(READ))
    assert library.finds("测箅表由", "测算表由") == [1, 0]
    library.run()
    assert library.finds("测箅表由", "测算表由") == [0, 1]
    library.run(again=True)
    assert library.finds("测箅表由", "测算表由") == [0, 1]
    with Desk.open(library.home) as desk:
        desk.undo(made.correction_id, "local")
    library.run()
    assert library.finds("测箅表由", "测算表由") == [1, 0]
    assert library.rows("select kind from event") == [("new",)]


def test_the_publication_and_the_export_say_how_well_a_text_was_recognised(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, govbrief: Govbrief
) -> None:
    monkeypatch.setenv("PATH", f"{stand_in(tmp_path / 'bin', READ)}:/usr/bin:/bin")
    page_with_scan(library.home)
    library.run()
    (file,) = govbrief("--home", library.home.root, "export").json["attachments"]
    assert (file["quality"], file["method"]) == (0.87, "tesseract 5.9.9")
    library.correct(picture(), RIGHT, "\n".join(READ))
    library.run()
    (file,) = govbrief("--home", library.home.root, "export").json["attachments"]
    assert (file["quality"], file["method"]) == (None, "librarian")


def test_a_restored_backup_has_the_correction(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, govbrief: Govbrief
) -> None:
    monkeypatch.setenv("PATH", f"{stand_in(tmp_path / 'bin', READ)}:/usr/bin:/bin")
    page_with_scan(library.home)
    library.run()
    library.correct(picture(), RIGHT, "\n".join(READ))
    backed_up = govbrief("--home", library.home.root, "backup", tmp_path / "copies", "--json")
    assert backed_up.code == 0, backed_up.err
    folder = next((tmp_path / "copies").iterdir())
    restored = govbrief("--home", tmp_path / "restored", "restore", folder)
    assert restored.code == 0, restored.err
    other = Library(Home.open(tmp_path / "restored"), library.catalogue)
    assert [one.value for one in texts_of(other.home).values()] == [RIGHT]
    other.run()
    assert other.finds("测箅表由", "测算表由") == [0, 1]
    assert govbrief("--home", other.home.root, "verify").code == 0


SCANS = [(one.site, file) for one in documents() for file in one.attachments if file.kind == "scan"]


@pytest.mark.skipif(
    ocr.tesseract() is None,
    reason="Debian packages tesseract-ocr and tesseract-ocr-chi-sim are not installed",
)
@pytest.mark.parametrize(("site", "file"), SCANS, ids=lambda one: getattr(one, "file", one))
@pytest.mark.slow
def test_a_scan_of_the_sample_is_recognised_corrected_and_kept(
    library: Library, site: str, file: SampleAttachment
) -> None:
    scan = file_bytes(site, file)
    assert scan is not None
    page_with_scan(library.home)
    shelve(library.home, SCAN, scan, "application/pdf", PAGE)
    library.run()
    text, quality, method = library.rows("select text, quality, method from attachment")[0]
    assert 0.5 < quality <= 1
    assert method.startswith("tesseract ")
    library.correct(scan, text + "\n馆员补上的一行。", text)
    library.run(again=True)
    assert library.finds("馆员补上的一行") == [1]
