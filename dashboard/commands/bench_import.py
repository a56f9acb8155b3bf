"""`govbrief bench import`: documents a second of each stage from JSONL to publication, and peak memory."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from warehouse.bench.figures import Bar, Part, Progress, table
from warehouse.bench.memory import MemoryWatch
from warehouse.bench.timing import ratio
from warehouse.errors import UserError
from warehouse.home import Home

PARAGRAPHS = 20
MEGABYTES = 3000.0  # of all processes together
SETTINGS = "[publishing]\nreplayed = true\n"
SUBJECTS = ("养老服务", "义务教育", "生态保护", "公路建设", "营商环境", "医疗卫生", "住房保障", "安全生产")
PLACES = ("广东省", "浙江省", "四川省", "山东省", "河北省")


def bench_import(
    folder: Path, files: Sequence[Path], progress: Progress | None = None, *, made: bool = False
) -> Part:
    """Import, classify and publish the documents of JSONL files in a new home in `folder`.

    The reference is reading and parsing the same lines alone.
    """
    from classify.network import update_networks
    from classify.run import classify_pending
    from crawlers.intake import import_jsonl
    from warehouse.bench.publish import disk
    from warehouse.publish import publish

    home = Home.create(folder / "home", SETTINGS)
    stages: dict[str, Callable[[], Any]] = {
        "reading the lines alone": lambda: _parse(files),
        "import": lambda: import_jsonl(home, files, progress),
        "import again": lambda: import_jsonl(home, files, progress),
        "classify": lambda: classify_pending(home, progress=progress),
        "publish": lambda: publish(home, progress=progress, networks=update_networks),
        "publish again": lambda: publish(home, progress=progress, networks=update_networks),
    }
    seconds: dict[str, float] = {}
    memory: dict[str, int] = {}
    for name, stage in stages.items():
        with MemoryWatch() as watch:
            began = time.perf_counter()
            summary = stage()
            seconds[name] = time.perf_counter() - began
        memory[name] = watch.peak_mb
    return _part(int(summary.documents), made, seconds, memory, disk(home))


def real_files(data: Path) -> list[Path]:
    """The real documents of both languages; a UserError when they are not there."""
    files = [data / language / "documents.jsonl.gz" for language in ("zh", "en")]
    missing = [file for file in files if not file.is_file()]
    if missing:
        raise UserError(
            f"{missing[0]}: no documents there; name the folder that holds zh/ and en/ with --data."
        )
    return files


def sample_file(data: Path, file: Path, size: int) -> Path:
    """About so many of the real documents, spread evenly over both languages, as JSONL."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        for whole in real_files(data):
            with gzip.open(whole, "rb") as counted:
                step = max(1, sum(1 for _ in counted) // max(1, size // 2))
            with gzip.open(whole, "rb") as lines:
                out.writelines(islice(lines, 0, None, step))
    return file


def _part(
    documents: int, made: bool, seconds: dict[str, float], memory: dict[str, int], stores: dict[str, int]
) -> Part:
    from warehouse.bench.publish import GIGABYTES, disk_table

    alone = seconds["reading the lines alone"]
    rows = [
        (name, round(spent, 2), round(documents / spent, 1), ratio(spent, alone), memory[name])
        for name, spent in seconds.items()
    ]
    chain = seconds["import"] + seconds["classify"] + seconds["publish"]
    peak = max(memory.values())
    rows.append(
        ("import, classify, publish", round(chain, 2), round(documents / chain, 1), ratio(chain, alone), peak)
    )
    heads = ("stage", "seconds", "docs/s", "times reading the lines", "peak MB of all processes")
    told = f"{documents:,} {'made' if made else 'real'} documents from JSONL to a publication with networks."
    bar = Bar(
        "import: peak memory of all processes, MB", peak or None, MEGABYTES, note=f"{documents:,} documents"
    )
    weight = (sum(stores.values()) + 2 * stores["facts"]) / documents
    room = Bar(
        f"disk: GB of a million documents like these, from {documents:,}", round(weight / 1000, 2), GIGABYTES,
        note="archive and crawl state too; the facts counted for three publications",
    )  # fmt: skip
    tables = (table("", heads, rows), disk_table(stores, documents))
    return Part("import", documents, told, tables, (bar, room))


def _parse(files: Sequence[Path]) -> Any:
    """The least that any import does."""
    count = 0
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open("rb") as lines:
            for line in lines:
                json.loads(line)
                count += 1
    return count


def made_file(file: Path, size: int) -> Path:
    """So many made documents as JSONL."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as out:
        for row in islice(_rows(), size):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return file


def _rows() -> Iterator[dict[str, Any]]:
    """Documents as long as the real ones are on average, each different, without any randomness."""
    number = 0
    while True:
        subject, place = SUBJECTS[number % len(SUBJECTS)], PLACES[number % len(PLACES)]
        year, serial = 2015 + number % 11, number // 11 + 1
        duty = f"{place}各级人民政府应当把{subject}工作纳入年度计划，第{number}号方案由主管部门"
        paragraphs = [f"第{n + 1}条 {duty}于{year}年{n % 12 + 1}月底前组织实施。" for n in range(PARAGRAPHS)]
        yield {
            "id": f"made-{number}",
            "title": f"{place}人民政府关于进一步加强{subject}工作的通知（第{number}号）",
            "text": "\n".join(paragraphs),
            "department": f"{place}人民政府",
            "doc_number": f"政发〔{year}〕{serial}号",
            "published": f"{year}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
            "lang": "zh",
        }
        number += 1
