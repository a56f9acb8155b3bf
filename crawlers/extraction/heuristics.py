"""Values that stand in a page without a label: heading, source line, number and signature date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crawlers.extraction.blocks import paragraphs_of_markup
from crawlers.extraction.dates import find_dates
from crawlers.extraction.gathered import Value
from crawlers.extraction.metadata import names_no_body
from crawlers.extraction.page import Page
from crawlers.extraction.plain import one_line, squeeze, title_line

_HEADING = (
    "h1, .article-title, .article_title, .arti_title, .xxgk_title, .detail-title, .news_title, .con_title"
)
_SUFFIX = re.compile(r"\s*(?:[-_|–—·»]|::)\s*[^-_|–—·»]{1,60}$")
_NUMBER_LINE = re.compile(
    r"^[（(]?([\u4e00-\u9fff]{1,14}[〔\[（(【［]\s*\d{4}\s*[〕\]）)】］]\s*(?:第\s*)?\d{1,5}\s*号)[）)]?$"
)
_SOURCE_LINE = re.compile(  # labels may follow without a space: each stands in a span of its own
    r"(?:信息来源|文章来源|来源|发布机构|发布单位)\s*[:：]\s*([^\s:：|【】\[\]（(]{2,40}?)"
    r"(?=(?:字体|字号|作者|责任编辑|编辑|责编|浏览次数|浏览量|阅读量|点击数?|点击量|打印|发布时间|发布日期|时间|日期)"
    r"\s*[:：【\[]|[\s|【】\[\]（(]|$)"
)
_DATE_LINE = re.compile(
    r"(?:发布时间|发布日期|时间|日期|发文时间)\s*[:：]\s*(\d{4}[-/.年]\s*\d{1,2}[-/.月]\s*\d{1,2}(?:\s*日(?!期))?)"
)
_OTHER_DAYS = re.compile(  # what makes another day of 日期 or 时间
    "(?:成文|生成|制文|发文|行文|印发|签发|制发|颁布|通过|批准|审批|审核|核准|制定|修订|修改|更新|施行|实施|执行|生效|失效"
    "|废止|有效|起始|开始|截止|截至|结束|到期|报名|活动|会议|办理|受理|公示|征集|反馈|登记|收文|归档|备案|采集|创建"
    "|编制|点击|访问|当前|系统)$"
)
_WORD_BEFORE = re.compile(r"([:：]?)\s*[\u4e00-\u9fff]+$")
_LINE_IN_CHINESE = re.compile(r"(?<=[\u3001-\u9fff\uff00-\uffef])\n|\n(?=[\u3001-\u9fff\uff00-\uffef])")
_NO_SOURCE = {"本站", "本网", "原创", "网站", "时间", "作者", "字体", "打印"}


def heading_values(page: Page, selector: str | None = None, main: str | None = None) -> Iterator[Value]:
    """The page's heading and its window title without the site's name.

    `main` is the heading over the text, where the general reader found it: a page may have several.
    """
    if selector:
        own = page.tree.css_first(selector)
        text = title_line(own.text(deep=True)) if own else None
        if text:
            yield Value("title", text, "selector:title")
    if main and (text := title_line(main)):
        yield Value("title", text, "heading")
    for node in page.tree.css(_HEADING)[:6]:
        text = title_line(_on_one_line(paragraphs_of_markup(node.html or "")))
        if text and len(text) >= 4:
            yield Value("title", text, "heading")
    window = page.tree.css_first("title")
    text = title_line(window.text(deep=True)) if window else None
    if text:
        yield Value("title", _without_site(text, page.meta("site_name")), "window")


def _on_one_line(lines: Sequence[str]) -> str:
    """The lines of a heading as one: Chinese runs on where a line ends, other writing gets a space."""
    return _LINE_IN_CHINESE.sub("", "\n".join(line.strip() for line in lines)).replace("\n", " ")


def _without_site(title: str, site: str | None) -> str:
    if site and title.endswith(site):
        return title.removesuffix(site).rstrip(" -_|–—·»") or title
    shorter = _SUFFIX.sub("", title)
    return shorter if len(shorter) >= 8 else title


def source_line_values(lines: Sequence[str]) -> Iterator[Value]:
    """来源 and 发布时间 of the line below a Chinese page's heading."""
    for line in lines[:60]:
        if len(line) > 300:
            continue
        source = _SOURCE_LINE.search(line)
        name = one_line(source[1]) if source else None
        if name and name not in _NO_SOURCE and not names_no_body(name) and not name[0].isdigit():
            yield Value("issuer", name, "body:来源")
        when = next((one for one in _DATE_LINE.finditer(line) if _is_posting(line, one.start())), None)
        if when:
            yield Value("published", when[1], "body:发布时间")


def _is_posting(line: str, place: int) -> bool:
    """Whether the label at a place speaks of the publication: 日期 also ends 成文日期, 施行日期 and the like.

    A word in front of a bare 时间 or 日期 must be the value of the label before it (来源：云河网时间：…).
    """
    if line.startswith(("发布", "发文"), place):
        return True
    if _OTHER_DAYS.search(squeeze(line[:place])):
        return False
    word = _WORD_BEFORE.search(line[:place])
    return not word or bool(word[1])


def body_values(paragraphs: Sequence[str]) -> Iterator[Value]:
    """The document number printed at the head and the date of the signature."""
    for line in paragraphs[:8]:
        number = _NUMBER_LINE.match(line)
        if number:
            yield Value("doc_number", number[1], "body")
            break
    signed = _signature_date(paragraphs)
    if signed:
        yield Value("written", signed, "body")


def _signature_date(paragraphs: Sequence[str]) -> str | None:
    """The first line that is nothing but a date, in the part before the annexes."""
    for line in paragraphs[1:]:
        if line.startswith("附件") and len(line) < 8:
            return None
        if len(line) <= 24 and "日" in line:
            dates = find_dates(line)
            if len(dates) == 1 and not re.sub(r"[\s日]", "", line[: dates[0][1]] + line[dates[0][2] :]):
                return line
    return None
