"""`/login` and `/account`: signing in, another password, signing out."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.accounts.asking import (
    COOKIE,
    begun_session,
    desk_of,
    is_from_here,
    posted_form,
    session_of,
    token_for,
)
from dashboard.accounts.doors import back_to
from dashboard.accounts.pages import POLICY, account_page, login_page
from dashboard.accounts.passwords import fits, hashed
from dashboard.words import chosen_language, say
from warehouse.desk.people import Account
from warehouse.errors import UserError
from warehouse.home import Home

_FORM = "govbrief-form"  # ties the form for signing in to the browser that loaded it
_SECRET = secrets.token_bytes(32)
_LARGEST = 16 * 1024  # bytes


def account_routes(home: Home) -> list[BaseRoute]:
    """The routes; in single-user mode there is nobody to sign in, and they say so."""
    return _Signing(home).routes()


class _Signing:
    def __init__(self, home: Home) -> None:
        self._home = home

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/login", self._ask, methods=["GET"]),
            Route("/login", self._sign_in, methods=["POST"]),
            Route("/account", self._own, methods=["GET"]),
            Route("/account/password", self._change, methods=["POST"]),
            Route("/account/leave", self._leave, methods=["POST"]),
        ]

    # signing in

    def _ask(self, request: Request) -> Response:
        back = back_to(request.query_params.get("next"))
        if self._alone() or session_of(request.cookies, self._home):
            return RedirectResponse(back, 303)
        return self._form(request, back)

    async def _sign_in(self, request: Request) -> Response:
        fields = await _fields(request)
        if fields is None:
            return _html("", 413)
        back, language = back_to(fields.get("next")), self._language(request)
        if self._alone():
            return RedirectResponse(back, 303)
        seed = request.cookies.get(_FORM, "")
        if not seed or not is_from_here(request) or not _same(fields.get("token", ""), _form_token(seed)):
            return self._form(request, back, say(language, "accounts.stale"), 403)
        return await run_in_threadpool(self._checked, request, fields, back)

    def _checked(self, request: Request, fields: dict[str, str], back: str) -> Response:
        language, desk = self._language(request), desk_of(self._home)
        name = fields.get("name", "").strip().casefold()[:80]
        address = request.client.host if request.client else ""
        if not desk.sessions.may_try(name, address):
            return self._form(request, back, say(language, "accounts.throttled"), 429, name)
        if not fits(fields.get("password", ""), desk.accounts.password_of(name)):
            return self._form(request, back, say(language, "accounts.wrong"), 401, name)
        desk.sessions.forgive(name)
        desk.audit("sign-in", name, name, {})
        answer = begun_session(request, self._home, name, RedirectResponse(back, 303))
        answer.delete_cookie(_FORM, path="/login")
        return answer

    def _form(
        self, request: Request, back: str, problem: str = "", status: int = 200, name: str = ""
    ) -> Response:
        seed = request.cookies.get(_FORM) or secrets.token_urlsafe(24)
        use = self._home.settings.accounts
        provider = use.oidc_name if use.mode == "oidc" else None
        page = login_page(self._language(request), _form_token(seed), back, problem, name, provider)
        answer = _html(page, status)
        answer.set_cookie(
            _FORM, seed, path="/login", httponly=True, samesite="strict", secure=self._secure(request)
        )
        return answer

    # one's own account

    def _own(self, request: Request) -> Response:
        found = session_of(request.cookies, self._home)
        if self._alone() or found is None:
            return PlainTextResponse(say(self._language(request), "accounts.alone") + "\n", 404)
        return self._account(request, found.account, back=back_to(request.query_params.get("next")))

    def _account(self, request: Request, account: Account, problem: str = "", told: str = "", back: str = "/",
                 status: int = 200) -> Response:  # fmt: skip
        token = token_for(request, self._home)
        return _html(account_page(self._language(request), account, token, back, problem, told), status)

    async def _change(self, request: Request) -> Response:
        fields = await _fields(request)
        if fields is None:
            return _html("", 413)
        account = await run_in_threadpool(posted_form, request, self._home, fields.get("token", ""))
        if isinstance(account, Response):
            return account
        return await run_in_threadpool(self._changed, request, account, fields)

    def _changed(self, request: Request, account: Account, fields: dict[str, str]) -> Response:
        language, desk, back = self._language(request), desk_of(self._home), back_to(fields.get("next"))
        address = request.client.host if request.client else ""
        if not desk.sessions.may_try(account.name, address):
            return self._account(request, account, say(language, "accounts.throttled"), back=back, status=429)
        if not fits(fields.get("old", ""), desk.accounts.password_of(account.name)):
            return self._account(request, account, say(language, "accounts.wrong-old"), back=back, status=403)
        desk.sessions.forgive(account.name)
        if fields.get("new") != fields.get("again"):
            return self._account(request, account, say(language, "accounts.differ"), back=back, status=400)
        if fields.get("new") == fields.get("old"):
            return self._account(request, account, say(language, "accounts.same"), back=back, status=400)
        try:
            kept = hashed(fields.get("new", ""), account.name)
        except UserError as error:
            return self._account(request, account, str(error), back=back, status=400)
        desk.accounts.set_password(account.name, kept, account.name, must_change=False)
        return begun_session(request, self._home, account.name, RedirectResponse(back, 303))

    async def _leave(self, request: Request) -> Response:
        fields = await _fields(request)
        if fields is None:
            return _html("", 413)
        account = await run_in_threadpool(posted_form, request, self._home, fields.get("token", ""))
        if isinstance(account, Response):
            return account
        await run_in_threadpool(desk_of(self._home).sessions.end, request.cookies.get(COOKIE, ""))
        answer = RedirectResponse(f"/login?lang={self._language(request)}", 303)
        answer.delete_cookie(COOKIE, path="/")
        return answer

    # inside

    def _alone(self) -> bool:
        return self._home.settings.accounts.mode == "single"

    def _secure(self, request: Request) -> bool:
        return self._home.settings.accounts.secure or request.url.scheme == "https"

    def _language(self, request: Request) -> str:
        return chosen_language(request.query_params.get("lang"), None, self._home.settings.place.language)


def _form_token(seed: str) -> str:
    return hmac.new(_SECRET, seed.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


async def _fields(request: Request) -> dict[str, str] | None:
    """The fields of a small form; None when more was sent than any form of ours."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            return None
    found = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    return {name: values[0] for name, values in found.items()}


def _html(page: str, status: int = 200) -> Response:
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": POLICY}
    return HTMLResponse(page or "<!doctype html><title>413</title>", status, headers=headers)
