"""Private numbers by form, check digit or by what the text calls them: mobile, identity, card and account.

A run of digits is taken apart into its groups; blanks, hyphens, dots and signs of no width between them do
not hide a number. Serials, organisations' codes and sums are none, and an organisation's account stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from warehouse.personal.person import FAMILY
from warehouse.personal.signs import UNSEEN

Hit = tuple[int, int, str]
_RUN = re.compile(rf"\d[\d .\-{UNSEEN}]{{8,}}[\dXx]")
_GROUP = re.compile(rf"\d(?:[{UNSEEN}]*\d)*(?:[Xx](?![A-Za-z]))?")
_JOINED = re.compile(rf"[{UNSEEN}]*(?:[ -]|\.|  | -|- )?[{UNSEEN}]*")
_MOST_GROUPS = 6
_MOBILE_SHAPES = {(11,), (3, 4, 4), (3, 8), (7, 4), (3, 3, 5)}
_ABROAD = re.compile(r"(?:00)?86(?=1[3-9])")

_SERIAL = re.compile(
    r"(?:第|字|编号|编码|证号|批号|单号|订单|流水号?|代码|序号|备案号|登记号|注册号|许可证号?|案号|No\.?)"
    r"[为是]?\s?[：:]?\s?$"
)
_OF_PAPER = re.compile(
    r"[第字证案函发文准册记批〕］\]】）)]\s?$"
)  # before 13812345678号, which is no telephone then
_MEASURED = re.compile(r"\s?(?:元|万|亿|吨|平方|立方|千瓦|公里|米|股|份|\.s?html?)")
_TELEPHONE = re.compile(
    r"(?:tel|phone|mobile|mob|cell|手机|电话|联系方式|联系|微信|号码|致电|拨打)(?:号码?)?\s?[.:：=]?\s?\+?$",
    re.IGNORECASE,
)
_SAID_IDENTITY = re.compile(
    r"(?:身份证(?:件)?(?:号码|号)?|公民身份(?:号码|证号)?|身份号码|证件号码?)[^\d\n]{0,8}$"
)
_AFTER_NAME = re.compile(
    rf"(?:^|[^一-鿿]|[人民者主员])(?P<name>(?:{FAMILY})[一-鿿]{{1,2}})[\t ，,、（(：:]{{1,2}}$"
)
_BEFORE_NAME = re.compile(rf"[\t ，,、]{{1,2}}(?P<name>(?:{FAMILY})[一-鿿]{{1,2}})(?=[\s，,、。；;]|$)")
_PROVINCES = frozenset(
    [
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        71,
        81,
        82,
        83,
    ]
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

_CARD_FIRST = re.compile(r"62|4\d|5[1-5]|35")
_SAID_CARD = re.compile(r"(?:卡号?|[账帐]户?号?|存折号?)(?:号码|码)?[^\d\n。；;，,]{0,10}$")
_IS_CARD = re.compile(r"(?:银行|储蓄|借记|信用|工资)卡|卡号|[账帐]号|[账帐]户|存折")
_BANKING = re.compile(r"银行|开户|收款|汇款|缴款|户名|储蓄|信用社|存折")
ORGANISATION = re.compile(
    r"公司|集团|局|厅|委员会|财政|国库|中心|[学医法]院|学校|大学|协会|学会|基金会|办公室|事务所|政府|合作社|商会|"
    r"联合会|研究[院所]|单位|专户|厂(?![一-鿿])|所(?=[\s，,。；;）)]|$)"
)
_HOLDER = 60  # characters before an account in which its holder is named


def number_places(text: str) -> Iterator[Hit]:
    """(start, end, kind) of each mobile, identity and card number of a text in plain signs."""
    for run in _RUN.finditer(text):
        groups = [group.span() for group in _GROUP.finditer(text, run.start(), run.end())]
        at = 0
        while at < len(groups):
            hit, used = _number_at(text, groups, at)
            if hit is not None:
                yield hit
            at += used


def names_beside(text: str, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Names directly before or behind identity numbers and cards, as in lists without a heading."""
    for start, end, kind in hits:
        if kind == "mobile":
            continue
        low = max(0, start - 10)
        for found in (_AFTER_NAME.search(text, low, start), _BEFORE_NAME.match(text, end, end + 8)):
            if found is not None and not ORGANISATION.search(found["name"]):
                yield *found.span("name"), "name"


def is_identity(digits: str) -> bool:
    """Eighteen signs with a province, a day of birth and the right check digit."""
    if len(digits) != 18 or not _has_birth(digits):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == digits[17].upper()


def is_card(digits: str) -> bool:
    """Sixteen to nineteen digits of a card's first digits with the right check digit (Luhn)."""
    if not (16 <= len(digits) <= 19 and digits.isdigit() and _CARD_FIRST.match(digits)):
        return False
    doubled = [
        (int(digit) * 2 - 9 if digit > "4" else int(digit) * 2) if index % 2 else int(digit)
        for index, digit in enumerate(reversed(digits))
    ]
    return sum(doubled) % 10 == 0


