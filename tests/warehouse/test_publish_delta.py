"""A publication worked into a copy of the one before has the rows of one made from nothing."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.make import (
    CLASSIFIER,
    DAY,
    bodies,
    citation,
    classification,
    document,
    fact,
    label,
    make_home,
    number,
    read,
    read_attachment,
    route,
    source,
    topics,
)
from warehouse.database import Warehouse
from warehouse.folders import FACTS
from warehouse.home import Home, SampleClock
from warehouse.ingest import ingest_notices, ingest_reads, ingest_sources, ingest_vocabulary
from warehouse.labelling import bake_corrections, store_classifications
from warehouse.outbox import touch
from warehouse.publish import PublishSummary, publish
from warehouse.records import Correction, Document, Duty

pytestmark = pytest.mark.slow

STEPS = 14
# What says when or where, not what: instants of sightings, places in segments, the publication's own row.
_MOVING = {"last_seen_at", "segment", "start_at", "length"}
_NAMES = (
    "养老服务管理办法",
    "关于加强乡村学校建设工作的意见",
    "河道采砂许可规定",
    "关于发展普惠托育服务的实施意见",
)
_TEXTS = (
    "为了规范采砂秩序，保护河道安全，依照有关法律制定本规定。" * 6,
    "各级部门应当把托育服务纳入发展规划，安排专项资金，并于年底前报告进展情况。" * 5,
)


class Story:
    """A home to which one thing after another happens at random."""

    def __init__(self, root: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.home = make_home(root, now=DAY)
        self.days = 0
        self.held: list[Document] = []
        self.corrected: list[Correction] = []
        with Warehouse.open(self.home) as w:
            ingest_sources(w, [source("mzt", sample=True), source("jyt", sample=True)])
            ingest_vocabulary(w, topics(), bodies())

    @property
    def now(self) -> datetime:
        return DAY + timedelta(days=self.days, minutes=len(self.held))

    def happen(self) -> str:
        """Let one thing happen and say which."""
        deeds = [
            self.arrive, self.arrive, self.classify, self.classify, self.change, self.leave,
            self.correct, self.pass_days, self.attach, self.vanish, self.move_source,
        ]  # fmt: skip
        deed = self.chance.choice(deeds if len(self.held) > 2 else [self.arrive])
        deed()
        return deed.__name__

    def arrive(self) -> None:
        at = len(self.held) + 1
        which = self.chance.randrange(len(_NAMES))
        title = self.chance.choice(
            [_NAMES[which], f"云河省民政厅{_NAMES[which]}", f"关于印发{_NAMES[which]}的通知", f"第{at}号通报"]
        )
        printed = self.chance.choice([None, f"云民发〔2026〕{self.chance.randrange(1, 6)}号"])
        text = self.chance.choice([(f"第{at}件。", "请执行。"), (_TEXTS[0],), (_TEXTS[1], "特此通知。")])
        self.take(
            document(
                at, self.chance.choice(["mzt", "jyt"]), title=title, doc_number=printed, paragraphs=text,
                published=date(2026, self.chance.randrange(1, 6), 10),
            )
        )  # fmt: skip
        self.classify_one(self.held[-1])

    def take(self, one: Document) -> None:
        self.held = [held for held in self.held if held.document_id != one.document_id] + [one]
        with Warehouse.open(self.home) as w:
            ingest_reads(w, [read(one, at=self.now)])

    def classify(self) -> None:
        self.classify_one(self.chance.choice(self.held))

    def classify_one(self, one: Document) -> None:
        printed = number(one.doc_number) if one.doc_number else None
        day = date(2026, 6, 1) + timedelta(days=self.chance.randrange(-20, 20))
        facts = [replace(fact(kind, day.isoformat(), 0, 0, 2), fact_id=f"fac-{kind}") for kind in
                 self.chance.sample(["effective", "expiry", "number"], 2)]  # fmt: skip
        if self.chance.random() < 0.15:
            facts.append(fact("personal:name", one.paragraphs[0][:1], 0, 0, 1))
        codes = ("xs-10-education", "all:civil-affairs:county:XS-10")[: self.chance.randrange(3)]
        routes = [route("duty", code, code, 0, 0, 2) for code in codes]
        cited = [self.cite(one) for _ in range(self.chance.randrange(3))]
        bodies_given = self.chance.sample([("xs-mca", "民政部"), ("xs-10-mzt", "云河省民政厅")], 2)
        duty = Duty("fac-duty", "应当在年底前报告。", 0, 0, 4, ("民政部",), "报告", None, None, None, "rule")
        done = classification(
            self.home, one, number=printed, facts=tuple(facts), duties=(duty,), citations=tuple(cited),
            routes=tuple(routes),
            topics=(label(self.chance.choice(["13", "13-02"]), "民政\\福利"),),
            departments=tuple(label(*body, field="department", basis="published") for body in bodies_given),
        )  # fmt: skip
        with Warehouse.open(self.home) as w:
            store_classifications(w, CLASSIFIER, [done])

    def cite(self, one: Document) -> Any:
        name = self.chance.choice(_NAMES)
        kind = self.chance.choice(["mentions", "repeals", "amends", "basis"])
        day = date(2026, 6, 1) + timedelta(days=self.chance.randrange(-5, 15))
        sentence = {
            "repeals": self.chance.choice(
                [f"《{name}》同时废止。", f"《{name}》自{day.year}年{day.month}月{day.day}日起废止。"]
            ),
            "amends": f"对《{name}》作如下修改：删去第三条。",
            "mentions": f"《{name}》的有效期延长至{day.year}年{day.month}月{day.day}日。",
        }.get(kind, f"根据《{name}》制定。")
        to = f"云民发〔2026〕{self.chance.randrange(1, 6)}号" if self.chance.random() < 0.4 else None
        return citation(one, sentence, kind, title=name, to=to)

    def change(self) -> None:
        one = self.chance.choice(self.held)
        self.days += 1
        self.take(replace(one, paragraphs=(*one.paragraphs, f"补充第{self.chance.randrange(99)}条。")))

    def leave(self) -> None:
        one = self.chance.choice(self.held)
        self.days += 1
        kind = self.chance.choice(["withdrawn", "restored", "seen"])
        with Warehouse.open(self.home) as w:
            ingest_notices(w, [(one.source_id, str(one.url), kind, self.now, "run-9")])

    def correct(self) -> None:
        one = self.chance.choice(self.held)
        field, value = self.chance.choice(
            [("title", self.chance.choice(_NAMES)), ("doc_number", "云民发〔2026〕2号"),
             ("topic", {"code": "13-02", "name": "民政\\福利"}), ("published", "2026-02-02"),
             ("doc_type", "通报")]
        )  # fmt: skip
        made = datetime(2026, 6, 2, tzinfo=UTC)
        at = len(self.corrected) + 1
        self.corrected.append(Correction(at, one.document_id, field, value, None, "", "local", made))
        kept = self.corrected if self.chance.random() < 0.7 else self.corrected[:-1]
        with Warehouse.open(self.home) as w:
            bake_corrections(w, kept)

    def pass_days(self) -> None:
        self.days += self.chance.randrange(1, 9)
        instant = SampleClock(self.now.isoformat())
        self.home = replace(self.home, settings=replace(self.home.settings, clock=instant))

    def attach(self) -> None:
        one = self.chance.choice(self.held)
        url = f"http://mzt.yunhe.example/{self.chance.randrange(4)}.pdf"
        with Warehouse.open(self.home) as w:
            text = f"附表{self.chance.randrange(9)}"
            ingest_reads(w, [read_attachment(url, str(one.url), text, self.now, one.source_id)])

    def vanish(self) -> None:
        """As a purge takes a document out of the warehouse."""
        one = self.held.pop(self.chance.randrange(len(self.held)))
        with Warehouse.open(self.home) as w, w.transaction() as connection:
            touch(connection, [one.document_id])
            for table in ("document", "reading", "label", "citation", "fact", "duty", "attachment", "event",
                          "version", "classified", "correction", "version_change"):  # fmt: skip
                connection.execute(f"delete from {table} where document_id = $1", [one.document_id])

    def move_source(self) -> None:
        speaks = self.chance.choice(["xs-10-mzt", "xs-mca", None])
        with Warehouse.open(self.home) as w:
            ingest_sources(w, [source("jyt", sample=True, department_code=speaks)])


def whole_copy(home: Home, root: Path) -> tuple[Home, PublishSummary]:
    """The same warehouse published from nothing in a folder of its own."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(home.root, root)
    copied = replace(home, root=root)
    return copied, publish(copied, whole=True, force=True)


