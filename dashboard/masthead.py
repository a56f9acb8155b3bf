"""The head and foot of every page: name, pages, search, language, sample mark, and what the page rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.addresses import address
from dashboard.markup import Markup, element, unbroken
from dashboard.words import say

if TYPE_CHECKING:
    from dashboard.frame import Frame
    from warehouse.publication import Publication

# What an official reads stands in the bar; what analysts and the library's own people use, one menu away.
NAVIGATION = ("today", "topics", "departments", "regions", "deadlines", "docs")
MENU = {
    "work": ("desk", "reports", "basket", "accession", "review", "service"),
    "research": ("compare", "cascade", "board", "network", "shelves", "searches"),
    "upkeep": ("routing", "runs", "completeness", "teach", "accounts", "about"),
}
_WITHIN = {"doc": "docs", "listing": "docs", "correct": "docs", "bulk": "docs"}


def masthead(
    page: str,
    language: str,
    home_language: str,
    parameters: dict[str, str],
    sample: bool,
    publication: Publication | None,
    who: str = "",
    kept: int | None = None,
    there: str | None = None,
) -> Markup:
    """Name, navigation, search and language switch; on sample data the mark stands above everything.

    `there` is the address that the switch leads to, where it is not the page's own in the other language.
    """
    spoken = language if language != home_language else None
    here = _WITHIN.get(page, page)
    links = (element("li", _page_link(name, here, language, spoken)) for name in NAVIGATION)
    bar = element(
        "div",
        element("a", say(language, "site.skip"), href="#gb-main", cls="gb-skip"),
        element("a", say(language, "site.skip-due"), href="#gb-due", cls="gb-skip")
        if page == "today"
        else None,
        element("a", say(language, "site.name"), href=address("today", spoken), data_go=True, cls="gb-brand"),
        element(
            "nav",
            element("ul", *links, element("li", _menu(here, language, spoken))),
            aria_label=say(language, "nav.label"),
        ),
        _search(language, spoken) if page != "docs" else element("span", cls="gb-find"),
        _switch(page, language, parameters, there),
        _basket(language, spoken, kept) if kept is not None else None,
        element("a", who, href=f"/account?lang={language}", cls="gb-who") if who else None,
        cls="gb-bar",
    )
    mark = element("p", say(language, "site.sample"), cls="gb-sample", role="note") if sample else None
    anchor = element(
        "span",
        id="gb-main",
        tabindex="-1",
        data_lang=language,
        data_publication=publication.publication_id if publication else "",
        data_view=page + "?" + "&".join(f"{k}={v}" for k, v in sorted(parameters.items())),
    )
    return element("header", bar, mark, anchor, cls="gb gb-mast")


def footer(frame: Frame) -> Markup:
    """Publication, data date and the way to the method page."""
    publication = frame.publication
    return element(
        "footer",
        element(
            "p",
            unbroken(
                frame.say(
                    "foot.publication",
                    publication=publication.publication_id,
                    at=frame.local(publication.created_at),
                )
            ),
            " · ",
            frame.link(frame.say("foot.method"), "about"),
            " · ",
            frame.link(frame.say("foot.runs"), "runs"),
        ),
        element("p", frame.say("foot.caution")),
        cls="gb gb-foot",
    )


def _basket(language: str, spoken: str | None, kept: int) -> Markup:
    """The way to the evidence basket, with what it holds for the theme for which the reader collects."""
    label = say(language, "basket.link", n=kept)
    return element("a", label, href=address("basket", spoken), data_go=True, cls="gb-basket-link")


def _page_link(name: str, here: str, language: str, spoken: str | None) -> Markup:
    current = "page" if name == here else None
    label = say(language, f"nav.{name}")
    return element("a", label, href=address(name, spoken), data_go=True, aria_current=current)


def _menu(here: str, language: str, spoken: str | None) -> Markup:
    """The other pages by group, folded; the word that opens them is marked when one of them is open."""
    groups = (
        element(
            "div",
            element("p", say(language, f"nav.{group}"), cls="gb-menu-head"),
            element("ul", *(element("li", _page_link(name, here, language, spoken)) for name in names)),
        )
        for group, names in MENU.items()
    )
    within = any(here in names for names in MENU.values())
    return element(
        "details",
        element("summary", say(language, "nav.more"), cls="gb-within" if within else None),
        element("div", *groups, cls="gb-menu-pages"),
        cls="gb-menu",
    )


def _search(language: str, spoken: str | None) -> Markup:
    label = say(language, "search.box")
    return element(
        "form",
        element(
            "input",
            type="search",
            name="s",
            placeholder=label,
            aria_label=label,
            maxlength="200",
            autocomplete="off",
        ),
        element("input", type="hidden", name="lang", value=spoken) if spoken else None,
        action=address("docs"),
        data_go=True,
        role="search",
        cls="gb-find",
    )


def _switch(page: str, language: str, parameters: dict[str, str], there: str | None) -> Markup:
    other = "en" if language == "zh" else "zh"
    kept = {name: value for name, value in parameters.items() if name != "lang"}
    # Both languages are named in the address: the reader's choice must win over what the session remembers.
    return element(
        "a",
        say(other, "site.language"),
        href=there or address(page, other, **kept),
        data_go=True,
        lang="zh-CN" if other == "zh" else "en",
        hreflang="zh-CN" if other == "zh" else "en",
        cls="gb-lang",
    )
