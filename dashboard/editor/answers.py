"""What the editor's script is answered: what became of a text, who else is here, panels of a text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.responses import JSONResponse, Response

from dashboard.checking.check import check_draft
from dashboard.drafting.figures import figure_preview
from dashboard.editor import panels, talk
from dashboard.editor.preview import preview as drawn
from dashboard.editor.sheet import Sheet
from dashboard.markup import Child
from warehouse.desk.drafts.revisions import LONGEST, cleaned
from warehouse.errors import UserError

_HEADERS = {"Cache-Control": "no-store"}
_FIGURES = 12  # that one preview draws


def save(sheet: Sheet, given: dict[str, Any]) -> Response:
    """Keep the text; the answer goes out when it is on the disk, with the head as it is then."""
    text, kind = given.get("text"), given.get("kind", "autosave")
    if not isinstance(text, str) or kind not in ("autosave", "save"):
        raise UserError("text: the text of the draft is wanted, and its kind is autosave or save.")
    saved = sheet.desk.drafts.save(
        sheet.draft.draft_id, _whole(given, "base"), text, sheet.account, kind=kind,
        session=str(given.get("session", ""))[:40], sequence=_whole(given, "sequence", 0),
    )  # fmt: skip
    return _answer(
        {
            "revision": saved.revision, "sent": saved.sent, "outcome": saved.outcome,
            "conflicts": saved.conflicts, "others": list(saved.others),
            "text": None if saved.text == text else saved.text, "at": sheet.local(saved.at, "%H:%M:%S"),
        }
    )  # fmt: skip


def now(sheet: Sheet, known: str, others: tuple[str, ...]) -> Response:
    """The head's number, its text where the asker has another one, who else is writing, the token of now.

    A server that was started anew, or somebody who signed in again, has another token than the open page.
    """
    draft = sheet.draft
    text = None if known == str(draft.revision) else sheet.text
    told = (
        sheet.say("editor.others", who=sheet.say("word.and").join(map(sheet.person, others)))
        if others
        else ""
    )
    return _answer(
        {
            "revision": draft.revision,
            "state": draft.state,
            "title": draft.title,
            "text": text,
            "who": told,
            "token": sheet.token,
        }
    )


def preview(sheet: Sheet, given: dict[str, Any]) -> Response:
    """The preview of a text that is being written, its outline, references and length."""
    typed = _typed(sheet, given)
    parsed = typed.parsed()
    left = [_FIGURES]

    def draw(settings: Any) -> Child:
        left[0] -= 1
        if left[0] < 0:
            return typed.say("editor.more-figures")
        return figure_preview(typed.home, typed.publication, settings, typed.language)

    return _answer(
        {
            "preview": drawn(parsed, draw),
            "outline": panels.outline(typed, parsed),
            "references": panels.references(typed, parsed),
            "length": panels.length(typed, parsed),
        }
    )


def check(sheet: Sheet, given: dict[str, Any]) -> Response:
    """What must be mended or looked at in a text that is being written."""
    typed = _typed(sheet, given)
    parsed = typed.parsed()
    draft, items = typed.draft, typed.items(parsed)
    title = str(given.get("title") or draft.title)
    own = (draft.since, draft.until)
    report = check_draft(typed.publication, typed.text, items, draft.language, own, title)
    return _answer({"findings": panels.findings(typed, report, parsed)})


def panels_now(sheet: Sheet) -> Response:
    """The panels that change without the text: basket, comments, versions."""
    return _answer(
        {
            "basket": panels.basket(sheet),
            "comments": talk.comments(sheet),
            "versions": talk.versions(sheet),
        }
    )


def _typed(sheet: Sheet, given: dict[str, Any]) -> Sheet:
    text = given.get("text", sheet.text)
    if not isinstance(text, str) or len(text) > LONGEST:
        raise UserError(f"text: at most {LONGEST:,} characters are looked at.")
    return replace(sheet, text=cleaned(text))


def _whole(given: dict[str, Any], name: str, usual: int | None = None) -> int:
    value = given.get(name, usual)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**53:
        raise UserError(f"{name}: a whole number is wanted.")
    return value


def _answer(told: dict[str, Any]) -> Response:
    return JSONResponse(told, headers=_HEADERS)
