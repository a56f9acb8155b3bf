"""A reader is told each thing once and misses nothing: 30 days (the drill: 90), 20 readers, real homes."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from tests.warehouse.delta_world import START, State, World
from tests.warehouse.make import make_home
from warehouse.desk import Desk
from warehouse.desk.shown import Change
from warehouse.desk.tables import account
from warehouse.home import Home
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.queries import pages_listing
from warehouse.queries.nearer import FAR, PAST, between, nearer, step_of, with_sentences
from warehouse.queries.pages_listing import Selection
from warehouse.queries.reader_delta import GROUPS, told
from warehouse.reader_look import ReaderLook, keep_look, open_look
from warehouse.shown import FOLDER, log_current
from warehouse.sqlite_file import writing

READERS = 20
_ZONE = ZoneInfo("Asia/Shanghai")


@dataclass
class Reader:
    """What the oracle knows of one reader: how far she was shown, and everything she was told."""

    name: str
    chance: float  # of opening the page on a day
    away: range  # days on which she is not there
    upto: int | None = None  # place in the history of what she saw on her last day
    last_day: date | None = None
    day: date | None = None
    seen: int = -1  # place of what she saw today
    first: int | None = None
    new: list[str] = field(default_factory=list)
    new_day: date | None = None
    ever: set[str] = field(default_factory=set)


@dataclass
class Simulation:
    """A home, its world, its readers, and what each logged publication showed, as the world knows it."""

    root: Path
    desk: Desk
    world: World
    history: list[tuple[str, dict[str, State]]] = field(default_factory=list)
    current: dict[str, State] = field(default_factory=dict)
    looks: int = 0

    def at(self, now: datetime) -> Home:
        file = self.root / "govbrief.toml"
        file.write_text(f'[clock]\nnow = "{now.isoformat()}"\n[publishing]\nkeep = 2\n', encoding="utf-8")
        return Home.open(self.root)

    def publish(self, now: datetime, *, log: bool) -> None:
        publish(self.at(now))
        self.current = self.world.states()
        if log:
            self.log(now)

    def log(self, now: datetime) -> None:
        logged = log_current(self.at(now), self.desk)
        assert logged is not None
        self.note(logged.publication_id)

    def note(self, publication_id: str) -> None:
        if publication_id not in [name for name, _ in self.history]:
            self.history.append((publication_id, self.current))

    def look(self, reader: Reader, now: datetime, held: Publication | None = None, during: str = "") -> None:
        """The reader opens the page, or reruns a tab that held an older publication; the oracle compares."""
        home = self.at(now)
        newest = Publication.current(home)
        assert newest is not None
        publication = held or newest
        day = now.astimezone(_ZONE).date()
        shown = open_look(home, self.desk, publication, reader.name, day, now)
        self.note(newest.publication_id)
        names = [name for name, _ in self.history]
        place = (
            names.index(publication.publication_id) if publication.publication_id in names else len(names) - 2
        )
        self._compare(reader, day, place, shown, newest)
        if during:  # one comes while the page is being drawn
            self.world.pass_time(self.at(now), now)
            self.publish(now + timedelta(seconds=20), log=during == "logged")
        keep_look(self.desk, shown)
        self.looks += 1

    def _compare(self, reader: Reader, day: date, place: int, shown: ReaderLook, newest: Publication) -> None:
        if reader.day is None:
            reader.first = place
        if reader.day is not None and day > reader.day:
            reader.upto, reader.last_day, reader.seen = reader.seen, reader.day, -1
        reader.day, reader.seen = day, max(reader.seen, place, reader.upto or 0)
        if reader.upto is None:
            assert shown.delta is None
            return
        assert shown.delta is not None
        assert not shown.gap
        shots = [states for _, states in self.history[reader.upto : reader.seen + 1]]
        expected = expected_groups(shots)
        assert {group: set(ids) for group, ids in shown.delta.groups.items()} == expected
        if newest.publication_id == self.history[reader.seen][0]:
            self._compare_with_publication(reader, day, shown, shots, newest)
        if reader.new_day != day:
            reader.new.extend(expected["new"])
            reader.new_day = day
        reader.ever |= set().union(*expected.values())

    def _compare_with_publication(
        self, reader: Reader, day: date, shown: ReaderLook, shots: list[dict[str, State]], newest: Publication
    ) -> None:
        """Counts equal lists, and deadlines are those of the world."""
        assert shown.delta is not None
        assert reader.last_day is not None
        for group in GROUPS:
            selection = Selection(group, told=shown.delta.told(group))
            rows = pages_listing.list_documents(newest, selection)
            assert {row["document_id"] for row in rows} == set(shown.delta.groups[group])
            assert pages_listing.count_documents(newest, selection) == len(rows)
        rows = nearer(newest, between(shown.delta, reader.last_day, day))
        found = {row["document_id"]: (row["due"], row["within"], row["old_due"]) for row in rows}
        assert len(found) == len(rows)
        assert [row["due"] for row in with_sentences(newest, rows)] == [row["due"] for row in rows]
        assert found == expected_deadlines(shots, reader.last_day, day)


def expected_groups(shots: list[dict[str, State]]) -> dict[str, set[str]]:
    """By what the world knows: every document that any publication showed otherwise, in one group."""
    groups: dict[str, set[str]] = {group: set() for group in GROUPS}
    first, last = shots[0], shots[-1]
    for name, now in last.items():
        path = [shot.get(name) for shot in shots]
        steps = [(was, then) for was, then in pairwise(path) if _looks(was) != _looks(then)]
        if not steps:
            continue
        turned = any(was is None or (then and was.status != then.status) for was, then in steps)
        if now.status == "withdrawn" and turned:
            groups["withdrawn"].add(name)
        elif name not in first:
            groups["new"].add(name)
        elif now.ended and not first[name].ended:
            groups["repealed"].add(name)
        else:
            groups["changed"].add(name)
    return groups


def expected_deadlines(
    shots: list[dict[str, State]], last_day: date, day: date
) -> dict[str, tuple[date, int, date | None]]:
    """By what the world knows: duties whose day came into a nearer step, or was moved."""
    found: dict[str, tuple[date, int, date | None]] = {}
    for name, now in shots[-1].items():
        if now.due is None or now.due < last_day or now.status != "active" or now.ended:
            continue
        left = (now.due - day).days
        step = PAST if left < 0 else 1 if left <= 1 else 7 if left <= 7 else 30 if left <= 30 else FAR
        path = [shot.get(name) for shot in shots]
        known = all(one is not None and one.status == "active" for one in path)
        was = path[0].due if known and path[0] else None
        if was and was != now.due:
            found[name] = (now.due, step, was)
        elif step < ((step_of((now.due - last_day).days) if now.due > last_day else PAST) if was else FAR):
            found[name] = (now.due, step, None)
    return found


def _looks(state: State | None) -> tuple[int, str, bool] | None:
    return (state.version, state.status, state.ended) if state else None


@pytest.mark.slow
@pytest.mark.parametrize(
    "days", [pytest.param(30, id="thirty-days"), pytest.param(90, id="ninety-days", marks=pytest.mark.drill)]
)
def test_through_many_days_twenty_readers_are_told_everything_once(tmp_path: Path, days: int) -> None:
    home = make_home(tmp_path, now=START)
    desk = Desk.open(home)
    world = World(seed=20261122)
    simulation = Simulation(home.root, desk, world)
    dice = random.Random(7)
    readers = [_reader(no, days, dice) for no in range(READERS)]
    with writing(desk._engine) as connection:
        row = {"role": "reader", "created_at": 0.0}
        connection.execute(insert(account), [{"name": one.name, **row} for one in readers])
    world.begin(home)
    simulation.publish(START, log=True)
    for number in range(days):
        _one_day(simulation, readers, number, dice)
    for one in readers:
        assert one.first is not None
        assert len(one.new) == len(set(one.new))
        began, ended = simulation.history[one.first][1], simulation.history[one.seen][1]
        gone_since = {name for name in ended if name not in began}
        changed = {name for name in began if _looks(began[name]) != _looks(ended[name])}
        assert gone_since | changed <= one.ever | _told_today(one, simulation)
    assert simulation.looks > 7 * days
    assert len(simulation.history) > days // 6
    desk.close()


def _reader(no: int, days: int, dice: random.Random) -> Reader:
    """Two stay away for two thirds of the time and come back, one leaves for good."""
    away = range(0)
    if no in (3, 11):
        away = range(days * 2 // 9, days * 8 // 9)
    elif no == 5:
        away = range(dice.randrange(days), days)
    return Reader(f"reader-{no}", dice.choice((0.2, 0.5, 0.5, 0.9)), away)


def _told_today(reader: Reader, simulation: Simulation) -> set[str]:
    """Who looked on one day only was told nothing yet."""
    return set() if reader.upto is not None else set(simulation.current)


def _one_day(simulation: Simulation, readers: list[Reader], number: int, dice: random.Random) -> None:
    """Night, morning, noon, evening: what is taken in at one may be published at another, or days later."""
    start = START.replace(hour=22) + timedelta(days=number)  # 06:00 of the next day at the library
    held = Publication.current(simulation.at(start))
    if dice.random() < 0.6:
        simulation.world.pass_time(simulation.at(start), start)
    if dice.random() < 0.18:
        simulation.publish(start, log=dice.random() < 0.5)
    busy = dice.choice(("",) * 10 + ("logged", "silent"))
    for at, reader, tab in _looks_of_day(readers, number, dice):
        late = at > timedelta(minutes=30)
        simulation.look(reader, start + at, held if tab else None, busy if late else "")
        busy = "" if late else busy


def _looks_of_day(
    readers: list[Reader], number: int, dice: random.Random
) -> list[tuple[timedelta, Reader, bool]]:
    """Who opens the page when, in order, each at a minute of its own; True: in a tab left open."""
    minutes = dice.sample(range(1, 18 * 60), 3 * len(readers))
    found = []
    for place, reader in enumerate(readers):
        if number in reader.away or dice.random() > reader.chance:
            continue
        chances = ((1.0, False), (0.1, True), (0.15, False))
        for which, (chance, tab) in enumerate(chances):
            if dice.random() < chance:
                found.append((timedelta(minutes=minutes[3 * place + which]), reader, tab))
    return sorted(found, key=lambda one: one[0])


@pytest.mark.parametrize(
    ("kinds", "status", "validity", "group"),
    [
        (("new",), "active", "unknown", "new"),
        (("new", "changed", "ended"), "active", "repealed", "new"),
        (("new", "withdrawn"), "withdrawn", "unknown", "withdrawn"),
        (("changed", "withdrawn"), "withdrawn", "unknown", "withdrawn"),
        (("withdrawn", "returned"), "active", "unknown", "changed"),
        (("changed", "ended"), "active", "expired", "repealed"),
        (("ended", "revived"), "active", "in-force", "changed"),
    ],
)
def test_a_document_is_told_in_one_group(
    kinds: tuple[str, ...], status: str, validity: str, group: str
) -> None:
    delta = told([Change("doc-1", kind, status, validity) for kind in kinds], 1, 2)
    assert {name: ids for name, ids in delta.groups.items() if ids} == {group: ("doc-1",)}
    assert delta.documents == 1


def test_a_day_moved_twice_was_moved_once_and_one_moved_back_was_not() -> None:
    days = [date(2026, 6, 1) + timedelta(days=one) for one in range(3)]
    steps = list(pairwise(days))
    moves = [Change("doc-1", "due-moved", "active", "unknown", f"fac-{new}", new, old) for old, new in steps]
    ((only),) = told(moves, 1, 3).duties
    assert (only.old_due, only.due) == (days[0], days[2])
    back = Change("doc-1", "due-moved", "active", "unknown", "fac-0", days[0], days[2])
    assert told([*moves, back], 1, 4).duties == ()


def _small(tmp_path: Path) -> Simulation:
    home = make_home(tmp_path, now=START)
    simulation = Simulation(home.root, Desk.open(home), World(seed=3))
    simulation.world.begin(home)
    return simulation


def _next(simulation: Simulation, day: int) -> datetime:
    now = START + timedelta(days=day)
    simulation.world.pass_time(simulation.at(now), now)
    simulation.publish(now, log=False)
    return now


def test_publications_that_nobody_opened_are_told_with_the_next(tmp_path: Path) -> None:
    simulation = _small(tmp_path)
    simulation.publish(START, log=True)
    before = simulation.current
    for day in (1, 2, 3):  # two are kept: the one that was logged is gone
        now = _next(simulation, day)
    simulation.log(now)
    delta = told(simulation.desk.shown.between(1, 2), 1, 2)
    expected = expected_groups([before, simulation.current])
    assert {group: set(ids) for group, ids in delta.groups.items()} == expected
    assert delta.documents > 2


def test_without_the_states_of_the_last_one_that_publication_is_asked_or_the_gap_is_told(
    tmp_path: Path,
) -> None:
    simulation = _small(tmp_path)
    simulation.publish(START, log=True)
    before = simulation.current
    states = simulation.root / FOLDER
    for file in states.iterdir():
        file.write_bytes(b"not a database")
    now = _next(simulation, 1)
    simulation.log(now)
    expected = expected_groups([before, simulation.current])
    delta = told(simulation.desk.shown.between(1, 2), 1, 2)
    assert {group: set(ids) for group, ids in delta.groups.items()} == expected
    for day in (2, 3):
        now = _next(simulation, day)
    for file in states.iterdir():
        file.unlink()
    reader = open_look(
        simulation.at(START), simulation.desk, _current(simulation), "local", now.date(), START
    )
    assert not reader.gap
    keep_look(simulation.desk, reader)
    assert simulation.desk.shown.between(2, 99) == []
    assert [one.kind for one in simulation.desk.shown.publications(0, 99)] == ["first", "delta", "gap"]


def _current(simulation: Simulation) -> Publication:
    found = Publication.current(simulation.at(START + timedelta(days=9)))
    assert found is not None
    return found
