"""A report as Markdown; crawled text is escaped, so no title becomes an image, a link or a heading."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from dashboard.report.as_json import as_dict
from dashboard.report.markdown_prose import Written, escape, rich, table, written
from dashboard.report.model import Block, Entry, Paragraph, Point, Reference, Report, Section, Table
from dashboard.report.numerals import numbered
from dashboard.report.prose import Listed
from dashboard.report.words import Words

__all__ = ["as_markdown", "escape", "safe_link"]
BREAK = "  \n"  # a new line that stays one when rendered
Named = dict[int, Reference]


def as_markdown(report: Report) -> str:
    """The whole report as one Markdown text that ends in a newline."""
    named = {one.number: one for one in report.references}
    sections = report.sections if report.paper is None else ()
    blocks = [
        *_head(report),
        *(text for section in sections for text in _section(section, report, named)),
        *(_paper(report) if report.paper else ()),
        *(escape(line) for line in report.provenance),
        *_sources(report),
    ]
    return "\n\n".join(blocks) + "\n"


def safe_link(url: str | None) -> str | None:
    """An http or https address fit to stand in any kind of link; None for anything else."""
    try:
        scheme = urlsplit(url or "").scheme
    except ValueError:  # such as http://[
        return None
    if not url or scheme not in ("http", "https"):
        return None
    return quote(url, safe=":/?#@!$&'*+,;=%~-._")


def _head(report: Report) -> Iterator[str]:
    top = report.masthead
    told = [escape(part) for part in (top.mark, top.red_head, top.series, top.issue, top.unit) if part]
    if told:
        yield " · ".join(told)
    yield f"# {escape(report.title)}"
    if report.paper and report.paper.draft:
        yield f"**{escape(report.paper.draft)}**"
    if report.sample:
        yield f"**{report.sample}**"
    if report.dateline:
        yield report.dateline if report.paper is None else escape(report.dateline)
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
        return table([*map(escape, block.heads)], [[*map(escape, row)] for row in block.rows], block.numbers)
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


def _paper(report: Report) -> Iterator[str]:
    """The sections of a written paper with the numbers that its other forms print, then who signed."""
    told = as_dict(report)["sections"]
    numbered(told, report.language)
    chinese = report.language == "zh"
    for section, shown in zip(report.sections, told, strict=True):
        if section.heading:
            number = f"{shown['number']}、" if chinese else f"{shown['number']}  "
            yield f"## {number}{escape(section.heading)}{rich(section.cited)}"
        listed: list[str] = []
        for block, one in zip(section.blocks, shown["blocks"], strict=True):
            assert isinstance(block, Written)
            number = one.get("number", "")
            text = written(block, number if chinese or not number else f"{number}  ")
            if isinstance(block, Listed):
                listed.append(text)
                continue
            if listed:
                yield "\n".join(listed)
                listed = []
            yield text
        if listed:
            yield "\n".join(listed)
    assert report.paper
    yield from (escape(line) for line in report.paper.signers)


def _sources(report: Report) -> Iterator[str]:
    if not report.references:
        return
    yield f"## {report.reference_heading}"
    lines = []
    counted = report.paper is None or report.paper.numbered
    for one in report.references:
        link = safe_link(one.url)
        number = f"\\[{one.number}\\] " if counted else ""
        behind = f" <{link}>" if link else ""
        lines.append(f"- {number}{escape(one.text)}{behind}{_behind(one.note)}")
    yield "\n".join(lines)


def _behind(note: str) -> str:
    return ("" if note.startswith("（") else " ") + escape(note) if note else ""
