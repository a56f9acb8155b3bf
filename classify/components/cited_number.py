"""Numbers by which a text names other papers: 云政办发〔2026〕14号, 省审计厅公告2025年第4号, standards."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from classify.components.number import find_numbers

_LEADING = re.compile(
    "^(?:根据|依据|依照|按照|遵照|参照|对照|落实|贯彻|执行|废止|转发|印发|文号|编号|即|原|见|详见|和|及|与|以|由|对|现将|或|并"
    "|的|为|在|是|于|按|经|将|同时|以及)+"
)
_BY_LETTER = re.compile(r".+(?:局|厅|部|委|院|府|会|办)以(?=[一-鿿]{2})")
_ISSUE = re.compile(
    r"(?P<kind>公告|通告|令)\s?(?:[〔\[（(]?(?P<year>(?:19|20)\d\d)\s?年?[〕\]）)]?\s?)?第?\s?(?P<serial>\d{1,5})\s?号(?!公告|令)"
)
_RUN_IN = re.compile(".*(?:[在见的由以]|根据|依据|按照|依照|废止)")
_HAN_BEFORE = re.compile(r"[一-鿿]{2,24}$")
_ORGAN = re.compile(r"(?:部|委|委员会|局|厅|署|总局|院|政府|主席|会|办|办公室|银行|行)$")
_STANDARD = re.compile(
    r"(?P<code>(?:GB|DB|HJ|JT|JG|CJ|MZ|WS|NY|SL|AQ|GA|TD|YY|XF|LY|MH|QX|SN|RB|T)[A-Z0-9]{0,4}(?:/[A-Z]{1,6})?"
    r"\s?\d{1,6}(?:\.\d{1,3})?\s?[—–-]{1,2}\s?(?:19|20)\d\d)\s?$"
)
_WHOLE = re.compile(
    r"\s*(?:[一-鿿、 ]{0,40}?)(?:公告|通告|令|发布|公布)?\s?(?:[〔\[]?(?:19|20)\d\d\s?年?[〕\]]?\s?)?"
    r"第?\s?[\d一二三四五六七八九十百零〇]{1,6}\s?号(?:公告|令|通告|公布|发布)?\s*(?:[，,；;].*)?$"
)


def number_in(brackets: str) -> str | None:
    """The number that brackets behind a title hold; None when they hold something else."""
    plain = unicodedata.normalize("NFKC", brackets)
    first = next(find_numbers(plain), None)
    if first is not None:
        return first.number.normal
    standard = _STANDARD.fullmatch(plain.strip())
    if standard is not None:
        return standard["code"]
    if _WHOLE.fullmatch(plain) and re.search(r"令|公告|通告|年", plain):
        return re.sub(r"\s+", "", re.split(r"[，,；;]", plain)[0])
    return None


def standard_before(text: str, start: int) -> tuple[str, int] | None:
    """The number of a standard directly before its title, with its place."""
    low = max(0, start - 30)
    found = _STANDARD.search(text[low:start])
    return (found["code"], low + found.start()) if found is not None else None


def bare_numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, number) of every number in a text; words run into its organ are left out."""
    for one in find_numbers(text):
        lead = _BY_LETTER.match(one.number.organ) or _LEADING.match(one.number.organ)
        cut = lead.end() if lead is not None and len(one.number.organ) - lead.end() > 1 else 0
        yield one.start + cut, one.end, one.number.normal[cut:]
    for found in _ISSUE.finditer(text):
        issue = _issue(text, found)
        if issue is not None:
            yield issue


def _issue(text: str, found: re.Match[str]) -> tuple[int, int, str] | None:
    low = max(0, found.start() - 24)
    before = _HAN_BEFORE.search(text[low : found.start()])
    if before is None:
        return None
    organ = _RUN_IN.sub("", before.group())
    organ = organ[lead.end() :] if (lead := _LEADING.match(organ)) else organ
    if not _ORGAN.search(organ):
        return None
    year = f"{found['year']}年" if found["year"] else ""
    return found.start() - len(organ), found.end(), f"{organ}{found['kind']}{year}第{int(found['serial'])}号"
