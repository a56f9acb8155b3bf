"""How texts may write a document number, so that a search finds who cites it, however it was typed.

A number is recognised when it is the whole of what was typed, in any brackets, quotation marks or 《》:
国办发〔2024〕5号, 国办发2024年第5号, 国务院令第706号, 国务院第706号令, H.R. 1234, E.O. 14110. From its
organ, year and serial follow the phrases that texts use for it (a bounded list) and the keys of who bears it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from warehouse.search import text
from warehouse.search.numbers import arabic, number_key
from warehouse.search.scripts import simplified

OPENING, CLOSING = "〔［（【〈《﹝｛〖⟨﹙〘❲「‹([{<", "〕］）】〉》﹞｝〗⟩﹚〙❳」›)]}>"
_PAIRS = tuple(zip(OPENING, CLOSING, strict=True))
_USUAL = _PAIRS[:4] + _PAIRS[-4:-2]
LEADING = re.compile(
    r"^(?:根据|依据|依照|按照|遵照|参照|参见|详见|关于|贯彻落实|贯彻|落实|执行|以及|和|与|及|即|见)+(?=[\u3400-\u9fff])"
)
_KINDS = "令|公告|通告"
_DASHES = "-–—－‐"
_CHINESE = re.compile(
    rf"(?P<organ>[\u3400-\u9fff]{{1,24}}?)(?P<kind>{_KINDS})?\s*"
    rf"(?:[{re.escape(OPENING)}]?\s*(?P<year>[12]\d{{3}})(?P<apart>[\s年{re.escape(CLOSING + _DASHES)}]*)"
    r"|[(（〔])?\s*"
    rf"(?P<nth>第)?\s*0*(?P<serial>\d{{1,6}})\s*(?P<end>号)?\s*[)）〕]?(?P<behind>{_KINDS})?(?:文件?)?"
)
_QUOTES = re.compile(r"^[\s\"'“”‘’「」『』《》]+|[\s\"'“”‘’「」『』《》]+$")
_BEHIND = re.compile(r"(?<=号)文件?$")
_LONGEST = 60
_STATE = "中华人民共和国"
_NUMERALS = "〇一二三四五六七八九"

# What texts call that which a key begins with; `~` marks what must begin a word, {n} is the last number.
_LATIN = {
    "hr": "h.r. {n}|h.r.{n}|h. r. {n}|h.r. no. {n}|house bill {n}|~hr {n}|~hr{n}",
    "s": "~s. {n}|~s.{n}|senate bill {n}|~s {n}|~s{n}",
    "hres": "h.res. {n}|h. res. {n}|h.res.{n}|house resolution {n}|~hres {n}|~hres{n}",
    "sres": "s.res. {n}|s. res. {n}|s.res.{n}|senate resolution {n}|~sres {n}|~sres{n}",
    "hconres": "h.con.res. {n}|h. con. res. {n}|h.con.res.{n}|house concurrent resolution {n}|"
    "~hconres {n}|~hconres{n}",
    "sconres": "s.con.res. {n}|s. con. res. {n}|s.con.res.{n}|senate concurrent resolution {n}|"
    "~sconres {n}|~sconres{n}",
    "hjres": "h.j.res. {n}|h.j. res. {n}|h. j. res. {n}|house joint resolution {n}|~hjres {n}|~hjres{n}",
    "sjres": "s.j.res. {n}|s.j. res. {n}|s. j. res. {n}|senate joint resolution {n}|~sjres {n}|~sjres{n}",
    "eo": "executive order {n}|executive order no. {n}|executive order no {n}|executive orders {n}|"
    "executive order (e.o.) {n}|executive order (eo) {n}|exec. order {n}|exec. order no. {n}|"
    "e.o. {n}|e.o. no. {n}|e.o.{n}|e. o. {n}|~eo {n}|~eo no. {n}|~eo{n}",
    "pl": "public law {a}-{n}|public law no. {a}-{n}|public law {a}–{n}|pub. l. {a}-{n}|pub. l. no. {a}-{n}|"
    "pub. l. {a}–{n}|pub.l. {a}-{n}|pub. law {a}-{n}|p.l. {a}-{n}|p.l. {a}–{n}|~pl {a}-{n}|p. l. {a}-{n}",
    "si": "~si {a}/{n}|s.i. {a}/{n}|s.i.{a}/{n}|~si {a} no. {n}|s.i. {a} no. {n}|s.i. {a}, no. {n}|"
    "statutory instrument {a}/{n}|statutory instrument {a} no. {n}|statutory instruments {a} no. {n}|"
    "uksi {a}/{n}|s.i. {a} /{n}",
}  # fmt: skip
_BEFORE = (text.BLANK, text.BOUNDARY, "(", "[", '"', "“", "（", "，", "、", "。", "；")


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way a text may write a number, as the index's characters."""

    written: str
    ends: bool = False  # the last digit must be the last of its number


