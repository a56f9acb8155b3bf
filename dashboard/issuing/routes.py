"""`/issue/<number>/<format>`: a file of a signed issue as it was signed, behind the gate of every page."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.accounts.asking import account_of, desk_of, may
from dashboard.evidence.from_issue import pack_of
from dashboard.issuing.release import kept_file
from dashboard.issuing.seeing import may_open
from dashboard.report.files import FORMATS, MEDIA
from dashboard.words import chosen_language, say
from warehouse.desk.issues.model import Issue
from warehouse.errors import EnvironmentProblem, UserError
from warehouse.home import Home
from warehouse.publication import Publication

PACK = "pack"  # the evidence pack of an issue, beside its four files


def issue_address(issue_id: int, format: str) -> str:
    """The address of a file of an issue."""
    return f"/issue/{issue_id}/{format}"


def issue_routes(home: Home) -> list[BaseRoute]:
    """The route; what does not exist, or is not for this reader, is answered with 404 in words."""

    def file(request: Request) -> Response:
        language = chosen_language(request.query_params.get("lang"), None, home.settings.place.language)
        account = account_of(request, home)
        number, format = request.path_params["number"], request.path_params["format"]
        if account is None or format not in (*FORMATS, PACK) or not number.isdecimal() or len(number) > 12:
            return _none(language, f"{number}/{format}")
        try:
            issue = desk_of(home).issues.one(int(number))
            if not may_open(lambda role: may(account, role), issue):
                return _none(language, number)
            data = _data(home, issue, format)
        except UserError:
            return _none(language, number)
        except EnvironmentProblem as error:
            return PlainTextResponse(f"{error}\n", status_code=503)
        ending = "zip" if format == PACK else format
        named = quote(f"{issue.series}-{issue.year}-{issue.number}.{ending}", safe="")
        plain = f"issue-{issue.year}-{issue.number}.{ending}"
        headers = {
            "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{named}",
            "Cache-Control": "no-store",
        }
        return Response(data, media_type=MEDIA.get(format, "application/zip"), headers=headers)

    return [Route("/issue/{number}/{format}", file)]


def _data(home: Home, issue: Issue, format: str) -> bytes:
    """A kept file, or the evidence pack as the current publication and the archive have its sources."""
    if format != PACK:
        return kept_file(desk_of(home), issue, format)
    publication = Publication.current(home)
    if publication is None:
        raise UserError("Nothing is published in this home.")
    return pack_of(home, publication, desk_of(home), issue.issue_id)


def _none(language: str, value: str) -> Response:
    return PlainTextResponse(say(language, "reports.unknown-issue", value=value[:80]) + "\n", status_code=404)
