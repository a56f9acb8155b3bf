"""The whole story on the sample province, in a browser: from signing in to a signed report on paper.

An analyst signs in, searches, collects six passages, drafts the weekly brief, is stopped by a quotation that
nobody said, mends it and submits; a reviewer signs; PDF and DOCX are taken home, rendered and measured.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from dashboard.accounts.passwords import hashed
from dashboard.report.layout import layout_of
from tests.commands.conftest import Govbrief
from tests.copying import copied
from tests.dashboard.conftest import Served
from warehouse.desk import LOCAL, Desk
from warehouse.home import Home

PASSWORD = "seven green boats at dawn"
FALSE = "全省老人一律免费入住养老院，不设任何条件。"
WAIT = 60_000  # milliseconds; never reached on a machine that works


@pytest.fixture(scope="module")
def staffed(published_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    root = copied(published_home, tmp_path_factory.mktemp("story") / "home")
    settings = root / "govbrief.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + '\n[accounts]\nmode = "local"\n', encoding="utf-8"
    )
    home = Home.open(root)
    with Desk.open(home) as desk:
        for name, role in (("li", "analyst"), ("wang", "reviewer"), ("zhao", "reader")):
            desk.accounts.add(name, role, LOCAL, password=hashed(PASSWORD), must_change=False)
        desk.basket.choose("li", "elderly-care")
    return home


@pytest.fixture(scope="module")
def people(staffed: Home, browser: Any) -> Iterator[Callable[[str, str], Any]]:
    """Open an address as somebody: signs in first, and arrives at what was asked."""
    served = Served(staffed)
    known: dict[str, Any] = {}

    def open_as(name: str, address: str) -> Any:
        if name not in known:
            window = browser.new_context(locale="zh-CN", accept_downloads=True)
            window.set_default_timeout(WAIT)
            known[name] = window.new_page()
            known[name].goto(served.base + address)
            known[name].fill("#f-name", name)
            known[name].fill("#f-password", PASSWORD)
            known[name].click("button[type=submit]")
        else:
            known[name].goto(served.base + address)
        return known[name]

    yield open_as
    for page in known.values():
        page.context.close()
    served.stop()


def test_from_evidence_to_a_signed_report(
    people: Callable[[str, str], Any], staffed: Home, govbrief: Govbrief, tmp_path: Path
) -> None:
    collect_six(people, staffed)
    draft = begin_the_weekly(people, staffed)
    stopped_by_a_false_quotation(people, staffed, govbrief, draft)
    reviewed_and_signed(people, staffed, draft)
    taken_home(people, staffed, govbrief, tmp_path)


def collect_six(people: Callable[[str, str], Any], home: Home) -> None:
    page = people("li", "/docs?s=养老服务")
    page.wait_for_selector("button.gb-keep, button[data-post]")
    buttons = page.locator("button[data-post]")
    assert buttons.count() >= 6
    for number in range(6):
        buttons.nth(number).click()
        page.get_by_text(f"本专题共 {number + 1} 条").wait_for()
    page.goto(page.url)  # F5
    page.get_by_text("素材篮 6").wait_for()
    with Desk.open(home) as desk:
        kept = desk.basket.items("elderly-care")
    assert len(kept) == 6
    assert {one.account for one in kept} == {"li"}


def begin_the_weekly(people: Callable[[str, str], Any], home: Home) -> str:
    page = people("li", "/desk")
    page.wait_for_selector("form[action*='drafts'] select")
    form = page.locator("form[action*='drafts']")
    form.locator("select").nth(0).select_option(label="周报")
    form.locator("select").nth(1).select_option(label="养老服务")
    form.get_by_role("button").last.click()
    page.wait_for_selector("#gb-text")
    text = page.locator("#gb-text").input_value()
    assert "## 要闻" in text
    assert text.count("[^d") >= 5  # filled lines carry their documents
    inserted = page.locator("[data-insert]")
    assert inserted.count() >= 6  # the six passages stand ready
    page.locator("#gb-text").evaluate("one => one.setSelectionRange(one.value.length, one.value.length)")
    inserted.first.click()
    written = page.locator("#gb-text").input_value()
    assert "[^e" in written
    draft = str(page.locator("#gb-text").get_attribute("data-draft"))
    saved(page, written, home, draft)
    return draft


def stopped_by_a_false_quotation(
    people: Callable[[str, str], Any], home: Home, govbrief: Govbrief, draft: str
) -> None:
    page = people("li", f"/desk/drafts/{draft}")
    area = page.locator("#gb-text")
    good = area.input_value()
    write(page, good.replace("## 要闻", f"省民政厅要求“{FALSE}”[^e1]\n\n## 要闻", 1), home, draft)
    page.locator("#gb-panel-check > summary, #gb-panel-checks > summary").first.click()
    page.locator("#gb-check-now").click()
    page.locator("#gb-findings").get_by_text("不能签发").wait_for()
    assert FALSE in page.locator("#gb-findings").inner_text()
    for format in ("pdf", "docx", "md"):
        file = home.root / f"unsigned.{format}"
        refused = govbrief("report", "export", draft, "--format", format, "-o", file, "--home", home.root)
        assert refused.code == 4, refused.err
        assert not file.exists()
    people("li", f"/reports?draft={draft}").get_by_role("button", name="送审这一版").wait_for()
    page = people("li", f"/desk/drafts/{draft}")
    write(page, good, home, draft)
    page.locator("#gb-panel-check > summary, #gb-panel-checks > summary").first.click()
    page.locator("#gb-check-now").click()
    page.locator("#gb-findings").get_by_text("不能签发 0 处").or_(
        page.locator("#gb-findings").get_by_text("没有")
    ).first.wait_for()


def write(page: Any, text: str, home: Home, draft: str) -> None:
    """Put a text into the editor and wait until the desk has it."""
    page.locator("#gb-text").fill(text)
    saved(page, text, home, draft)


def saved(page: Any, text: str, home: Home, draft: str) -> None:
    """Wait until the draft's head is this text: what is saved later would be merged into what comes next."""
    for _ in range(400):
        with Desk.open(home) as desk:
            if desk.drafts.head(int(draft))[1].strip() == text.strip():
                return
        page.wait_for_timeout(100)
    raise AssertionError("the draft was not saved")


