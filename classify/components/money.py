"""Sums of money, typed by the verb that governs them: a fine is no subsidy, a threshold no investment.

The value is in yuan: `CNY 50000`; a range reads `CNY 50000-200000`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from spacy.language import Language

from classify.components.anchors import Anchors
from classify.components.chinese_integer import chinese_integer
from classify.components.mined import FactReader

_AMOUNT = re.compile(
    r"(?:(?P<digits>\d{1,12}(?:[,，]\d{3}){0,4}(?:\.\d{1,4})?)|(?P<han>[一二三四五六七八九十百两零〇]{1,8}))\s?(?P<times>万亿"
    r"|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百)?\Z"
)
_COMPOUND = re.compile(  # 一亿一千万, 1亿2000万, 三百二十五, 2万5千
    r"(?:\d{1,6}|[一二三四五六七八九十百千两零〇]{1,9})\s?[亿万千百](?:\s?零?(?:\d{1,6}|[一二三四五六七八九十百千两零〇]{1,9})[亿万千百]?){1,4}\Z"
)
_LOWER = re.compile(r"(?P<low>\d{1,12}(?:\.\d{1,4})?)\s?(?:—|－|-|~|～|至|到)\s?\Z")
_TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "十万": 10**5, "百万": 10**6, "千万": 10**7,
          "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}  # fmt: skip
_NO_MONEY = frozenset("素旦首帅老件宵凶勋器组")
_BETWEEN = re.compile(r"(?:以上|以上、|至|到|—|-|～|以上不满|以上不足|以上未满|以上至)\Z")
_TYPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("fine", re.compile(r"罚|(?:警告|通报批评)或者?|处(?!理|置|室)[^，。；]{0,12}\Z|滞纳金")),
    ("compensation", re.compile(r"赔偿|补偿|抚恤")),
    ("subsidy", re.compile(
        r"(?:补助|补贴|奖励|资助|奖补|救助|津贴|奖金|支持资金|扶持|转移支付)(?:资金|金|款|费)?(?:的)?(?:总额|金额|总规模|规模|总量|数额|支出)?"
        r"(?:已|累计|将)?(?:达到|突破)?|一次性给予|给予(?!警告|通报|(?:行政|纪律)?处分)[^，。；]{0,16}\Z"
    )),
    ("investment", re.compile(
        r"投资|投入|融资|募集|建设资金|安排[^，。；]{0,12}资金|注入|筹集|造价|概算|预算|拨付|下达"
    )),
    ("fee", re.compile(
        r"收费|缴纳|交纳|收取|押金|保证金|费用|税|费(?:为|标准)?|票价|单价|每[^，。；]{1,6}\Z|价格"
    )),
    ("limit", re.compile(
        r"限额|不得?超过|不低于|不少于|不高于|最高|最低|上限|下限|(?:注册资本|净资产)[^，。；]{0,8}(?:不|最|以上)|限于|控制在|起付"
    )),
    ("output", re.compile(
        r"产值|营业收入|销售|总值|进出口|贷款|存款|余额|收入|突破|达到|增加值|成交|规模|支出|消费"
        r"|总额|税额|金额|价值|数额"
    )),
)  # fmt: skip
_LOSS = re.compile(r"损失[^，。；赔罚]{0,10}\Z")
_FINED = re.compile(r"(?:并|可|单|分别)?处以?\Z|罚款[^，。；限]{0,6}\Z")
_THEN_FINED = re.compile(r"(?:以上|以下|以内)?(?:[^，。；补奖]{0,10}(?:以下|以内))?的?罚[款金]")
_CRIME = re.compile(  # a threshold: 骗取出口退税款50万元以上的
    r"(?:骗取|骗得|诈骗|盗窃|抢夺|抢劫|敲诈|挪用|贪污|受贿|行贿|索贿|侵占|侵吞|私分|截留|套取|冒领|走私|偷税|逃税|偷逃|逃避缴纳"
    r"|(?:违法|非法)(?:所得|经营)数额|涉案)[^，。；罚处]{0,24}\Z"
)
_THRESHOLD = re.compile(r"(?:以上|以下|以内)")


def sums(text: str, anchors: Anchors) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, kind, value) of each sum or range of sums."""
    waiting: tuple[int, int, str, str] | None = None
    for place in anchors.at("money"):
        found = _sum(text, place)
        if found is None:
            continue
        start, value = found
        if waiting is not None and 0 <= start - waiting[1] <= 4 and _BETWEEN.search(text[waiting[1] : start]):
            waiting = (waiting[0], place + 1, waiting[2], f"{waiting[3]}-{value}")
            continue
        if waiting is not None:
            yield waiting
        value = f"CNY {value}"
        waiting = (start, place + 1, f"money:{_type(text, anchors, start, place + 1)}", value)
    if waiting is not None:
        yield waiting


