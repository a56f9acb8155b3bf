"""What became of the sites of a test: who was noticed when and by what, and what readers still get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tests.breakages.harness import GOOD, Held, Night
from tests.breakages.papers import Paper
from tests.breakages.site import Site

Shelf = Mapping[str, Mapping[str, Held]]  # source -> address -> document


@dataclass(frozen=True, slots=True)
class Noticed:
    """How a broken source fared."""

    run: int | None  # 1 or 2, None when neither run said anything
    verdict: str
    codes: tuple[str, ...]
    remark: str

    def __str__(self) -> str:
        """For the table that a person reads."""
        if self.run is None:
            return f"MISSED   ({self.verdict}: {self.remark[:90]})"
        return f"run {self.run}  {self.verdict:9} {','.join(self.codes) or self.remark[:90]}"


def noticed(source_id: str, last_healthy: Night, nights: Sequence[Night]) -> Noticed:
    """The first night after the break whose verdict is not good, for a reason not given before it."""
    before = {one.code for one in last_healthy.findings.get(source_id, ())}
    for number, night in enumerate(nights, 1):
        if night.verdict(source_id) not in GOOD:
            codes = tuple(dict.fromkeys(one.code for one in night.findings.get(source_id, ())))
            if before and not set(codes) - before:
                continue
            remark = night.crawled.sources[source_id].detail
            return Noticed(number, night.verdict(source_id), codes, remark)
    last = nights[-1].crawled.sources[source_id]
    return Noticed(None, last.verdict, (), last.detail)


def spoiled(site: Site, before: Shelf, after: Shelf, broke: date) -> list[str]:
    """Documents that readers had before the break and do not get as before; the site's own changes apart."""
    fated = {paper.title for paper in site.papers if _touched(paper, broke)}
    found = []
    for url, held in before.get(site.id, {}).items():
        now = after.get(site.id, {}).get(url)
        if now != held and held.title not in fated:
            found.append(f"{url}: {_difference(held, now)}")
    return found


def invented(site: Site, before: Shelf, after: Shelf) -> list[str]:
    """New documents that the site never published so: other titles, texts, days, or without their files."""
    truth: dict[str, list[Paper]] = {}  # a repost has the title of its original
    for paper in site.papers:
        truth.setdefault(paper.title, []).append(paper)
    found = []
    for url, held in after.get(site.id, {}).items():
        if url not in before.get(site.id, {}):
            faults = [_unlike(paper, held) for paper in truth.get(held.title, ())]
            wrong = min(faults, key=len, default="no such document")
            if wrong:
                found.append(f"{url}: {wrong}")
    return found


def _touched(paper: Paper, broke: date) -> bool:
    return any(day is not None and day >= broke for day in (paper.amended, paper.withdrawn))


def _difference(before: Held, now: Held | None) -> str:
    if now is None:
        return "no longer held"
    names = ("status", "version", "title", "doc_number", "published", "text", "files")
    return ", ".join(name for name in names if getattr(before, name) != getattr(now, name))


def _unlike(paper: Paper, held: Held) -> str:
    own = paper.text_in_file or held.text in ("\n".join(paper.paragraphs), "\n".join(paper.text(date.max)))
    faults = {
        "published": held.published != paper.day,
        "text": not own,
        "files": len(held.files) != len(paper.files),
    }
    return ", ".join(name for name, wrong in faults.items() if wrong)
