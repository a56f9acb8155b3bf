"""What a home must hold after each night of the sample province, worked out from its documents alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from crawlers.catalogue import load_catalogue
from crawlers.sample_sites.library import Present, documents, present, sites
from crawlers.sample_sites.model import SampleDocument, SiteCard
from crawlers.sample_sites.settings import day_date
from crawlers.sample_sites.sites import open_site
from warehouse.publication import Publication

_PRINTED = {  # by which names a page prints a value
    "title": ("ArticleTitle", "标题"),
    "doc_number": ("发文字号",),
    "index_number": ("索引号",),
    "published": ("PubDate", "发布日期"),
    "written": ("成文日期",),
}
REFUSING = ("status", "cut", "challenge")  # outages in which no page can be read; a slow site is only slow
TOLD = 2  # nights on which a new look that is still read is told of
Standing = tuple[str, int, dict[str, int]]  # status, version, events by kind


def printed(document: SampleDocument, value: str) -> bool:
    """Whether the document's page prints the value as it is; some leave it out or print another."""
    habits = document.habits
    if habits.table == "none" and value in ("doc_number", "index_number", "written"):
        return False
    touched = (*habits.omit, *(name for name, _ in habits.override))
    return not any(name.endswith(_PRINTED.get(value, ("-",))) for name in touched)


def reachable(card: SiteCard, day: int) -> bool:
    """Whether a visit on that day brings pages."""
    outage = card.outage_on(day)
    return outage is None or outage.kind not in REFUSING


def silent(card: SiteCard, day: int) -> bool:
    """Whether the newest document is older than the source's file finds plausible."""
    newest = max(d.published for d in documents() if d.site == card.folder and d.appears <= day)
    patience: int = _catalogue().sources[card.source_id].expected.silent_days
    return (day_date(day) - newest).days > patience


def verdicts(day: int) -> dict[str, str]:
    """The verdict of every source that needs a look on that day."""
    return {card.source_id: verdict for card in sites() if (verdict := _verdict(card, day))}


def _verdict(card: SiteCard, day: int) -> str | None:
    """broken, blocked or drifting; a site rebuilt in another look is told of twice, then that look is usual.

    A site that cuts every answer short, its robots.txt too, fails; one that answers 412 or 503 refuses.
    """
    outage = card.outage_on(day)
    if outage is not None and not reachable(card, day):
        return "broken" if outage.kind == "cut" else "blocked"
    rebuilt = any(0 <= day - one.day < (TOLD if one.style == card.style else 1) for one in card.redesigns)
    return "drifting" if rebuilt or silent(card, day) else None


@dataclass(slots=True)
class Kept:
    """One document as a nightly visitor knows it."""

    url: str
    shows: tuple[Any, ...]
    versions: int = 1
    status: str = "active"
    missed: int = 0  # visits in a row that did not find it
    events: Counter[str] = field(default_factory=lambda: Counter(new=1))

    def seen(self, url: str, shows: tuple[Any, ...], says_withdrawn: bool = False) -> None:
        """The page answered; one of GOV.UK may say of itself that it is withdrawn."""
        if says_withdrawn:
            self.events["withdrawn"] += self.status != "withdrawn"
            self.status = "withdrawn"
        elif self.status == "withdrawn":
            self.status = "active"
            self.events["restored"] += 1
        if shows != self.shows:
            self.versions += 1
            self.events["changed"] += 1
        self.url, self.shows, self.missed = url, shows, 0

    def not_seen(self) -> None:
        """The page was gone: the second time it counts."""
        self.missed += 1
        if self.missed == 2:
            self.status = "withdrawn"
            self.events["withdrawn"] += 1


class Expected:
    """Every document by its key, one night after another."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}

    def night(self, day: int) -> None:
        """Every site that answers is seen as it is that day; of the others nothing is learned."""
        for card in sites():
            if reachable(card, day):
                self._visit(card, day)

    def _visit(self, card: SiteCard, day: int) -> None:
        site = open_site(card, day)
        shown = {item.document.key: item for item in present(card.folder, day)}
        for key, item in shown.items():
            if key not in self.kept:
                self.kept[key] = Kept(site.url(item), _shows(item))
            told = card.style == "govuk" and item.document.validity is not None
            self.kept[key].seen(site.url(item), _shows(item), told)
        for key in self.kept.keys() - shown.keys():
            if key.startswith(f"{card.source_id}/"):
                self.kept[key].not_seen()

    def standing(self) -> dict[str, Standing]:
        """Status, version and events of each document by its present address."""
        return {kept.url: (kept.status, kept.versions, dict(kept.events)) for kept in self.kept.values()}


def published_standing(publication: Publication) -> dict[str, Standing]:
    """The same of what a home has published."""
    events: dict[str, dict[str, int]] = {}
    for row in publication.rows("select document_id, kind, count(*) as n from event group by all"):
        events.setdefault(row["document_id"], {})[row["kind"]] = row["n"]
    rows = publication.rows("select document_id, url, status, version_no from document")
    standing = {
        row["url"]: (row["status"], row["version_no"], events.get(row["document_id"], {})) for row in rows
    }
    assert len(standing) == len(rows), "two documents at one address"
    return standing


def differences(expected: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """One line for each address at which the two disagree."""
    return [
        f"{url}: expected {expected.get(url)}, found {found.get(url)}"
        for url in sorted(expected.keys() | found.keys())
        if expected.get(url) != found.get(url)
    ]


def _shows(item: Present) -> tuple[Any, ...]:
    """What of a document can change without its being another one."""
    return item.document.paragraphs, item.document.validity, item.document.notes


@cache
def _catalogue() -> Any:
    return load_catalogue(None, sample=True)
