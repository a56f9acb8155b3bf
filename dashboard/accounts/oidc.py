"""Signing in with a library's own identity provider (OpenID Connect), by Authlib, as a setting.

Streamlit's `st.login` keeps its own cookie, which our doors before files and answers would not know; so the
provider is asked here and the answer opens a session like a password does (decision 0041).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from httpx import HTTPError
from joserfc.errors import JoseError
from starlette.concurrency import run_in_threadpool
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router

from dashboard.accounts.asking import begun_session, desk_of
from dashboard.accounts.doors import back_to
from dashboard.accounts.identity import linked_identity
from dashboard.words import chosen_language, say
from warehouse.desk.desk import LOCAL
from warehouse.desk.people import Account
from warehouse.errors import EnvironmentProblem, UserError
from warehouse.home import Home

BEGIN = "/login/oidc"
SECRET = "GOVBRIEF_OIDC_SECRET"  # environment variable; the secret is nowhere in the home
_COOKIE, _MINUTES = "govbrief-oidc", 10
_MOST_TRIES = 20  # account names tried for a new reader


def oidc_routes(home: Home) -> list[BaseRoute]:
    """The way to the provider and back; none unless [accounts] mode is "oidc"."""
    if home.settings.accounts.mode != "oidc":
        return []
    steps = _Provider(home)
    routes = Router(routes=[Route("/", steps.begin), Route("/back", steps.back)])
    kept = SessionMiddleware(
        routes,
        secret_key=secrets.token_urlsafe(32),
        session_cookie=_COOKIE,
        max_age=_MINUTES * 60,
        path=BEGIN,
        same_site="lax",
        https_only=home.settings.accounts.secure,
    )
    return [Mount(BEGIN, app=kept)]


class _Provider:
    """One provider: its description is fetched at the first signing in, its keys when a token needs them."""

    def __init__(self, home: Home) -> None:
        self._home = home
        use = home.settings.accounts
        secret = os.environ.get(SECRET, "")
        if not secret:
            raise EnvironmentProblem(f"[accounts] mode is 'oidc': put the client's secret into {SECRET}.")
        self._client = OAuth().register(
            "library",
            server_metadata_url=use.oidc_issuer.rstrip("/") + "/.well-known/openid-configuration",
            client_id=use.oidc_client,
            client_secret=secret,
            client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256"},
        )

    async def begin(self, request: Request) -> Response:
        """Off to the provider; where to come back to is kept in a cookie of ours, not in its address."""
        request.session["back"] = back_to(request.query_params.get("next"))
        base = (
            f"{'https' if self._home.settings.accounts.secure else request.url.scheme}://{request.url.netloc}"
        )
        try:
            answer: Response = await self._client.authorize_redirect(request, f"{base}{BEGIN}/back")
        except (HTTPError, AuthlibBaseError, ValueError):
            return self._refused(request, "accounts.oidc-silent", 503)
        return answer

    async def back(self, request: Request) -> Response:
        """What the provider says of the person; Authlib checks state, nonce, signature, issuer, audience."""
        try:
            token = await self._client.authorize_access_token(request)
        except (HTTPError, AuthlibBaseError, JoseError, KeyError, ValueError):
            return self._refused(request, "accounts.oidc-failed", 403)
        told: Mapping[str, Any] = token.get("userinfo") or {}
        back = back_to(request.session.pop("back", "/"))
        if not told.get("sub") or not told.get("iss"):
            return self._refused(request, "accounts.oidc-failed", 403)
        account = await run_in_threadpool(self._account_of, told)
        if account is None:
            return self._refused(request, "accounts.oidc-unknown", 403, who=str(told["sub"])[:120])
        desk = desk_of(self._home)
        await run_in_threadpool(desk.audit, "sign-in", account.name, account.name, {"by": "oidc"})
        return await run_in_threadpool(
            begun_session, request, self._home, account.name, RedirectResponse(back, 303)
        )

    def _account_of(self, told: Mapping[str, Any]) -> Account | None:
        accounts = desk_of(self._home).accounts
        identity = linked_identity(self._home, desk_of(self._home), str(told["iss"]), str(told["sub"]))
        known = accounts.known_as(identity)
        if known is not None or not self._home.settings.accounts.oidc_readers or accounts.is_linked(identity):
            return known
        printed = str(told.get("preferred_username") or told.get("email") or "reader").partition("@")[0]
        for number in range(_MOST_TRIES):
            name = printed if not number else f"{printed}{number + 1}"
            try:
                shown = str(told.get("name") or "")[:80]
                shown = "" if "@" in shown else shown  # a mail address is no name
                return accounts.add(name, "reader", LOCAL, shown=shown, identity=identity)
            except UserError:
                continue  # taken or unfit
        return None

    def _refused(self, request: Request, key: str, status: int, **values: str) -> Response:
        language = chosen_language(request.query_params.get("lang"), None, self._home.settings.place.language)
        told = say(language, key, **values)
        return PlainTextResponse(told + "\n", status, headers={"Cache-Control": "no-store"})
