"""`POST /accession/file` and `/accession/address`: what is handed in by a form; both lead to the register."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath
from urllib.parse import urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.accounts.asking import account_of, desk_of, may, posted_by
from dashboard.addresses import address
from dashboard.words import chosen_language
from warehouse.desk.accessions import LARGEST_FILE
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.web_keys import without_key

POST = "/accession/"
ROLE = "analyst"
LARGEST_BODY = LARGEST_FILE + 1_000_000  # bytes: the file and the fields around it
_LONGEST = {"url": 2000, "source": 60, "note": 500}


class Wrong(Exception):
    """What does not fit, as the end of a key of the catalogue (`accession.told-…`)."""


def accession_routes(home: Home) -> list[BaseRoute]:
    """The two routes; both lead back to the page, which says what became of it."""

    async def take(request: Request) -> Response:
        asker = await run_in_threadpool(account_of, request, home)
        if asker is None or not may(asker, ROLE):  # before a large body is read
            return PlainTextResponse(f"This needs the role {ROLE}. 需要的角色：{ROLE}。\n", 403)
        try:
            form = await request.form(max_files=1, max_fields=20)
        except HTTPException:
            return PlainTextResponse("The form cannot be read. 表单无法读取。\n", 400)
        async with request.form() as form:
            poster = await run_in_threadpool(posted_by, request, home, ROLE)
            if isinstance(poster, Response):
                return poster
            hand_in = _hand_in_file if request.url.path == POST + "file" else _hand_in_address
            try:
                await run_in_threadpool(hand_in, home, form, poster.name)
                told = "received"
            except Wrong as wrong:
                told = str(wrong)
            except UserError:
                told = "crowd"
        spoken = chosen_language(request.query_params.get("lang"), None, home.settings.place.language)
        return RedirectResponse(_page(home, spoken, told), 303, headers={"Cache-Control": "no-store"})

    return [Route(POST + kind, take, methods=["POST"]) for kind in ("file", "address")]


def _hand_in_file(home: Home, form: FormData, account: str) -> None:
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Wrong("no-file")
    body = file.file.read(LARGEST_FILE + 1)
    if not body:
        raise Wrong("empty")
    if len(body) > LARGEST_FILE:
        raise Wrong("too-large")
    url = _address(form) if _field(form, "url") else ""
    desk_of(home).accessions.hand_in_file(
        home, file_name(file.filename), body, account, url=url, **_said(form)
    )


def _hand_in_address(home: Home, form: FormData, account: str) -> None:
    desk_of(home).accessions.hand_in_address(_address(form), account, **_said(form))


def _said(form: Mapping[str, object]) -> dict[str, str]:
    source = _field(form, "source")
    if source and not re.fullmatch(r"[a-z0-9][a-z0-9-]*", source):
        raise Wrong("source")
    return {"source_id": source, "note": " ".join(_field(form, "note").split())}


def _address(form: Mapping[str, object]) -> str:
    """A web address as somebody typed it; Wrong for anything else."""
    url = _field(form, "url")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise Wrong("address") from error
    fits = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    if not fits or not url.isprintable() or " " in url:
        raise Wrong("address")
    return without_key(url)  # somebody may copy an interface's address with her key in it


def _field(form: Mapping[str, object], name: str) -> str:
    return str(form.get(name) or "").strip()[: _LONGEST.get(name, 100)]


def file_name(said: str) -> str:
    """The file's own name without folders and unprintable signs; `file` where nothing is left."""
    name = PurePosixPath(said.replace("\\", "/")).name
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C").strip(" .")
    if len(name) > 150:
        stem, dot, ending = name.rpartition(".")
        name = stem[:140] + dot + ending[:9] if dot else name[:150]
    return name or "file"


def _page(home: Home, language: str, told: str) -> str:
    spoken = language if language != home.settings.place.language else None
    back = address("accession", spoken)
    return back + ("&" if "?" in back else "?") + urlencode({"told": told})
