"""Places of document numbers in a Chinese text, each read backwards from its 号.

Three shapes: organ, bracketed year and serial (国办发〔2021〕11号, in every bracket and width); a year and a
serial (公告2018年第9号, 2007年第12号公告); a serial alone beside 令 or 公告 (国务院令第682号, 第48号令).
The word may stand on either side: 国务院第706号令 is 国务院令第706号.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from classify.components.anchors import Anchors
from classify.components.chinese_integer import chinese_integer
from warehouse.records import ParsedNumber

ORGAN_LIMIT = 24
OPEN, _CLOSE = "〔[（(【［﹝﹙〈{｛<＜《〖⟨〘❲「『", "〕]）)】］﹞﹚〉}｝>＞》〗⟩〙❳」』"
_BARE_OPEN = "〔[【［﹝﹙〈{"  # a year in these makes a number also where no organ stands before it
_SPACE = " \u3000\xa0\t"
_COUNT = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十百〇○零")
_YEAR = re.compile(
    r"\s*(?:([12][90]\d\d|[5-9]\d|[012]\d)|([一二][九〇○零Ｏ][〇○零一二三四五六七八九]{2}))\s*年?度?\s*"
)
_YEARLY = re.compile(
    r"([12][90]\d\d|[一二][九〇○零][〇○零一二三四五六七八九]{2})[ \u3000]{0,2}年[ \u3000]{0,2}\Z"
)
_STOP = re.compile(r"[^一-鿿A-Za-z·]|[〇○]")
_LEAD = re.compile(
    r".*(?:通知|通报(?=国)|意见|决定|规定|办法|批复|方案|规划|细则|纲要|文件|报告|请示|复函|说明|目录|条例|名单|根据|按照|依据|依照|遵照|参照"
    r"|对照|贯彻|落实|执行|废止|转发|印发|文号|编号|详见|同时|以及|收悉|已经|业经|关于|发布|公布|我[部局委省市县厅院]|你[部局委省市县厅院]"
    r"|(?<!共)和|[的即见及与或并由在对向了是为将于按由以现])"
)
_BEGUN = re.compile(
    r"(?:知(?=国|中)|符合|适用|违反|遵守|收到|对应|参考|引用|取代|代替|修改|修订|下发|按(?=国|省|市|财|教|环|建)"
    r"|(?:严格|认真|继续|仍)(?=按|执|落|贯|遵)|根据|按照|依据|依照|遵照|参照|对照|贯彻|落实|执行|废止|转发|印发|即|见|详见|以及|及|和(?=国|环|财|发)|与|原(?=国|环)|文号|编号|通知|批复|意见|文件|关于|决定|方案)+(?=[一-鿿A-Za-z]{2})"
    r"|我[院部局厅]以?(?=[一-鿿])|[一-鿿]{0,18}(?:办公厅|秘书局|人民政府|总局|委员会|厅)函?(?=[一-鿿A-Za-z]{3})|函(?=国|环|苏|中)"
)
_LETTERHEAD = re.compile(  # 教育部财政部教财〔2020〕1号: names of bodies printed directly before the code
    r"[一-鿿]{0,22}(?:改革委|健康委|计生委|国资委|委员会|(?:信息化|环境|资源|建设|运输|农村|保障|旅游|事务|教育|科技|公安|民政|司法"
    r"|财政|水利|商务|卫生|农业|文化|铁道|交通)部|(?:教育|民政|公安|司法|财政|资源|环境|建设|水利|农业|农村|商务|卫生|审计|统计|保障"
    r"|管理|监督|监管|林业|税务|规划|运输|文物|粮食|能源|邮政|海洋)局|总局|总署|审计署|人民银行|办公厅|人民政府)"
    r"(?=[一-鿿A-Za-z]{2})(?![办函令公通发文字党直规便内外行食药机电人联]{1,3}(?:字|函|发|告)?\Z|联合|[一-鿿]{0,20}(?:公告|通告|令)\Z)"
)
_ISSUED_BY = re.compile(  # 市人民政府第12号令, 财政部2007年第12号公告
    r"[一-鿿]{0,12}(?:人民政府|国务院|委员会|改革委|总局|总署|(?:财政|公安|民政|司法|教育|商务|建设|交通|卫生|农业|水利|文化|铁道"
    r"|资源|保障|信息化)部|人民银行)[ \u3000]?\Z"
)
_AHEAD = re.compile(r"(?:日(?!照)|经|被)?(?:修[订正改])?")  # 1998年4月30日修订; but 日照市
_BY_LETTER = re.compile(r"[一-鿿]{1,20}(?:局|厅|部|委|院|府|会|办)以(?=[一-鿿]{2})")
_ISSUED = re.compile(r"(?:公告|通告|令|通报|决定|布告)[ \u3000\xa0]{0,6}[（(〔\[]?[ \u3000\xa0]{0,3}\Z")
_BEHIND = re.compile(r"[ \u3000]?(?:部?令|主席令|公告|通告|国务院令|布告)")
_PAPER = re.compile(r"文件?(?![一-鿿]{0,2}[物化])")
_BODY = re.compile(
    r"(?:部|委|委员会|局|厅|署|总局|院|政府|主席|会|办|办公室|银行|行|公司|军委|中心|法院|检察院|总理|省|市|州|县|区)$"
)
_COURT = re.compile(  # 法民申, 刑监字; permits and advertisements: 国药准字, 鲁药广审; not 环审 and 环办环监
    r"(?:[民刑行知赔破]|[一-鿿]法|执)[一-鿿\d]{0,3}[初终再申监提辖]字?$|[初终辖]字?$"
    r"|(?:许可?|[证准备照产械妆食]|[药械食妆健广图]审)字?$"
)
_BARE_LETTERS = re.compile(r"[一-鿿]{2,12}(?:发|函|办|字|令|通|电|规|文|知)$")
_HAN = re.compile(r"[一-鿿、 \u3000]{0,30}\Z")
_JOINED = re.compile(r"[）)\s]{0,2}(?:以及|[和及与或])(?=[一-鿿A-Za-z]{3})")  # …12号）和云环发〔2025〕18号


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A number with its place in the text."""

    number: ParsedNumber
    start: int
    end: int


