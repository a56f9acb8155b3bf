"""`govbrief bench import`: documents a second of each stage from JSONL to publication, and peak memory."""

from __future__ import annotations

import json
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from warehouse.home import Home

Progress = Callable[[str, int, int], None]
SIZE = 5000
PARAGRAPHS = 20
SETTINGS = "[publishing]\nreplayed = true\n"
SUBJECTS = ("养老服务", "义务教育", "生态保护", "公路建设", "营商环境", "医疗卫生", "住房保障", "安全生产")
PLACES = ("广东省", "浙江省", "四川省", "山东省", "河北省")


def bench_import(
    progress: Progress | None = None, size: int = SIZE, file: Path | None = None
) -> dict[str, Any]:
    """Import, classify and publish `size` made documents, or the lines of `file`, in a temporary home.

    Peak memory is that of this process; worker processes of extraction are not in it.
    """
    from classify.network import update_networks
    from classify.run import classify_pending
    from crawlers.intake import import_jsonl
    from warehouse.publish import publish

    with tempfile.TemporaryDirectory(prefix="govbrief-bench-") as folder:
        home = Home.create(Path(folder) / "home", SETTINGS)
        lines = file or _write(Path(folder) / "made.jsonl", size)
        figures: dict[str, Any] = {"data": file.name if file else f"{size} made documents"}
        stages: dict[str, Callable[[], Any]] = {
            "import": lambda: import_jsonl(home, [lines], progress),
            "import_again": lambda: import_jsonl(home, [lines], progress),
            "classify": lambda: classify_pending(home, progress=progress),
            "publish": lambda: publish(home, progress=progress, networks=update_networks),
            "publish_again": lambda: publish(home, progress=progress, networks=update_networks),
        }
        documents = 0
        for name, stage in stages.items():
            started = time.perf_counter()
            summary = stage()
            seconds = time.perf_counter() - started
            documents = documents or summary.documents
            figures[f"{name}_seconds"] = round(seconds, 2)
            figures[f"{name}_documents_per_second"] = round(documents / seconds, 1)
        figures["documents"] = documents
    figures["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return figures


def _write(file: Path, size: int) -> Path:
    with file.open("w", encoding="utf-8") as out:
        for row in _rows(size):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return file


def _rows(size: int) -> Iterator[dict[str, Any]]:
    """Documents as long as the real ones are on average, each different, without any randomness."""
    for number in range(size):
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
