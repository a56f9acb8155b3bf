"""One exchange with a host: at public addresses, or where the sample's hosts lie; bounded in size, time."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

from crawlers.politeness.addresses import is_public
from crawlers.probing.errors import NotFetched
from crawlers.spiders.bodies import BadBody, plain_body

_BLOCK = 65_536
_SAFE = "%/:=&?~#+!$,;'@()*[]"

Places = Mapping[str, tuple[str, int]]  # host -> loopback address and port, as `curl --resolve` has it


@dataclass(frozen=True, slots=True)
class Received:
    """What came back, before anybody judged it; header names are lower-case."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


def exchange(
    url: str,
    headers: Mapping[str, str],
    *,
    resolve: Places,
    max_bytes: int,
    timeout: float,
    method: str = "GET",
    body: bytes | None = None,
) -> Received:
    """Send one request and read its whole answer; NotFetched says why there is none."""
    parts = urlsplit(url)
    began = time.monotonic()
    try:
        line = _connect(parts.scheme, parts.netloc, parts.hostname or "", parts.port, resolve, timeout)
    except (OSError, http.client.HTTPException) as error:
        raise _failure(parts.netloc, error) from error
    try:
        target = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe=_SAFE)
        line.request(method, target, body, {"Host": parts.netloc, "Connection": "close", **headers})
        answer = line.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        raw = _read(answer, parts.netloc, max_bytes, began + timeout)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _failure(parts.netloc, error) from error
    finally:
        line.close()
    try:
        plain = plain_body(raw, told.get("content-encoding", "").encode("latin-1", "replace"), max_bytes)
    except BadBody as error:
        code = "too-large" if error.code == "too-large" else "damaged"
        raise NotFetched(code, f"{url}: {error.detail}.") from error
    return Received(answer.status, told, plain, time.monotonic() - began)


def _connect(
    scheme: str, netloc: str, host: str, port: int | None, resolve: Places, timeout: float
) -> http.client.HTTPConnection:
    """A connection to an address that was looked up and judged here, so that no second look-up can differ."""
    place = resolve.get(netloc.lower()) or resolve.get(host)
    if place is not None:
        return _opened(http.client.HTTPConnection(host, timeout=timeout), place, None, timeout)
    secure = scheme == "https"
    own = (_public_address(host), port or (443 if secure else 80))
    line = http.client.HTTPConnection(host, own[1], timeout=timeout)
    return _opened(line, own, ssl.create_default_context() if secure else None, timeout)


def _opened(
    line: http.client.HTTPConnection, place: tuple[str, int], tls: ssl.SSLContext | None, timeout: float
) -> http.client.HTTPConnection:
    bare = socket.create_connection(place, timeout)
    try:
        line.sock = tls.wrap_socket(bare, server_hostname=line.host) if tls else bare
    except BaseException:
        bare.close()
        raise
    return line


def _public_address(host: str) -> str:
    """The first address of a host; a host with any private one among them is not asked at all."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]).split("%", 1)[0] for one in found]
    private = next((one for one in addresses if not is_public(one)), None)
    if private is not None:
        raise NotFetched(
            "no-public-address",
            f"{host} leads to the non-public address {private}; only public sites are asked.",
        )
    return addresses[0]


def _read(answer: http.client.HTTPResponse, host: str, max_bytes: int, until: float) -> bytes:
    """The body in pieces, given up when it grows too large or takes too long."""
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(_BLOCK):
        size += len(piece)
        if size > max_bytes:
            raise NotFetched("too-large", f"{host}: the answer is larger than {max_bytes:,} bytes.")
        if time.monotonic() > until:
            raise TimeoutError
        pieces.append(piece)
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return b"".join(pieces)


def _failure(host: str, error: Exception) -> NotFetched:
    if isinstance(error, NotFetched):
        return error
    if isinstance(error, TimeoutError):
        return NotFetched("timeout", f"{host} gave no complete answer in time; try again later.")
    if isinstance(error, socket.gaierror):
        return NotFetched("network", f"{host}: no such host is known; check the address.")
    if isinstance(error, ssl.SSLError):
        return NotFetched("network", f"{host}: no secure connection could be made ({error.reason}).")
    if isinstance(error, http.client.IncompleteRead):
        return NotFetched("network", f"{host}: the connection ended in the middle of the answer.")
    return NotFetched("network", f"{host}: the connection failed ({type(error).__name__}); try again later.")
