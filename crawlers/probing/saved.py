"""Pages that a person saved with a browser, for a site that is not to be asked from here."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Sequence
from pathlib import Path

from crawlers.extraction.limits import MAX_FILE_BYTES
from crawlers.platforms import PageRequest
from crawlers.probing.client import Answer
from crawlers.probing.errors import NotFetched
from warehouse.errors import UserError

_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.I)
_CANONICAL = re.compile(
    rb"""<link\b[^>]*\brel\s*=\s*["']?canonical["']?[^>]*\bhref\s*=\s*["']([^"']+)""", re.I
)
_NAMED = re.compile(r"^(https?://.+?)=((?!.*=).+)$")


class SavedPages:
    """The first file is the page at `url`; a further one tells its address or is written ADDRESS=FILE."""

    def __init__(self, url: str, files: Sequence[str]) -> None:
        self._pages: dict[str, tuple[Path, bytes]] = {}
        for number, word in enumerate(files):
            address, path = _split(word)
            body = _bytes(path)
            address = address or (url if number == 0 else _own_address(body))
            if not address:
                raise UserError(
                    f"--page {word}: the file does not tell its address; write --page ADDRESS={word}."
                )
            self._pages[address] = (path, body)

    def get(self, request: PageRequest) -> Answer:
        """The saved page, or NotFetched `not-saved`."""
        held = self._pages.get(request.url)
        if held is None:
            raise NotFetched(
                "not-saved", f"{request.url} was not saved; save it too and add --page {request.url}=FILE."
            )
        guessed = mimetypes.guess_type(held[0].name)[0] or ""
        return Answer(request.url, request.url, guessed, held[1], request.role)

    def sitemaps(self, url: str) -> list[str]:
        """None: nobody is asked."""
        return []


def _split(word: str) -> tuple[str | None, Path]:
    named = _NAMED.match(word)
    return (named[1], Path(named[2])) if named and not Path(word).is_file() else (None, Path(word))


def _own_address(body: bytes) -> str | None:
    """What the browser noted when it saved the page, or what the page calls its own address."""
    found = _SAVED_FROM.search(body[:4000]) or _CANONICAL.search(body[:50_000])
    return found[1].decode("utf-8", "replace") if found else None


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            return handle.read(MAX_FILE_BYTES)
    except OSError as error:
        raise UserError(
            f"--page {path}: the file cannot be read ({error.strerror}); name a saved page."
        ) from error
