"""An OpenID Connect provider on loopback that tells what a test wants it to tell."""

from __future__ import annotations

import secrets
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "govbrief-desk", "the-secret-of-the-client"


@dataclass
class Provider:
    """Who signs in there is `person`; `changed` replaces what the next token says, `key` what signs it."""

    person: str = "u-1"
    changed: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signs_with: RSAKey | None = None
    asked: dict[str, dict[str, str]] = field(default_factory=dict)  # code -> what the authorization asked
    base: str = ""

    def app(self) -> Starlette:
        """Its four addresses."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._about),
                Route("/jwks", self._keys),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
            ]
        )

    def _about(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.base,
                "authorization_endpoint": f"{self.base}/authorize",
                "token_endpoint": f"{self.base}/token",
                "jwks_uri": f"{self.base}/jwks",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    def _keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    def _authorize(self, request: Request) -> Response:
        given = dict(request.query_params)
        code = secrets.token_urlsafe(12)
        self.asked[code] = given
        back = urlencode({"code": code, "state": given["state"]})
        return RedirectResponse(f"{given['redirect_uri']}?{back}", 302)

    async def _token(self, request: Request) -> Response:
        form = parse_qs((await request.body()).decode())
        asked = self.asked.pop(form["code"][0], None)
        if asked is None or not form.get("code_verifier"):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {
            "iss": self.base, "sub": self.person, "aud": CLIENT, "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], "name": "王小明", "preferred_username": "wxm", **self.changed,
        }  # fmt: skip
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with or self.key)
        return JSONResponse(
            {"access_token": "a", "token_type": "Bearer", "expires_in": 300, "id_token": signed}
        )


class Running:
    """The provider in a thread of this process."""

    def __init__(self) -> None:
        self.provider = Provider()
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        self.provider.base = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(self.provider.app(), log_level="error"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        """End it."""
        self._server.should_exit = True
        self._thread.join(10)


__all__ = ["CLIENT", "SECRET", "Provider", "Running"]
