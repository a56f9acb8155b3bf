"""Names for what can go wrong while fetching: a short code for programs, a sentence for people."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from twisted.internet.error import ConnectError, ConnectionClosed

NETWORK_ERRORS = (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    ConnectError,
    ConnectionClosed,
    OSError,
)

_CODES: tuple[tuple[type[BaseException], str, str], ...] = (
    (DownloadCancelledError, "too-large", "the body is larger than max_body_bytes allows"),
    (ResponseDataLossError, "truncated-body", "the connection ended in the middle of the body"),
    (DownloadTimeoutError, "timeout", "no complete answer in time"),
    (CannotResolveHostError, "no-such-host", "the host name does not resolve to a public address"),
    (DownloadConnectionRefusedError, "refused-connection", "the host refuses the connection"),
)


def name_failure(error: BaseException) -> tuple[str, str]:
    """Code and sentence of a download error."""
    for kind, code, sentence in _CODES:
        if isinstance(error, kind):
            return code, sentence
    return "network", f"the connection failed ({type(error).__name__})"
