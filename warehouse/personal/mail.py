"""E-mail addresses of persons; an office's published mailbox stays, whoever provides it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from warehouse.personal.person import FAMILY

_LOCAL = re.compile(r"[A-Za-z0-9._%+-]{1,64}$")
_DOMAIN = re.compile(r"(?<=[A-Za-z0-9._%+-])@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6})")
_FREE = re.compile(
    r"(?:vip\.)?(?:qq|163|126|139|189|sina|sohu|yeah|foxmail|gmail|hotmail|outlook|live|aliyun|icloud|yahoo|wo|tom|21cn)\.",
    re.IGNORECASE,
)
_SENT_TO = re.compile(r"(?:[至到]|意见|报名)[^。，；\n]{0,14}$")
_OWN = re.compile(
    r"(?:个人|私人|本人|我的?|他的?|她的?|作者|学生)(?:的)?(?:电子)?(?:邮箱|邮件|信箱)(?:地址)?[为是]?\s?[：:]?\s?$"
)
_BESIDE_NAME = re.compile(
    rf"(?:^|(?<![一-鿿]))(?:{FAMILY})[一-鿿]{{1,2}}"
    r"(?:[\s，,、（(：:]{1,2}(?:的?(?:电子)?(?:邮箱|邮件|信箱)(?:地址)?|[Ee]-?mail)?[为是]?\s?[：:]?\s?|"
    r"的(?:电子)?(?:邮箱|邮件|信箱)(?:地址)?[为是]?\s?[：:]?\s?)$"
)
_OFFICIAL_ROLE = re.compile(r"联系|联络|经办|负责|承办|收件|编辑|发言|记者|咨询|受理")


def email_places(text: str, letter: bool) -> Iterator[tuple[int, int, str]]:
    """In a letter all but an office's; elsewhere those of free providers, and any called a person's."""
    for domain in _DOMAIN.finditer(text) if "@" in text else ():
        local = _LOCAL.search(text, max(0, domain.start() - 64), domain.start())
        if local is None or _is_official(domain.group(1)):
            continue
        before = text[max(0, local.start() - 24) : local.start()]
        if letter or (_FREE.match(domain.group(1)) and not _SENT_TO.search(before)) or _is_persons(before):
            yield local.start(), domain.end(), "email"


def _is_persons(before: str) -> bool:
    if _OWN.search(before):
        return True
    beside = _BESIDE_NAME.search(before)
    return beside is not None and not _OFFICIAL_ROLE.search(before[: beside.end()])


def _is_official(domain: str) -> bool:
    parts = domain.lower().split(".")
    return "gov" in parts or "gob" in parts or domain.lower().endswith(".example")
