"""The pages for signing in and for one's own account: plain HTML, no script."""

from __future__ import annotations

from urllib.parse import urlencode

from dashboard.markup import Child, Markup, element, join
from dashboard.shell import asset
from dashboard.words import say
from warehouse.desk.people import Account

LONGEST_NAME, LONGEST_PASSWORD = 40, 200
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)


def login_page(
    language: str, token: str, back: str, problem: str = "", name: str = "", provider: str | None = None
) -> str:
    """The form for signing in; `problem` says why the last try failed, `provider` names another way in."""
    away = f"/login/oidc/?{urlencode({'next': back, 'lang': language})}"
    label = say(language, "accounts.oidc", name=provider or say(language, "accounts.oidc-name"))
    elsewhere = element("p", element("a", label, href=away)) if provider is not None else None
    form = element(
        "form",
        _hidden("token", token),
        _hidden("next", back),
        _field(language, "name", name, "username"),
        _field(language, "password", "", "current-password", secret=True),
        element("button", say(language, "accounts.sign-in"), type="submit", cls="gb-button"),
        method="post",
        action=f"/login?lang={language}",
    )
    other = "en" if language == "zh" else "zh"
    switch = element("a", say(other, "accounts.this-language"), href=f"/login?lang={other}", hreflang=other)
    return _page(
        language, say(language, "accounts.title"), _problem(problem), elsewhere, form, element("p", switch)
    )


def account_page(
    language: str, account: Account, token: str, back: str = "/", problem: str = "", told: str = ""
) -> str:
    """One's own account: who, with which role; another password; signing out."""
    about = element(
        "p",
        element("strong", account.shown or account.name),
        " · ",
        say(language, f"role.{account.role}"),
        " — ",
        say(language, f"role.{account.role}-may"),
    )
    must = (
        element("p", say(language, "accounts.must-change"), cls="gb-notice") if account.must_change else None
    )
    change = element(
        "form",
        element("h2", say(language, "accounts.change")),
        _hidden("token", token),
        _hidden("next", back),
        _field(language, "old", "", "current-password", secret=True),
        _field(language, "new", "", "new-password", secret=True),
        _field(language, "again", "", "new-password", secret=True),
        element("button", say(language, "accounts.change-save"), type="submit", cls="gb-button"),
        method="post",
        action=f"/account/password?lang={language}",
    )
    leave = element(
        "form",
        element("h2", say(language, "accounts.leave-title")),
        _hidden("token", token),
        element("button", say(language, "accounts.leave"), type="submit", cls="gb-button"),
        method="post",
        action=f"/account/leave?lang={language}",
    )
    home = element("p", element("a", say(language, "accounts.home"), href=f"/?lang={language}"))
    notice = element("p", told, cls="gb-notice", role="status") if told else None
    title = say(language, "accounts.own-title")
    return _page(language, title, _problem(problem), notice, about, must, change, leave, home)


def _problem(problem: str) -> Markup | None:
    return element("p", problem, cls="gb-notice", role="alert") if problem else None


def _hidden(name: str, value: str) -> Markup:
    return element("input", type="hidden", name=name, value=value)


def _field(language: str, name: str, value: str, known: str, secret: bool = False) -> Markup:
    field = element(
        "input",
        id=f"f-{name}",
        name=name,
        type="password" if secret else "text",
        value=value,
        autocomplete=known,
        required=True,
        maxlength=LONGEST_PASSWORD if secret else LONGEST_NAME,
    )
    return element("p", element("label", say(language, f"accounts.{name}"), for_=f"f-{name}"), " ", field)


def _page(language: str, title: str, *parts: Child) -> str:
    html = "zh-CN" if language == "zh" else "en"
    name = say(language, "site.name")
    body = element("main", element("p", name, cls="gb-kicker"), element("h1", title), join(parts))
    return (
        f'<!doctype html><html lang="{html}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} · {name}</title>"  # words of ours
        f'<link rel="stylesheet" href="{asset("style.css")}"></head>'
        f'<body class="gb gb-archive gb-signing">{body}</body></html>'
    )
