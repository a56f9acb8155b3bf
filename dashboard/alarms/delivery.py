"""Sending a digest of alarms: by mail and to a webhook, with bounds on time and tries."""

from __future__ import annotations

import http.client
import json
import smtplib
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any
from urllib.parse import urlsplit

from dashboard.alarms.digest import Digest
from warehouse.errors import GovbriefError
from warehouse.home import Alarms, Home

TIMEOUT_SECONDS = 20.0
PAUSES = (0.0, 2.0, 8.0)  # seconds before each try of the webhook
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_ANSWER_BYTES = 4_096
_SECRET_BYTES = 4_096


class NotDelivered(GovbriefError):
    """A message could not be handed over; the sentence names the way and what went wrong."""


def ways(settings: Alarms) -> dict[str, Callable[[Home, Digest], None]]:
    """The configured ways to tell people, by name."""
    found: dict[str, Callable[[Home, Digest], None]] = {}
    if settings.mail_to.strip():
        found["mail"] = send_mail
    if settings.webhook:
        found["webhook"] = post
    return found


def send_mail(home: Home, digest: Digest) -> None:
    """Hand the digest to the mail server; NotDelivered names the server and the reason."""
    settings = home.settings.alarms
    place = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        message = _message(home, digest)
        with _connected(settings) as server:
            if settings.smtp_user:
                server.login(settings.smtp_user, _secret(home, settings.smtp_password_file))
            refused = server.send_message(message)
    except (OSError, smtplib.SMTPException, ssl.SSLError, ValueError) as error:
        raise NotDelivered(f"Mail was not sent: {place} says '{_said(error)}'.") from error
    if refused:
        raise NotDelivered(f"Mail was not sent to {', '.join(sorted(refused))}: {place} refused them.")


def post(
    home: Home,
    digest: Digest,
    *,
    pauses: tuple[float, ...] = PAUSES,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Post the digest as JSON; network failures, 429 and 5xx are tried again, then NotDelivered.

    A redirect is not followed: the secret goes where the settings say and nowhere else.
    """
    settings = home.settings.alarms
    host = urlsplit(settings.webhook).netloc.rpartition("@")[2]  # the path may hold a secret
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "govbrief"}
    if settings.webhook_secret_file:
        headers["X-Govbrief-Secret"] = _secret(home, settings.webhook_secret_file)
    body = json.dumps(digest.data, ensure_ascii=False).encode()
    opener = _opener(settings.webhook)
    said = ""
    for pause in pauses:
        sleep(pause)
        request = urllib.request.Request(settings.webhook, data=body, headers=headers, method="POST")
        try:
            with opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                answer.read(_ANSWER_BYTES)
                return
        except urllib.error.HTTPError as error:
            said = f"status {error.code}"
            error.close()
            if error.code != 429 and error.code < 500:
                break
        except (OSError, http.client.HTTPException, ValueError) as error:
            said = _said(error)
    raise NotDelivered(f"The webhook was not reached: {host} says '{said}'.")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments: Any) -> None:
        """Not followed: the answer counts as refusal."""


def _opener(address: str) -> urllib.request.OpenerDirector:
    """Through the proxy of the environment, if there is one; never to this machine itself."""
    here = urlsplit(address).hostname in _HERE
    return urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({} if here else None))


def _message(home: Home, digest: Digest) -> EmailMessage:
    settings = home.settings.alarms
    message = EmailMessage()
    message["Subject"] = digest.subject
    message["From"] = _address(settings.mail_from)
    message["To"] = [_address(one) for one in settings.mail_to.split(",") if one.strip()]
    message["Date"] = format_datetime(home.clock.now())
    message["Message-ID"] = make_msgid(domain=settings.mail_from.rpartition("@")[2] or "localhost")
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence notice answers it
    message.set_content(digest.text)
    return message


def _address(text: str) -> Address:
    return Address(addr_spec=text.strip())


def _connected(settings: Alarms) -> smtplib.SMTP:
    """A connection sealed as the settings say; a password never leaves this machine unsealed."""
    context = ssl.create_default_context()
    if settings.smtp_tls == "tls":
        return smtplib.SMTP_SSL(
            settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_SECONDS, context=context
        )
    if settings.smtp_tls == "none" and settings.smtp_user and settings.smtp_host not in _HERE:
        raise ValueError("a password is not sent without TLS; set smtp_tls to starttls or tls")
    server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT_SECONDS)
    if settings.smtp_tls == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server


def _secret(home: Home, name: str) -> str:
    """The first line of a file named in the settings."""
    with (home.root / name).open("rb") as handle:
        line = handle.readline(_SECRET_BYTES).decode("utf-8").strip()
    if not line or not line.isprintable():
        raise ValueError(f"{name} holds no secret in its first line")
    return line


def _said(error: BaseException) -> str:
    """What went wrong, on one line and of bearable length."""
    text = str(getattr(error, "reason", "") or error) or type(error).__name__
    return " ".join(text.split())[:200]
