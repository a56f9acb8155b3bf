"""Planted copies of real documents: how many are found, and how many texts a second get signatures."""

from __future__ import annotations

import gzip
import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from warehouse.bench.figures import Bar, Cell, Part, Progress, Table, measured
from warehouse.content import title_key
from warehouse.duplicate_check import Paper, compare
from warehouse.duplicates import SENTENCE, text_keys
from warehouse.shingles import RUN, plain

SIZE = 1000
_SHORTEST = 200  # letters
_HEAD = "首页 > 政务公开 > 文件 来源：某某省人民政府网 发布时间：2026-05-01 字号：大 中 小 打印\n"
_FOOT = "\n扫一扫在手机打开当前页 责任编辑：某某 主办单位：某某省人民政府办公厅 网站标识码 3300000001"
_ASKED = {"header and footer": 1.0, "a tenth edited": 0.98}


def bench_duplicates(data: Path, size: int, progress: Progress) -> Part:
    """The part of the benchmark page: `size` real documents, each planted twice under its own title."""
    return measured(lambda: _part(list(real_papers(data, size)), progress))


def real_papers(data: Path, size: int) -> Iterator[Paper]:
    """Real documents of `data` that are long enough, every n-th so that all collections take part."""
    files = [data / language / "documents.jsonl.gz" for language in ("zh", "en")]
    for file in files:
        yield from _some(file, max(1, size // len(files)))


def edited(text: str, drawn: random.Random, share: float = 0.1) -> str:
    """The text with runs of six characters replaced by others of it, together that share of it."""
    letters = list(text)
    for _ in range(max(1, round(len(text) * share / 6))):
        at, source = drawn.randrange(len(text) - 6), drawn.randrange(len(text) - 6)
        run = list(text[source : source + 6])
        drawn.shuffle(run)
        letters[at : at + 6] = run
    return "".join(letters)


def _part(papers: list[Paper], progress: Progress) -> Part:
    drawn = random.Random(6)
    plants: dict[str, Callable[[str], str]] = {
        "header and footer": lambda text: _HEAD + text + _FOOT,
        "a tenth edited": lambda text: edited(text, drawn),
    }
    rows: list[tuple[Cell, ...]] = []
    bars = []
    for name, plant in plants.items():
        met = found = 0
        for done, paper in enumerate(papers, start=1):
            copy = replace(paper, document_id="planted", source_id="planted", text=plant(paper.text))
            met += _meet(paper.text, copy.text)
            like = compare(paper, copy)
            found += like is not None and like.kind == "copy"
            progress("duplicates", done, len(papers))
        rows.append((name, len(papers), met, found))
        bars.append(Bar(f"planted, {name}", found / max(1, len(papers)), _ASKED[name], at_most=False))
    return Part(
        name="duplicates",
        size=len(papers),
        data="real documents of ../shared/data, planted under their own titles",
        tables=(
            Table("Planted copies", ("planted", "documents", "share bands", "confirmed"), tuple(rows)),
            Table("Signatures", ("who", "texts/s"), tuple(_speeds([paper.text for paper in papers]))),
        ),
        bars=tuple(bars),
        said=("Copies that share too few bands meet by their title; forms whose sentences repeat do.",),
    )


def _meet(one: str, other: str) -> bool:
    shared = set(text_keys(one)) & set(text_keys(other))
    return len(shared) >= 2 or any(key >= SENTENCE for key in shared)


def _speeds(texts: list[str]) -> Iterator[tuple[Cell, ...]]:
    """Texts a second, ours and of those that are installed, over the same shingles of five characters."""
    yield "govbrief", _rate(texts, text_keys)
    for name in ("rensa", "datasketch"):
        if find_spec(name) is None:
            yield name, "not installed"
        else:
            yield name, _rate(texts, _theirs(name))


def _theirs(name: str) -> Callable[[str], object]:
    library = import_module(name)

    def sign(text: str) -> object:
        letters = plain(text)
        runs = {letters[at : at + RUN] for at in range(len(letters) - RUN + 1)}
        made = library.RMinHash(128, 42) if name == "rensa" else library.MinHash(128)
        if name == "rensa":
            made.update(list(runs))
        else:
            made.update_batch([run.encode() for run in runs])
        return made

    return sign


def _rate(texts: list[str], sign: Callable[[str], object]) -> float:
    start = time.perf_counter()
    for text in texts:
        sign(text)
    return round(len(texts) / max(1e-9, time.perf_counter() - start))


def _some(file: Path, wanted: int) -> Iterator[Paper]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        total = sum(1 for _ in lines)
    step, taken = max(1, total // (wanted * 3)), 0
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for at, line in enumerate(lines):
            if at % step or taken >= wanted:
                continue
            row = json.loads(line)
            text = row.get("text") or ""
            if len(plain(text)) >= _SHORTEST:
                taken += 1
                yield Paper(str(row.get("id", at)), "own", "", title_key(row["title"]), None, text)
