"""The page of the editor: the text in the middle, panels beside it; it saves without its script as well."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.addresses import address
from dashboard.drafting.model import Draft as Parsed
from dashboard.editor import panels, talk
from dashboard.editor.preview import preview
from dashboard.editor.sheet import Sheet
from dashboard.editor.versions import compared
from dashboard.markup import Child, Markup, element, join
from dashboard.masthead import masthead
from dashboard.shell import asset
from warehouse.desk.drafts.drafts import LONGEST_TITLE
from warehouse.desk.drafts.revisions import LONGEST

Draw = Callable[..., Child]


def editor_page(sheet: Sheet, draw: Draw, told: str = "") -> str:
    """The whole page; `told` is what became of the last form that was sent."""
    parsed = sheet.parsed()
    main = join(
        (
            element("h1", sheet.draft.title, id="gb-title"),
            element("p", *_facts(sheet), cls="gb-dateline"),
            element("p", told, cls="gb-notice", role="status") if told else None,
            element("div", id="gb-offer", cls="gb-offer", hidden=True),
            element(
                "div",
                element("div", _text_form(sheet), _preview(sheet, parsed, draw), cls="gb-writing"),
                element("div", *_panels(sheet, parsed), cls="gb-panels"),
                cls="gb-editor",
            ),
        )
    )
    return whole_page(sheet, sheet.draft.title, main, script=True)


def version_page(sheet: Sheet, revision: int, text: str, draw: Draw) -> str:
    """One earlier version: what differs from the head, the version itself, and taking it up again."""
    changes, count = compared(text, sheet.text)
    restore = element(
        "form",
        element("input", type="hidden", name="token", value=sheet.token),
        element("input", type="hidden", name="revision", value=str(revision)),
        element("button", sheet.say("editor.restore")),
        action=sheet.address("/restore"),
        method="post",
        cls="gb-small-form",
    )
    old = Sheet(
        sheet.home,
        sheet.publication,
        sheet.desk,
        sheet.draft,
        text,
        sheet.language,
        sheet.account,
        sheet.token,
    )
    title = sheet.say("editor.version-title", n=revision)
    main = join(
        (
            element("h1", title),
            element("p", element("a", sheet.draft.title, href=sheet.address())),
            restore if sheet.draft.state == "draft" else None,
            element("h2", sheet.say("editor.differences", n=count)),
            element("p", sheet.say("editor.differences-note", n=sheet.draft.revision), cls="gb-note"),
            changes if count else element("p", sheet.say("editor.no-differences"), cls="gb-quiet"),
            element("h2", sheet.say("editor.as-it-was")),
            preview(old.parsed(), draw),
        )
    )
    return whole_page(sheet, title, main, script=False)


def whole_page(sheet: Sheet, title: str, main: Markup, *, script: bool) -> str:
    """Masthead, sample mark and body of a page of the editor."""
    other = "en" if sheet.language == "zh" else "zh"
    basket = sheet.desk.basket
    head = masthead(
        "desk", sheet.language, sheet.home.settings.place.language, {}, sheet.publication.sample,
        sheet.publication, sheet.signed_in(), basket.count(basket.chosen(sheet.account)),
        f"/desk/drafts/{sheet.draft.draft_id}?lang={other}",
    )  # fmt: skip
    language = "zh-CN" if sheet.language == "zh" else "en"
    sheets = f'<link rel="icon" href="/favicon.png"><link rel="stylesheet" href="{asset("style.css")}">'
    sheets += f'<link rel="stylesheet" href="{asset("editor.css")}">'
    scripts = f'<script defer src="{asset("editor.js")}"></script>' if script else ""
    body = element("div", element("main", main, id="gb-content"), cls="gb gb-sheet")
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{join((title,))} · {sheet.say('site.name')}</title>{sheets}{scripts}</head>"
        f'<body class="gb-desk">{head}{body}</body></html>'
    )


def _facts(sheet: Sheet) -> list[Child]:
    draft, template = sheet.draft, sheet.template()
    called = template.called(sheet.language) if template else draft.template
    period = f"{draft.since} – {draft.until}" if draft.since else None
    parts = (called, sheet.theme_name(), period, sheet.say(f"desk.state-{draft.state}"), sheet.author())
    review = address("reports", sheet.spoken, draft=draft.draft_id)
    return [
        " · ".join(part for part in parts if part), " · ",
        element("a", sheet.say("reports.to-review"), href=review), " ",
        element("span", id="gb-who", role="status"),
    ]  # fmt: skip


def _text_form(sheet: Sheet) -> Markup:
    draft = sheet.draft
    closed = draft.state != "draft"
    area = element(
        "textarea",
        "\n" + sheet.text,  # a page drops the first line end of a text area
        name="text",
        id="gb-text",
        rows="28",
        maxlength=str(LONGEST),
        spellcheck="false",
        readonly=closed,
        aria_label=sheet.say("editor.text"),
        lang="zh-CN" if draft.language == "zh" else "en",
        data_draft=str(draft.draft_id),
        data_account=sheet.account,
        data_base=str(draft.revision),
        data_token=sheet.token,
        data_address=sheet.address(),
        data_closed=closed,
        **{f"data_say_{name}": sheet.say(f"editor.script-{name}") for name in _SPOKEN},
    )
    title = element(
        "label",
        sheet.say("editor.title"),
        element(
            "input", type="text", name="title", value=draft.title, maxlength=str(LONGEST_TITLE),
            readonly=closed, required=True,
        ),
    )  # fmt: skip
    buttons = element(
        "div",
        element("button", sheet.say("editor.save"), name="do", value="save", id="gb-save"),
        element("span", sheet.say("editor.state-read" if closed else "editor.state-open"), id="gb-state",
                role="status"),
        cls="gb-saving",
    )  # fmt: skip
    return element(
        "form",
        element("input", type="hidden", name="token", value=sheet.token),
        element("input", type="hidden", name="base", value=str(draft.revision)),
        title,
        element("p", sheet.say(f"editor.closed-{draft.state}"), cls="gb-notice") if closed else None,
        area,
        None if closed else buttons,
        action=sheet.address(),
        method="post",
        cls="gb-text-form",
        id="gb-text-form",
    )


_SPOKEN = (
    "saving", "saved", "waiting", "failed", "signed-out", "refused", "others", "merged", "conflict", "offer",
    "put-back", "discard",
)  # fmt: skip


def _preview(sheet: Sheet, parsed: Parsed, draw: Draw) -> Markup:
    return element(
        "details",
        element("summary", sheet.say("editor.preview")),
        element(
            "div",
            preview(parsed, draw),
            id="gb-preview",
            tabindex="0",
            role="region",
            aria_label=sheet.say("editor.preview"),
        ),
        open=True,
        cls="gb-panel",
    )


def _panels(sheet: Sheet, parsed: Parsed) -> list[Child]:
    check = (
        element("p", sheet.say("editor.check-note"), cls="gb-note"),
        element(
            "form",
            element("input", type="hidden", name="token", value=sheet.token),
            element("button", sheet.say("editor.check"), id="gb-check-now", cls="gb-script"),
            action=sheet.address("/check"), method="post", cls="gb-small-form", id="gb-check-form",
        ),
        element("div", id="gb-findings", role="status"),
    )  # fmt: skip
    shown = element("div", panels.length(sheet, parsed), id="gb-length")
    return [
        shown,
        _panel(sheet, "outline", panels.outline(sheet, parsed), opened=True),
        _panel(sheet, "basket", panels.basket(sheet), opened=True),
        _panel(sheet, "references", panels.references(sheet, parsed)),
        _panel(sheet, "check", *check),
        _panel(sheet, "comments", talk.comments(sheet)),
        _panel(sheet, "sections", panels.sections(sheet)),
        _panel(sheet, "versions", talk.versions(sheet)),
        _drop(sheet),
    ]


def _panel(sheet: Sheet, name: str, *content: Child, opened: bool = False) -> Markup:
    summary = element("summary", element("h2", sheet.say(f"editor.{name}")))
    inner = element("div", *content, id=f"gb-{name}")
    return element("details", summary, inner, cls="gb-panel", open=opened, id=f"gb-panel-{name}")


def _drop(sheet: Sheet) -> Markup | None:
    """Dropping a draft and taking it up again; both leave every version where it is."""
    to = {"draft": "dropped", "dropped": "draft"}.get(sheet.draft.state)
    if to is None:
        return None
    return element(
        "form",
        element("input", type="hidden", name="token", value=sheet.token),
        element("input", type="hidden", name="revision", value=str(sheet.draft.revision)),
        element("button", sheet.say(f"editor.make-{to}"), name="state", value=to),
        action=sheet.address("/state"),
        method="post",
        cls="gb-small-form",
    )