@dataclass(frozen=True, slots=True)
class Numbered:
    """A Chinese number in its parts; `kind` is 令, 公告 or 通告 where the number is one of these."""

    organ: str
    kind: str
    year: str | None
    serial: str
    whole: bool  # it ends with its 号 and begins with more than the last character of an organ

    @property
    def organs(self) -> tuple[str, ...]:
        """The organ as typed and, where it begins with the state's name, without that."""
        return tuple(dict.fromkeys((self.organ, self.organ.removeprefix(_STATE) or self.organ)))


def bare(written: str) -> str:
    """What was typed without the marks around it, a leading 根据 and a closing 文, folded and simplified."""
    return LEADING.sub("", _unquoted(written))


def _unquoted(written: str) -> str:
    return _BEHIND.sub("", arabic(_QUOTES.sub("", simplified(text.fold(written)))))


def numbered(written: str) -> Numbered | None:
    """The parts of a Chinese number that is the whole text; None for anything else."""
    found = _CHINESE.fullmatch(bare(written)) if len(written) <= _LONGEST else None
    if found is None:
        return None
    kind, year = found["kind"] or found["behind"] or "", found["year"]
    apart = bool(found["apart"] or found["nth"]) if year else bool(kind and (found["nth"] or found["end"]))
    if not apart or (found["kind"] and found["behind"]):
        return None
    whole = bool(found["end"]) and len(found["organ"]) > 1
    return Numbered(found["organ"], kind, year, found["serial"].lstrip("0") or "0", whole)


def asked_keys(written: str) -> tuple[str, ...]:
    """The keys by which those that bear the number may be kept, the usual one first."""
    whole = _unquoted(written)  # 和 may also begin an organ's name: 和平区政发
    keys = [key for one in (whole, bare(written)) if (key := number_key(one))]
    parts = numbered(written)
    if parts and parts.kind:
        tail = "|".join(part for part in (parts.year, parts.serial) if part)
        for organ in (*parts.organs, _STATE + parts.organ):
            keys += [f"{organ}{parts.kind}|{tail}", f"{parts.kind}|{organ}|{tail}"]
    return tuple(dict.fromkeys(keys))


@lru_cache(maxsize=64)
def spellings(written: str) -> tuple[Spelling, ...]:
    """What texts may write for the number that the whole text is; nothing when it is none."""
    parts = numbered(written)
    if parts is None:
        return tuple(dict.fromkeys(_latin(number_key(bare(written)) or "")))
    said = (one for organ in parts.organs for one in _chinese(organ, parts))
    return tuple(Spelling(text.marked(one)) for one in dict.fromkeys(said))


def quoted_spellings(written: str) -> tuple[Spelling, ...]:
    """The same for a phrase in quotation marks, which may also be a piece of a number or of words: such stays
    what it is. `"s 12"` stands in "acts 12", `"发〔2024〕5"` in many numbers.
    """
    parts = numbered(written)
    if parts is not None:
        return spellings(written) if parts.whole else ()
    name, _, number = (number_key(bare(written)) or "").partition("|")
    return spellings(written) if len(name) > 1 and len(number) > 2 else ()