def find_numbers(text: str, anchors: Anchors | None = None) -> Iterator[FoundNumber]:
    """Every document number of a text, from left to right."""
    last = 0
    for place in anchors.at("number") if anchors is not None else _signs(text):
        found = _read(text, place, last)
        if found is not None:
            yield found
            last = found.end


def numbers_of(anchors: Anchors) -> list[FoundNumber]:
    """Those of the anchors' text, read once for all who ask."""
    if anchors.numbers is None:
        anchors.numbers = list(find_numbers(anchors.text, anchors))
    found: list[FoundNumber] = anchors.numbers
    return found


def _signs(text: str) -> Iterator[int]:
    """The places of 号 in a text that is short or asked for nothing else."""
    place = text.find("号")
    while place >= 0:
        yield place
        place = text.find("号", place + 1)


def _read(text: str, place: int, last: int) -> FoundNumber | None:
    """The number that ends with the 号 at place, or None."""
    serial_end = _back(text, place)
    serial_start = serial_end
    low = max(last, place - 60)
    while serial_start > low and serial_end - serial_start < 6 and text[serial_start - 1] in _COUNT:
        serial_start -= 1
    serial = chinese_integer(text[serial_start:serial_end]) if serial_start < serial_end else None
    if serial is None or text[place + 1 : place + 2] in ("线", "楼", "院", "机", "文本", "站"):
        return None
    before = _back(text, serial_start)
    ordinal = before > low and text[before - 1] == "第"
    before = _back(text, before - 1) if ordinal else before
    if before <= low:
        return _plain(text, last, place, before, serial, ordinal)
    sign = text[before - 1]
    if sign in _CLOSE:
        return _bracketed(text, last, place, before - 1, serial)
    if sign == "年":
        return _yearly(text, last, place, before, serial)
    if sign == "字" or (
        ordinal
        and sign in "发函办令通电规文知"
        and _BARE_LETTERS.search(text[max(last, before - 12) : before])
    ):
        lettered = _lettered(text, last, place, before, serial)
        if lettered is not None or sign == "字":
            return lettered
    return _plain(text, last, place, before, serial, ordinal)


