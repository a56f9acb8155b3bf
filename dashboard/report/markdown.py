"""A report as Markdown; crawled text is escaped, so no title becomes an image, a link or a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from dashboard.report.model import Block, Entry, Paragraph, Point, Reference, Report, Section, Table, plain
from dashboard.report.words import Words

SPECIAL = re.compile(r"([\\`*_\[\]!|<>~&#])")
LIST_START = re.compile(r"^([-+]|\d+(?=[.)]))")  # what would begin a list
BREAK = "  \n"  # a new line that stays one when rendered
Named = dict[int, Reference]


def as_markdown(report: Report) -> str:
    """The whole report as one Markdown text that ends in a newline."""
    named = {one.number: one for one in report.references}
    blocks = [
        *_head(report),
        *(text for section in report.sections for text in _section(section, report, named)),
        *(escape(line) for line in report.provenance),
        *_sources(report),
    ]
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    """Text in which no character means anything to Markdown, on one line, without control characters."""
    return LIST_START.sub(_guarded, SPECIAL.sub(r"\\\1", plain(text)))


def safe_link(url: str | None) -> str | None:
    """An http or https address fit to stand in any kind of link; None for anything else."""
    try:
        scheme = urlsplit(url or "").scheme
    except ValueError:  # such as http://[
        return None
    if not url or scheme not in ("http", "https"):
        return None
    return quote(url, safe=":/?#@!$&'*+,;=%~-._")


def _guarded(start: re.Match[str]) -> str:
    return f"\\{start[0]}" if start[0] in "-+" else f"{start[0]}\\"


def _head(report: Report) -> Iterator[str]:
    top = report.masthead
    told = [escape(part) for part in (top.mark, top.red_head, top.series, top.issue, top.unit) if part]
    if told:
        yield " · ".join(told)
    yield f"# {escape(report.title)}"
    if report.sample:
        yield f"**{report.sample}**"
    yield report.dateline
    yield from (escape(line) for line in report.lead)


def _section(section: Section, report: Report, named: Named) -> Iterator[str]:
    yield f"## {escape(section.heading)}"
    listed: list[str] = []
    for block in section.blocks:
        if isinstance(block, (Entry, Point)):
            listed.append(_item(block, report, named))
            continue
        if listed and isinstance(block, Paragraph) and block.reference:  # of the entry above it
            listed[-1] += f"{BREAK}  {_block(block, named)}"
            continue
        if listed:
            yield "\n".join(listed)
            listed = []
        yield _block(block, named)
    if listed:
        yield "\n".join(listed)


def _block(block: Block, named: Named) -> str:
    if isinstance(block, Table):
        line = " | ".join("---:" if n in block.numbers else "---" for n in range(len(block.heads)))
        rows = [" | ".join(map(escape, row)) for row in (block.heads, *block.rows)]
        return "\n".join(f"| {row} |" for row in (rows[0], line, *rows[1:]))
    assert isinstance(block, Paragraph)
    return escape(block.text) + _mark(named.get(block.reference or 0))


def _item(block: Entry | Point, report: Report, named: Named) -> str:
    source = named.get(block.reference or 0)
    if isinstance(block, Point):
        return f"- {escape(block.text)}{_mark(source)}"
    lines = [f"- **{escape(block.title)}**{_mark(source)}", *(f"  {escape(line)}" for line in block.lines)]
    if source:
        lines.append(f"  {_origin(source, report)}")
    return BREAK.join(lines)


def _mark(source: Reference | None) -> str:
    return f" \\[{source.number}\\]" if source else ""


def _origin(source: Reference, report: Report) -> str:
    link = safe_link(source.url)
    name = Words(report.language).say("original")
    return f"[{name}](<{link}>) `{source.document_id}`" if link else f"`{source.document_id}`"


def _sources(report: Report) -> Iterator[str]:
    if not report.references:
        return
    yield f"## {report.reference_heading}"
    lines = []
    for one in report.references:
        link = safe_link(one.url)
        lines.append(f"- \\[{one.number}\\] {escape(one.text)}" + (f" <{link}>" if link else ""))
    yield "\n".join(lines)