def reviewed_and_signed(people: Callable[[str, str], Any], home: Home, draft: str) -> None:
    page = people("li", f"/reports?draft={draft}")
    page.get_by_role("button", name="送审这一版").click()
    for _ in range(400):
        with Desk.open(home) as desk:
            if desk.drafts.get(int(draft)).state == "review":
                break
        page.wait_for_timeout(100)
    page = people("li", f"/reports?draft={draft}")
    page.get_by_text("签发和退回由审核人办理").wait_for()
    assert page.get_by_role("button", name="签发").count() == 0  # analysts sign nothing
    review = people("wang", f"/reports?draft={draft}")
    review.get_by_role("button", name="签发").wait_for()
    waivers = review.get_by_role("button", name="认可保留")
    for left in range(waivers.count(), 0, -1):  # the regulation quoted was amended since: somebody must know
        review.get_by_label("认可保留的理由").first.fill("所引条款未改。")
        waivers.first.click()
        review.wait_for_function(
            "n => [...document.querySelectorAll('button')].filter(b => b.innerText == '认可保留').length < n",
            arg=left,
        )
    review.get_by_role("button", name="签发").click()
    for _ in range(400):
        with Desk.open(home) as desk:
            issues = desk.issues.all()
        if issues:
            break
        review.wait_for_timeout(100)
    assert [(one.number, one.state, one.approved_by) for one in issues] == [(1, "signed", "wang")]


def taken_home(people: Callable[[str, str], Any], home: Home, govbrief: Govbrief, folder: Path) -> None:
    """A reader takes the files: those that were signed, on the grid; and the pack proves itself."""
    page = people("zhao", "/reports?issue=1")
    page.get_by_role("link", name="PDF").first.wait_for()
    files: dict[str, bytes] = {}
    for format in ("pdf", "docx", "md"):
        with page.expect_download() as told:
            page.locator(f"a[href*='/issue/1/{format}']").first.click()
        files[format] = Path(told.value.path()).read_bytes()
    with Desk.open(home) as desk:
        kept = {one.format: one.sha256 for one in desk.issues.files(1)}
    assert {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}.items() <= kept.items()
    pdf = layout_of(files["pdf"])
    assert pdf.ok, pdf.failures
    docx = layout_of(files["docx"])
    assert docx.ok, docx.failures
    assert FALSE not in files["md"].decode("utf-8")
    assert zipfile.ZipFile(BytesIO(files["docx"])).testzip() is None
    pictures = [page.render(scale=1).to_pil() for page in pypdfium2.PdfDocument(files["pdf"])]
    assert len(pictures) >= 2
    assert all(one.convert("L").getextrema()[0] < 60 for one in pictures)  # ink on every page
    pack = folder / "issue.zip"
    assert govbrief("report", "pack", "1", "-o", pack, "--home", home.root).code == 0
    assert govbrief("verify-pack", pack).code == 0
