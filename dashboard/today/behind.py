"""Behind the numbers of a look: the documents of an interval of publications, and deadlines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from dashboard.frame import Frame, refuse, show
from dashboard.markup import Markup, element
from dashboard.pieces import basis_line, basis_of, quiet
from dashboard.today.news import delta_between
from dashboard.today.panels import nearer_list
from warehouse.queries.nearer import between, nearer, with_sentences
from warehouse.queries.reader_delta import GROUPS, Delta, Told

Pager = Callable[[int], tuple[int, int]]
Pages = Callable[[dict[str, object], int, int], Markup | None]


def told_of(frame: Frame, kind: str) -> Told | None:
    """The interval that an address names, None for one without; one that was never shown is refused."""
    if "after" not in frame.parameters and "upto" not in frame.parameters:
        return None
    if kind not in GROUPS:
        refuse(frame, "unknown.look", kind)
    return _delta(frame).told(kind)


def told_in_words(frame: Frame, told: Told) -> str:
    """Which publications an interval holds, by their days."""
    found = frame.desk.shown.publications(told.after, told.upto)
    if not found:
        return frame.say("listing.no-publication")
    return (
        f"{found[0].publication_id} – {found[-1].publication_id}"
        if len(found) > 1
        else found[0].publication_id
    )


def nearer_page(frame: Frame, per_page: int, page_of: Pager, pages: Pages) -> None:
    """The deadlines that came nearer between two looks, as many as the number that leads here says."""
    looks = between(_delta(frame), _day(frame, "from"), _day(frame, "to"))
    found = frame.read(nearer, looks)
    number, last = page_of(len(found))
    rows = frame.read(with_sentences, found[(number - 1) * per_page : number * per_page])
    show(
        element("p", frame.say("listing.kicker"), cls="gb-kicker"),
        element("h1", frame.say("delta.listing-nearer")),
        element("p", f"{looks.last_day} – {looks.day}", cls="gb-coverage"),
        element(
            "p", frame.say("listing.due-count", n=f"{len(found):,}"), cls="gb-found", data_count=len(found)
        ),
        element("p", frame.say("today.mined"), cls="gb-note"),
    )
    if not rows:
        show(quiet(frame.say("today.none-due")), basis_line(frame))
        return
    kept = {name: frame.parameters[name] for name in ("of", "after", "upto", "from", "to")}
    basis = basis_of(frame, (row["document_id"] for row in found))
    show(nearer_list(frame, rows), pages(dict(kept), number, last), basis)


def _delta(frame: Frame) -> Delta:
    last = frame.desk.shown.last()
    newest = last.sequence if last else 0
    return delta_between(frame, _sequence(frame, "after", newest), _sequence(frame, "upto", newest))


def _sequence(frame: Frame, name: str, newest: int) -> int:
    text = frame.parameters.get(name, "")
    if not text.isascii() or not text.isdecimal() or int(text[:9]) > newest or len(text) > 9:
        refuse(frame, "unknown.look", text or name)
    return int(text)


def _day(frame: Frame, name: str) -> date:
    text = frame.parameters.get(name, "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(frame, "unknown.date", text or name)
