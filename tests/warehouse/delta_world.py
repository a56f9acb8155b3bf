"""A made world of notices that appear, change, vanish, return and end, and what publications showed.

The world knows what happened because it made it happen; it never asks the warehouse. `states` is what a
publication made now must show of each document, by what was taken in before.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from tests.warehouse.make import CLASSIFIER, bodies, citation, document, number, read, source, topics
from warehouse.database import Warehouse
from warehouse.home import Home
from warehouse.identity import fact_id
from warehouse.ingest import ingest_notices, ingest_reads, ingest_sources, ingest_vocabulary
from warehouse.labelling import pending_documents, store_classifications
from warehouse.records import Citation, Classification, Document, Duty, StoredDocument

START = datetime(2026, 3, 1, 1, 0, tzinfo=UTC)  # 09:00 at the library


@dataclass(frozen=True)
class State:
    """What a publication shows of one notice."""

    version: int
    status: str
    ended: bool
    due: date | None


@dataclass
class Notice:
    """One document of the world, as its site has it now."""

    no: int
    published: date
    version: int = 1
    status: str = "active"
    ended: bool = False
    due: date | None = None
    repeals: int | None = None
    old_captures: int = 0

    @property
    def told(self) -> State:
        return State(self.version, self.status, self.ended, self.due)

    def number(self) -> str:
        return f"云民发〔{self.published.year}〕{self.no}号"

    def duty(self) -> str | None:
        day = self.due
        return f"各市应当于{day.year}年{day.month}月{day.day}日前报送第{self.no}项材料。" if day else None

    def repealing(self, other: Notice) -> str:
        return f"《旧办法》（{other.number()}）自本通知印发之日起废止。"


@dataclass
class World:
    """All notices, and the oracle's copy of what was taken in."""

    seed: int
    notices: dict[int, Notice] = field(default_factory=dict)
    dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    def states(self) -> dict[str, State]:
        """What a publication made now shows, by document."""
        return {self.document(one).document_id: one.told for one in self.notices.values()}

    def document(self, one: Notice, version: int | None = None) -> Document:
        """The notice as its page reads."""
        lines = [f"第{one.no}号通知正文，第{version or one.version}稿。", "请认真执行。"]
        duty = one.duty()
        if duty:
            lines.append(duty)
        if one.repeals is not None:
            lines.append(one.repealing(self.notices[one.repeals]))
        title = f"关于第{one.no}项养老服务工作的通知"
        return document(
            one.no, title=title, doc_number=one.number(), published=one.published, paragraphs=tuple(lines)
        )

    def begin(self, home: Home) -> None:
        """Sources, classes and a dozen old notices."""
        with Warehouse.open(home) as w:
            ingest_sources(w, [source(sample=True)])
            ingest_vocabulary(w, topics(), bodies())
            for _ in range(12):
                self._appear(w, START - timedelta(hours=2), long_ago=True)
            self._classify(w)

    def pass_time(self, home: Home, now: datetime) -> None:
        """What the crawler takes in at one moment: a few of all that can happen."""
        with Warehouse.open(home) as w:
            for _ in range(self.dice.choice((0, 1, 1, 2, 3))):
                self._appear(w, self._observed(now), long_ago=self.dice.random() < 0.3)
            chances = (
                (0.5, self._change), (0.25, self._withdraw), (0.2, self._return),
                (0.25, self._repeal), (0.15, self._flash), (0.15, self._old_capture), (0.2, self._flicker),
            )  # fmt: skip
            for chance, happen in chances:
                if self.dice.random() < chance:
                    happen(w, now)
            self._classify(w)

    def _observed(self, now: datetime) -> datetime:
        """A capture may have lain for days before it was taken in."""
        return now - timedelta(days=self.dice.choice((0, 0, 0, 2, 9)), minutes=self.dice.randrange(50))

    def _appear(self, w: Warehouse, at: datetime, *, long_ago: bool, repeals: int | None = None) -> Notice:
        no = len(self.notices) + 1
        day = at.date() - timedelta(days=self.dice.randrange(40, 500) if long_ago else 0)
        due = at.date() + timedelta(days=self.dice.randrange(1, 120)) if self.dice.random() < 0.6 else None
        made = Notice(no, day, due=due, repeals=repeals)
        self.notices[no] = made
        self._take(w, made, at)
        return made

    def _change(self, w: Warehouse, now: datetime) -> None:
        one = self._any("active")
        if one is None:
            return
        one.version += 1
        if one.due and self.dice.random() < 0.6:
            one.due = max(one.due, now.date()) + timedelta(days=self.dice.randrange(3, 50))
        self._take(w, one, now)

    def _withdraw(self, w: Warehouse, now: datetime) -> None:
        one = self._any("active")
        if one is not None:
            self._take_off(w, one, now)

    def _return(self, w: Warehouse, now: datetime) -> None:
        one = self._any("withdrawn")
        if one is not None:
            one.status = "active"
            self._take(w, one, now + timedelta(minutes=5))

    def _flicker(self, w: Warehouse, now: datetime) -> None:
        """Taken off and put back before anybody could publish it: nothing a reader was shown."""
        one = self._any("active")
        if one is not None:
            self._take_off(w, one, now + timedelta(minutes=6))
            one.status = "active"
            self._take(w, one, now + timedelta(minutes=9))

    def _flash(self, w: Warehouse, now: datetime) -> None:
        """New and gone again before the publication."""
        self._take_off(w, self._appear(w, now, long_ago=False), now + timedelta(minutes=7))

    def _repeal(self, w: Warehouse, now: datetime) -> None:
        standing = [
            one
            for one in self.notices.values()
            if one.status == "active" and not one.ended and one.repeals is None
            and one.published < now.date() - timedelta(days=40)
        ]  # fmt: skip
        if standing:
            old = self.dice.choice(standing)
            old.ended = True
            self._appear(w, now, long_ago=False, repeals=old.no)

    def _old_capture(self, w: Warehouse, now: datetime) -> None:
        """An older capture of a known page comes late: an earlier version, and no news."""
        one = self._any("active")
        if one is not None:
            one.old_captures += 1
            early = START - timedelta(days=30 + one.old_captures)
            old = replace(self.document(one), paragraphs=(f"更早的第{one.old_captures}稿。",))
            ingest_reads(w, [read(old, at=early)])

    def _any(self, status: str) -> Notice | None:
        kept = {one.repeals for one in self.notices.values()}  # what repeals stays, or the repeal goes too
        free = [
            one
            for one in self.notices.values()
            if one.status == status and not one.ended and one.repeals is None and one.no not in kept
        ]
        return self.dice.choice(free) if free else None

    def _take(self, w: Warehouse, one: Notice, at: datetime) -> None:
        ingest_reads(w, [read(self.document(one), at=at)])

    def _take_off(self, w: Warehouse, one: Notice, at: datetime) -> None:
        one.status = "withdrawn"
        url = self.document(one).url
        ingest_notices(w, [("mzt", str(url), "withdrawn", at, "run-1")])

    def _classify(self, w: Warehouse) -> None:
        by_id = {self.document(one).document_id: one for one in self.notices.values()}
        for batch in pending_documents(w, CLASSIFIER):
            told = [self._classified(one, by_id[one.document.document_id]) for one in batch]
            store_classifications(w, CLASSIFIER, told)

    def _classified(self, stored: StoredDocument, one: Notice) -> Classification:
        paper = self.document(one)
        name = paper.document_id
        cited: tuple[Citation, ...] = ()
        if one.repeals is not None:
            old = self.notices[one.repeals]
            place = len(paper.paragraphs) - 1
            cited = (
                replace(citation(paper, one.repealing(old), "repeals", to=old.number()), paragraph=place),
            )
        duty = one.duty()
        duties = (
            (Duty(fact_id(name, "duty", duty), duty, 2, 0, len(duty), ("各市",), "报送材料", one.due, None),)
            if duty
            else ()
        )
        return Classification(
            name, stored.reading_id, number=number(one.number()), citations=cited, duties=duties
        )
