"""The unit to turn to, as a notice names it; the person's name behind it is never taken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language

from classify.components.anchors import Anchors
from classify.components.mined import FactReader

_LABEL = re.compile(
    r"(?:联系单位|联系部门|联系处室|联系科室|联系股室|联系机构|承办单位|承办科室|承办处室|承办部门|咨询单位|咨询部门"
    r"|咨询机构|联[ \u3000]?系[ \u3000]?人(?:及联系方式|及电话|和联系方式)?|联系方式|联系地址)"
    r"[ \u3000]?[：:]\s{0,2}"
)
_UNIT = re.compile(
    r"[一-鿿（）]{2,30}(?:部|司|局|处(?!长)|办公室|中心|厅|委员会|委|科(?!长)|室(?!主任)"
    r"|院|站|署|所(?!长)|支队|总队|大队|公司|协会|办|股)(?![长员])"
)
_WITH = re.compile(r"[与同和](?P<unit>[一-鿿（）]{2,28})$")
_ENDS = "部司局处室心厅会委科院站署所队协办股"
_NAME = re.compile(  # a person between two units, as a table that lost its cells prints it
    rf"(?<=[{_ENDS}])(?!高等|林业|黄河|马克|江河|石油)"
    r"[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔]"
    r"[一-鿿]{1,2}(?=生态|教育|财政|民政|公安|国家|自然|交通|农业|工业|住房|人力|水利|商务|文化|卫生|应急|审计|市场|司法|科技|科学|发展|[省市县区])"
)
_PERSON = re.compile(r"(?:先生|女士|同志|老师|主任|处长|科长)")
_VAGUE = re.compile(r"(?:我|本|该|其|各|有关|相关|当地|所在地|上述)")


def contact_units(text: str, anchors: Anchors) -> Iterator[tuple[int, int, str]]:
    """(start, end, unit) behind each label for a contact."""
    for place in anchors.at("contact"):
        label = _LABEL.match(text, place)
        if label is None:
            if text.startswith("联系", place) and text[place + 2 : place + 3] in "。，；）":
                yield from _turned_to(text, place)
            continue
        unit = _UNIT.match(text, label.end(), label.end() + 40)
        if unit is not None and not _PERSON.search(unit.group()):
            yield _office(unit.start(), unit.group())


def _turned_to(text: str, place: int) -> Iterator[tuple[int, int, str]]:
    """请与市财政局社保处联系: the unit before the verb."""
    said = _WITH.search(text[max(0, place - 32) : place])
    if said is None or "请" not in text[max(0, place - 60) : place]:
        return
    unit = _UNIT.fullmatch(said["unit"])
    if unit is not None and not _VAGUE.match(said["unit"]) and not _PERSON.search(said["unit"]):
        yield _office(place - len(said["unit"]), said["unit"])


def _office(start: int, unit: str) -> tuple[int, int, str]:
    """The unit up to a person's name that is printed behind it without a space."""
    named = _NAME.search(unit)
    unit = unit[: named.start()] if named is not None else unit
    return start, start + len(unit), unit


@Language.factory("gov_contact")
class ContactReader(FactReader):
    """Adds a fact `contact` for each unit that the text names as the one to turn to."""

    rule = "contact-2"

    def found(self, text: str, anchors: Anchors) -> Iterator[tuple[int, int, str, str]]:
        """(start, end, kind, value) of each."""
        return ((start, end, "contact", unit) for start, end, unit in contact_units(text, anchors))
