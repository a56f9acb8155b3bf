"""A browser page that walks through the application without loading it anew, and keeps what went wrong."""

from __future__ import annotations

from importlib import resources
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from dashboard.addresses import PATHS

_PAGE_OF = {path: page for page, path in PATHS.items()}
_ARRIVED = """view => document.getElementById("gb-main")?.dataset.view === view
    && document.querySelector(".gb-foot")
    && document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning" """
_GO = """address => {
    history.pushState({}, "", address); window.dispatchEvent(new PopStateEvent("popstate"));
}"""
_RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa"]}, "resultTypes": ["violations"]}
_SERIOUS = {"serious", "critical"}


class Tab:
    """One reader's tab; `foreign` are requests to other hosts, `errors` what scripts threw."""

    def __init__(self, browser: Any, base: str, width: int = 1280, height: int = 900) -> None:
        self.base = base
        self.page = browser.new_page(viewport={"width": width, "height": height})
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", self._asked)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.base, self.base.replace("http", "ws"), "data:", "blob:")):
            self.foreign.append(request.url)


class Walker(Tab):
    """A tab that walks from page to page as links of ours do."""

    def open(self, path: str) -> Any:
        """Load the application at an address and wait until the page is whole."""
        self.page.goto(self.base + path)
        return self._whole(path)

    def go(self, path: str) -> Any:
        """Go to another address as a link of ours does."""
        self.page.evaluate(_GO, path)
        return self._whole(path)

    def violations(self) -> list[str]:
        """What axe-core finds serious or critical on the page by WCAG 2 A and AA: rule and first element."""
        if not self.page.evaluate("typeof window.axe === 'object'"):
            self.page.evaluate(_axe())
        found = self.page.evaluate("rules => axe.run(document, rules)", _RULES)["violations"]
        return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in _SERIOUS]

    def _whole(self, path: str) -> Any:
        parts = urlsplit(path)
        given = sorted(parse_qsl(parts.query))
        view = _PAGE_OF[parts.path] + "?" + "&".join(f"{name}={value}" for name, value in given)
        self.page.wait_for_function(_ARRIVED, arg=view, timeout=60_000)
        return self.page


def _axe() -> str:
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