def _sum(text: str, place: int) -> tuple[int, str] | None:
    """Where the sum that ends with the 元 at place begins, and its value in yuan."""
    if text[place + 1 : place + 2] in _NO_MONEY:
        return None
    low = max(0, place - 28)
    whole = _COMPOUND.search(text, low, place) if text[place - 1] in _HAN_SIGNS else None
    value = _whole(whole.group()) if whole is not None else None
    if (
        whole is not None
        and value is not None
        and text[whole.start() - 1 : whole.start()] not in (".", ",", "，")
    ):
        return whole.start(), value
    found = _AMOUNT.search(text[low:place])
    if found is None or (found["han"] and not found["times"] and text[place - 1] in "一二三"):
        return None
    value = _yuan(found["digits"], found["han"], found["times"])
    if value is None:
        return None
    start = low + found.start()
    lower = _LOWER.search(text[max(0, start - 20) : start]) if found["digits"] else None
    if lower is not None:
        least = _yuan(lower["low"], None, found["times"])
        return start - len(lower.group()), f"{least}-{value}"
    return start, value


def _whole(written: str) -> str | None:
    """一亿一千万 or 1亿2000万 in yuan, every part of it counted; None where the parts do not descend."""
    total = section = current = 0
    last = 10**12
    for part in _PARTS.findall(written.replace(" ", "")):
        size = _TIMES.get(part, 0)
        if part.isdigit():
            current = int(part)
        elif size >= 10_000:
            if size >= last:
                return None
            total, section, current, last = total + (section + current or 1) * size, 0, 0, size
        elif size:
            section, current = section + (current or 1) * size, 0
        else:
            current = chinese_integer(part) or 0
    value = total + section + current
    return str(value) if value else None


_PARTS = re.compile(r"\d+|[十百千万亿]|[一二三四五六七八九两零〇]")
_HAN_SIGNS = frozenset("一二三四五六七八九十百千万亿两零〇")


def _yuan(digits: str | None, han: str | None, times: str | None) -> str | None:
    try:
        number = Decimal(re.sub("[,，]", "", digits)) if digits else Decimal(chinese_integer(han or "") or 0)
    except InvalidOperation:
        return None
    value = number * _TIMES.get(times or "", 1)
    return f"{value.normalize():f}" if value else None


def _type(text: str, anchors: Anchors, start: int, end: int) -> str:
    """By the words before the sum in its clause, else by those behind it."""
    left, right = anchors.clause(start)
    before, behind = text[max(left, start - 48) : start], text[end : min(right, end + 14)]
    if _FINED.search(before) or _THEN_FINED.match(behind):
        return "fine"
    if _LOSS.search(before) or _CRIME.search(before):
        return "amount"
    for words in (before, behind):
        named = [(found.end(), name) for name, pattern in _TYPES for found in pattern.finditer(words)]
        if named:
            near = max(named) if words is not behind else min(named)
            return near[1]
        if words is behind and _THRESHOLD.match(behind):
            return "limit"
    return "amount"


@Language.factory("gov_money")
class MoneyReader(FactReader):
    """Adds a fact `money:<type>` for each sum: fine, subsidy, investment, fee, limit and others."""

    rule = "money-3"

    def found(self, text: str, anchors: Anchors) -> Iterator[tuple[int, int, str, str]]:
        """(start, end, kind, value) of each."""
        return sums(text, anchors)
