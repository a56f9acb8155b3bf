"""Short pages that tell their reader, with a good status, that what was asked for is no more."""

from __future__ import annotations

import re

_LEAST_TEXT = 200  # visible characters outside navigation from which a page is a document
_LEFT_OUT = re.compile(
    r"<(script|style|noscript|nav|header|footer|select|a|title)\b.*?</\1\s*>|<!--.*?-->", re.I | re.S
)
_DOCUMENT = re.compile(r"<table\b|href=[\"']?[^\"'>\s]+\.(?:pdf|docx?|xlsx?|wps|ofd|zip|rar)\b", re.I)
_BLOCK = re.compile(r"</?(?:p|div|h\d|li|br|td|tr|body|section|span)\b[^>]*>", re.I)
_TAG = re.compile(r"<[^>]*>")
_DATE = re.compile(r"(?:19|20)\d\d\s*[-./年]\s*\d{1,2}")
_THING = r"(?:页面|网页|文章|信息|内容|文件|稿件|资源|地址|链接|网址|栏目|新闻)"
_BEFORE = (
    r"(?:^|[\s，,。.！!：:；;]|(?:访问|请求|查看|浏览|查找|寻找|打开|要找)的|[该此本您你]|当前|所选"
    r"|抱歉|对不起)"
)
_END = r"(?=[\s，,。.！!；;:：、了或及和、(（]|$)"
_CHINESE = re.compile(
    rf"{_BEFORE}\s*{_THING}(?:可能|或许)?(?:已经|已|暂时|暂)?被?"
    rf"(?:不存在|不见|移除|删除|下线|下架|撤下|撤除|移走|移动|未找到|没有找到|无法(?:访问|找到|显示|打开)|找不到|丢失)"
    rf"{_END}"
    rf"|{_BEFORE}\s*(?:页面|网页|链接|网址|地址)已?(?:经)?(?:失效|过期){_END}"
    rf"|(?:找不到|没有找到|未找到|无法找到|未能找到)(?:您|你|该|此|所|指定|相关|对应|要|请求|访问|查看|浏览|的)*{_THING}{_END}"
    rf"|^(?:已被?(?:删除|移除)|已下线|页面不存在|not found)[。.！!]?$",
    re.M | re.I,
)
_ENGLISH = re.compile(
    r"\b(?:page|document|file|content|article|resource|item|publication)\b"
    r"(?:\s+(?:that\s+)?you\s+(?:\S+\s+){1,5}?|\s+)"
    r"(?:was not found|not found|(?:could|can) ?not be found|cannot be found|no longer (?:available|exists?)"
    r"|is no longer (?:available|here)|has been (?:removed|deleted|taken down)|does(?: not|n.t) exist"
    r"|is (?:unavailable|not available))",
    re.I,
)


def says_gone(text: str) -> bool:
    """Whether markup shows little more than a sentence saying that the page does not exist (any more).

    What has a table, a date, a file to take or 200 characters of text is a document, whatever it says.
    """
    if _DOCUMENT.search(text):
        return False
    visible = _TAG.sub("", _BLOCK.sub("\n", _LEFT_OUT.sub("\n", text))).replace("&nbsp;", " ").strip()
    if len(re.sub(r"\s+", "", visible)) >= _LEAST_TEXT or _DATE.search(visible):
        return False
    return bool(_CHINESE.search(visible) or _ENGLISH.search(visible))
