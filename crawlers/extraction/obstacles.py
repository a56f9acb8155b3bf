"""Answers that are no content: robots files, pages that ask for a browser, pages that deny themselves."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawlers.extraction.absence import says_gone
from crawlers.extraction.charset import decode
from crawlers.protection import protection_of
from warehouse.records import Problem

_ROBOTS_LINE = re.compile(rb"^\s*(?:user-agent|disallow|allow|sitemap|crawl-delay)\s*:", re.I | re.M)
_CHALLENGE_STATUS = {403, 412, 429, 503, 521}
_TEXT_TAGS = re.compile(r"<(script|style|noscript)\b.*?</\1\s*>|<[^>]*>", re.I | re.S)
_MISSING = re.compile(
    r"<(title|h1|h2)\b[^>]*>\s*(?:错误\s*)?(?:404|(?:对不起[，,！!]?\s*)?(?:您(?:所)?(?:访问|请求|查看|浏览)的)?"
    r"(?:页面|网页|文章|信息|内容|文件)(?:不存在|未找到|已(?:被)?删除|无法找到|不见了)"
    r"|找不到(?:页面|网页)|page not found|not found)(?=\W|_|$)",
    re.I,
)
_REFUSAL_SIZE, _REFUSAL_TEXT = 60_000, 200  # the same of a page that comes with a refusing status
_MISSING_SIZE, _MISSING_TEXT = 40_000, 600  # bytes of such a page, and visible characters on it


def missing_page(body: bytes) -> Problem | None:
    """A page that says with a good status that there is none (a soft 404): short, titled so or bare."""
    if len(body) > _MISSING_SIZE:
        return None
    text = decode(body)
    titled = _MISSING.search(text) and len(re.sub(r"\s+", "", _TEXT_TAGS.sub("", text))) <= _MISSING_TEXT
    if not titled and not says_gone(text):
        return None
    return Problem("gone", "The site answers with a page that says there is no such page.")


def is_robots(url: str, body: bytes) -> bool:
    """A robots.txt by its address, or by its lines when the address is unknown."""
    if urlsplit(url).path.lower().endswith("/robots.txt"):
        return True
    return (
        not urlsplit(url).path.strip("/")
        and b"<" not in body[:2000]
        and len(_ROBOTS_LINE.findall(body[:20_000])) >= 2
    )


def challenge_of(status: int, body: bytes) -> Problem | None:
    """A protection page instead of content; it is noted and respected, never solved.

    With a status that refuses, an almost empty page is one too.
    """
    refused = status in _CHALLENGE_STATUS and len(body) <= _REFUSAL_SIZE
    if protection_of(body) or (refused and len(_TEXT_TAGS.sub(" ", decode(body)).strip()) < _REFUSAL_TEXT):
        return Problem(
            "challenge",
            f"The site answered {status or 200} with a protection page; it does not offer this to machines.",
        )
    return None