def _number_at(text: str, groups: Sequence[tuple[int, int]], at: int) -> tuple[Hit | None, int]:
    """The number that begins with this group, and how many groups it takes; no number takes one."""
    if sum(end - start for start, end in groups[at : at + _MOST_GROUPS]) < 11:
        return None, 1
    shape: list[int] = []
    digits = ""
    found: tuple[Hit | None, int] = (None, 1)
    start = groups[at][0]
    alone = at == 0 or not _JOINED.fullmatch(text, groups[at - 1][1], start)
    for place in range(at, min(at + _MOST_GROUPS, len(groups))):
        if place > at and not _JOINED.fullmatch(text, groups[place - 1][1], groups[place][0]):
            break
        group = _digits(text[slice(*groups[place])])
        digits, shape = digits + group, [*shape, len(group)]
        end = groups[place][1]
        if len(digits) > 23:
            break
        behind = text[end : end + 1]
        if len(digits) < 11 or (behind.isascii() and (behind.isalpha() or behind in ("_", "="))):
            continue
        between = text[start:end]
        crowded = " " in between and (at > 0 or place + 1 < len(groups))
        kind = _kind(text, start, end, digits, tuple(shape), "." in between, crowded, alone)
        if kind is not None:
            first = start - 1 if text[start - 1 : start] == "+" else start
            found = (first, end, kind), place - at + 1
    return found


def _digits(group: str) -> str:
    return group if group.isalnum() else re.sub(f"[{UNSEEN}]", "", group)


def _kind(
    text: str, start: int, end: int, digits: str, shape: tuple[int, ...],
    dotted: bool, crowded: bool, alone: bool,
) -> str | None:  # fmt: skip
    """What private number these digits are.

    `dotted`, `crowded`: dots (blanks, with other numbers around) part them; `alone`: words may stand before.
    """
    length = len(digits)
    if 11 <= length <= 15 and _is_mobile(text, start, end, digits, shape, dotted, crowded):
        return "mobile"
    if dotted or length < 12:
        return None
    if length in (15, 18) and (_is_persons(text, start, digits) if alone else is_identity(digits)):
        return "identity"
    if (crowded and not alone) or not digits.isdigit():
        return None
    if _is_account(text, start, digits, () if crowded else shape):
        return "bank-card"
    return None


def _is_mobile(
    text: str, start: int, end: int, digits: str, shape: tuple[int, ...], dotted: bool, crowded: bool
) -> bool:
    abroad = _ABROAD.match(digits)
    if abroad is not None and len(digits) - abroad.end() == 11:
        digits = digits[abroad.end() :]
        shape = (shape[0] - abroad.end(), *shape[1:]) if shape[0] > abroad.end() else shape[1:]
    if len(digits) != 11 or digits[0] != "1" or digits[1] < "3" or not digits.isdigit():
        return False
    if shape not in _MOBILE_SHAPES or (dotted and shape != (3, 4, 4)):
        return False
    before = text[max(0, start - 16) : start]
    last = before[-1:]
    named = _TELEPHONE.search(before) is not None
    if last and (last in "_.=&%" or (last.isascii() and last.isalnum())) and not named:
        return False
    if (crowded or dotted) and abroad is None and not named:
        return False
    if _SERIAL.search(before[-8:]) or _MEASURED.match(text, end):
        return False
    paper = text.startswith("号", end) and not text.startswith(("号码", "号段"), end)
    return not (paper and _OF_PAPER.search(before))


def _has_birth(digits: str) -> bool:
    """Province and day of birth as an identity number of eighteen or (before 1999) fifteen signs has them."""
    day = digits[6:14] if len(digits) == 18 else "19" + digits[6:12]
    return (
        digits[:-1].isdigit()
        and int(digits[:2]) in _PROVINCES
        and day[:2] in ("19", "20")
        and "01" <= day[4:6] <= "12"
        and "01" <= day[6:] <= "31"
    )


def _is_persons(text: str, start: int, digits: str) -> bool:
    before = text[max(0, start - 24) : start]
    if _SAID_IDENTITY.search(before):
        return True
    if before.rstrip(" ：:为是").endswith("代码") or not _has_birth(digits):
        return False
    return is_identity(digits) or _AFTER_NAME.search(before[-8:]) is not None


def _is_account(text: str, start: int, digits: str, shape: tuple[int, ...]) -> bool:
    before = text[max(0, start - _HOLDER) : start]
    if before.rstrip(" ：:为是").endswith(("代码", "编号")):
        return False
    regular = all(size == 4 for size in shape[:-1]) or (shape[0] == 6 and len(shape) == 2)
    if shape and regular and is_card(digits):
        return True
    said = _SAID_CARD.search(before[-24:])
    if said is None or not _IS_CARD.search(before[-24:]):
        return False
    if digits.startswith("62") and 16 <= len(digits) <= 19:
        return True
    around = before + text[start + len(digits) : start + len(digits) + 24].split("\n")[0]
    return not ORGANISATION.search(around) and (len(digits) >= 15 or _BANKING.search(around) is not None)
