"""Where a text names who is to act: its line of recipients, and heads of clauses that say what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classify.departments.addressed import Addressees
from classify.departments.meant import Meant

_RECIPIENTS = 8  # paragraphs in which the line of recipients stands
_LONGEST_LINE = 400
_LINE = re.compile(r"^[^。；\n]{2,400}?[：:]")
_NO_LINE = re.compile(
    r"(?:如下|公告|通告|决定|认为|以下|要求|联系人|电话|附件|来源|时间|地点|说明|内容)[^：:]{0,6}[：:]$|^[（(一二三四五六七八九十\d]"
)
_BEGINS = re.compile(
    r"(?:^|(?<=[。；：:，,\n\u3000）)—]))(?:[一二三四五六七八九十\d]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）])?\s*"
)
_BY = re.compile(r"(?:(?<![理自缘事来经])由|(?<![申邀聘提报恳])请|要求|责成|督促|建议)(?=[^，。；：\n]{3})")
_ACTS = re.compile(
    r"(?:，(?=[在于自]))?(?:均|都|也|还|再|先|要(?!求)|并|应|须|必须|不得|可以|需|务必|负责|牵头|承担|组织|落实|做好|加强|开展"
    r"|建立|制定|完成|会同|联合|配合|按|依|根据|结合|于|在(?![校职])|将|把|对(?!外)|向|每|从|自(?!治|行政)|为|以(?!上|下)|报|印发|出台"
    r"|公布|发布|编制|督促|指导|协助|审核|审批|受理|汇总|收齐|安排|下达|纳入|设立|设卡|拿出|倒排|抓紧|尽快|统一|全面|分别|同步|另行|先行"
    r"|予以|给予|配备|参照|对照|提交|提出|上报|申报|拟订|清理|整改|逐|抽调|选派|派|推送|答复|办理|核|查|调减|暂停|中止|指定|协调"
    r"|补|处理|拨付|支付|确保|推进|宣讲|通知|告知|调度|实施|执行|研究|提供|填|测|次年|至少|全部|当|发|兜底|打电话|责令|现场|\d)"
)
# 县级以上人民政府及其有关部门: the government is named, its departments stand for no one more
_ALSO = re.compile(r"(?<=政府)[及和]其(?:他)?(?:有关|相关|工作|职能|所属)*(?:主管|行政)*(?:部门|单位|机构)")
_MUST = re.compile(r"应当|应|必须|须|不得|要(?!求)|负责|牵头|承担")
_DONE = re.compile(r"[^，。；\n]{0,10}(?:已经?(?![建批])|曾|了(?!解))")


def recipients(text: str) -> tuple[int, int] | None:
    """Where the line of recipients stands: the first short line near the top that ends with a colon."""
    at = 0
    for _ in range(_RECIPIENTS):
        end = text.find("\n", at)
        end = end if end >= 0 else len(text)
        line = _LINE.match(text[at : min(end, at + _LONGEST_LINE)].lstrip())
        if line is not None and not _NO_LINE.search(line[0]):
            lead = len(text[at:end]) - len(text[at:end].lstrip())
            return at + lead, at + lead + line.end() - 1
        if end >= len(text) or "。" in text[at:end]:
            return None  # the text has begun
        at = end + 1
    return None


def named_in_clauses(reader: Addressees, text: str, since: int) -> list[Meant]:
    """Who is named at the head of a clause that says what to do, or behind 由, 请 and 要求."""
    found: list[Meant] = []
    behind = since
    for at, asked in _heads(reader, text, since):
        if at < behind:
            continue
        meant, end = reader.read(text, at, bare=True)
        also = _ALSO.match(text, end) if meant else None
        end = also.end() if also is not None else end
        if not meant or not (_ACTS.match(text, end) or (asked and text[end : end + 1] not in "的、")):
            continue
        if meant[-1].said == "place" and not _bears(text, meant[-1].start, end, asked):
            continue
        if _DONE.match(text, end):
            continue
        found += meant
        behind = end
    return found


def _bears(text: str, start: int, end: int, asked: bool) -> bool:
    """Whether a place alone bears a duty: behind 由, with 各 before it, or before a modal word."""
    if asked or text[start] in "各有相其沿":
        return _ACTS.match(text, end) is not None
    return _MUST.match(text, end) is not None


def _heads(reader: Addressees, text: str, since: int) -> Iterator[tuple[int, bool]]:
    """Where clauses begin that may name somebody, and whether 由 or the like asks for it."""
    begun = {found.end() for found in _BEGINS.finditer(text, since)}
    places = {at: False for at in begun if reader.may_name(text, at, False) and not _BY.match(text, at)}
    asked = (found.end() for found in _BY.finditer(text, since))
    places |= {at: True for at in asked if reader.may_name(text, at, True)}
    return iter(sorted(places.items()))
