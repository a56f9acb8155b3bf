"""Pages that stand between us and a site's content: a script to run, a firewall's refusal, a plea to wait.

One rule for the crawl, the probe and the extraction. Nothing of it is solved; it is told and respected.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Literal

from crawlers.extraction.charset import decode_named

Protection = Literal["script", "refusal", "busy"]

_LARGEST = 60_000  # bytes; no such page is larger
_SMALL = 4_096  # bytes of a page that only sends the browser somewhere
_SCRIPT_TEXT, _MARKED_TEXT = 80, 60  # bytes of text beside such a script
_MOST_TEXT = 300  # characters that such a page shows, links left out
_OTHER_TEXT = 120  # of them in sentences that speak of something else
_SENTENCE = 80  # characters; a longer one is an article's
_LINKS, _LINK = 3, 8  # so many links of so many characters are a list's rows

_TITLE = re.compile(r"<title[^>]*>\s*(?:probe|just a moment|attention required|access denied|安全验证)", re.I)
_SCRIPT = re.compile(r"<script[\s>]", re.I)
_SENDS = re.compile(r"document\s*\.\s*cookie|location\s*(?:\.\s*(?:href|replace|reload)|\s*=)", re.I)
_MARKS = re.compile(
    r"document\.cookie|\$_ts|_jsl_clearance|acw_sc__v2|window\.location\.reload|cf-chl|captcha"
)
_OTHER_KIND = re.compile(
    r"\s*(?:[{\[]|%PDF|(?:<\?xml[^>]*>\s*)?<(?:rss|feed|urlset|sitemapindex|oai-pmh))", re.I
)
_UNSEEN = re.compile(r"<!--.*?-->|<(script|style|noscript|template)\b.*?</\1\s*>", re.I | re.S)
_LINK_TAG = re.compile(r"<a\b[^>]*>(.*?)</a\s*>", re.I | re.S)
_TAG = re.compile(r"<[^>]*>")
_INLINE = re.compile(r"</?(?:b|i|em|strong|span|font|u|code|small)\b[^>]*>", re.I)
_BREAK = re.compile(r"[\n。！？!?；;]+")

_BUSY = re.compile(
    r"(?:过于|太|过度|较为|操作|访问|请求)频繁|访问过快|请求过多|(?:访问|在线)(?:人数|量)(?:过多|过大|太多)"
    r"|(?:系统|服务器?|网络|网站|数据库)(?:正|比较)?(?:繁忙|忙(?!碌))|[请稍][稍后候]{1,2}[再重](?:试|来|访问|新)|请稍[后候]$"
    r"|too many requests|rate limit|try again (?:later|in)|temporarily unavailable|server is busy",
    re.I,
)
_REFUSAL = re.compile(
    r"(?:访问|请求|操作|连接|IP|地址)(?:已经|已|暂时)?(?:被|受到?)[^，,]{0,18}"
    r"(?:拦截|拒绝|阻断|阻止|屏蔽|封禁|限制|禁止|限)"
    r"|(?:访问|请求|操作|流量|网络环境)(?:存在)?(?:异常|受限|违规|非法)"
    r"|已被[^，,]{0,18}拦截|拦截(?:提示|ID|编号|原因)|(?:可能|可疑|恶意|疑似)[^，,]{0,16}(?:攻击|威胁|爬虫)"
    r"|(?:安全|人机|滑动|滑块|行为|访问)验证|(?:输入|完成|填写|拖动|点击)[^，,]{0,14}验证"
    r"|事件\s*(?:ID|编号|号)|Event ID|Incident ID|Request ID|Ray ID"
    r"|\bWAF\b|(?:Web应用|网站|云)\s*防火墙|云防护|安全狗|云盾|创宇盾|加速乐|护卫神"
    r"|access (?:is )?(?:denied|forbidden)|(?:request|you) (?:was|were|has been|have been|is|are) "
    r"(?:blocked|rejected|denied)|unusual traffic|you(?: are)? (?:not )?a (?:human|robot)"
    r"|verify you are|checking your browser|enable javascript and cookies",
    re.I,
)
_BESIDE = re.compile(
    r"提示|抱歉|对不起|返回|刷新|联系|管理员|客服|编号|来源地址|记录|时间[:：]|IP|URL|ID[:：]|谅解|不便"
    r"|版权|主办|承办|备案|标识码|公网安备|技术支持|邮编|copyright|contact|sorry|administrator",
    re.I,
)
_OF_A_DOCUMENT = re.compile(
    r"索\s*引\s*号|发文字号|文\s*号|发布机构|发文机关|成文日期|主题分类|公开方式|发布(?:时间|日期)"
    r"|(?:信息|文章|稿件)?来源[:：]|浏览(?:次数|量)|阅读(?:次数|量)|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
)
_META = re.compile(
    r"""<meta[^>]+(?:name|property)\s*=\s*["']?(?:ArticleTitle|PubDate|article:published_time|citation_title)""",
    re.I,
)
_HEADING = re.compile(r"<(title|h1|h2)\b[^>]*>(.*?)</\1\s*>", re.I | re.S)
_GENRE = re.compile(
    r"^(?:.{0,40}关于.{4,}"
    r"|.{4,}(?:公告|通告|通知|通报|意见|办法|规定|决定|批复|报告|答复|回复|解读|方案|指南|规范))$"
)


