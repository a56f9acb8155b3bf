"""`/report/<kind>/<key>/<format>`: a briefing to take along, behind the gate of every page."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.briefing.model import Subject, SubjectKind
from dashboard.briefing.subjects import find_subject
from dashboard.report.files import FORMATS, MEDIA, report_file
from dashboard.report.spoken import subject_in_english
from dashboard.words import LANGUAGES, chosen_language, say
from warehouse.clock import today
from warehouse.errors import GovbriefError, UserError
from warehouse.home import Home
from warehouse.publication import Publication

PERIODS = {"7d": 7, "30d": 30, "90d": 90, "365d": 365}
USUAL = "30d"


def report_address(subject: Subject, format: str, since: str = USUAL, language: str = "zh") -> str:
    """The address of a briefing as a file, for a link on its page."""
    return (
        f"/report/{subject.kind}/{quote(subject.key, safe='')}/{format}"
        f"?since={quote(since)}&lang={quote(language)}"
    )


def report_routes(home: Home) -> list[BaseRoute]:
    """The route; unknown words in the address are answered with 404 or 400 and named."""

    def report(request: Request) -> Response:
        asked, path = request.query_params, request.path_params
        language = chosen_language(asked.get("lang"), None, home.settings.place.language)
        since, format = asked.get("since", USUAL), path["format"]
        if format not in FORMATS or path["kind"] not in get_args(SubjectKind):
            return _told(language, "paper.unknown", 404, value=f"{path['kind']}/{format}")
        if since not in PERIODS or asked.get("lang", language) not in LANGUAGES:
            return _told(language, "paper.parameter", 400, value=f"{since}, {asked.get('lang', language)}")
        publication = Publication.current(home)
        if publication is None:
            return _told(language, "paper.none", 404)
        try:
            subject = find_subject(publication, path["key"], (path["kind"],))
        except UserError:
            return _told(language, "paper.unknown", 404, value=path["key"])
        day = today(home.clock, home.settings.place.timezone)
        try:
            data = report_file(
                home, publication, subject, day - timedelta(days=PERIODS[since]), format, language
            )
        except GovbriefError as error:
            return PlainTextResponse(f"{error}\n", status_code=503)
        name = f"{subject_in_english(subject).name(language)}-{day}.{format}"
        return Response(data, media_type=MEDIA[format], headers=_headers(name, f"briefing-{day}.{format}"))

    return [Route("/report/{kind}/{key:path}/{format}", report)]


def _told(language: str, key: str, status: int, **values: object) -> Response:
    return PlainTextResponse(say(language, key, **values) + "\n", status_code=status)


def _headers(name: str, plain: str) -> dict[str, str]:
    """Kept by the reader under the subject's name, never shown in the page's own place."""
    return {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "no-store",
    }
