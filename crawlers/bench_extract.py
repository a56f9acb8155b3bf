"""`bench extract`: our container path beside trafilatura, on the same pages in one run."""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from crawlers.extraction.charset import decode
from crawlers.extraction.containers import find_container
from crawlers.extraction.html import read_page
from crawlers.extraction.page import open_page
from crawlers.platforms.detect import detect

Progress = Callable[[str, int, int], None]

BAR = 15  # container path over trafilatura
_ROUNDS = 5
_MADE_PAGES = 60
_PARAGRAPH = "各有关单位应当按照职责分工，认真组织实施，并于每季度末将进展情况书面报送办公室。"


@dataclass(frozen=True, slots=True)
class _Recorded:
    url: str
    body: bytes


def bench_extract(
    data_folder: Path | None = None, progress: Progress | None = None, size: int | None = None
) -> dict[str, Any]:
    """Pages a second of both readers and their ratio; the recorded gov.cn pages, or made ones when absent.

    `container` is bytes to numbered paragraphs, as trafilatura's text is; `complete` adds everything we read
    of a page (disclosure table, meta tags, number, attachments), beside trafilatura with its metadata.
    """
    pages, origin = _recorded(data_folder), "recorded gov.cn pages"
    if not pages:
        pages, origin = _made(size or _MADE_PAGES), "made pages (the recorded ones are absent)"
    pages = pages[: size or len(pages)]
    rates = _rates(pages, progress)
    ratio = rates["container"] / rates["trafilatura"]
    return {
        "pages": len(pages),
        "data": origin,
        **{f"{name}_pages_per_second": round(rate, 1) for name, rate in rates.items()},
        "ratio": round(ratio, 1),
        "complete_ratio": round(rates["complete"] / rates["trafilatura_with_metadata"], 1),
        "bar": BAR,
        "passed": ratio >= BAR,
    }


run = bench_extract


def _rates(pages: list[_Recorded], progress: Progress | None) -> dict[str, float]:
    """Pages a second of every reader: the readers take turns, and of each page the shortest time counts.

    It is processor time, so that a neighbour on the machine counts as little as may be.
    """
    best = {name: [math.inf] * len(pages) for name in _READERS}
    for number in range(_ROUNDS):
        for name, read in _READERS.items():
            times = [_time(read, page) for page in pages]
            best[name] = [min(pair) for pair in zip(best[name], times, strict=True)]
            if progress:
                progress(name, number + 1, _ROUNDS)
    return {name: len(pages) / sum(times) for name, times in best.items()}


def _time(read: Callable[[_Recorded], object], page: _Recorded) -> float:
    begin = time.process_time()
    read(page)
    return time.process_time() - begin


def _container(page: _Recorded) -> object:
    return find_container(open_page(decode(page.body), page.url))


def _complete(page: _Recorded) -> object:
    detect(page.body, page.url)
    return read_page(open_page(decode(page.body), page.url))


def _trafilatura(page: _Recorded, metadata: bool = False) -> object:
    import trafilatura

    return trafilatura.extract(page.body, url=page.url, include_comments=False, with_metadata=metadata)


_READERS: dict[str, Callable[[_Recorded], object]] = {
    "container": _container,
    "complete": _complete,
    "trafilatura": _trafilatura,
    "trafilatura_with_metadata": partial(_trafilatura, metadata=True),
}


def _recorded(folder: Path | None) -> list[_Recorded]:
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    html = (folder or Path(os.environ.get("GOVBRIEF_SHARED_DATA", default))) / "zh" / "html"
    if not (html / "truth.jsonl").is_file():
        return []
    rows = [json.loads(line) for line in (html / "truth.jsonl").read_text("utf-8").splitlines()]
    return [_Recorded(row["url"], (html / row["file"]).read_bytes()) for row in rows if row["body"]]


def _made(count: int) -> list[_Recorded]:
    """Pages of our own with the parts of real ones: navigation, table, container, footer."""
    links = "".join(f'<li><a href="/lm{n}/index.html">栏目{n}</a></li>' for n in range(60))
    pages = []
    for number in range(count):
        text = "".join(
            f"<p style='text-indent: 2em'><span>第{n}条　{_PARAGRAPH}</span></p>" for n in range(1, 60)
        )
        table = (
            f"<table><tr><td><b>索 引 号：</b></td><td>0000/2026-{number:05d}</td><td><b>发文机关：</b></td>"
        )
        table += (
            f"<td>示例厅</td></tr><tr><td><b>发文字号：</b></td><td>示发〔2026〕{number}号</td></tr></table>"
        )
        head = f"<title>示例通知</title><meta name='PubDate' content='2026-05-{number % 28 + 1:02d}'>"
        body = f"<ul>{links}</ul>{table}<div id='UCAP-CONTENT'>{text}</div><div>{links}</div>"
        html = f"<html><head>{head}</head><body>{body}</body></html>"
        pages.append(_Recorded(f"http://www.made.example/c/t20260501_{number}.html", html.encode()))
    return pages
