"""OFD files (GB/T 33190): a zip of XML parts that draw pages; their text in reading order, page by page."""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from crawlers.extraction.limits import (
    MAX_PDF_PAGES,
    MAX_UNPACKED_BYTES,
    NO_LAYER_CHARACTERS,
    NO_LAYER_PER_PAGE,
)
from crawlers.extraction.ofd_content import Budget, Drawing, Fragment, fragments_of
from crawlers.extraction.ofd_layout import page_paragraphs
from crawlers.extraction.placed import PlacedLines
from crawlers.extraction.plain import safe
from crawlers.extraction.zip_parts import BROKEN, UnsafeZip, open_zip, parse_xml, short
from warehouse.places import Spot
from warehouse.records import AttachmentText, Problem

OFD = "application/ofd"
_USUAL = ("document.xml", "content.xml")  # what a folder's name stands for in careless files
_PICTURES = "The OFD file shows pictures of its pages and hardly any text."


def read_ofd(body: bytes) -> tuple[AttachmentText, tuple[Problem, ...]]:
    """Status `text`, `no_text_layer`, `encrypted`, `damaged`, `empty` or `too_large`, with the pages counted.

    A file that lost some of its parts is `damaged`; the text of the other pages is kept all the same.
    """
    try:
        package = _Package(open_zip(body))
        pages = package.pages()
    except UnsafeZip as error:
        return AttachmentText("too_large", OFD, ""), (Problem("zip-bomb", str(error)),)
    except BROKEN as error:
        return _without_text("damaged", "damaged-file", f"The OFD file does not open: {short(error)}.")
    except RuntimeError:
        return _without_text("encrypted", "encrypted-file", "The OFD file is protected by a password.")
    return _answer(package, pages)


def _without_text(status: str, code: str, detail: str) -> tuple[AttachmentText, tuple[Problem, ...]]:
    return AttachmentText(status, OFD, ""), (Problem(code, detail),)


def _answer(package: _Package, pages: list[list[str]]) -> tuple[AttachmentText, tuple[Problem, ...]]:
    read = PlacedLines()
    for number, page in enumerate(pages, start=1):
        read.add("\n".join(page), Spot(page=number))
    text, places = read.text, read.places
    letters = sum(1 for character in text if character.isalnum())
    extras = package.extras()
    if package.faults and package.is_encrypted:
        status, problem = "encrypted", Problem("encrypted-file", "Parts of the OFD file are encrypted.")
    elif package.faults or not pages:
        reasons = "; ".join(package.faults[:3]) or "it has no pages"
        status, problem = "damaged", Problem("damaged-file", f"The OFD file is not complete: {reasons}.")
    elif package.pictures and _is_thin(letters, len(pages)):
        status, problem = "no_text_layer", Problem("no-text-layer", _PICTURES)
    else:
        status = "text" if text else "empty"
        return AttachmentText(status, OFD, text, len(pages), places=places), extras
    return AttachmentText(status, OFD, text, len(pages), places=places), (problem, *extras)


def _is_thin(letters: int, pages: int) -> bool:
    """Like a PDF's: so few letters are a stamp or a header on pictures of pages."""
    return letters < NO_LAYER_CHARACTERS or (pages > 1 and letters < NO_LAYER_PER_PAGE * pages)


@dataclass(slots=True)
class _Package:
    """The parts of one file by their names, and what was missing or found beside the pages."""

    container: zipfile.ZipFile
    names: dict[str, str] = field(default_factory=dict)  # lower-case -> as written
    faults: list[str] = field(default_factory=list)
    beside: Counter[str] = field(default_factory=Counter)
    pictures: int = 0
    budget: Budget = field(default_factory=Budget)
    read_bytes: int = 0

    def __post_init__(self) -> None:
        for name in self.container.namelist():
            self.names.setdefault(_clean(name, "").lower(), name)

    @property
    def is_encrypted(self) -> bool:
        """Whether the file says that parts of it are encrypted (GM/T 0099 lists them)."""
        return any(posixpath.basename(name).startswith("encrypt") for name in self.names)

    def pages(self) -> list[list[str]]:
        """The paragraphs of every page of every document in the file."""
        root, _ = self.part("OFD.xml", "")
        found = [location for location in root.iterfind("{*}DocBody/{*}DocRoot") if location.text]
        if not found:
            raise KeyError("OFD.xml names no document")
        pages: list[list[str]] = []
        for location in found:
            opened = self.open(str(location.text), "")
            if opened:
                pages += _Document(self, *opened).pages(MAX_PDF_PAGES - len(pages))
        return pages

    def open(self, location: str, base: str) -> tuple[etree._Element, str] | None:
        """A part and its folder; one that is missing or unreadable is a fault of the file and left out."""
        try:
            return self.part(location, base)
        except BROKEN as error:
            self.faults.append(f"{safe(location)[:80]}: {short(error)}")
            return None

    def open_extra(self, location: str, base: str) -> etree._Element | None:
        """A part without which the text is still whole."""
        try:
            return self.part(location, base)[0]
        except BROKEN:
            self.beside["list that does not open"] += 1
            return None

    def part(self, location: str, base: str) -> tuple[etree._Element, str]:
        """A part by its address: absolute, relative to its folder or to the root; or by its folder's name."""
        places = [_clean(location, folder).lower() for folder in (base, "")]
        places += [f"{place}/{usual}" for place in places for usual in _USUAL]
        name = next((self.names[place] for place in places if place in self.names), None)
        if name is None:
            raise KeyError("there is no such part")
        self.read_bytes += self.container.getinfo(name).file_size
        if self.read_bytes > 2 * MAX_UNPACKED_BYTES:
            raise UnsafeZip("The OFD file uses its parts again and again; it is refused.")
        return parse_xml(self.container.read(name)), posixpath.dirname(_clean(name, ""))

    def extras(self) -> tuple[Problem, ...]:
        """What the file holds beside its pages, named so that nobody takes the text for all of it."""
        if not self.beside:
            return ()
        listed = ", ".join(f"{count} {name}" for name, count in sorted(self.beside.items())[:20])
        return (Problem("ofd-extras", f"Not part of the text: {listed}."),)


