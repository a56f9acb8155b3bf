"""What the sites of the tests publish: documents with day, text, files and later fate, from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.breakages import words
from tests.breakages.workdays import publishing_days

_FURTHEST = 900  # days that a rare publisher's stock may reach back


@dataclass(frozen=True, slots=True)
class File:
    """An attached file."""

    name: str
    kind: str  # pdf | docx
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of a site, from its publication to its end."""

    number: int  # lasting on its site
    column: int
    day: date
    title: str
    doc_number: str | None
    index_number: str
    paragraphs: tuple[str, ...]
    files: tuple[File, ...] = ()
    amended: date | None = None  # from this day on the text has one more sentence
    withdrawn: date | None = None  # from this day on the page is gone
    pinned: bool = False
    text_in_file: bool = False  # the page has no text of its own

    def shown(self, today: date) -> bool:
        """Whether the site has it on a day."""
        return self.day <= today and not (self.withdrawn and self.withdrawn <= today)

    def text(self, today: date) -> tuple[str, ...]:
        """The paragraphs as they stand on a day."""
        if self.amended is None or self.amended > today:
            return self.paragraphs
        said = f"（{self.amended:%Y年%m月%d日}更正：原文所列点位数量有误，以本次公布为准。）"
        return (*self.paragraphs[:-2], said, *self.paragraphs[-2:])


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How much a site holds and publishes, and what happens to its documents."""

    stock: int  # documents on the first day
    a_day: float  # on a usual working day
    files: float = 0.4  # share of documents with attachments
    amended: float = 0.04  # share of new documents corrected some days later
    withdrawn: float = 0.02  # share of new documents taken away some days later
    reposts: float = 0.02
    pinned: int = 0
    bursts: tuple[tuple[int, int], ...] = ()  # (day of the test, further documents)
    rests: tuple[tuple[int, int], ...] = ()  # days of the test, first and last, without any news
    at_least: tuple[tuple[int, int], ...] = ()  # (day of the test, documents it brings at least)


def papers(
    seed: str, place: str, office: tuple[str, str], columns: int, rhythm: Rhythm, first: date, days: int
) -> tuple[Paper, ...]:
    """All documents of a site until the last day of a test, oldest first."""
    dice = random.Random(seed)
    made: list[Paper] = []
    titles: set[str] = set()
    for serial, day in enumerate(_days(rhythm, first, days, dice)):
        paper = _paper(dice, place, office, columns, serial, day, rhythm)
        while paper.title in titles:
            paper = replace(paper, title=words.title(dice, place, office[0], day.year, dice.randrange(40)))
        titles.add(paper.title)
        made.append(paper)
    return tuple(_with_fates(made, rhythm, first, dice, columns))


def _days(rhythm: Rhythm, first: date, days: int, dice: random.Random) -> list[date]:
    """Publication days: the stock before the first day, and the news until the last."""
    reach = first - timedelta(days=_FURTHEST)
    before = list(publishing_days(reach, first - timedelta(days=1), rhythm.a_day, dice))
    while len(before) < rhythm.stock:  # a rare publisher's stock lies further back than we look
        before.insert(0, reach - timedelta(days=3 * (rhythm.stock - len(before))))
    news = list(publishing_days(first, first + timedelta(days=days), rhythm.a_day, dice))
    for begin, end in rhythm.rests:
        news = [day for day in news if not begin <= (day - first).days <= end]
    for offset, further in rhythm.bursts:
        news += [first + timedelta(days=offset)] * further
    for offset, least in rhythm.at_least:
        day = first + timedelta(days=offset)
        news += [day] * max(0, least - news.count(day))
    return [*before[-rhythm.stock :], *sorted(news)]


def _paper(
    dice: random.Random,
    place: str,
    office: tuple[str, str],
    columns: int,
    serial: int,
    day: date,
    rhythm: Rhythm,
) -> Paper:
    body, short = office
    files = tuple(_files(dice, place, body)) if dice.random() < rhythm.files else ()
    numbered = dice.random() < 0.75
    return Paper(
        number=30_000 + serial * 3 + dice.randrange(3),
        column=serial % columns if columns > 1 else 0,
        day=day,
        title=words.title(dice, place, body, day.year, serial),
        doc_number=f"{place[:-1]}{short}发〔{day.year}〕{serial % 90 + 1}号" if numbered else None,
        index_number=f"0145{serial:04d}/{day.year}-{serial % 1000:05d}",
        paragraphs=words.paragraphs(dice, place, body, f"{day.year}年{day.month}月{day.day}日"),
        files=files,
        text_in_file=bool(files) and dice.random() < 0.06,
    )


def _files(dice: random.Random, place: str, body: str) -> Iterator[File]:
    for number in range(dice.choice((1, 1, 2))):
        kind = dice.choice(("pdf", "pdf", "docx"))
        lines = words.lines(dice, place, body, 6)
        yield File(f"附件{number + 1} 任务分解表", kind, lines)


def _with_fates(
    made: list[Paper], rhythm: Rhythm, first: date, dice: random.Random, columns: int
) -> Iterator[Paper]:
    """Corrections, withdrawals and reposts of the newer documents, and which of the older are pinned."""
    pinned = {paper.number for paper in made[: rhythm.stock][-20:][: rhythm.pinned]}
    again: list[Paper] = []
    for paper in made:
        fate, later = dice.random(), paper.day + timedelta(days=dice.choice((1, 2, 3, 6)))
        if paper.number in pinned:
            paper = replace(paper, pinned=True)
        elif paper.day >= first - timedelta(days=7) and later >= first + timedelta(days=1):
            if fate < rhythm.amended:
                paper = replace(paper, amended=later)
            elif fate < rhythm.amended + rhythm.withdrawn:
                paper = replace(paper, withdrawn=later)
            elif fate < rhythm.amended + rhythm.withdrawn + rhythm.reposts and columns > 1:
                column = (paper.column + 1) % columns
                again.append(replace(paper, number=paper.number + 60_000, column=column, day=later))
        yield paper
    yield from again