def protection_of(body: bytes) -> Protection | None:
    """What kind of protection page the bytes are; None for content, whatever its subject."""
    if len(body) > _LARGEST or b"\0" in body:  # the latter is a file
        return None
    text, charset = decode_named(body)
    if charset == "cp1252":
        text = body.decode("gb18030", "replace")  # too short to be recognised
    if _OTHER_KIND.match(text):
        return None
    if _TITLE.search(text[:_SMALL]):
        return "script"
    seen = _UNSEEN.sub(" ", text)
    size = len("".join(_TAG.sub("", seen).split()).encode("utf-8", "replace"))
    if size < _MARKED_TEXT and _MARKS.search(text):
        return "script"
    if size < _SCRIPT_TEXT and len(body) <= _SMALL and _SCRIPT.search(text) and _SENDS.search(text):
        return "script"
    if _META.search(text) or _rows(seen) or any(map(_GENRE.match, _headings(seen))):
        return None
    return said_by(_lines(seen))


def said_by(lines: Iterable[str]) -> Protection | None:
    """What a short text says: that the visitor is refused, or should come back later; else None."""
    shown = [one for one in (" ".join(line.split()) for line in lines) if one]
    whole = "".join(shown)
    if len(whole) > _MOST_TEXT or _OF_A_DOCUMENT.search(whole):
        return None
    sentences = [one.strip() for line in shown for one in _BREAK.split(line) if one.strip()]
    speaking = [
        one for one in sentences if len(one) <= _SENTENCE and (_REFUSAL.search(one) or _BUSY.search(one))
    ]
    if not speaking:
        return None
    other = (one for one in sentences if one not in speaking and not _BESIDE.search(one))
    if sum(map(len, other)) > _OTHER_TEXT:
        return None
    return "busy" if any(map(_BUSY.search, speaking)) else "refusal"


def _lines(seen: str) -> list[str]:
    """What the page shows, line by line, without its links."""
    return html.unescape(_TAG.sub("\n", _INLINE.sub("", _LINK_TAG.sub("\n", seen)))).split("\n")


def _headings(seen: str) -> list[str]:
    return ["".join(html.unescape(_TAG.sub("", found[2])).split()) for found in _HEADING.finditer(seen)]


def _rows(seen: str) -> bool:
    """Whether the page has links with words enough for the rows of a list."""
    links = ("".join(_TAG.sub("", found[1]).split()) for found in _LINK_TAG.finditer(seen))
    return sum(len(one) >= _LINK for one in links) >= _LINKS