def _clean(location: str, folder: str) -> str:
    """A part's name from the root of the file; `..` cannot lead out of it."""
    path = location.strip().replace("\\", "/")
    joined = path if path.startswith("/") else posixpath.join("/", folder, path)
    return posixpath.normpath("/" + joined.lstrip("/")).lstrip("/")


@dataclass(slots=True)
class _Document:
    """One of the documents of a file: its pages, its templates and its drawings for repeated use."""

    package: _Package
    root: etree._Element
    folder: str
    templates: dict[str, list[Fragment]] = field(default_factory=dict)
    units: dict[str, etree._Element] | None = None
    page_resources: tuple[tuple[str, str], ...] = ()  # of the page being read

    def pages(self, most: int) -> list[list[str]]:
        """The paragraphs of every page; a lost page is empty and noted as a fault of the file."""
        self._note_extras()
        locations = [page.get("BaseLoc", "") for page in self.root.iterfind("{*}Pages/{*}Page")]
        if len(locations) > most:
            raise UnsafeZip(f"The OFD file has more than {MAX_PDF_PAGES} pages.")
        return [self._page(location) for location in locations]

    def _page(self, location: str) -> list[str]:
        opened = self.package.open(location, self.folder)
        if opened is None:
            return []
        page, folder = opened
        self.page_resources = tuple((one.text or "", folder) for one in page.iterfind("{*}PageRes"))
        self.units = self.units if not self.page_resources else None
        pieces = [
            piece
            for template in page.iterfind("{*}Template")
            for piece in self._template(template.get("TemplateID", ""))
        ]
        return page_paragraphs(pieces + self._drawn(page))

    def _drawn(self, page: etree._Element) -> list[Fragment]:
        self.package.pictures += sum(1 for _ in page.iter("{*}ImageObject"))
        return list(fragments_of(page, Drawing(self._unit, self.package.budget)))

    def _template(self, template_id: str) -> list[Fragment]:
        if template_id not in self.templates:
            self.templates[template_id] = []
            for template in self.root.iterfind("{*}CommonData/{*}TemplatePage"):
                if template.get("ID") == template_id:
                    opened = self.package.open(template.get("BaseLoc", ""), self.folder)
                    self.templates[template_id] = self._drawn(opened[0]) if opened else []
        pieces = self.templates[template_id]
        self.package.budget.spend(len(pieces), sum(len(piece.text) for piece in pieces))
        return pieces

    def _unit(self, number: str) -> etree._Element | None:
        """A composite drawing by its number, from the resources of the page or the document."""
        if self.units is None:
            self.units = {}
            common = [
                (one.text or "", self.folder)
                for name in ("PublicRes", "DocumentRes")
                for one in self.root.iterfind(f"{{*}}CommonData/{{*}}{name}")
            ]
            for location, folder in (*common, *self.page_resources):
                opened = self.package.open(location, folder)
                if opened:
                    for unit in opened[0].iter("{*}CompositeGraphicUnit"):
                        self.units[unit.get("ID", "")] = unit
        return self.units.get(number)

    def _note_extras(self) -> None:
        """Annotations by their kind and attachments by their name; neither is part of the text."""
        for place in self.root.iterfind("{*}Attachments"):
            listing = self.package.open_extra(place.text or "", self.folder)
            for attached in listing.iterfind("{*}Attachment") if listing is not None else ():
                self.package.beside[f"attachment {safe(attached.get('Name', ''))[:80]}"] += 1
        for place in self.root.iterfind("{*}Annotations"):
            folder = posixpath.dirname(_clean(place.text or "", self.folder))
            listing = self.package.open_extra(place.text or "", self.folder)
            for location in listing.iterfind("{*}Page/{*}FileLoc") if listing is not None else ():
                notes = self.package.open_extra(location.text or "", folder)
                for note in notes.iterfind("{*}Annot") if notes is not None else ():
                    self.package.beside[f"annotation {safe(note.get('Type', 'of no kind'))[:40]}"] += 1
