"""Documents come to the bodies they give work to, and what people decide of that is kept and wins."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.warehouse.make import CLASSIFIER, bodies, classification, document, fill, label, make_home, route
from warehouse import migrate
from warehouse.database import Warehouse
from warehouse.desk import Desk
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.ingest import ingest_vocabulary
from warehouse.labelling import store_classifications
from warehouse.publication import Publication
from warehouse.publish import publish
from warehouse.queries.routing import (
    InboxChoice,
    count_inbox,
    count_unrouted,
    list_inbox,
    list_unrouted,
    routes_of,
)
from warehouse.queries.routing_codes import class_parts, inbox_codes
from warehouse.records import Body, Document
from warehouse.rows import sql_names

CITY = "xs-1001-civil-affairs"
CITIES = "all:civil-affairs:municipal:XS-10"
EVERY = "all:department:provincial:XS-10"


def _papers() -> list[Document]:
    days = (date(2026, 5, 1), date(2026, 5, 20), date(2026, 4, 1))
    return [
        document(at, "mzt", title=f"第{at}号通知", paragraphs=("各市民政局：", "请办理。"), published=day)
        for at, day in enumerate(days, start=1)
    ]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = make_home(tmp_path)
    papers = _papers()
    fill(home, papers)
    office = Body(CITY, "澜江市民政局", "Civil Affairs, Lanjiang", "民政局", "XS-1001", "澜江市", "municipal")
    mine = label("xs-10-mzt", "云河省民政厅", field="department", basis="published")
    found = [
        (route("addressee", CITIES, "云河省各市（州）民政局", 0, 0, 5),
         route("duty", CITY, "澜江市民政局", 1, 0, 2)),
        (route("addressee", EVERY, "云河省各部门", 0, 0, 5),),
        (route("unknown", None, None, 0, 0, 0),),
    ]  # fmt: skip
    with Warehouse.open(home) as w:
        ingest_vocabulary(w, [], [*bodies(), office])
    for one, routes in zip(papers, found, strict=True):
        said = classification(home, one, routes=routes, departments=(mine,))
        with Warehouse.open(home) as w:
            store_classifications(w, CLASSIFIER, [said])
    publish(home)
    return home


def _current(home: Home) -> Publication:
    found = Publication.current(home)
    assert found is not None
    return found


def _ids(home: Home) -> list[str]:
    return [one.document_id for one in _papers()]


def test_routes_stand_in_a_table_of_their_own_with_the_strongest_reason_first(home: Home) -> None:
    publication = _current(home)
    first = _ids(home)[0]
    routes = routes_of(publication, [first])[first]
    assert [(row["code"], row["reason"], row["rank"]) for row in routes] == [
        (CITIES, "addressee", 1),
        (CITY, "duty", 2),
    ]
    assert (routes[0]["paragraph"], routes[0]["start_at"], routes[0]["end_at"]) == (0, 0, 5)


def test_routes_that_lay_among_the_mined_facts_come_into_their_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, steps = make_home(tmp_path), sql_names("migrations")
    with monkeypatch.context() as older:
        older.setattr(migrate, "sql_names", lambda folder: steps[: steps.index("0020_routing")])
        with Warehouse.open(home) as w:
            w.connection.execute(_BEFORE)
    with Warehouse.open(home) as w:
        columns = "document_id, code, name, reason, paragraph, start_at, end_at, rule"
        assert w.connection.execute(f"select {columns} from routing order by all").fetchall() == [
            ("doc-1", CITY, "澜江市民政局", "duty", 1, 0, 2, "routing-1"),
            ("doc-2", None, None, "tells", 0, 0, 0, "routing-1"),
        ]
        assert w.connection.execute("select kind from fact").fetchall() == [("effective",)]


_BEFORE = """
insert into fact values
    ('fac-1', 'doc-1', 'route:duty', 'xs-1001-civil-affairs|澜江市民政局', '', 1, 0, 2, 'routing-1'),
    ('fac-2', 'doc-1', 'effective', '2026-06-01', '自印发之日起施行。', 1, 0, 9, 'force-1'),
    ('fac-3', 'doc-2', 'route:none', 'tells', '', 0, 0, 0, 'routing-1')
