"""A briefing as Markdown; crawled text is escaped, so no title becomes an image, a link or a heading."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from dashboard.briefing.model import Actor, Briefing, DueItem, FollowUp, Item, Proof, WeekCount

SPECIAL = re.compile(r"([\\`*_\[\]!|<>~&#])")
LIST_START = re.compile(r"^([-+]|\d+(?=[.)]))")  # what would begin a list
BREAK = "  \n"  # a new line that stays one when rendered
Words = dict[str, Any]


def render(briefing: Briefing, language: str = "zh") -> str:
    """The briefing as a Markdown text with headings in the asked language."""
    words = {**_words("en" if language == "en" else "zh"), "names": dict(briefing.names)}
    blocks = [
        *_head(briefing, words, language),
        *_items(words["new"].format(total=briefing.new_total), briefing.new, words, briefing.new_total),
        *_items(words["changed"], briefing.changed, words),
        *_items(words["ended"], briefing.ended, words),
        *_due(briefing.due, words),
        *_elsewhere(briefing.elsewhere, words),
        *_follow_ups(briefing.follow_ups, words),
        *_actors(briefing.actors, words),
        *_weeks(briefing.weeks, words),
        words["footer"],
    ]
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    """Text in which no character means anything to Markdown, on one line, without control characters."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return LIST_START.sub(_guarded, SPECIAL.sub(r"\\\1", line))


def _guarded(start: re.Match[str]) -> str:
    return f"\\{start[0]}" if start[0] in "-+" else f"{start[0]}\\"


def safe_link(url: str | None) -> str | None:
    """An http or https address fit to stand in a Markdown link; None for anything else."""
    if not url or urlsplit(url).scheme not in ("http", "https"):
        return None
    return quote(url, safe=":/?#@!$&'*+,;=%~-._")


def _head(briefing: Briefing, words: Words, language: str) -> Iterator[str]:
    yield "# " + words["title"].format(name=escape(briefing.subject.name(language)))
    if briefing.sample:
        yield f"**{words['sample']}**"
    yield words["period"].format(since=briefing.since, today=briefing.today)
    coverage = briefing.coverage
    until = (
        f"{coverage.data_until.astimezone(ZoneInfo(briefing.timezone)):%Y-%m-%d %H:%M}"
        if coverage.data_until
        else "—"
    )
    yield words["coverage" if coverage.sources else "imported"].format(
        ok=coverage.sources_ok,
        sources=coverage.sources,
        members=coverage.members,
        documents=coverage.documents,
        until=until,
        publication=briefing.publication_id,
    )
    if coverage.silent:
        yield words["silent"].format(names=escape(words["comma"].join(coverage.silent)))
    if briefing.quiet:
        yield words["nothing"]


def _items(heading: str, items: tuple[Item, ...], words: Words, total: int | None = None) -> Iterator[str]:
    yield f"## {heading}"
    yield "\n".join(BREAK.join(_item(item, words)) for item in items) or words["none"]
    if total is not None and total > len(items):
        yield words["more"].format(more=total - len(items))


def _elsewhere(items: tuple[Item, ...], words: Words) -> Iterator[str]:
    """One line each: the documents stand among the new ones with all particulars."""
    yield f"## {words['elsewhere']}"
    lines = [
        f"- {escape(item.region or '')}{words['colon']}{escape(item.title)} `{item.document_id}`"
        for item in items
    ]
    yield "\n".join(lines) or words["none"]


def _item(item: Item, words: Words) -> Iterator[str]:
    facts = [
        str(item.published) if item.published else "",
        item.issuer or "",
        item.doc_number or "",
        item.region or "",
    ]
    if item.validity in words["validity"]:
        facts.append(words["validity"][item.validity])
    if item.sources > 1:
        facts.append(words["sources_held"].format(n=item.sources))
    yield f"- **{escape(item.title)}**"
    yield "  " + " · ".join(escape(fact) for fact in facts if fact)
    colon = words["colon"]
    yield f"  {words['reason']}{colon}{_reason(item.reason, words)}"
    if item.proof and item.proof.sentence:
        yield f"  {words['evidence']}{colon}{_proof(item.proof, words)}"
    yield f"  {_origin(item, words)}"


def _origin(item: Item, words: Words) -> str:
    link = safe_link(item.url)
    return f"[{words['original']}](<{link}>) `{item.document_id}`" if link else f"`{item.document_id}`"


def _reason(reason: str, words: Words) -> str:
    parts = []
    for part in reason.split("; "):
        code, _, value = part.partition(":")
        template = words["reasons"].get(code)
        value = words["names"].get(value, value)
        if code == "topic":
            value = value.replace("\\", " / ")  # as the pages write a class and its subclass
        parts.append(template.format(value=escape(value)) if template else escape(part))
    return str(words["comma"].join(parts))


def _proof(proof: Proof, words: Words) -> str:
    if proof.paragraph is not None:
        where = words["paragraph"].format(n=proof.paragraph + 1)
    else:
        where = words["in_title"] if proof.where == "title" else words["in_metadata"]
    return f"“{escape(proof.sentence)}” ({where})"


def _due(duties: tuple[DueItem, ...], words: Words) -> Iterator[str]:
    yield f"## {words['due']}"
    yield "\n".join(BREAK.join(_duty(duty, words)) for duty in duties) or words["none"]


def _duty(duty: DueItem, words: Words) -> Iterator[str]:
    key = "due_line" if duty.days_left > 0 else "due_past" if duty.days_left < 0 else "due_today"
    when = words[key].format(due=duty.due, days=abs(duty.days_left))
    who = escape(words["comma"].join(duty.who)) if duty.who else "—"
    yield f"- **{when}** {who}{words['colon']}{escape(duty.what)}"
    yield f"  {escape(duty.item.title)}"
    if duty.item.proof:
        yield f"  {words['evidence']}{words['colon']}{_proof(duty.item.proof, words)}"
    yield f"  {_origin(duty.item, words)}"


def _follow_ups(found: tuple[FollowUp, ...], words: Words) -> Iterator[str]:
    """Left out when there are none: that nothing was found says nothing."""
    if not found:
        return
    yield f"## {words['follow_ups']}"
    lines = (
        f"- {escape(one.item.title)} `{one.item.document_id}`{BREAK}  "
        + words["follow_up"].format(
            parent=escape(one.parent_title),
            relation=words["relations"].get(one.relation, one.relation),
            days=one.lag_days,
            sure=f"{one.confidence:.2f}",
        )
        for one in found
    )
    yield "\n".join(lines)
    yield words["follow_note"]


def _actors(actors: Iterable[Actor], words: Words) -> Iterator[str]:
    yield f"## {words['actors']}"
    rows = [
        f"| {escape(actor.name)} | {escape(actor.region or '')} | {actor.documents} | {actor.latest or ''} |"
        for actor in actors
    ]
    yield "\n".join([words["actor_head"], "| --- | --- | ---: | --- |", *rows]) if rows else words["none"]


def _weeks(weeks: Iterable[WeekCount], words: Words) -> Iterator[str]:
    yield f"## {words['weeks']}"
    rows = [
        f"| {week.week}{'' if week.complete else words['running']} | {week.documents} |" for week in weeks
    ]
    yield "\n".join([words["week_head"], "| --- | ---: |", *rows]) if rows else words["none"]


@cache
def _words(language: str) -> Words:
    text = (resources.files("dashboard") / "briefing" / "words.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)[language])
