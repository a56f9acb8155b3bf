"""Targets: an indicator, the value it has to reach, its unit and the year, only where something obliges.

A target is named by a noun (a rate, a share, an output ...) and lies ahead: 力争, 目标是, 确保, a year not
past, or a standard that 应 or 不得 sets. What a report tells of past years is none, nor what a rule takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from classify.components.anchors import Anchors
from classify.components.mined import FactReader, anchors_of, keep_all
from classify.components.state import Findings, findings

_UNIT = (
    r"个月|个工作日|%|％|个百分点|万亿元|亿元|万元|元|万千瓦时|亿千瓦时|万千瓦|亿千瓦|千瓦时/千克"
    r"|千瓦时|千瓦|亿立方米|万立方米|立方米/小时|立方米|亿吨标准煤|万吨标准煤|亿吨|万吨|吨|亿斤|万斤"
    r"|平方公里|公里|万亩|亿亩|亩|万公顷|公顷"
    r"|万平方米|平方米|微克/立方米|毫克/升|万人次|亿人次|万人|亿人|人|万户|户|万家|家|万个"
    r"|个|万套|套|座|万张|张|项|所|台|辆|条|处|倍|名|万辆|万台|件|岁|年|天|小时"
)
_PER = (
    r"(?:/(?:年|月|日|天|人次|人|户|秒|小时|时|吨|千克|公斤|升|立方米|平方米|平方公里|公里|亩|公顷"
    r"|百亿元|亿元|万元|万人|千瓦时|千瓦|次|床|件|套|个))?"
)
_REACHED = re.compile(
    r"(?P<verb>达到|(?:提高|提升|增加|上升|扩大|降低|下降|减少|压减|增长|发展|延长|缩短)(?:到"
    r"|至)|降至|升至|增至|控制在|稳定在|保持在|维持在|不(?:得)?(?:低|少|高|大|小|多|短)于"
    r"|不(?:得)?超过|突破|超过|达|(?:降低|下降|减少|提高|增长|提升|压减|增加|新增))"
    rf"\s?(?:约|至少|不低于|不超过|超过)?\s?(?P<value>\d{{1,12}}(?:\.\d{{1,4}})?(?:[—－~～-]\d{{1,9}}(?:\.\d{{1,3}})?)?)\s?(?P<unit>(?:{_UNIT}){_PER})(?:\s?[—－～~-]{{1,2}}\s?(?P<to>\d{{1,9}}(?:\.\d{{1,3}})?)\s?(?:%|％|{_UNIT}))?(?P<more>以上|以下|以内|左右)?"
)
_AIM = re.compile(
    r"力争|确保|预期|争取(?:到20|在20|达到|实现|使)|目标(?:任务|要求|值|指标)?(?:[是为：:]|分别)|(?:发展|总体|主要|工作|年度|阶段性?)目标"
    r"|计划(?=新|建|完|达|到)"
)
_GOALS = re.compile(r"目标(?:任务|要求|值|指标)?(?:[是为]|如下)?：")
_STANDARD = re.compile(r"应当|应(?![急用对])|必须|须|不得")
_AHEAD = re.compile(r"(?P<to>到)?(?P<y>20\d\d)年(?P<end>底|末)?(?P<before>前|之前|以前)?")
_COMPARED = frozenset("比较与于从自由年至截、")
_PLAN = re.compile(r"十([二三四五])五”?(?:末|时期|期间)")
_PLAN_END = {"二": 2015, "三": 2020, "四": 2025, "五": 2030}
_CHANGES = dict.fromkeys(("降低", "下降", "减少", "压减"), "-")
_CHANGES |= dict.fromkeys(("提高", "增长", "提升", "增加", "新增"), "+")
_PROCEDURE = frozenset(
    (
        "人", "名", "年", "天", "个月", "个工作日", "小时", "个", "件", "次", "日", "项",
        "家", "公里", "元", "万元", "张", "份", "岁", "倍", "处", "条",
    )
)  # fmt: skip
_PAST = re.compile(
    r"已(?!建成区)|了|同比|比上年|较上年|去年|上年|以来|累计|实际|现有|首次|跃升|稳居|罚款|处[^，。]{0,10}元"
    r"|以上的|以下的|超过\d[^，。；]{0,14}的|\A[^，。；]{0,8}(?:由|从)[^，。；]{0,12}\d"
)
_TOLD = re.compile(
    r"过去|[一二三四五两]年来|截至|截止|以来|上年|去年|同比|显示|监测数据|超额完成|圆满完成|如期实现"
)
_TRIM = re.compile(
    r"^(?:第?[一二三四五六七八九十百\d]{1,4}[条)）、.．]\s?|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|[到在]?20\d\d年(?:底|末)?(?:前)?|“?十[二三四五]五”?(?:时期|期间|末)?|力争|争取|确保|其中|使(?!用)|实现|推动|促进|带动|提出|保持|引导"
    r"|全[省市县国区](?!域)|我[省市县区]|应当|应|须|必须|不得|并(?!网)|的|和|及|且|以上|目标|是|将|主要(?!污)|今年|建议)+|(?:(?<!年)均|都|平均|应当|应"
    r"|须|必须|要|力争|累计|总体|基本|不得|逐步|全部|将|再|按|首次|比\d{4}年(?:底|末)?|较\d{4}年(?:底|末)?|到?20\d\d年(?:底|末|前)*|每年)+$"
)
_NOUN = re.compile(
    r"(?:率|比重|比例|占比|之比|强度|密度|浓度|额度|难度|长度|高度|厚度|宽度|深度|温度|湿度|跨度|程度|精度|总值|产值|增加值|均值|价值|收入|投入|规模|面积|体积|容积"
    r"|含量|总量|产量|流量|水量|气量|电量|容量|数量|存量|增量|质量|销量|储量|吞吐量|保有量|运量|重量|剂量|用量|能量|盐量|氧量|力量|额|余额|数|人数|次数|天数|户数|指数|系数|寿命"
    r"|能力|投资|资金|资本|工资|里程|规程|水平|年限|期限|时限|时间|时长|周期|产能|装机|就业|支出|进口|出口|进出口|人口|缺口|出让|价格|单价|消费|经费"
    r"|能耗|物耗|电耗|煤耗|水耗|消耗|排放|用水|供水|水位|床位|学位|泊位|车位|GDP|经济|贸易|企业|产业链|航线|园区|基地|站点|铁路|高速公路|公路|地铁|绿地|林地|耕地|农田|湿地|公园|距离|间距"
    r"|氧气|噪声|人均|亩产|单产|增速|涨幅|降幅|增幅|年龄|岁数|收益|利润|税收|外资|PM2\.5|年均)$"
)
_NO_INDICATOR = re.compile(
    r"^(?:其|该|并|但|且|每次|最长|按|由|从|以|用|在|对|向|因|经|除|至|不|未|凡|如|当|同口径|包括|提取|取得|处|超过|低于)"
    r"|应当|不得|必须|可以|提取|支付|缴纳|交纳|罚|超过|低于|达到|提供|部分$|人均$|^年均$|[（）()：:；。]|\d{2}|分别"
)


def targets(text: str, anchors: Anchors, issued: int | None = None) -> Iterator[tuple[int, int, str]]:
    """(start, end, "indicator|value|unit|year") of each target; `issued`: the year of the document."""
    last = 0
    for place in anchors.at("reach"):
        if (
            place < last
            or not text[place + 1 : place + 12].lstrip("到于至过约少不低超 \u3000得")[:1].isdigit()
        ):
            continue
        found = _REACHED.search(text, max(last, place - 3), place + 40)
        if found is None or found.start() > place or found.end() <= place:
            continue
        left, right = anchors.sentence(place, place + 1)
        clause_left, clause_right = anchors.clause(found.start())
        clause_left = max(clause_left, left)
        near = max(clause_left, found.start() - 120), min(right, clause_right, found.end() + 60)
        if _PAST.search(text[near[0] : near[1]]):
            continue
        if text[clause_right - 1 : clause_right] == "的" or text[found.end() : found.end() + 1] == "的":
            continue
        before = text[max(left, found.start() - 200) : found.start()]
        year, aimed = _aim(text, before, left, issued)
        if not aimed and not _is_standard(found, text[clause_left : found.start()]):
            continue
        indicator = _indicator(text, clause_left, found.start())
        if indicator:
            value = f"{_sign(found)}{found['value']}" + (f"-{found['to']}" if found["to"] else "")
            start = text.rfind(indicator, clause_left, found.start())
            start = start if start >= 0 else found.start()
            yield start, found.end(), f"{indicator}|{value}|{found['unit']}|{year or ''}"
            last = found.end()


def _aim(text: str, before: str, left: int, issued: int | None) -> tuple[int | None, bool]:
    """The year ahead that the words before a value name, and whether they aim at anything."""
    if _TOLD.search(before):
        return None, False
    year = None
    for found in _AHEAD.finditer(before):
        named, sure = int(found["y"]), found["to"] or found["before"] or found["end"]
        if before[found.start() - 1 : found.start()] in _COMPARED and not found["to"] and found.start():
            continue
        if (issued is not None and (named > issued or (named == issued and sure))) or (
            issued is None and sure
        ):
            year = named
    plan = _PLAN.search(before)
    ahead = plan is not None and issued is not None and _PLAN_END[plan[1]] >= issued
    if year is not None or ahead or _AIM.search(before):
        return year, True
    low = max(0, left - 400)
    opening = max(text.rfind("。", low, left), text.rfind("\n", low, left), low - 1) + 1
    return None, opening < left and _GOALS.search(text, opening, left) is not None


def _is_standard(found: re.Match[str], before: str) -> bool:
    """造林成活率应当达到85%: a level that a rule sets; no change by so much, no procedure (不得少于2人)."""
    if found["verb"] in _CHANGES or (found["verb"].startswith("不") and found["unit"] in _PROCEDURE):
        return False
    return _STANDARD.search(before) is not None or _STANDARD.match(found["verb"]) is not None


def _sign(found: re.Match[str]) -> str:
    """≥ and ≤ as the words say, + and - for a change by so much."""
    verb, more = found["verb"], found["more"] or ""
    if verb in _CHANGES:
        bound = {"以上": "≥", "以下": "≤", "以内": "≤"}.get(more, "")
        return bound + _CHANGES[verb]
    if more == "左右" and verb == "控制在":
        return ""
    if more == "以上" or "低于" in verb or "少于" in verb or "小于" in verb or verb in ("突破", "超过"):
        return "≥"
    if (
        more in ("以下", "以内")
        or "超过" in verb
        or "高于" in verb
        or "大于" in verb
        or "多于" in verb
        or verb == "控制在"
    ):
        return "≤"
    return ""


def _indicator(text: str, left: int, at: int) -> str:
    """What is measured: the noun phrase before the verb in its clause; nothing where there is none."""
    words = text[max(left, at - 36) : at]
    name = _bare(words)
    if not 2 <= len(name) <= 30 or len(name) >= len(words) > 34:
        return ""
    return name if _NOUN.search(name) and not _NO_INDICATOR.search(name) else ""


def _bare(words: str) -> str:
    if "、" in words and any(sign.isdigit() for sign in words.rpartition("、")[0]):
        words = words.rpartition("、")[2]
    words = words.strip(" \u3000“”（）()")
    for _ in range(3):
        words = _TRIM.sub("", words).strip(" \u3000")
    return words


@Language.factory("gov_target")
class TargetReader(FactReader):
    """Adds a fact `target` for each indicator with the value that it has to reach."""

    rule = "target-4"

    def __call__(self, doc: Doc) -> Doc:
        state = findings(doc)
        if self.language == "en":
            return doc
        anchors, issued = anchors_of(state), year_of_issue(state)
        found = targets(anchors.text, anchors, issued)
        keep_all(doc, self.rule, ((start, end, "target", value) for start, end, value in found))
        return doc


def year_of_issue(state: Findings) -> int | None:
    """Of the document's dates, of its title (2026年政府工作报告), or of the last day that its text prints."""
    document = state.document
    day = document.written or document.published
    if day is not None:
        return day.year
    titled = _TITLE_YEAR.match(document.title[-30:])
    if titled is not None:
        return int(titled[1])
    printed = _PRINTED.findall(state.text[-240:])
    return int(printed[-1]) if printed else None


_TITLE_YEAR = re.compile(r".*?(20\d\d)年[^》]{0,12}(?:政府工作报告|工作要点|工作计划)")
_PRINTED = re.compile(r"(20\d\d)年\d{1,2}月\d{1,2}日")