def _back(text: str, place: int) -> int:
    """The first place not preceded by a space, at most four back."""
    for _ in range(4):
        if place and text[place - 1] in _SPACE:
            place -= 1
    return place


def year_of(printed: str) -> int | None:
    """2021, ２０２１, 97 or 一九八五 as a year; None when it is none."""
    found = _YEAR.fullmatch(unicodedata.normalize("NFKC", printed))
    if found is None:
        return None
    if found[2]:
        return chinese_integer(found[2].replace("○", "〇"))
    year = int(found[1])
    return year if year > 999 else year + (1900 if year >= 50 else 2000)


def _opening(text: str, close: int) -> int:
    """The bracket that opens the short one closing at close; -1 when there is none."""
    for place in range(close - 1, max(close - 12, -1), -1):
        if text[place] in OPEN:
            return place
    return -1


def _bracketed(text: str, last: int, place: int, close: int, serial: int) -> FoundNumber | None:
    """国办发〔2021〕11号; 国务院令（第588号） goes on in `_plain`."""
    opening = _opening(text, close)
    year = year_of(text[opening + 1 : close]) if opening >= last else None
    if year is None:
        return None
    organ, start = organ_before(text, opening, last)
    shortest = 0 if text[opening] in _BARE_OPEN else 1 if text[opening] in "（(" else 2
    if len(organ) < shortest:
        return None
    if organ and _COURT.search(organ):
        return None
    normal = f"{organ}〔{year}〕{serial}号"
    start = start if organ else opening
    return FoundNumber(ParsedNumber(text[start : place + 1], normal, organ, year, serial), start, place + 1)


def _lettered(text: str, last: int, place: int, before: int, serial: int) -> FoundNumber | None:
    """(85)煤财字第817号, 〔1993〕外经贸管发第15号: the year stands in front of the letters."""
    at = before - 1
    if text[at - 1 : at] and text[at - 1] in _CLOSE:  # 锡峰〔2019〕字第7号
        return _bracketed(text, last, place, at - 1, serial)
    while at > max(last, before - 12) and "一" <= text[at - 1] <= "鿿":
        at -= 1
    if at <= last or text[at - 1] not in _CLOSE:
        return None
    opening, organ = _opening(text, at - 1), text[at:before]
    year = year_of(text[opening + 1 : at - 1]) if opening >= last else None
    if year is None or len(organ) < 2 or _COURT.search(organ[:-1]):
        return None
    normal = f"〔{year}〕{organ}第{serial}号"
    return FoundNumber(
        ParsedNumber(text[opening : place + 1], normal, organ, year, serial), opening, place + 1
    )


def _yearly(text: str, last: int, place: int, before: int, serial: int) -> FoundNumber | None:
    """公告2018年第9号, 2007年第12号公告, or 2022年第5号 alone in brackets or on its line."""
    low = max(last, before - 12)
    found = _YEARLY.search(text[low:before])
    year = year_of(found[1]) if found is not None else None
    if found is None or year is None:
        return None
    start, behind = low + found.start(), _BEHIND.match(text, place + 1)
    issued = _ISSUED.search(text, max(last, start - 12), start)
    alone = _alone(text, start, place + 1) or _PAPER.match(text, place + 1) is not None
    if issued is None and behind is None and not alone:
        return None
    organ, start = _issuer(text, last, start, issued, behind)
    organ, kind = in_front(organ, behind.group().strip() if behind is not None and issued is None else "")
    normal = f"{organ}{year}年第{serial}号{kind}"
    return FoundNumber(ParsedNumber(text[start : place + 1], normal, organ, year, serial), start, place + 1)


