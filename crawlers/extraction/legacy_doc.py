"""Old Word and WPS files through antiword, catdoc or LibreOffice when this machine has one."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from crawlers.extraction.file_reading import FileReading, damaged, failed, locked, plain_text
from crawlers.extraction.office import read_docx
from crawlers.extraction.ole import is_locked_word
from crawlers.extraction.plain import paragraphs_of, row_line
from crawlers.extraction.programs import ProgramFailed, find, run

DOC = "application/msword"
_Read = tuple[str, str]  # the text and where its lines stand
_Program = tuple[str, tuple[str, ...], Callable[[str, Path], _Read]]
_TABS = re.compile(r"\t+")
_BEFORE_NOTES = f"\n{'-' * 23}\n"  # antiword's line above the footnotes, which its DocBook leaves out
_NEEDED = {
    DOC: "an old Word or WPS file; install antiword, catdoc or libreoffice-writer-nogui to read it",
}
# A new profile with macros off and no content fetched from other places.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"
 oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def read_doc(body: bytes) -> FileReading:
    """A Word file of 1997 to 2003 or a WPS file; the first program that can read it is named in `by`."""
    if is_locked_word(body):
        return locked(DOC, "Word file")
    return _read(body, "document.doc", DOC, _DOC_PROGRAMS)


def _read(body: bytes, name: str, media_type: str, programs: tuple[_Program, ...]) -> FileReading:
    present = [(by, path, read) for by, names, read in programs if (path := find(*names))]
    if not present:
        return failed("unsupported", media_type, "unsupported", f"This is {_NEEDED[media_type]}.")
    reasons = []
    for by, path, read in present:
        with tempfile.TemporaryDirectory(prefix="govbrief-") as folder:
            file = Path(folder) / name
            file.write_bytes(body)
            try:
                text, places = read(path, file)
            except ProgramFailed as error:
                reasons.append(str(error))
                continue
        if text or by == present[-1][0]:
            return plain_text(media_type, text, by, places)
    return damaged(media_type, f"The file does not open: {'; '.join(reasons)[:300]}.")


def _antiword(program: str, file: Path) -> _Read:
    """Its plain text, with capitals as written; with tables its DocBook, which keeps cells whole."""
    plain = run([program, "-m", "UTF-8.txt", "-w", "0", file.name], file.parent).decode("utf-8", "replace")
    lines = paragraphs_of("\n".join(_TABS.sub("\t", line.strip()) for line in plain.splitlines()))
    if any(line.startswith("|") and line.endswith("|") for line in lines):
        xml = run([program, "-m", "UTF-8.txt", "-x", "db", file.name], file.parent)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        root = etree.fromstring(xml, parser) if xml.strip() else None
        chapters = root.iterfind("chapter") if root is not None else ()
        notes = plain.rpartition(_BEFORE_NOTES)[2] if _BEFORE_NOTES in plain else ""
        body = (line for chapter in chapters for line in _docbook_lines(chapter))
        lines = paragraphs_of("\n".join((*body, notes)))
    return "\n".join(lines), ""


def _docbook_lines(parent: etree._Element) -> Iterator[str]:
    for child in parent.iterchildren(etree.Element):
        if child.tag == "row":
            yield row_line("\t".join(_words(cell) for cell in child.iterchildren("entry")))
        elif child.tag == "title" or (child.tag == "para" and child.find(".//row") is None):
            yield "".join(child.itertext(etree.Element)).strip("\n")
        else:
            yield from _docbook_lines(child)


def _words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext(etree.Element)).split())


def _catdoc(program: str, file: Path) -> _Read:
    output = run([program, "-w", "-d", "utf-8", file.name], file.parent)
    return "\n".join(paragraphs_of(output.decode("utf-8", "replace"))), ""


def _libreoffice(program: str, file: Path) -> _Read:
    """Converted to DOCX, which our own reader reads with its tables."""
    profile = file.parent / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    settings = ["--headless", "--norestore", "--nologo", f"-env:UserInstallation={profile.as_uri()}"]
    run([program, *settings, "--convert-to", "docx", "--outdir", str(file.parent), str(file)], file.parent)
    made = file.with_suffix(".docx")
    if not made.exists():
        raise ProgramFailed("LibreOffice could not convert the file")
    read, problem = read_docx(made.read_bytes())
    if read.status not in ("text", "empty"):
        raise ProgramFailed(problem.detail if problem else "LibreOffice's answer cannot be read")
    return read.text, read.places


_DOC_PROGRAMS: tuple[_Program, ...] = (
    ("antiword", ("antiword",), _antiword),
    ("catdoc", ("catdoc",), _catdoc),
    ("libreoffice", ("soffice", "libreoffice"), _libreoffice),
)
