"""The list of the duty calendar: who must do what by when, the sentence, the document, and what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.deadlines.ledger import Line
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, join
from dashboard.pieces import day, issuer_of, validity_badge
from warehouse.queries.duty_evidence import Proof

# State by word and shape, so that nobody needs a colour to read it.
_SHAPES = {
    "due": "○",
    "overdue": "△",
    "unnamed": "?",
    "evidence": "●",
    "ended": "✕",
    "returning": "↻",
    "undated": "—",
}
_STYLES = {"overdue": "amended", "unnamed": "unknown", "evidence": "in-force", "ended": "repealed"}
_SHOWN = 3  # documents found for one duty; the others are counted
_LANGUAGES = {"zh": "zh-CN", "en": "en"}


def ledger_list(frame: Frame, lines: Iterable[Line], verdicts: Mapping[tuple[str, str], str]) -> Markup:
    """Lines by day; where a home region is known, its own and national ones under a heading of their own."""
    parts: dict[bool, list[Markup]] = {True: [], False: []}
    for line in lines:
        verdict = verdicts.get((line.row["document_id"], line.row["fact_id"]), "candidate")
        parts[bool(line.row["at_home"])].append(_item(frame, line, verdict))
    region = frame.region_name(frame.home.settings.place.region)
    shown = [
        (
            element("h3", frame.say("deadlines.at-home" if own else "deadlines.elsewhere", region=region)),
            items,
        )
        for own, items in parts.items()
        if items
    ]
    return join(
        (heading if parts[False] else None, element("ol", *items, cls="gb-due")) for heading, items in shown
    )


def _item(frame: Frame, line: Line, verdict: str) -> Markup:
    row = line.row
    place = {"id": row["document_id"], "para": row["paragraph"] + 1, "fact": row["fact_id"]}
    who = frame.say("word.and").join(row["who"] or ()) or frame.say("today.nobody")
    language = _LANGUAGES.get(row["language"] or "")
    return element(
        "li",
        *_when(frame, line),
        " ",
        _state(frame, line.state),
        element("p", element("strong", who), frame.say("deadlines.colon"), row["what"] or row["sentence"]),
        element("p", "“", frame.link(row["sentence"], "doc", **place), "”", cls="gb-quote", lang=language),
        element("p", *_document(frame, row, verdict), cls="gb-meta"),
        _found(frame, line),
        data_duty=row["fact_id"],
        data_state=line.state,
    )


def _when(frame: Frame, line: Line) -> list[Child]:
    if line.row["due"] is None or line.days is None:
        return [element("span", line.row["due_printed"], cls="gb-when")]
    shown = element("time", str(line.row["due"]), datetime=str(line.row["due"]), cls="gb-when")
    left = element("span", days_in_words(frame, line), cls="gb-left")
    if line.state != "returning":
        return [shown, left]
    key = "deadlines.returns" if line.named else "deadlines.period-ends"
    told = element("span", frame.say(key, printed=line.row["due_printed"]), cls="gb-quiet")
    return [shown, left, " ", told]


def days_in_words(frame: Frame, line: Line) -> str:
    """还有 19 天（14 个工作日）; the working days are left open where a year has no holiday notice."""
    assert line.days is not None
    if line.days == 0:
        return frame.say("deadlines.today")
    counted = line.working_days
    inside = (
        frame.say("deadlines.working-unknown")
        if counted is None
        else frame.say("deadlines.working", n=abs(counted))
    )
    key = "deadlines.left" if line.days > 0 else "deadlines.over"
    return frame.say(key, n=abs(line.days)) + frame.say("deadlines.inside", inside=inside)


def _state(frame: Frame, state: str) -> Markup:
    shape = element("span", _SHAPES[state], aria_hidden="true")
    style = _STYLES.get(state, state)
    return element("span", shape, " ", frame.say(f"deadlines.is-{state}"), cls=f"gb-badge gb-badge-{style}")


def _document(frame: Frame, row: Mapping[str, Any], verdict: str) -> list[Markup]:
    issuer = issuer_of(frame, row)
    code = row["department_code"]
    parts: list[Child] = [
        frame.link(row["title"] or frame.say("word.untitled"), "doc", id=row["document_id"]),
        frame.link(issuer, "departments", d=code) if issuer and code else issuer,
        row["doc_number"],
        day(frame, row["published"]),
        validity_badge(frame, row),
        element("span", frame.say("state.withdrawn"), cls="gb-badge gb-badge-withdrawn")
        if row["status"] == "withdrawn"
        else None,
        frame.link(frame.say("deadlines.ended-by"), "doc", id=row["validity_by"]) if _ended(row) else None,
        element("span", frame.say("word.sample"), cls="gb-badge gb-badge-sample")
        if row["sample"] and not frame.publication.sample
        else None,
        element("span", frame.say(f"facts.{verdict}"), cls=f"gb-badge gb-badge-{verdict}"),
    ]
    return [element("span", part) for part in parts if part]


def _ended(row: Mapping[str, Any]) -> bool:
    return bool(row["validity_by"]) and row["validity"] in ("repealed", "expired")


def _found(frame: Frame, line: Line) -> Markup | None:
    """The documents found, or plainly that none was; nothing where it was not asked."""
    if line.proofs:
        rest = len(line.proofs) - _SHOWN
        more = frame.say("deadlines.more-found", n=rest) if rest > 0 else None
        found = join((_proof(frame, one) for one in line.proofs[:_SHOWN]), frame.say("deadlines.semicolon"))
        return element("p", frame.say("deadlines.found"), found, more, cls="gb-why")
    told = {"overdue": "deadlines.none-found", "unnamed": "deadlines.none-asked"}.get(line.state)
    return element("p", frame.say(told), cls="gb-quiet") if told else None


def _proof(frame: Frame, one: Proof) -> Markup:
    link = frame.link(one.title or frame.say("word.untitled"), "doc", id=one.document_id)
    when = (
        frame.say("deadlines.after", n=one.late)
        if one.late > 0
        else frame.say("deadlines.before", n=-one.late)
        if one.late < 0
        else frame.say("deadlines.on-day")
    )
    told = frame.say(
        "deadlines.proof",
        issuer=frame.body_name(one.issuer_code, one.issuer),
        day=one.published,
        relation=frame.say(f"deadlines.relation-{one.relation}"),
        when=when,
    )
    group = frame.say("deadlines.one-of-many") if one.how in ("group", "below") else None
    return join((link, told, group))
