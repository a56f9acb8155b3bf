"""The page of a pack in a browser without network: it shows everything, runs nothing, asks nobody."""

from __future__ import annotations

import io
import zipfile
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from tests.evidence.conftest import Signed

pytestmark = pytest.mark.browser


def _violations(page: Any) -> list[str]:
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa']})")["violations"]
    return [one["id"] for one in found if one["impact"] in ("serious", "critical")]


def test_the_viewer_works_from_the_file_system(signed: Signed, browser: Any, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(signed.pack())) as pack:
        pack.extractall(tmp_path)
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text))
    page.goto((tmp_path / "viewer.html").as_uri())
    assert page.locator("h2:visible").all_inner_texts()[0] == "报告正文"
    page.get_by_label("English").check()
    assert page.locator("h2:visible").all_inner_texts()[0] == "The report"
    for one in ("zh", "en"):
        page.locator(f"#ui-{one}").check()
        assert _violations(page) == []
    page.locator("#r-e3").click()
    page.locator("#p-e3 a", has_text="See it in the source's text").click()
    assert page.locator("span#t-e3 + mark").inner_text() == "做好"
    assert page.locator("span#t-e3 + mark").evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    marked = page.evaluate("[...document.querySelectorAll('#t-e7 + mark')].map(one => one.textContent)")
    assert marked == ["推进智慧养老"]
    assert page.evaluate("window.pwn") is None
    assert page.evaluate("document.scripts.length + document.images.length + frames.length") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert (len(asked), errors) == (1, [])
    context.close()
