"""Words for an office of a kind, whoever's it is: 民政局, 卫生健康委, 水务部门, 体育主管部门."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from classify.departments.places import Kind

_NO_OFFICE = frozenset({"party-committee", "legislature-office"})  # 委员会 alone names nobody
_END = re.compile(r"(?:人民政府)?(?:厅|局|委员会|委|办公室|办)$")
_MORE = {  # words for what an office does that stand in none of its names
    "侨务": "overseas-chinese", "外事": "foreign-affairs", "卫生": "health", "文物": "heritage",
    "水务": "water", "消防": "fire-rescue", "消防救援": "fire-rescue", "民族": "ethnic-religious",
    "宗教": "ethnic-religious", "发展改革": "development-reform", "人力资源社会保障": "human-resources",
    "劳动保障": "human-resources", "住房城乡建设": "housing", "网信": "cyberspace",
    "国资": "state-assets", "旅游": "culture", "价格": "development-reform",
    "政务服务": "government-services", "数据": "data", "政务公开": "government-office",
    "国土": "natural-resources", "法院": "court", "检察": "procuratorate", "公证": "justice",
    "城市管理": "urban-management", "市场监管": "market", "药监": "medicine",
    "机构编制": "establishment", "水行政": "water", "兽医": "agriculture", "动物卫生": "agriculture",
    "物业": "housing",
    "城乡规划": "natural-resources", "土地": "natural-resources", "不动产登记": "natural-resources",
    "食品安全": "market", "食品药品": "market", "节能": "development-reform", "交通": "transport",
    "环保": "environment", "环境保护": "environment", "文化旅游": "culture", "中小企业": "industry",
    "人民法院": "court", "人民检察院": "procuratorate",
}  # fmt: skip
_CHARGED = re.compile(
    r"(?<=人民法院)|(?<=人民检察院)|(?:行政)?(?:主管|管理|监督管理|监管|执法|行政)?部门|行政机关|机关(?!事务|党)|(?:工作|管理|主管|监察)机构|系统"
)
# 民政厅（局）办公室, 公安机关交通管理部门
_TAIL = re.compile(r"(?:[（(][厅局委室办、]{1,6}[）)])?(?:办公厅|办公室|交通管理部门)?(?:（室）)?")


class Office(NamedTuple):
    """Kinds of office that a place in a text names, and where their words end."""

    kinds: tuple[str, ...]
    end: int


class OfficeWords:
    """The names of usual offices and the words for what they do, longest first."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self.kinds = {kind.key: kind for kind in kinds}
        self._names: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._stems: dict[str, list[tuple[str, str]]] = defaultdict(list)
        names: dict[str, str] = {}
        stems = dict(_MORE)
        for kind in self.kinds.values():
            if kind.key in _NO_OFFICE:
                continue
            for name in (kind.province, kind.city, kind.municipality, kind.county, *kind.aliases):
                names.setdefault(name, kind.key)
                stem = _END.sub("", name)
                if stem != name and len(stem) > 1:
                    stems.setdefault(stem, kind.key)
        for index, words in ((self._names, names), (self._stems, stems)):
            for word in sorted((one for one in words if len(one) > 1), key=len, reverse=True):
                index[word[:2]].append((word, words[word]))
        self.stem_heads = frozenset(self._stems)

    def at(self, text: str, start: int) -> Office | None:
        """The office named here in full (教育局), or by what it does (教育、财政部门)."""
        named = _first(self._names, text, start)
        if named is not None:
            of_it = self.charged(text, named[1]) if named[0] == "government" else None
            if of_it is not None:
                return of_it  # 市人民政府财政部门: the office, not the government
            tail = _TAIL.match(text, named[1])
            return Office((named[0],), tail.end() if tail else named[1])
        return self.charged(text, start)

    def charged(self, text: str, start: int) -> Office | None:
        """The offices named here by what they do: 水务、生态环境、民政部门."""
        kinds: list[str] = []
        at = start
        while True:
            after = -1
            for word, kind in self._stems.get(text[at : at + 2], ()):
                if not text.startswith(word, at):
                    continue
                behind = at + len(word)
                end = _CHARGED.match(text, behind)
                if end is not None:
                    tail = _TAIL.match(text, end.end())
                    return Office(tuple(dict.fromkeys((*kinds, kind))), tail.end() if tail else end.end())
                if after < 0 and text[behind : behind + 1] in ("、", "和", "与", "及", "或"):
                    kinds.append(kind)
                    after = behind + 1
            if after < 0:
                return None
            at = after


def _first(index: dict[str, list[tuple[str, str]]], text: str, start: int) -> tuple[str, int] | None:
    for word, kind in index.get(text[start : start + 2], ()):
        if text.startswith(word, start):
            return kind, start + len(word)
    return None
