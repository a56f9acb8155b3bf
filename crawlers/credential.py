"""Keys of interfaces that ask for one: named in a source's file, taken from the environment, never stored.

A key is put on a request at the moment of sending (`Key.signed`) and taken out of whatever comes back before
anybody else sees the answer (`Key.cleaned`): no address, header, body, log or report ever holds it.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote, unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from warehouse.errors import UserError

if TYPE_CHECKING:
    from crawlers.source import SourceFile

SHORTEST = 8  # characters; a shorter word would be taken out of texts where it stands by chance
STRUCK_OUT = "***"

_AND = r"(?:&amp;|&#38;|\\u0026|&)"  # as HTML and JSON write it too


class Credential(BaseModel):
    """`[credential]`: which environment variable holds the key, and where on a request the key goes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    env: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{2,}$")]  # GOVINFO_API_KEY
    query: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.\-]*$")] = ""  # a parameter of the address
    header: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9\-]*$")] = ""  # or a header
    hosts: tuple[str, ...] = Field(default=())  # those of the source that get it; empty: all of them
    note: str = ""  # where a person gets one

    @model_validator(mode="after")
    def _one_place(self) -> Credential:
        if bool(self.query) == bool(self.header):
            raise ValueError('write either query = "api_key" or header = "X-Api-Key"')
        return self

    def in_address(self, url: str) -> bool:
        """Whether an address carries the key's parameter."""
        return bool(self.query) and bool(_parameter(self.query, r"[^&#]*").search(url))

    def without(self, url: str) -> str:
        """The address without the key's parameter, whatever its value: so it is kept and compared."""
        return _struck(_parameter(self.query, r"[^&#]*"), url) if self.query else url


class MissingKey(UserError):
    """The environment variable of a source's key is empty, or holds what can be no key."""


@dataclass(frozen=True)
class Key:
    """The key of one source; it is never printed, and only hosts of the source get it."""

    source: SourceFile = field(repr=False)
    credential: Credential
    value: str = field(repr=False)

    def belongs_to(self, url: str) -> bool:
        """Whether requests to the address carry the key: its host is named, or within the source's scope.

        Named hosts are the source's own (`credential_fault`).
        """
        host = urlsplit(url).netloc.lower()
        return host in self.credential.hosts if self.credential.hosts else self.source.covers(url)

    def signed(self, url: str) -> tuple[str, dict[str, str]]:
        """The address and the further headers with which the request is sent."""
        if self.credential.header:
            return url, {self.credential.header: self.value}
        bare = self.credential.without(url)
        address, hash_sign, fragment = bare.partition("#")
        joined = "&" if "?" in address else "?"
        signed = f"{address}{joined}{self.credential.query}={quote(self.value, safe='')}"
        return f"{signed}{hash_sign}{fragment}", {}

    def cleaned(self, text: str) -> str:
        """The text without the key: its parameter is taken out of addresses, its bare value is struck out."""
        if not self._anywhere.search(text):
            return text
        if self.credential.query:
            text = _struck(self._in_addresses, text)
        return self._anywhere.sub(STRUCK_OUT, text)

    def cleaned_bytes(self, data: bytes) -> bytes:
        """The same of bytes in whatever encoding; the very same object where nothing had to be taken out."""
        text = data.decode("latin-1")
        tidy = self.cleaned(text)
        return data if tidy is text else tidy.encode("latin-1")

    @cached_property
    def _forms(self) -> str:
        """How answers write the key: each sign as it is, or as addresses, JSON or HTML write it."""
        return "".join(re.escape(sign) if sign.isalnum() else _written(sign) for sign in self.value)

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        return re.compile(self._forms, re.IGNORECASE)

    @cached_property
    def _in_addresses(self) -> re.Pattern[str]:
        return _parameter(self.credential.query, self._forms)


def key_of(source: SourceFile, environment: Mapping[str, str] | None = None) -> Key | None:
    """The source's key; None when it needs none, MissingKey when its variable holds none."""
    wanted = source.credential
    if wanted is None:
        return None
    held = os.environ if environment is None else environment
    value = held.get(wanted.env, "").strip()
    more = f" ({wanted.note})" if wanted.note else ""
    if not value:
        raise MissingKey(
            f"{source.id}: the environment variable {wanted.env} is not set; put the key of"
            f" {urlsplit(source.home).netloc} into it{more} and try again."
        )
    if len(value) < SHORTEST or not value.isascii() or not value.isprintable() or " " in value:
        raise MissingKey(
            f"{source.id}: what the environment variable {wanted.env} holds can be no key: it has less than"
            f" {SHORTEST} characters, or blanks, or characters that are not ASCII; set it anew{more}."
        )
    return Key(source, wanted, value)


def keyed_source(sources: Iterable[SourceFile], url: str) -> SourceFile | None:
    """The first source that asks the address' host with a key: a new file for that host needs the same."""
    host = urlsplit(url).netloc.lower()
    for source in sources:
        wanted = source.credential
        if wanted is not None and host in (wanted.hosts or source.hosts()):
            return source
    return None


def missing_key(source: SourceFile) -> str | None:
    """Why the source cannot be asked for want of its key, in one sentence; None when it can."""
    try:
        key_of(source)
    except MissingKey as error:
        return str(error)
    return None


def credential_fault(source: SourceFile) -> str | None:
    """What is wrong with `[credential]` beside the rest of the file; None when it is sound."""
    wanted = source.credential
    if wanted is None:
        return None
    loose = next((one.url for one in source.start if wanted.in_address(unquote(one.url))), None)
    if loose is not None:
        return (
            f"a start address carries the parameter {wanted.query} of the key; leave it out,"
            f" the key comes from the variable {wanted.env}"
        )
    if any(name.lower() == wanted.header.lower() for one in source.start for name in one.headers):
        return f"the headers of [[start]] carry {wanted.header}; leave it out, it comes from {wanted.env}"
    outside = next((host for host in wanted.hosts if not source.has_host(host)), None)
    if outside is not None:
        return f"[credential] hosts names {outside}, which is no host of the source; add it to [scope] hosts"
    if not source.sample and any(not one.url.startswith("https://") for one in source.start):
        return "a key is only sent over https; write the start addresses so"
    return None


def _written(sign: str) -> str:
    """A pattern of one sign that is no letter or digit: `/`, `%2F`, `\\/`, `\\u002f`, `&#47;`, `&amp;`."""
    number = ord(sign)
    forms = {sign, f"%{number:02x}", f"\\{sign}", f"\\u{number:04x}", f"&#{number};", f"&#x{number:x};"}
    return "(?:" + "|".join(map(re.escape, sorted(forms | {html.escape(sign)}))) + ")"


def _parameter(name: str, value: str) -> re.Pattern[str]:
    """`name=value` in an address with the sign before it and, behind a question mark, the one after it."""
    return re.compile(
        rf"(?P<sign>\?|{_AND})(?:{re.escape(name)})=(?:{value})(?P<next>{_AND})?", re.IGNORECASE
    )


def _struck(pattern: re.Pattern[str], text: str) -> str:
    """The text without every such parameter; what follows it moves up to its place."""

    def joined(found: re.Match[str]) -> str:
        follows = found["next"] or ""
        return (found["sign"] if follows else "") if found["sign"] == "?" else follows

    before = None
    while before != text:  # twice in a row: the sign after the first belongs to the second
        before, text = text, pattern.sub(joined, text)
    return text
