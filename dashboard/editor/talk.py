"""The panels of what people did: comments on paragraphs, and versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from dashboard.editor.panels import nothing, shortened, small_form
from dashboard.editor.sheet import Sheet
from dashboard.markup import Child, Markup, element, join
from warehouse.desk.drafts.comments import place_of
from warehouse.desk.drafts.model import Comment, Revision
from warehouse.desk.drafts.units import paragraphs

_VERSIONS = 200


def comments(sheet: Sheet) -> Markup:
    """Remarks at their paragraphs with answers; those resolved folded away; a form for a new one."""
    found = sheet.desk.drafts.comments.listed(sheet.draft.draft_id)
    answers: dict[int, list[Comment]] = defaultdict(list)
    for one in found:
        if one.answers is not None:
            answers[one.answers].append(one)
    remarks = [one for one in found if one.answers is None]
    standing = paragraphs(sheet.text)
    opened = [_remark(sheet, one, answers, standing) for one in remarks if one.resolved_at is None]
    closed = [_remark(sheet, one, answers, standing) for one in remarks if one.resolved_at is not None]
    folded = element(
        "details",
        element("summary", sheet.say("editor.resolved", n=len(closed))),
        element("ul", *closed, cls="gb-rows"),
    )
    return join(
        (
            element("ul", *opened, cls="gb-rows") if opened else nothing(sheet, "editor.no-comments"),
            folded if closed else None,
            _new_remark(sheet, standing),
        )
    )


def _remark(sheet: Sheet, one: Comment, answers: Mapping[int, list[Comment]], standing: list[str]) -> Markup:
    place = place_of(one.paragraph, standing)
    where: Child = element("p", sheet.say("editor.paragraph-gone"), shortened(one.paragraph), cls="gb-flag")
    if place is not None:
        told = shortened(standing[place])
        where = element("button", told, type="button", data_find=standing[place][:200], cls="gb-go")
    button = "editor.reopen" if one.resolved_at else "editor.resolve"
    act = "reopen" if one.resolved_at else "resolve"
    return element(
        "li",
        where,
        *(_said(sheet, said) for said in (one, *answers.get(one.comment_id, ()))),
        small_form(
            sheet, "/comments",
            element("input", type="hidden", name="comment", value=str(one.comment_id)),
            _area(sheet.say("editor.answer"), f"gb-answer-{one.comment_id}"),
            element("button", sheet.say("editor.answer"), name="do", value="answer"),
            element("button", sheet.say(button), name="do", value=act, formnovalidate=True),
        ),
    )  # fmt: skip


def _said(sheet: Sheet, one: Comment) -> Markup:
    return element(
        "p", element("strong", sheet.person(one.account)), f" {sheet.local(one.at)} ", element("br"), one.text
    )


def _new_remark(sheet: Sheet, standing: list[str]) -> Markup:
    choices = (element("option", shortened(one), value=one[:4000]) for one in standing)
    label = sheet.say("editor.paragraph")
    return small_form(
        sheet, "/comments",
        element("label", label, element("select", *choices, name="paragraph", id="gb-paragraph")),
        _area(sheet.say("editor.comment"), "gb-new-comment"),
        element("button", sheet.say("editor.comment"), name="do", value="add"),
    )  # fmt: skip


def versions(sheet: Sheet) -> Markup:
    """The versions, the latest first, each to look at and to take up again; autosaves in a row folded."""
    found = sheet.desk.drafts.revisions(sheet.draft.draft_id, _VERSIONS)
    rows: list[Child] = []
    run: list[Markup] = []
    for one in found:
        if one.kind == "autosave" and one.revision != sheet.draft.revision:
            run.append(_version(sheet, one))
            continue
        rows += _folded(sheet, run)
        run = []
        rows.append(_version(sheet, one))
    rows += _folded(sheet, run)
    return element("ul", *rows, cls="gb-rows")


def _folded(sheet: Sheet, run: list[Markup]) -> list[Markup]:
    if not run:
        return []
    told = sheet.say("editor.autosaves", n=len(run))
    inner = element("ul", *run, cls="gb-rows")
    return [element("li", element("details", element("summary", told), inner))]


def _version(sheet: Sheet, one: Revision) -> Markup:
    who, kind = sheet.person(one.account), sheet.say(f"editor.kind-{one.kind}")
    told = f"{one.revision} · {sheet.local(one.at)} · {who} · {kind}"
    if one.note.startswith("="):
        told += sheet.say("editor.restored-from", n=one.note[1:])
    if one.revision == sheet.draft.revision:
        return element("li", element("strong", told), " ", sheet.say("editor.is-head"))
    return element("li", element("a", told, href=sheet.address(f"/versions/{one.revision}")))


def _area(label: str, name: str) -> Markup:
    return element("textarea", name="text", id=name, rows="2", maxlength="4000", aria_label=label)