def _plain(text: str, last: int, place: int, before: int, serial: int, ordinal: bool) -> FoundNumber | None:
    """国务院令第682号, 主席令（第十一号）, 第48号令; a line that holds nothing else."""
    issued = _ISSUED.search(text, max(last, before - 12), before)
    behind = _BEHIND.match(text, place + 1)
    if issued is None and behind is None and not (ordinal and _alone(text, before, place + 1)):
        return None
    if issued is None and not ordinal and not text[before:place].strip().isdecimal():
        return None
    start = before
    while start < place and text[start] in _SPACE:
        start += 1
    organ, start = _issuer(text, last, start, issued, behind)
    organ, kind = in_front(organ, behind.group().strip() if behind is not None and issued is None else "")
    normal = f"{organ}第{serial}号{kind}"
    return FoundNumber(ParsedNumber(text[start : place + 1], normal, organ, None, serial), start, place + 1)


def in_front(organ: str, kind: str) -> tuple[str, str]:
    """The organ with the word behind the serial taken to its end, and what is left behind.

    国务院 and 令 are 国务院令; a word that says whose it is (第8号主席令) needs no organ; 令 of nobody stays.
    """
    if kind in ("国务院令", "主席令") and kind.startswith(organ):
        return kind, ""
    if not organ or not kind:
        return organ, kind
    return organ + (kind.removeprefix("部") if organ.endswith("部") else kind), ""


def _alone(text: str, start: int, end: int) -> bool:
    """The words fill their line, or a bracket behind a title."""
    before, after = text[start - 1 : start].strip(), text[end : end + 1].strip()
    if not before and not after and (start == 0 or "\n" in text[max(0, start - 4) : start]):
        return True
    return (
        before in ("（", "(")
        and after in ("）", ")", "，", "、")
        and text[start - 2 : start - 1] in ("》", "\n", "")
    )


def _issuer(
    text: str, last: int, start: int, issued: re.Match[str] | None, behind: re.Match[str] | None
) -> tuple[str, int]:
    """The body and the word 令 or 公告 in front of a serial, with where they begin."""
    if issued is None:
        return _named(text, last, start) if behind is not None else ("", start)
    word = issued.group().rstrip("（(〔[ \u3000\xa0")
    han = _HAN.search(text, max(last, issued.start() - 30), issued.start())
    body = (han.group() if han is not None else "").replace("\u3000", " ").strip("、 ")
    lead = _LEAD.match(body)
    body = (body[lead.end() :] if lead is not None else body).removeprefix("日")
    if not _BODY.search(body):
        body = ""
    at = text.rfind(body, max(last, issued.start() - 30), issued.start()) if body else issued.start()
    return re.sub(r"\s+", "", body) + word, max(at, last)


def _named(text: str, last: int, start: int) -> tuple[str, int]:
    """The body directly before a serial whose 令 or 公告 stands behind it."""
    found = _ISSUED_BY.search(text, max(last, start - 24), start)
    if found is None:
        return "", start
    body = found.group().rstrip(_SPACE)
    lead = _LEAD.match(body)
    cut = lead.end() if lead is not None else 0
    ahead = _AHEAD.match(body, cut)
    cut = ahead.end() if ahead is not None else cut
    body = body[cut:]
    return (body, found.start() + cut) if _BODY.search(body) and len(body) > 2 else ("", start)


def organ_before(text: str, end: int, last: int = 0) -> tuple[str, int]:
    """The organ code that stands before a year bracket, without the words of a title run into it."""
    joined = _JOINED.match(text, last, end) if last else None
    low = max(joined.end() if joined is not None else last, end - ORGAN_LIMIT)
    trimmed = text[low:end].rstrip(_SPACE)
    stops = [found.end() for found in _STOP.finditer(trimmed)]
    organ = trimmed[stops[-1] if stops else 0 :]
    begun = _BY_LETTER.match(organ) or _BEGUN.match(organ)
    first = cut = begun.end() if begun is not None else 0
    head = _LETTERHEAD.match(organ, first)
    first = cut = head.end() if head is not None else first
    last_lead = len(organ) - 1
    while len(organ) - first > 4:
        lead = _LEAD.match(organ, first, last_lead)
        if lead is None:
            break
        cut, last_lead = lead.end(), lead.end() - 1
        if len(organ) - cut >= 2:
            break
        cut = first
    return organ[cut:], low + len(trimmed) - len(organ) + cut