"""


def test_a_body_gets_what_is_given_to_its_classes_once_and_by_the_strongest_reason(home: Home) -> None:
    publication = _current(home)
    choice = InboxChoice(CITY)
    rows = list_inbox(publication, choice, 10)
    assert [(row["document_id"], row["reason"], row["code"]) for row in rows] == [
        (_ids(home)[0], "addressee", CITIES)
    ]
    assert count_inbox(publication, choice) == 1
    assert count_inbox(publication, InboxChoice(CITY, since=date(2026, 5, 2))) == 0
    assert count_inbox(publication, InboxChoice(CITY, reason="duty")) == 1


def test_its_own_paper_does_not_come_to_a_body_through_a_class(home: Home) -> None:
    assert EVERY in inbox_codes(_current(home), "xs-10-finance")
    assert count_inbox(_current(home), InboxChoice("xs-10-finance")) == 1
    assert count_inbox(_current(home), InboxChoice("xs-10-mzt")) == 0


def test_what_was_routed_to_nobody_is_a_queue_with_the_reason(home: Home) -> None:
    publication = _current(home)
    assert count_unrouted(publication) == {"unknown": 1}
    assert [(row["document_id"], row["reason"], row["day"]) for row in list_unrouted(publication)] == [
        (_ids(home)[2], "unknown", date(2026, 4, 1))
    ]
    assert list_unrouted(publication, reasons=("tells",)) == []


def test_classes_of_a_county_office_reach_up_to_the_country() -> None:
    assert class_parts(CITIES) == ("civil-affairs", "municipal", "XS-10")
    assert class_parts(CITY) is None


def test_states_are_kept_with_who_and_when_and_can_be_undone(home: Home) -> None:
    first = _ids(home)[0]
    with Desk.open(home) as desk:
        desk.routing.set_state(first, CITY, "seen", "local")
        taken = desk.routing.set_state(first, CITY, "taken", "local")
        assert desk.routing.states(CITY)[first].value == "taken"
        undone = desk.routing.undo(taken.act_id, "local")
        assert undone.undone_by == "local"
        assert desk.routing.states(CITY, [first])[first].value == "seen"
        assert [one.action for one in desk.audit_events(first)] == [
            "undo-route",
            "route-state",
            "route-state",
        ]
        with pytest.raises(UserError, match="already undone by local"):
            desk.routing.undo(taken.act_id, "local")
        with pytest.raises(UserError, match="'lost' is unknown"):
            desk.routing.set_state(first, CITY, "lost", "local")


def test_what_is_given_by_hand_is_kept_by_a_new_publication_and_leaves_the_queue(home: Home) -> None:
    third = _ids(home)[2]
    with Desk.open(home) as desk:
        desk.routing.assign(third, CITY, "澜江市民政局", "local")
        publish(home, whole=True)
        placed = desk.routing.placed(CITY)
        assert placed[third].act == "assign"
        settled = desk.routing.settled()
    publication = _current(home)
    assert count_unrouted(publication, but=settled) == {}
    assert count_inbox(publication, InboxChoice(CITY, also=tuple(placed))) == 2


def test_what_a_department_sends_back_waits_again_until_somebody_gets_it(home: Home) -> None:
    first = _ids(home)[0]
    with Desk.open(home) as desk:
        desk.routing.set_state(first, CITY, "not-ours", "local")
        desk.routing.set_state(_ids(home)[1], "theme:elderly-care", "not-ours", "local")
        back = desk.routing.sent_back()
        assert back == {first}
        assert first in {row["document_id"] for row in list_unrouted(_current(home), also=back)}
        desk.routing.dismiss(first, "local")
        assert desk.routing.sent_back() == frozenset()
