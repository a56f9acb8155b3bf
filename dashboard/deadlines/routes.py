"""`/deadlines/duties.ics` and `.csv`: what the duty calendar shows, as files, by the same parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.deadlines.ics import MEDIA_TYPE, calendar_file
from dashboard.deadlines.ledger import Ledger, Line
from dashboard.deadlines.told import as_object, csv_file
from dashboard.deadlines.wish import UnknownValue, Wish, known_of, read_wish
from dashboard.words import chosen_language, known, say
from warehouse.clock import today
from warehouse.desk import Desk
from warehouse.home import Home
from warehouse.publication import Publication

MOST = 5_000  # duties of one file
_ALARMS = range(0, 91)  # days before


def deadline_routes(home: Home) -> list[BaseRoute]:
    """The two files; an unknown parameter value is refused in words with 400, as the page refuses it."""

    def file(request: Request) -> Response:
        given = {name: str(value) for name, value in request.query_params.items()}
        language = chosen_language(given.get("lang"), None, home.settings.place.language)
        publication = Publication.current(home)
        if publication is None:
            return PlainTextResponse(say(language, "first.no-publication-title") + "\n", status_code=404)
        try:
            wish = read_wish(given, known_of(publication))
            alarm = _alarm(given)
        except UnknownValue as unknown:
            told = known(language, unknown.key, str(unknown)).format(value=unknown.value[:80])
            return PlainTextResponse(told + "\n", status_code=400)
        form = request.path_params["form"]
        if form == "csv":
            objects = (as_object(publication, *one) for one in judged_lines(home, publication, wish, MOST))
            return _answer("".join(csv_file(objects)), "text/csv; charset=utf-8", form)
        if form != "ics" or wish.of == "undated":
            return PlainTextResponse(say(language, "deadlines.no-file") + "\n", status_code=404)
        judged = judged_lines(home, publication, wish, MOST)
        return _answer("".join(calendar_file(publication, judged, language, alarm)), MEDIA_TYPE, form)

    return [Route("/deadlines/duties.{form}", file)]


def judged_lines(
    home: Home, publication: Publication, wish: Wish, most: int
) -> list[tuple[Line, str | None]]:
    """Lines of a wish, at most so many, each with what people judged: confirmed, rejected or nothing."""

    def read(query: Callable[..., Any], *arguments: object) -> Any:
        return query(publication, *arguments)

    ledger = Ledger(read, home, today(home.clock, home.settings.place.timezone))
    lines = list(ledger.lines(wish, most))
    with Desk.open(home) as desk:
        verdicts = desk.judgements({line.row["document_id"] for line in lines})
    return [(line, verdicts.get((line.row["document_id"], line.row["fact_id"]))) for line in lines]


def _alarm(given: dict[str, str]) -> int | None:
    asked = given.get("alarm")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdecimal()) or int(asked[:6]) not in _ALARMS:
        raise UnknownValue("deadlines.unknown-days", asked)
    return int(asked)


def _answer(text: str, media_type: str, form: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="duties.{form}"',
        "Cache-Control": "no-store",
    }
    return Response(text.encode("utf-8"), media_type=media_type, headers=headers)
