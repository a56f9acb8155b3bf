"""Pictures of the dashboards for README, guides and tour: `python -m dashboard.screenshots [NAME ...]`."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from PIL import Image

from dashboard.drafting.begin import begin
from warehouse.desk import Desk
from warehouse.errors import EnvironmentProblem, UserError
from warehouse.home import Home
from warehouse.passages import passage_of
from warehouse.publication import Publication

CHROMIUM = "/usr/bin/chromium"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_ROOT = Path(__file__).resolve().parents[1]
IMAGES = _ROOT / "docs" / "images"
LANGUAGES = ("zh", "en")
LARGEST = 150_000  # bytes of one picture


@dataclass(frozen=True, slots=True)
class Picture:
    """One row of docs/images/pictures.toml, which says what each field means."""

    name: str
    page: str
    day: int = 0
    document: str = ""
    words: str = ""
    scroll: str = ""
    click: tuple[str, ...] = ()
    desk: bool = False
    width: int = 1280
    height: int = 900


def pictures(file: Path = IMAGES / "pictures.toml") -> tuple[Picture, ...]:
    """The pictures the documents show, in the order of the sample's days."""
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["picture"]
    found = (Picture(**{**row, "click": tuple(row.get("click", ()))}) for row in rows)
    return tuple(sorted(found, key=lambda one: one.day))


def make(home: Home, out_folder: Path, wanted: Iterable[Picture]) -> list[Path]:
    """Take pictures of a published home in both languages; the files written."""
    publication = Publication.current(home)
    if publication is None:
        raise UserError(
            f"{home.root} has no publication to picture; run 'govbrief --home {home.root} run' first."
        )
    out_folder.mkdir(parents=True, exist_ok=True)
    wanted = list(wanted)
    if any(picture.desk for picture in wanted):
        _work(home, publication)
    addressed = [(picture, _address(publication, picture)) for picture in wanted]
    with _served(home) as base, _page() as page:
        return [
            _take(page, picture, f"{base}{address}{'&' if '?' in address else '?'}lang={language}", file)
            for language in LANGUAGES
            for picture, address in addressed
            for file in [out_folder / f"{picture.name}-{language}.png"]
        ]


def main(names: list[str]) -> None:
    """Take all pictures, or those named, of a sample province made for it, into docs/images."""
    wanted = [picture for picture in pictures() if not names or picture.name in names]
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "sample"
        for day, group in groupby(wanted, key=lambda picture: picture.day):
            _sample(sample, day)
            for file in make(Home.open(sample), IMAGES, group):
                print(f"{file.relative_to(_ROOT)}: {file.stat().st_size / 1000:.0f} kB")


def _work(home: Home, publication: Publication) -> None:
    """What an analyst did before the pictures of the desk: passages kept, the weekly draft begun; once."""
    with Desk.open(home) as desk:
        if desk.drafts.listed():
            return
        who = desk.current_user().name
        for number in _COLLECTED:
            for found in publication.rows(_DOCUMENT, [number]):
                body = publication.body(found["document_id"])
                at = max(range(len(body)), key=lambda one: len(_MONTHS.findall(body[one])))
                passage = passage_of(publication, found["document_id"], at)
                desk.basket.add(_THEME, passage, found["title"], "", (), who)
        desk.basket.choose(who, _THEME)
        begin(home, publication, desk, who, template="weekly", theme=_THEME)


_THEME = "elderly-care"
_COLLECTED = ("青政办发〔2026〕13号", "云政办发〔2026〕14号", "澜政发〔2026〕6号")
_MONTHS = re.compile(r"\d月")


def _address(publication: Publication, picture: Picture) -> str:
    """The picture's page with the document it is about."""
    if not picture.document:
        return picture.page
    rows = publication.rows(_DOCUMENT, [picture.document])
    if not rows:
        raise UserError(f"pictures.toml: {picture.name} asks for {picture.document}, which is not published.")
    found = rows[0]
    body = publication.body(found["document_id"])
    passage = next((at for at, text in enumerate(body, start=1) if picture.words in text), None)
    if passage is None:
        raise UserError(f"pictures.toml: {picture.document} does not hold the words of {picture.name}.")
    return picture.page.format(document=found["document_id"], capture=found["capture_id"], passage=passage)


_DOCUMENT = """
select document_id, capture_id, title from document
where ? in (doc_number, title) and reprint_of is null order by document_id limit 1
"""


def _take(page: Any, picture: Picture, address: str, file: Path) -> Path:
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    page.goto(address)
    page.wait_for_selector(
        ".gb-foot, .gb-archive, .gb-sheet", timeout=90_000
    )  # a busy machine is no fault of the page
    page.wait_for_timeout(1500)  # charts draw after the page is there
    for target in picture.click:
        page.locator(target).first.click()
        page.wait_for_timeout(300)
    if picture.scroll:
        page.locator(picture.scroll).first.evaluate("node => node.scrollIntoView({block: 'start'})")
        page.locator("[data-testid=stMain]").evaluate("node => node.scrollBy(0, -16)")
    page.mouse.move(0, 0)
    page.wait_for_timeout(300)
    page.screenshot(path=str(file))
    _shrink(file)
    return file


def _shrink(file: Path) -> None:
    """A page has few colours: as many as the picture's allowance of bytes leaves room for."""
    with Image.open(file) as taken:
        whole = taken.convert("RGB")
    for colours in (64, 32, 16):
        whole.quantize(colors=colours).save(file, optimize=True)
        if file.stat().st_size <= LARGEST:
            return
    raise UserError(f"{file.name} is larger than {LARGEST:,} bytes; give it less height in pictures.toml.")


@contextmanager
def _page() -> Iterator[Any]:
    if not Path(CHROMIUM).exists():
        raise EnvironmentProblem(
            f"There is no Chromium at {CHROMIUM}; install it with 'apt-get install chromium'."
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        try:
            yield browser.new_page()
        finally:
            browser.close()


@contextmanager
def _served(home: Home) -> Iterator[str]:
    """The home served by a process of its own on a free port, ended afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "dashboard.commands.main",
        "--home",
        str(home.root),
        "serve",
        "--port",
        str(port),
    ]
    process = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise EnvironmentProblem(
                f"The dashboard ended with code {process.returncode} before it answered."
            )
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise EnvironmentProblem(f"The dashboard did not answer at {address}.")


def _sample(folder: Path, day: int) -> None:
    """The sample province from crawl to publication on a day; days may only go forward."""
    program = [sys.executable, "-m", "dashboard.commands.main", "--home", str(folder)]
    ended = subprocess.run(
        [*program, "demo", "--no-serve", "--day", str(day)], cwd=_ROOT, stdout=subprocess.DEVNULL
    )
    if ended.returncode not in (0, 3):  # 3: a site of the sample is out of order that day, as it should be
        raise EnvironmentProblem(f"The sample of day {day} ended with code {ended.returncode}.")


if __name__ == "__main__":
    main(sys.argv[1:])
