"""The page around an archived copy: when it was captured, of what, the other captures, and the copy."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dashboard.archive_bytes import is_text
from dashboard.markup import Child, Markup, element, host_of, join
from dashboard.words import say
from warehouse.publication import Publication
from warehouse.queries.pages_archive import captures_beside, documents_of


def archive_page(
    publication: Publication, row: dict[str, Any], language: str, zone: ZoneInfo, closed: str | None
) -> str:
    """The whole page; `closed` is the reason why the copy itself may not be shown."""
    at = _local(row["fetched_at"], zone)
    facts: list[tuple[str, Child]] = [
        (say(language, "archive.url"), row["url"]),
        (say(language, "archive.fetched"), f"{at} ({zone.key})"),
        (say(language, "archive.kind"), say(language, f"origin.{row['kind']}")),
        (say(language, "archive.media"), f"{row['media_type']} · {row['length']:,} B"),
        ("SHA-256", row["sha256"]),
    ]
    for document in documents_of(publication, row["capture_id"]):
        link = element("a", document["title"], href=f"/doc?id={document['document_id']}&lang={language}")
        facts.append((say(language, "archive.document"), link))
    page = join(
        (
            element("p", say(language, "site.sample"), cls="gb-sample") if row["sample"] else None,
            element("h1", say(language, "archive.title")),
            element("p", say(language, "archive.as-captured", at=at), cls="gb-dateline"),
            _choices(publication, row, language, zone),
            element("dl", *(join((element("dt", name), element("dd", value))) for name, value in facts)),
            *_content(row, language, closed),
        )
    )
    return (
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{say(language, "archive.title")}</title><link rel="stylesheet" href="/gb/style.css"></head>'
        f'<body class="gb-archive">{element("main", page)}</body></html>'
    )


def _content(row: dict[str, Any], language: str, closed: str | None) -> tuple[Child, ...]:
    """The copy in a frame that can do nothing, or why there is none; a file is offered, not framed."""
    if closed:
        told = say(language, f"archive.{closed}")
        return (element("p", told, " ", _original(row, language), cls="gb-notice"),)
    path = f"/archive/{row['capture_id']}"
    download = element("a", say(language, "archive.download"), href=f"{path}/raw", download=True)
    if not is_text(str(row["media_type"])):
        return (element("p", say(language, "archive.file"), " ", download, cls="gb-note"),)
    note = element("p", say(language, "archive.note"), " ", download, cls="gb-note")
    title = say(language, "archive.title")
    return (note, Markup(f'<iframe sandbox src="{path}/copy" title="{title}"></iframe>'))


def _choices(publication: Publication, row: dict[str, Any], language: str, zone: ZoneInfo) -> Markup | None:
    """The other captures of the page, latest first; nothing where this is the only one."""
    rows = captures_beside(publication, row["capture_id"])
    if len(rows) < 2:
        return None
    links = (
        element(
            "a",
            say(language, "doc.version", n=one["version_no"]) + " · " if one["version_no"] else None,
            _local(one["fetched_at"], zone),
            href=f"/archive/{one['capture_id']}?lang={language}",
            aria_current="page" if one["capture_id"] == row["capture_id"] else None,
        )
        for one in rows
    )
    return element("nav", *links, cls="gb-choices", aria_label=say(language, "archive.captures"))


def _local(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _original(row: dict[str, Any], language: str) -> Markup:
    label = f"{say(language, 'doc.original')} ({host_of(row['url'])})"
    return element("a", label, href=row["url"], rel="noreferrer noopener", target="_blank")
