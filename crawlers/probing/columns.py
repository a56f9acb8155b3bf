"""The columns of a home page that look like documents: their links, the most telling first."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from crawlers.extraction.charset import decode
from crawlers.extraction.page import is_file_link, open_page
from crawlers.extraction.plain import one_line
from crawlers.probing.client import Answer
from crawlers.probing.reading import opened
from crawlers.probing.same_site import same_site

_TIERS = (  # what a column's name promises: documents, notices, readings of policy, an index of columns
    re.compile(
        r"规范性文件|政策文件|政府文件|文件(?:公开)?$|公文|规章|法规|政府令|条例|政策库"
        r"|\b(?:polic(?:y|ies)|regulations?|legislation|laws|publications?|guidance|circulars?|documents)\b",
        re.I,
    ),
    re.compile(
        r"通知公告|公示公告|公告公示|通告|^(?:最新)?公告$|^通知$|公报|标准"
        r"|\b(?:notices?|announcements?|consultations?|press releases?|news|bulletins?|decisions?|reports?"
        r"|minutes|agendas?|meetings|opinions)\b",
        re.I,
    ),
    re.compile(r"解读|\b(?:statistics|research)\b", re.I),
    re.compile(r"信息公开|政务公开|主动公开|公开目录|^公开$|^政策$|^(?:resources|library|archive)$", re.I),
)
INDEX_TIER = 3
_NEVER = re.compile(
    r"指南|年报|年度报告|依申请|申请公开|制度|专栏|登录|搜索|无障碍|邮箱"
    r"|privacy|cookie|copyright|accessibility|sign in|log in|subscribe|search",
    re.I,
)
_DOCUMENT = re.compile(r"\d{6,}|/content/|/info/\d+/\d+|[0-9a-f]{32}", re.I)
_LONGEST = {True: 16, False: 40}  # characters of a column's name, Chinese or not


_REFRESH = re.compile(
    r"""<meta\b[^>]*http-equiv\s*=\s*["']?refresh["']?[^>]*content\s*=\s*["']\s*[0-3]\s*;\s*url\s*=\s*'?([^"'>]+)""",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Column:
    """A link whose words promise documents."""

    url: str
    title: str
    tier: int  # 0 documents, 1 notices, 2 readings of policy, 3 an index of columns


def columns_of(answer: Answer) -> list[Column]:
    """Links of a page to columns on the same site, best first; navigation counts here."""
    page = open_page(decode(opened(answer)), answer.final_url)
    found: dict[str, Column] = {}
    for node in page.tree.css("iframe[src], frame[src]"):
        url = page.absolute(node.attributes.get("src") or "")
        if url and _is_own(url, answer.final_url):
            bare = urldefrag(url).url
            found[bare] = Column(bare, one_line(node.attributes.get("title"), 40) or "frame", 1)
    for node in page.tree.css("a[href]"):
        url = page.absolute(node.attributes.get("href") or "")
        title = one_line(node.text(deep=True, separator=" "), 80) or one_line(
            node.attributes.get("title"), 80
        )
        if not url or not title or not _is_own(url, answer.final_url):
            continue
        tier = 0 if "/gkmlpt/" in url else _tier(title)
        if tier is not None and (tier == 0 or not _DOCUMENT.search(_last(url))):
            bare = urldefrag(url).url
            found.setdefault(bare, Column(bare, title, tier))
    return sorted(found.values(), key=lambda column: column.tier)


def forwarding(answer: Answer) -> str | None:
    """Where a front door without content sends everybody by a meta refresh, on the same site."""
    text = decode(opened(answer))
    found = _REFRESH.search(text[:20_000])
    url = urljoin(answer.final_url, html.unescape(found[1]).strip()) if found else ""
    return url if url and _is_own(url, answer.final_url) else None


def feeds_of(answer: Answer) -> list[str]:
    """Feeds that a page names in its head."""
    page = open_page(decode(opened(answer)), answer.final_url)
    nodes = page.tree.css('link[rel="alternate"][type]')
    feeds = (node for node in nodes if re.search(r"rss|atom|feed\+json", node.attributes.get("type") or ""))
    urls = (page.absolute(node.attributes.get("href") or "") for node in feeds)
    return list(dict.fromkeys(url for url in urls if url and same_site(url, answer.final_url)))


def _tier(title: str) -> int | None:
    chinese = bool(re.search(r"[\u4e00-\u9fff]", title))
    if len(title) > _LONGEST[chinese] or _NEVER.search(title):
        return None
    if "解读" in title:
        return 2
    return next((tier for tier, words in enumerate(_TIERS) if words.search(title)), None)


def _is_own(url: str, home: str) -> bool:
    own = same_site(url, home) and not is_file_link(url)
    return own and urldefrag(url).url != urldefrag(home).url


def _last(url: str) -> str:
    """The last part of a path, by which documents are told from columns."""
    path = urlsplit(url).path.rstrip("/")
    return path.rpartition("/")[2] if "/col/" not in path else ""
