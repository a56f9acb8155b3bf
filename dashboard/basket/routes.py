"""`POST /basket/…`: one change of the evidence basket, asked for by a button and answered in words."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.accounts.asking import desk_of, posted_by
from dashboard.basket.acts import ACTS, Asked, Refused
from dashboard.basket.keep import POST, ROLE
from dashboard.words import chosen_language, say
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.publication import Publication

_LARGEST = 20_000  # bytes of what a button may say


def basket_routes(home: Home) -> list[BaseRoute]:
    """The route of all acts; each answer is JSON with `told`, a sentence, and `count`, items of the theme."""

    async def act(request: Request) -> Response:
        body = await request.body()
        account = posted_by(request, home, ROLE)
        if isinstance(account, Response):
            return account
        fields = dict(parse_qsl(body[:_LARGEST].decode("utf-8", "replace")))
        language = chosen_language(fields.get("lang"), None, home.settings.place.language)
        publication, work = Publication.current(home), ACTS.get(request.path_params["act"])
        if work is None or publication is None:
            return _answer(say(language, "basket.cannot"), 404)
        desk = desk_of(home)
        try:
            told = work(Asked(publication, desk, fields, language, account.name))
        except (UserError, Refused) as error:
            return _answer(say(language, "basket.refused", why=str(error)), 400)
        count = desk.basket.count(desk.basket.chosen(account.name))
        return _answer(told, 200, count)

    return [Route(POST + "{act}", act, methods=["POST"])]


def _answer(told: str, status: int, count: int | None = None) -> Response:
    return JSONResponse({"told": told, "count": count}, status, headers={"Cache-Control": "no-store"})
