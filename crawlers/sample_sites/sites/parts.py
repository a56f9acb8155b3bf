"""What the publishing styles share: page templates and the files that hang on documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from string import Template

from crawlers.sample_sites.answers import Answer, modified_at, posted_at
from crawlers.sample_sites.files import MEDIA_TYPES, file_bytes
from crawlers.sample_sites.library import Present
from crawlers.sample_sites.model import SampleAttachment
from crawlers.sample_sites.settings import DAY_ZERO


@lru_cache(maxsize=32)
def _template(name: str) -> Template:
    return Template((files("crawlers.sample_sites.sites") / "templates" / name).read_text(encoding="utf-8"))


def fill(name: str, **values: object) -> str:
    """A template of `templates/` with every placeholder filled; values are HTML already."""
    return _template(name).substitute({key: str(value) for key, value in values.items()})


def missing() -> Answer:
    """The site's page for an address it does not know."""
    return Answer(404, "text/html; charset=utf-8", fill("missing.html").encode())


def newest(shown: Iterable[Present]) -> datetime:
    """When the latest of these documents was changed."""
    return max((modified_at(item) for item in shown), default=DAY_ZERO)


def attached_file(
    item: Present, url: str, address: Callable[[Present, SampleAttachment], str]
) -> Answer | None:
    """The bytes of the document's file at `url`, None when it has no such file."""
    for attachment in item.document.attachments:
        if url == address(item, attachment):
            body = file_bytes(item.document.site, attachment)
            return Answer(200, MEDIA_TYPES[attachment.kind], body, posted_at(item)) if body else missing()
    return None
