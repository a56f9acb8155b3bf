"""Presentations of 1997 to 2003 (PPT): the words of each slide in the order of the show, and the notes.

Records and their order are those of Microsoft's published description of the format (MS-PPT). Cells of tables
are shapes of their own there, so they come one below the other.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from crawlers.extraction.file_reading import FileReading, damaged, locked
from crawlers.extraction.limits import MAX_SLIDES
from crawlers.extraction.ole import Container, DamagedOle
from crawlers.extraction.placed import PlacedLines
from crawlers.extraction.pptx import NOTES
from warehouse.places import Spot
from warehouse.records import AttachmentText

PPT = "application/vnd.ms-powerpoint"
_DOCUMENT, _LIST, _PERSIST, _DRAWING = 0x03E8, 0x0FF0, 0x03F3, 0x040C
_USER_EDIT, _DIRECTORY, _NOTES_ATOM = 0x0FF5, 0x1772, 0x03F1
_CHARACTERS, _BYTES, _OUTLINE, _TEXT_BOX = 0x0FA0, 0x0FA8, 0x0F9E, 0xF00D
_LOCKED = 0xF3D1C4DF  # of the stream Current User, in a file with a password
_SLIDES, _ALL_NOTES = 0, 2  # instances of the lists of slides
_MOST_RECORDS = 500_000
_MOST_EDITS = 1_000


@dataclass(frozen=True, slots=True)
class _Record:
    kind: int
    instance: int
    is_group: bool
    start: int  # of its content
    end: int


@dataclass(slots=True)
class _Slide:
    """A slide as the document lists it: where it lies, its number for others, the texts of its outline."""

    persist: int
    number: int
    texts: list[str] = field(default_factory=list)


def read_ppt(body: bytes) -> FileReading:
    """Slides with their titles, texts and notes."""
    try:
        container = Container(body)
        user = container.read("Current User")
        if len(user) >= 20 and struct.unpack_from("<I", user, 12)[0] == _LOCKED:
            return locked(PPT, "presentation")
        show = _Show(container.read("PowerPoint Document"))
        read, count = show.read(struct.unpack_from("<I", user, 16)[0])
    except (DamagedOle, struct.error):
        return damaged(PPT, "The presentation does not open: its parts contradict each other.")
    status = "text" if read.lines else "empty"
    return FileReading(AttachmentText(status, PPT, read.text, count, places=read.places))


class _Show:
    """The stream of a presentation with the places of its living parts."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = _MOST_RECORDS

    def read(self, last_edit: int) -> tuple[PlacedLines, int]:
        """The text of all slides, and how many there are."""
        places, root = self._directory(last_edit)
        document = self._at(places.get(root, -1))
        if document is None or document.kind != _DOCUMENT:
            raise DamagedOle("it has no document")
        slides = self._listed(document, _SLIDES)[:MAX_SLIDES]
        notes = dict(self._notes(document, places))
        read = PlacedLines()
        for number, slide in enumerate(slides, start=1):
            words = self._words(places.get(slide.persist, -1), slide.texts)
            read.add("\n".join(words), Spot(slide=number))
            said = "\n".join(notes.get(slide.number, ()))
            if said.strip():
                read.add(f"{NOTES}\n{said}", Spot(slide=number))
        return read, len(slides)

    def _directory(self, edit: int) -> tuple[dict[int, int], int]:
        """Where each part lies: the newest edit's word first, older ones fill what it leaves open."""
        places: dict[int, int] = {}
        root, seen = 0, set[int]()
        while edit and edit not in seen and len(seen) < _MOST_EDITS:
            seen.add(edit)
            record = self._at(edit)
            if record is None or record.kind != _USER_EDIT:
                raise DamagedOle("its list of edits is broken")
            former, directory, document = struct.unpack_from("<III", self._data, record.start + 8)
            root = root or document
            for key, place in self._places(directory):
                places.setdefault(key, place)
            edit = former
        return places, root

    def _places(self, at: int) -> Iterator[tuple[int, int]]:
        record = self._at(at)
        if record is None or record.kind != _DIRECTORY:
            raise DamagedOle("its directory is broken")
        at = record.start
        while at + 4 <= record.end:
            head = struct.unpack_from("<I", self._data, at)[0]
            first, count = head & 0xFFFFF, head >> 20
            at += 4
            for key in range(first, first + count):
                if at + 4 > record.end:
                    return
                yield key, struct.unpack_from("<I", self._data, at)[0]
                at += 4

    def _listed(self, document: _Record, instance: int) -> list[_Slide]:
        slides: list[_Slide] = []
        for group in self._children(document):
            if group.kind != _LIST or group.instance != instance:
                continue
            for record in self._children(group):
                if record.kind == _PERSIST and record.end - record.start >= 16:
                    persist, _, _, number = struct.unpack_from("<IIII", self._data, record.start)
                    slides.append(_Slide(persist, number))
                elif slides and (text := self._text(record)) is not None:
                    slides[-1].texts.append(text)
        return slides

    def _notes(self, document: _Record, places: dict[int, int]) -> Iterator[tuple[int, list[str]]]:
        """The words of every page of notes by the number of the slide that it belongs to."""
        for one in self._listed(document, _ALL_NOTES)[:MAX_SLIDES]:
            page = self._at(places.get(one.persist, -1))
            for record in self._children(page) if page else ():
                if record.kind == _NOTES_ATOM and record.end - record.start >= 4:
                    number = struct.unpack_from("<I", self._data, record.start)[0]
                    yield number, self._words(places.get(one.persist, -1), one.texts)

    def _words(self, at: int, outline: list[str]) -> list[str]:
        """The texts of a slide's shapes in their order; those of its outline where it says."""
        slide = self._at(at)
        found, used = list[str](), set[int]()
        for record in self._children(slide) if slide else ():
            if record.kind == _DRAWING:
                for text in self._boxes(record, outline, used, 0):
                    found.append(text)
        rest = [text for number, text in enumerate(outline) if number not in used]
        return [text.replace("\r", "\n").replace("\x0b", "\n") for text in (*rest, *found)]

    def _boxes(self, group: _Record, outline: list[str], used: set[int], depth: int) -> Iterator[str]:
        for record in self._children(group):
            text = self._text(record)
            if text is not None:
                yield text
            elif record.kind == _OUTLINE and record.end - record.start >= 4:
                number = struct.unpack_from("<I", self._data, record.start)[0]
                if number < len(outline):
                    used.add(number)
                    yield outline[number]
            elif (record.is_group or record.kind == _TEXT_BOX) and depth < 40:
                yield from self._boxes(record, outline, used, depth + 1)

    def _text(self, record: _Record) -> str | None:
        data = self._data[record.start : record.end]
        if record.kind == _CHARACTERS:
            return data[: len(data) // 2 * 2].decode("utf-16-le", "replace")
        return data.decode("latin-1") if record.kind == _BYTES else None

    def _children(self, group: _Record) -> Iterator[_Record]:
        at = group.start
        while at + 8 <= group.end:
            record = self._at(at)
            if record is None or record.end > group.end:
                return
            yield record
            at = record.end

    def _at(self, at: int) -> _Record | None:
        self._left -= 1
        if at < 0 or at + 8 > len(self._data):
            return None
        if self._left < 0:
            raise DamagedOle("it has more parts than any real one")
        head, kind, size = struct.unpack_from("<HHI", self._data, at)
        end = at + 8 + size
        return _Record(kind, head >> 4, head & 0xF == 0xF, at + 8, end) if end <= len(self._data) else None
