"""What the forms of the editor do: begin, keep, comment, fill, restore, drop; then back to the page."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response

from dashboard.drafting import begin as drafting
from dashboard.editor.sheet import Sheet
from dashboard.markup import element
from dashboard.words import say
from warehouse.desk import Desk
from warehouse.errors import GovbriefError, UserError
from warehouse.home import Home
from warehouse.publication import Publication

TOLD = (
    "told-kept",
    "told-merged",
    "told-conflict",
    "told-same",
    "told-filled",
    "told-restored",
    "told-begun",
)


def begin(home: Home, desk: Desk, given: dict[str, Any], account: str, language: str) -> Response:
    """Begin a draft from the form of the desk and open it; a sentence where something does not fit."""
    publication = Publication.current(home)
    if publication is None:
        return PlainTextResponse(say(language, "first.no-publication-title") + "\n", status_code=404)
    searches = [int(one) for one in re.findall(r"\d+", str(given.get("searches", "")))]
    try:
        draft = drafting.begin(
            home, publication, desk, account,
            template=str(given.get("template", "")), theme=str(given.get("theme", "")),
            since=_day(given, "since"), until=_day(given, "until"), title=str(given.get("title", "")),
            searches=searches,
        )  # fmt: skip
    except GovbriefError as error:
        back = element("a", say(language, "editor.to-desk"), href="/desk")
        page = element("main", element("p", str(error), cls="gb-notice", role="alert"), element("p", back))
        return HTMLResponse(_small_page(language, str(page)), status_code=400)
    told = f"&lang={language}" if language != home.settings.place.language else ""
    return RedirectResponse(f"/desk/drafts/{draft.draft_id}?told=told-begun{told}", status_code=303)


def keep(sheet: Sheet, given: dict[str, Any]) -> Response:
    """The plain form: title and text over the version that the page showed."""
    number, title = sheet.draft.draft_id, str(given.get("title", ""))
    if title.strip() and " ".join(title.split()) != sheet.draft.title:
        sheet.desk.drafts.rename(number, title, sheet.account)
    saved = sheet.desk.drafts.save(
        number, _number(given, "base"), str(given.get("text", "")), sheet.account, kind="save"
    )
    return _back(sheet, f"told-{saved.outcome}")


def comment(sheet: Sheet, given: dict[str, Any]) -> Response:
    """Remark on a paragraph, answer a remark, resolve it or open it again."""
    comments, do = sheet.desk.drafts.comments, given.get("do")
    text = str(given.get("text", ""))
    if do == "add":
        comments.add(sheet.draft.draft_id, str(given.get("paragraph", "")), text, sheet.account)
    elif do == "answer":
        comments.answer(_number(given, "comment"), text, sheet.account)
    elif do in ("resolve", "reopen"):
        comments.resolve(_number(given, "comment"), sheet.account, do == "resolve")
    else:
        raise UserError(f"comments: '{do}' is unknown; add, answer, resolve or reopen.")
    return _back(sheet, anchor="gb-panel-comments")


def fill(sheet: Sheet, given: dict[str, Any]) -> Response:
    """Fill a section anew from the current publication."""
    section = str(given.get("section", ""))
    drafting.refill(sheet.home, sheet.publication, sheet.desk, sheet.account, sheet.draft.draft_id, section)
    return _back(sheet, "told-filled")


def restore(sheet: Sheet, given: dict[str, Any]) -> Response:
    """Make an earlier version the head again, as a new version."""
    sheet.desk.drafts.restore(sheet.draft.draft_id, _number(given, "revision"), sheet.account)
    return _back(sheet, "told-restored")


def state(sheet: Sheet, given: dict[str, Any]) -> Response:
    """Drop a draft or take it up again; review and signature have pages of their own."""
    to = given.get("state")
    if to not in ("dropped", "draft") or sheet.draft.state not in ("dropped", "draft"):
        raise UserError(
            "A draft is dropped or taken up here; review and signature are steps of the sign-off."
        )
    sheet.desk.drafts.set_state(
        sheet.draft.draft_id,
        _number(given, "revision"),
        "dropped" if to == "dropped" else "draft",
        sheet.account,
    )
    return _back(sheet)


def refused(sheet: Sheet, request: Request, told: str) -> Response:
    """Why something was not done: for the script as JSON, for a form as a page that leads back."""
    if request.headers.get("content-type", "").startswith("application/json"):
        return JSONResponse({"error": told, "state": sheet.draft.state}, status_code=409)
    back = element("a", sheet.draft.title, href=sheet.address())
    page = element("main", element("p", told, cls="gb-notice", role="alert"), element("p", back))
    return HTMLResponse(_small_page(sheet.language, str(page)), status_code=409)


def _back(sheet: Sheet, told: str = "", anchor: str = "") -> Response:
    query = f"told={told}" if told in TOLD else ""
    address = sheet.address(query=query) + (f"#{anchor}" if anchor else "")
    return RedirectResponse(address, status_code=303)


def _number(given: dict[str, Any], name: str) -> int:
    try:
        return int(given.get(name, ""))
    except (TypeError, ValueError) as error:
        raise UserError(f"{name}: a number is wanted; load the page again.") from error


def _day(given: dict[str, Any], name: str) -> date | None:
    text = str(given.get(name, "")).strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"{name}: '{text[:40]}' is no date; write it as 2026-06-01.") from error


def _small_page(language: str, main: str) -> str:
    spoken = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html><html lang="{spoken}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>govbrief</title>'
        '<link rel="stylesheet" href="/gb/style.css"></head>'
        f'<body class="gb-archive">{main}</body></html>'
    )
