"""The addresses of the editor: its page, what its script sends and asks, and the forms of its panels."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.accounts.asking import account_of, desk_of, may, posted_by, token_for
from dashboard.drafting.figures import figure_preview
from dashboard.editor import acts, answers
from dashboard.editor.bodies import LARGEST, TooLarge, form_of, json_of
from dashboard.editor.page import editor_page, version_page
from dashboard.editor.presence import Presence
from dashboard.editor.sheet import Sheet
from dashboard.markup import Child
from dashboard.words import chosen_language, say
from warehouse.errors import GovbriefError, UserError
from warehouse.home import Home
from warehouse.publication import Publication

ROLE = "analyst"
Act = Callable[[Sheet, dict[str, Any]], Response]


def editor_routes(home: Home) -> list[BaseRoute]:
    """The routes below /desk/drafts/; nobody below an analyst learns whether a draft is there."""
    return _Editor(home).routes()


class _Editor:
    def __init__(self, home: Home) -> None:
        self._home = home
        self._desk = desk_of(home)
        self._presence = Presence()

    def routes(self) -> list[BaseRoute]:
        one = "/desk/drafts/{draft:int}"
        posts: dict[str, Act] = {
            "/comments": acts.comment, "/restore": acts.restore, "/fill": acts.fill, "/state": acts.state,
            "/preview": answers.preview, "/check": answers.check, "/save": self._save,
        }  # fmt: skip
        return [
            Route("/desk/drafts/new", self._begin, methods=["POST"]),
            Route(one, self._page, methods=["GET"]),
            Route(one, self._posted(acts.keep), methods=["POST"]),
            Route(one + "/now", self._now, methods=["GET"]),
            Route(one + "/panels", self._panels, methods=["GET"]),
            Route(one + "/versions/{revision:int}", self._version, methods=["GET"]),
            *(Route(one + tail, self._posted(act), methods=["POST"]) for tail, act in posts.items()),
        ]

    def _page(self, request: Request) -> Response:
        told = request.query_params.get("told", "")
        key = told if told in acts.TOLD else ""
        return self._read(
            request,
            lambda sheet: _html(editor_page(sheet, _draw(sheet), sheet.say(f"editor.{key}") if key else "")),
        )

    def _version(self, request: Request) -> Response:
        revision = int(request.path_params["revision"])

        def answer(sheet: Sheet) -> Response:
            text = self._desk.drafts.text_of(sheet.draft.draft_id, revision)
            return _html(version_page(sheet, revision, text, _draw(sheet)))

        return self._read(request, answer)

    def _panels(self, request: Request) -> Response:
        return self._read(request, answers.panels_now)

    def _now(self, request: Request) -> Response:
        session = request.query_params.get("session", "")[:40]
        known = request.query_params.get("revision", "")

        def answer(sheet: Sheet) -> Response:
            others = self._presence.seen(sheet.draft.draft_id, sheet.account, session)
            return answers.now(sheet, known, others)

        return self._read(request, answer)

    def _save(self, sheet: Sheet, given: dict[str, Any]) -> Response:
        saved = answers.save(sheet, given)
        session = str(given.get("session", ""))[:40]
        if given.get("leaving"):
            self._presence.left(sheet.draft.draft_id, sheet.account, session)
        else:
            self._presence.seen(sheet.draft.draft_id, sheet.account, session)
        return saved

    def _read(self, request: Request, answer: Callable[[Sheet], Response]) -> Response:
        account = account_of(request, self._home)
        if account is None or not may(account, ROLE):
            return _refused(self._language(request), 403)
        return self._answered(request, account.name, answer)

    def _posted(self, act: Act) -> Callable[[Request], Awaitable[Response]]:
        """An address that takes a form or JSON of an analyst, checked before a byte of it is used."""

        async def endpoint(request: Request) -> Response:
            try:
                given = await _given(request)
            except TooLarge:
                told = say(self._language(request), "editor.too-large", most=f"{LARGEST:,}")
                return JSONResponse({"error": told}, status_code=413)
            except ValueError:
                return JSONResponse({"error": say(self._language(request), "editor.unreadable")}, 400)
            poster = await run_in_threadpool(posted_by, request, self._home, ROLE)
            if isinstance(poster, Response):
                return poster

            def answer(sheet: Sheet) -> Response:
                return act(sheet, given)

            return await run_in_threadpool(self._answered, request, poster.name, answer)

        return endpoint

    async def _begin(self, request: Request) -> Response:
        try:
            given = await _given(request)
        except (TooLarge, ValueError):
            return PlainTextResponse(say(self._language(request), "editor.unreadable") + "\n", 400)
        poster = await run_in_threadpool(posted_by, request, self._home, ROLE)
        if isinstance(poster, Response):
            return poster
        language = self._language(request)
        return await run_in_threadpool(acts.begin, self._home, self._desk, given, poster.name, language)

    def _answered(self, request: Request, account: str, answer: Callable[[Sheet], Response]) -> Response:
        """What a draft's address says; a sentence where there is no such draft or the act is refused."""
        language = self._language(request)
        publication = Publication.current(self._home)
        if publication is None:
            return PlainTextResponse(say(language, "first.no-publication-title") + "\n", status_code=404)
        try:
            draft, text = self._desk.drafts.head(int(request.path_params["draft"]))
        except UserError:
            return _refused(language, 404)
        sheet = Sheet(
            self._home,
            publication,
            self._desk,
            draft,
            text,
            language,
            account,
            token_for(request, self._home),
        )
        try:
            return answer(sheet)
        except GovbriefError as error:
            return acts.refused(sheet, request, str(error))

    def _language(self, request: Request) -> str:
        asked = request.query_params.get("lang")
        return chosen_language(asked, None, self._home.settings.place.language)


async def _given(request: Request) -> dict[str, Any]:
    is_json = request.headers.get("content-type", "").startswith("application/json")
    return await (json_of(request) if is_json else form_of(request))


def _draw(sheet: Sheet) -> Callable[..., Child]:
    def draw(settings: Any) -> Child:
        return figure_preview(sheet.home, sheet.publication, settings, sheet.language)

    return draw


def _html(page: str) -> Response:
    return HTMLResponse(page, headers={"Cache-Control": "no-store"})


def _refused(language: str, status: int) -> Response:
    key = "editor.not-yours" if status == 403 else "editor.no-draft"
    return PlainTextResponse(say(language, key) + "\n", status_code=status)
