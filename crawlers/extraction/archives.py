"""Archives: the members of a ZIP, and those of RAR and 7z through bsdtar when this machine has it."""

from __future__ import annotations

import io
import lzma
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from crawlers.extraction.file_reading import FileReading, damaged, failed, locked
from crawlers.extraction.limits import MAX_UNPACK_RATIO, MAX_UNPACKED_BYTES, MAX_ZIP_ENTRIES
from crawlers.extraction.members import Budget, Gatherer, Member
from crawlers.extraction.programs import ProgramFailed, find, run
from crawlers.extraction.zip_parts import BROKEN, short
from warehouse.records import Problem

ZIP = "application/zip"
RAR = "application/vnd.rar"
SEVEN = "application/x-7z-compressed"
PACKAGE = "libarchive-tools"  # the Debian package of bsdtar
_UTF8, _LOCKED = 0x800, 0x1
# Whole, because bsdtar knows a text format whose lists may name files of this machine as contents (mtree).
_SIGNATURES = (b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00", b"7z\xbc\xaf\x27\x1c")
_UNICODE_NAME = 0x7075  # an extra field of Info-ZIP that holds the name in UTF-8
_NO_DEEPER = "An archive inside archives inside this one; files nested so deep are not read."


def read_zip(body: bytes, budget: Budget) -> FileReading:
    """Every member below its name, in the order of the archive; nothing is unpacked to the disk."""
    if budget.is_deepest:
        return failed("unsupported", ZIP, "nested-too-deep", _NO_DEEPER)
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as container:
            entries = container.infolist()
            if len(entries) > MAX_ZIP_ENTRIES:
                detail = f"The archive holds {len(entries)} files, more than {MAX_ZIP_ENTRIES}."
                return failed("too_large", ZIP, "zip-bomb", detail)
            gatherer = Gatherer(budget)
            gatherer.take(_zip_members(container, entries, budget))
    except BROKEN as error:
        return damaged(ZIP, f"The archive does not open: {short(error)}.")
    return gatherer.reading(ZIP)


def read_rar(body: bytes, budget: Budget) -> FileReading:
    """The members of a RAR file of any version that bsdtar knows."""
    return _by_program(body, "archive.rar", RAR, budget)


def read_7z(body: bytes, budget: Budget) -> FileReading:
    """The members of a 7z file."""
    return _by_program(body, "archive.7z", SEVEN, budget)


def zip_name(entry: zipfile.ZipInfo) -> str:
    """A member's name: in UTF-8 where the archive says so, else as Chinese or old Western bytes."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    given = _unicode_name(entry.extra, raw)
    if given:
        return given
    for encoding in ("utf-8", "gb18030"):
        try:
            name = raw.decode(encoding)
            if encoding == "gb18030":
                name.encode("gb2312")  # rarer characters are more likely Western letters misread
            return name
        except UnicodeError:
            continue
    return entry.filename


def _unicode_name(extra: bytes, raw: bytes) -> str | None:
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        data = extra[at + 4 : at + 4 + size]
        if (
            kind == _UNICODE_NAME
            and len(data) > 5
            and struct.unpack_from("<I", data, 1)[0] == zlib.crc32(raw)
        ):
            return data[5:].decode("utf-8", "replace")
        at += 4 + size
    return None


def _zip_members(
    container: zipfile.ZipFile, entries: list[zipfile.ZipInfo], budget: Budget
) -> Iterator[Member]:
    for entry in entries:
        name = zip_name(entry)
        if name.endswith("/"):
            continue
        yield _zip_member(container, entry, name, budget)


def _zip_member(container: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, budget: Budget) -> Member:
    if entry.flag_bits & _LOCKED:
        return Member(name, problem=Problem("encrypted-file", "It is protected by a password."))
    if entry.file_size > 1_000_000 and entry.file_size > MAX_UNPACK_RATIO * max(entry.compress_size, 1):
        detail = f"It would unpack to {entry.file_size // 1_000_000} MB of repetition."
        return Member(name, problem=Problem("zip-bomb", detail))
    try:
        with container.open(entry) as stream:
            data = stream.read(budget.room + 1)
    except (*BROKEN, RuntimeError, zlib.error, lzma.LZMAError) as error:
        return Member(name, problem=Problem("damaged-file", f"It does not unpack: {short(error)}."))
    return _within(name, data, budget)


def _within(name: str, data: bytes, budget: Budget) -> Member:
    """The member, unless all files together would be more than is unpacked of any file."""
    if len(data) > budget.room:
        megabytes = MAX_UNPACKED_BYTES // 1_000_000
        return Member(name, problem=Problem("too-large", f"More than {megabytes} MB are not unpacked."))
    budget.room -= len(data)
    return Member(name, data)


def _by_program(body: bytes, file_name: str, media_type: str, budget: Budget) -> FileReading:
    """The members as bsdtar packs them anew into one bounded stream: no path of theirs meets the disk."""
    kind = file_name.rpartition(".")[2].upper()
    if budget.is_deepest:
        return failed("unsupported", media_type, "nested-too-deep", _NO_DEEPER)
    if not body.startswith(_SIGNATURES):
        return damaged(media_type, f"The archive does not open: it has no signature of {kind}.")
    program = find("bsdtar")
    if program is None:
        detail = f"This is a {kind} archive; install {PACKAGE} (bsdtar) to read the files it holds."
        return failed("unsupported", media_type, "unsupported", detail)
    with tempfile.TemporaryDirectory(prefix="govbrief-") as folder:
        file = Path(folder) / file_name
        file.write_bytes(body)
        try:
            packed = run([program, "-c", "-f", "-", "--format", "pax", f"@{file_name}"], Path(folder))
        except ProgramFailed as error:
            return _refused(str(error), Path(folder) / "output", kind, media_type)
    gatherer = Gatherer(budget)
    try:
        with tarfile.open(fileobj=io.BytesIO(packed), mode="r:") as archive:
            gatherer.take(_tar_members(archive, budget))
    except (tarfile.TarError, OSError, ValueError, EOFError, OverflowError) as error:
        return damaged(media_type, f"The archive does not open: {short(error)}.")
    read = gatherer.reading(media_type)
    return FileReading(read.text, read.problems, "bsdtar")


def _refused(said: str, output: Path, kind: str, media_type: str) -> FileReading:
    if any(word in said.lower() for word in ("encrypt", "passphrase", "password")):
        return locked(media_type, f"{kind} archive")
    if output.stat().st_size >= MAX_UNPACKED_BYTES:
        megabytes = MAX_UNPACKED_BYTES // 1_000_000
        detail = f"The archive would unpack to more than {megabytes} MB."
        return failed("too_large", media_type, "zip-bomb", detail)
    return damaged(media_type, f"The archive does not open: {said[:200]}.")


def _tar_members(archive: tarfile.TarFile, budget: Budget) -> Iterator[Member]:
    """Plain files only: links and devices have no text."""
    for entry in archive:
        if not entry.isreg():
            continue
        stream = archive.extractfile(entry)
        if stream is not None:
            yield _within(entry.name, stream.read(budget.room + 1), budget)