def tables(home: Home, made: PublishSummary) -> dict[str, list[Any]]:
    """All rows of all tables that say the same in both ways of publishing, in one order."""
    found: dict[str, list[Any]] = {}
    with duckdb.connect(str(home.published / made.publication_id / FACTS), read_only=True) as connection:
        names = [row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()]
        for name in names:
            columns = [row[0] for row in connection.execute(f"describe {name}").fetchall()]
            shown = [
                f'"{one}"'
                for one in columns
                if one != "document_no" and (one not in _MOVING or name not in {"document", "past_body"})
            ]
            rows = connection.execute(f"select {', '.join(shown)} from {name}").fetchall()
            found[name] = sorted(rows, key=repr) if name != "publication" else []
    return found


@pytest.mark.parametrize("seed", [3, 8])
def test_a_delta_has_the_rows_of_a_whole(tmp_path: Path, seed: int) -> None:
    story = Story(tmp_path, seed)
    for _ in range(4):
        story.arrive()
    publish(story.home, force=True)
    told: list[str] = []
    for step in range(STEPS):
        told.append(story.happen())
        made = publish(story.home, force=True)
        if step % 3 == 2 or step == STEPS - 1:
            assert_same(story.home, made, tmp_path / "whole", told)


def assert_same(home: Home, made: PublishSummary, root: Path, told: list[str]) -> None:
    copied, whole = whole_copy(home, root)
    ours, theirs = tables(home, made), tables(copied, whole)
    for name, rows in theirs.items():
        assert ours[name] == rows, (name, told)
    marks = [
        json.loads((one.published / which.publication_id / "manifest.json").read_text())["fingerprint"]
        for one, which in ((home, made), (copied, whole))
    ]
    assert marks[0] == marks[1], told
