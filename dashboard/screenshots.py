"""Pictures of the dashboards for the README and the guides: `python -m dashboard.screenshots [HOME]`."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from PIL import Image

from warehouse.errors import EnvironmentProblem, UserError
from warehouse.home import Home
from warehouse.publication import Publication

CHROMIUM = "/usr/bin/chromium"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_WIDTH, _HEIGHT, _TALLEST = 1280, 900, 1500
_ROOT = Path(__file__).resolve().parents[1]


def make(home: Home, out_folder: Path) -> list[Path]:
    """Take the pictures of a published home in both languages; the files written."""
    publication = Publication.current(home)
    if publication is None:
        raise UserError(
            f"{home.root} has no publication to picture; run 'govbrief --home {home.root} run' first."
        )
    out_folder.mkdir(parents=True, exist_ok=True)
    views = _views(publication)
    with _served(home) as base, _page() as page:
        return [
            _take(
                page,
                f"{base}{path}{'&' if '?' in path else '?'}lang={language}",
                out_folder / f"{name}-{language}.png",
            )
            for language in ("zh", "en")
            for name, path in views.items()
        ]


def main(arguments: list[str]) -> None:
    """Picture the given home, else the sample province on its third day, into docs/images."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(arguments[0]) if arguments else _sample(Path(folder) / "sample")
        for file in make(Home.open(home), _ROOT / "docs" / "images"):
            print(file.relative_to(_ROOT))


def _views(publication: Publication) -> dict[str, str]:
    """The pages to picture: a theme and a document that have something to tell."""
    theme = publication.rows(_FULLEST_THEME)
    document = publication.rows(_RICHEST_DOCUMENT)
    views = {"home": "/?since=30d", "search": f"/docs?s={quote('养老服务')}", "runs": "/runs"}
    if theme:
        views["theme"] = f"/topics?theme={theme[0]['theme_id']}&since=90d"
    if document:
        views["document"] = f"/doc?id={document[0]['document_id']}&para={document[0]['paragraph'] + 1}"
    return views


_FULLEST_THEME = """
select theme_id, count(*) as documents from theme_member
group by theme_id order by documents desc, theme_id limit 1
"""
_RICHEST_DOCUMENT = """
select u.document_id, min(u.paragraph) as paragraph, count(*) as duties
from duty u join document d on d.document_id = u.document_id
where d.status <> 'withdrawn' and d.reprint_of is null and len(u.who) > 0
group by u.document_id order by duties desc, u.document_id limit 1
"""


def _take(page: Any, address: str, file: Path) -> Path:
    page.set_viewport_size({"width": _WIDTH, "height": _HEIGHT})
    page.goto(address)
    page.wait_for_selector(".gb-foot")
    page.wait_for_timeout(1500)  # charts draw after the page is there
    tall = page.evaluate(
        "document.querySelector('[data-testid=stMainBlockContainer]').getBoundingClientRect().height"
    )
    page.set_viewport_size({"width": _WIDTH, "height": int(min(max(tall, _HEIGHT), _TALLEST))})
    page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    page.wait_for_timeout(300)
    page.screenshot(path=str(file))
    with Image.open(file) as taken:  # a page has few colours: a third of the bytes, no visible loss
        few = taken.convert("RGB").quantize(colors=128)
    few.save(file, optimize=True)
    return file


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


def _sample(folder: Path) -> Path:
    """The sample province from crawl to publication, on its first and third day."""
    for day in ("0", "2"):
        command = [
            sys.executable,
            "-m",
            "dashboard.commands.main",
            "--home",
            str(folder),
            "demo",
            "--no-serve",
            "--day",
            day,
        ]
        subprocess.run(command, cwd=_ROOT, check=True, stdout=subprocess.DEVNULL)
    return folder


if __name__ == "__main__":
    main(sys.argv[1:])
