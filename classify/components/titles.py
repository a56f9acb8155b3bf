"""Titles in 《…》: where each stands, the number behind it, its short form, and what is no document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from classify.components.cited_number import number_in, standard_before

LONGEST_TITLE = 200
RIGHT = 60
_NUMBER_AFTER = re.compile(
    r"\s?[（(]([^（()）]{0,12}(?:[（(]\s?\d{4}\s?年?\s?[）)][^（()）]{1,12}?|[〔\[【［﹝(（]?[^（）]{1,50}?)号[^（()）]{0,40}|[A-Z/]{1,8}\s?[\d.]{1,9}\s?[—–-]{1,2}\s?\d{4})[）)]"
)
SHORT_FORM = re.compile(r"[，、]?\s?(?:以下|下称)[^“《\"）)]{0,6}[“《\"]([^”》\"）)]{1,20})[”》\"]")
_BRIEF = re.compile(r"[（(](?:以下|下称)[^（()）]{1,30}[）)]")
_JOINED = re.compile(
    r"(?:第[\d一二三四五六七八九十百零〇]{1,7}条(?:第[\d一二三四五六七八九十]{1,3}款)?(?=\s?[、和及与]))?"
    r"\s?(?:、|和|及|以及|与|，|,|；|;|或者|或)?\s?(?:国务院)?$"
)
_PRESS = re.compile(
    r"(?:(?:日|晚|早|晨|时|周|旬|都市|青年|环境|法制|法治|经济|商|工人|农民|科技|教育|健康"
    r"|文化|妇女|导|画|学)报|杂志|学刊|月刊|季刊|周刊|年鉴|新闻联播|求是|半月谈|瞭望)$"
)
_PAPERS = re.compile(
    r"(?:证|证书|执照|许可证件?|证明|(?:登记|申请|审批|备案|推荐|汇总|核定|审核|认定|报名|申报|鉴定|签到)表|申请书|承诺书"
    r"|委托书|登记卡|回执|合同书?|身份证|户口簿)$"
)
_PRESS_ENDS, _PAPERS_ENDS = (
    frozenset("报志刊鉴播是谈望"),
    frozenset("证书照件明表卡执同簿"),
)  # their last signs
_SHOW = (
    r"(?:栏目|节目|(?:电视|广播|网络|情景|话|舞|歌|音乐|儿童|舞台|短|喜)剧|(?:纪录|专题|宣传|电视|故事|动画|影|微视频)片|电影|歌曲"
    r"|晚会|综艺|小说|期刊|公众号|网络游戏|手机游戏)"
)
_SHOWN_BEFORE = re.compile(_SHOW + r"“?\Z")
_SHOWN_BEHIND = re.compile(  # 《甲》《乙》等品牌栏目
    r"[”\s]?(?:[、和]?《[^《》\n]{1,30}》){0,5}(?:等|等的)?(?:一批|系列|品牌|电视|广播|专题|特色|大型|文艺|优秀|原创|新闻|问政|融媒体|网络|微){0,3}"
    + _SHOW
)
_CODE_ENDS = (
    "法",
    "例",
    "定",
    "知",
    "见",
    "案",
    "划",
    "则",
    "复",
    "告",
    "函",
    "准",
    "要",
    "程",
    "范",
    "领",
    "同",
    "书",
    "录",
)
_LONGEST_SHOW = 16
_GENERIC = 12  # 《环境影响报告书》 of no project is the name of a form


class Title(NamedTuple):
    """One title in 《…》."""

    name: str
    opening: int  # of 《
    start: int  # of 《, or of the number of a standard before it
    end: int  # after 》 and a number in brackets
    close: int  # of 》
    number: str | None
    joined: bool  # follows the one before in a list


def find_titles(text: str) -> Iterator[Title]:
    """Outermost 《…》 with a document number in brackets directly behind it, if there is one."""
    at, before = text.find("《"), -1
    while at >= 0:
        close = _closing(text, at)
        if close < 0:
            at = text.find("《", at + 1)
            continue
        start, end, number = at, close + 1, None
        behind = _NUMBER_AFTER.match(text, end, end + RIGHT + 40)
        if behind is not None and (number := number_in(behind.group(1))) is not None:
            end = behind.end()
        if number is None and (standard := standard_before(text, at)) is not None:
            number, start = standard
        joined = before >= 0 and at - before < 18 and _JOINED.match(text[before:at]) is not None
        yield Title(" ".join(text[at + 1 : close].split()), at, start, end, close, number, joined)
        brief = _BRIEF.match(text, end, end + RIGHT)
        before = brief.end() if brief is not None else end
        at = text.find("《", before)


def _closing(text: str, start: int) -> int:
    """The 》 that closes the 《 at start, over at most three nested titles; -1 when there is none near."""
    limit, opened, at = min(len(text), start + LONGEST_TITLE), 1, start
    for _ in range(4):
        close = text.find("》", at + 1, limit)
        if close < 0:
            return -1
        opened += text.count("《", at + 1, close) - 1
        if opened <= 0:
            return close
        at = close
    return -1


def is_show(text: str, title: Title) -> bool:
    """The words beside a short title make it a broadcast, a play or a film."""
    if len(title.name) > _LONGEST_SHOW or title.number is not None or title.name.endswith(_CODE_ENDS):
        return False
    before = text[max(0, title.opening - 6) : title.opening]
    return _SHOWN_BEFORE.search(before) is not None or _SHOWN_BEHIND.match(text, title.close + 1) is not None


def is_document(name: str) -> bool:
    """Not a newspaper or a journal, a certificate, a form or the year of a number (国办发《2024》5号)."""
    if name.rstrip("年").isdecimal():
        return False
    if name[-1:] in _PRESS_ENDS and _PRESS.search(name):
        return False
    if name[-1:] in _PAPERS_ENDS and _PAPERS.search(name):
        return False
    return not (len(name) <= _GENERIC and name.endswith(("报告书", "报告表")))
