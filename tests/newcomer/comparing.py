"""What govbrief stored of a newcomer site beside what the site truly holds, field by field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.newcomer.serving import Newcomer
from tests.newcomer.writing import Paper
from warehouse.database import Warehouse
from warehouse.home import Home

_STORED = """
select d.url, r.title, r.doc_number, r.index_number, r.issuer, r.topics, r.published, r.written, t.text,
       (select list({'url': a.url, 'name': a.name, 'status': a.status} order by a.url)
        from attachment a where a.document_id = d.document_id) as files
from document d join reading r using (reading_id) join reading_text t using (reading_id)
where d.source_id = ?
"""


@dataclass
class Comparison:
    """How often each field was right, and every difference as a sentence."""

    right: Counter[str] = field(default_factory=Counter)
    total: int = 0
    differences: list[str] = field(default_factory=list)

    def take(self, url: str, name: str, stored: Any, true: Any) -> None:
        """Count one value."""
        self.total += 1
        if stored == true:
            self.right[name] += 1
        else:
            self.differences.append(f"{url} {name}: stored {stored!r}, truly {true!r}")


def compare(home: Path, source_id: str, site: Newcomer, columns: frozenset[str]) -> Comparison:
    """Every document of the asked columns with all its fields; a document too many is a difference."""
    with Warehouse.open(Home.open(home)) as warehouse:
        cursor = warehouse.connection.execute(_STORED, [source_id])
        names = [str(one[0]) for one in cursor.description or ()]
        rows = {str(row[0]): dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
    wanted = {url: paper for url, paper in site.papers().items() if paper.column in columns}
    outcome = Comparison()
    outcome.differences += [f"{url} is no document of the site" for url in rows.keys() - wanted.keys()]
    for url, paper in wanted.items():
        if url not in rows:
            outcome.total += len(_truth(paper, site.files()[url]))
            outcome.differences.append(f"{url} is not stored")
            continue
        held = _held(rows[url])
        for name, value in _truth(paper, site.files()[url]).items():
            outcome.take(url, name, held[name], value)
    return outcome


def _truth(paper: Paper, files: tuple[str, ...]) -> dict[str, Any]:
    return {
        "title": paper.title,
        "doc_number": paper.doc_number,
        "index_number": paper.index_number,
        "issuer": paper.issuer,
        "topics": [paper.topic] if paper.topic else [],
        "published": paper.published,
        "written": paper.written,
        "text": [_bare(line) for line in paper.paragraphs],
        "files": sorted((url, name, "text") for url, name in zip(files, paper.files, strict=True)),
    }


def _held(row: Mapping[str, Any]) -> dict[str, Any]:
    """The stored row in the truth's shape; a paragraph that is only a file's name counts as the file."""
    files = row["files"] or []
    named = {_bare(one["name"]) for one in files}
    lines = [_bare(line) for line in str(row["text"]).splitlines()]
    return {
        **row,
        "text": [line for line in lines if line not in named],
        "files": sorted((one["url"], one["name"], one["status"]) for one in files),
    }


def _bare(line: str) -> str:
    return re.sub(r"\s", "", line)