def _chinese(organ: str, number: Numbered) -> Iterator[str]:
    serials = tuple(dict.fromkeys(number.serial.zfill(width) for width in (1, 2, 3)))
    if number.year:
        named = organ + number.kind
        for serial in serials:
            yield from _of_a_year(named, number.year, serial)
            if number.kind:
                yield from (f"{one}{number.kind}" for one in _of_a_year(organ, number.year, serial))
    else:
        for serial in (*serials, *_in_words(int(number.serial))):
            yield from _order(organ, number.kind, serial)


def _of_a_year(organ: str, year: str, serial: str) -> Iterator[str]:
    for opening, closing in _PAIRS:
        narrow = opening.isascii()  # a blank beside these means something
        inside = (year, f"{year}年", f" {year} ", f" {year}", f"{year} ") if narrow else (year, f"{year}年")
        for middle in inside:
            for between in ("", "第", " ") if narrow else ("", "第"):
                yield f"{organ}{opening}{middle}{closing}{between}{serial}号"
    for between in ("年", "年第", "第", " ", *_DASHES):
        yield f"{organ}{year}{between}{serial}号"


def _order(organ: str, kind: str, serial: str) -> Iterator[str]:
    yield f"{organ}{kind}第{serial}号"
    yield f"{organ}第{serial}号{kind}"
    yield f"{organ}{kind}{serial}号"
    yield f"{organ}{serial}号{kind}"
    for opening, closing in _USUAL:
        yield f"{organ}{kind}{opening}第{serial}号{closing}"
        yield f"{organ}{kind}{opening}{serial}号{closing}"


def _in_words(number: int) -> tuple[str, ...]:
    """A number below a thousand in Chinese numerals, with units and digit by digit: 四十五, 四五."""
    if not 0 < number < 1000:
        return ()
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    said = f"{_NUMERALS[hundreds]}百" if hundreds else ""
    if tens:
        said += "十" if tens == 1 and not hundreds else f"{_NUMERALS[tens]}十"
    elif hundreds and ones:
        said += "零"
    said += _NUMERALS[ones] if ones else ""
    digits = "".join(_NUMERALS[int(digit)] for digit in str(number))
    return tuple(dict.fromkeys((said, digits)))


def _latin(key: str) -> Iterator[Spelling]:
    name, *numbers = key.split("|")
    shapes = _LATIN.get(name, "")
    if not shapes or len(numbers) != (2 if "{a}" in shapes else 1) or not all(map(str.isdecimal, numbers)):
        return
    last = {numbers[-1], f"{int(numbers[-1]):,}"}
    for shape in shapes.split("|"):
        for number in sorted(last):
            said = text.marked(shape.lstrip("~").format(a=numbers[0], n=number))
            for before in _BEFORE if shape.startswith("~") else ("",):
                yield Spelling(before + said, ends=True)


def shown_as(written: str, shape: Callable[[str], str]) -> str | None:
    """A pattern for the number in raw text, `shape` giving that of each character; None for no number."""
    parts = numbered(written)
    if parts is None:
        return None
    organ = r"\s*".join(map(shape, parts.organs[-1]))
    serial = r"[0０]*" + r"\s*".join(map(shape, parts.serial)) + rf"\s*{shape('号')}"
    if parts.year:
        year = r"\s*".join(map(shape, parts.year))
        kind = r"\s*".join(map(shape, parts.kind))
        between = rf"(?:{kind})?" if kind else ""
        behind = rf"(?:\s*{kind})?" if kind else ""
        return rf"{organ}{between}[^\w\n]{{0,3}}{year}[^\w\n]{{0,3}}年?[^\w\n]{{0,3}}第?\s*{serial}{behind}"
    number = "|".join([serial, *(rf"{one}{shape('号')}" for one in _in_words(int(parts.serial)))])
    kind = r"\s*".join(map(shape, parts.kind))
    return rf"{organ}\s*(?:{kind})?[^\w\n]{{0,2}}第?\s*(?:{number})(?:\s*{kind})?"
