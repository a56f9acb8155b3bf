"""Small documents of our own for the tests of classification."""

from __future__ import annotations

from datetime import date
from typing import Any

from classify.pipeline import build_classifier
from warehouse.records import Classification, Document, Source, StoredDocument


def document(title: str, *paragraphs: str, **fields: Any) -> Document:
    """A Chinese document of the national level unless `fields` say otherwise."""
    return Document("doc-test", "test", None, None, title, paragraphs, **fields)


def source(jurisdiction: str, name: str = "测试站点", code: str | None = None) -> Source:
    """A source that speaks for `code`, when given."""
    return Source(
        "test",
        name,
        name,
        jurisdiction,
        "测试",
        "provincial",
        "zh",
        "generic",
        "http://test.example/",
        code,
        "Asia/Shanghai",
        "full",
        True,
        True,
        None,
    )


def classified(one: Document, site: Source | None = None, **options: Any) -> Classification:
    """What the whole pipeline says of one document."""
    return next(build_classifier(**options).classify([StoredDocument(one, "rea-test", site)]))


ISSUED = date(2026, 5, 20)
