"""The cards beside a document: where it is kept, what is printed, how it was classified, what it cites."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard import signs
from dashboard.accession.register import handed_in
from dashboard.cite_card import cite_card
from dashboard.frame import Frame
from dashboard.markup import Child, Markup, element, host_of, join, web_address
from dashboard.network_card import network_card
from dashboard.pieces import day, fix_link
from dashboard.told_card import told_card
from dashboard.words import known
from warehouse.queries import pages_document
from warehouse.records import Correction

_PRINTED = (
    "title",
    "issuer",
    "doc_number",
    "index_number",
    "published",
    "written",
    "effective",
    "doc_type",
    "validity",
    "comments_close",
    "docket",
    "rin",
    "cfr",
    "department",
    "departments",
    "topic",
    "topics",
)


_CORRECTED = ("title", "issuer", "doc_number", "published", "written", "doc_type")
_CLASSES = ("department", "topic")
_LIKELY = 0.5  # below it a lower-ranked body is shown only when asked for


def cards(frame: Frame, row: Mapping[str, Any]) -> list[Markup]:
    """All cards of one document, those without content left out."""
    document_id = str(row["document_id"])
    made = (
        _proof(frame, row),
        cite_card(frame, document_id),
        _labels(frame, row),
        _printed(frame, row),
        _citations_out(frame, document_id),
        _citations_in(frame, document_id),
        network_card(frame, document_id),
        _attachments(frame, document_id),
        _versions(frame, document_id),
        told_card(frame, document_id),
    )
    return [card for card in made if card]


def card(title: str, *parts: Child, cls: str = "gb-card") -> Markup:
    """A titled box."""
    return element("section", element("h2", title), *parts, cls=cls)


def outside(frame: Frame, url: str | None, label: str) -> Markup | None:
    """A link to another host, which is named; None when the address is no web address."""
    checked = web_address(url)
    if checked is None:
        return None
    link = element("a", label, href=checked, rel="noreferrer noopener", target="_blank")
    return join((link, " ", element("span", f"({host_of(checked)})", cls="gb-host")))


def _proof(frame: Frame, row: Mapping[str, Any]) -> Markup:
    """When we saw it, its fingerprint, the original and the archived copy."""
    spoken = frame.language if frame.language != frame.home.settings.place.language else None
    archived = (
        f"/archive/{row['capture_id']}" + (f"?lang={spoken}" if spoken else "") if row["sha256"] else None
    )
    lines: list[tuple[str, Child]] = [
        (
            frame.say("doc.captured"),
            frame.local(row["fetched_at"]) if row["fetched_at"] else frame.say("word.unknown"),
        ),
        (frame.say("doc.origin"), frame.say(f"origin.{row['origin']}")),
        (frame.say("doc.last-seen"), frame.local(row["last_seen_at"], "%Y-%m-%d")),
        (
            "SHA-256",
            element("code", row["sha256"], cls="gb-hash") if row["sha256"] else frame.say("word.unknown"),
        ),
        (frame.say("doc.read-by"), row["path"] or frame.say("word.unknown")),
    ]
    links = [
        outside(frame, row["url"], frame.say("doc.original")),
        element("a", frame.say("doc.archived"), href=archived, target="_blank") if archived else None,
    ]
    missing = element("p", frame.say("doc.no-original"), cls="gb-quiet") if not any(links) else None
    return card(
        frame.say("doc.proof"),
        _definitions(lines),
        *handed_in(frame, str(row["document_id"])),
        element("ul", *(element("li", one) for one in links if one), cls="gb-links"),
        missing,
    )


def _labels(frame: Frame, document: Mapping[str, Any]) -> Markup:
    """The classes and why; what a person changed since the publication stands first and says it waits."""
    document_id = str(document["document_id"])
    rows = frame.read(pages_document.labels, document_id)
    held = {
        one.field: one.value["code"] for one in frame.desk.corrections(document_id) if one.field in _CLASSES
    }
    parts: list[Child] = []
    for field in _CLASSES:
        found = [row for row in rows if row["field"] == field]
        parts.append(element("h3", frame.say(f"field.{field}"), " ", fix_link(frame, document, field)))
        baked = next((row["code"] for row in found if row["basis"] == "librarian"), None)
        if baked != held.get(field):
            found = [row for row in found if row["basis"] != "librarian"]
            parts.append(_not_baked(frame, field, document, field in held))
            parts.append(_others(frame, document_id, found))
            continue
        likely = [row for row in found if _is_likely(row)]
        parts.append(
            element("ul", *(_label(frame, document_id, row) for row in likely), cls="gb-labels")
            if likely
            else element("p", frame.say("doc.abstained"), cls="gb-quiet")
        )
        parts.append(_others(frame, document_id, [row for row in found if row not in likely]))
    parts.append(element("p", frame.link(frame.say("teach.link"), "teach"), cls="gb-note"))
    return card(frame.say("doc.labels"), *parts)


def _is_likely(row: Mapping[str, Any]) -> bool:
    """Whether a label is shown at once: every class that the document counts under, and likely bodies."""
    return bool(row["given"] or (row["field"] == "department" and row["score"] >= _LIKELY))


def _not_baked(frame: Frame, field: str, document: Mapping[str, Any], corrected: bool) -> Markup:
    """The value as the next run will give it, and that it waits for that run."""
    code = document[f"{field}_code"]
    printed = document["department_name"] if field == "department" else document["topic_path"]
    name = (frame.body_name if field == "department" else frame.topic_name)(code, printed)
    shown = element("strong", name) if name else element("span", frame.say("doc.abstained"), cls="gb-quiet")
    basis = element("span", frame.say("basis.librarian"), cls="gb-badge") if corrected else None
    told = frame.say("correct.waits" if corrected else "correct.taken-back")
    return join(
        (element("ul", element("li", shown, basis), cls="gb-labels"), element("p", told, cls="gb-note"))
    )


def _others(frame: Frame, document_id: str, rows: list[dict[str, Any]]) -> Markup | None:
    if not rows:
        return None
    summary = element("summary", frame.say("doc.others", n=len(rows)))
    return element(
        "details", summary, element("ul", *(_label(frame, document_id, row) for row in rows), cls="gb-labels")
    )


def _label(frame: Frame, document_id: str, row: Mapping[str, Any]) -> Markup:
    if row["field"] == "department":
        name = frame.link(frame.body_name(row["code"], row["name"]), "departments", d=row["code"])
    else:
        name = frame.link(frame.topic_name(row["code"], row["name"]), "topics", topic=row["code"])
    why = _why(frame, document_id, row)
    summary = element("summary", frame.say("doc.why", n=len(row["evidence"]) or 1))
    details = element("details", summary, element("ul", *why, cls="gb-evidence")) if why else None
    return element(
        "li",
        element("strong", name),
        element("span", frame.say(f"basis.{row['basis']}"), cls="gb-badge"),
        element("span", f"{row['score']:.2f}", cls="gb-score", title=frame.say("doc.score")),
        details,
    )


def _why(frame: Frame, document_id: str, row: Mapping[str, Any]) -> list[Markup]:
    """What the label rests on: who corrected it and when, or the signs that spoke for it and all others."""
    if row["basis"] == "librarian":
        held = (one for one in frame.desk.corrections(document_id) if one.field == row["field"])
        return [_who(frame, one) for one in held]
    why = [_evidence(frame, document_id, one) for one in row["evidence"]]
    rest = signs.others(frame.language, row["evidence"])
    return [*why, element("li", rest)] if rest else why


def _who(frame: Frame, one: Correction) -> Markup:
    day = frame.local(one.created_at, "%Y-%m-%d")
    told = frame.say(
        "explain.confirmed" if one.confirms else "explain.corrected", who=frame.person(one.account), at=day
    )
    return element("li", told, frame.say("explain.note", note=one.note) if one.note else None)


def _evidence(frame: Frame, document_id: str, one: Mapping[str, Any]) -> Markup:
    paragraph = one.get("paragraph")
    where = signs.where(frame.language, one)
    place: Child = (
        frame.link(where, "doc", id=document_id, para=paragraph + 1) if paragraph is not None else where
    )
    told = signs.share(frame.language, one)
    share = element("span", told, cls="gb-score") if told else None
    return element("li", place, ": ", signs.text(frame.language, one), " ", share)


def _printed(frame: Frame, row: Mapping[str, Any]) -> Markup:
    """What the site prints, and where; values that disagree are all shown and flagged."""
    origins = frame.read(pages_document.origins, str(row["document_id"]))
    lines: list[tuple[str, Child]] = []
    for field in _PRINTED:
        found = origins.get(field, [])
        value = row.get(field)
        if not found and (not value or field == "validity"):  # validity is ours unless printed
            continue
        fix = fix_link(frame, row, field) if field in _CORRECTED else None
        told = join((_values(frame, field, value, found), fix))
        lines.append((known(frame.language, f"field.{field}", field), told))
    return card(frame.say("doc.printed"), _definitions(lines))


def _values(frame: Frame, field: str, value: Any, found: list[dict[str, Any]]) -> Markup:
    distinct = {one["value"] for one in found}
    told = [
        element(
            "div",
            one["value"],
            " ",
            element("span", one["origin"], cls="gb-origin"),
            cls="gb-printed" if one["chosen"] else "gb-printed gb-rejected",
        )
        for one in found
    ]
    if not told:
        told = [
            element(
                "div",
                day(frame, value) if field in {"published", "written", "effective"} else str(value),
                cls="gb-printed",
            )
        ]
    flag = (
        element("div", "⚠ ", frame.say("doc.disagree"), cls="gb-flag")
        if len(distinct) > 1 and field not in {*_CLASSES, "departments", "topics", "docket", "rin", "cfr"}
        else None
    )
    return join([*told, flag])


def _citations_out(frame: Frame, document_id: str) -> Markup | None:
    rows = frame.read(pages_document.citations_out, document_id)
    if not rows:
        return None
    items = (
        element(
            "li",
            element("span", known(frame.language, f"citation.{row['kind']}", row["kind"]), cls="gb-badge"),
            " ",
            _target(frame, row),
            " ",
            frame.link(
                frame.say("doc.paragraph", n=row["paragraph"] + 1),
                "doc",
                "gb-at",
                id=document_id,
                para=row["paragraph"] + 1,
                fact=row["fact_id"],
            ),
        )
        for row in rows
    )
    return card(frame.say("doc.cites", n=len(rows)), element("ul", *items, cls="gb-citations"))


def _target(frame: Frame, row: Mapping[str, Any]) -> Markup:
    printed = " ".join(
        part for part in (row["target_title"] and f"《{row['target_title']}》", row["target_number"]) if part
    )
    if row["target_document_id"]:
        held = frame.link(row["held_title"] or printed, "doc", id=row["target_document_id"])
        later = (
            element("span", frame.say("doc.later-version"), cls="gb-badge")
            if row["target_is_later"]
            else None
        )
        return join((held, " ", later))
    return join((printed, " ", element("span", frame.say("doc.not-held"), cls="gb-badge gb-badge-unknown")))


def _citations_in(frame: Frame, document_id: str) -> Markup | None:
    rows = frame.read(pages_document.citations_in, document_id)
    if not rows:
        return None
    items = (
        element(
            "li",
            element("span", known(frame.language, f"citation.{row['kind']}", row["kind"]), cls="gb-badge"),
            " ",
            frame.link(row["title"], "doc", id=row["document_id"], para=row["paragraph"] + 1),
            " ",
            day(frame, row["published"]),
        )
        for row in rows
    )
    return card(frame.say("doc.cited-by", n=len(rows)), element("ul", *items, cls="gb-citations"))


def _attachments(frame: Frame, document_id: str) -> Markup | None:
    rows = frame.read(pages_document.attachments, document_id)
    if not rows:
        return None
    items = (
        element(
            "li",
            outside(frame, row["url"], row["name"] or row["url"]) or row["name"],
            " · ",
            known(frame.language, f"attachment.{row['status']}", row["status"]),
            f" · {frame.say('doc.pages', n=row['pages'])}" if row["pages"] else None,
            f" · {frame.say('filetext.quality', quality=format(row['quality'], '.2f'))}"
            if row["quality"] is not None
            else None,
            join(
                (
                    " · ",
                    element(
                        "a", frame.say("doc.archived"), href=f"/archive/{row['capture_id']}", target="_blank"
                    ),
                )
            )
            if row["capture_id"]
            else None,
        )
        for row in rows
    )
    return card(frame.say("doc.attachments", n=len(rows)), element("ul", *items, cls="gb-links"))


def _former_text(frame: Frame, document_id: str, version_no: int) -> Markup:
    told = frame.say("doc.version-text")
    return join((frame.link(told, "doc", id=document_id, v=version_no), " · "))


def _versions(frame: Frame, document_id: str) -> Markup | None:
    rows = frame.read(pages_document.versions, document_id)
    if len(rows) < 2:
        return None
    former = {one["version_no"] for one in frame.read(pages_document.former_versions, document_id)}
    items = (
        element(
            "li",
            frame.say("doc.version", n=row["version_no"]),
            " · ",
            frame.local(row["observed_at"]),
            " · ",
            _former_text(frame, document_id, row["version_no"]) if row["version_no"] in former else None,
            element("a", frame.say("doc.archived"), href=f"/archive/{row['capture_id']}", target="_blank"),
        )
        for row in rows
    )
    changed = element("a", frame.say("changes.title"), href="#changes")
    return card(frame.say("doc.versions", n=len(rows)), element("ol", *items, cls="gb-links"), changed)


def _definitions(lines: list[tuple[str, Child]]) -> Markup:
    return element("dl", *(join((element("dt", name), element("dd", value))) for name, value in lines))
