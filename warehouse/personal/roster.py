"""Lists of people with their private particulars: the names and dwellings in the columns of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

_WHO = re.compile(
    r"^(?:姓\s*名|户主(?:姓名)?|申请人(?:姓名)?|受助人(?:姓名)?|救助对象(?:姓名)?|领取人|享受人|保障对象(?:姓名)?)$"
)
_WHERE = re.compile(
    r"^(?:家庭住址|家庭地址|住\s*址|现住址|居住地址|详细地址|所在村组|村组|住所|户籍地址|户籍所在地|家庭详细地址)$"
)
_PRIVATE = re.compile(
    r"身份证|证件号|住\s*址|家庭地址|居住地|户籍|银行卡|银行账号|残疾等级|病种|致困原因|补助金额|低保金"
)
_HELPED = re.compile(
    r"低保|最低生活保障|特困|救助|困难群众|困难家庭|残疾人?(?:补贴|名单)|补贴(?:发放|对象)|孤儿|危房改造|公租房|保障性住房|轮候|帮扶对象|防返贫|监测对象|慰问|资助|优抚|高龄津贴|助学"
)
_LONGEST = 500_000  # characters of one table
_DENSE, _APART = 1_600, 20_000  # where eight headings stand in so few characters, rows only look like them
_CELL = re.compile(r"[^\t\n]+")
_PERSON = re.compile(r"\s*[一-鿿·]{2,4}(?:[（(][^\t\n]{0,8}[）)])?\s*$")
_LINE = re.compile(
    r"(?:^|[；;：:\n])\s*(?:\d{1,3}[.、．]\s?)?(?P<name>[一-鿿]{2,4})[，,、\s]\s?(?:男|女)(?=[，,、\s])",
    re.MULTILINE,
)
_HEADER = re.compile(r"姓\s*名|户主|申请人|受助人|救助对象|领取人|享受人|保障对象")
_NUMBERED = re.compile(r"身份证|证件号|公民身份|卡\s?号|[账帐]\s?号|[账帐]户")
_IDENTITY = re.compile(r"身份证|证件号|公民身份")
_IDENTITY_CELL = re.compile(r"\s*\d(?:[ \-]?\d){13,16}[ \-]?[\dXx]\s*$")
_ACCOUNT = re.compile(
    r"(?:银行|存折|收款|储蓄|社保|惠农|一卡通).{0,8}(?:卡|[账帐])|^\s*(?:卡|[账帐])\s?[号户]"
)
_ACCOUNT_CELL = re.compile(r"\s*\d(?:[ \-]?\d){11,22}\s*$")
_ORGANISATION = re.compile(
    r"公司|集团|[局厅厂]$|委员会|中心$|学校$|[学医]院$|协会$|合作社$|事务所$|[小中大]学$|政府$"
)
_BANK = re.compile(r"银行|信用社|支行")


def rosters(text: str, title: str) -> Iterator[tuple[int, int]]:
    """Names in the columns of tables that also tell something private, and in lists of people helped."""
    helped = _HELPED.search(title) is not None
    for header in _headers(text):
        cells = [cell.group().strip() for cell in _CELL.finditer(text, *header)]
        if helped or any(_PRIVATE.search(cell) for cell in cells):
            columns = [number for number, cell in enumerate(cells) if _WHO.match(cell)]
            yield from _column(text, header[1], len(cells), columns, _PERSON)
    if helped:
        yield from (found.span("name") for found in _LINE.finditer(text))


def dwellings(text: str) -> Iterator[tuple[int, int]]:
    """The cells below a heading such as 家庭住址."""
    for header in _headers(text):
        cells = [cell.group().strip() for cell in _CELL.finditer(text, *header)]
        columns = [number for number, cell in enumerate(cells) if _WHERE.match(cell)]
        yield from _column(text, header[1], len(cells), columns, re.compile(r"[^\t\n]{4,}"))


def numbered_cells(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, kind) of cells below 身份证号 and 银行账号, right or wrong; an office's account stays."""
    for header in _headers(text, _NUMBERED):
        cells = [cell.group().strip() for cell in _CELL.finditer(text, *header)]
        known = [number for number, cell in enumerate(cells) if _IDENTITY.search(cell)]
        for start, end in _column(text, header[1], len(cells), known, _IDENTITY_CELL):
            yield start, end, "identity"
        accounts = [number for number, cell in enumerate(cells) if _ACCOUNT.search(cell)]
        for start, end in _column(text, header[1], len(cells), accounts, _ACCOUNT_CELL):
            last = text.find("\n", end)
            row = text[text.rfind("\n", 0, start) + 1 : last if last >= 0 else len(text)].split("\t")
            if not any(_ORGANISATION.search(cell.strip()) for cell in row if not _BANK.search(cell)):
                yield start, end, "bank-card"


def _headers(text: str, names: re.Pattern[str] = _HEADER) -> Iterator[tuple[int, int]]:
    """Lines of a table that name a person's column (or another's with such a name)."""
    if "\t" not in text:
        return
    at = told = 0
    near: list[int] = []
    dense = False
    while (found := names.search(text, at)) is not None:
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.end())
        end = len(text) if end < 0 else end
        if "\t" in text[start:end] and start >= told:
            yield start, end
            near = [*near[-7:], start]
            dense = dense or (len(near) == 8 and near[7] - near[0] < _DENSE)
            if dense:
                told = start + max(_APART, start)
        at = end


def _column(
    text: str, at: int, width: int, columns: list[int], fits: re.Pattern[str]
) -> Iterator[tuple[int, int]]:
    """The cells of these columns in the rows that follow, as long as they are rows of as many cells."""
    last = at + _LONGEST
    while columns and at < min(len(text), last):
        end = text.find("\n", at + 1)
        end = len(text) if end < 0 else end
        cells = list(_CELL.finditer(text, at + 1, end))
        if len(cells) < 2 or abs(len(cells) - width) > 1:
            return
        for column in columns:
            if column < len(cells) and fits.match(cells[column].group()):
                yield cells[column].span()
        at = end
