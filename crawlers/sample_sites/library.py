"""The sites and documents of the sample, and what each site holds on a given day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from crawlers.sample_sites.model import Change, SampleDocument, SiteCard
from crawlers.sample_sites.reading import folders, read_documents, read_site
from crawlers.sample_sites.settings import day_date
from warehouse.errors import UserError


@dataclass(frozen=True, slots=True)
class Present:
    """A document as its site shows it on one day."""

    document: SampleDocument
    column: str
    changed_on: int | None  # the last day its text or fields changed
    former_columns: tuple[str, ...]  # columns it was moved away from; their addresses redirect


@lru_cache(maxsize=1)
def sites() -> tuple[SiteCard, ...]:
    """Every site of the sample, in the order of their folders."""
    return tuple(read_site(folder) for folder in folders())


@lru_cache(maxsize=1)
def documents() -> tuple[SampleDocument, ...]:
    """Every document of the sample, of whatever day, site by site and by identifier."""
    return tuple(document for card in sites() for document in read_documents(card))


@lru_cache(maxsize=256)
def present(site: str, day: int) -> tuple[Present, ...]:
    """What a site shows on a day, newest first."""
    shown = [_on_day(d, day) for d in documents() if d.site == site and is_present(d, day)]
    return tuple(sorted(shown, key=lambda p: (p.document.published, p.document.site_id), reverse=True))


def is_present(document: SampleDocument, day: int) -> bool:
    """Whether the document's page answers on that day."""
    if day < document.appears:
        return False
    gone = document.withdrawn is not None and day >= document.withdrawn
    back = document.restored is not None and day >= document.restored
    return not gone or back


def _on_day(document: SampleDocument, day: int) -> Present:
    done = [change for change in document.changes if change.day <= day]
    shown = document
    for change in done:
        shown = _apply(shown, change)
    columns = [document.column, *(column for moved, column in document.moves if moved <= day)]
    return Present(shown, columns[-1], done[-1].day if done else None, tuple(columns[:-1]))


def _apply(document: SampleDocument, change: Change) -> SampleDocument:
    paragraphs = document.paragraphs
    for old, new in change.replace:
        if not any(old in paragraph for paragraph in paragraphs):
            raise UserError(
                f"{document.key}: changes of day {change.day} replace '{old}', which the text does not hold."
            )
        paragraphs = tuple(paragraph.replace(old, new) for paragraph in paragraphs)
    notes = (*document.notes, (day_date(change.day - 1), change.note)) if change.note else document.notes
    return replace(
        document, paragraphs=paragraphs, validity=change.validity or document.validity, notes=notes
    )
