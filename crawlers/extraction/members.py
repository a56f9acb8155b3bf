"""Files inside archives and messages: read by the same readers, within one budget for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from crawlers.extraction.file_reading import FileReading
from crawlers.extraction.limits import (
    MAX_MEMBERS,
    MAX_NESTING,
    MAX_RECOGNITIONS,
    MAX_SHEET_CHARACTERS,
    MAX_UNPACKED_BYTES,
)
from crawlers.extraction.placed import PlacedLines
from crawlers.extraction.plain import one_line
from warehouse.places import spot_under
from warehouse.records import AttachmentText, Problem

_MOST_PROBLEMS = 50
_HOLDERS = ("application/zip", "application/vnd.rar", "application/x-7z-compressed")
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")

Reader = Callable[[bytes, str, "Budget"], FileReading]


@dataclass(slots=True)
class Budget:
    """What may still be read of everything inside one file, however it is nested."""

    reader: Reader
    depth: int = 0
    files: int = MAX_MEMBERS
    room: int = MAX_UNPACKED_BYTES
    characters: int = MAX_SHEET_CHARACTERS
    recognitions: int = MAX_RECOGNITIONS
    path: list[str] = field(default_factory=list)  # names of the files around the one that is read

    def inside(self, body: bytes, name: str) -> FileReading:
        """A file one level further in; what it uses is used of the same budget."""
        self.depth += 1
        self.path.append(name)
        try:
            return self.reader(body, name, self)
        finally:
            self.path.pop()
            self.depth -= 1

    @property
    def is_deepest(self) -> bool:
        """Whether files inside are still listed but no longer opened when they hold files themselves."""
        return self.depth >= MAX_NESTING


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside another: its name there, and its bytes or the reason why there are none."""

    name: str
    body: bytes = b""
    problem: Problem | None = None


@dataclass(slots=True)
class Gatherer:
    """Puts the texts of members below their names and adds up their statuses and problems."""

    budget: Budget
    placed: PlacedLines = field(default_factory=PlacedLines)
    problems: list[Problem] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)

    def take(self, members: Iterable[Member]) -> None:
        """Read one member after the other until the budget is spent."""
        for member in members:
            if member.name.endswith("/") or any(one in member.name for one in _LITTER):
                continue
            self.budget.files -= 1
            if self.budget.files < 0:
                self._note("", Problem("cut-file", f"Only the first {MAX_MEMBERS} files inside are read."))
                return
            self._one(member)
            if self.budget.characters <= 0:
                self._note("", Problem("cut-file", "The files inside hold more text than is read."))
                return

    def reading(self, media_type: str, *, locked: bool = False) -> FileReading:
        """`text` when a member gave some, else the status that all members share, else `unsupported`."""
        if "text" in self.statuses:
            text = AttachmentText("text", media_type, self.placed.text, places=self.placed.places)
            return FileReading(text, tuple(self.problems))
        shared = set(self.statuses)
        status = shared.pop() if len(shared) == 1 else "unsupported" if shared else "empty"
        return FileReading(
            AttachmentText("encrypted" if locked else status, media_type, ""), tuple(self.problems)
        )

    def _one(self, member: Member) -> None:
        name = one_line(member.name, 200) or "?"
        if member.problem:
            self._note(name, member.problem)
            self.statuses.append(_STATUS_OF.get(member.problem.code, "damaged"))
            self.placed.include(self._shown(name), "", "")
            return
        read = self.budget.inside(member.body, name)
        self.statuses.append(read.text.status)
        for problem in read.problems:
            self._note(name, problem)
        self.budget.characters -= len(read.text.text)
        if read.text.media_type in _HOLDERS and read.text.text:
            self._merge(read)
        else:
            self.placed.include(self._shown(name), read.text.text, read.text.places)

    def _shown(self, name: str) -> str:
        return " / ".join((*self.budget.path, name))

    def _merge(self, read: FileReading) -> None:
        """The lines of an archive inside this one, whose files are named with the archive's name before."""
        by = len(self.placed.lines)
        for at, line in enumerate(read.text.text.split("\n")):
            self.placed.keep([line], spot_under(read.text.places, at, by, None))

    def _note(self, name: str, problem: Problem) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            detail = f"In {name}: {problem.detail}" if name else problem.detail
            self.problems.append(Problem(problem.code, detail[:500]))


_STATUS_OF = {"encrypted-file": "encrypted", "zip-bomb": "too_large", "too-large": "too_large"}
