"""What happens to document pages and files: wrong characters, other dates and containers, missing halves."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from tests.breakages.answers import ZONE, Answer, Ask, missing
from tests.breakages.kinds.change import html_page, inside, on, rewritten
from tests.breakages.styles import parts

_DAY = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b(?: \d\d:\d\d(?::\d\d)?)?")
_PROPER = re.compile(r"[^\x00-\x7f]")
_PARAGRAPH = re.compile(r"<p style=[^>]*>(.*?)</p>", re.S)
_WRAP = 77  # bytes; odd, so that it falls inside characters
_RUMOURS = "".join(
    f"<p>热点专题{at}：优化营商环境政策解读系列，我市多措并举推进重点工作落地见效，群众获得感不断提升。</p>"
    for at in range(1, 9)
)


@on("list", "detail")
def question_marks(ask: Ask, answer: Answer) -> Answer:
    """A proxy transcodes to a charset without Chinese characters: each becomes a question mark."""
    return rewritten(answer, _PROPER.sub("?", answer.text), ask)


@on("detail")
def wrapped_bytes(ask: Ask, answer: Answer) -> Answer:
    """Pages are sent in GBK through a gateway that breaks lines every 77 bytes, within characters too."""
    raw = answer.text.encode("gb18030")
    cut = b"\n".join(raw[at : at + _WRAP] for at in range(0, len(raw), _WRAP))
    return replace(answer, body=cut, modified=ask.moment)


@on("list", "detail")
def encoded_twice(ask: Ask, answer: Answer) -> Answer:
    """UTF-8 taken for Latin-1 and encoded once more."""
    return replace(answer, body=answer.body.decode("latin-1").encode("utf-8"), modified=ask.moment)


@on("list", "detail")
def days_ago(ask: Ask, answer: Answer) -> Answer:
    """Dates are told as 今天, 3天前, 2个月前; the meta tags with exact ones are gone."""

    def told(found: re.Match[str]) -> str:
        gone = (ask.today - date(int(found[1]), int(found[2]), int(found[3]))).days
        return "今天" if gone <= 0 else f"{gone}天前" if gone < 31 else f"{gone // 30}个月前"

    text = re.sub(r'<meta name="PubDate"[^>]*>', "", answer.text)
    return rewritten(answer, _DAY.sub(told, text), ask)


@on("list", "detail")
def month_first(ask: Ask, answer: Answer) -> Answer:
    """The system was set up anew with American dates: 06/09/2026 in feed and pages."""
    text = re.sub(r"\b(20\d\d)-(\d\d)-(\d\d)T[\d:+]+", r"\2/\3/\1 09:00", answer.text)
    return rewritten(answer, _DAY.sub(r"\2/\3/\1", text), ask)


@on("list", "detail")
def english_moments(ask: Ask, answer: Answer) -> Answer:
    """A new JSON library writes times as `Jun 9, 2026 9:00:00 AM` where seconds stood."""

    def told(found: re.Match[str]) -> str:
        moment = datetime.fromtimestamp(int(found[2]), ZONE)
        return (
            f'{found[1]}"{moment:%b} {moment.day}, {moment.year} {moment.hour % 12 or 12}:00:00 {moment:%p}"'
        )

    names = "date|create_time|first_publish_time|display_publish_time"
    text = re.sub(rf'("(?:{names})": )(\d+)', told, answer.text)
    text = re.sub(r"(<div class=\"date-row\">发布日期：)[^<]*", r"\1", text)
    text = re.sub(r"(<th>(?:成文|发布)日期</th><td>)[^<]*", r"\1", text)
    return rewritten(answer, text, ask)


@on("detail")
def container_renamed(ask: Ask, answer: Answer) -> Answer:
    """The text's box has a new class; beside it a column of current topics, in paragraphs like the text."""
    text = answer.text.replace('<div class="TRS_Editor">', '<div class="view-7a1"><div class="inner-box">')
    text = text.replace('<div class="main">', f'<div class="main"><div class="hotspots">{_RUMOURS}</div>')
    return rewritten(answer, text.replace('<table class="xxgk">', '<table class="tb-n">'), ask)


@on("detail")
def container_scattered(ask: Ask, answer: Answer) -> Answer:
    """Each paragraph is a component with a generated class, with tools for readers in between."""
    tools = '<div class="css-9q">字号：大 中 小　分享到：微信 微博　收藏　打印　朗读全文　无障碍浏览</div>'
    start = answer.text.index('<div id="zoomcon">')
    text = (
        answer.text[:start] + '<section class="css-1x8k2">' + answer.text[start + len('<div id="zoomcon">') :]
    )
    text = _PARAGRAPH.sub(rf'<div class="css-4f0"><div><span>\1</span></div></div>{tools}', text)
    return rewritten(answer, text, ask)


@on("detail")
def content_renamed(ask: Ask, answer: Answer) -> Answer:
    """The page's data calls its text `htmlContent` now; only the site's own script knows."""
    return rewritten(answer, answer.text.replace('"content": "', '"htmlContent": "'), ask)


@on("list", "detail")
def cut_short(ask: Ask, answer: Answer) -> Answer:
    """The server behind a balancer ends the connection early and never tells the length."""
    return replace(answer, cut=len(answer.body) * 55 // 100, modified=ask.moment)


@on("detail")
def text_by_script(ask: Ask, answer: Answer) -> Answer:
    """Title and table stand in the page; the text is put in by a script."""
    loading = '<div class="loading">正在加载，请稍候……</div><script>fetchBody("content", 1);</script>'
    text = re.sub(
        r'<div class="TRS_Editor">.*?</div>',
        f'<div class="TRS_Editor">{loading}</div>',
        answer.text,
        flags=re.S,
    )
    return rewritten(answer, text, ask)


@on("detail")
def first_paragraph_only(ask: Ask, answer: Answer) -> Answer:
    """A field of the database is too short: texts end after one paragraph, the page's foot is there."""
    first = _PARAGRAPH.search(answer.text)
    kept = first[0] if first else ""
    return rewritten(answer, inside(answer.text, '<div class="v_news_content">', "</div>", kept), ask)


@on("file")
def files_missing(ask: Ask, answer: Answer) -> Answer:
    """The folder of files was not taken along to the new server."""
    return missing()


@on("file")
def files_are_pages(ask: Ask, answer: Answer) -> Answer:
    """Where the file was, the site shows its page for lost links, with a good status."""
    middle = '<div class="tips">您要下载的附件可能已经移动，3秒后返回首页。</div>'
    return html_page(ask, parts.frame(ask, "提示信息", middle))


@on("detail")
def files_unlinked(ask: Ask, answer: Answer) -> Answer:
    """The block of files is drawn by a script that needs a login; the pages link to none."""
    text = re.sub(r'<ul class="fj">.*?</ul>', '<div id="fj" data-lazy="1"></div>', answer.text, flags=re.S)
    return rewritten(answer, text, ask)


def dated_a_year_ahead(ask: Ask, answer: Answer) -> Answer:
    """The publishing server's clock stands a year ahead: what is new carries next year's date."""
    if answer.kind not in ("list", "detail") or answer.status != 200:
        return answer
    text = answer.text
    ahead = {paper.day for paper in ask.site.papers if _BROKE <= paper.day <= ask.today}
    for day in ahead:
        text = text.replace(f"{day:%Y-%m-%d}", f"{day.year + 1}-{day:%m-%d}")
        text = text.replace(f"发布日期：{day:%Y年%m月%d日}", f"发布日期：{day.year + 1}年{day:%m月%d日}")
    return rewritten(answer, text, ask) if text != answer.text else answer


_BROKE = date(2026, 6, 9)
