"""Runs inside Annif's own environment: trains one project a backend and writes its scores and CPU seconds.

`python annif_worker.py JOB.json` reads texts and labels that the bench wrote, and imports nothing of ours.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import sys
import time
from pathlib import Path
from typing import Any

TOP = 20  # suggestions kept of each document
BATCH = 32
_WORD = re.compile(r"[^\W_]+|#")
SETTINGS: dict[str, dict[str, str]] = {
    "svc": {"min_df": "2", "ngram": "2", "limit": str(TOP)},
    "omikuji": {"min_df": "2", "ngram": "2", "cluster_balanced": "False", "cluster_k": "100",
                "max_depth": "3", "limit": str(TOP)},
    "omikuji-parabel": {"backend": "omikuji", "min_df": "2", "ngram": "2", "limit": str(TOP)},
    "fasttext": {"dim": "100", "lr": "0.1", "epoch": "15", "loss": "hs", "bucket": "200000", "thread": "1",
                 "limit": str(TOP)},
    "tfidf": {"limit": str(TOP)},
}  # fmt: skip


def main(job_file: str) -> int:
    """Work through the job; the answer stands in `answer.json` beside it."""
    job_path = Path(job_file)
    job: dict[str, Any] = json.loads(job_path.read_text(encoding="utf-8"))
    importlib.import_module("annif.analyzer").register_analyzer(PlainAnalyzer)
    answer: dict[str, Any] = {"version": importlib.import_module("importlib.metadata").version("annif")}
    for backend in job["backends"]:
        try:
            answer[backend] = _one(backend, job, job_path.parent / backend)
        except Exception as error:  # a backend that fails is told, and the others go on
            answer[backend] = {"error": f"{type(error).__name__}: {error}"[:300]}
        shutil.rmtree(job_path.parent / backend, ignore_errors=True)
    (job_path.parent / "answer.json").write_text(json.dumps(answer), encoding="utf-8")
    return 0


class PlainAnalyzer:
    """Words of rjieba for Chinese, else runs of letters; Annif's own analyzers download sentence models."""

    name = "plain"

    def __init__(self, language: str | None = None, **settings: object) -> None:
        self.language = language

    @staticmethod
    def is_available() -> bool:
        return True

    def tokenize_sentences(self, text: str) -> list[str]:
        """Lines are sentences here; no backend of this bench asks for better ones."""
        return text.splitlines()

    def tokenize_words(self, text: str, filter: bool = True) -> list[str]:
        """Words in lower case."""
        lowered = text.lower()
        if self.language != "zh":
            return _WORD.findall(lowered)
        return [word for word in importlib.import_module("rjieba").cut(lowered) if word.strip()]


def _one(backend: str, job: dict[str, Any], folder: Path) -> dict[str, Any]:
    project, subjects = _project(backend, job, folder)
    corpus = importlib.import_module("annif.corpus")
    documents = [
        corpus.Document(text=text, subject_set=corpus.SubjectSet([subjects[label] for label in labels]))
        for text, labels in job["train"]
    ]
    began = _cpu()
    project.train(corpus.DocumentList(documents), jobs=1)
    trained = _cpu() - began
    tested = [corpus.Document(text=text) for text in job["test"]]
    list(project.suggest(tested[:1]))  # warm-up: the model is loaded before the clock starts
    seconds: list[float] = []
    scores: list[list[tuple[int, float]]] = []
    for _ in range(job["rounds"]):
        began, scores = _cpu(), []
        for start in range(0, len(tested), BATCH):
            scores += _ranked(project.suggest(tested[start : start + BATCH]).array)
        seconds.append(_cpu() - began)
    names = {number: label for label, number in subjects.items()}
    ranked = [[(names[number], score) for number, score in row] for row in scores]
    return {"train_seconds": trained, "seconds": seconds, "ranked": ranked, "bytes": _size(folder / "data")}


def _project(backend: str, job: dict[str, Any], folder: Path) -> tuple[Any, dict[str, int]]:
    folder.mkdir(parents=True)
    settings = {"backend": backend, **SETTINGS[backend]}
    lines = [f"{key}={value}" for key, value in settings.items()]
    head = ["[bench]", "name=bench", "language=en", "vocab=classes", f"analyzer=plain({job['language']})"]
    (folder / "projects.cfg").write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")
    names = {label: f"http://bench.invalid/{number}" for number, label in enumerate(job["classes"])}
    table = "".join(f"<{address}>\t{label}\n" for label, address in names.items())
    (folder / "classes.tsv").write_text(table, encoding="utf-8")
    registry = importlib.import_module("annif.registry").AnnifRegistry(
        str(folder / "projects.cfg"), str(folder / "data"), init_projects=False
    )
    source = importlib.import_module("annif.vocab.subject_file")
    registry.get_vocab("classes").load_vocabulary(source.VocabFileTSV(str(folder / "classes.tsv"), "en"))
    project = registry.get_project("bench")
    return project, {label: project.subjects.by_uri(address) for label, address in names.items()}


def _ranked(array: Any) -> list[list[tuple[int, float]]]:
    found = []
    for row in range(array.shape[0]):
        start, end = array.indptr[row], array.indptr[row + 1]
        pairs = zip(array.indices[start:end].tolist(), array.data[start:end].tolist(), strict=True)
        found.append(sorted(pairs, key=lambda pair: -pair[1])[:TOP])
    return found


def _cpu() -> float:
    """CPU seconds of this process and its children."""
    spent = os.times()
    return time.process_time() + spent.children_user + spent.children_system


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
