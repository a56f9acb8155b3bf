"""Where a source's key meets a request: put on as it is sent, taken out of the answer before it is read."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from urllib.parse import urlsplit

from scrapy.http import Request, Response

from crawlers.credential import Key, MissingKey, key_of
from crawlers.spiders.bodies import BadBody, plain_body

_PACKED = (b"Content-Encoding", b"Content-Length")
_LIMIT = 200_000_000  # bytes of an unpacked body; larger ones never come, see max_body_bytes


def key_for(request: Request) -> Key | None:
    """The key of the source that asks, if it has one."""
    source = request.meta.get("source")
    if source is None or source.credential is None:
        return None
    try:
        return key_of(source)
    except MissingKey:  # taken away while the run went on: the interface refuses, and says so
        return None


def signed(request: Request, key: Key, *, private: bool) -> Request:
    """The request with the key, where it may have it: the host that was asked first, and nobody listening.

    `private` tells that the way to the host is not open: https, or the sample's hosts on this machine. The
    rules of a host (robots.txt) are asked for without a key.
    """
    if request.meta.get("gate") or not private or not key.belongs_to(request.url):
        return request
    if _host(request.meta.get("asked", request.url)) != _host(request.url):
        return request  # a redirect led here
    url, headers = key.signed(request.url)
    return request.replace(url=url, headers={**request.headers, **headers})


def cleaned(answer: Response, key: Key) -> Response:
    """The answer without the key in headers and body; a packed body that held it comes unpacked."""
    headers = {
        name: [key.cleaned_bytes(value) for value in values] for name, values in answer.headers.items()
    }
    packed = answer.headers.get(b"Content-Encoding")
    try:
        plain = plain_body(answer.body, packed, _LIMIT)
    except BadBody:  # nothing of it is kept
        return answer.replace(headers=headers)
    tidy = key.cleaned_bytes(plain)
    if tidy is plain:
        return answer.replace(headers=headers)
    kept = {name: values for name, values in headers.items() if name not in _PACKED}
    return answer.replace(headers=kept, body=tidy)


def without_key(error: BaseException, key: Key) -> None:
    """Take the key out of what an error says."""
    error.args = tuple(key.cleaned(one) if isinstance(one, str) else one for one in error.args)


class KeyFilter(logging.Filter):
    """Takes keys out of log records, whoever wrote them."""

    def __init__(self, keys: Iterable[Key]) -> None:
        super().__init__()
        self._keys = tuple(keys)
        self._plain = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true; the record holds no key any more."""
        if self._keys:
            record.msg, record.args = self._without(record.getMessage()), ()
            if record.exc_info and not record.exc_text:
                record.exc_text = self._plain.formatException(record.exc_info)
            record.exc_text = self._without(record.exc_text) if record.exc_text else record.exc_text
        return True

    def _without(self, text: str) -> str:
        for key in self._keys:
            text = key.cleaned(text)
        return text


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()
