"""Who speaks in a text that nobody signed: who answers a letter, explains a paper or always draws it up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from classify.components.state import Findings
from classify.departments.authority import Authority, Named
from warehouse.records import Body, Evidence

_FIELD = re.compile(r"(?:答复|回复|承办|办理|受理|解答|解读|责任|发布)(?:单位|部门|机构|机关|人)\s*[：:]\s*")
_ANSWERS = re.compile(
    r"(?:经办人|负责人|有关处室|相关处室)?(?:的)?(?:书面)?(?:调查|核实|研究|答复|回复|复函|解答|回应|回信|办理情况)"
)
_EXPLAINS = re.compile(
    r"[^，。；：:《》“”]{0,16}?(?:负责人|负责同志|发言人|[处厅局科]长|主任|相关处室|有关处室|工作人员|有关同志)"
    r"|[^，。；：:《》“”]{0,8}?(?:回答|作答|解答|解读|答记者问)"
)
_PUBLISHES = re.compile(r"[^，。；：:《》“”]{0,8}?(?:印发|出台|制定|发布|公布|编制|起草|组织)")
_CUSTOM = (  # papers that by law or custom one office of a place draws up
    (re.compile(r"社会发展统计公报|(?:经济|人口|农业)普查公报|统计年鉴|抽样调查.{0,8}公报"), "statistics"),
    (re.compile(r"国民经济和社会发展计划.{0,14}报告"), "development-reform"),
    (re.compile(r"财政(?:总)?(?:预算|决算)|预算执行情况.{0,16}报告|财政收支.{0,6}(?:报告|情况)"), "finance"),
    (re.compile(r"生态环境状况公报|环境(?:质量|状况)(?:公报|月报)|空气质量(?:月报|状况)"), "environment"),
    (re.compile(r"水资源公报|水土保持公报"), "water"),
    (re.compile(r"审计(?:工作报告|结果公告)"), "audit"),
    (re.compile(r"政府工作报告"), "government"),
)  # fmt: skip
HEAD, PARAGRAPHS, CHARACTERS = 3, 40, 600
LEADS = 2  # the office most often named in a text is named so many times as often as the next
LONGEST_TITLE = 1000  # characters of a title that are read
_FORWARDS = re.compile(r"转发|批转")
_FOOT = re.compile(
    r"技术支持|技术维护|运行维护|承办(?:单位)?\s{0,3}[：:]"
)  # behind these a site thanks its helpers
_LETTER = re.compile(r"来信|回信|信件|信箱|答复|回复|咨询|留言|投诉|诉求|来电|反映|建议|询问")
_READING = re.compile(r"解读|问答|问与答|图解|一图|读懂|答记者问|为什么|怎样|怎么|如何|[？?]|——")

Found = list[tuple[Body, Evidence]]


def forwarded(state: Findings, known: Authority) -> frozenset[str]:
    """The bodies whose paper the title says is handed on (转发省民政厅关于…), named behind the word."""
    found = _FORWARDS.search(state.document.title[:LONGEST_TITLE])
    if found is None:
        return frozenset()
    handed_on = state.document.title[found.end() : LONGEST_TITLE].replace("《", " ")
    return frozenset(named.body.code for named in names_in(handed_on, known, state.home))


def by_answer(state: Findings, known: Authority) -> Found:
    """The office that answers a letter, or whose people explain a paper, where the text says so."""
    title, paragraphs = state.document.title, state.document.paragraphs
    letter, reading = _LETTER.search(title), _READING.search(title)
    if not letter and not reading:
        return []
    for index, paragraph in enumerate(paragraphs[:PARAGRAPHS]):
        named = _in_field(paragraph, known, state.home) or _at_start(paragraph, known, state.home)
        if named is not None:
            return [_found(paragraph, index, named)]
    return _in_head(paragraphs, known, state.home, _EXPLAINS)


def by_head(state: Findings, known: Authority) -> Found:
    """The first office of the head that issues or publishes what a reading explains."""
    if not _READING.search(state.document.title):
        return []
    return _in_head(state.document.paragraphs, known, state.home, _PUBLISHES)


def by_custom(state: Findings, known: Authority) -> Found:
    """The office of the source's place that always draws up such a paper (统计公报: statistics bureau)."""
    source, title = state.stored.source, state.document.title
    if source is None or "解读" in title:
        return []
    for pattern, kind in _CUSTOM:
        words = pattern.search(title)
        body = known.office(source.jurisdiction, kind) if words else None
        if words and body is not None:
            return [(body, Evidence("title", words.group(), None, words.start(), words.end()))]
    return []


def by_text(state: Findings, known: Authority) -> Found:
    """On a government's site: the office of its place that the text names far more often than any other."""
    source = state.stored.source
    if source is None or not known.home_of(source.jurisdiction):
        return []
    counts: Counter[str] = Counter()
    first: dict[str, tuple[Body, Evidence]] = {}
    for index, paragraph in enumerate(state.document.paragraphs[:PARAGRAPHS]):
        for named in names_in(_FOOT.split(paragraph[:CHARACTERS], maxsplit=1)[0], known, state.home):
            office = (known.kind_of(named.body.code) or "").startswith("kind:")
            if office and named.body.jurisdiction == source.jurisdiction:
                counts[named.body.code] += 1
                first.setdefault(named.body.code, _found(paragraph, index, named))
    ranked = counts.most_common(2)
    if not ranked or known.kind_of(ranked[0][0]) == "kind:government":
        return []
    alone = len(ranked) == 1 or ranked[0][1] >= LEADS * ranked[1][1]
    return [first[ranked[0][0]]] if alone else []


def _in_field(paragraph: str, known: Authority, home: str | None) -> Named | None:
    """答复单位：澜江市…局."""
    field = _FIELD.search(paragraph[:CHARACTERS])
    return known.named_at(paragraph, field.end(), home) if field else None


def _at_start(paragraph: str, known: Authority, home: str | None) -> Named | None:
    """省…厅答复：… or 经…局核实 at the start of a paragraph."""
    start = len(paragraph) - len(paragraph.lstrip("【[（( \u3000经由转"))
    named = known.named_at(paragraph, start, home)
    return named if named is not None and _ANSWERS.match(paragraph, named.end) else None


def _in_head(paragraphs: Sequence[str], known: Authority, home: str | None, acts: re.Pattern[str]) -> Found:
    for index, paragraph in enumerate(paragraphs[:HEAD]):
        for named in names_in(paragraph[:CHARACTERS], known, home):
            if acts.match(paragraph, named.end):
                return [_found(paragraph, index, named)]
    return []


def names_in(text: str, known: Authority, home: str | None) -> Iterator[Named]:
    """Known bodies anywhere in a short text, left to right; what stands in 《》 names a paper, no actor."""
    at, quoted = 0, 0
    while at < len(text):
        sign = text[at]
        quoted = quoted + 1 if sign == "《" else max(quoted - 1, 0) if sign == "》" else quoted
        named = None if quoted or not "一" <= sign <= "鿿" else known.named_at(text, at, home)
        if named is None:
            at += 1
            continue
        yield named
        at = named.end


def _found(paragraph: str, index: int, named: Named) -> tuple[Body, Evidence]:
    words = paragraph[named.start : named.end]
    return named.body, Evidence("paragraph", words, index, named.start, named.end)
