"""The index of a morning set: every briefing with its counts and its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from dashboard.briefing.model import Briefing
from dashboard.report.markdown import escape
from dashboard.report.spoken import subject_in_english
from dashboard.report.words import Words


@dataclass(frozen=True, slots=True)
class Line:
    """One briefing of the set and the names of its files, which lie beside the index."""

    briefing: Briefing
    files: tuple[str, ...]


def index_text(lines: Sequence[Line], language: str) -> str:
    """The index as Markdown: those with something new first, then by name of file."""
    words = Words(language)
    if not lines:
        return f"# {words.say('index')}\n\n{words.say('none')}\n"
    first = lines[0].briefing
    blocks = [
        f"# {words.say('index')}",
        words.say("period", since=words.day(first.since), today=words.day(first.today)),
    ]
    if first.sample:
        blocks.append(f"**{words.say('sample')}**")
    heads = words.say("index_head").split("|")
    rows = [heads, ["---", *["---:"] * 4, "---"], *(_row(line, language) for line in _busiest_first(lines))]
    blocks.append("\n".join(f"| {' | '.join(row)} |" for row in rows))
    blocks.append(words.say("batch", publication=first.publication_id))
    return "\n\n".join(blocks) + "\n"


def _busiest_first(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.briefing.new_total, line.files))


def _row(line: Line, language: str) -> list[str]:
    told = line.briefing
    counts = (told.new_total, len(told.changed), len(told.ended), len(told.due))
    links = " · ".join(f"[{file.rpartition('.')[2]}](<{quote(file)}>)" for file in line.files)
    return [escape(subject_in_english(told.subject).name(language)), *map(str, counts), links]
