"""A stand-in for Tesseract on the PATH, pictures for it to read, and captures that hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from crawlers.shelving import card_of
from warehouse.archive.writer import ArchiveWriter
from warehouse.crawl_state.store import CrawlState
from warehouse.home import Home
from warehouse.records import Capture, CaptureKind

PAGE = "http://a.example/zc/202605/t20260506_1.html"
SCAN = "http://a.example/zc/202605/P020260506.png"


def picture(mark: str = "one") -> bytes:
    """Bytes that are a picture by their first eight, each mark another file."""
    return b"\x89PNG\r\n\x1a\n" + mark.encode()


def stand_in(folder: Path, lines: Sequence[str], confidence: float = 87) -> Path:
    """A program `tesseract` in `folder` that reads these lines in every picture."""
    rows = ["\t".join(map(str, range(12)))]
    rows += [f"5\t1\t1\t1\t{n}\t1\t0\t0\t9\t9\t{confidence}\t{line}" for n, line in enumerate(lines, start=1)]
    table = folder / "table.tsv"
    folder.mkdir(exist_ok=True)
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    program = folder / "tesseract"
    program.write_text(
        "#!/bin/sh\n"
        'case "$1" in\n'
        "--version) echo tesseract 5.9.9;;\n"
        "--list-langs) printf 'langs:\\nchi_sim\\neng\\n';;\n"
        f"*) cat '{table}';;\n"
        "esac\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    return folder


def shelve(
    home: Home,
    url: str,
    body: bytes,
    media_type: str = "text/html",
    parent: str | None = None,
    kind: CaptureKind = "fetched",
) -> Capture:
    """The bytes in the archive with their capture row, as a crawl leaves them."""
    with CrawlState.open(home) as state:
        run_id = state.new_run("crawl", ["s"])
        at = home.clock.now()
        with ArchiveWriter(home.archive, run_id, home.clock) as writer:
            place = writer.write_resource(url, media_type, body, at)
            writer.sync()
        role = "attachment" if parent else "detail" if kind == "fetched" else "unknown"
        card = card_of("s", run_id, url, media_type, body, at, place, "handed-in")
        capture = replace(card, kind=kind, role=role, parent_url=parent)
        state.add_captures([capture], {place.file: place.offset + place.length})
        state.end_run(run_id, "done")
    return capture


def page_with_scan(home: Home) -> None:
    """A notice with a scanned attachment, both archived."""
    link = f'<p><a href="{SCAN}">附件：床位测算表</a></p>'
    text = "<p>各有关单位应当认真组织实施，并按季度报送进展情况。</p>"
    body = f"<h1>关于核定床位的通知</h1><div class='TRS_Editor'>{text}{link}</div>"
    shelve(home, PAGE, f"<html><body>{body}</body></html>".encode())
    shelve(home, SCAN, picture(), "image/png", PAGE)
