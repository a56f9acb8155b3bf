"""The 政府信息公开 table of a page, whatever it is built of: table, dl, li, div or one padded line."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crawlers.extraction.gathered import Value
from crawlers.extraction.plain import one_line, squeeze

# Label as printed (without padding) -> our field. `extra:` fields are recognised so that they end a value.
LABELS: Mapping[str, str] = {
    "索引号": "index_number",
    "索取号": "index_number",
    "信息索引号": "index_number",
    "信息索引": "index_number",
    "主题分类": "topic",
    "信息分类": "topic",
    "信息类别": "topic",
    "所属主题": "topic",
    "主题类别": "topic",
    "分类": "topic",
    "发文机关": "issuer",
    "发文单位": "issuer",
    "发文机构": "issuer",
    "发文部门": "issuer",
    "发布机构": "issuer",
    "发布机关": "issuer",
    "发布单位": "issuer",
    "制发机关": "issuer",
    "制定机关": "issuer",
    "公开责任部门": "issuer",
    "公开机构": "issuer",
    "信息来源": "issuer",
    "责任部门": "issuer",
    "成文日期": "written",
    "生成日期": "written",
    "发文日期": "written",
    "印发日期": "written",
    "签发日期": "written",
    "标题": "title",
    "名称": "title",
    "信息名称": "title",
    "文件名称": "title",
    "发文字号": "doc_number",
    "文号": "doc_number",
    "文件编号": "doc_number",
    "文件字号": "doc_number",
    "发布文号": "doc_number",
    "发布日期": "published",
    "公开日期": "published",
    "发布时间": "published",
    "有效性": "validity",
    "效力状态": "validity",
    "时效状态": "validity",
    "时效性": "validity",
    "文件状态": "validity",
    "体裁": "doc_type",
    "体裁分类": "doc_type",
    "公文种类": "doc_type",
    "文种": "doc_type",
    "施行日期": "effective",
    "实施日期": "effective",
    "生效日期": "effective",
    "失效日期": "expires",
    "废止日期": "expires",
    "失效时间": "expires",
    "有效期": "expires",
    "主题词": "keywords",
    "关键词": "keywords",
    "服务对象": "extra:audience",
    "公开方式": "extra:openness",
    "公开属性": "extra:openness",
    "公开范围": "extra:openness",
    "公开类别": "extra:openness",
    "内容概述": "extra:summary",
    "信息概要": "extra:summary",
    "来源": "extra:source",
    "字体": "extra:font",
    "浏览次数": "extra:views",
    "语种": "extra:language",
    "载体类型": "extra:carrier",
}
_STRONG = {"index_number", "doc_number", "written", "issuer"}
_PAD = "[\\s\xa0\u3000\x1f]*"
_LABEL = "|".join(
    _PAD.join(re.escape(char) for char in label) for label in sorted(LABELS, key=len, reverse=True)
)
_INLINE = re.compile(f"(?<![\\u4e00-\\u9fff])[【\\[]?({_LABEL})[】\\]]?{_PAD}[:：]{_PAD}")
_GAPS = "(?:&nbsp;|[\\s\xa0\u3000])*"
_MARK = re.compile(
    "|".join(
        _GAPS.join(word)
        for word in (
            "索引",
            "索取",
            "发文",
            "文号",
            "成文",
            "生成日",
            "公开责任",
            "发布机",
            "发布单",
            "制发机",
            "效力状",
            "有效性",
            "文件编",
            "公开日",
        )
    )
)
_REGION = 2_500  # characters of markup that may lie between two labels of one table
_TAIL = 1_200  # characters of markup in which the last label's value stands
_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9:\-]*)[^">]*(?:"[^"]*"[^">]*)*>""")
_CELLS = frozenset(
    [
        "td",
        "th",
        "dt",
        "dd",
        "li",
        "p",
        "div",
        "tr",
        "table",
        "ul",
        "dl",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "tbody",
        "section",
        "article",
    ]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5"])
_VALUE_CELLS = frozenset(["td", "th", "dd"])
_GAP = 8  # chunks between two labels of one table
_MAX_MARKUP = 3_000_000


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What the table says, and the squeezed lines it occupies, so that they can be dropped from the body."""

    values: tuple[Value, ...] = ()
    lines: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Hit:
    place: int
    field: str
    label: str
    value: str


def read_disclosure(markup: str) -> Disclosure:
    """The table in a page's serialised markup; empty when the page has none.

    Works on markup as a parser serialises it (attribute values quoted). A lone label in running text is
    no table: at least two distinct labels must stand close together, one of them official.
    """
    best: tuple[list[_Hit], list[str]] = ([], [])
    for region in _regions(markup[:_MAX_MARKUP]):
        chunks = _chunks(region)
        cluster = _best_cluster(_hits(chunks))
        if _breadth(cluster) > _breadth(best[0]):
            best = (cluster, chunks)
    return _disclosure(*best) if best[0] else Disclosure()


def _disclosure(cluster: list[_Hit], chunks: list[str]) -> Disclosure:
    values: dict[str, Value] = {}
    for hit in cluster:
        value = one_line(hit.value)
        if value and not hit.field.startswith("extra:"):
            values.setdefault(f"{hit.field}{hit.label}", Value(hit.field, value, f"table:{hit.label}"))
    lines = frozenset(
        line for chunk in chunks[cluster[0].place : _end(cluster[-1], chunks)] if (line := squeeze(chunk))
    )
    return Disclosure(tuple(values.values()), lines | _row_lines(cluster))


def _end(last: _Hit, chunks: list[str]) -> int:
    """Behind the table's last value, which stands in the label's own chunk or in the next one."""
    after = chunks[last.place + 1 : last.place + 2]
    own = bool(after) and squeeze(after[0].replace("\x1f", "")) == squeeze(last.value)
    return last.place + (2 if own else 1)


def _regions(markup: str) -> Iterator[str]:
    """The stretches of markup in which labels stand, from the first label's tag to well behind the last."""
    places = [match.start() for match in _MARK.finditer(markup)]
    begin = 0
    for index, place in enumerate(places):
        last = index + 1 == len(places)
        if last or places[index + 1] - place > _REGION:
            start = max(markup.rfind("<", 0, places[begin]), 0)
            yield markup[_tag_before(markup, start) : place + _TAIL]
            begin = index + 1


def _tag_before(markup: str, place: int) -> int:
    """The start of a tag some way before a place, so that a label at the very edge is not lost."""
    return max(markup.rfind("<", 0, max(place - 300, 0)), 0)


def _breadth(run: list[_Hit]) -> int:
    return len({hit.field for hit in run})


def _chunks(markup: str) -> list[str]:
    """The texts between cell-like tags; inline tags leave a mark that ends a label without colon.

    A heading outside of a cell is no value of the label before it.
    """
    parts: list[str] = []
    current: list[str] = []
    end = 0
    opened = ""
    for match in _TAG.finditer(markup):
        if match.start() > end:
            current.append(markup[end : match.start()])
        end = match.end()
        if match[2].lower() in _CELLS:
            tag = match[2].lower()
            _flush(current, parts, bool(match[1]) and tag in _VALUE_CELLS)
            if not match[1]:
                if tag in _HEADINGS and opened not in _VALUE_CELLS and parts:
                    parts.append("")
                opened = tag
        else:
            current.append("\x1f")
    current.append(markup[end:])
    _flush(current, parts, False)
    return parts


def _flush(current: list[str], parts: list[str], cell: bool) -> None:
    text = html.unescape("".join(current)) if current else ""
    current.clear()
    if text.strip("\x1f \t\r\n\xa0\u3000"):
        parts.append(text)
    elif cell and parts:
        parts.append("")  # an empty cell: the label before it has no value


def _hits(chunks: list[str]) -> list[_Hit]:
    hits: list[_Hit] = []
    for place, chunk in enumerate(chunks):
        if len(chunk) > 3000:
            continue
        inline = list(_INLINE.finditer(chunk)) if "：" in chunk or ":" in chunk else []
        if inline:
            hits.extend(_inline_hits(chunks, place, chunk, inline))
            continue
        label, separator, rest = chunk.strip("\x1f \t\r\n\xa0\u3000").partition("\x1f")
        name = squeeze(label).strip("【】[]:：")
        if name in LABELS:
            value = rest if separator and rest.strip("\x1f \n\t\xa0\u3000") else _next_value(chunks, place)
            hits.append(_Hit(place, LABELS[name], name, value))
    return hits


def _inline_hits(chunks: list[str], place: int, chunk: str, found: list[re.Match[str]]) -> list[_Hit]:
    hits: list[_Hit] = []
    for index, match in enumerate(found):
        stop = found[index + 1].start() if index + 1 < len(found) else len(chunk)
        name = squeeze(match[1])
        value = chunk[match.end() : stop].replace("\x1f", "")
        if not value.strip() and index + 1 == len(found):
            value = _next_value(chunks, place)
        hits.append(_Hit(place, LABELS[name], name, value.strip("【】[]；;|")))
    return hits


def _next_value(chunks: list[str], place: int) -> str:
    """The cell after a label's cell, unless it is a label itself."""
    if place + 1 >= len(chunks):
        return ""
    following = chunks[place + 1].replace("\x1f", "")
    if squeeze(following).strip("【】[]:：") in LABELS or _INLINE.search(following):
        return ""
    return following if len(following) < 1000 else ""


def _best_cluster(hits: list[_Hit]) -> list[_Hit]:
    """The first run of neighbouring labels that makes a disclosure table."""
    runs: list[list[_Hit]] = []
    for hit in hits:
        if runs and hit.place - runs[-1][-1].place <= _GAP:
            runs[-1].append(hit)
        else:
            runs.append([hit])
    official = [run for run in runs if _is_table(run)]
    return max(official, key=lambda run: len({hit.field for hit in run}), default=[])


def _is_table(run: list[_Hit]) -> bool:
    fields = {hit.field for hit in run if not hit.field.startswith("extra:")}
    return (len(fields) >= 3 and bool(fields & _STRONG)) or (
        len(fields) == 2 and len(fields & _STRONG) >= 1 and "index_number" in fields
    )


def _row_lines(cluster: list[_Hit]) -> frozenset[str]:
    return frozenset(squeeze(f"{hit.label}：{hit.value}") for hit in cluster)
