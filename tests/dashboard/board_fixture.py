"""A library whose documents tell problems of two places and what was done about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from classify.components.anchors import Anchors
from classify.components.candidate import candidates
from tests.dashboard.papers import CLASSIFIER, Paper
from tests.dashboard.publication_fixture import _classified, library, take_in
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.identity import fact_id
from warehouse.labelling import pending_documents, store_classifications
from warehouse.publish import publish
from warehouse.records import Fact

PROBLEM = "检查发现，部分小区养老床位存在较大缺口，护理人员严重短缺。"
MEASURE = "新建养老床位600张，培训护理人员300名，开展适老化改造。"
MET = "此前我市养老床位不足、护理人员短缺的问题较为突出。"
PAPERS = (
    Paper(
        "t-civil", "p1", "云河省民政厅关于养老服务检查情况的通报", (PROBLEM, "请各地认真对照。"),
        date(2026, 5, 20),
    ),
    Paper(
        "t-city", "p2", "澜江市人民政府关于养老服务工作的报告", (MET, MEASURE), date(2026, 5, 28),
        body="xs-1001-gov",
    ),
    Paper(
        "t-city", "p3", "澜江市人民政府关于加快5G建设的意见", ("加快5G网络建设，推进智慧城市平台建设。",),
        date(2026, 5, 29), body="xs-1001-gov",
    ),
)  # fmt: skip


def board_library(folder: Path, papers: tuple[Paper, ...] = PAPERS) -> Home:
    """The library, taken in, mined and published."""
    home = library(folder)
    take_in(home, papers, "run-board")
    mine(home, papers)
    publish(home)
    return home


def mine(home: Home, papers: tuple[Paper, ...]) -> None:
    """Find problem and measure sentences in the papers, as classification does."""
    by_id = {paper.document_id: paper for paper in papers}
    again = replace(CLASSIFIER, classifier_id="test-labels-2")
    with Warehouse.open(home) as warehouse:
        for batch in pending_documents(warehouse, again):
            answers = []
            for one in batch:
                paper = by_id[one.document.document_id]
                facts = tuple(_facts(paper))
                answers.append(replace(_classified(one, paper), facts=facts))
            store_classifications(warehouse, again, answers)


def _facts(paper: Paper) -> list[Fact]:
    found = []
    for number, line in enumerate(paper.lines):
        for start, end, kind, value, _ in candidates(line, Anchors(line)):
            name = fact_id(paper.document_id, kind, line)
            found.append(Fact(name, kind, value, line, number, start, end, "candidate-2"))
    return found
