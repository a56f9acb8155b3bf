"""Where private persons live: house, unit and room in a town; village, group and number in the country.

A street and a number alone is an office or a shop; only words of living (家住, 住址) or a room in
a letter make it a home.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from warehouse.personal.roster import dwellings

_COUNT = r"(?:[A-Za-z]?\d{1,5}|[A-Z]|[一二三四五六七八九十百]{1,4})"
_HOUSE = (
    rf"{_COUNT}(?:号大?院|号大?楼|号小区|栋|幢|座|弄|号)"
    rf"(?:[\s，,]?[东西南北中]?{_COUNT}(?:号大?楼|号大?院|楼|栋|幢|座|单元|门|层|室|户|房|号)){{0,4}}"
    r"(?:\d{1,4}-\d{1,4}(?:-\d{1,4})?|\d{3,4}(?![\d元人万年月米个平])室?)?"
)
_VILLAGE = (
    rf"(?:村|屯|寨|社区|村委会)第?{_COUNT}(?:村民小组|小组|组|社|队)(?:附?{_COUNT}号)?"
    rf"|(?:村|屯|寨|庄){_COUNT}号"
)
_NUMBERED = re.compile(rf"[一-鿿A-Za-z\d（）()“”·-]{{1,30}}?(?:{_VILLAGE}|{_HOUSE})")
_LIVES = re.compile(
    "(?:家庭住址|家庭地址|户籍所在地|户籍地址?|居住地址?|现住址|住址|居住[在于]|现居|家住|我住|现住|租住|住在|住于|我家|家在|住(?<!居住)(?=[一-鿿]{2,12}[村路街巷苑园里镇乡区弄])|我[是系]|本人[是系]|我们是)"
    r"[地为是于在住]?[：:\s]{0,2}"
)
_IN_LETTER = re.compile(rf"{_HOUSE}|(?:{_VILLAGE})(?<=号)")
_WRITTEN_FROM = re.compile(
    r"^\s*(?:联系|通[讯信]|来信人|写信人|家庭)?(?:地址|住所)\s?[：:]\s?(?P<home>[^\s，。；;\n]{4,40})",
    re.MULTILINE,
)
_ADDRESS = re.compile(r"地址\s?[：:]\s?")
_OF_WHAT = frozenset(("通讯", "通信", "联系", "邮寄", "收件", "详细"))  # 联系地址：
_FLAT = re.compile(
    r"\d单元|[栋幢座].{0,6}\d{3,4}(?:室|房|$)|号大?院|"
    r"(?:小区|花园|苑|新村|家园|公寓|宿舍|家属院|大院).{0,12}\d(?:室|房|户|$)"
)
_NEARLY = re.compile(r"号[A-Za-z]?\d{3,4}[室房户]?$")
_OF_OFFICE = re.compile(
    r"单位|[局厅委部处科]|公司|中心|办公|受理|邮编|邮政编码|传真|采购|招标|投标|报名|网站|协会|学[校院]|大学|研究|政府|窗口|接收|收件"
)
_ROOM = re.compile(r"[村屯寨庄组社队]|室|单元|户|房|号楼?\d{3,4}$|[栋幢座]\d|-\d")
_PLACE = re.compile(r"[一-鿿\d（）()·]{1,24}$")
_LED = re.compile(r".*(?:住在|住的?是|住|位于|在|是|于|系|购买了?|买了?|业主|地址|我们?|小区的(?=.{2,}小区))")
_OFFICE = re.compile(
    r"厅|局|委(?!会)|法院|检察|政府|办公|机关|政务|大厦|大楼|公司|酒店|宾馆|会议|学校|大学|学院|医院|银行|行政|窗口|大厅|服务中心|工业园"
)


def find_dwellings(text: str, letter: bool = False) -> Iterator[tuple[int, int]]:
    """(start, end) of each private address, from its place name to its last number."""
    yield from dwellings(text)
    if "住" in text or "户籍" in text or letter:
        for lead in _LIVES.finditer(text):
            home = _NUMBERED.match(text, lead.end(), lead.end() + 80)
            if home is not None and not _OFFICE.search(home.group()):
                yield home.span()
    if letter:
        for one in _WRITTEN_FROM.finditer(text):
            if not _OFFICE.search(one.group()):
                yield one.span("home")
        for found in _IN_LETTER.finditer(text):
            if _ROOM.search(found.group()):
                yield from _whole(text, found)


def addressed_homes(text: str) -> Iterator[tuple[int, int]]:
    """Outside a letter a flat, or a room where the lines around speak of no office, behind 地址：."""
    for lead in _ADDRESS.finditer(text):
        home = _NUMBERED.match(text, lead.end(), lead.end() + 80)
        if home is None or _OFFICE.search(home.group()):
            continue
        begin = lead.start() - 2 * (text[max(0, lead.start() - 2) : lead.start()] in _OF_WHAT)
        around = text[max(0, begin - 60) : begin] + text[home.end() : home.end() + 40]
        if not _OF_OFFICE.search(around) and (_FLAT.search(home.group()) or _NEARLY.search(home.group())):
            yield home.span()


def _whole(text: str, found: re.Match[str]) -> Iterator[tuple[int, int]]:
    """A house with its room, together with the place names before it; a room of an office is none."""
    place = _PLACE.search(text[max(0, found.start() - 24) : found.start()])
    if place is None:
        return
    led = _LED.match(place.group())
    start = found.start() - len(place.group()) + (led.end() if led else 0)
    if start < found.end() and not _OFFICE.search(text[start : found.end()]):
        yield start, found.end()
