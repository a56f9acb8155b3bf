"""`/issue/<number>/pack`: the evidence pack of a signed issue, for whoever may open the issue's files."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.accounts.asking import account_of, desk_of, may
from dashboard.evidence.from_issue import pack_of
from dashboard.issuing.seeing import may_open
from dashboard.words import chosen_language, say
from warehouse.errors import GovbriefError, UserError
from warehouse.home import Home
from warehouse.publication import Publication


def pack_address(issue_id: int) -> str:
    """The address of an issue's pack."""
    return f"/issue/{issue_id}/pack"


def pack_routes(home: Home) -> list[BaseRoute]:
    """The route; it stands before that of the issue's files. What is not for this reader is answered 404."""

    def pack(request: Request) -> Response:
        language = chosen_language(request.query_params.get("lang"), None, home.settings.place.language)
        account, number = account_of(request, home), request.path_params["number"]
        publication = Publication.current(home)
        if account is None or publication is None or not number.isdecimal() or len(number) > 12:
            return _none(language, number)
        try:
            desk = desk_of(home)
            issue = desk.issues.one(int(number))
            if not may_open(lambda role: may(account, role), issue):
                return _none(language, number)
            data = pack_of(home, publication, desk, issue.issue_id)
        except UserError:
            return _none(language, number)
        except GovbriefError as error:
            return PlainTextResponse(f"{error}\n", status_code=503)
        name = f"{issue.series}-{issue.year}-{issue.number}.zip"
        plain = f"issue-{issue.year}-{issue.number}.zip"
        told = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
        headers = {"Content-Disposition": told, "Cache-Control": "no-store"}
        return Response(data, media_type="application/zip", headers=headers)

    return [Route("/issue/{number}/pack", pack)]


def _none(language: str, value: str) -> Response:
    return PlainTextResponse(say(language, "service.unknown-issue", value=value[:80]) + "\n", status_code=404)
