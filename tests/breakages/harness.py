"""Nights over hand-made sites: a home whose sources they are, one crawl a night, and what each found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crawlers.catalogue import load_catalogue
from crawlers.extract import ExtractSummary, extract_pending
from crawlers.run import CrawlSummary, crawl
from tests.breakages.answers import night_of
from tests.breakages.server import SiteServer
from tests.breakages.site import Site
from tests.breakages.styles import SYSTEMS
from warehouse.crawl_state.store import CrawlState
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.run_records import Finding

GOOD = ("ok", "quiet")
_READINGS = """
select d.source_id, coalesce(d.url, d.document_id), d.status, d.version_no, r.title,
    r.doc_number, r.published, t.text,
    (select list(a.status || ' ' || coalesce(a.text, '') order by a.url) from attachment a
        where a.document_id = d.document_id and a.status <> 'linked')
from document d
join reading r on r.reading_id = d.reading_id
join reading_text t on t.reading_id = d.reading_id
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A document as a reader gets it."""

    status: str
    version: int
    title: str
    doc_number: str | None
    published: date | None
    text: str
    files: tuple[str, ...]  # status and text of each file that was fetched


@dataclass(frozen=True, slots=True)
class Night:
    """One crawl and the extraction after it."""

    today: date
    crawled: CrawlSummary
    extracted: ExtractSummary | None
    findings: Mapping[str, tuple[Finding, ...]]  # by source

    def verdict(self, source_id: str) -> str:
        """What the run says of a source."""
        return self.crawled.sources[source_id].verdict

    def alarmed(self) -> list[str]:
        """Sources whose verdict is not good."""
        return [name for name, row in self.crawled.sources.items() if row.verdict not in GOOD]

    def told(self, source_id: str) -> str:
        """Verdict, finding codes and remark, for a person."""
        row = self.crawled.sources[source_id]
        codes = ",".join(one.code for one in self.findings.get(source_id, ()))
        return f"{row.verdict} [{codes or 'no finding'}] {row.detail[:110]}"


def make_home(root: Path, sites: Iterable[Site], today: date) -> Home:
    """A home of its own whose sources are the sites, with its clock on the night of a day."""
    home = Home.create(root, _settings(today))
    home.sources.mkdir(exist_ok=True)
    for site in sites:
        (home.sources / f"{site.id}.toml").write_text(source_toml(site), encoding="utf-8")
    return home


def source_toml(site: Site) -> str:
    """The site as a librarian would write it down."""
    system = SYSTEMS[site.style]
    role = "feed" if system.platform == "feed" else "list"
    starts = "".join(
        f'[[start]]\nurl = "http://{site.host}{path}"\nrole = "{role}"\n'
        for path in system.starts(site.columns)
    )
    return (
        f'id = "{site.id}"\nname_zh = "{site.name}"\nname_en = "Office {site.id}"\njurisdiction = "XS"\n'
        f'region = "{site.place}"\nlevel = "municipal"\nlanguage = "zh"\nplatform = "{system.platform}"\n'
        f'home = "http://{site.host}/"\ndelay_seconds = 0\n{starts}'
    )


def run_night(home: Home, server: SiteServer, today: date, *, extracting: bool = True) -> tuple[Home, Night]:
    """Move home and sites to the night of a day, crawl and, unless told otherwise, extract."""
    server.sites.today = today
    (home.root / "govbrief.toml").write_text(_settings(today), encoding="utf-8")
    home = Home.open(home.root)
    names = [site.id for site in server.sites.sites.values()]
    crawled = crawl(home, names, resolve=server.resolve)
    extracted = extract_pending(home, load_catalogue(home, sample=True)) if extracting else None
    return home, Night(today, crawled, extracted, _findings(home, crawled))


def readings(home: Home) -> dict[str, dict[str, Held]]:
    """What the warehouse would publish now: source -> address -> document."""
    held: dict[str, dict[str, Held]] = {}
    with Warehouse.open(home) as warehouse:
        for source_id, url, *values, files in warehouse.connection.execute(_READINGS).fetchall():
            held.setdefault(source_id, {})[url] = Held(*(*values, tuple(files or ())))
    return held


def _findings(home: Home, crawled: CrawlSummary) -> dict[str, tuple[Finding, ...]]:
    if crawled.run_id is None:
        return {}
    found: dict[str, list[Finding]] = {}
    with CrawlState.open(home) as state:
        for one in state.health_table.findings(crawled.run_id):
            found.setdefault(one.source_id, []).append(one)
    return {name: tuple(some) for name, some in found.items()}


def _settings(today: date) -> str:
    now = night_of(today).isoformat()
    return (
        '[crawl]\ncontact = "test@localhost"\ndelay_seconds = 0.0\nquiet_hours = ""\n'
        f'[clock]\nnow = "{now}"\n'
    )
